"""Waarom iets nog niet weg mag, en tot wanneer; hoe lang iets zonder reden blijft."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from portal.klanten.regels.fouten import OngeldigeWaarde, RegelGeschonden
from portal.klanten.regels.tekst import regel_tekst

VELDEN = frozenset({"naam", "email", "telefoon", "postadres", "rekeningnummer", "voorkeuren"})
"""De namen van velden in een Gebeurtenis en een bewaargrond."""

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

ONGEBRUIKT_NA = dt.timedelta(days=5 * 365)
"""Zonder teken van leven; een instelling, door de gemeente te bevestigen."""
TUSSEN_HERINNERINGEN = dt.timedelta(days=30)
GEBEURTENIS_BEWAREN = dt.timedelta(days=90)
WISBOEK_BEWAREN = dt.timedelta(days=60)
"""De oudste reservekopie (30 dagen) en nog eens 30 dagen."""
TERUGMELDING_BEWAREN = dt.timedelta(days=365)
SLEUTEL_BEWAREN = dt.timedelta(days=1)
HOOGUIT_PER_KEER = 1000
"""Wil een opruimtaak meer weghalen dan dit, dan klopt er iets niet en haalt zij niets weg."""


class TeveelOpTeRuimen(Exception):
    """Veiligheidsgrens van een opruimtaak; `str` is the number, never anything of a person."""


class Bewaarreden(StrEnum):
    """OWN-4: waarom een dossier de gegevens vasthoudt."""

    OPEN_ZAAK = "open_zaak"
    BLIJVEND_BEWAREN = "blijvend_bewaren"
    DATUM_ONBEKEND = "datum_onbekend"
    TOT_DATUM = "tot_datum"
    OPGEGEVEN = "opgegeven"


class BronZwijgt(RegelGeschonden):
    code = "bron-zwijgt"
    melding = "Wij kunnen nu niet nagaan of een zaak dit nog nodig heeft. Probeer het later."


class WordtVerwijderd(RegelGeschonden):
    code = "wordt-verwijderd"
    melding = "Deze gegevens worden verwijderd en zijn niet meer te wijzigen."


@dataclass(frozen=True, kw_only=True)
class Zaak:
    """Wat wij van een zaak lezen om te weten of zij gegevens vasthoudt, en niets meer."""

    identificatie: str
    einddatum: dt.date | None = None
    archiefnominatie: str = ""
    archiefactiedatum: dt.date | None = None
    archiefstatus: str = ""


@dataclass(frozen=True, kw_only=True)
class Vasthouding:
    """Eén reden om te bewaren; `tot` is the first day without it, None when unknown.

    `velden` are names of VELDEN; empty means the whole klant. Raises OngeldigeWaarde.
    """

    kenmerk: str
    reden: Bewaarreden
    tot: dt.date | None
    velden: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        regel_tekst(self.kenmerk, veld="kenmerk", hooguit=40, verplicht=True)
        if not set(self.velden) <= VELDEN:
            raise OngeldigeWaarde("Dit veld bestaat niet.", veld="velden")


def dag(op: dt.datetime) -> dt.date:
    """Return the day in the Netherlands at this moment."""
    return op.astimezone(AMSTERDAM).date()


def houdt_vast(zaak: Zaak, *, vandaag: dt.date) -> Vasthouding | None:
    """KLUIT01: een zaak houdt vast zolang zij loopt of haar archieftermijn niet om is."""
    if zaak.einddatum is None:
        return _omdat(zaak, Bewaarreden.OPEN_ZAAK, None)
    if zaak.archiefstatus == "overgedragen":
        return None
    datum = zaak.archiefactiedatum
    if zaak.archiefnominatie == "blijvend_bewaren":
        return _omdat(zaak, Bewaarreden.BLIJVEND_BEWAREN, datum)
    if datum is None:
        return _omdat(zaak, Bewaarreden.DATUM_ONBEKEND, None)
    return _omdat(zaak, Bewaarreden.TOT_DATUM, datum) if datum > vandaag else None


def _omdat(zaak: Zaak, reden: Bewaarreden, tot: dt.date | None) -> Vasthouding:
    return Vasthouding(kenmerk=zaak.identificatie, reden=reden, tot=tot)


def tot_wanneer(vasthoudingen: Iterable[dt.date | None]) -> dt.date | None:
    """OWN-3: de laatste datum telt, en onbekend (None) gaat boven elke datum."""
    datums = list(vasthoudingen)
    bekend = [datum for datum in datums if datum is not None]
    return max(bekend) if bekend and len(bekend) == len(datums) else None


def houdt_veld(velden: Iterable[str], veld: str) -> bool:
    """OWN-3: een grond houdt de velden die zij noemt, en zonder namen de hele klant."""
    genoemd = set(velden)
    return not genoemd or veld in genoemd


def eis_niet_te_veel(aantal: int, *, hooguit: int) -> None:
    """Een verkeerde klok mag het register niet leegmaken. Raises TeveelOpTeRuimen."""
    if aantal > hooguit:
        raise TeveelOpTeRuimen(str(aantal))
