"""Wat elke tekst moet zijn voor iemand naar de betekenis kijkt (security 4.1, volgorde vast)."""

import re
import unicodedata

from portal.klanten.regels.fouten import OngeldigeWaarde

_NIET_IN_EEN_REGEL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""C0 (behalve TAB), DEL en C1, regeleinden van Unicode en losse surrogaten."""
TE_LANG = "Gebruik hooguit %(hooguit)d tekens."


def regel_tekst(tekst: str, *, veld: str, hooguit: int, verplicht: bool = False) -> str:
    """KLUIT05: één regel in elk schrift, zoals getypt maar in NFC; `hooguit` in codepunten.

    White space only counts as empty. Raises OngeldigeWaarde with the name of the field.
    """
    if (
        len(tekst) > 4 * hooguit
    ):  # NFC maakt hooguit viermaal korter: wat hier al te lang is, blijft dat
        raise OngeldigeWaarde(TE_LANG, veld=veld, hooguit=hooguit)
    if _NIET_IN_EEN_REGEL.search(tekst):
        raise OngeldigeWaarde("Gebruik geen regeleinden of stuurtekens.", veld=veld)
    schoon = unicodedata.normalize("NFC", tekst)
    if len(schoon) > hooguit:
        raise OngeldigeWaarde(TE_LANG, veld=veld, hooguit=hooguit)
    if not schoon.strip():
        if verplicht:
            raise OngeldigeWaarde("Vul dit veld in.", veld=veld)
        return ""
    return schoon


def tekst_met_regels(tekst: str, *, veld: str, hooguit: int, verplicht: bool = False) -> str:
    """KLUIT05: als `regel_tekst`, maar met regeleinden, die als één teken (LF) bewaard worden.

    Raises OngeldigeWaarde with the name of the field.
    """
    regels = tekst.replace("\r\n", "\n")
    regel_tekst(regels.replace("\n", " "), veld=veld, hooguit=hooguit, verplicht=verplicht)
    return unicodedata.normalize("NFC", regels) if regels.strip() else ""
