"""The routeringcomponent tells us that a zaak changed: checked, once, and only as a hint."""

import datetime as dt
import json
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from portal.klanten.models import Bewaargrond
from portal.registers import gronden, notificaties
from portal.registers.models import Ontvangen
from tests.contract import contract
from tests.mensen import NU
from tests.nep_notificaties import PROEF, NepNotificaties
from tests.nep_zaken import NepZaken

pytestmark = pytest.mark.lang

WOORD = "Bearer ons-woord"


@pytest.fixture
def zaaksysteem(koppel):
    return koppel(NepZaken())


@pytest.fixture
def component(koppel):
    return koppel(NepNotificaties())


def bericht(url: str, **anders: object) -> dict:
    vast = {
        "kanaal": "zaken",
        "hoofdObject": url,
        "resource": "zaak",
        "resourceUrl": url,
        "actie": "update",
        "aanmaakdatum": "2026-11-20T10:00:00.123456Z",
        "kenmerken": {"bronorganisatie": "823288444"},
    }
    return {**vast, **anders}


@pytest.fixture
def stuur(client, component):
    """Post a message to our endpoint; with the agreed word unless another is given."""

    def _stuur(inhoud, woord=WOORD):
        ruw = inhoud if isinstance(inhoud, bytes) else json.dumps(inhoud)
        koppen = {"Authorization": woord} if woord else {}
        adres = reverse("registers:notificaties")
        return client.post(adres, ruw, content_type="application/json", headers=koppen)

    return _stuur


def _taken() -> list[dict]:
    return list(
        ProcrastinateJob.objects.filter(task_name="registers.controleer_zaak").values_list(
            "args", flat=True
        )
    )


@pytest.mark.django_db
def test_een_bericht_over_een_zaak_zet_een_controle_klaar(stuur, zaaksysteem):
    url = zaaksysteem.zaak("ZAAK-1", betrokkene="999990019")
    assert stuur(bericht(url)).status_code == 204
    assert _taken() == [{"zaak": url.rsplit("/", 1)[-1]}]


@pytest.mark.django_db
def test_hetzelfde_bericht_telt_een_keer(stuur, zaaksysteem):
    url = zaaksysteem.zaak("ZAAK-1", betrokkene="999990019")
    assert [stuur(bericht(url)).status_code for _ in range(3)] == [204, 204, 204]
    assert len(_taken()) == 1
    stuur(bericht(url, aanmaakdatum="2026-11-20T10:00:00.123457Z"))
    assert len(_taken()) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("woord", "status"),
    [("", 401), ("Bearer een-ander-woord", 403), ("ons-woord", 403), (WOORD, 204)],
)
def test_zonder_het_afgesproken_woord_gebeurt_er_niets(stuur, zaaksysteem, woord, status):
    url = zaaksysteem.zaak("ZAAK-1", betrokkene="999990019")
    assert stuur(bericht(url), woord).status_code == status
    assert bool(_taken()) == (status == 204)


@pytest.mark.django_db
def test_zonder_ingesteld_woord_komt_niemand_binnen(stuur, settings):
    settings.BUREN = {}
    assert stuur(PROEF, "Bearer ").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    "inhoud",
    [b"", b"[]", b"{", b"\xff\xfe", b'{"kanaal": 7}', b'{"kanaal": "zaken"}', b"[" * 50_000],
)
def test_wat_geen_bericht_is_wordt_geweigerd(stuur, inhoud):
    antwoord = stuur(inhoud)
    assert antwoord.status_code == 400
    regels = contract("notificaties-ontvanger-1.0.0-rc1.json")
    treffer = regels.zoek("POST", "/zaken")
    assert treffer is not None
    assert regels.mankementen_antwoord(treffer, 400, antwoord.json()) == []


@pytest.mark.django_db
def test_een_te_groot_bericht_wordt_niet_gelezen(stuur):
    assert stuur(b" " * 70_000).status_code == 413


@pytest.mark.django_db
@pytest.mark.parametrize(
    "inhoud",
    [
        PROEF,
        bericht("https://elders.example/zaken/api/v1/zaken/" + str(uuid4())),
        bericht("http://169.254.169.254/latest/meta-data"),
        bericht("geen-adres"),
        bericht("x", kanaal="documenten"),
    ],
)
def test_wat_niet_over_een_zaak_van_ons_gaat_kost_niets(stuur, zaaksysteem, inhoud):
    assert stuur(inhoud).status_code == 204
    assert (_taken(), Ontvangen.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_een_zaak_buiten_de_eigen_lijst_wordt_niet_gevolgd(stuur, zaaksysteem):
    assert stuur(bericht(f"{zaaksysteem.url}/zaken/../../beheer")).status_code == 204
    assert _taken() == []


@pytest.mark.django_db
def test_oude_afdrukken_worden_vergeten(stuur, zaaksysteem):
    stuur(bericht(zaaksysteem.zaak("ZAAK-1", betrokkene="999990019")))
    later = Ontvangen.objects.get().op + notificaties.ONTHOUDEN + dt.timedelta(seconds=1)
    assert notificaties.vergeet_oude(later) == 1


@pytest.mark.django_db
def test_een_melding_over_een_andere_zaak_vraagt_niets_over_noor(zaaksysteem, mens, noor):
    zaaksysteem.zaak("ZAAK-1", betrokkene="999990019")
    ander = zaaksysteem.zaak("ZAAK-2", betrokkene="999990421")
    thuis = mens(noor)
    thuis.noemt_zich("Noor")
    thuis.doet("verwijder_klant")
    zaaksysteem.verzoeken.clear()
    assert gronden.controleer_zaak(ander.rsplit("/", 1)[-1], NU) == 0
    assert [verzoek.methode for verzoek in zaaksysteem.verzoeken] == ["GET"]


# --- the journey, over real HTTP both ways -------------------------------------------------------
@pytest.fixture
def portaal(live_server, settings, component, zaaksysteem, echte_transacties):
    settings.PORTAAL_URL = live_server.url
    return live_server


def test_van_abonnement_tot_bijgewerkte_grond(portaal, component, zaaksysteem, mens, noor):
    call_command("abonneer_op_zaken", verbosity=0)
    url = zaaksysteem.zaak("ZAAK-1", betrokkene="999990019")
    thuis = mens(noor)
    thuis.noemt_zich("Noor")
    thuis.doet("verwijder_klant")
    zaaksysteem.wijzig(
        url, einddatum="2026-11-20", archiefnominatie="blijvend_bewaren", archiefactiedatum=None
    )
    component.meld_zaak(url)
    assert [status for _, status in component.bezorgd] == [204]
    (taak,) = _taken()
    gronden.controleer_zaak(taak["zaak"], NU)
    assert Bewaargrond.objects.get().reden == "blijvend_bewaren"


def test_nog_eens_abonneren_maakt_geen_tweede(portaal, component):
    assert notificaties.abonneer()
    assert not notificaties.abonneer()
    assert len(component.abonnementen.rijen) == 1


def test_een_adres_dat_iedereen_binnenlaat_krijgt_geen_abonnement(
    portaal, component, settings, monkeypatch
):
    monkeypatch.setattr("portal.registers.views._weigering", lambda _: None)
    with pytest.raises(CommandError, match="status-400"):
        call_command("abonneer_op_zaken", verbosity=0)
    assert component.abonnementen.rijen == {}
