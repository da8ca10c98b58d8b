"""De antwoorden van Open Klant, voor zover wij ze lezen, en de vragen die we stellen."""

from collections.abc import Callable, Mapping
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import Field

from portal.registers.verbinding import Antwoordvorm, Geweigerd, Vraag, buur, vraag, zend

Tekst = Annotated[str, Field(max_length=1000)]
_Vorm = TypeVar("_Vorm", bound=Antwoordvorm)


class Verwijzing(Antwoordvorm):
    uuid: UUID


class Nummer(Antwoordvorm):
    code_soort_object_id: Tekst
    object_id: Tekst


class Identificator(Antwoordvorm):
    uuid: UUID
    partij_identificator: Nummer
    sub_identificator_van: Verwijzing | None = None


class Partij(Antwoordvorm):
    uuid: UUID
    soort_partij: Tekst
    voorkeurstaal: Tekst = ""
    indicatie_actief: bool = True
    betrokkenen: list[Verwijzing] = []
    partij_identificatoren: list[Identificator] = []
    rekeningnummers: list[Verwijzing] | None = None
    voorkeurs_digitaal_adres: Verwijzing | None = None
    voorkeurs_rekeningnummer: Verwijzing | None = None
    partij_identificatie: dict[str, object] | None = None
    correspondentieadres: dict[str, str | int | None] | None = None


class Partijen(Antwoordvorm):
    results: list[Partij]


class DigitaalAdres(Antwoordvorm):
    uuid: UUID
    adres: Tekst
    soort_digitaal_adres: Tekst
    is_standaard_adres: bool = False
    omschrijving: Tekst = ""
    referentie: Tekst = ""
    verificatie_datum: str | None = None
    verstrekt_door_partij: Verwijzing | None = None

    @property
    def stand(self) -> dict[str, object]:
        """Return the fields that we set, as we set them."""
        return {
            "soortDigitaalAdres": self.soort_digitaal_adres,
            "adres": self.adres,
            "omschrijving": self.omschrijving,
            "isStandaardAdres": self.is_standaard_adres,
            "verificatieDatum": self.verificatie_datum,
        }


class DigitaleAdressen(Antwoordvorm):
    results: list[DigitaalAdres]


class Rekening(Antwoordvorm):
    uuid: UUID
    iban: Tekst
    bic: Tekst = ""


def zoek_partijen(nummer: Mapping[str, str]) -> list[Partij]:
    """Return the partijen with this identificator (codes and objectId); asks once, by GET (C5).

    Raises Buurstoring; an answer that holds somebody else is not used.
    """

    def past(antwoord: Partijen) -> bool:
        return all(
            any(
                (i.partij_identificator.code_soort_object_id, i.partij_identificator.object_id)
                == (nummer["codeSoortObjectId"], nummer["objectId"])
                for i in partij.partij_identificatoren
            )
            for partij in antwoord.results
        )

    zoek = {f"partijIdentificator__{naam}": waarde for naam, waarde in nummer.items()}
    wat = Vraag("GET", "/partijen", zoek={**zoek, "pageSize": 100})
    return vraag(buur("openklant"), wat, Partijen, past).results


def lees_partij(sleutel: UUID) -> Partij | None:
    """Return the partij, or None when it is gone there."""
    return _misschien(f"/partijen/{sleutel}", Partij, lambda p: p.uuid == sleutel)


def adressen_van(partij: UUID) -> list[DigitaalAdres]:
    """Return all digital addresses of this partij, ours and those of other systems."""

    def past(antwoord: DigitaleAdressen) -> bool:
        eigenaren = {
            a.verstrekt_door_partij and a.verstrekt_door_partij.uuid for a in antwoord.results
        }
        return eigenaren <= {partij}

    zoek: dict[str, str | int] = {"verstrektDoorPartij__uuid": str(partij), "pageSize": 500}
    wat = Vraag("GET", "/digitaleadressen", zoek=zoek)
    return vraag(buur("openklant"), wat, DigitaleAdressen, past).results


def maak_partij(inhoud: Mapping[str, object]) -> Partij:
    """Create a partij; all fields that the file demands are sent, empty where we have nothing."""
    leeg: dict[str, object] = {
        "digitaleAdressen": None,
        "voorkeursDigitaalAdres": None,
        "rekeningnummers": None,
        "voorkeursRekeningnummer": None,
        "partijIdentificatoren": None,
        "indicatieGeheimhouding": None,
        "indicatieActief": True,
    }
    return _vraag("POST", "/partijen", Partij, {**leeg, **inhoud})


def wijzig_partij(sleutel: UUID, inhoud: Mapping[str, object]) -> Partij:
    """Change only what is named."""
    return _vraag("PATCH", f"/partijen/{sleutel}", Partij, inhoud)


def zet_adres(sleutel: UUID | None, inhoud: Mapping[str, object]) -> DigitaalAdres:
    """Create (None) or change a digital address."""
    pad, methode = (
        ("/digitaleadressen", "POST")
        if sleutel is None
        else (
            f"/digitaleadressen/{sleutel}",
            "PATCH",
        )
    )
    return _vraag(methode, pad, DigitaalAdres, inhoud)


def lees_rekening(sleutel: UUID) -> Rekening | None:
    """Return a bank account, or None when it is gone there."""
    return _misschien(f"/rekeningnummers/{sleutel}", Rekening, lambda r: r.uuid == sleutel)


def zet_rekening(sleutel: UUID | None, inhoud: Mapping[str, object]) -> Rekening:
    """Create (None) or change a bank account."""
    if sleutel is None:
        return _vraag("POST", "/rekeningnummers", Rekening, inhoud)
    return _vraag("PATCH", f"/rekeningnummers/{sleutel}", Rekening, inhoud)


def wis(soort: str, sleutel: UUID) -> None:
    """Delete one resource; already gone is fine."""
    try:
        zend(buur("openklant"), Vraag("DELETE", f"/{soort}/{sleutel}"))
    except Geweigerd as nee:
        if nee.status != 404:
            raise


def _misschien(pad: str, vorm: type[_Vorm], past: Callable[[_Vorm], bool]) -> _Vorm | None:
    try:
        return _vraag("GET", pad, vorm, past=past)
    except Geweigerd as nee:
        if nee.status == 404:
            return None
        raise


def _vraag(
    methode: str,
    pad: str,
    vorm: type[_Vorm],
    inhoud: Mapping[str, object] | None = None,
    past: Callable[[_Vorm], bool] = lambda _: True,
) -> _Vorm:
    return vraag(buur("openklant"), Vraag(methode, pad, inhoud=inhoud), vorm, past)
