"""Van een klantrij naar wat een toepassing te zien krijgt: alleen de velden die zij mag."""

import hashlib
from collections.abc import Collection
from typing import Any

from portal.api.rechten import Veld
from portal.api.toegang.klanten import Klantrij
from portal.api.toegang.nummers import open_nummers
from portal.klanten.regels import Stand

Vorm = dict[str, Any]
CONTACT = (Veld.EMAIL, Veld.TELEFOON)


def klant(rij: Klantrij, velden: Collection[str], *, herkomst: bool = False) -> Vorm:
    """PUR-1: een veld dat niet mag staat er niet, ook niet leeg; een voorstel nooit."""
    vorm: Vorm = {
        "id": rij["id"],
        "klantnummer": rij["klantnummer"],
        "bronorganisatie": rij["bronorganisatie"],
        "versie": rij["versie"],
        "gevalideerd": rij["gevalideerd"],
        "subject": _subject(rij, nummer=Veld.SUBJECTNUMMER in velden),
    }
    if Veld.NAAM in velden:
        vorm["naam"] = _naam(rij["naam"], herkomst)
    if any(veld in velden for veld in CONTACT):
        vorm["digitaleAdressen"] = digitaal(rij, velden, herkomst=herkomst)
    if Veld.POSTADRES in velden:
        vorm["postadres"] = _postadres(rij["postadres"], herkomst)
    if Veld.REKENINGNUMMER in velden:
        vorm["rekeningnummer"] = _rekening(rij["rekeningen"] or [], herkomst)
    if Veld.VOORKEUREN in velden:
        vorm["voorkeuren"] = [
            _met(v, {"soort": v["soort"], "keuze": v["keuze"]}, herkomst)
            for v in rij["voorkeuren"] or []
        ]
    return vorm


def digitaal(rij: Klantrij, velden: Collection[str], *, herkomst: bool = False) -> list[Vorm]:
    """De adressen in gebruik; `voorgesteld` zegt dat de klant een andere waarde bevestigt."""
    alle = rij["digitaal"] or []
    in_verandering = {adres["vervangt_id"] for adres in alle} - {None}
    return [
        _met(
            adres,
            {
                "id": adres["id"],
                "soort": adres["soort"],
                "waarde": adres["waarde"],
                "standaard": adres["standaard"],
                "bevestigdOp": moment(adres["bevestigd_op"]),
                "voorgesteld": adres["id"] in in_verandering,
            },
            herkomst,
        )
        for adres in alle
        if adres["stand"] == Stand.IN_GEBRUIK and adres["soort"] in velden
    ]


def etag(vorm: Vorm, velden: Collection[str]) -> str:
    """De versie en een teken van de vorm: andere velden zijn een andere weergave."""
    teken = hashlib.sha256(" ".join(sorted(velden)).encode()).hexdigest()[:8]
    return f'"{vorm["versie"]}-{teken}"'


def moment(tekst: str | None) -> str | None:
    """PostgreSQL's moment in RFC 3339 met `Z`; de verbinding staat in UTC."""
    return None if tekst is None else tekst.replace("+00:00", "Z")


def _met(rij: dict[str, Any], vorm: Vorm, herkomst: bool) -> Vorm:
    """USE-6: bij elke waarde wie haar gaf, hoe zeker, wanneer en waarlangs."""
    if herkomst:
        vorm["herkomst"] = {
            "door": rij["gegeven_door"],
            "middel": rij["middel"],
            "niveau": rij["niveau"],
            "gegevenOp": moment(rij["gegeven_op"]),
            "via": rij["gegeven_via"],
        }
    return vorm


def _subject(rij: Klantrij, *, nummer: bool) -> Vorm | None:
    if not rij["subjectsoort"]:
        return None
    vorm: Vorm = {"soort": rij["subjectsoort"]}
    if nummer:
        vorm |= open_nummers(rij["subject_verzegeld"], rij["subject_index"])
    return vorm


def _naam(naam: dict[str, Any] | None, herkomst: bool) -> Vorm | None:
    if naam is None:
        return None
    velden = {"waarde": naam["waarde"], "functie": naam["functie"]}
    return _met(naam, {**velden, "bedrijfsnaam": naam["bedrijfsnaam"]}, herkomst)


def _postadres(adres: dict[str, Any] | None, herkomst: bool) -> Vorm | None:
    if adres is None:
        return None
    vorm = {
        "soort": adres["soort"],
        "straat": adres["straat"],
        "huisnummer": adres["huisnummer"],
        "huisletter": adres["huisletter"],
        "toevoeging": adres["toevoeging"],
        "postcode": adres["postcode"],
        "plaats": adres["plaats"],
        "regels": [regel for n in "123" if (regel := adres[f"regel{n}"])],
        "land": adres["landcode"],
        "tav": adres["tav"],
        "geldigVanaf": adres["geldig_vanaf"],
        "geldigTot": adres["geldig_tot"],
    }
    return _met(adres, vorm, herkomst)


def _rekening(rekeningen: list[dict[str, Any]], herkomst: bool) -> Vorm | None:
    in_gebruik = next((r for r in rekeningen if r["stand"] == Stand.IN_GEBRUIK), None)
    if in_gebruik is None:
        return None
    vorm = {
        "iban": in_gebruik["iban"],
        "bic": in_gebruik["bic"],
        "tenaamstelling": in_gebruik["tenaamstelling"],
        "voorgesteld": len(rekeningen) > 1,
    }
    return _met(in_gebruik, vorm, herkomst)
