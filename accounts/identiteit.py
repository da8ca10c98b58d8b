"""Open nummers: de enige plaats waar een BSN of KvK-nummer te lezen is.

Een identiteit heeft één vaste schrijfwijze, toont zichzelf niet en gaat het proces niet uit. In de
databank staan alleen een blinde index (om te zoeken) en de verzegelde waarde (om te tonen).
"""

import hmac
import json
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import NoReturn

from django.conf import settings

from accounts.elfproef import elfproef
from accounts.zegel import Onleesbaar, afgeleid, ontzegel, sleutelbos, verzegel

_SCHEIDING = "\x1f"
_DOEL = "subject"
_LANDNUMMER = re.compile(r"[A-Z]{2}/[A-Z0-9-]+/[A-Z0-9-]+")
MAXIMUM = 255


class Soort(StrEnum):
    """Waarmee iemand of iets bekend is; komt uit de configuratie, nooit uit de vorm."""

    BSN = "bsn"
    KVK = "kvk"
    RSIN = "rsin"
    VESTIGING = "vestiging"
    EIDAS = "eidas"
    EIDAS_ORGANISATIE = "eidas_organisatie"
    MEDEWERKER = "medewerker"


class OngeldigNummer(ValueError):
    """Niet in de vaste schrijfwijze van zijn soort; de tekst noemt de waarde niet."""


class Verwisseld(Onleesbaar):
    """De verzegelde waarde hoort niet bij de index die ernaast staat."""


def _is_ondoorzichtig(waarde: str) -> bool:
    vast = waarde == waarde.strip() == unicodedata.normalize("NFC", waarde)
    return vast and 0 < len(waarde) <= MAXIMUM and waarde.isprintable()


def _is_canoniek(soort: Soort, waarde: str, kvk: str) -> bool:
    if len(waarde) > MAXIMUM or bool(kvk) != (soort is Soort.VESTIGING):
        return False
    match soort:
        case Soort.BSN | Soort.RSIN:
            return elfproef(waarde)
        case Soort.KVK:
            return re.fullmatch("[0-9]{8}", waarde) is not None
        case Soort.VESTIGING:
            return bool(re.fullmatch("[0-9]{12}", waarde) and re.fullmatch("[0-9]{8}", kvk))
        case Soort.EIDAS_ORGANISATIE:
            return _LANDNUMMER.fullmatch(waarde) is not None
        case Soort.EIDAS | Soort.MEDEWERKER:
            return _is_ondoorzichtig(waarde)


@dataclass(frozen=True, repr=False)
class Identiteit:
    """Een open nummer toont zichzelf niet; wie het nodig heeft, zegt `.onthul()`.

    `_kvk` is het bedrijf van een vestiging en alleen daarbij gevuld. Raises OngeldigNummer.
    """

    soort: Soort
    _waarde: str
    _kvk: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self._waarde, str) or not isinstance(self._kvk, str):
            raise OngeldigNummer(f"{self.soort}: geen tekst")
        if not _is_canoniek(self.soort, self._waarde, self._kvk):
            raise OngeldigNummer(f"{self.soort}: niet in de vaste schrijfwijze")

    def onthul(self) -> str:
        """Het open nummer; nooit in een URL, logregel, titel of bericht."""
        return self._waarde

    def delen(self) -> tuple[str, str, str]:
        """Soort, waarde en bedrijf, open: alleen om meteen te verzegelen."""
        return self.soort.value, self._waarde, self._kvk

    def bedrijf(self) -> "Identiteit | None":
        """Het bedrijf (KvK) van een onderneming of vestiging; None voor alle andere soorten."""
        if self.soort is Soort.VESTIGING:
            return Identiteit(Soort.KVK, self._kvk)
        return self if self.soort is Soort.KVK else None

    def __repr__(self) -> str:
        return f"Identiteit({self.soort} ***)"

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError("een open nummer gaat het proces niet uit")


def _hmac(sleutel: bytes, doel: str, *delen: str) -> str:
    bericht = _SCHEIDING.join(delen).encode()
    return hmac.new(afgeleid(sleutel, doel), bericht, sha256).hexdigest()


def _index(kid: str, sleutel: bytes, identiteit: Identiteit, handelende: str, rsin: str) -> str:
    delen = [rsin, identiteit.onthul()]
    if bedrijf := identiteit.bedrijf() if identiteit.soort is Soort.VESTIGING else None:
        delen.append(bedrijf.onthul())
    if handelende:
        delen.append(f"handelende:{handelende}")
    return f"{kid}${_hmac(sleutel, f'index:{identiteit.soort}', *delen)}"


def blinde_indexen(
    identiteit: Identiteit, *, handelende: str = "", organisatie: str | None = None
) -> list[str]:
    """De index onder elke sleutel van de bos: met de eerste schrijft men, met alle zoekt men.

    `organisatie` is het RSIN van de gemeente (standaard: deze), `handelende` de sleutel van wie
    namens een bedrijf handelt.
    """
    bos = sleutelbos(settings.PORTAAL_INDEXSLEUTELS)
    rsin = organisatie or settings.ORGANISATIE_RSIN
    return [_index(kid, s, identiteit, handelende, rsin) for kid, s in bos.items()]


def blinde_index(
    identiteit: Identiteit, *, handelende: str = "", organisatie: str | None = None
) -> str:
    """Waarmee een identiteit gezocht wordt: gelijk voor gelijke nummers, zonder sleutel niets."""
    return blinde_indexen(identiteit, handelende=handelende, organisatie=organisatie)[0]


def pseudoniem(waarde: str, doel: str) -> str:
    """Een vast, kort en nietszeggend teken voor een waarde, per doel anders (32 hextekens)."""
    sleutel = next(iter(sleutelbos(settings.PORTAAL_INDEXSLEUTELS).values()))
    return _pseudoniem(sleutel, waarde, doel)


def pseudoniemen(waarden: list[str], doel: str) -> list[str]:
    """Van elke waarde het teken dat bij haar sleutel hoort: de eerste bij de eerste van de bos."""
    bos = sleutelbos(settings.PORTAAL_INDEXSLEUTELS).values()
    return [_pseudoniem(s, waarde, doel) for s, waarde in zip(bos, waarden, strict=True)]


def _pseudoniem(sleutel: bytes, waarde: str, doel: str) -> str:
    return _hmac(sleutel, f"pseudoniem:{doel}", settings.ORGANISATIE_RSIN, waarde)[:32]


def verzegel_identiteit(identiteit: Identiteit) -> str:
    """De verzegelde vorm die naast de index in een rij mag staan."""
    return verzegel(json.dumps(identiteit.delen()), _DOEL)


def ontzegel_identiteit(verzegeld: str, index: str) -> Identiteit:
    """Open wat `verzegel_identiteit` maakte; raises Onleesbaar, of Verwisseld bij vreemde index."""
    soort, waarde, kvk = json.loads(ontzegel(verzegeld, _DOEL))
    identiteit = Identiteit(Soort(soort), waarde, kvk)
    if index not in blinde_indexen(identiteit):
        raise Verwisseld("index en verzegelde waarde horen niet bij elkaar")
    return identiteit
