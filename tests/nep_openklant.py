"""Open Klant 2.18, with its traps. `python -m tests.nep_openklant --poort 8108`."""

import re
import uuid
from typing import Any

from tests.contract import Contract, Treffer
from tests.nep_server import GEHEIM, Antwoord, Bak, Handeling, Nep, Verzoek, draai

Rij = dict[str, Any]
TELEFOON = re.compile(r"(0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13})")


class Geweigerd(Exception):
    """A rule of Open Klant itself, beyond its file."""


class NepOpenKlant(Nep):
    """Partijen with identificatoren, digitale adressen and rekeningnummers, as Open Klant acts.

    Its traps are here on purpose: a list that is sent replaces the links, an address that is left
    out is only unlinked, one standard address clears the others, an address group that is sent in
    part keeps the rest, deleting a partij deletes what hangs on it, and nothing tells of a change.
    """

    bestand = "open-klant-0.9.0.json"
    basispad = "/klantinteracties/api/v1"
    naam = "openklant"

    def __init__(self, poort: int = 0) -> None:
        super().__init__(poort)
        self.partijen = Bak(self, "/partijen")
        self.identificatoren = Bak(self, "/partij-identificatoren")
        self.adressen = Bak(self, "/digitaleadressen")
        self.rekeningen = Bak(self, "/rekeningnummers")

    def mag(self, verzoek: Verzoek) -> bool:
        return verzoek.koppen.get("authorization") == f"Token {GEHEIM}"

    def mankementen(self, regels: Contract, treffer: Treffer, verzoek: Verzoek) -> list[str]:
        """A PATCH of a partij may leave fields out, whatever the file says (README there)."""
        if (treffer.methode, treffer.sjabloon) == ("patch", "/partijen/{uuid}"):
            return regels.mankementen_velden("Base_PartijSerializer", verzoek.inhoud)
        return super().mankementen(regels, treffer, verzoek)

    def handelingen(self) -> dict[tuple[str, str], Handeling]:
        uit: dict[tuple[str, str], Handeling] = {}
        bakken = {
            self.partijen: (self._partijen, self._nieuwe_partij, self._wijzig_partij),
            self.identificatoren: (None, self._nieuwe_identificator, None),
            self.adressen: (self._adressen, self._nieuw_adres, self._wijzig_adres),
            self.rekeningen: (None, self._nieuwe_rekening, self._wijzig_rekening),
        }
        for bak, (lijst, maak, wijzig) in bakken.items():
            uit[("get", bak.pad)] = lijst or bak.bladzijde
            uit[("post", bak.pad)] = self._streng(maak)
            uit[("get", f"{bak.pad}/{{uuid}}")] = self._lees(bak)
            uit[("delete", f"{bak.pad}/{{uuid}}")] = self._wis(bak)
            if wijzig:
                uit[("patch", f"{bak.pad}/{{uuid}}")] = self._streng(wijzig)
        return uit

    def _streng(self, doe: Handeling) -> Handeling:
        def streng(verzoek: Verzoek) -> Antwoord:
            try:
                return doe(verzoek)
            except Geweigerd as nee:
                return self.fout(400, str(nee))

        return streng

    def _lees(self, bak: Bak) -> Handeling:
        def lees(verzoek: Verzoek) -> Antwoord:
            rij = bak.rijen.get(verzoek.waarden["uuid"])
            if rij is None:
                return self.fout(404, "not_found")
            return Antwoord(inhoud=self._met_lijsten(rij) if bak is self.partijen else rij)

        return lees

    def _wis(self, bak: Bak) -> Handeling:
        def wis(verzoek: Verzoek) -> Antwoord:
            sleutel = verzoek.waarden["uuid"]
            if bak is self.partijen:
                for ander, veld in self._aanhang():
                    for kind in [k for k, r in ander.rijen.items() if _uuid(r[veld]) == sleutel]:
                        del ander.rijen[kind]
            for partij in self.partijen.rijen.values():
                for veld in ("voorkeursDigitaalAdres", "voorkeursRekeningnummer"):
                    if _uuid(partij[veld]) == sleutel:
                        partij[veld] = None
            return bak.weg(verzoek)

        return wis

    def _aanhang(self) -> list[tuple[Bak, str]]:
        return [
            (self.identificatoren, "identificeerdePartij"),
            (self.adressen, "verstrektDoorPartij"),
            (self.rekeningen, "partij"),
        ]

    # --- partijen -------------------------------------------------------------------------------
    def _partijen(self, verzoek: Verzoek) -> Antwoord:
        rijen = [self._met_lijsten(rij) for rij in self.partijen.rijen.values()]
        voorvoegsels = (("partijIdentificator__", False), ("subIdentificatorVan__", True))
        for voorvoegsel, boven in voorvoegsels:
            vraag = {
                naam.removeprefix(voorvoegsel): waarde
                for naam, waarde in verzoek.zoek.items()
                if naam.startswith(voorvoegsel)
            }
            if vraag:
                rijen = [rij for rij in rijen if self._heeft(rij, vraag, boven=boven)]
        if soort := verzoek.zoek.get("soortPartij"):
            rijen = [rij for rij in rijen if rij["soortPartij"] == soort]
        return self.partijen.bladzijde(verzoek, rijen)

    def _heeft(self, partij: Rij, vraag: dict[str, str], *, boven: bool) -> bool:
        for rij in partij["partijIdentificatoren"]:
            if boven:
                rij = self.identificatoren.rijen.get(_uuid(rij["subIdentificatorVan"]) or "")
            if rij and all(rij["partijIdentificator"].get(n) == w for n, w in vraag.items()):
                return True
        return False

    def _met_lijsten(self, partij: Rij) -> Rij:
        sleutel = partij["uuid"]
        return {
            **partij,
            "partijIdentificatoren": [
                rij
                for rij in self.identificatoren.rijen.values()
                if _uuid(rij["identificeerdePartij"]) == sleutel
            ],
            "digitaleAdressen": _verwijzingen(self.adressen, "verstrektDoorPartij", sleutel),
            "rekeningnummers": _verwijzingen(self.rekeningen, "partij", sleutel),
        }

    def _nieuwe_partij(self, verzoek: Verzoek) -> Antwoord:
        inhoud = dict(verzoek.inhoud)
        identificatoren = inhoud.pop("partijIdentificatoren", None) or []
        sleutel = str(uuid.uuid4())
        for rij in identificatoren:
            self._eis_uniek(rij, sleutel)
        leeg = {
            "nummer": None,
            "interneNotitie": "",
            "betrokkenen": [],
            "categorieRelaties": [],
            "vertegenwoordigden": [],
            "voorkeursDigitaalAdres": None,
            "voorkeursRekeningnummer": None,
            "voorkeurstaal": "",
            "indicatieGeheimhouding": None,
            "bezoekadres": None,
            "correspondentieadres": None,
            "partijIdentificatie": None,
        }
        partij = self.partijen.zet({**leeg, **inhoud, "uuid": sleutel}, sleutel)
        self._groepeer(partij, {**leeg, "correspondentieadres": None}, inhoud)
        for rij in identificatoren:
            self._bewaar_identificator({**rij, "identificeerdePartij": {"uuid": sleutel}})
        return Antwoord(201, self._met_lijsten(partij))

    def _wijzig_partij(self, verzoek: Verzoek) -> Antwoord:
        partij = self.partijen.rijen.get(verzoek.waarden["uuid"])
        if partij is None:
            return self.fout(404, "not_found")
        oud, inhoud = dict(partij), dict(verzoek.inhoud)
        for veld, bak, eigen in (
            ("digitaleAdressen", self.adressen, "verstrektDoorPartij"),
            ("rekeningnummers", self.rekeningen, "partij"),
        ):
            if veld in inhoud:
                self._vervang_lijst(bak, eigen, partij["uuid"], inhoud.pop(veld) or [])
        inhoud.pop("partijIdentificatoren", None)
        self._eis_eigen_voorkeur(partij["uuid"], inhoud)
        partij.update(inhoud)
        self._groepeer(partij, oud, inhoud)
        return Antwoord(inhoud=self._met_lijsten(partij))

    def _groepeer(self, partij: Rij, oud: Rij, inhoud: Rij) -> None:
        """Trap: an address group sent in part keeps what is not named; null empties it."""
        if inhoud.get("correspondentieadres"):
            basis = oud["correspondentieadres"] or {}
            partij["correspondentieadres"] = {**basis, **inhoud["correspondentieadres"]}
        naam = (partij["partijIdentificatie"] or {}).get("contactnaam") or {}
        if isinstance(partij["partijIdentificatie"], dict):
            delen = [
                naam.get("voornaam"),
                naam.get("voorvoegselAchternaam"),
                naam.get("achternaam"),
            ]
            partij["partijIdentificatie"]["volledigeNaam"] = " ".join(filter(None, delen))
            werk = partij["partijIdentificatie"].get("werkteVoorPartij")
            if werk:
                partij["partijIdentificatie"]["uuid"] = partij["uuid"]
                werk["url"] = self.partijen.url(werk["uuid"])

    def _eis_eigen_voorkeur(self, sleutel: str, inhoud: Rij) -> None:
        for veld, bak, eigen in (
            ("voorkeursDigitaalAdres", self.adressen, "verstrektDoorPartij"),
            ("voorkeursRekeningnummer", self.rekeningen, "partij"),
        ):
            if inhoud.get(veld):
                rij = bak.rijen.get(inhoud[veld]["uuid"])
                if rij is None or _uuid(rij[eigen]) != sleutel:
                    raise Geweigerd(f"{veld}: niet van deze partij")
                inhoud[veld] = {"uuid": rij["uuid"], "url": rij["url"]}

    def _vervang_lijst(self, bak: Bak, veld: str, sleutel: str, lijst: list[Rij]) -> None:
        """Trap: what is left out is unlinked, and stays behind without an owner."""
        gewenst = {rij["uuid"] for rij in lijst}
        for rij in bak.rijen.values():
            if _uuid(rij[veld]) == sleutel and rij["uuid"] not in gewenst:
                rij[veld] = None
            elif rij["uuid"] in gewenst:
                rij[veld] = {"uuid": sleutel, "url": self.partijen.url(sleutel)}

    # --- identificatoren ------------------------------------------------------------------------
    def _nieuwe_identificator(self, verzoek: Verzoek) -> Antwoord:
        self._eis_uniek(verzoek.inhoud, _uuid(verzoek.inhoud.get("identificeerdePartij")) or "")
        return Antwoord(201, self._bewaar_identificator(verzoek.inhoud))

    def _bewaar_identificator(self, inhoud: Rij) -> Rij:
        sleutel = str(uuid.uuid4())
        eigenaar = _uuid(inhoud.get("identificeerdePartij"))
        boven = _uuid(inhoud.get("subIdentificatorVan"))
        return self.identificatoren.zet(
            {
                "uuid": sleutel,
                "partijIdentificator": inhoud["partijIdentificator"],
                "anderePartijIdentificator": "",
                "identificeerdePartij": eigenaar
                and {"uuid": eigenaar, "url": self.partijen.url(eigenaar)},
                "subIdentificatorVan": boven
                and {"uuid": boven, "url": self.identificatoren.url(boven)},
            },
            sleutel,
        )

    def _eis_uniek(self, nieuw: Rij, partij: str) -> None:
        soort = nieuw["partijIdentificator"]["codeSoortObjectId"]
        boven = _uuid(nieuw.get("subIdentificatorVan"))
        if soort == "vestigingsnummer" and not boven:
            raise Geweigerd("subIdentificatorVan: verplicht bij vestigingsnummer")
        for rij in self.identificatoren.rijen.values():
            zelfde = rij["partijIdentificator"] == nieuw["partijIdentificator"]
            if zelfde and _uuid(rij["subIdentificatorVan"]) == boven:
                raise Geweigerd("partijIdentificator: bestaat al")
            eigen = partij and _uuid(rij["identificeerdePartij"]) == partij
            if eigen and rij["partijIdentificator"]["codeSoortObjectId"] == soort:
                raise Geweigerd("codeSoortObjectId: een per soort per partij")

    # --- digitale adressen ----------------------------------------------------------------------
    def _adressen(self, verzoek: Verzoek) -> Antwoord:
        zoek = verzoek.zoek
        rijen = [
            rij
            for rij in self.adressen.rijen.values()
            if zoek.get("verstrektDoorPartij__uuid") in {None, _uuid(rij["verstrektDoorPartij"])}
            and zoek.get("referentie") in {None, rij["referentie"]}
        ]
        return self.adressen.bladzijde(verzoek, rijen)

    def _nieuw_adres(self, verzoek: Verzoek) -> Antwoord:
        sleutel = str(uuid.uuid4())
        leeg = {
            "omschrijving": "",
            "referentie": "",
            "isStandaardAdres": False,
            "verificatieDatum": None,
            "verstrektDoorBetrokkene": None,
            "verstrektDoorPartij": None,
        }
        return Antwoord(201, self._bewaar_adres(sleutel, {**leeg, **verzoek.inhoud}))

    def _wijzig_adres(self, verzoek: Verzoek) -> Antwoord:
        oud = self.adressen.rijen.get(verzoek.waarden["uuid"])
        if oud is None:
            return self.fout(404, "not_found")
        return Antwoord(inhoud=self._bewaar_adres(oud["uuid"], {**oud, **verzoek.inhoud}))

    def _bewaar_adres(self, sleutel: str, rij: Rij) -> Rij:
        partij = _uuid(rij["verstrektDoorPartij"])
        if rij["soortDigitaalAdres"] == "telefoonnummer" and not TELEFOON.fullmatch(rij["adres"]):
            raise Geweigerd("adres: geen telefoonnummer")
        if rij["soortDigitaalAdres"] == "email" and "@" not in rij["adres"]:
            raise Geweigerd("adres: geen e-mailadres")
        for ander in self.adressen.rijen.values():
            zelfde = ander["soortDigitaalAdres"] == rij["soortDigitaalAdres"]
            van_partij = partij and _uuid(ander["verstrektDoorPartij"]) == partij
            if ander["uuid"] == sleutel or not (zelfde and van_partij):
                continue
            if rij["referentie"] and ander["referentie"] == rij["referentie"]:
                raise Geweigerd("referentie: bestaat al")
            if rij["isStandaardAdres"]:
                ander["isStandaardAdres"] = False
        if partij:
            rij = {**rij, "verstrektDoorPartij": {"uuid": partij, "url": self.partijen.url(partij)}}
        return self.adressen.zet({**rij, "uuid": sleutel}, sleutel)

    # --- rekeningnummers ------------------------------------------------------------------------
    def _nieuwe_rekening(self, verzoek: Verzoek) -> Antwoord:
        sleutel = str(uuid.uuid4())
        return Antwoord(201, self._bewaar_rekening(sleutel, {"partij": None, **verzoek.inhoud}))

    def _wijzig_rekening(self, verzoek: Verzoek) -> Antwoord:
        oud = self.rekeningen.rijen.get(verzoek.waarden["uuid"])
        if oud is None:
            return self.fout(404, "not_found")
        return Antwoord(inhoud=self._bewaar_rekening(oud["uuid"], {**oud, **verzoek.inhoud}))

    def _bewaar_rekening(self, sleutel: str, rij: Rij) -> Rij:
        partij = _uuid(rij["partij"])
        if partij:
            rij = {**rij, "partij": {"uuid": partij, "url": self.partijen.url(partij)}}
        return self.rekeningen.zet({**rij, "uuid": sleutel}, sleutel)


def _uuid(verwijzing: Rij | None) -> str | None:
    return verwijzing["uuid"] if verwijzing else None


def _verwijzingen(bak: Bak, veld: str, sleutel: str) -> list[Rij]:
    return [
        {"uuid": rij["uuid"], "url": rij["url"]}
        for rij in bak.rijen.values()
        if _uuid(rij[veld]) == sleutel
    ]


if __name__ == "__main__":
    draai(NepOpenKlant)
