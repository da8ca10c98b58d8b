"""Een fout in een basisregistratie melden: iets anders dan een wijziging van de klant."""

from dataclasses import dataclass
from enum import StrEnum

from portal.klanten.regels.fouten import OngeldigeWaarde, RegelGeschonden
from portal.klanten.regels.tekst import regel_tekst, tekst_met_regels


class Register(StrEnum):
    BRP = "brp"
    HR = "hr"


class Terugmeldstatus(StrEnum):
    ONTVANGEN = "ontvangen"
    IN_ONDERZOEK = "in_onderzoek"
    AFGEROND = "afgerond"


class TerugmeldingAfgerond(RegelGeschonden):
    code = "past-niet-bij-status"
    melding = "Deze melding is al afgerond."


def eis_lopend(status: str) -> None:
    """BREG1: wat de melder als afgerond las, blijft dat."""
    if status == Terugmeldstatus.AFGEROND:
        raise TerugmeldingAfgerond


def gaat_vooruit(van: str, naar: str) -> bool:
    """BREG1: twee bronnen melden de status; wat de melder al las, gaat niet terug."""
    volgorde = list(Terugmeldstatus)
    return volgorde.index(Terugmeldstatus(naar)) > volgorde.index(Terugmeldstatus(van))


@dataclass(frozen=True, kw_only=True)
class NieuweTerugmelding:
    """BREG1: welk gegeven uit welk register niet klopt, wat het moet zijn en wie wij bellen.

    `gegeven` is the name of the register's element, never its value. Raises OngeldigeWaarde.
    """

    register: Register
    gegeven: str
    toelichting: str
    voorstel: str = ""
    contact: str = ""

    def __post_init__(self) -> None:
        if not (self.gegeven.isidentifier() and len(self.gegeven) <= 60):
            raise OngeldigeWaarde("Kies een gegeven uit de lijst.", veld="gegeven")
        schoon = {
            "toelichting": tekst_met_regels(
                self.toelichting, veld="toelichting", hooguit=1000, verplicht=True
            ),
            "voorstel": regel_tekst(self.voorstel, veld="voorstel", hooguit=200),
            "contact": regel_tekst(self.contact, veld="contact", hooguit=254),
        }
        for veld, tekst in schoon.items():
            object.__setattr__(self, veld, tekst)
