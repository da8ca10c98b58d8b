"""Eén contact met de gemeente: wat het vraagt, en wat er voor die ene keer anders is."""

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from portal.klanten.regels.adres import NieuwBuitenlandsAdres, NieuwPostadres
from portal.klanten.regels.contact import NieuwDigitaalAdres, NieuwEmail, NieuwTelefoon
from portal.klanten.regels.fouten import RegelGeschonden
from portal.klanten.regels.tekst import regel_tekst
from portal.klanten.regels.voorkeur import NieuweVoorkeur, Voorkeursoort

Adres = NieuwPostadres | NieuwBuitenlandsAdres


class Interactiesoort(StrEnum):
    MELDING = "melding"
    VRAAG = "vraag"
    VERZOEK = "verzoek"
    CONTACTMOMENT = "contactmoment"


class Rol(StrEnum):
    """REL1: in welke rol een klant bij een interactie hoort."""

    BELANGHEBBENDE = "belanghebbende"
    GESPREKSPARTNER = "gesprekspartner"
    INITIATOR = "initiator"
    MEDE_INITIATOR = "mede_initiator"


ROLVOLGORDE = (Rol.INITIATOR, Rol.MEDE_INITIATOR, Rol.GESPREKSPARTNER, Rol.BELANGHEBBENDE)
"""Wie voorgaat bij een interactie: wie haar begon, meedeed, met ons sprak, of wie het aangaat."""


class ProcesGesloten(RegelGeschonden):
    code = "proces-gesloten"
    melding = "Hiervoor moet u inloggen."


@dataclass(frozen=True)
class HoudOpDeHoogte:
    """KLUIT02: wie op de hoogte wil blijven geeft een voornaam en één adres, en niets meer."""

    voornaam: str
    adres: NieuwDigitaalAdres

    def __post_init__(self) -> None:
        naam = regel_tekst(self.voornaam, veld="voornaam", hooguit=200, verplicht=True)
        object.__setattr__(self, "voornaam", naam)


@dataclass(frozen=True, kw_only=True)
class Contactgegevens:
    """KLUIT04: hoe iemand bij één contact heet en bereikt wordt; leeg is: geen eigen waarde.

    Texts are checked and made canonical like those of a klant. Raises OngeldigeWaarde.
    """

    voornaam: str = ""
    emailadres: str = ""
    telefoonnummer: str = ""
    correspondentieadres: Adres | None = None
    voorkeurskanaal: str = ""
    voorkeurstaal: str = ""

    def __post_init__(self) -> None:
        naam = regel_tekst(self.voornaam, veld="voornaam", hooguit=200)
        object.__setattr__(self, "voornaam", naam)
        if self.emailadres:
            object.__setattr__(self, "emailadres", NieuwEmail(self.emailadres).waarde)
        if self.telefoonnummer:
            object.__setattr__(self, "telefoonnummer", NieuwTelefoon(self.telefoonnummer).waarde)
        if self.voorkeurskanaal:
            NieuweVoorkeur(Voorkeursoort.ALGEMEEN, self.voorkeurskanaal)
        if self.voorkeurstaal:
            NieuweVoorkeur(Voorkeursoort.TAAL, self.voorkeurstaal)

    def leeg(self) -> bool:
        """Of er geen enkele waarde in staat."""
        return self == Contactgegevens()


def los_op(
    *,
    afwijkend: Contactgegevens,
    klant: Contactgegevens,
    registeradres: Adres | None = None,
    vereist_registeradres: bool = False,
) -> Contactgegevens:
    """KLUIT04, BREG2: per veld eerst de afwijking, dan de klant, dan niets.

    Where the process demands the address of the register, that one goes before both, and only it.
    """
    gekozen: dict[str, Any] = {
        veld.name: getattr(afwijkend, veld.name) or getattr(klant, veld.name)
        for veld in fields(Contactgegevens)
    }
    if vereist_registeradres:
        gekozen["correspondentieadres"] = registeradres
    return Contactgegevens(**gekozen)


def wijkt_af(gekozen: Contactgegevens, *, standaard: Contactgegevens) -> Contactgegevens:
    """KLUIT02: wat gelijk is aan de gewone waarde van de klant, bewaren wij niet nog eens."""
    gelijk: dict[str, Any] = {
        veld.name: veld.default
        for veld in fields(Contactgegevens)
        if getattr(gekozen, veld.name) == getattr(standaard, veld.name)
    }
    return replace(gekozen, **gelijk)
