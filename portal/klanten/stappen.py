"""Werk van de nacht: elke stap op zichzelf, en wat misging blijft zichtbaar."""

import logging
from collections import Counter
from collections.abc import Callable

logger = logging.getLogger(__name__)


def doe_elke_stap(*stappen: Callable[[], object]) -> None:
    """Doe elke stap, ook na een die mislukt. Raises ExceptionGroup met wat er misging.

    One log line per step and kind of error, with how often; never the text of the error.
    """
    fouten: list[Exception] = []
    soorten: dict[tuple[str, str], Exception] = {}
    aantal: Counter[tuple[str, str]] = Counter()
    for stap in stappen:
        try:
            stap()
        except Exception as fout:  # noqa: BLE001 - raised below, after the other steps
            fouten.append(fout)
            wat = _naam(stap), type(fout).__qualname__
            soorten.setdefault(wat, fout)
            aantal[wat] += 1
    for wat, eerste in soorten.items():
        velden = {"stap": wat[0], "aantal": aantal[wat]}
        logger.error("stap.mislukt", extra=velden, exc_info=eerste)
    if fouten:
        raise ExceptionGroup(f"{len(fouten)} van {len(stappen)} stappen mislukt", fouten)


def _naam(stap: Callable[[], object]) -> str:
    """The function that a step calls, also behind a partial; never its arguments."""
    werk = getattr(stap, "func", stap)
    return str(getattr(werk, "__qualname__", type(werk).__qualname__)).replace(".<locals>", "")
