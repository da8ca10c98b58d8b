"""The KvK's three APIs; test companies only. `python -m tests.nep_kvk --poort 8102`."""

from typing import Any

from tests.nep_server import GEHEIM, Antwoord, Handeling, Nep, Verzoek, draai


def _bezoek(straat: str, nummer: int, postcode: str) -> dict[str, Any]:
    return {
        "type": "bezoekadres",
        "indAfgeschermd": "Nee",
        "straatnaam": straat,
        "huisnummer": nummer,
        "postcode": postcode,
        "plaats": "Waterveen",
        "land": "Nederland",
    }


BEDRIJVEN: dict[str, dict[str, Any]] = {
    "90000011": {
        "naam": "Bakkerij De Korenbloem",
        "rechtsvorm": "Eenmanszaak",
        "vestigingen": [
            ("000090000011", "Bakkerij De Korenbloem", "Dorpsstraat", 3, "1234AB"),
            ("000090000022", "De Korenbloem aan de haven", "Havenkade", 12, "1235AB"),
        ],
    },
    "69599084": {
        "naam": "Test EMZ Dagobert",
        "rechtsvorm": "Eenmanszaak",
        "vestigingen": [("000038509504", "Test EMZ Dagobert", "Molenweg", 14, "1234CD")],
    },
    "68750110": {
        "naam": "Test BV Donald",
        "rechtsvorm": "Besloten Vennootschap",
        "rsin": "857587973",
        "vestigingen": [
            ("000037178598", "Test BV Donald", "Dorpsstraat", 5, "1234AB"),
            ("000037178601", "Test BV Donald, werkplaats", "Havenkade", 9, "1235AB"),
        ],
    },
    "69599068": {
        "naam": "Test Stichting Bolderbast",
        "rechtsvorm": "Stichting",
        "rsin": "857587974",
        "vestigingen": [("000037178599", "Test Stichting Bolderbast", "Molenweg", 1, "1234CD")],
    },
}


class NepKvk(Nep):
    """Zoeken 2, Basisprofiel 1.5, Vestigingsprofiel 1.4."""

    bestand = "kvk-eigen.json"
    basispad = "/kvk/api"
    naam = "kvk"

    def mag(self, verzoek: Verzoek) -> bool:
        return verzoek.koppen.get("apikey") == GEHEIM

    def fout(self, status: int, code: str) -> Antwoord:
        inhoud = {"fout": [{"code": f"IPD{status}", "omschrijving": code}]}
        return Antwoord(status, inhoud, "application/hal+json")

    def handelingen(self) -> dict[tuple[str, str], Handeling]:
        return {
            ("get", "/v1/basisprofielen/{kvkNummer}"): self.basisprofiel,
            ("get", "/v1/basisprofielen/{kvkNummer}/vestigingen"): self.vestigingen,
            ("get", "/v1/vestigingsprofielen/{vestigingsnummer}"): self.vestigingsprofiel,
        }

    def basisprofiel(self, verzoek: Verzoek) -> Antwoord:
        kvk = verzoek.waarden["kvkNummer"]
        bedrijf = BEDRIJVEN.get(kvk)
        if bedrijf is None:
            return self._hal(None)
        nummer, naam, *adres = bedrijf["vestigingen"][0]
        eigenaar = {"rechtsvorm": bedrijf["rechtsvorm"]}
        if "rsin" in bedrijf:
            eigenaar["rsin"] = bedrijf["rsin"]
        hoofd = {
            "vestigingsnummer": nummer,
            "kvkNummer": kvk,
            "eersteHandelsnaam": naam,
            "adressen": [_bezoek(*adres)],
        }
        ingesloten = {"eigenaar": eigenaar, "hoofdvestiging": hoofd}
        return self._hal({"kvkNummer": kvk, "naam": bedrijf["naam"], "_embedded": ingesloten})

    def vestigingen(self, verzoek: Verzoek) -> Antwoord:
        kvk = verzoek.waarden["kvkNummer"]
        if kvk not in BEDRIJVEN:
            return self._hal(None)
        rijen = [
            {
                "vestigingsnummer": nummer,
                "kvkNummer": kvk,
                "eersteHandelsnaam": naam,
                "indHoofdvestiging": "Nee" if teller else "Ja",
                "volledigAdres": f"{straat} {huisnummer} {postcode} Waterveen",
            }
            for teller, (nummer, naam, straat, huisnummer, postcode) in enumerate(
                BEDRIJVEN[kvk]["vestigingen"]
            )
        ]
        return self._hal(
            {"kvkNummer": kvk, "totaalAantalVestigingen": len(rijen), "vestigingen": rijen}
        )

    def vestigingsprofiel(self, verzoek: Verzoek) -> Antwoord:
        for kvk, bedrijf in BEDRIJVEN.items():
            for teller, (nummer, naam, *adres) in enumerate(bedrijf["vestigingen"]):
                if nummer == verzoek.waarden["vestigingsnummer"]:
                    return self._hal(
                        {
                            "vestigingsnummer": nummer,
                            "kvkNummer": kvk,
                            "eersteHandelsnaam": naam,
                            "indHoofdvestiging": "Nee" if teller else "Ja",
                            "adressen": [_bezoek(*adres)],
                        }
                    )
        return self._hal(None)

    def _hal(self, inhoud: dict[str, Any] | None) -> Antwoord:
        if inhoud is None:
            return self.fout(404, "niets gevonden")
        return Antwoord(200, inhoud, "application/hal+json")


if __name__ == "__main__":
    draai(NepKvk)
