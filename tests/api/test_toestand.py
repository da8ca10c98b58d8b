"""Een token dat afloopt zegt het een maand, een week en een dag tevoren; wie raadt, meteen."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from portal.api.beheer import Rechten, geef_token, trek_in
from portal.api.models import Toepassing, Token
from portal.api.rechten import Scope
from portal.api.toestand import bevindingen, cijfers
from portal.webhooks import alarm
from tests.api.conftest import OP, Vrager
from tests.mensen import WATERVEEN

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


@pytest.fixture
def token() -> Token:
    zaaksysteem = Toepassing.objects.create(
        naam="zaaksysteem", bronorganisatie=WATERVEEN, organisatie="Gemeente Waterveen"
    )
    rechten = Rechten(scopes=[next(iter(Scope))])
    geef_token(zaaksysteem, rechten, verloopt_op=OP + 365 * DAG, door="test", reden="proef", op=OP)
    return Token.objects.get()


@pytest.mark.parametrize(
    ("over", "drempel"),
    [(31, None), (30, 30), (8, 30), (7, 7), (1, 1), (0.5, 0), (0, -1), (-29, -1), (-31, None)],
)
def test_een_token_dat_afloopt_is_een_bevinding_per_drempel(
    token: Token, over: float, drempel: int | None
) -> None:
    gevonden = bevindingen(token.verloopt_op - over * DAG)
    verwacht = set() if drempel is None else {f"API-token {token.prefix} {drempel}"}
    assert set(gevonden) == verwacht
    for een in gevonden.values():
        assert f"manage.py token trek-in {token.prefix}" in een.doe
        assert len(next(iter(gevonden))) <= 40


def test_wie_ingetrokken_is_of_niet_meer_meedoet_waarschuwt_niet(token: Token) -> None:
    laat = token.verloopt_op - DAG
    Toepassing.objects.update(actief=False)
    assert bevindingen(laat) == {}
    Toepassing.objects.update(actief=True)
    assert len(bevindingen(laat)) == 1
    trek_in(token, door="test", reden="klaar", op=OP)
    assert bevindingen(laat) == {}


def test_wie_raadt_krijgt_de_beheerder_meteen_in_de_mail_en_in_de_cijfers(
    zaaksysteem: Vrager,
    settings: object,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    settings.API_MISSERS_PER_UUR = 2  # type: ignore[attr-defined]

    def gewekt() -> int:
        return ProcrastinateJob.objects.filter(task_name="webhooks.waarschuw").count()

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            zaaksysteem.get(f"/api/v1/klanten/{uuid4()}")
            assert bevindingen(timezone.now()) == {}
        zaaksysteem.get(f"/api/v1/klanten/{uuid4()}")
    assert gewekt() == 1

    alarm.waarschuw_beheer()
    prefix = Token.objects.get().prefix
    (mail,) = mailoutbox
    assert f"het API-token {prefix} vroeg opvallend vaak naar wat er niet is" in mail.body
    assert f"manage.py token trek-in {prefix}" in mail.body
    (meting,) = cijfers()
    assert [(s.labels, s.value) for s in meting.samples] == [({"token": prefix}, 1.0)]
    assert bevindingen(timezone.now() + DAG) == {}
