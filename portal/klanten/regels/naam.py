"""De naam waarmee iemand aangesproken wil worden, in elk schrift."""

from dataclasses import dataclass

from portal.klanten.regels.tekst import regel_tekst


@dataclass(frozen=True)
class NieuweNaam:
    """BREG2: eigen keuze, hoeft niet op een register te lijken; hooguit 200 tekens elk.

    `functie` and `bedrijfsnaam` belong to the contact point of a company.
    """

    waarde: str
    functie: str = ""
    bedrijfsnaam: str = ""

    def __post_init__(self) -> None:
        for veld in ("waarde", "functie", "bedrijfsnaam"):
            tekst = regel_tekst(
                getattr(self, veld), veld=veld, hooguit=200, verplicht=veld == "waarde"
            )
            object.__setattr__(self, veld, tekst)
