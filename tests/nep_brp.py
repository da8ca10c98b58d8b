"""The BRP, as far as one question goes. `python -m tests.nep_brp --poort 8101`."""

from typing import Any

from tests.nep_server import GEHEIM, Antwoord, Handeling, Nep, Verzoek, draai

PERSONEN: dict[str, dict[str, Any]] = {
    "999990019": {
        "naam": {"voornamen": "Noor Elisabeth", "volledigeNaam": "Noor Elisabeth de Wit"},
        "adressering": {"adresregel1": "Dorpsstraat 1", "adresregel2": "1234 AB  WATERVEEN"},
    },
    "999990482": {
        "naam": {"voornamen": "Zoë", "volledigeNaam": "Zoë van Zuiden"},
        "adressering": {"adresregel1": "Waterlaan 40 B", "adresregel2": "1234 AB  WATERVEEN"},
    },
    "999993653": {
        "naam": {"voornamen": "Samuel", "volledigeNaam": "Samuel Jansen"},
        "adressering": {"adresregel1": "Molenweg 12 A", "adresregel2": "1234 CD  WATERVEEN"},
    },
    "999990421": {
        "naam": {"voornamen": "Omar", "volledigeNaam": "Omar el Idrissi"},
        "adressering": {
            "adresregel1": "Havenkade 7",
            "adresregel2": "1235 AB  WATERVEEN",
            "inOnderzoek": {"adresregel1": True, "adresregel2": True},
        },
    },
    "999990433": {
        "naam": {"volledigeNaam": "Ada Lindqvist"},
        "adressering": {
            "adresregel1": "Storgatan 3",
            "adresregel2": "111 22 STOCKHOLM",
            "land": {"code": "5039", "omschrijving": "Zweden"},
        },
        "opschortingBijhouding": {"reden": {"code": "E", "omschrijving": "emigratie"}},
    },
}
AUTOMATISCH = ("inOnderzoek", "opschortingBijhouding", "geheimhoudingPersoonsgegevens")


class NepBrp(Nep):
    """BRP personen bevragen 2.7: only the fields that were asked come back."""

    bestand = "brp-personen-2.7.0.json"
    basispad = "/haalcentraal/api/brp"
    naam = "brp"

    def mag(self, verzoek: Verzoek) -> bool:
        return verzoek.koppen.get("x-api-key") == GEHEIM

    def handelingen(self) -> dict[tuple[str, str], Handeling]:
        return {("post", "/personen"): self.raadpleeg}

    def raadpleeg(self, verzoek: Verzoek) -> Antwoord:
        vraag = verzoek.inhoud
        if vraag["type"] != "RaadpleegMetBurgerservicenummer":
            return self.fout(400, "onbekende-vraag")
        if any(veld.split(".")[-1] in AUTOMATISCH for veld in vraag["fields"]):
            return self.fout(400, "fields")
        gevonden = [
            _beperkt({"burgerservicenummer": bsn, **PERSONEN[bsn]}, vraag["fields"])
            for bsn in vraag["burgerservicenummer"]
            if bsn in PERSONEN
        ]
        return Antwoord(inhoud={"type": vraag["type"], "personen": gevonden})


def _beperkt(persoon: dict[str, Any], velden: list[str]) -> dict[str, Any]:
    """Give only what was asked, and what the BRP always gives of its own accord."""
    uit = {naam: persoon[naam] for naam in AUTOMATISCH if naam in persoon}
    for veld in velden:
        groep, _, deel = veld.partition(".")
        if not deel:
            uit |= {groep: persoon[groep]} if groep in persoon else {}
        elif deel in persoon.get(groep, {}):
            vak = uit.setdefault(groep, {})
            vak[deel] = persoon[groep][deel]
            vak |= {n: persoon[groep][n] for n in AUTOMATISCH if n in persoon[groep]}
    return uit


if __name__ == "__main__":
    draai(NepBrp)
