"""The Verzoeken API 1.0.0-beta. `python -m tests.nep_verzoeken --poort 8106`."""

from tests.nep_contactmomenten import NepInteracties
from tests.nep_server import Antwoord, Verzoek, draai


class NepVerzoeken(NepInteracties):
    """vrz-001: identificatie unique per organisation; vrz-004: a link unique per klant and rol."""

    bestand = "verzoeken-1.0.0-beta.json"
    basispad = "/verzoeken/api/v1"
    naam = "verzoeken"
    ding = "verzoek"
    uniek = ("klant", "verzoek", "rol")

    def maak(self, verzoek: Verzoek) -> Antwoord:
        kenmerk = (verzoek.inhoud["bronorganisatie"], verzoek.inhoud.get("identificatie"))
        for rij in self.dingen.rijen.values():
            if kenmerk[1] and (rij["bronorganisatie"], rij["identificatie"]) == kenmerk:
                return self.fout(400, "identificatie-niet-uniek")
        nummer = f"VERZOEK-2026-{len(self.dingen.rijen) + 1:010d}"
        verzoek.inhoud.setdefault("identificatie", nummer)
        return super().maak(verzoek)


if __name__ == "__main__":
    draai(NepVerzoeken)
