"""The static files of the demo: collected and compressed only when one of them changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def _kenmerk() -> str:
    """Changes with the name, size and time of every static file."""
    som = hashlib.sha256()
    for finder in get_finders():
        for naam, opslag in finder.list(ignore_patterns=[]):
            stand = Path(opslag.path(naam)).stat()
            som.update(f"{naam}\0{stand.st_size}\0{stand.st_mtime_ns}\0".encode())
    return som.hexdigest()


def verzamel() -> None:
    """Run `collectstatic`, which takes seconds, unless its result is still right."""
    merk, kenmerk = Path(settings.STATIC_ROOT) / ".kenmerk", _kenmerk()
    if merk.exists() and merk.read_text() == kenmerk:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    merk.write_text(kenmerk)
