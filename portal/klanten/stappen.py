"""Werk van de nacht: elke stap op zichzelf, en wat misging blijft zichtbaar."""

from collections.abc import Callable


def doe_elke_stap(*stappen: Callable[[], object]) -> None:
    """Doe elke stap, ook na een die mislukt. Raises ExceptionGroup met wat er misging."""
    fouten: list[Exception] = []
    for stap in stappen:
        try:
            stap()
        except Exception as fout:  # noqa: BLE001 - raised below, after the other steps
            fouten.append(fout)
    if fouten:
        raise ExceptionGroup(f"{len(fouten)} van {len(stappen)} stappen mislukt", fouten)
