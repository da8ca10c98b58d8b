"""Het rekeningnummer: een IBAN van elk land, en van wie."""

import datetime as dt
from dataclasses import dataclass

from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException

from portal.klanten.regels.fouten import OngeldigeWaarde
from portal.klanten.regels.tekst import regel_tekst

AFKOELING = dt.timedelta(days=3)
"""Zo lang wacht een gewijzigd rekeningnummer, zodat de eigenaar kan ingrijpen; een instelling."""


@dataclass(frozen=True, kw_only=True)
class NieuwRekeningnummer:
    """GEG1: IBAN in hoofdletters zonder spaties, getoetst op opbouw en controlegetal.

    `bic` (8 or 11) is looked up when left empty and stays empty for a bank we do not know.
    Raises OngeldigeWaarde.
    """

    iban: str
    tenaamstelling: str
    bic: str = ""

    def __post_init__(self) -> None:
        iban = iban_van(self.iban)
        object.__setattr__(self, "iban", str(iban))
        object.__setattr__(self, "bic", _bic(self.bic) or str(iban.bic or ""))
        naam = regel_tekst(self.tenaamstelling, veld="tenaamstelling", hooguit=140, verplicht=True)
        object.__setattr__(self, "tenaamstelling", naam)


def iban_van(tekst: str) -> IBAN:
    """Return an IBAN of a right form and check number. Raises OngeldigeWaarde."""
    kaal = regel_tekst(tekst, veld="iban", hooguit=50, verplicht=True).replace(" ", "").upper()
    try:
        if len(kaal) > 34:
            raise ValueError
        return IBAN(kaal)
    except (SchwiftyException, ValueError):
        melding = "Vul een rekeningnummer (IBAN) in, bijvoorbeeld NL91 ABNA 0417 1643 00."
        raise OngeldigeWaarde(melding, veld="iban") from None


def _bic(tekst: str) -> str:
    kaal = regel_tekst(tekst, veld="bic", hooguit=11).replace(" ", "").upper()
    try:
        return str(BIC(kaal)) if kaal else ""
    except (SchwiftyException, ValueError):
        raise OngeldigeWaarde("Vul een BIC van 8 of 11 tekens in.", veld="bic") from None
