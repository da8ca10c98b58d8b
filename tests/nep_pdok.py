"""The PDOK Locatieserver, `/free` only. `python -m tests.nep_pdok --poort 8103`."""

import re
from typing import Any

from tests.nep_server import Antwoord, Handeling, Nep, Verzoek, draai

ADRESSEN: list[tuple[str, int, str, str, str]] = [
    ("Dorpsstraat", 1, "", "", "1234AB"),
    ("Dorpsstraat", 3, "", "", "1234AB"),
    ("Dorpsstraat", 5, "", "", "1234AB"),
    ("Waterlaan", 12, "", "", "1234AB"),
    ("Waterlaan", 40, "B", "", "1234AB"),
    ("Molenweg", 12, "", "", "1234CD"),
    ("Molenweg", 12, "A", "", "1234CD"),
    ("Molenweg", 12, "A", "2", "1234CD"),
    ("Havenkade", 7, "", "", "1235AB"),
]
_VRAAG = re.compile(r"postcode:(\w{6}) AND huisnummer:(\d+)")


class NepPdok(Nep):
    """Addresses of Waterveen by postcode and number; anyone may ask."""

    bestand = "pdok-eigen.json"
    basispad = "/bzk/locatieserver/search/v3_1"
    naam = "pdok"

    def mag(self, verzoek: Verzoek) -> bool:
        return True

    def handelingen(self) -> dict[tuple[str, str], Handeling]:
        return {("get", "/free"): self.vrij}

    def vrij(self, verzoek: Verzoek) -> Antwoord:
        vraag = _VRAAG.fullmatch(verzoek.zoek.get("q", ""))
        postcode, nummer = vraag.groups() if vraag else ("", "0")
        rijen = [
            _rij(volg, *adres)
            for volg, adres in enumerate(ADRESSEN)
            if adres[4] == postcode and adres[1] == int(nummer)
        ]
        lijst = {"numFound": len(rijen), "start": 0, "numFoundExact": True, "docs": rijen}
        return Antwoord(inhoud={"response": lijst})


def _rij(volg: int, straat: str, nummer: int, letter: str, extra: str, pc: str) -> dict[str, Any]:
    rij = {
        "id": f"adr-{volg:04d}",
        "weergavenaam": f"{straat} {nummer}{letter}{extra}, {pc} Waterveen",
        "straatnaam": straat,
        "huisnummer": nummer,
        "postcode": pc,
        "woonplaatsnaam": "Waterveen",
        "nummeraanduiding_id": f"{200000000000 + volg:016d}",
    }
    if letter:
        rij["huisletter"] = letter
    if extra:
        rij["huisnummertoevoeging"] = extra
    return rij


if __name__ == "__main__":
    draai(NepPdok)
