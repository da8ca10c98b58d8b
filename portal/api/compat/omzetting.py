"""Van onze klantrij naar de klant van de Klanten API 1.0.0 (C12: één omzetter per koppelvlak)."""

import csv
import datetime as dt
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

import pycountry
from django.conf import settings

from portal.api.rechten import Veld
from portal.api.toegang.klanten import Klantrij
from portal.api.toegang.nummers import open_nummers
from portal.klanten.regels import Stand, dag

BASIS = "/klanten/api/v1"
NEDERLAND = "6030"
NUMMERS = {
    "burgerservicenummer": "inpBsn",
    "rsin": "innNnpId",
    "kvkNummer": "kvkNummer",
    "vestigingsnummer": "vestigingsNummer",
}
Vorm = dict[str, Any]


def url_van(klant_id: object) -> str:
    """The address of a klant on this surface; it holds no number of a person."""
    return f"{settings.PORTAAL_URL}{BASIS}/klanten/{klant_id}"


def klant(rij: Klantrij, velden: Collection[str], *, op: dt.datetime) -> Vorm:
    """PUR-1: een veld dat niet mag staat er niet in; een veld zonder waarde is leeg.

    This standard has no period with an address, so one that is not valid at `op` is left out.
    """
    vorm: Vorm = {
        "url": url_van(rij["id"]),
        "bronorganisatie": rij["bronorganisatie"],
        "klantnummer": rij["klantnummer"],
        "websiteUrl": "",
        "subject": "",
        "gevalideerd": rij["gevalideerd"],
        "subjectType": None,
    }
    if rij["subjectsoort"]:
        vorm |= _subject(rij, Veld.SUBJECTNUMMER in velden)
    delen = {
        Veld.NAAM: _naam,
        Veld.TELEFOON: lambda r: {"telefoonnummer": _adres(r, "telefoon")},
        Veld.EMAIL: lambda r: {"emailadres": _adres(r, "email")},
        Veld.POSTADRES: lambda r: _postadressen(_geldig(r["postadres"], dag(op))),
        Veld.VOORKEUREN: _voorkeuren,
        Veld.REKENINGNUMMER: _rekening,
    }
    for veld, deel in delen.items():
        if veld in velden:
            vorm |= deel(rij)
    return vorm


def _subject(rij: Klantrij, met_nummer: bool) -> Vorm:
    """Buitenlands: een nummer dat wij geven, nooit dat van het land (C17)."""
    if rij["subjectsoort"] == "buitenlands":
        soort, veld = (
            ("natuurlijk_persoon", "anpIdentificatie")
            if rij["persoon"]
            else ("niet_natuurlijk_persoon", "annIdentificatie")
        )
        return {"subjectType": soort, "subjectIdentificatie": {veld: rij["klantnummer"]}}
    identificatie = _nummers(rij) if met_nummer else {}
    return {"subjectType": rij["subjectsoort"], "subjectIdentificatie": identificatie}


def _nummers(rij: Klantrij) -> Vorm:
    nummers = open_nummers(rij["subject_verzegeld"], rij["subject_index"])
    return {NUMMERS[naam]: nummer for naam, nummer in nummers.items() if naam in NUMMERS}


def _naam(rij: Klantrij) -> Vorm:
    """Een naam is hier één vrije tekst: zij staat in `voornaam`, dat vrij te kiezen is."""
    naam = rij["naam"] or {"waarde": "", "functie": "", "bedrijfsnaam": ""}
    return {
        "bedrijfsnaam": naam["bedrijfsnaam"],
        "functie": naam["functie"],
        "voornaam": naam["waarde"],
        "voorvoegselAchternaam": "",
        "achternaam": "",
    }


def _adres(rij: Klantrij, soort: str) -> str:
    """The standard address of its kind, when it is in use."""
    for adres in rij["digitaal"] or []:
        if adres["soort"] == soort and adres["standaard"] and adres["stand"] == Stand.IN_GEBRUIK:
            return str(adres["waarde"])
    return ""


def _voorkeuren(rij: Klantrij) -> Vorm:
    keuzes = {v["soort"]: v["keuze"] for v in rij["voorkeuren"] or []}
    return {
        "voorkeurskanaal": keuzes.get("algemeen", ""),
        "voorkeurstaal": drieletterig(keuzes.get("taal", "")),
    }


def _rekening(rij: Klantrij) -> Vorm:
    for rekening in rij["rekeningen"] or []:
        if rekening["stand"] == Stand.IN_GEBRUIK:
            return {"rekeningnummer": {"iban": rekening["iban"], "bic": rekening["bic"] or None}}
    return {"rekeningnummer": None}


def _geldig(adres: dict[str, Any] | None, vandaag: dt.date) -> dict[str, Any] | None:
    """This address, or None outside its period; `geldig_tot` is exclusive."""
    if adres is None:
        return None
    vanaf, tot = (_datum(adres[grens]) for grens in ("geldig_vanaf", "geldig_tot"))
    na_begin = vanaf is None or vanaf <= vandaag
    return adres if na_begin and (tot is None or vandaag < tot) else None


def _datum(waarde: str | None) -> dt.date | None:
    return dt.date.fromisoformat(waarde) if waarde else None


def _postadressen(adres: dict[str, Any] | None) -> Vorm:
    if adres is None:
        return {"adres": None, "correspondentieadres": None}
    if adres["soort"] == "buitenland":
        return _buitenlands(adres)
    if adres["soort"] == "straat":
        return _binnenlands(adres)
    return _postbus(adres)


def _binnenlands(adres: dict[str, Any]) -> Vorm:
    """Zonder straat is er alleen het korte adres: het volle eist `naamOpenbareRuimte`."""
    if not adres["straat"]:
        return {"adres": _kort(adres, ""), "correspondentieadres": None}
    volledig = {
        "type": "binnenlands_adres",
        "huisnummer": adres["huisnummer"],
        "huisletter": adres["huisletter"] or None,
        "huisnummertoevoeging": adres["toevoeging"] or None,
        "naamOpenbareRuimte": adres["straat"],
        "straatnaam": None,
        "postcode": adres["postcode"],
        "woonplaats": adres["plaats"],
        "locatiebeschrijving": None,
    }
    return {"adres": _kort(adres, adres["straat"]), "correspondentieadres": volledig}


def _postbus(adres: dict[str, Any]) -> Vorm:
    postbus = adres["soort"] == "postbus"
    volledig = {
        "type": "postadres",
        "postcode": adres["postcode"],
        "postadrestype": "postbusnummer" if postbus else "antwoordnummer",
        "nummer": adres["huisnummer"],
        "woonplaats": adres["plaats"],
    }
    straat = "Postbus" if postbus else "Antwoordnummer"
    return {"adres": _kort(adres, straat), "correspondentieadres": volledig}


def _kort(adres: dict[str, Any], straatnaam: str) -> Vorm:
    return {
        "straatnaam": straatnaam,
        "huisnummer": adres["huisnummer"],
        "huisletter": adres["huisletter"],
        "huisnummertoevoeging": adres["toevoeging"],
        "postcode": adres["postcode"],
        "woonplaatsnaam": adres["plaats"],
        "landcode": NEDERLAND,
    }


def _buitenlands(adres: dict[str, Any]) -> Vorm:
    """`adres` verliest iets; de volle regels staan in `correspondentieadres`."""
    code, naam = landen().get(adres["landcode"], ("", adres["landcode"]))
    plaats = ", ".join(filter(None, (adres["regel2"], adres["regel3"])))
    kort = {
        "straatnaam": adres["regel1"],
        "huisnummer": None,
        "huisletter": "",
        "huisnummertoevoeging": "",
        "postcode": "",
        "woonplaatsnaam": plaats if len(plaats) <= 80 else adres["regel2"],
        "landcode": code,
    }
    volledig = {
        "type": "buitenlands_adres",
        "regel1": adres["regel1"] or None,
        "regel2": adres["regel2"] or None,
        "regel3": adres["regel3"] or None,
        "landcode": code,
        "landnaam": naam[:40],
    }
    return {"adres": kort, "correspondentieadres": volledig}


@cache
def landen() -> dict[str, tuple[str, str]]:
    """ISO 3166-1 alpha-2 → code and name in the BRP table; countries without one are absent."""
    with (Path(__file__).parent / "landen.csv").open(newline="", encoding="utf-8") as bestand:
        return {rij["iso"]: (rij["brp"], rij["naam"]) for rij in csv.DictReader(bestand)}


@cache
def drieletterig(taal: str) -> str:
    """ISO 639-2/T (`nld`), as the implementations in the field write it; empty stays empty."""
    gevonden = pycountry.languages.get(alpha_2=taal) if len(taal) == 2 else None
    return str(gevonden.alpha_3) if gevonden else taal
