"""De gegevens van een klant overnemen uit een ander portaal; alleen voor wie dat mag vertrouwen.

The file says for itself how sure each value is, so a klant never hands it in: `manage.py neem_over`
is for who moves a municipality to another installation.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Unpack

from accounts.niveaus import Niveau
from portal.klanten.handelingen.transactie import Beurt, Gang, MetTekst, voer_uit
from portal.klanten.models import DigitaalAdres, Klant, Naam, Postadres, Rekeningnummer, Voorkeur
from portal.klanten.regels import (
    Adressoort,
    Contactsoort,
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

Getypt = (
    NieuweNaam
    | NieuwEmail
    | NieuwTelefoon
    | NieuwPostadres
    | NieuwBuitenlandsAdres
    | NieuwRekeningnummer
    | NieuweVoorkeur
)
HERKOMST = ("gegeven_door", "middel", "niveau", "gegeven_op", "gegeven_via")
PERIODE = ("geldig_vanaf", "geldig_tot")
ADRES = (
    "soort", "postcode", "huisnummer", "huisletter", "toevoeging", "straat", "plaats", "tav",
    "landcode", "regel1", "regel2", "regel3", *PERIODE,
)  # fmt: skip
SOORTEN: Mapping[str, tuple[type[MetTekst], Sequence[str]]] = {
    "naam": (Naam, ("waarde", "functie", "bedrijfsnaam")),
    "digitale_adressen": (
        DigitaalAdres,
        ("soort", "waarde", "omschrijving", "standaard", "stand", "bevestigd_op",
         "bevestigd_wijze"),
    ),
    "postadres": (Postadres, ADRES),
    "rekeningnummers": (Rekeningnummer, ("iban", "bic", "tenaamstelling", "stand", "ingaat_op")),
    "voorkeuren": (Voorkeur, ("soort", "keuze")),
}  # fmt: skip
VELD = {"naam": "naam", "postadres": "postadres", "rekeningnummers": "rekeningnummer",
        "voorkeuren": "voorkeuren"}  # fmt: skip


def neem_over(bestand: Mapping[str, Any], **gang: Unpack[Gang]) -> Uitkomst:
    """OWN-6: maak een klant met deze waarden en hun oorspronkelijke herkomst.

    Takes a whole export, of which it reads `klant` (when and how she was validated) and
    `klantgegevens`. Each value is stored as if it had been typed here. Raises OngeldigeWaarde for
    what is not a valid value, GevalideerdeKlantBestaat when the person is here already.
    """

    def schrijf(beurt: Beurt) -> None:
        _valideer(beurt.klant, bestand)
        for soort, (model, _velden) in SOORTEN.items():
            for deel in bestand["klantgegevens"].get(soort, ()):
                rij = model(klant=beurt.klant, versie=beurt.versie, **_kolommen(soort, deel))
                rij.save()
                beurt.noteer(VELD.get(soort) or deel["soort"], rij=rij, nieuw=rij.tekst())

    return voer_uit(None, schrijf, handeling="neem_over", inhoud=None, gang=gang)


def _valideer(klant: Klant, bestand: Mapping[str, Any]) -> None:
    """USE-7: hoe zeker het was wie zij is, was daar en toen."""
    try:
        klant.gevalideerd_op = dt.datetime.fromisoformat(bestand["klant"]["gevalideerd_op"])
        klant.gevalideerd_middel = str(bestand["klant"]["gevalideerd_middel"])
    except (KeyError, TypeError, ValueError):
        raise OngeldigeWaarde(veld="klant") from None
    klant.save(update_fields=["gevalideerd_op", "gevalideerd_middel"])


def _kolommen(soort: str, deel: Mapping[str, Any]) -> dict[str, Any]:
    """Elke waarde gaat langs dezelfde regels als wat een mens intypt. Raises OngeldigeWaarde."""
    _model, velden = SOORTEN[soort]
    try:
        waarde = _maak(soort, deel)
        vast = {naam: _lees(naam, deel[naam]) for naam in HERKOMST}
        getypt = {naam: getattr(waarde, naam) for naam in velden if hasattr(waarde, naam)}
        if isinstance(waarde, NieuwPostadres):
            return vast | getypt | {"landcode": "NL"}
        if isinstance(waarde, NieuwBuitenlandsAdres):
            return vast | getypt
        return vast | {naam: _lees(naam, deel[naam]) for naam in velden} | getypt
    except (KeyError, TypeError, ValueError):
        raise OngeldigeWaarde(veld=soort) from None


def _lees(naam: str, waarde: Any) -> Any:
    """Read what is no typed value: a moment, a state, a switch. Raises TypeError, ValueError."""
    match naam:
        case "gegeven_op" | "bevestigd_op" | "ingaat_op":
            return dt.datetime.fromisoformat(waarde) if waarde is not None else None
        case "gegeven_via":
            return Via(waarde)
        case "stand":
            return Stand(waarde)
        case "niveau":
            return Niveau(waarde)
    return waarde


def _maak(soort: str, deel: Mapping[str, Any]) -> Getypt:
    match soort:
        case "naam":
            return NieuweNaam(deel["waarde"], deel["functie"], deel["bedrijfsnaam"])
        case "digitale_adressen":
            maak = NieuwEmail if deel["soort"] == Contactsoort.EMAIL else NieuwTelefoon
            return maak(deel["waarde"], deel["omschrijving"])
        case "rekeningnummers":
            return NieuwRekeningnummer(
                iban=deel["iban"], tenaamstelling=deel["tenaamstelling"], bic=deel["bic"]
            )
        case "voorkeuren":
            return NieuweVoorkeur(Voorkeursoort(deel["soort"]), deel["keuze"])
    return _maak_adres(deel)


def _maak_adres(deel: Mapping[str, Any]) -> NieuwPostadres | NieuwBuitenlandsAdres:
    vorm = NieuwBuitenlandsAdres if deel["soort"] == Adressoort.BUITENLAND else NieuwPostadres
    delen = {veld.name: deel[veld.name] for veld in fields(vorm)}
    delen |= {naam: deel[naam] and dt.date.fromisoformat(deel[naam]) for naam in PERIODE}
    if vorm is NieuwPostadres:
        delen["soort"] = Adressoort(deel["soort"])
    return vorm(**delen)
