"""De geschiedenis in woorden: wat er veranderde, wie dat deed en hoe die ingelogd was."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.klanten.regels import (
    OVERGENOMEN,
    VAN_SYSTEEM,
    NieuwDigitaalAdres,
    NieuwEmail,
    NieuweNaam,
    NieuweVoorkeur,
    NieuwRekeningnummer,
    NieuwTelefoon,
    OngeldigeWaarde,
    Voorkeursoort,
)
from portal.mijn.forms.voorkeuren import LABELS
from portal.mijn.panelen.voorkeuren import tekst as keuzetekst
from portal.mijn.toegang import Gebeurtenis, Waarde
from portal.mijn.weergave import land, rekeningnummer_verborgen, telefoonnummer
from portal.mijn.wie import MIDDELEN
from portal.mijn.woorden import velden_in_woorden


@dataclass(frozen=True)
class OudPostadres:
    """Het postadres dat deze gebeurtenis verving; het domein bewaarde de delen ervan."""

    gebeurtenis: UUID


Oud = NieuweNaam | NieuwDigitaalAdres | NieuwRekeningnummer | NieuweVoorkeur | OudPostadres

VELDEN = {
    "naam": gettext_noop("uw naam"),
    "postadres": gettext_noop("uw postadres"),
    "telefoon": gettext_noop("een telefoonnummer"),
    "email": gettext_noop("een e-mailadres"),
    "rekeningnummer": gettext_noop("uw rekeningnummer"),
    "voorkeuren": gettext_noop("uw contactvoorkeuren"),
    "verwijdering": gettext_noop("uw verzoek om te verwijderen"),
}
WAT = {
    Gebeurtenis.Soort.AANGEMAAKT: gettext_noop("ingevuld"),
    Gebeurtenis.Soort.GEWIJZIGD: gettext_noop("gewijzigd"),
    Gebeurtenis.Soort.BEVESTIGD: gettext_noop("bevestigd"),
    Gebeurtenis.Soort.GECLAIMD: gettext_noop("aan u gekoppeld"),
}
TOEGEVOEGD = gettext_noop("toegevoegd")


HOOGUIT_GENOEMD = 3
"""Bij meer gegevens tegelijk noemt de kop ze niet: ze staan eronder, elk met zijn waarde."""


@dataclass(frozen=True, kw_only=True)
class Verandering:
    """Eén waarde: wat er stond en wat er kwam; `terug` is waar als het oude terug kan."""

    veld: str
    label: str
    oud: str
    nieuw: str
    terug: bool


@dataclass(frozen=True, kw_only=True)
class Regel:
    """Eén gebeurtenis zoals de klant haar leest."""

    id: UUID
    op: dt.datetime
    zin: str
    wie: str
    middel: str
    veranderingen: list[Verandering]


def regels(gebeurtenissen: Iterable[Gebeurtenis], *, zelf: str) -> list[Regel]:
    """Schrijf de gebeurtenissen uit; `zelf` is het pseudoniem van wie nu kijkt."""
    rij = list(gebeurtenissen)
    namen = _namen(rij, zelf)
    return [
        Regel(
            id=gebeurtenis.pk,
            op=gebeurtenis.gebeurd_op,
            zin=_zin(gebeurtenis),
            wie=namen[gebeurtenis.handelende],
            middel=_(MIDDELEN[gebeurtenis.middel]) if gebeurtenis.middel in MIDDELEN else "",
            veranderingen=[_verandering(waarde) for waarde in gebeurtenis.waarden.all()],
        )
        for gebeurtenis in rij
    ]


def oude_waarde(waarde: Waarde) -> Oud | None:
    """Maak van de oude tekst weer een waarde; None als dat niet zonder raden kan."""
    try:
        match waarde.veld:
            case "naam":
                return None if ", " in waarde.oud else NieuweNaam(waarde.oud)
            case "postadres":
                er_is = waarde.oude_delen is not None
                return OudPostadres(waarde.gebeurtenis_id) if er_is else None
            case "email":
                return NieuwEmail(waarde.oud)
            case "telefoon":
                return NieuwTelefoon(waarde.oud)
            case "rekeningnummer":
                iban, _komma, naam = waarde.oud.partition(", ")
                return NieuwRekeningnummer(iban=iban, tenaamstelling=naam)
            case "voorkeuren":
                soort, _punt, keuze = waarde.oud.partition(": ")
                return NieuweVoorkeur(Voorkeursoort(soort), keuze)
    except (OngeldigeWaarde, ValueError):
        pass
    return None


def leesbaar(veld: str, tekst: str) -> str:
    """Schrijf een waarde uit de geschiedenis zoals de andere schermen haar schrijven."""
    if not tekst:
        return ""
    match veld:
        case "telefoon":
            return telefoonnummer(tekst)
        case "postadres":
            return re.sub(r"(?<=, )[A-Z]{2}$", lambda code: land(code[0]), tekst)
        case "rekeningnummer":
            iban, komma, naam = tekst.partition(", ")
            return rekeningnummer_verborgen(iban) + komma + naam
        case "voorkeuren":
            soort, _punt, keuze = tekst.partition(": ")
            return keuzetekst(Voorkeursoort(soort), keuze)
    return tekst


def label(veld: str, tekst: str) -> str:
    """Hoe het gegeven heet waar deze waarde bij hoort: Naam, of welke voorkeur."""
    if veld == "voorkeuren":
        return str(LABELS[Voorkeursoort(tekst.partition(": ")[0])])
    naam = velden_in_woorden([veld])
    return naam[:1].upper() + naam[1:]


def _verandering(waarde: Waarde) -> Verandering:
    return Verandering(
        veld=waarde.veld,
        label=label(waarde.veld, waarde.nieuw or waarde.oud),
        oud=leesbaar(waarde.veld, waarde.oud),
        nieuw=leesbaar(waarde.veld, waarde.nieuw),
        terug=bool(waarde.oud) and oude_waarde(waarde) is not None,
    )


def _zin(gebeurtenis: Gebeurtenis) -> str:
    velden = [_(VELDEN[veld]) for veld in gebeurtenis.velden if veld in VELDEN]
    genoemd = ", ".join(velden) if 0 < len(velden) <= HOOGUIT_GENOEMD else _("uw gegevens")
    return f"{genoemd} {_(_wat(gebeurtenis))}".capitalize()


def _wat(gebeurtenis: Gebeurtenis) -> str:
    """Wat ermee gebeurde; een wijziging van wat nog leeg was, heet toevoegen."""
    waarden = list(gebeurtenis.waarden.all())
    gewijzigd = gebeurtenis.soort == Gebeurtenis.Soort.GEWIJZIGD
    if gewijzigd and waarden and not any(waarde.oud for waarde in waarden):
        return TOEGEVOEGD
    return WAT[Gebeurtenis.Soort(gebeurtenis.soort)]


def _namen(rij: list[Gebeurtenis], zelf: str) -> dict[str, str]:
    """Door wie, per pseudoniem: door u, vanzelf, of door vertegenwoordiger 1, 2, 3."""
    namen = {
        zelf: _("door u"),
        "portaal": _("vanzelf"),
        "herstellink": _("via de link in een bericht"),
        "anoniem": _("door iemand die niet was ingelogd"),
        OVERGENOMEN: _("door de gemeente, uit een ander portaal"),
    }
    anderen = 0
    for gebeurtenis in reversed(rij):
        if gebeurtenis.middel == VAN_SYSTEEM:
            namen[gebeurtenis.handelende] = _("door de gemeente")
        elif gebeurtenis.handelende not in namen:
            anderen += 1
            namen[gebeurtenis.handelende] = _("door vertegenwoordiger %(nummer)d") % {
                "nummer": anderen
            }
    return namen
