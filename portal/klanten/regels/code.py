"""De codes en links waarmee iemand laat zien dat een adres van hem is."""

import datetime as dt
import re
import secrets
from enum import StrEnum

from portal.klanten.regels.fouten import RegelGeschonden

BEVESTIGEN_BINNEN = dt.timedelta(minutes=15)
CLAIMEN_BINNEN = dt.timedelta(minutes=10)
HERSTELLEN_BINNEN = dt.timedelta(days=10)
VOORSTEL_VERVALT = dt.timedelta(days=7)
"""Een voorgesteld adres dat niemand bevestigt, verdwijnt na deze tijd."""

HOOGUIT_POGINGEN = 5
HOOGUIT_PER_ADRES = 10
HOOGUIT_PER_MENS = 20
TUSSEN_CODES = dt.timedelta(minutes=1)
PER = dt.timedelta(days=1)
"""Over deze tijd tellen HOOGUIT_PER_ADRES en HOOGUIT_PER_MENS."""


class Codedoel(StrEnum):
    BEVESTIGEN = "bevestigen"
    CLAIMEN = "claimen"


class VerkeerdeCode(RegelGeschonden):
    """Eén antwoord voor fout, verlopen, gebruikt, te vaak geprobeerd of van een ander."""

    code = "verkeerde-code"
    melding = "Deze code klopt niet of werkt niet meer. Controleer de code of vraag een nieuwe aan."

    def __init__(self) -> None:
        super().__init__(veld="code")


class TeVaak(RegelGeschonden):
    code = "te-vaak"
    melding = "U heeft te vaak een code aangevraagd. Probeer het later nog eens."


class LinkVerlopen(RegelGeschonden):
    code = "link-verlopen"
    melding = "Deze link werkt niet meer. Log in om uw gegevens te bekijken."


def nieuwe_code() -> str:
    """Return six random digits (CSPRNG), leading zeros kept."""
    return f"{secrets.randbelow(1_000_000):06d}"


def nieuw_token() -> str:
    """Return a random token of 128 bits for a link, safe in a URL."""
    return secrets.token_urlsafe(16)


def eis_codevorm(code: str) -> str:
    """Zes cijfers, met of zonder spaties ertussen; anders VerkeerdeCode."""
    kaal = code[:20].replace(" ", "")
    if not re.fullmatch("[0-9]{6}", kaal):
        raise VerkeerdeCode
    return kaal


def eis_niet_te_vaak(
    *, vandaag_adres: int, vandaag_mens: int, vorige: dt.datetime | None, op: dt.datetime
) -> None:
    """Eén code per minuut, en per dag tien per adres en twintig per mens. Raises TeVaak."""
    if vandaag_adres >= HOOGUIT_PER_ADRES or vandaag_mens >= HOOGUIT_PER_MENS:
        raise TeVaak
    if vorige is not None and op - vorige < TUSSEN_CODES:
        raise TeVaak
