"""Providers as data: a new one is a table in a file, checked at start-up; it needs no code."""

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.identiteit import Soort
from accounts.niveaus import STANDAARD, STELSEL_TOEGANG, Niveau, te_vragen
from accounts.vertegenwoordiging import Claims, Pad, is_keten, signalen, verboden, waarde_op

__all__ = ["Aanbieder", "OngeldigeAanbieder", "aanbieder", "aanbieders", "waarde_op"]

MIDDELEN = ("digid", "eherkenning", "eidas", "medewerker")
KEUZES: dict[str, tuple[str, ...]] = {
    "middel": MIDDELEN,
    "client_auth": ("private_key_jwt", "client_secret_post", "client_secret_basic"),
    "assertie_aud": ("issuer", "token_endpoint"),
    "assertie_alg": ("PS256", "RS256"),
    "claims_uit": ("userinfo", "id_token"),
    "vertegenwoordiging": ("weiger", "machtigen"),
    "iss_parameter": ("volgens_discovery", "verplicht", "afwezig"),
    "auth_time": ("verplicht", "uitgiftetijd"),
    "uitloggen": ("rp", "lokaal"),
}
TABELLEN = {**STANDAARD, "stelsel_toegang": STELSEL_TOEGANG}
VERBODEN_IN_VRAAG = {"state", "nonce", "redirect_uri", "scope", "code_challenge", "client_id",
                     "response_type", "code_challenge_method", "acr_values", "prompt"}  # fmt: skip


class OngeldigeAanbieder(ValueError):
    """The configuration of a provider is wrong; the message names the key."""


@dataclass(frozen=True, kw_only=True)
class Rollen:
    """Which claim holds the roles of staff, and which Django group each role gives."""

    pad: Pad
    groepen: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Aanbieder:
    """One OpenID provider for one means; every field is explained in docs/inloggen.md."""

    slug: str
    middel: str
    naam: str
    issuer: str
    client_id: str
    acr_in: Mapping[str, Niveau]
    identiteit: Mapping[Soort, Pad]
    client_auth: str = "private_key_jwt"
    sleutel_bestand: str = ""
    volgend_sleutel_bestand: str = ""
    geheim_env: str = ""
    assertie_aud: str = "issuer"
    assertie_alg: str = "PS256"
    algoritmen: Pad = ("PS256", "RS256")
    scopes: Pad = ("openid",)
    claims_uit: str = "userinfo"
    acr_uit: Mapping[Niveau, str] = field(default_factory=dict)
    acr_pad: Pad = ("acr",)
    soort_pad: Pad = ()
    soorten: Mapping[str, Soort] = field(default_factory=dict)
    handelende: Pad = ()
    sectorcode: str = ""
    vertegenwoordiging: str = "weiger"
    vertegenwoordigde: Pad = ()
    gemachtigde: Pad = ()
    mandaat: Pad = ()
    mandaten: Mapping[str, Pad] = field(default_factory=dict)
    rollen: Rollen | None = None
    iss_parameter: str = "volgens_discovery"
    auth_time: str = "verplicht"
    foutcodes: Mapping[str, str] = field(default_factory=dict)
    extra_vraag: Mapping[str, str] = field(default_factory=dict)
    uitloggen: str = "rp"
    logout_zonder_exp: bool = False
    transport: str = ""

    def te_vragen(self, niveau: Niveau) -> str | None:
        """The level value to ask for, or None when this means does not reach that high."""
        return self.acr_uit.get(niveau) or te_vragen(niveau, self.acr_in)

    def onverwachte_vertegenwoordiging(self, claims: Claims) -> bool:
        """Does this answer tell of a representation that is not built for this provider."""
        if self.vertegenwoordigde and waarde_op(claims, self.vertegenwoordigde) is not None:
            return True
        if self.vertegenwoordiging == "machtigen":
            return verboden(claims) or is_keten(claims)
        return signalen(claims, middel=self.middel, paden=self.identiteit.values())


def _niveaus(slug: str, tabel: Any) -> dict[str, Niveau]:
    """Read `acr_in`: the name of a standard table, or level value to rank."""
    if isinstance(tabel, str):
        if tabel not in TABELLEN:
            raise OngeldigeAanbieder(f"{slug}: acr_in noemt een onbekende tabel")
        return dict(TABELLEN[tabel])
    try:
        return {acr: Niveau(rang) for acr, rang in dict(tabel).items()}
    except (TypeError, ValueError) as fout:
        raise OngeldigeAanbieder(f"{slug}: acr_in bevat een rang buiten de schaal") from fout


def _soorten(slug: str, sleutel: str, tabel: Any) -> dict[Soort, Pad]:
    try:
        return {Soort(naam): tuple(pad) for naam, pad in dict(tabel).items()}
    except (TypeError, ValueError) as fout:
        raise OngeldigeAanbieder(f"{slug}: {sleutel} noemt een onbekende soort") from fout


def _omgezet(slug: str, tabel: Mapping[str, Any]) -> dict[str, Any]:
    """Turn lists into tuples and tables into the types of the fields."""
    velden = {naam: tuple(w) if isinstance(w, list) else w for naam, w in tabel.items()}
    velden["acr_in"] = _niveaus(slug, tabel["acr_in"])
    velden["identiteit"] = _soorten(slug, "identiteit", tabel["identiteit"])
    if "acr_uit" in tabel:
        velden["acr_uit"] = {Niveau(int(rang)): acr for rang, acr in tabel["acr_uit"].items()}
    if "soorten" in tabel:
        velden["soorten"] = {naam: Soort(soort) for naam, soort in tabel["soorten"].items()}
    if "mandaten" in tabel:
        velden["mandaten"] = {dienst: tuple(wat) for dienst, wat in tabel["mandaten"].items()}
    if "rollen" in tabel:
        rollen = tabel["rollen"]
        velden["rollen"] = Rollen(pad=tuple(rollen["pad"]), groepen=rollen["groepen"])
    return velden


def _eis_sleutels(slug: str, tabel: Mapping[str, Any]) -> None:
    """Every required key is there, every key is known, every choice is one of its choices."""
    velden = {veld.name: veld for veld in dataclasses.fields(Aanbieder)}
    if vreemd := sorted(set(tabel) - set(velden)):
        raise OngeldigeAanbieder(f"{slug}: onbekende sleutel {vreemd[0]}")
    for naam in ("middel", "naam", "issuer", "client_id", "acr_in", "identiteit"):
        if not tabel.get(naam):
            raise OngeldigeAanbieder(f"{slug}: sleutel {naam} ontbreekt of is leeg")
    for naam, mag in KEUZES.items():
        if naam in tabel and tabel[naam] not in mag:
            raise OngeldigeAanbieder(f"{slug}: {naam} is niet een van {', '.join(mag)}")
    if verboden_ := VERBODEN_IN_VRAAG & set(tabel.get("extra_vraag", ())):
        raise OngeldigeAanbieder(f"{slug}: extra_vraag mag {min(verboden_)} niet zetten")


def lees_aanbieder(slug: str, tabel: Mapping[str, Any]) -> Aanbieder:
    """Turn one table into an Aanbieder; raises OngeldigeAanbieder with the name of the key."""
    _eis_sleutels(slug, tabel)
    try:
        gelezen = Aanbieder(slug=slug, **_omgezet(slug, tabel))
    except OngeldigeAanbieder:
        raise
    except (TypeError, ValueError, KeyError, AttributeError) as fout:
        raise OngeldigeAanbieder(f"{slug}: een tabel heeft niet de goede vorm") from fout
    if gelezen.issuer.startswith("/"):
        return dataclasses.replace(gelezen, issuer=settings.PORTAAL_URL + gelezen.issuer)
    return gelezen


@lru_cache(maxsize=8)
def _uit_bestand(bestand: str, gewijzigd: float, portaal: str) -> dict[str, Aanbieder]:
    tabellen = tomllib.loads(Path(bestand).read_text())
    return {slug: lees_aanbieder(slug, tabel) for slug, tabel in tabellen.items()}


def aanbieders() -> dict[str, Aanbieder]:
    """All configured providers by slug, in order; raises OngeldigeAanbieder or OSError.

    INLOGMIDDELEN is the path of a TOML file, or the tables themselves.
    """
    bron = settings.INLOGMIDDELEN
    if isinstance(bron, Mapping):
        return {slug: lees_aanbieder(slug, tabel) for slug, tabel in bron.items()}
    return _uit_bestand(str(bron), Path(bron).stat().st_mtime, settings.PORTAAL_URL)


def lijst() -> list[Aanbieder]:
    """The configured providers in order, for the start page."""
    return list(aanbieders().values())


def aanbieder(slug: str) -> Aanbieder:
    """Return one provider; raises KeyError."""
    return aanbieders()[slug]
