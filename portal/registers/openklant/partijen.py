"""Welke partij hoort bij welke klant: zoeken vóór maken, en nooit een tweede voor dezelfde mens.

A person is a partij with a BSN. A company is one organisatie with a KvK number (a branch: with a
vestigingsnummer below it), and each klant of it a contactpersoon that works there. Someone from
abroad has no number there and is known by our own link only.
"""

from dataclasses import dataclass
from uuid import UUID

from accounts.identiteit import Identiteit, Soort, ontzegel_identiteit
from portal.klanten.models import Klant
from portal.registers.models import Koppeling
from portal.registers.openklant import vormen
from portal.registers.openklant.omzetting import Gewenst

Inhoud = dict[str, object]


@dataclass(frozen=True)
class Nummer:
    """An identificator as Open Klant spells it; `objectId` stays out of every text."""

    register: str
    objecttype: str
    soort: str
    waarde: str

    def __repr__(self) -> str:
        return f"Nummer({self.soort} ***)"

    def codes(self) -> dict[str, str]:
        """Return the four parts, for a body or a search."""
        return {
            "codeRegister": self.register,
            "codeObjecttype": self.objecttype,
            "codeSoortObjectId": self.soort,
            "objectId": self.waarde,
        }


def koppeling_van(klant: Klant, naar: Gewenst) -> Koppeling:
    """Return the link of this klant, looking first and making only what is not there.

    Raises Buurstoring. Nothing of ours is in a transaction while we ask.
    """
    bekend = Koppeling.objects.filter(klant=klant.pk).first()
    if bekend and vormen.lees_partij(bekend.partij):
        return bekend
    identiteit = ontzegel_identiteit(klant.subject_verzegeld, klant.subject_index)
    partij, eigen = _zoek_of_maak(identiteit, naar)
    koppeling, _ = Koppeling.objects.update_or_create(
        klant=klant.pk, defaults={"partij": partij, "eigen": eigen, "versie": 0, "rekening": None}
    )
    return koppeling


def _zoek_of_maak(identiteit: Identiteit, naar: Gewenst) -> tuple[UUID, bool]:
    if identiteit.soort is Soort.BSN:
        nummer = Nummer("brp", "natuurlijk_persoon", "bsn", identiteit.onthul())
        if gevonden := _zoek(nummer, "persoon"):
            return gevonden.uuid, False
        return _maak("persoon", naar, [{"partijIdentificator": nummer.codes()}], None), True
    if identiteit.bedrijf() or identiteit.soort is Soort.RSIN:
        return _maak("contactpersoon", naar, None, _organisatie(identiteit)), True
    return _maak("persoon", naar, None, None), True


def _zoek(nummer: Nummer, soort: str) -> vormen.Partij | None:
    gevonden = vormen.zoek_partijen(nummer.codes())
    return next((partij for partij in gevonden if partij.soort_partij == soort), None)


def _maak(soort: str, naar: Gewenst, nummers: list[Inhoud] | None, werk: UUID | None) -> UUID:
    persoon: Inhoud = {"contactnaam": contactnaam(naar.naam)}
    if werk:
        persoon["werkteVoorPartij"] = {"uuid": str(werk)}
    inhoud: Inhoud = {
        "soortPartij": soort,
        "partijIdentificatoren": nummers,
        "partijIdentificatie": persoon,
    }
    return vormen.maak_partij(inhoud).uuid


def contactnaam(naam: str) -> dict[str, str]:
    """The name a person goes by, whole: Open Klant cuts names in parts, people do not."""
    return {"voorletters": "", "voornaam": naam, "voorvoegselAchternaam": "", "achternaam": ""}


def _organisatie(identiteit: Identiteit) -> UUID:
    bedrijf = identiteit.bedrijf()
    if bedrijf is None:
        return _met_nummer(Nummer("hr", "niet_natuurlijk_persoon", "rsin", identiteit.onthul()))
    kvk = Nummer("hr", "niet_natuurlijk_persoon", "kvk_nummer", bedrijf.onthul())
    if identiteit.soort is not Soort.VESTIGING:
        return _met_nummer(kvk)
    hoofd = _identificator(_met_nummer(kvk), "kvk_nummer")
    tak = Nummer("hr", "vestiging", "vestigingsnummer", identiteit.onthul())
    return _vestiging(tak, hoofd)


def _met_nummer(nummer: Nummer) -> UUID:
    if gevonden := _zoek(nummer, "organisatie"):
        return gevonden.uuid
    inhoud: Inhoud = {
        "soortPartij": "organisatie",
        "partijIdentificatoren": [{"partijIdentificator": nummer.codes()}],
        "partijIdentificatie": {"naam": ""},
    }
    return vormen.maak_partij(inhoud).uuid


def _identificator(partij: UUID, soort: str) -> UUID:
    gelezen = vormen.lees_partij(partij)
    rijen = gelezen.partij_identificatoren if gelezen else []
    return next(r.uuid for r in rijen if r.partij_identificator.code_soort_object_id == soort)


def _vestiging(tak: Nummer, onder: UUID) -> UUID:
    """C8: the same vestigingsnummer under another KvK number is another branch."""
    for partij in vormen.zoek_partijen(tak.codes()):
        for rij in partij.partij_identificatoren:
            if rij.sub_identificator_van and rij.sub_identificator_van.uuid == onder:
                return partij.uuid
    nummers: list[Inhoud] = [
        {"partijIdentificator": tak.codes(), "subIdentificatorVan": {"uuid": str(onder)}}
    ]
    inhoud: Inhoud = {
        "soortPartij": "organisatie",
        "partijIdentificatoren": nummers,
        "partijIdentificatie": {"naam": ""},
    }
    return vormen.maak_partij(inhoud).uuid
