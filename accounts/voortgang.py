"""How far a long command is."""

from django.core.management.base import OutputWrapper

BREEDTE = 30


def toon_balk(uit: OutputWrapper, naam: str, klaar: int, totaal: int) -> None:
    """Progress: a bar that moves in a terminal, a line per step elsewhere."""
    vol = BREEDTE * min(klaar, totaal) // max(totaal, 1)
    tekst = f"[{'#' * vol}{'.' * (BREEDTE - vol)}] {klaar}/{totaal} {naam}"
    beweegt = uit.isatty() and klaar < totaal
    uit.write(tekst, ending="\r" if beweegt else "\n")
