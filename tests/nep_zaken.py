"""The Zaken API, searched by body. `python -m tests.nep_zaken --poort 8104`."""

from typing import Any

from tests.nep_server import Antwoord, Bak, Handeling, Nep, Verzoek, draai

_ROL = "rol__betrokkeneIdentificatie__"
ZOEKSLEUTELS = {
    f"{_ROL}natuurlijkPersoon__inpBsn",
    f"{_ROL}nietNatuurlijkPersoon__innNnpId",
    f"{_ROL}vestiging__vestigingsNummer",
}


TYPE = {
    "natuurlijkPersoon": "natuurlijk_persoon",
    "nietNatuurlijkPersoon": "niet_natuurlijk_persoon",
    "vestiging": "vestiging",
}


class NepZaken(Nep):
    """Zaken API 1.5.2: `_zoek` and reading one zaak. `zaak()` adds one, for tests and demo."""

    bestand = "zaken-1.5.2.json"
    basispad = "/zaken/api/v1"
    naam = "zaken"

    def __init__(self, poort: int = 0) -> None:
        super().__init__(poort)
        self.zaken = Bak(self, "/zaken")
        self.betrokkenen: dict[str, set[str]] = {}

    def begin(self) -> None:
        """One open zaak of Omar, for the demo."""
        self.zaak("ZAAK-2026-0000000042", betrokkene="999990421")

    def zaak(self, identificatie: str, *, betrokkene: str, **velden: Any) -> str:
        """Add a zaak of this person or company; return its URL."""
        rij = self.zaken.zet(
            {
                "identificatie": identificatie,
                "bronorganisatie": "823288444",
                "verantwoordelijkeOrganisatie": "823288444",
                "zaaktype": "https://catalogi.waterveen.example/zaaktypen/1",
                "startdatum": "2026-01-10",
                "einddatum": None,
                "archiefnominatie": None,
                "archiefactiedatum": None,
                "archiefstatus": "nog_te_archiveren",
                "betalingsindicatieWeergave": "",
                "deelzaken": [],
                "eigenschappen": [],
                "rollen": [],
                "zaakinformatieobjecten": [],
                "zaakobjecten": [],
                "status": None,
                "resultaat": None,
                **velden,
            }
        )
        rij["uuid"] = rij["url"].rsplit("/", 1)[-1]
        self.betrokkenen.setdefault(betrokkene, set()).add(rij["url"])
        return str(rij["url"])

    def wijzig(self, url: str, **velden: Any) -> None:
        """Change a zaak as a zaaksysteem would: close it, give it an archive date."""
        rij = self.zaken.bij_url(url)
        assert rij is not None
        rij.update(velden)

    def handelingen(self) -> dict[tuple[str, str], Handeling]:
        return {
            ("post", "/zaken/_zoek"): self.zoek,
            ("get", "/zaken/{uuid}"): self.zaken.een,
        }

    def zoek(self, verzoek: Verzoek) -> Antwoord:
        sleutels = ZOEKSLEUTELS & verzoek.inhoud.keys()
        if len(sleutels) != 1 or verzoek.inhoud.keys() - sleutels - {"expand"}:
            return self.fout(400, "onbekende-zoeksleutel")
        (sleutel,) = sleutels
        nummer = verzoek.inhoud[sleutel]
        urls = self.betrokkenen.get(nummer, set())
        rijen = [rij for rij in self.zaken.rijen.values() if rij["url"] in urls]
        if verzoek.inhoud.get("expand") == "rollen":
            rijen = [{**rij, "_expand": {"rollen": [_rol(rij, sleutel, nummer)]}} for rij in rijen]
        return self.zaken.bladzijde(verzoek, rijen)


def _rol(zaak: dict[str, Any], sleutel: str, nummer: str) -> dict[str, Any]:
    soort, veld = sleutel.removeprefix(_ROL).split("__")
    return {
        "url": f"{zaak['url']}/rol",
        "uuid": zaak["uuid"],
        "zaak": zaak["url"],
        "betrokkeneType": TYPE[soort],
        "roltype": "https://catalogi.waterveen.example/roltypen/1",
        "roltoelichting": "",
        "omschrijving": "Initiator",
        "omschrijvingGeneriek": "initiator",
        "registratiedatum": "2026-01-10T09:00:00Z",
        "statussen": [],
        "betrokkeneIdentificatie": {veld: nummer},
    }


if __name__ == "__main__":
    draai(NepZaken)
