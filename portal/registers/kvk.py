"""Handelsregister (KvK): naam, adres en vestigingen van het bedrijf dat is ingelogd.

Zoeken 2.0, Basisprofiel 1.5, Vestigingsprofiel 1.4. `KVK_URL` is the part before `/v1` and `/v2`.
The numbers stand in the path because the KvK has no other way; we log no addresses.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, TypeVar

from pydantic import Field

from accounts.identiteit import Identiteit, OngeldigNummer, Soort
from portal.registers.verbinding import Antwoordvorm, Geweigerd, Vraag, buur, vraag

_Naam = Annotated[str, Field(max_length=700)]
_Vorm = TypeVar("_Vorm", bound=Antwoordvorm)


@dataclass(frozen=True)
class Vestiging:
    """Eén vestiging om uit te kiezen; `adres` is één regel, zoals het register hem schrijft."""

    identiteit: Identiteit = field(repr=False)
    naam: str
    adres: str = ""
    hoofd: bool = False


@dataclass(frozen=True)
class Onderneming:
    """Wat het Handelsregister over een bedrijf zegt, om te tonen; nooit om te bewaren.

    `rsin` is None for an eenmanszaak. `afgeschermd`: the address may be shown to the company
    itself only.
    """

    naam: str
    rechtsvorm: str = ""
    adresregels: tuple[str, ...] = ()
    afgeschermd: bool = False
    rsin: Identiteit | None = field(default=None, repr=False)


class _Adres(Antwoordvorm):
    type: _Naam = ""
    ind_afgeschermd: _Naam = "Nee"
    volledig_adres: _Naam = ""
    straatnaam: _Naam = ""
    huisnummer: int | None = None
    huisletter: _Naam = ""
    huisnummer_toevoeging: _Naam = ""
    postbusnummer: int | None = None
    postcode: _Naam = ""
    plaats: _Naam = ""
    straat_huisnummer: _Naam = ""
    postcode_woonplaats: _Naam = ""
    land: _Naam = ""

    def regels(self) -> tuple[str, ...]:
        """Return the lines of an envelope; a foreign address has its own two fields."""
        nummer = " ".join(
            str(d) for d in (self.huisnummer, self.huisletter, self.huisnummer_toevoeging) if d
        )
        postbus = f"Postbus {self.postbusnummer}" if self.postbusnummer else ""
        straat = postbus or self.straat_huisnummer or f"{self.straatnaam} {nummer}"
        plaats = self.postcode_woonplaats or f"{self.postcode}  {self.plaats}"
        land = "" if self.land in {"", "Nederland"} else self.land
        return tuple(regel.strip() for regel in (straat, plaats, land) if regel.strip())


class _Eigenaar(Antwoordvorm):
    rsin: Annotated[str, Field(pattern="^([0-9]{9})?$")] = ""
    rechtsvorm: _Naam = ""
    adressen: list[_Adres] = []


class _Hoofdvestiging(Antwoordvorm):
    adressen: list[_Adres] = []


class _Ingesloten(Antwoordvorm):
    eigenaar: _Eigenaar = _Eigenaar()
    hoofdvestiging: _Hoofdvestiging = _Hoofdvestiging()


class _Basisprofiel(Antwoordvorm):
    kvk_nummer: Annotated[str, Field(pattern="^[0-9]{8}$")]
    naam: _Naam
    embedded: Annotated[_Ingesloten, Field(alias="_embedded")] = _Ingesloten()


class _Vestiging(Antwoordvorm):
    vestigingsnummer: Annotated[str, Field(pattern="^[0-9]{12}$")]
    kvk_nummer: Annotated[str, Field(pattern="^[0-9]{8}$")]
    eerste_handelsnaam: _Naam = ""
    ind_hoofdvestiging: _Naam = ""
    volledig_adres: _Naam = ""
    adressen: list[_Adres] = []


class _Vestigingen(Antwoordvorm):
    kvk_nummer: Annotated[str, Field(pattern="^[0-9]{8}$")]
    vestigingen: Annotated[list[_Vestiging], Field(max_length=5000)] = []


def onderneming(identiteit: Identiteit) -> Onderneming | None:
    """Het bedrijf van deze inlog (KvK of vestiging); None als het register het niet kent.

    Raises NietGekoppeld, Onbereikbaar, OnbruikbaarAntwoord.
    """
    bedrijf = identiteit.bedrijf()
    if bedrijf is None:
        return None
    nummer = bedrijf.onthul()
    profiel = _vind(f"/v1/basisprofielen/{nummer}", _Basisprofiel, lambda a: a.kvk_nummer == nummer)
    return _getoond(profiel) if profiel else None


def vestigingen(identiteit: Identiteit) -> tuple[Vestiging, ...]:
    """Alle vestigingen van het bedrijf van deze inlog, de hoofdvestiging vooraan.

    Raises NietGekoppeld, Onbereikbaar, OnbruikbaarAntwoord.
    """
    bedrijf = identiteit.bedrijf()
    if bedrijf is None:
        return ()
    nummer = bedrijf.onthul()
    lijst = _vind(
        f"/v1/basisprofielen/{nummer}/vestigingen",
        _Vestigingen,
        lambda a: all(n == nummer for n in (a.kvk_nummer, *(v.kvk_nummer for v in a.vestigingen))),
    )
    gevonden = [_als_vestiging(rij) for rij in lijst.vestigingen] if lijst else []
    return tuple(sorted(gevonden, key=lambda v: (not v.hoofd, v.naam)))


def vestiging(identiteit: Identiteit) -> Vestiging | None:
    """De vestiging waartoe deze inlog beperkt is; C8: ook het KvK-nummer moet kloppen.

    Raises NietGekoppeld, Onbereikbaar, OnbruikbaarAntwoord.
    """
    bedrijf = identiteit.bedrijf()
    if identiteit.soort is not Soort.VESTIGING or bedrijf is None:
        return None
    gevraagd = (identiteit.onthul(), bedrijf.onthul())
    rij = _vind(
        f"/v1/vestigingsprofielen/{gevraagd[0]}",
        _Vestiging,
        lambda a: (a.vestigingsnummer, a.kvk_nummer) == gevraagd,
    )
    return _als_vestiging(rij) if rij else None


def _vind(pad: str, vorm: type[_Vorm], past: Callable[[_Vorm], bool], **zoek: str) -> _Vorm | None:
    """404 is an answer here: the register does not know this one."""
    try:
        return vraag(buur("kvk"), Vraag("GET", pad, zoek=zoek), vorm, past)
    except Geweigerd as nee:
        if nee.status == 404:
            return None
        raise


def _getoond(profiel: _Basisprofiel) -> Onderneming:
    eigenaar = profiel.embedded.eigenaar
    adressen = profiel.embedded.hoofdvestiging.adressen or eigenaar.adressen
    adres = next((a for a in adressen if a.type == "bezoekadres"), None) or next(
        iter(adressen), None
    )
    return Onderneming(
        naam=profiel.naam,
        rechtsvorm=eigenaar.rechtsvorm,
        adresregels=adres.regels() if adres else (),
        afgeschermd=bool(adres and adres.ind_afgeschermd == "Ja"),
        rsin=_rsin(eigenaar.rsin),
    )


def _rsin(nummer: str) -> Identiteit | None:
    try:
        return Identiteit(Soort.RSIN, nummer)
    except OngeldigNummer:
        return None


def _als_vestiging(rij: _Vestiging) -> Vestiging:
    adres = rij.volledig_adres or ", ".join(rij.adressen[0].regels() if rij.adressen else ())
    return Vestiging(
        identiteit=Identiteit(Soort.VESTIGING, rij.vestigingsnummer, rij.kvk_nummer),
        naam=rij.eerste_handelsnaam,
        adres=" ".join(adres.split()),
        hoofd=rij.ind_hoofdvestiging == "Ja",
    )
