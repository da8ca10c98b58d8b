"""Twelve bad answers per neighbour: nothing stored, in budget, one log line, no identifier."""

import logging
import time
from collections.abc import Callable
from uuid import UUID

import pytest

from accounts.identiteit import Identiteit, Soort
from portal.klanten.models import Terugmelding
from portal.registers import brp, kvk, notificaties, pdok, terugmelding, verbinding, zaken
from portal.registers.interacties import publiceren
from portal.registers.interacties.vormen import CONTACTMOMENTEN, VERZOEKEN
from portal.registers.models import Buurstand
from portal.registers.openklant import vormen
from portal.registers.verbinding import Buurstoring, Onbereikbaar, OnbruikbaarAntwoord
from tests.registers.conftest import zet
from tests.registers.kwaad import Kwaad, antwoord, druppel, zwijg

pytestmark = pytest.mark.django_db

NOOR = Identiteit(Soort.BSN, "999990019")
BAKKERIJ = Identiteit(Soort.KVK, "90000011")
MELDING = Terugmelding(referentie="ABCDEFGHJK")
KLANT = UUID("7d7c1e0e-8a51-4f0f-b4a2-0a6ce9d9a001")

BUREN: dict[str, Callable[[], object]] = {
    "brp": lambda: brp.persoon(NOOR),
    "kvk": lambda: kvk.onderneming(BAKKERIJ),
    "pdok": lambda: pdok.adressen("1234AB", "1"),
    "zaken": lambda: zaken.zaken_van(NOOR),
    "contactmomenten": lambda: publiceren.ontkoppel(CONTACTMOMENTEN, KLANT),
    "verzoeken": lambda: publiceren.ontkoppel(VERZOEKEN, KLANT),
    "openklant": lambda: vormen.adressen_van(KLANT),
    "notificaties": notificaties.abonneer,
    "terugmelding": lambda: terugmelding._vraag_na(MELDING, str(KLANT)),
}
ANDER = {
    "brp": b'{"type": "RaadpleegMetBurgerservicenummer",'
    b' "personen": [{"burgerservicenummer": "999993653", "naam": {"volledigeNaam": "Samuel"}}]}',
    "kvk": b'{"kvkNummer": "69599084", "naam": "Een ander bedrijf"}',
    "pdok": b'{"response": {"docs": [{"straatnaam": "Elders", "huisnummer": 2,'
    b' "postcode": "9999ZZ", "woonplaatsnaam": "Elders"}]}}',
    "zaken": b'{"results": [{"url": "https://z.example/zaken/1", "einddatum": null,'
    b' "_expand": {"rollen": [{"betrokkeneIdentificatie": {"inpBsn": "999993653"}}]}}]}',
    "contactmomenten": b'{"results": [{"url": "https://c.example/1", "klant": "https://c.example/2",'
    b' "contactmoment": "https://c.example/3", "rol": "belanghebbende"}]}',
    "verzoeken": b'{"results": [{"url": "https://v.example/1", "klant": "https://v.example/2",'
    b' "verzoek": "https://v.example/3", "rol": "initiator"}]}',
    "terugmelding": b'{"terugMeldingReferentie": "11111111-1111-4111-8111-111111111111",'
    b' "referentieKenmerk": "KJHGFEDCBA", "status": "Afgehandeld"}',
    "openklant": b'{"results": [{"uuid": "11111111-1111-4111-8111-111111111111", "adres": "a@b.nl",'
    b' "soortDigitaalAdres": "email", "verstrektDoorPartij":'
    b' {"uuid": "22222222-2222-4222-8222-222222222222"}}]}',
}
SLECHT = {
    "te laat": (zwijg, Onbereikbaar, "te-traag"),
    "druppelt": (druppel, Onbereikbaar, "te-traag"),
    "500": (antwoord(b"{}", status="500 Oeps"), Onbereikbaar, "status-500"),
    "403": (antwoord(b"{}", status="403 Nee"), Onbereikbaar, "status-403"),
    "omleiding": (
        antwoord(b"", status="302 Elders", meer="Location: http://127.0.0.1:1/\r\n"),
        OnbruikbaarAntwoord,
        "omleiding",
    ),
    "html": (antwoord(b"<html>", soort="text/html"), OnbruikbaarAntwoord, "geen-json"),
    "afgekapt": (antwoord(b'{"type": "Raadpl', lengte=400), Onbereikbaar, "afgebroken"),
    "geen json": (antwoord(b'{"type": "Raadpl'), OnbruikbaarAntwoord, "geen-json"),
    "andere vorm": (antwoord(b'{"personen": 3}'), OnbruikbaarAntwoord, "schema"),
    "10 MB": (antwoord(b'{"a": "' + b"x" * 10_000_000), OnbruikbaarAntwoord, "te-groot"),
    "tekens": (antwoord('{"naam": "Zoë"}'.encode("latin-1")), OnbruikbaarAntwoord, "tekens"),
    "ingepakt": (
        antwoord(b"\x1f\x8b", meer="Content-Encoding: gzip\r\n"),
        OnbruikbaarAntwoord,
        "ingepakt",
    ),
}
RUIM = 3.0
"""Seconds: far above the half second of `snel`, far below a neighbour that never stops."""
NUMMERS = ("999990019", "999993653", "90000011", "1234AB", "Samuel", "a@b.nl", str(KLANT))


@pytest.fixture
def snel(monkeypatch):
    """The same budget, shorter: what is measured is that there is one."""
    monkeypatch.setattr(verbinding, "VERBINDEN_SECONDEN", 0.3)
    monkeypatch.setattr(verbinding, "GEHEEL_SECONDEN", 0.5)


def _storing(vraag: Callable[[], object]) -> tuple[Buurstoring, float]:
    begin = time.monotonic()
    with pytest.raises(Buurstoring) as fout:
        vraag()
    return fout.value, time.monotonic() - begin


def _eis_een_stille_regel(caplog, buur: str, reden: str) -> None:
    (regel,) = [r for r in caplog.records if r.name == "portal.registers.verbinding"]
    assert (regel.message, regel.buur, regel.reden) == ("buur.storing", buur, reden)
    assert not any(nummer in str(vars(r)) for r in caplog.records for nummer in NUMMERS)


@pytest.mark.lang
@pytest.mark.parametrize("buur", BUREN)
@pytest.mark.parametrize("slecht", SLECHT)
def test_een_slecht_antwoord_kost_een_regel_en_verder_niets(snel, settings, caplog, buur, slecht):
    caplog.set_level(logging.DEBUG)
    doe, soort, reden = SLECHT[slecht]
    settings.BUREN = {}
    with Kwaad(doe) as kwaad:
        zet(settings, buur, f"http://127.0.0.1:{kwaad.poort}")
        storing, duur = _storing(BUREN[buur])
    assert (type(storing), storing.reden) == (soort, reden)
    assert duur < RUIM
    assert kwaad.vragen == 1
    _eis_een_stille_regel(caplog, buur, reden)
    assert Buurstand.objects.get().reden == reden


@pytest.mark.parametrize("buur", BUREN)
def test_geen_verbinding_is_er_een_van(snel, settings, caplog, buur):
    caplog.set_level(logging.DEBUG)
    settings.BUREN = {}
    with Kwaad(zwijg) as kwaad:
        zet(settings, buur, f"http://127.0.0.1:{kwaad.poort}")
    storing, duur = _storing(BUREN[buur])
    assert storing.reden == "geen-verbinding"
    assert duur < RUIM
    _eis_een_stille_regel(caplog, buur, "geen-verbinding")


@pytest.mark.parametrize("buur", ANDER)
def test_een_antwoord_over_een_ander_wordt_niet_gebruikt(snel, settings, caplog, buur):
    caplog.set_level(logging.DEBUG)
    settings.BUREN = {}
    with Kwaad(antwoord(ANDER[buur])) as kwaad:
        zet(settings, buur, f"http://127.0.0.1:{kwaad.poort}")
        storing, _ = _storing(BUREN[buur])
    assert (type(storing), storing.reden) == (OnbruikbaarAntwoord, "ander-subject")
    _eis_een_stille_regel(caplog, buur, "ander-subject")


def test_het_budget_is_twee_en_vijf_seconden():
    assert (verbinding.VERBINDEN_SECONDEN, verbinding.GEHEEL_SECONDEN) == (2.0, 5.0)


def test_een_proxy_uit_de_omgeving_telt_niet(settings, monkeypatch, noor):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    settings.BUREN = {}
    with Kwaad(antwoord(ANDER["brp"])) as kwaad:
        zet(settings, "brp", f"http://127.0.0.1:{kwaad.poort}")
        assert _storing(lambda: brp.persoon(noor))[0].reden == "ander-subject"
