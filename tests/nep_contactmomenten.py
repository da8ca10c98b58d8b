"""The Contactmomenten API 1.1. `python -m tests.nep_contactmomenten --poort 8105`."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from tests.nep_server import Antwoord, Bak, Handeling, Nep, Verzoek, draai


class NepInteracties(Nep):
    """What Contactmomenten and Verzoeken have in common: the thing, and its link to a klant."""

    ding: ClassVar[str]
    uniek: ClassVar[tuple[str, ...]]

    def __init__(self, poort: int = 0) -> None:
        super().__init__(poort)
        self.dingen = Bak(self, f"/{self.naam}")
        self.koppelingen = Bak(self, f"/klant{self.naam}")
        self.verdwenen: set[str] = set()

    def handelingen(self) -> dict[tuple[str, str], Handeling]:
        dingen, koppelingen = self.dingen.pad, self.koppelingen.pad
        return {
            ("get", dingen): self.lijst,
            ("post", dingen): self.maak,
            ("get", f"{dingen}/{{uuid}}"): self.dingen.een,
            ("patch", f"{dingen}/{{uuid}}"): self.wijzig,
            ("delete", f"{dingen}/{{uuid}}"): self.dingen.weg,
            ("get", koppelingen): self.lijst_koppelingen,
            ("post", koppelingen): self.koppel,
            ("get", f"{koppelingen}/{{uuid}}"): self.koppelingen.een,
            ("delete", f"{koppelingen}/{{uuid}}"): self.koppelingen.weg,
        }

    def lijst(self, verzoek: Verzoek) -> Antwoord:
        rijen = [rij for rij in self.dingen.rijen.values() if _past(rij, verzoek.zoek)]
        return self.dingen.bladzijde(verzoek, rijen)

    def maak(self, verzoek: Verzoek) -> Antwoord:
        nu = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        return Antwoord(201, self.dingen.zet({"registratiedatum": nu, **_weergave(verzoek.inhoud)}))

    def wijzig(self, verzoek: Verzoek) -> Antwoord:
        rij = self.dingen.rijen.get(verzoek.waarden["uuid"])
        if rij is None:
            return self.fout(404, "not_found")
        rij.update(_weergave(verzoek.inhoud))
        return Antwoord(inhoud=rij)

    def lijst_koppelingen(self, verzoek: Verzoek) -> Antwoord:
        rijen = [rij for rij in self.koppelingen.rijen.values() if _past(rij, verzoek.zoek)]
        return self.koppelingen.bladzijde(verzoek, rijen)

    def koppel(self, verzoek: Verzoek) -> Antwoord:
        """Refuse a link to what does not exist, and the same link twice."""
        nieuw = verzoek.inhoud
        if self.dingen.bij_url(nieuw[self.ding]) is None or nieuw["klant"] in self.verdwenen:
            return self.fout(400, "bad-url")
        sleutel = tuple(nieuw.get(veld) for veld in self.uniek)
        for rij in self.koppelingen.rijen.values():
            if tuple(rij.get(veld) for veld in self.uniek) == sleutel:
                return self.fout(400, "unique")
        return Antwoord(201, self.koppelingen.zet(nieuw))


def _weergave(inhoud: dict[str, Any]) -> dict[str, Any]:
    """Contactmomenten 1.1 tells the name of the format besides its code."""
    tekst = inhoud.get("tekst")
    if isinstance(tekst, dict):
        return {**inhoud, "tekst": {**tekst, "formaatWeergave": tekst["formaat"].capitalize()}}
    return inhoud


def _past(rij: dict[str, Any], zoek: dict[str, str]) -> bool:
    return all(rij.get(veld) == waarde for veld, waarde in zoek.items() if veld != "page")


class NepContactmomenten(NepInteracties):
    """cm-004: a link is unique per contactmoment, klant and rol."""

    bestand = "contactmomenten-1.1.0.json"
    basispad = "/contactmomenten/api/v1"
    naam = "contactmomenten"
    ding = "contactmoment"
    uniek = ("contactmoment", "klant", "rol")


if __name__ == "__main__":
    draai(NepContactmomenten)
