"""Een server van binnen krijgt nul bezoek, langs welke weg het portaal ook naar buiten gaat."""

import asyncio

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async

from portal.webhooks import bestemming, handdruk
from portal.webhooks.handdruk import stuur_test
from portal.webhooks.models import Abonnement, Poging
from portal.webhooks.pomp import aanmelding, zending
from portal.webhooks.pomp.hek import pomp_achter_hek
from tests.nep_server import GEHEIM as ZGW_GEHEIM
from tests.webhooks.conftest import door, maak_abonnement, maak_gebeurtenis

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True)]
NAMEN = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "0.0.0.0",  # noqa: S104 - daar bellen wij heen, wij luisteren er niet
    "2130706433",
    "0x7f.0.0.1",
    "127.1",
]
"""Schrijfwijzen van dit apparaat; de naamserver of de bibliotheek maakt er een adres van."""


@pytest_asyncio.fixture
async def binnen(settings):
    """Een server op dit apparaat die telt wie er aanklopt; `poort` is waar."""
    settings.WEBHOOKS_DEMO_ONTVANGERS = []
    bezoek = []

    async def tel(lezer, schrijver):
        bezoek.append(1)
        schrijver.close()

    vier = await asyncio.start_server(tel, "127.0.0.1", 0)
    vier.bezoek, vier.poort = bezoek, vier.sockets[0].getsockname()[1]
    zes = await asyncio.start_server(tel, "::1", vier.poort)
    yield vier
    vier.close()
    zes.close()


@pytest.fixture
def alleen_het_stopcontact(monkeypatch):
    """De regels voor de URL uit, ook http: nu houdt alleen de controle bij het verbinden tegen."""
    for plek in (bestemming, handdruk, aanmelding, zending):
        monkeypatch.setattr(plek, "eis_url", lambda url: None, raising=False)
    monkeypatch.setattr("portal.webhooks.beheer.eis_url", lambda url: None)


@pytest.mark.parametrize("naam", NAMEN)
async def test_bij_het_bezorgen(werker, binnen, alleen_het_stopcontact, noor, naam):
    zaaksysteem = await maak_abonnement(f"http://{naam}:{binnen.poort}/webhook", wachttijd=2)
    await maak_gebeurtenis(noor, 1)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    poging = await Poging.objects.aget()
    assert (binnen.bezoek, poging.status) == ([], None)


@pytest.mark.parametrize("vorm", Abonnement.Vorm.values)
async def test_bij_de_handdruk_en_het_kanaal(werker, binnen, alleen_het_stopcontact, vorm):
    adres = f"http://localhost:{binnen.poort}/notificaties"
    inlog = {"client_id": "klantportaal", "geheim": ZGW_GEHEIM}
    zaaksysteem = await maak_abonnement(adres, vorm=vorm, inlogwijze="zgw", inlog=inlog)
    uitslag = await sync_to_async(handdruk.geef_hand)(zaaksysteem, door=door())
    assert binnen.bezoek == []
    assert uitslag.fout


async def test_bij_het_token_van_oauth2(werker, binnen, alleen_het_stopcontact):
    inlog = {
        "token_url": f"http://localhost:{binnen.poort}/token",
        "client_id": "a",
        "client_secret": "b",
    }
    zaaksysteem = await maak_abonnement(
        "https://zaken.waterveen.nl/", inlogwijze="oauth2", inlog=inlog
    )
    uitslag = await sync_to_async(stuur_test)(zaaksysteem, door=door())
    assert binnen.bezoek == []
    assert "adres-geweigerd" in uitslag.fout
