"""System checks of the screens."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured

from portal.gemeente import gemeente


@register("portal")
def vormgeving(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The bundle is there, so nobody meets a page without style; tests need no build."""
    if settings.TESTEN or finders.find("dist/portal.css"):
        return []
    return [Warning("static/dist/portal.css ontbreekt; draai make assets.", id="portal.W001")]


@register("portal")
def thema(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The folder of the municipality is complete."""
    try:
        gemeente()
    except ImproperlyConfigured as fout:
        return [Error(str(fout), hint="Zie docs/thema.md.", id="portal.E001")]
    return []


@register("portal")
def thema_is_verzameld(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """A folder that came after collectstatic has no address: every page would be a 500."""
    verzameld = getattr(staticfiles_storage, "hashed_files", {})
    naam = f"themas/{settings.THEMA}/theme.css"
    if not verzameld or naam in verzameld:
        return []
    hint = "Draai collectstatic, of maak een eigen image: docs/thema.md."
    return [Error(f"{naam} zit niet bij de verzamelde bestanden.", hint=hint, id="portal.E002")]
