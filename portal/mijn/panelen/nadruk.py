"""Wat er na een handeling opvalt: welke rij de aandacht krijgt en wat er gezegd wordt."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Nadruk:
    """`rij` is het id van de rij met focus, `melding` wat daar staat en wordt voorgelezen."""

    rij: str = ""
    melding: str = ""

    def voor(self, rij: str) -> str:
        """Geef de melding als die bij deze rij hoort."""
        return self.melding if rij == self.rij else ""


GEEN = Nadruk()
