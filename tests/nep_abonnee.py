"""A zaaksysteem that hears notifications as the standard has it: `auth` or 401, no other form."""

from typing import Any, ClassVar

from tests.nep_server import Antwoord, Handeling, Nep, Verzoek


class NepAbonnee(Nep):
    """`auth` is what it wants in Authorization; empty: anybody may post. `gehoord`: accepted."""

    bestand: ClassVar[str] = "notificaties-ontvanger-1.0.0-rc1.json"
    naam = "abonnee"

    def __init__(self, auth: str, poort: int = 0) -> None:
        super().__init__(poort)
        self.auth = auth

    def mag(self, verzoek: Verzoek) -> bool:
        return self.auth in {"", verzoek.koppen.get("authorization", "")}

    def handelingen(self) -> dict[tuple[str, str], Handeling]:
        return {("post", "/{webhooks_path}"): lambda _: Antwoord(204)}

    @property
    def gehoord(self) -> list[dict[str, Any]]:
        """Every notification that came with the right `auth`, without the tries."""
        return [
            verzoek.inhoud
            for verzoek in self.verzoeken
            if self.mag(verzoek) and verzoek.inhoud["kanaal"] != "test"
        ]
