"""Eén schaal van betrouwbaarheidsniveaus; wat een aanbieder zegt, staat in diens eigen tabel."""

from collections.abc import Mapping
from enum import IntEnum

_AC = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
_EH = "urn:etoegang:core:assurance-class:"
_LOA = "http://eidas.europa.eu/LoA/"


class Niveau(IntEnum):
    """Hoe zeker het is wie er inlogt; hoger is zekerder, over alle inlogmiddelen heen."""

    GEEN = 0
    BASIS = 10
    LAAG = 20
    MIDDEN = 25
    SUBSTANTIEEL = 30
    HOOG = 40


DIGID = {
    f"{_AC}PasswordProtectedTransport": Niveau.BASIS,
    f"{_AC}MobileTwoFactorContract": Niveau.MIDDEN,
    f"{_AC}Smartcard": Niveau.SUBSTANTIEEL,
    f"{_AC}SmartcardPKI": Niveau.HOOG,
}
EHERKENNING = {
    f"{_EH}loa1": Niveau.BASIS,
    f"{_EH}loa2": Niveau.LAAG,
    f"{_EH}loa2plus": Niveau.MIDDEN,
    f"{_EH}loa3": Niveau.SUBSTANTIEEL,
    f"{_EH}loa4": Niveau.HOOG,
}
EIDAS = {
    f"{_LOA}low": Niveau.LAAG,
    f"{_LOA}substantial": Niveau.SUBSTANTIEEL,
    f"{_LOA}high": Niveau.HOOG,
}
STELSEL_TOEGANG = {
    "http://eID.logius.nl/LoA/basic": Niveau.BASIS,
    f"{_LOA}low": Niveau.MIDDEN,
    f"{_LOA}substantial": Niveau.SUBSTANTIEEL,
    f"{_LOA}high": Niveau.HOOG,
}
"""Dezelfde URI betekent hier iets anders dan bij een eIDAS-knooppunt: daarom één tabel per bron."""

STANDAARD: dict[str, dict[str, Niveau]] = {
    "digid": DIGID,
    "eherkenning": EHERKENNING,
    "eidas": EIDAS,
}
"""Per inlogmiddel de tabel waarmee een aanbieder begint; configuratie kan haar vervangen."""


def rang(acr: object, tabel: Mapping[str, Niveau]) -> Niveau:
    """Wat deze waarde bij deze aanbieder betekent; onbekend of geen tekst is geen niveau."""
    return tabel.get(acr, Niveau.GEEN) if isinstance(acr, str) else Niveau.GEEN


def te_vragen(minimaal: Niveau, tabel: Mapping[str, Niveau]) -> str | None:
    """De waarde met het laagste niveau dat volstaat; None als dit middel zo hoog niet komt."""
    genoeg = [(niveau, acr) for acr, niveau in tabel.items() if niveau >= minimaal]
    return min(genoeg)[1] if genoeg else None
