"""Geen enkele weg naar buiten volgt een omleiding: een server van binnen krijgt nul bezoek.

De wegen staan in `test_eigen_regels.py`; een nieuwe weg zonder regel hier is rood. Wat een mens van
de gemeente intypt wordt ook op adres bekeken: `tests/webhooks/test_nul_bezoek.py`.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import pytest

from accounts.achterkanaal import Budget, roep
from accounts.controles import Afgewezen
from accounts.providers import lijst
from portal.berichten import wegen
from portal.registers import onderbreker
from portal.registers.verbinding import Antwoordvorm, Buur, Buurstoring, Vraag, vraag, zend
from portal.webhooks.bezorging import Doel, bezorg
from portal.webhooks.pomp.uitgang import Uitgang
from tests.huis.test_eigen_regels import WEGEN_NAAR_BUITEN
from tests.registers.kwaad import Kwaad, antwoord

OMLEIDINGEN = ("301", "302", "303", "307", "308")


def inloggen(url: str) -> None:
    """Discovery, sleutels, token en userinfo gaan alle langs deze ene functie."""
    for methode in ("GET", "POST"):
        with pytest.raises(Afgewezen):
            roep(lijst()[0], methode, f"{url}/openid", Budget())


def buur(url: str) -> None:
    """BRP, KvK, PDOK, zaken, Open Klant en de Notificaties API: lezen, schrijven, verwijderen."""
    onderbreker.vergeet_alles()
    aan = Buur("proef", url)
    for methode in ("GET", "POST"):
        with pytest.raises(Buurstoring):
            vraag(aan, Vraag(methode, "/personen", inhoud={}), Antwoordvorm)
    with pytest.raises(Buurstoring):
        zend(aan, Vraag("DELETE", "/abonnement"))


def post(url: str) -> None:
    """De sms van NotifyNL en de post van de demo."""
    with suppress(ConnectionError):
        wegen._post(f"{url}/v2/notifications/sms", {"tekst": "code"}, {})


def webhook(url: str) -> None:
    """Dezelfde sessie als de pomp, voor een ontvanger die op dit apparaat mag staan."""

    async def bezorg_een() -> None:
        uitgang = Uitgang(())
        doel = Doel(url=f"{url}/webhook", wacht=2.0, tls=False)
        await bezorg(uitgang.sessie(demo=True), doel, b"{}", {})
        await uitgang.sluit()

    asyncio.run(bezorg_een())


WEGEN: dict[str, Callable[[str], None]] = {
    "accounts/achterkanaal.py": inloggen,
    "portal/berichten/wegen.py": post,
    "portal/registers/verbinding.py": buur,
    "portal/webhooks/pomp/uitgang.py": webhook,
}
EIGEN_KIND = {"portal/demo/__main__.py"}
"""Vraagt alleen het webproces dat de demo zelf startte of het al leeft."""


def test_elke_weg_naar_buiten_staat_in_de_tabel() -> None:
    assert WEGEN.keys() | EIGEN_KIND == WEGEN_NAAR_BUITEN


@pytest.mark.django_db
@pytest.mark.parametrize("status", OMLEIDINGEN)
@pytest.mark.parametrize("weg", WEGEN)
def test_een_omleiding_naar_binnen_wordt_niet_gevolgd(weg: str, status: str) -> None:
    with Kwaad(antwoord(b"{}")) as binnen:
        naar = f"Location: http://127.0.0.1:{binnen.poort}/\r\n"
        with Kwaad(antwoord(b"", status=f"{status} Elders", meer=naar)) as buiten:
            WEGEN[weg](f"http://127.0.0.1:{buiten.poort}")
    assert buiten.vragen > 0
    assert binnen.vragen == 0
