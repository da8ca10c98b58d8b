"""Zaken: welke dossiers gegevens van iemand vasthouden, en tot wanneer (OWN-3).

Zaken API 1.5. The number stands in the body (`_zoek`), never in a URL. `expand` brings the roles
along, only to check that each zaak is really of who we asked about; five fields are used.
"""

import datetime as dt
from typing import Annotated

from pydantic import Field

from accounts.identiteit import Identiteit, Soort
from portal.klanten.regels import Zaak
from portal.registers import instellingen, kvk
from portal.registers.verbinding import (
    Antwoordvorm,
    Buurstoring,
    Geweigerd,
    OnbruikbaarAntwoord,
    Vraag,
    buur,
    pad_van,
    vraag,
)

BLADEN = 20
_CRS = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
_ROL = "rol__betrokkeneIdentificatie__"
_NNP = f"{_ROL}nietNatuurlijkPersoon__innNnpId"
_Kort = Annotated[str, Field(max_length=40)]


class _Betrokkene(Antwoordvorm):
    inp_bsn: str | None = None
    inn_nnp_id: str | None = None
    vestigings_nummer: str | None = None


class _Rol(Antwoordvorm):
    betrokkene_identificatie: _Betrokkene | None = None


class _Mee(Antwoordvorm):
    rollen: list[_Rol] = []


class _Zaak(Antwoordvorm):
    url: Annotated[str, Field(max_length=1000)]
    identificatie: _Kort = ""
    einddatum: dt.date | None
    archiefnominatie: _Kort | None = None
    archiefactiedatum: dt.date | None = None
    archiefstatus: _Kort | None = None
    mee: Annotated[_Mee, Field(alias="_expand")] = _Mee()

    def gaat_over(self, nummer: str) -> bool:
        """Whether one of its roles is of this person or company."""
        rollen = [rol.betrokkene_identificatie for rol in self.mee.rollen]
        return any(
            nummer in {rol.inp_bsn, rol.inn_nnp_id, rol.vestigings_nummer} for rol in rollen if rol
        )

    def zaak(self) -> Zaak:
        """Return what the domain decides on; a zaak without a number goes by its uuid."""
        return Zaak(
            identificatie=self.identificatie or self.url.rsplit("/", 1)[-1][:40],
            einddatum=self.einddatum,
            archiefnominatie=self.archiefnominatie or "",
            archiefactiedatum=self.archiefactiedatum,
            archiefstatus=self.archiefstatus or "",
        )


class _Bladzijde(Antwoordvorm):
    volgende: Annotated[str | None, Field(alias="next")] = None
    results: list[_Zaak]


def zaken_van(identiteit: Identiteit) -> tuple[Zaak, ...]:
    """Alle zaken van deze persoon of dit bedrijf; geen als er geen bron van zaken is ingesteld.

    A company is asked for by KvK number and by RSIN, for systems differ (C7). Raises Buurstoring:
    then nothing may be deleted.
    """
    if not instellingen.is_gekoppeld("zaken"):
        return ()
    rijen = [rij for sleutel, nummer in _vragen(identiteit) for rij in _zoek(sleutel, nummer)]
    return tuple({rij.url: rij.zaak() for rij in rijen}.values())


def zaken_of_niets(identiteit: Identiteit) -> tuple[Zaak, ...] | None:
    """The same for an act that may wait: None says that the source does not answer now."""
    try:
        return zaken_van(identiteit)
    except Buurstoring:
        return None


def kenmerk_van(sleutel: str) -> str | None:
    """Het nummer van de zaak met deze uuid; None als zij er niet is. Raises Buurstoring."""
    wat = Vraag("GET", f"/zaken/{sleutel}", koppen=_CRS)
    try:
        return vraag(buur("zaken"), wat, _Zaak).zaak().identificatie
    except Geweigerd as nee:
        if nee.status == 404:
            return None
        raise


def _vragen(identiteit: Identiteit) -> list[tuple[str, str]]:
    nummer = identiteit.onthul()
    match identiteit.soort:
        case Soort.BSN:
            return [(f"{_ROL}natuurlijkPersoon__inpBsn", nummer)]
        case Soort.KVK:
            return [(_NNP, nummer), *((_NNP, rsin) for rsin in _rsin(identiteit))]
        case Soort.RSIN:
            return [(_NNP, nummer)]
        case Soort.VESTIGING:
            return [(f"{_ROL}vestiging__vestigingsNummer", nummer)]
    return []


def _rsin(identiteit: Identiteit) -> list[str]:
    """The RSIN stands in the Handelsregister; without that neighbour the KvK number must do."""
    if not instellingen.is_gekoppeld("kvk"):
        return []
    bedrijf = kvk.onderneming(identiteit)
    return [bedrijf.rsin.onthul()] if bedrijf and bedrijf.rsin else []


def _zoek(sleutel: str, nummer: str) -> list[_Zaak]:
    bron, rijen = buur("zaken"), []
    pad = "/zaken/_zoek"
    for _ in range(BLADEN):
        wat = Vraag("POST", pad, inhoud={sleutel: nummer, "expand": "rollen"}, koppen=_CRS)
        blad = vraag(bron, wat, _Bladzijde, lambda a: all(z.gaat_over(nummer) for z in a.results))
        rijen += blad.results
        if blad.volgende is None:
            return rijen
        pad = pad_van(bron, blad.volgende)
    raise OnbruikbaarAntwoord("te-veel-bladen")
