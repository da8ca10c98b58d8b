"""Wat er in een download voor mensen staat: dezelfde gegevens als in de JSON, in woorden."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from portal.klanten.regels import Adressoort, Stand, Voorkeursoort, adresregels
from portal.logboek.inzage import Gebruik
from portal.mijn.geschiedenis import leesbaar
from portal.mijn.panelen.voorkeuren import tekst as keuzetekst
from portal.mijn.templatetags.portaal import datum, moment
from portal.mijn.weergave import land, rekeningnummer, telefoonnummer
from portal.mijn.wie import MIDDELEN
from portal.mijn.woorden import velden_in_woorden


@dataclass(frozen=True, kw_only=True)
class Deel:
    """Eén kop met rijen; elke rij heeft evenveel cellen als `kolommen`."""

    kop: str
    kolommen: list[str]
    rijen: list[list[str]]


def delen(gegevens: dict[str, Any], gebruik: Iterable[Gebruik]) -> list[Deel]:
    """Zet een export om in tabellen met leesbare woorden."""
    return [
        _klantgegevens(gegevens["klantgegevens"]),
        _geschiedenis(gegevens["geschiedenis"]),
        _interacties(gegevens["interacties"]),
        _terugmeldingen(gegevens["terugmeldingen"]),
        gebruiksdeel(gebruik),
    ]


def gebruiksdeel(gebruik: Iterable[Gebruik]) -> Deel:
    """Wie de gegevens gebruikte, per keer."""
    rijen = [
        [moment(regel.op), regel.afdeling or regel.organisatie, _(regel.doel) if regel.doel else "",
         velden_in_woorden(regel.gegevens)]
        for regel in gebruik
        if not regel.eigen
    ]  # fmt: skip
    kolommen = [_("Wanneer"), _("Wie"), _("Waarvoor"), _("Welke gegevens")]
    return Deel(kop=_("Wie gebruikte mijn gegevens?"), kolommen=kolommen, rijen=rijen)


def _klantgegevens(soorten: dict[str, list[dict[str, Any]]]) -> Deel:
    rijen = [
        [_label(soort, deel), _waarde(soort, deel), _moment(deel["gegeven_op"]), _middel(deel)]
        for soort, lijst in soorten.items()
        for deel in lijst
    ]
    kolommen = [_("Gegeven"), _("Waarde"), _("Gegeven op"), _("Ingelogd met")]
    return Deel(kop=_("Wat u zelf heeft ingevuld"), kolommen=kolommen, rijen=rijen)


def _label(soort: str, deel: dict[str, Any]) -> str:
    if soort == "digitale_adressen":
        naam = _("E-mailadres") if deel["soort"] == "email" else _("Telefoonnummer")
        return f"{naam} ({deel['omschrijving']})" if deel["omschrijving"] else naam
    return {
        "naam": _("Naam"),
        "postadres": _("Postadres (voorkeurscorrespondentieadres)"),
        "rekeningnummers": _("Rekeningnummer"),
        "voorkeuren": _("Contactvoorkeur"),
    }[soort]


def _waarde(soort: str, deel: dict[str, Any]) -> str:
    match soort:
        case "digitale_adressen":
            return _adres(deel)
        case "postadres":
            return _postadres(deel)
        case "rekeningnummers":
            return f"{rekeningnummer(deel['iban'])}, {deel['tenaamstelling']}"
        case "voorkeuren":
            return keuzetekst(Voorkeursoort(deel["soort"]), deel["keuze"])
    return ", ".join(deel[veld] for veld in ("waarde", "functie", "bedrijfsnaam") if deel[veld])


def _adres(deel: dict[str, Any]) -> str:
    waarde = telefoonnummer(deel["waarde"]) if deel["soort"] == "telefoon" else deel["waarde"]
    return waarde if deel["stand"] == Stand.IN_GEBRUIK else f"{waarde} ({_('nog niet bevestigd')})"


def _postadres(deel: dict[str, Any]) -> str:
    regels = adresregels(deel)
    if deel["soort"] == Adressoort.BUITENLAND:
        regels[-1] = land(regels[-1])
    return ", ".join(regels)


def _geschiedenis(feiten: list[dict[str, Any]]) -> Deel:
    rijen = [
        [
            _moment(feit["gebeurd_op"]),
            velden_in_woorden([waarde["veld"]]),
            leesbaar(waarde["veld"], waarde["oud"]),
            leesbaar(waarde["veld"], waarde["nieuw"]),
        ]
        for feit in feiten
        for waarde in feit["waarden"]
    ]
    kolommen = [_("Wanneer"), _("Gegeven"), _("Er stond"), _("Het werd")]
    return Deel(kop=_("Geschiedenis"), kolommen=kolommen, rijen=rijen)


def _interacties(lijst: list[dict[str, Any]]) -> Deel:
    rijen = [
        [
            _moment(een["ontvangen_op"]),
            een["proces"],
            een["tekst"] or "",
            een["referentie"],
            _moment(een["bewaren_tot"]),
        ]
        for een in lijst
    ]
    kolommen = [_("Wanneer"), _("Waarover"), _("Uw tekst"), _("Kenmerk"), _("Bewaard tot")]
    return Deel(kop=_("Uw meldingen en vragen"), kolommen=kolommen, rijen=rijen)


def _terugmeldingen(lijst: list[dict[str, Any]]) -> Deel:
    rijen = [
        [_moment(een["gemeld_op"]), een["gegeven"], een["toelichting"], een["referentie"]]
        for een in lijst
    ]
    kolommen = [_("Wanneer"), _("Gegeven"), _("Wat er niet klopt"), _("Kenmerk")]
    return Deel(kop=_("Fouten die u doorgaf"), kolommen=kolommen, rijen=rijen)


def _middel(deel: dict[str, Any]) -> str:
    return _(MIDDELEN[deel["middel"]]) if deel["middel"] in MIDDELEN else ""


def _moment(tekst: str | None) -> str:
    gelezen = parse_datetime(tekst) if tekst else None
    return moment(gelezen) if gelezen else datum(_dag(tekst))


def _dag(tekst: str | None) -> dt.date | None:
    return dt.date.fromisoformat(tekst) if tekst else None
