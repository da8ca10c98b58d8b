# ruff: noqa: F811 - a fixture of another module is an argument here
"""Elke lastige tekst door elk tekstveld van elke vraag, en er zo weer uit.

De velden komen uit de OpenAPI: wat erbij komt doet vanzelf mee. Nooit een 500; wat niet mag is een
probleemdocument waarin de tekst niet staat; wat wel mag komt teken voor teken terug (NFC).
"""

import copy
import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from portal.api.compat.standaard import standaard
from portal.api.eigen import eigen
from portal.klanten.models import Klant
from portal.klanten.regels import NieuwBuitenlandsAdres, NieuweNaam
from tests.api.conftest import Vrager, registreer
from tests.api.tekstvelden import Pad, met, op_plek, teksten_in, tekstvelden, zet
from tests.api.test_beheren import ABONNEMENT
from tests.api.test_compat_schrijven import IEMAND
from tests.api.test_jwt import BASIS as STANDAARD
from tests.api.test_matrix import (  # noqa: F401 - the fixtures
    ALLE,
    RIJEN,
    Maak,
    als,
    niets_naar_buiten,
    pad_van,
    plaatsen,
)
from tests.mensen import NOOR
from tests.mijn.lastig import TEKSTEN, VERBODEN, alsof

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]
ALLEMAAL = [pytest.param(TEKSTEN, id="alles", marks=pytest.mark.lang)]
DEEL = 8
"""Elk veld krijgt een achtste van de lijst, elk een ander deel: samen telkens weer alles."""
PROBLEEM = "application/problem+json"


def eis_net(antwoord: Any, tekst: str) -> None:
    """Gelukt, of een probleemdocument dat de tekst niet herhaalt."""
    assert antwoord.status_code < 500, tekst
    if antwoord.status_code >= 400:
        assert antwoord["Content-Type"] == PROBLEEM, tekst
        if len(tekst) > 7:
            assert not [deel for deel in teksten_in(antwoord.json()) if tekst in deel]


@pytest.fixture(autouse=True)
def zonder_grens(settings: Any) -> None:
    """Wie honderden teksten probeert, komt anders niet verder dan de eerste."""
    settings.API_PER_MINUUT = settings.API_ZOEKEN_PER_MINUUT = 1_000_000
    settings.API_MISSERS_PER_UUR = 1_000_000


def test_de_velden_komen_uit_de_beschrijving() -> None:
    gevonden = {p.values[1].operation_id: tekstvelden(*p.values) for p in ALLE}
    assert sum(map(len, gevonden.values())) > 150
    maak = {veld.pad for veld in gevonden["klant_create"]}
    assert maak >= {("voornaam",), ("adres", "straatnaam"), ("correspondentieadres", "regel2")}
    melden = {veld.pad for veld in gevonden["interactieVastleggen"]}
    assert melden >= {("extern",), ("contact", "correspondentieadres", "regels", 0)}
    assert ("kanalen", 0, "filters", "sleutel") in {
        veld.pad for veld in gevonden["abonnement_create"]
    }


@pytest.mark.lang
@pytest.mark.parametrize(("api", "operatie"), [p for p in ALLE if tekstvelden(*p.values)])
def test_geen_tekstveld_van_een_vraag_breekt(
    api: Any,
    operatie: Any,
    plaatsen: Any,
    als: Maak,
) -> None:
    vrager, adres = als(api), pad_van(api, operatie, plaatsen)
    rij = RIJEN[operatie.operation_id]
    for plaats, veld in enumerate(tekstvelden(api, operatie)):
        for tekst in TEKSTEN[plaats % DEEL :: DEEL]:
            with alsof():
                inhoud = json.dumps(met(rij.lichaam, veld, tekst))
                antwoord = vrager.generic(
                    operatie.methods[0], adres, inhoud, "application/json", headers=rij.koppen
                )
                eis_net(antwoord, tekst)


def past(tekst: str, hooguit: int) -> bool:
    """Of dit één regel tekst is; een systeem stuurt precies wat het bedoelt, ook aan de randen."""
    kaal = unicodedata.normalize("NFC", tekst)
    return bool(kaal.strip()) and not VERBODEN & set(kaal) and len(kaal) <= hooguit


BUITEN = {"type": "buitenlands_adres", "landcode": "5010", "landnaam": "Belgi\u00eb"}
HIER = {"type": "binnenlands_adres", "huisnummer": 1, "postcode": "1234AB"}
CORRESPONDENTIE = "correspondentieadres"
KLANT = {k: v for k, v in IEMAND.items() if k not in {"adres", "achternaam"}}
NAAM = {("voornaam",): 200, ("functie",): 200, ("bedrijfsnaam",): 200}
RONDES: dict[str, tuple[str, Any, dict[Pad, int]]] = {
    "klant met adres in Nederland": (
        STANDAARD, {**KLANT, CORRESPONDENTIE: HIER},
        NAAM | {(CORRESPONDENTIE, d): 80 for d in ("naamOpenbareRuimte", "woonplaats")},
    ),
    "klant met adres elders": (
        STANDAARD, {**KLANT, CORRESPONDENTIE: BUITEN},
        NAAM | {(CORRESPONDENTIE, d): 80 for d in ("regel1", "regel2", "regel3")},
    ),
    "klant met kort adres": (
        STANDAARD, {**KLANT, "adres": IEMAND["adres"]},
        {("adres", "straatnaam"): 80, ("adres", "woonplaatsnaam"): 80},
    ),
    "abonnement": ("/api/v1/abonnementen", ABONNEMENT, {("naam",): 100}),
    "interactie": (
        "/api/v1/interacties", {"proces": "melding", "soort": "melding"}, {("extern",): 200},
    ),
}  # fmt: skip


def rondes(velden: dict[Pad, int], teksten: Sequence[str]) -> Iterator[dict[Pad, str]]:
    lijsten = {pad: [t for t in teksten if past(t, hooguit)] for pad, hooguit in velden.items()}
    for nummer in range(max(map(len, lijsten.values()))):
        yield {
            pad: lijst[(nummer + 7 * plaats) % len(lijst)]
            for plaats, (pad, lijst) in enumerate(lijsten.items())
        }


@pytest.mark.parametrize("teksten", ALLEMAAL)
@pytest.mark.parametrize("soort", RONDES)
def test_wat_een_systeem_vastlegt_krijgt_het_zo_terug(
    soort: str,
    teksten: Sequence[str],
    plaatsen: Any,
    als: Maak,
) -> None:
    adres, lichaam, velden = RONDES[soort]
    vrager = als(standaard if adres == STANDAARD else eigen)
    for typt in rondes(velden, teksten):
        with alsof():
            inhoud = copy.deepcopy(lichaam)
            for pad, tekst in typt.items():
                zet(inhoud, pad, tekst)
            gemaakt = vrager.stuur(adres, inhoud)
            assert gemaakt.status_code == 201, (typt, gemaakt.content)
            for antwoord in (gemaakt, vrager.get(gemaakt["Location"])):
                for pad, tekst in typt.items():
                    assert op_plek(antwoord.json(), pad) == unicodedata.normalize("NFC", tekst)


@pytest.mark.parametrize("teksten", ALLEMAAL)
def test_een_melding_met_contactgegevens_komt_er_zo_uit(
    teksten: Sequence[str],
    plaatsen: Any,
    als: Maak,
) -> None:
    vrager = als(eigen)
    adres: Pad = ("contact", "correspondentieadres")
    velden: dict[Pad, int] = {("contact", "voornaam"): 200, (*adres, "tav"): 200}
    for typt in rondes(velden | {(*adres, "a"): 80, (*adres, "b"): 80}, teksten):
        naam, tav, *regels = (unicodedata.normalize("NFC", tekst) for tekst in typt.values())
        contact = {
            "voornaam": naam,
            "correspondentieadres": {
                "soort": "buitenland", "land": "BE", "tav": tav, "regels": regels,
            },
        }  # fmt: skip
        with alsof():
            vraag = {"proces": "melding", "soort": "melding", "contact": contact}
            gemaakt = vrager.stuur("/api/v1/interacties", vraag)
            assert gemaakt.status_code == 201, typt
            gelezen = vrager.get(f"{gemaakt['Location']}/contactgegevens").json()
            assert gelezen["voornaam"] == naam
            assert gelezen["correspondentieadres"] == [tav, *regels, "BE"]


@pytest.fixture
def bevolking(request: pytest.FixtureRequest, db: None) -> dict[str, tuple[str, list[str]]]:
    """Voor elke tekst die past een klant die zo heet en daar woont: id -> naam en adresregels."""
    teksten = [unicodedata.normalize("NFC", t) for t in request.param if past(t, 80)]
    mensen = {}
    for nummer, tekst in enumerate(teksten):
        wie = replace(NOOR, subject_index=f"index-{nummer}", subject_verzegeld=f"zegel-{nummer}")
        regels = [teksten[nummer - 1], teksten[nummer - 2]]
        adres = NieuwBuitenlandsAdres(landcode="BE", regel1=regels[0], regel2=regels[1])
        mensen[str(registreer(wie, NieuweNaam(tekst), adres))] = tekst, regels
    return mensen


hele_bevolking = pytest.mark.parametrize("bevolking", ALLEMAAL, indirect=True)


@pytest.mark.uitgangspunt("PUR-2")
@hele_bevolking
def test_een_lezer_krijgt_elke_naam_en_elk_adres(bevolking: Any, als: Maak) -> None:
    vrager = als(eigen, doel="dienstverlening")
    gelezen, cursor = {}, None
    while cursor != "":
        vraag = {"paginaGrootte": 100} | ({"cursor": cursor} if cursor else {})
        blad = vrager.get("/api/v1/klanten", vraag).json()
        for klant in blad["klanten"]:
            gelezen[klant["id"]] = klant["naam"]["waarde"], klant["postadres"]["regels"]
        cursor = blad["volgende"] or ""
    assert gelezen == bevolking


@hele_bevolking
def test_ook_in_de_vorm_van_de_standaard(bevolking: Any, als: Maak) -> None:
    vrager = als(standaard, doelen=["dienstverlening"])
    bladen = -(-len(bevolking) // 100)
    lijst = [vrager.get(STANDAARD, {"page": n + 1}).json() for n in range(bladen)]
    gelezen = {
        klant["url"].rpartition("/")[2]: (
            klant["voornaam"],
            [klant[CORRESPONDENTIE]["regel1"], klant[CORRESPONDENTIE]["regel2"]],
        )
        for blad in lijst
        for klant in blad["results"]
    }
    assert gelezen == bevolking


@hele_bevolking
def test_een_klantbeeld_en_een_spoor_ook(bevolking: Any, als: Maak) -> None:
    beeld, spoor = als(eigen, doel="dienstverlening"), als(standaard, doelen=["dienstverlening"])
    for nummer, (naam, regels) in list(bevolking.items())[::5]:
        klant = beeld.get(f"/api/v1/klanten/{nummer}/klantbeeld").json()
        assert (klant["naam"]["waarde"], klant["postadres"]["regels"]) == (naam, regels)
        (regel,) = spoor.get(f"{STANDAARD}/{nummer}/audittrail").json()
        assert regel["wijzigingen"]["nieuw"]["naam"] == naam


KOPPEN = ["Doel", "If-None-Match", "If-Match", "Accept", "Traceparent", "X-Audit-Toelichting"]
GEVRAAGD = [
    ("/api/v1/klanten", ["cursor", "paginaGrootte", "doel"]),
    ("/api/v1/wijzigingen", ["cursor"]),
    ("/api/v1/terugmeldingen", ["cursor"]),
    (STANDAARD, ["page", "klantnummer", "bronorganisatie", "subject", "achternaam", "landcode"]),
]


@pytest.mark.lang
@pytest.mark.parametrize(("adres", "namen"), GEVRAAGD)
def test_geen_gegeven_in_een_adres_of_kop_breekt(
    adres: str,
    namen: list[str],
    noor: UUID,
    als: Maak,
) -> None:
    vrager = als(standaard if adres == STANDAARD else eigen)
    for tekst in TEKSTEN:
        for naam in namen:
            eis_net(vrager.get(adres, {naam: tekst}), tekst)
        if tekst.isascii() and tekst.isprintable():
            for kop in KOPPEN:
                eis_net(vrager.get(adres, headers={kop: tekst}), tekst)
    assert Klant.objects.count() == 1
    assert connection.is_usable()


def test_een_los_surrogaat_en_een_nul_worden_aan_de_rand_geweigerd(
    zaaksysteem: Vrager,
) -> None:
    for ruw in (rb'{"email": "\ud800"}', rb'{"email": "a\u0000b"}', b'{"email": "\xff"}'):
        antwoord = zaaksysteem.generic("POST", "/api/v1/klanten/_zoek", ruw, "application/json")
        assert (antwoord.status_code, antwoord.json()["code"]) == (400, "parse_error")
