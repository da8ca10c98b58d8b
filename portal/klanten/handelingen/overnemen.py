"""De gegevens van een klant overnemen uit een ander portaal; alleen voor wie dat mag vertrouwen.

The file says for itself how sure each value is, so a klant never hands it in: the command
`neem_over` is for who moves a municipality to another installation.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Unpack
from uuid import UUID

from portal.klanten.handelingen.transactie import Beurt, Gang, MetTekst, voer_uit
from portal.klanten.models import DigitaalAdres, Naam, Postadres, Rekeningnummer, Voorkeur
from portal.klanten.regels import (
    Adressoort,
    NieuwBuitenlandsAdres,
    NieuwEmail,
    NieuweNaam,
    NieuweVoorkeur,
    NieuwPostadres,
    NieuwRekeningnummer,
    NieuwTelefoon,
    OngeldigeWaarde,
    Stand,
    Uitkomst,
    Via,
    Voorkeursoort,
)

HERKOMST = ("gegeven_door", "middel", "niveau", "gegeven_op", "gegeven_via")
BUITENLANDS = ("landcode", "regel1", "regel2", "regel3", "tav")
NEDERLANDS = (
    "soort", "postcode", "huisnummer", "huisletter", "toevoeging", "straat", "plaats", "tav",
)  # fmt: skip
PERIODE = ("geldig_vanaf", "geldig_tot")
SOORTEN: Mapping[str, tuple[type[MetTekst], Sequence[str]]] = {
    "naam": (Naam, ("waarde", "functie", "bedrijfsnaam")),
    "digitale_adressen": (
        DigitaalAdres,
        ("soort", "waarde", "omschrijving", "standaard", "stand", "bevestigd_op",
         "bevestigd_wijze"),
    ),
    "postadres": (Postadres, (*NEDERLANDS, *BUITENLANDS[:-1], *PERIODE)),
    "rekeningnummers": (Rekeningnummer, ("iban", "bic", "tenaamstelling", "stand", "ingaat_op")),
    "voorkeuren": (Voorkeur, ("soort", "keuze")),
}  # fmt: skip
MOMENTEN = {"gegeven_op", "bevestigd_op", "ingaat_op"}
VELD = {"naam": "naam", "postadres": "postadres", "rekeningnummers": "rekeningnummer",
        "voorkeuren": "voorkeuren"}  # fmt: skip


def neem_over(
    klantgegevens: Mapping[str, Sequence[Mapping[str, Any]]], **gang: Unpack[Gang]
) -> Uitkomst:
    """OWN-6: maak een klant met deze waarden en hun oorspronkelijke herkomst.

    Takes the part `klantgegevens` of an export. Raises OngeldigeWaarde for what is not a valid
    value, GevalideerdeKlantBestaat when the person is here already.
    """

    def schrijf(beurt: Beurt) -> None:
        for soort, (model, velden) in SOORTEN.items():
            for deel in klantgegevens.get(soort, ()):
                _toets(soort, deel)
                _schrijf(beurt, soort, model, {naam: deel[naam] for naam in (*velden, *HERKOMST)})

    return voer_uit(None, schrijf, inhoud=None, gang=gang)


def _schrijf(beurt: Beurt, soort: str, model: type[MetTekst], velden: Mapping[str, Any]) -> UUID:
    waarden = {naam: _moment(naam, waarde) for naam, waarde in velden.items()}
    rij = model(klant=beurt.klant, versie=beurt.versie, **waarden)
    rij.save()
    beurt.noteer(VELD.get(soort) or str(velden["soort"]), rij=rij, nieuw=rij.tekst())
    return rij.pk


def _moment(naam: str, waarde: Any) -> Any:
    if waarde is None or naam not in MOMENTEN | set(PERIODE):
        return waarde
    soort = dt.date if naam in PERIODE else dt.datetime
    return soort.fromisoformat(waarde)


def _toets(soort: str, deel: Mapping[str, Any]) -> None:
    """Elke waarde gaat langs dezelfde regels als wat een mens intypt. Raises OngeldigeWaarde."""
    try:
        _maak(soort, deel)
        Via(deel["gegeven_via"])
        Stand(deel.get("stand", Stand.IN_GEBRUIK))
    except (KeyError, TypeError, ValueError):
        raise OngeldigeWaarde(veld=soort) from None


def _maak(soort: str, deel: Mapping[str, Any]) -> object:
    match soort:
        case "naam":
            return NieuweNaam(deel["waarde"], deel["functie"], deel["bedrijfsnaam"])
        case "digitale_adressen":
            maak = NieuwEmail if deel["soort"] == "email" else NieuwTelefoon
            return maak(deel["waarde"], deel["omschrijving"])
        case "rekeningnummers":
            return NieuwRekeningnummer(
                iban=deel["iban"], tenaamstelling=deel["tenaamstelling"], bic=deel["bic"]
            )
        case "voorkeuren":
            return NieuweVoorkeur(Voorkeursoort(deel["soort"]), deel["keuze"])
    if deel["soort"] == Adressoort.BUITENLAND:
        return NieuwBuitenlandsAdres(**{naam: deel[naam] for naam in BUITENLANDS})
    delen = {naam: deel[naam] for naam in NEDERLANDS if naam != "soort"}
    return NieuwPostadres(soort=Adressoort(deel["soort"]), **delen)
