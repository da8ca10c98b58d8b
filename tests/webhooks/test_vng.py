"""VNG Notificaties: het kanaal staat er, en geen twee berichten van een klant lijken dezelfde."""

import datetime as dt

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from portal.webhooks import beheer
from portal.webhooks.abonnementgegevens import Abonnementgegevens
from portal.webhooks.handdruk import geef_hand
from portal.webhooks.models import Abonnement
from portal.webhooks.pomp.hek import pomp_achter_hek
from portal.webhooks.vng_kanaal import ANDERE_FILTERS, VERKEERD_ADRES
from tests.mensen import WATERVEEN
from tests.nep_notificaties import NepNotificaties
from tests.nep_server import CLIENT
from tests.nep_server import GEHEIM as ZGW_GEHEIM
from tests.webhooks.conftest import door, maak_abonnement, maak_gebeurtenis

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.lang]
INLOG = {"client_id": CLIENT, "geheim": ZGW_GEHEIM}


@pytest.fixture
def routering(settings, echte_transacties):
    """De nagebootste routeringcomponent."""
    with NepNotificaties() as nep:
        settings.WEBHOOKS_DEMO_ONTVANGERS = [f"http://127.0.0.1:{nep.poort}"]
        yield nep


def nrc(adres, geheim=ZGW_GEHEIM):
    gegevens = Abonnementgegevens(
        naam="notificaties",
        contact="nrc@waterveen.example",
        url=adres,
        bronorganisatie=WATERVEEN,
        vorm="vng",
        inlogwijze="zgw",
        inlog={**INLOG, "geheim": geheim},
    )
    return beheer.maak(gegevens, door=door())[0]


def kanalen(routering):
    return {rij["naam"]: rij["filters"] for rij in routering.kanalen.rijen.values()}


def test_de_handdruk_meldt_het_kanaal_een_keer_aan_en_verstuurt_geen_proef(routering):
    abonnement = nrc(f"{routering.url}/notificaties")
    for _ in range(2):
        assert geef_hand(abonnement, door=door()).fout == ""
    assert kanalen(routering)["klanten"] == ["subjectType"]
    assert [v.pad for v in routering.verzoeken if v.methode == "POST"] == ["/kanaal"]
    assert Abonnement.objects.get().status == "actief"


def test_een_kanaal_met_andere_kenmerken_wordt_gezegd(routering):
    routering.kanalen.zet({"naam": "klanten", "filters": ["iets_anders"]})
    abonnement = nrc(f"{routering.url}/notificaties")
    assert geef_hand(abonnement, door=door()).fout == ANDERE_FILTERS
    assert Abonnement.objects.get().status == "concept"


@pytest.mark.parametrize(
    ("pad", "geheim", "fout"),
    [
        ("", ZGW_GEHEIM, VERKEERD_ADRES),
        ("/notificaties", "een-ander-geheim-van-32-tekens-lang", "status 40"),
        ("/elders/notificaties", ZGW_GEHEIM, "status 404"),
    ],
)
def test_wat_er_mis_is_staat_in_een_zin(routering, pad, geheim, fout):
    assert fout in geef_hand(nrc(routering.url + pad, geheim), door=door()).fout


def test_wie_er_niet_is_geeft_een_zin_en_geen_fout(routering, unused_tcp_port, settings):
    settings.WEBHOOKS_DEMO_ONTVANGERS = [f"http://127.0.0.1:{unused_tcp_port}"]
    weg = nrc(f"http://127.0.0.1:{unused_tcp_port}/notificaties")
    assert "antwoordt niet goed" in geef_hand(weg, door=door()).fout


@pytest.mark.asyncio
@pytest.mark.parametrize("terug", [dt.timedelta(0), dt.timedelta(minutes=2)])
async def test_de_aanmaakdatum_stijgt_ook_als_de_klok_stilstaat_of_teruggaat(
    werker, routering, noor, terug
):
    adres = f"{routering.url}/notificaties"
    abonnement = await maak_abonnement(adres, vorm="vng", inlogwijze="zgw", inlog=INLOG)
    routering.kanalen.zet({"naam": "klanten", "filters": ["subjectType"]})
    begin = timezone.now()
    for versie in (1, 2, 3):
        rij = await maak_gebeurtenis(noor, versie)
        rij.gebeurd_op = begin - terug * (versie - 1)
        await sync_to_async(rij.save)()
    await pomp_achter_hek(werker, abonnement.pk)
    momenten = [v.inhoud["aanmaakdatum"] for v in routering.verzoeken if v.methode == "POST"]
    assert len(momenten) == 3
    assert momenten == sorted(set(momenten))
