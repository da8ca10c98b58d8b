"""Basisregistratie Personen: naam en woonadres van wie is ingelogd, alleen om te tonen.

BRP personen bevragen 2.7 (Haal Centraal), one operation: POST /personen. Nothing is stored.
"""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from accounts.identiteit import Identiteit, Soort
from portal.registers.verbinding import Antwoordvorm, Vraag, buur, vraag

VELDEN = (
    "burgerservicenummer",
    "naam.volledigeNaam",
    "adressering.adresregel1",
    "adressering.adresregel2",
    "adressering.adresregel3",
    "adressering.land",
)
"""MIN-5: the smallest question. The BSN is asked back to check whose answer this is."""

_Regel = Annotated[str, Field(max_length=50)]


@dataclass(frozen=True)
class Persoon:
    """Wat de BRP over iemand zegt, om naast de eigen gegevens te tonen; nooit om te bewaren.

    `in_onderzoek`: the municipality doubts a value; `adres_in_onderzoek`: one of the address.
    `woont_niet_op_adres`: it found that the person does not live there, so the address is not to be
    used. `opgeschort`: why the register no longer
    follows this person, in its own words; empty as a rule.
    """

    naam: str
    adresregels: tuple[str, ...]
    land: str = ""
    in_onderzoek: bool = False
    adres_in_onderzoek: bool = False
    woont_niet_op_adres: bool = False
    opgeschort: str = ""


class _Waarde(Antwoordvorm):
    omschrijving: Annotated[str, Field(max_length=200)] = ""


class _Naam(Antwoordvorm):
    volledige_naam: Annotated[str, Field(max_length=450)] = ""
    in_onderzoek: dict[str, object] | None = None


class _Adressering(Antwoordvorm):
    adresregel1: _Regel = ""
    adresregel2: _Regel = ""
    adresregel3: _Regel = ""
    land: _Waarde = _Waarde()
    in_onderzoek: dict[str, object] | None = None
    indicatie_vastgesteld_verblijft_niet_op_adres: bool = False


class _Opschorting(Antwoordvorm):
    reden: _Waarde = _Waarde()


class _Persoon(Antwoordvorm):
    burgerservicenummer: Annotated[str, Field(pattern="^[0-9]{9}$")]
    naam: _Naam = _Naam()
    adressering: _Adressering = _Adressering()
    opschorting_bijhouding: _Opschorting | None = None


class _Personen(Antwoordvorm):
    type: Annotated[str, Field(pattern="^RaadpleegMetBurgerservicenummer$")]
    personen: Annotated[list[_Persoon], Field(max_length=1)]


def persoon(identiteit: Identiteit) -> Persoon | None:
    """Wie is dit volgens de BRP; None als de BRP haar niet kent of zij geen BSN heeft (REG-6).

    Raises NietGekoppeld, Onbereikbaar, OnbruikbaarAntwoord, Geweigerd.
    """
    if identiteit.soort is not Soort.BSN:
        return None
    bsn = identiteit.onthul()
    wat = Vraag(
        "POST",
        "/personen",
        inhoud={
            "type": "RaadpleegMetBurgerservicenummer",
            "burgerservicenummer": [bsn],
            "fields": list(VELDEN),
        },
    )
    antwoord = vraag(
        buur("brp"), wat, _Personen, lambda a: all(p.burgerservicenummer == bsn for p in a.personen)
    )
    return _getoond(antwoord.personen[0]) if antwoord.personen else None


def _getoond(rij: _Persoon) -> Persoon:
    adres = rij.adressering
    regels = (adres.adresregel1, adres.adresregel2, adres.adresregel3)
    opschorting = rij.opschorting_bijhouding
    return Persoon(
        naam=rij.naam.volledige_naam,
        adresregels=tuple(" ".join(regel.split()) for regel in regels if regel.strip()),
        land=adres.land.omschrijving,
        in_onderzoek=bool(rij.naam.in_onderzoek or adres.in_onderzoek),
        adres_in_onderzoek=bool(adres.in_onderzoek),
        woont_niet_op_adres=adres.indicatie_vastgesteld_verblijft_niet_op_adres,
        opgeschort=(opschorting.reden.omschrijving or "onbekend") if opschorting else "",
    )
