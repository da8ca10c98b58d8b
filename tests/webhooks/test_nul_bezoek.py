"""Een server van binnen krijgt nul bezoek, langs welke weg het portaal ook naar buiten gaat."""

import asyncio
import datetime as dt
import json
import re
import socket
from ipaddress import ip_network

import aiohttp
import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from django.test import Client
from django.utils import timezone

from portal.api.beheer import Rechten, geef_token
from portal.api.models import Toepassing
from portal.api.rechten import Scope, Veld
from portal.webhooks import bestemming, handdruk
from portal.webhooks.bezorging import Doel, bezorg
from portal.webhooks.handdruk import stuur_test
from portal.webhooks.models import Abonnement, Baan, Poging
from portal.webhooks.pomp import aanmelding, zending
from portal.webhooks.pomp.hek import pomp_achter_hek
from tests.api.conftest import Vrager
from tests.api.test_abonnee import ABONNEE, LIJST
from tests.api.test_jwt import maak_client, teken
from tests.inloggen import inloggen
from tests.mensen import WATERVEEN
from tests.nep_server import GEHEIM as ZGW_GEHEIM
from tests.webhooks.conftest import door, maak_abonnement, maak_gebeurtenis
from tests.webhooks.test_admin import NIEUW as SCHERM

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True), pytest.mark.lang]
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
NIET_DAARHEEN = [
    "https://10.1.2.3/", "https://169.254.169.254/latest/", "https://[::ffff:169.254.169.254]/",
    "https://[fd00:ec2::254]/", "https://100.100.100.200/", "https://2130706433/",
    "https://0x7f000001/", "https://localhost/", "https://[::1]:8443/", "http://9.9.9.9/",
    "https://9.9.9.9:22/", "https://noor@9.9.9.9/", "https://zaken.waterveen.nl:8080/",
]  # fmt: skip


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


@pytest_asyncio.fixture
async def omleider(binnen, settings):
    """Een toegestane ontvanger die naar binnen wijst; `status` is waarmee."""

    async def wijs_door(lezer, schrijver):
        kop = await lezer.readuntil(b"\r\n\r\n")
        lengte = re.search(rb"(?i)content-length: ([0-9]+)", kop)
        await lezer.readexactly(int(lengte[1]) if lengte else 0)
        naar = f"Location: http://127.0.0.1:{binnen.poort}/\r\n"
        antwoord = f"HTTP/1.1 {server.status} Elders\r\n{naar}Content-Length: 0\r\n\r\n"
        server.vragen += 1
        schrijver.write(antwoord.encode())
        await schrijver.drain()
        schrijver.close()

    server = await asyncio.start_server(wijs_door, "127.0.0.1", 0)
    server.status, server.vragen = 302, 0
    server.basis = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    settings.WEBHOOKS_DEMO_ONTVANGERS = [server.basis]
    yield server
    server.close()


@pytest.fixture
def alleen_het_stopcontact(monkeypatch):
    """De regels voor de URL uit, ook http: nu houdt alleen de controle bij het verbinden tegen."""
    for plek in (bestemming, handdruk, aanmelding, zending):
        monkeypatch.setattr(plek, "eis_url", lambda url: None, raising=False)
    monkeypatch.setattr("portal.webhooks.abonnementgegevens.eis_url", lambda url: None)


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


OMLEIDINGEN = (301, 302, 303, 307, 308)


async def test_een_omleiding_naar_binnen_wordt_bij_het_bezorgen_niet_gevolgd(
    werker, binnen, omleider, noor
):
    zaaksysteem = await maak_abonnement(f"{omleider.basis}/webhook", wachttijd=2)
    await maak_gebeurtenis(noor, 1)
    for omleider.status in OMLEIDINGEN:
        await Baan.objects.aupdate(opnieuw_op=timezone.now())
        await Abonnement.objects.aupdate(mislukt_achtereen=0, onderbroken_tot=None)
        await pomp_achter_hek(werker, zaaksysteem.pk)
    statussen = [poging.status async for poging in Poging.objects.order_by("id")]
    assert (statussen, binnen.bezoek) == ([*OMLEIDINGEN], [])


@pytest.mark.parametrize("vorm", Abonnement.Vorm.values)
async def test_ook_niet_bij_de_handdruk_en_het_kanaal(werker, binnen, omleider, vorm):
    inlog = {"client_id": "klantportaal", "geheim": ZGW_GEHEIM}
    adres = f"{omleider.basis}/notificaties"
    zaaksysteem = await maak_abonnement(adres, vorm=vorm, inlogwijze="zgw", inlog=inlog)
    for omleider.status in OMLEIDINGEN:
        uitslag = await sync_to_async(handdruk.geef_hand)(zaaksysteem, door=door())
        assert uitslag.fout
    assert omleider.vragen >= len(OMLEIDINGEN)
    assert binnen.bezoek == []


async def test_ook_niet_bij_het_token_van_oauth2(werker, binnen, omleider):
    inlog = {"token_url": f"{omleider.basis}/token", "client_id": "a", "client_secret": "b"}
    adres = f"{omleider.basis}/webhook"
    zaaksysteem = await maak_abonnement(adres, inlogwijze="oauth2", inlog=inlog)
    for omleider.status in OMLEIDINGEN:
        uitslag = await sync_to_async(stuur_test)(zaaksysteem, door=door())
        assert f"token-{omleider.status}" in uitslag.fout
    assert (omleider.vragen, binnen.bezoek) == (len(OMLEIDINGEN), [])


class Wisselend(aiohttp.abc.AbstractResolver):
    """Een naam die bij elke vraag naar het volgende adres wijst."""

    def __init__(self, *adressen):
        self.adressen = list(adressen)

    async def resolve(self, host, port=0, family=socket.AF_INET):
        adres = self.adressen.pop(0)
        rest = {"proto": 0, "flags": 0, "family": socket.AF_INET}
        return [{"hostname": host, "host": adres, "port": port, **rest}]

    async def close(self):
        return None


@pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2", "::1"])
async def test_een_naam_die_na_de_eerste_keer_naar_binnen_wijst(binnen, monkeypatch):
    """127.0.0.2 stands for an address outside that is allowed; 127.0.0.1 is inside."""
    monkeypatch.setattr(bestemming, "ALTIJD_DICHT", [])
    buiten = []

    async def neem_aan(lezer, schrijver):
        await lezer.readuntil(b"\r\n\r\n")
        buiten.append(1)
        schrijver.write(b"HTTP/1.1 204 Goed\r\nConnection: close\r\n\r\n")
        await schrijver.drain()
        schrijver.close()

    server = await asyncio.start_server(neem_aan, "127.0.0.2", binnen.poort)
    stopcontact = bestemming.maak_stopcontact([ip_network("127.0.0.2/32")])
    namen = Wisselend("127.0.0.2", "127.0.0.1")
    verbinder = aiohttp.TCPConnector(
        resolver=namen, socket_factory=stopcontact, use_dns_cache=False
    )
    doel = Doel(url=f"http://wissel.waterveen.nl:{binnen.poort}/", wacht=2.0, tls=False)
    async with aiohttp.ClientSession(connector=verbinder) as sessie:
        eerst, daarna = [await bezorg(sessie, doel, b"{}", {}) for _ in range(2)]
    server.close()
    assert (eerst.status, daarna.foutsoort) == (204, "adres-geweigerd")
    assert (buiten, binnen.bezoek, namen.adressen) == ([1], [], [])


@pytest.mark.parametrize("url", NIET_DAARHEEN)
async def test_bij_het_aanmelden_weigert_elke_weg_hetzelfde(werker, monkeypatch, url):
    """Beheer, het scherm van beheer, de eigen API en de vorm van VNG; niets gaat naar buiten."""
    monkeypatch.setattr(handdruk, "handdruk", None)
    for plek in ({"url": url}, {"inlogwijze": "oauth2", "inlog": TOKEN | {"token_url": url}}):
        gegevens = {"url": "https://zaken.waterveen.nl/", **plek}
        with pytest.raises(bestemming.BestemmingGeweigerd):
            await maak_abonnement(gegevens.pop("url"), **gegevens)
    statussen = await sync_to_async(meld_aan)(url)
    assert statussen == {"scherm": 200, "scherm oauth2": 200, "api": 400, "vng": 400}
    assert not await Abonnement.objects.aexists()


TOKEN = {"client_id": "a", "client_secret": "b"}


def meld_aan(url):
    """Probeer dit adres langs elke ingang; geeft per ingang de status."""
    beheerder = Client()
    inloggen(beheerder, "beheerder", middel="medewerker")
    pad, goed = "/beheer/webhooks/abonnement/add/", SCHERM["url"]
    token = {"inlogwijze": "oauth2", "inlog": json.dumps(TOKEN | {"token_url": url})}
    toepassing = Toepassing.objects.create(
        naam="Zaken", bronorganisatie=WATERVEEN, organisatie="Waterveen", afdeling="Zaken"
    )
    alles = Rechten(scopes=list(Scope), doelen=["zaakbehandeling"], velden=list(Veld))
    op = timezone.now()
    verloopt = op + dt.timedelta(days=9)
    sleutel = geef_token(toepassing, alles, verloopt_op=verloopt, door="test", reden="proef", op=op)
    eigen = {"naam": "Zaken", "contact": "z@waterveen.example", "url": url, "reden": "livegang"}
    vng = Vrager(teken(maak_client("zaken"), client_id="zaken"), doel=None)
    return {
        "scherm": beheerder.post(pad, {**SCHERM, "url": url}).status_code,
        "scherm oauth2": beheerder.post(pad, {**SCHERM, "url": goed, **token}).status_code,
        "api": Vrager(sleutel).stuur("/api/v1/abonnementen", eigen).status_code,
        "vng": vng.stuur(LIJST, {**ABONNEE, "callbackUrl": url}).status_code,
    }


async def test_een_ontvanger_die_een_onmogelijk_ritme_noemt_breekt_niets(gemeente, monkeypatch):
    zaaksysteem = await maak_abonnement(gemeente.url)
    for ritme, verwacht in (("9" * 5000, None), ("9" * 12, None), ("120", 120), ("x", None)):
        koppen = {"WebHook-Allowed-Origin": "*", "WebHook-Allowed-Rate": ritme}
        monkeypatch.setattr("tests.nep_gemeente.server.ontvanger.stem_toe", lambda *_, k=koppen: k)
        uitslag = await sync_to_async(handdruk.geef_hand)(zaaksysteem, door=door())
        assert (uitslag.toestemming, uitslag.per_minuut) == (True, verwacht)
