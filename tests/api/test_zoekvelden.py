"""Zoeken bevestigt geen waarde die een token niet mag zien; elke sleutel heeft hier een rij."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from portal.api.compat.filters import Zoekvraag
from portal.api.rechten import Veld
from portal.api.vormen.klanten import ZoekIn
from portal.logboek.inzage import gebruik_van
from tests.api.conftest import BSN_NOOR, KVK_KORENBLOEM, Vrager
from tests.api.test_jwt import BASIS as ZGW
from tests.api.test_jwt import maak_client, teken

pytestmark = [pytest.mark.django_db, pytest.mark.uitgangspunt("PUR-1", "USE-4")]
EIGEN = "/api/v1/klanten"
TELEFOON = "+31612345678"

ONZE_RIJEN: dict[str, tuple[str, str]] = {
    "burgerservicenummer": (BSN_NOOR, ""),
    "rsin": ("823288444", ""),
    "kvkNummer": (KVK_KORENBLOEM, ""),
    "vestigingsnummer": ("000037178598", ""),
    "klantnummer": ("1", ""),
    "email": ("noor@example.nl", "email"),
    "telefoon": (TELEFOON, "telefoon"),
}
"""De sleutel van `_zoek`, een waarde, en welk veld hij vraagt (leeg: geen)."""

HUN_RIJEN: dict[str, tuple[str, str]] = {
    "bronorganisatie": ("823288444", ""),
    "klantnummer": ("1", ""),
    "bedrijfsnaam": ("De Korenbloem", "naam"),
    "functie": ("Facturen", "naam"),
    "achternaam": ("Noor", "naam"),
    "telefoonnummer": (TELEFOON, "telefoon"),
    "emailadres": ("noor@example.nl", "email"),
    "adres__straatnaam": ("Dorpsstraat", "postadres"),
    "adres__postcode": ("1234AB", "postadres"),
    "adres__woonplaatsNaam": ("Waterveen", "postadres"),
    "adres__landcode": ("6030", "postadres"),
    "subject": ("https://example.nl/x", ""),
    "subjectType": ("natuurlijk_persoon", ""),
    "subjectNatuurlijkPersoon__inpBsn": (BSN_NOOR, ""),
    "subjectNatuurlijkPersoon__anpIdentificatie": ("1", ""),
    "subjectNatuurlijkPersoon__inpA_nummer": ("1234567890", ""),
    "subjectNietNatuurlijkPersoon__innNnpId": ("823288444", ""),
    "subjectNietNatuurlijkPersoon__annIdentificatie": ("1", ""),
    "subjectVestiging__vestigingsNummer": ("000037178598", ""),
    "kvkNummer": (KVK_KORENBLOEM, ""),
}
"""Hetzelfde voor de filters van de standaard."""

BIJ_EEN_VESTIGING = {"kvkNummer": KVK_KORENBLOEM}
GEVAL = [
    *[pytest.param(EIGEN, *rij, id=f"eigen-{rij[0]}") for rij in ONZE_RIJEN.items()],
    *[pytest.param(ZGW, *rij, id=f"standaard-{rij[0]}") for rij in HUN_RIJEN.items()],
]


def zoek(geef: Callable[..., str], basis: str, vraag: dict[str, str], velden: list[Any]) -> Any:
    """Zoek met een token dat alleen deze velden heeft."""
    if any("estigingsnummer" in sleutel.lower() for sleutel in vraag):
        vraag = vraag | BIJ_EEN_VESTIGING
    if basis == EIGEN:
        return Vrager(geef(velden=velden)).stuur(f"{EIGEN}/_zoek", vraag)
    token = teken(maak_client(velden=velden))
    return Vrager(token, doel=None).stuur(f"{ZGW}/_zoek", vraag)


def test_elke_sleutel_en_elk_filter_heeft_een_rij() -> None:
    onze = {veld.alias or naam for naam, veld in ZoekIn.model_fields.items()}
    assert (onze, set(Zoekvraag.model_fields)) == (set(ONZE_RIJEN), set(HUN_RIJEN))


@pytest.mark.lang
@pytest.mark.parametrize(("basis", "sleutel", "rij"), GEVAL)
def test_zonder_het_veld_is_zoeken_erop_403_en_anders_niet(
    geef: Callable[..., str], noor: UUID, basis: str, sleutel: str, rij: tuple[str, str]
) -> None:
    waarde, veld = rij
    zonder = zoek(geef, basis, {sleutel: waarde}, [v for v in Veld if v != veld])
    alleen = zoek(geef, basis, {sleutel: waarde}, [veld] if veld else [])
    assert (zonder.status_code, alleen.status_code) == (403 if veld else 200, 200)
    if veld:
        assert zonder["Content-Type"] == "application/problem+json"
        assert zonder.json()["code"] == "permission_denied"
        assert f" {veld} " in zonder.json()["detail"]
        assert waarde not in zonder.content.decode()


def test_het_antwoord_is_hetzelfde_of_de_waarde_klopt_of_niet(
    geef: Callable[..., str], noor: UUID
) -> None:
    goed, fout = (
        zoek(geef, EIGEN, {"telefoon": nummer}, ["naam"]).json()
        for nummer in (TELEFOON, "+31699999999")
    )
    assert {**goed, "instance": ""} == {**fout, "instance": ""}
    assert [g for g in gebruik_van(noor) if not g.eigen] == []


def test_ook_het_doel_moet_het_veld_nodig_hebben(geef: Callable[..., str], noor: UUID) -> None:
    antwoord = Vrager(geef(), "uitbetaling").stuur(f"{EIGEN}/_zoek", {"telefoon": TELEFOON})
    assert antwoord.status_code == 403


def test_ook_een_filter_in_het_adres_vraagt_het_veld(noor: UUID, settings: Any) -> None:
    settings.API_FILTERS_IN_URL = True
    vrager = Vrager(teken(maak_client(velden=["naam"])), doel=None)
    status = [
        vrager.get(ZGW, filters).status_code
        for filters in ({"telefoonnummer": TELEFOON}, {"bedrijfsnaam": "x"}, {})
    ]
    assert status == [403, 200, 200]


def test_twee_filters_noemen_beide_velden(noor: UUID) -> None:
    vrager = Vrager(teken(maak_client(velden=["naam"])), doel=None)
    twee = {"emailadres": "noor@example.nl", "adres__postcode": "1234AB", "bedrijfsnaam": "x"}
    detail = vrager.stuur(f"{ZGW}/_zoek", twee).json()["detail"]
    assert "email en postadres" in detail
