"""Which ways to log in the start page offers, from the configured providers."""

from dataclasses import dataclass

from accounts.providers import Aanbieder, lijst


@dataclass(frozen=True)
class Inlogkeuze:
    """The buttons of the start page, per column."""

    inwoners: list[Aanbieder]
    machtigen: list[Aanbieder]
    ondernemers: list[Aanbieder]


def inlogkeuze() -> Inlogkeuze:
    """The configured providers in their order; those for staff have a door of their own."""
    burgers = [a for a in lijst() if a.middel in {"digid", "eidas"}]
    return Inlogkeuze(
        inwoners=[a for a in burgers if a.vertegenwoordiging != "machtigen"],
        machtigen=[a for a in burgers if a.vertegenwoordiging == "machtigen"],
        ondernemers=[a for a in lijst() if a.middel == "eherkenning"],
    )
