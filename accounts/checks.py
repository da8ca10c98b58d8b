"""What would make logging in unsafe stops the start (docs/inloggen.md names each number)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from accounts import zegel
from accounts.niveaus import Niveau
from accounts.providers import Aanbieder, OngeldigeAanbieder, aanbieders
from accounts.sleutels import eigen_sleutel

VASTE_PAGINAS = {"opnieuw", "geannuleerd", "mislukt", "niveau", "geen-toegang", "sleutels"}
NAGEBOOTST = "/nagebootst/"
VEILIG = {f"{soort}{bits}" for soort in ("RS", "PS", "ES") for bits in (256, 384, 512)} | {"EdDSA"}
Klachten = Iterable[str]


def _gelezen() -> list[Aanbieder]:
    try:
        return list(aanbieders().values())
    except (OngeldigeAanbieder, OSError, ValueError):
        return []


def e000() -> Klachten:
    """The configuration of the providers can be read."""
    try:
        aanbieders()
    except (OngeldigeAanbieder, OSError, ValueError) as fout:
        yield f"INLOGMIDDELEN: {fout}"


def e001() -> Klachten:
    """The stand-in exists in the demo only, and never beside a real provider."""
    vreemd = [a.slug for a in _gelezen() if not a.issuer.startswith(_nagebootste_basis())]
    if settings.NAGEBOOTST and not (settings.DEMO or settings.TESTEN):
        yield "NAGEBOOTST staat aan terwijl DEMO uit staat"
    if settings.NAGEBOOTST and vreemd and not settings.TESTEN:
        yield f"het nagebootste inlogmiddel staat naast een echt: {vreemd[0]}"
    if not settings.NAGEBOOTST and any(a.transport for a in _gelezen()):
        yield "een aanbieder heeft transport; dat is er alleen met NAGEBOOTST"


def _nagebootste_basis() -> str:
    return f"{settings.PORTAAL_URL}{NAGEBOOTST}"


def e002() -> Klachten:
    """Issuers are https, and no provider takes the place of a fixed page."""
    for aanbieder in _gelezen():
        if not aanbieder.issuer.startswith("https://") and not settings.DEMO:
            yield f"{aanbieder.slug}: issuer begint niet met https://"
        if aanbieder.slug in VASTE_PAGINAS:
            yield f"{aanbieder.slug}: zo heet al een vaste pagina"


def e003() -> Klachten:
    """Every act asks at least 25 and can be reached by some provider."""
    for handeling, eis in settings.INLOG_HANDELINGEN.items():
        if eis["niveau"] not in set(Niveau) or eis["niveau"] < Niveau.MIDDEN:
            yield f"INLOG_HANDELINGEN: {handeling} vraagt minder dan {int(Niveau.MIDDEN)}"
        elif _gelezen() and not any(a.te_vragen(Niveau(eis["niveau"])) for a in _gelezen()):
            yield f"INLOG_HANDELINGEN: geen aanbieder komt zo hoog als {handeling}"


def e004() -> Klachten:
    """Only asymmetric algorithms."""
    for aanbieder in _gelezen():
        for alg in set(aanbieder.algoritmen) - VEILIG:
            yield f"{aanbieder.slug}: algoritme {alg} mag niet"


def e005() -> Klachten:
    """The key rings can be read, and no key serves two purposes."""
    gebruikt: set[bytes] = set()
    for naam in ("PORTAAL_GEGEVENSSLEUTELS", "PORTAAL_INDEXSLEUTELS"):
        try:
            bos = zegel.sleutelbos(getattr(settings, naam))
        except zegel.OngeldigeSleutelbos as fout:
            yield f"{naam}: {fout}"
            continue
        if gebruikt & set(bos.values()) or settings.SECRET_KEY.encode() in bos.values():
            yield f"{naam}: een sleutel wordt ook ergens anders voor gebruikt"
        gebruikt |= set(bos.values())


def e006() -> Klachten:
    """Cookies survive the way back from the provider, and belong to this host only."""
    for soort in ("SESSION", "CSRF"):
        if getattr(settings, f"{soort}_COOKIE_SAMESITE") != "Lax":
            yield f"{soort}_COOKIE_SAMESITE is niet Lax"
        if not settings.DEMO and not getattr(settings, f"{soort}_COOKIE_NAME").startswith(
            "__Host-"
        ):
            yield f"{soort}_COOKIE_NAME begint niet met __Host-"


def e007() -> Klachten:
    """There is somewhere to go after logging out."""
    if not settings.LOGOUT_REDIRECT_URL:
        yield "LOGOUT_REDIRECT_URL is leeg"


def e008() -> Klachten:
    """Nothing of the library goes around our checks."""
    if "mozilla_django_oidc.middleware.SessionRefresh" in settings.MIDDLEWARE:
        yield "SessionRefresh staat in MIDDLEWARE"
    if settings.AUTHENTICATION_BACKENDS != ["accounts.oidc.PortaalBackend"]:
        yield "AUTHENTICATION_BACKENDS bevat iets anders dan accounts.oidc.PortaalBackend"
    if _heeft_adressen_van("mozilla_django_oidc"):
        yield "mozilla_django_oidc.urls staat in de adressen"


def _heeft_adressen_van(pakket: str) -> bool:
    from django.urls import get_resolver  # the urls may not be loadable when this module is

    return any(naam.startswith("oidc_authentication") for naam in _namen(get_resolver()))


def _namen(resolver: Any) -> Iterator[str]:
    for patroon in resolver.url_patterns:
        if hasattr(patroon, "url_patterns"):
            yield from _namen(patroon)
        elif patroon.name:
            yield patroon.name


def e009() -> Klachten:
    """The session is ours, and ends within 15 minutes idle and 4 hours at most."""
    if settings.SESSION_ENGINE != "accounts.sessieopslag":
        yield "SESSION_ENGINE is niet accounts.sessieopslag"
    if settings.SESSION_SAVE_EVERY_REQUEST:
        yield "SESSION_SAVE_EVERY_REQUEST staat aan"
    if not 0 < settings.SESSIE_INACTIEF <= 900 or settings.SESSION_COOKIE_AGE > 900:
        yield "SESSIE_INACTIEF is meer dan 900 seconden"
    if not 0 < settings.SESSIE_MAXIMUM <= 14_400:
        yield "SESSIE_MAXIMUM is meer dan 14400 seconden"


def e010() -> Klachten:
    """Where we sign there is a key to sign with; elsewhere the name of a secret."""
    for aanbieder in _gelezen():
        if aanbieder.client_auth != "private_key_jwt":
            if not aanbieder.geheim_env:
                yield f"{aanbieder.slug}: sleutel geheim_env ontbreekt"
            continue
        try:
            eigen_sleutel(aanbieder)
        except (OSError, ValueError, TypeError):
            yield f"{aanbieder.slug}: sleutel_bestand is niet te lezen als RSA-sleutel"


def e011() -> Klachten:
    """The name of the municipality stands at the login button."""
    if not settings.ORGANISATIE_NAAM.strip():
        yield "ORGANISATIE_NAAM is leeg"


def e012() -> Klachten:
    """Tokens are not kept, and an unsigned token is no token."""
    for naam in ("OIDC_STORE_ACCESS_TOKEN", "OIDC_STORE_ID_TOKEN", "OIDC_ALLOW_UNSECURED_JWT"):
        if getattr(settings, naam, False):
            yield f"{naam} staat aan"


CONTROLES: tuple[Callable[[], Klachten], ...] = (
    e000, e001, e002, e003, e004, e005, e006, e007, e008, e009, e010, e011, e012,
)  # fmt: skip


@register(Tags.security)
def inloggen_is_veilig(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every complaint is an error with the number of its check."""
    return [
        Error(klacht, id=f"accounts.{controle.__name__.upper()}")
        for controle in CONTROLES
        for klacht in controle()
    ]
