"""Of iets bestaat dat u niet mag zien, blijkt niet: niet uit het antwoord en niet uit het werk.

A clock would make this test guess, so it compares what takes the time: each statement that the
database gets, and how many rows it gives or changes. Measured in docs/besluiten/0169.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from portal.api.beheer import trek_in
from portal.api.models import Toepassing, Token
from portal.klanten import handelingen
from portal.klanten.models import Klant, Proces
from portal.webhooks import handdruk
from tests.api.conftest import BSN_NOOR, NOOR, OP, Vrager
from tests.api.test_abonnee import abonneer
from tests.api.test_beheren import ABONNEMENT
from tests.api.test_compat_schrijven import IEMAND
from tests.api.test_jwt import maak_client, teken
from tests.api.test_terugmeldingen import HUISNUMMER
from tests.mensen import HEUVELLAND

pytestmark = [pytest.mark.django_db, pytest.mark.lang]
NIETS = {
    "klant": str(UUID(int=1)), "anoniem": str(UUID(int=2)), "interactie": str(UUID(int=3)),
    "terugmelding": str(UUID(int=4)), "abonnement": str(UUID(int=5)), "abonnee": str(UUID(int=6)),
    "bsn": "999990421", "telefoon": "+31699999999", "klantnummer": "8765",
    "referentie": "BCDFGHJKMN",
}  # fmt: skip
GEZIEN = {"If-Match": "*"}


class Vraag(NamedTuple):
    """One question about the thing that is named between braces."""

    methode: str
    pad: str
    lichaam: dict[str, Any] | None = None
    koppen: dict[str, str] = {}


KLANT, ANONIEM = "/api/v1/klanten/{klant}", "/klanten/api/v1/klanten/{anoniem}"
INTERACTIE, ABONNEE = (
    "/api/v1/interacties/{interactie}",
    "/notificaties/api/v1/abonnement/{abonnee}",
)
ABONNEE_PATCH = {"kanalen": [{"naam": "klanten"}]}
OVER_KLANTEN = [
    Vraag("GET", KLANT),
    Vraag("GET", f"{KLANT}/digitale-adressen"),
    Vraag("GET", f"{KLANT}/klantbeeld"),
    Vraag("POST", "/api/v1/klanten/_zoek", {"burgerservicenummer": "{bsn}"}),
    Vraag("POST", "/api/v1/klanten/_zoek", {"telefoon": "{telefoon}"}),
    Vraag("POST", "/api/v1/klanten/_zoek", {"klantnummer": "{klantnummer}"}),
    Vraag("GET", "/klanten/api/v1/klanten/{klant}"),
    Vraag("GET", "/klanten/api/v1/klanten/{klant}/audittrail"),
    Vraag("PATCH", "/klanten/api/v1/klanten/{klant}", {"voornaam": "Sam"}),
    Vraag("DELETE", "/klanten/api/v1/klanten/{klant}"),
    Vraag("GET", "/klanten/api/v1/klanten?klantnummer={klantnummer}"),
    Vraag("POST", "/klanten/api/v1/klanten/_zoek",
          {"subjectNatuurlijkPersoon__inpBsn": "{bsn}"}),
]  # fmt: skip
VAN_EEN_ANDER_SYSTEEM = [
    Vraag("GET", INTERACTIE),
    Vraag("GET", f"{INTERACTIE}/contactgegevens"),
    Vraag("POST", f"{INTERACTIE}/_sluit"),
    Vraag("POST", "/api/v1/interacties/_zoek", {"referentie": "{referentie}"}),
    Vraag("GET", ANONIEM),
    Vraag("PATCH", ANONIEM, {"voornaam": "Sam"}),
    Vraag("DELETE", ANONIEM),
    Vraag("GET", ABONNEE),
    Vraag("PATCH", ABONNEE, ABONNEE_PATCH),
    Vraag("DELETE", ABONNEE),
]
MELDING = {"proces": "melding", "soort": "vraag"}
VAN_EEN_ANDERE_GEMEENTE = [
    Vraag("POST", "/api/v1/interacties", {**MELDING, "klant": "{klant}"}),
    Vraag("GET", f"{KLANT}/bewaargronden"),
    Vraag("PUT", f"{KLANT}/bewaargronden/zaak-1", {"tot": None}, {"If-None-Match": "*"}),
    Vraag("DELETE", f"{KLANT}/bewaargronden/zaak-1", None, GEZIEN),
    Vraag("GET", "/api/v1/terugmeldingen/{terugmelding}"),
    Vraag("PATCH", "/api/v1/terugmeldingen/{terugmelding}", {"status": "afgerond"}, GEZIEN),
    Vraag("GET", "/api/v1/abonnementen/{abonnement}"),
    Vraag("PATCH", "/api/v1/abonnementen/{abonnement}", {"reden": "x"}, GEZIEN),
    Vraag("POST", "/api/v1/abonnementen/{abonnement}/_pauzeer", {"reden": "x"}),
    Vraag("DELETE", "/api/v1/abonnementen/{abonnement}", None, GEZIEN),
]
ALLES = [*OVER_KLANTEN, *VAN_EEN_ANDER_SYSTEEM, *VAN_EEN_ANDERE_GEMEENTE]
Maak = Callable[..., Vrager]


@pytest.fixture
def bestaand(
    noor: UUID, geef: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Noor and what two systems of her municipality recorded; each of it can be asked for."""
    Proces.objects.create(code="melding", omschrijving="Melding", bewaartermijn=timedelta(days=90))
    monkeypatch.setattr(handdruk, "proef", lambda _: handdruk.Uitslag(aangekomen=True))
    eigen = Vrager(geef())
    zgw = Vrager(teken(maak_client("eigenaar"), client_id="eigenaar"), doel=None)
    interactie = eigen.stuur("/api/v1/interacties", MELDING).json()
    anoniem = zgw.stuur("/klanten/api/v1/klanten", IEMAND).json()["url"]
    return {
        "klant": str(noor),
        "anoniem": anoniem.rsplit("/", 1)[1],
        "interactie": interactie["id"],
        "referentie": interactie["referentie"],
        "terugmelding": str(handelingen.meld_terug(melding=HUISNUMMER, door=NOOR, op=OP).pk),
        "abonnement": eigen.stuur("/api/v1/abonnementen", ABONNEMENT).json()["id"],
        "abonnee": abonneer("eigenaar", zgw).rsplit("/", 1)[1],
        "bsn": BSN_NOOR,
        "telefoon": "+31612345678",
        "klantnummer": Klant.objects.get(pk=noor).klantnummer,
    }


def vul(wat: Any, dingen: dict[str, str]) -> Any:
    """The question with the thing filled in."""
    if isinstance(wat, dict):
        return {sleutel: vul(waarde, dingen) for sleutel, waarde in wat.items()}
    return wat.format(**dingen) if isinstance(wat, str) else wat


@contextmanager
def werk() -> Iterator[list[tuple[str, int]]]:
    """Every statement, with the number of its rows; names of savepoints count themselves."""
    gedaan: list[tuple[str, int]] = []

    def noteer(voer_uit: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        uit = voer_uit(sql, params, many, context)
        gedaan.append((re.sub(r"s[0-9]+_x[0-9]+", "s", sql), context["cursor"].rowcount))
        return uit

    with connection.execute_wrapper(noteer):
        yield gedaan


def beeld(vrager: Vrager, vraag: Vraag, dingen: dict[str, str]) -> tuple[Any, ...]:
    """All that who asks can see or measure, but for the number that each refusal has."""
    with werk() as gedaan:
        antwoord = vrager.generic(
            vraag.methode, vul(vraag.pad, dingen), _json(vul(vraag.lichaam, dingen)),
            content_type="application/json", headers=vraag.koppen,
        )  # fmt: skip
    inhoud = antwoord.json() if antwoord.content else None
    if isinstance(inhoud, dict):
        inhoud.pop("instance", None)
    return antwoord.status_code, inhoud, dict(antwoord.headers), gedaan


def _json(lichaam: Any) -> bytes:
    return b"" if lichaam is None else json.dumps(lichaam).encode()


@pytest.fixture
def als(geef: Callable[..., str]) -> Callable[..., Callable[[str], Vrager]]:
    """An asker on all three surfaces: own token, and a JWT."""

    def maak(*, organisatie: str = "", **rechten: Any) -> Callable[[str], Vrager]:
        waar = {"organisatie": organisatie} if organisatie else {}
        een = Vrager(geef(naam="Vrager", **waar, **rechten))
        geheim = maak_client("vrager", organisatie=organisatie, **rechten)
        twee = Vrager(teken(geheim, client_id="vrager"), doel=None)
        return lambda pad: een if pad.startswith("/api/v1") else twee

    return maak


def verschillen(
    als: Callable[[str], Vrager], vragen: list[Vraag], bestaand: dict[str, str]
) -> list[tuple[Any, ...]]:
    """The questions where what exists gets another answer, or costs other work."""
    gevonden = []
    for vraag in vragen:
        vrager = als(vraag.pad)
        niets, iets = (beeld(vrager, vraag, dingen) for dingen in (NIETS, bestaand))
        if niets != iets:
            gevonden.append((vraag.methode, vraag.pad, niets, iets))
    return gevonden


@pytest.mark.uitgangspunt("PUR-2", "OWN-2")
def test_een_andere_gemeente_merkt_niet_wie_of_wat_er_bij_ons_is(als: Any, bestaand: Any) -> None:
    assert verschillen(als(organisatie=HEUVELLAND), ALLES, bestaand) == []


@pytest.mark.uitgangspunt("VAL-8")
def test_een_ander_systeem_merkt_niet_wat_hier_zonder_klant_is_vastgelegd(
    als: Any, bestaand: Any
) -> None:
    assert verschillen(als(), VAN_EEN_ANDER_SYSTEEM, bestaand) == []


@pytest.mark.uitgangspunt("USE-7")
def test_wie_te_laag_is_vastgelegd_is_er_ook_niet_te_merken(
    als: Any, bestaand: Any, settings: Any
) -> None:
    settings.API_MINIMUMNIVEAU = 40
    assert verschillen(als(), OVER_KLANTEN, bestaand) == []


@pytest.mark.uitgangspunt("PUR-1", "PUR-2")
def test_zonder_recht_wordt_er_niet_eens_gekeken(als: Any, bestaand: Any) -> None:
    assert verschillen(als(scopes=[]), ALLES, bestaand) == []
    lezen = [v for v in OVER_KLANTEN if v.methode == "GET" or v.pad.endswith("_zoek")]
    assert verschillen(als(doelen=[]), lezen, bestaand) == []


def test_een_sleutel_die_er_was_is_gelijk_aan_een_die_nooit_bestond(
    geef: Callable[..., str], noor: UUID
) -> None:
    """Revoked, expired, and of a toepassing that was stopped: what an old key was, stays unsaid."""
    ingetrokken = geef()
    trek_in(Token.objects.get(), door="beheerder", reden="gelekt", op=OP)
    verlopen = geef(verloopt_op=timezone.now() - timedelta(seconds=1))
    gestopt = geef(naam="Gestopt")
    Toepassing.objects.filter(naam__startswith="Gestopt").update(actief=False)
    sleutels = ("er_00000000_verzonnen", ingetrokken, verlopen, gestopt)
    nooit, *ooit = (beeld(Vrager(s), Vraag("GET", KLANT), {"klant": str(noor)}) for s in sleutels)
    assert [b[:3] for b in ooit] == [nooit[:3]] * 3
    assert {len(b[3]) for b in (nooit, *ooit)} == {1}
