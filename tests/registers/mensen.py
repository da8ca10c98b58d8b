"""People with a real number, who save klantgegevens through the acts of the domain."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from accounts.identiteit import Identiteit, Soort, blinde_index, verzegel_identiteit
from portal.klanten import handelingen
from portal.klanten.models import Klant
from portal.klanten.regels import (
    Authenticatie,
    NieuwDigitaalAdres,
    NieuweNaam,
    Subjectsoort,
    Uitkomst,
)
from tests.mensen import DE_KORENBLOEM, NOOR, NU

SUBJECT = {
    Soort.BSN: Subjectsoort.NATUURLIJK_PERSOON,
    Soort.KVK: Subjectsoort.NIET_NATUURLIJK_PERSOON,
    Soort.VESTIGING: Subjectsoort.VESTIGING,
    Soort.EIDAS: Subjectsoort.BUITENLANDS,
}


class Mens:
    """Someone at the portal; every act is as if made from the page of this moment."""

    def __init__(self, identiteit: Identiteit, berichten: list) -> None:
        self.identiteit = identiteit
        self.door = _authenticatie(identiteit)
        self._berichten = berichten
        self.klant_id: UUID | None = None

    def gang(self, na: timedelta = timedelta()) -> dict:
        versie = Klant.objects.get(pk=self.klant_id).versie if self.klant_id else 0
        return {"door": self.door, "gezien": versie, "sleutel": None, "op": NU + na}

    def noemt_zich(self, naam: str, functie: str = "") -> Uitkomst:
        nieuw = NieuweNaam(naam, functie)
        uitkomst = handelingen.wijzig_naam(self.klant_id, naam=nieuw, **self.gang())
        self.klant_id = uitkomst.klant
        return uitkomst

    def doet(self, handeling: str, **wat: object) -> Uitkomst:
        """`mens.doet("verwijder_naam")`: any act of the domain on the own klant."""
        uitkomst = getattr(handelingen, handeling)(self.klant_id, **wat, **self.gang())
        self.klant_id = uitkomst.klant
        return uitkomst

    def heeft(self, adres: NieuwDigitaalAdres) -> UUID:
        """Add an address and confirm it with the code that was sent."""
        nieuw = self.doet("voeg_digitaal_adres_toe", adres=adres)
        self.doet("bevestig", waarde=nieuw.waarde, code=self._berichten[-1].inhoud["code"])
        assert nieuw.waarde
        return nieuw.waarde

    @property
    def klant(self) -> Klant:
        return Klant.objects.met_waarden().get(pk=self.klant_id)


def _authenticatie(identiteit: Identiteit) -> Authenticatie:
    soort, bedrijf = SUBJECT[identiteit.soort], identiteit.bedrijf()
    basis = DE_KORENBLOEM if bedrijf else NOOR
    return replace(
        basis,
        subjectsoort=soort,
        subject_index=blinde_index(identiteit),
        subject_verzegeld=verzegel_identiteit(identiteit),
        bedrijf_index=blinde_index(bedrijf) if bedrijf else "",
        rsin_index="",
        land="DE" if identiteit.soort is Soort.EIDAS else "",
    )
