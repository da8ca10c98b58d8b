"""Who receives terugmeldingen. `python -m tests.nep_terugmelding --poort 8109`."""

import uuid

from tests.nep_server import GEHEIM, Antwoord, Bak, Handeling, Nep, Verzoek, draai


class NepTerugmelding(Nep):
    """The draft standard 0.2 of Logius: send one, ask how it is."""

    bestand = "terugmelding-0.2.json"
    basispad = "/terugmelden/v0"
    naam = "terugmelding"

    def __init__(self, poort: int = 0) -> None:
        super().__init__(poort)
        self.meldingen = Bak(self, "/terugmelding")

    def mag(self, verzoek: Verzoek) -> bool:
        return verzoek.koppen.get("authorization") == f"Bearer {GEHEIM}"

    def handelingen(self) -> dict[tuple[str, str], Handeling]:
        return {("post", "/terugmelding"): self.meld, ("get", "/terugmelding"): self.stand}

    def meld(self, verzoek: Verzoek) -> Antwoord:
        sleutel = str(uuid.uuid4())
        self.meldingen.zet({"inhoud": verzoek.inhoud, "status": "Gemeld"}, sleutel)
        return self._ontvangen(sleutel)

    def stand(self, verzoek: Verzoek) -> Antwoord:
        sleutel = verzoek.zoek["terugMeldingReferentie"]
        return self._ontvangen(sleutel) if sleutel in self.meldingen.rijen else Antwoord(404)

    def _ontvangen(self, sleutel: str) -> Antwoord:
        rij = self.meldingen.rijen[sleutel]
        kenmerk = rij["inhoud"]["terugMeldingHeader"]["referentiekenmerk"]
        ontvangen = {"terugMeldingReferentie": sleutel, "referentieKenmerk": kenmerk}
        return Antwoord(inhoud={**ontvangen, "status": rij["status"]})


if __name__ == "__main__":
    draai(NepTerugmelding)
