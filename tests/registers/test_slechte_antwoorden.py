"""Twelve bad answers per neighbour: nothing stored, in budget, one log line, no identifier."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps

from accounts.identiteit import Identiteit, Soort
from portal.klanten.models import Terugmelding
from portal.registers import (
    basisgegevens,
    brp,
    kvk,
    notificaties,
    pdok,
    terugmelding,
    verbinding,
    zaken,
)
from portal.registers.basisgegevens import Getoond
from portal.registers.instellingen import SOORTEN
from portal.registers.interacties import publiceren
from portal.registers.interacties.vormen import CONTACTMOMENTEN, VERZOEKEN
from portal.registers.models import Buurstand
from portal.registers.openklant import vormen
from portal.registers.verbinding import Buurstoring, Onbereikbaar, OnbruikbaarAntwoord
from tests.registers.conftest import zet
from tests.registers.kwaad import Antwoord, Kwaad, antwoord, druppel, zwijg

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
GETOOND: dict[str, Callable[[], Getoond[Any]]] = {
    "brp": lambda: basisgegevens.persoon(NOOR),
    "kvk": lambda: basisgegevens.onderneming(BAKKERIJ),
    "pdok": lambda: basisgegevens.adressen("1234AB", "1"),
}
"""What a person sees beside their own data."""
Kies = Callable[[str], Antwoord | None]
"""From a neighbour to its bad answer; None: nobody listens."""


def altijd(slecht: Antwoord | None) -> Kies:
    """Return the same bad answer for every neighbour."""
    return lambda _: slecht


def achter_elkaar(*beurten: bytes) -> Callable[[], Antwoord]:
    """An answer that is another each time it is asked for."""

    def begin() -> Antwoord:
        rij = iter(beurten)
        return lambda verbinding: antwoord(next(rij))(verbinding)

    return begin


ANDER_GEGEVEN = {
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
ANDER = {naam: achter_elkaar(inhoud) for naam, inhoud in ANDER_GEGEVEN.items()} | {
    "notificaties": achter_elkaar(
        b"[]",
        b'{"url": "https://n.example/abonnement/1", "callbackUrl": "https://elders.example/"}',
    )
}
SLECHT: dict[str, tuple[Kies, type[Buurstoring], str]] = {
    "te laat": (altijd(zwijg), Onbereikbaar, "te-traag"),
    "geen verbinding": (altijd(None), Onbereikbaar, "geen-verbinding"),
    "druppelt": (altijd(druppel), Onbereikbaar, "te-traag"),
    "500": (altijd(antwoord(b"{}", status="500 Oeps")), Onbereikbaar, "status-500"),
    "403": (altijd(antwoord(b"{}", status="403 Nee")), Onbereikbaar, "status-403"),
    "omleiding": (
        altijd(antwoord(b"", status="302 Elders", meer="Location: http://127.0.0.1:1/\r\n")),
        OnbruikbaarAntwoord,
        "omleiding",
    ),
    "html": (altijd(antwoord(b"<html>", soort="text/html")), OnbruikbaarAntwoord, "geen-json"),
    "afgekapt": (altijd(antwoord(b'{"type": "Raadpl', lengte=400)), Onbereikbaar, "afgebroken"),
    "andere vorm": (altijd(antwoord(b'{"personen": 3}')), OnbruikbaarAntwoord, "schema"),
    "een ander": (lambda buur: ANDER[buur](), OnbruikbaarAntwoord, "ander-subject"),
    "10 MB": (
        altijd(antwoord(b'{"a": "' + b"x" * 10_000_000)),
        OnbruikbaarAntwoord,
        "te-groot",
    ),
    "andere tekens": (
        altijd(antwoord('{"naam": "Zoë"}'.encode("latin-1"))),
        OnbruikbaarAntwoord,
        "tekens",
    ),
}
"""The twelve of the issue, and what each is called in the log."""
OOK_SLECHT: dict[str, tuple[Kies, type[Buurstoring], str]] = {
    "geen json": (altijd(antwoord(b'{"type": "Raadpl')), OnbruikbaarAntwoord, "geen-json"),
    "ingepakt": (
        altijd(antwoord(b"\x1f\x8b", meer="Content-Encoding: gzip\r\n")),
        OnbruikbaarAntwoord,
        "ingepakt",
    ),
}
RUIM = 3000
"""Milliseconds: far above the half second of `snel`, far below a neighbour that never stops."""
NUMMERS = ("999990019", "999993653", "90000011", "1234AB", "Samuel", "a@b.nl", str(KLANT))


@pytest.fixture
def snel(monkeypatch):
    """The same budget, shorter: what is measured is that there is one."""
    monkeypatch.setattr(verbinding, "VERBINDEN_SECONDEN", 0.3)
    monkeypatch.setattr(verbinding, "GEHEEL_SECONDEN", 0.5)


def _storing(vraag: Callable[[], object]) -> Buurstoring:
    with pytest.raises(Buurstoring) as fout:
        vraag()
    return fout.value


def _eis_een_stille_regel(caplog, buur: str, reden: str) -> None:
    (regel,) = [r for r in caplog.records if r.name == "portal.registers.verbinding"]
    assert (regel.message, regel.buur, regel.reden) == ("buur.storing", buur, reden)
    assert regel.duur_ms < RUIM
    assert not any(nummer in str(vars(r)) for r in caplog.records for nummer in NUMMERS)


def _staat_er_iets() -> list[str]:
    """What this package or the domain keeps, but for how the neighbours are."""
    soorten = [*apps.get_app_config("registers").get_models()]
    soorten += apps.get_app_config("klanten").get_models()
    return [s.__name__ for s in soorten if s is not Buurstand and s.objects.exists()]


@contextmanager
def _buur_met(settings, buur: str, slecht: Antwoord | None) -> Iterator[None]:
    """The portal pointed at this neighbour, who answers this way; None: a closed port."""
    settings.BUREN = {}
    with Kwaad(slecht or zwijg) as kwaad:
        zet(settings, buur, f"http://127.0.0.1:{kwaad.poort}")
        if slecht:
            yield
    if not slecht:
        yield


@pytest.mark.lang
@pytest.mark.parametrize("buur", BUREN)
@pytest.mark.parametrize("slecht", [*SLECHT, *OOK_SLECHT])
def test_een_slecht_antwoord_kost_een_regel_en_verder_niets(snel, settings, caplog, buur, slecht):
    caplog.set_level(logging.DEBUG)
    kies, soort, reden = (SLECHT | OOK_SLECHT)[slecht]
    with _buur_met(settings, buur, kies(buur)):
        storing = _storing(BUREN[buur])
    assert (type(storing), storing.reden) == (soort, reden)
    _eis_een_stille_regel(caplog, buur, reden)
    assert Buurstand.objects.get().reden == reden
    assert _staat_er_iets() == []


@pytest.mark.lang
@pytest.mark.parametrize("buur", GETOOND)
@pytest.mark.parametrize("slecht", SLECHT)
def test_een_scherm_zegt_dan_dat_het_nu_niet_kan(snel, settings, caplog, buur, slecht):
    kies, _, reden = SLECHT[slecht]
    with _buur_met(settings, buur, kies(buur)):
        assert GETOOND[buur]().nu_niet
    _eis_een_stille_regel(caplog, buur, reden)


def test_elke_buur_en_elk_slecht_antwoord_staan_in_de_tabel():
    assert set(BUREN) == set(SOORTEN) == set(ANDER)
    assert len(SLECHT) == 12


def test_het_budget_is_twee_en_vijf_seconden():
    assert (verbinding.VERBINDEN_SECONDEN, verbinding.GEHEEL_SECONDEN) == (2.0, 5.0)


def test_een_proxy_uit_de_omgeving_telt_niet(settings, monkeypatch, noor):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    settings.BUREN = {}
    with Kwaad(ANDER["brp"]()) as kwaad:
        zet(settings, "brp", f"http://127.0.0.1:{kwaad.poort}")
        assert _storing(lambda: brp.persoon(noor)).reden == "ander-subject"
