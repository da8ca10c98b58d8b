"""Een token dat afloopt zegt het een maand, een week en een dag tevoren, en als het voorbij is."""

from datetime import timedelta

import pytest

from portal.api.beheer import Rechten, geef_token, trek_in
from portal.api.models import Toepassing, Token
from portal.api.rechten import Scope
from portal.api.toestand import bevindingen
from tests.api.conftest import OP
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
