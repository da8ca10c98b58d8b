"""The test persons of the stand-in; every number is a published or reserved test number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LEGAL = "urn:etoegang:core:LegalSubjectID"
ACTING = "urn:etoegang:core:ActingSubjectID"
KVKNR = "urn:etoegang:1.9:EntityConcernedID:KvKnr"
VESTIGING = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"
EIDAS_BSN = "urn:etoegang:1.12:EntityConcernedID:BSN"
EIDAS_PSEUDO = "urn:etoegang:1.12:EntityConcernedID:PseudoID"
MACHTIGEN = "urn:nl-eid-gdi:1.0:"


@dataclass(frozen=True)
class Persoon:
    """Somebody to log in as: how the page shows them and what userinfo says about them."""

    slug: str
    naam: str
    nummer: str
    waarvoor: str
    claims: Mapping[str, Any] = field(repr=False)


def burger(slug: str, naam: str, bsn: str, waarvoor: str) -> Persoon:
    return Persoon(slug, naam, f"BSN {bsn}", waarvoor, {"bsn": bsn})


def bedrijf(
    slug: str, naam: str, kvk: str, wie: str, waarvoor: str, vestiging: str = ""
) -> Persoon:
    claims = {LEGAL: kvk, "name_qualifier": KVKNR, ACTING: wie}
    if vestiging:
        claims[VESTIGING] = vestiging
    nummer = f"KVK {kvk}" + (f", vestiging {vestiging}" if vestiging else "")
    return Persoon(slug, naam, nummer, waarvoor, claims)


def gemachtigde(slug: str, naam: str, wie: str, voor: str, waarvoor: str) -> Persoon:
    claims = {
        f"{MACHTIGEN}LegalSubjectID": voor,
        f"{MACHTIGEN}ActingSubjectID": wie,
        f"{MACHTIGEN}ServiceUUID": "34085d78-21aa-4481-a219-b28d7f3282fc",
    }
    return Persoon(slug, naam, f"BSN {wie} voor BSN {voor}", waarvoor, claims)


PERSONEN: dict[str, list[Persoon]] = {
    "digid": [
        burger("noor", "Noor", "999990019", "heeft klantgegevens"),
        burger("omar", "Omar", "999990421", "een tweede inwoner"),
        burger("zuid", "Testpersoon Zuid", "999990482", "logt voor het eerst in"),
    ],
    "machtigen": [
        gemachtigde("omar-voor-noor", "Omar namens Noor", "999990421", "999990019", "gemachtigd"),
        gemachtigde("noor-zelf", "Noor voor zichzelf", "999990019", "999990019", "niet gemachtigd"),
    ],
    "eherkenning": [
        bedrijf("korenbloem", "Bakkerij De Korenbloem", "90000011", "pseudo-1", "een onderneming"),
        bedrijf("korenbloem-2", "Bakkerij De Korenbloem, tweede medewerker", "90000011",
                "pseudo-3", "twee mensen, één bedrijf"),
        bedrijf("korenbloem-winkel", "Bakkerij De Korenbloem, winkel", "90000011", "pseudo-2",
                "alleen deze vestiging", "000090000011"),
        bedrijf("stichting", "Test Stichting Bolderbast", "69599068", "pseudo-4",
                "een organisatie"),
    ],
    "eidas": [
        Persoon("erika", "Erika Test", "DE/NL/test-0001", "zonder BSN",
                {EIDAS_PSEUDO: "DE/NL/test-0001", "first_name": "Erika", "family_name": "Test",
                 "birthdate": "1980-02-29"}),
        Persoon("noor-be", "Noor, vanuit België", "BSN 999990019", "zelfde persoon als bij DigiD",
                {EIDAS_BSN: "999990019"}),
        Persoon("firma", "Beispiel GmbH", "DE/HRB/12345", "een buitenlands bedrijf",
                {"urn:etoegang:1.11:EntityConcernedID:eIDASLegalIdentifier": "DE/HRB/12345",
                 "acting_person": "DE/NL/test-0002"}),
    ],
    "medewerker": [
        Persoon("beheerder", "Functioneel beheerder", "", "mag alles in het beheer",
                {"rollen": ["beheerder"]}),
        Persoon("lezer", "Medewerker inzage", "", "mag alleen kijken", {"rollen": ["inzage"]}),
        Persoon("zonder-rol", "Medewerker zonder rol", "", "mag niets", {"rollen": []}),
    ],
}  # fmt: skip


def persoon(middel: str, slug: str, nummer: str) -> Persoon | None:
    """Return the chosen person, or one made of a typed test number; None when neither is there."""
    if nummer and middel == "digid":
        return burger("anders", "Iemand anders", nummer, "")
    if nummer and middel == "eherkenning":
        return bedrijf("anders", "Een ander bedrijf", nummer, "pseudo-9", "")
    return next((p for p in PERSONEN[middel] if p.slug == slug), None)
