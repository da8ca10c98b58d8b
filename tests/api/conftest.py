"""De toepassingen en klanten van de API-tests: Noor en Omar, een zaaksysteem, een buurgemeente."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from accounts.identiteit import Identiteit, Soort, blinde_index, verzegel_identiteit
from portal.api.beheer import Rechten, geef_token
from portal.api.models import Toepassing
from portal.api.rechten import Scope, Veld
from portal.klanten import gevolgen, handelingen
from portal.klanten.models import DigitaalAdres
from portal.klanten.regels import (
    Authenticatie,
    Bericht,
    NieuweNaam,
    NieuweVoorkeur,
    NieuwPostadres,
    NieuwTelefoon,
    Subjectsoort,
    Voorkeursoort,
)
from tests import mensen

OP = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ALTIJD = datetime(2126, 1, 1, tzinfo=UTC)
BSN_NOOR, BSN_OMAR, KVK_KORENBLOEM = "999990019", "999990421", "90000011"
ALLE_DOELEN = ["zaakbehandeling", "dienstverlening", "berichtgeving", "uitbetaling"]


def met_nummer(wie: Authenticatie, identiteit: Identiteit) -> Authenticatie:
    """This person, with the real index and sealed form of a number."""
    index = blinde_index(identiteit, organisatie=wie.bronorganisatie)
    bedrijf = identiteit.bedrijf()
    return replace(
        wie,
        subject_index=index,
        subject_verzegeld=verzegel_identiteit(identiteit),
        bedrijf_index=blinde_index(bedrijf, organisatie=wie.bronorganisatie) if bedrijf else "",
        rsin_index="",
    )


NOOR = met_nummer(mensen.NOOR, Identiteit(Soort.BSN, BSN_NOOR))
OMAR = met_nummer(mensen.OMAR, Identiteit(Soort.BSN, BSN_OMAR))
DE_KORENBLOEM = met_nummer(mensen.DE_KORENBLOEM, Identiteit(Soort.KVK, KVK_KORENBLOEM))


def registreer(wie: Authenticatie, *waarden: Any) -> UUID:
    """De klant slaat dit voor het eerst op."""
    return handelingen.registreer_klant(
        waarden=waarden, door=wie, gezien=0, sleutel=None, op=OP
    ).klant


@pytest.fixture
def brieven(monkeypatch: pytest.MonkeyPatch) -> list[Bericht]:
    """Elk bericht dat een handeling aan een mens schrijft, in volgorde."""
    berichten: list[Bericht] = []
    monkeypatch.setattr(gevolgen, "_verzenders", {"proef": berichten.append})
    return berichten


def bevestig(wie: Authenticatie, klant: UUID, brieven: list[Bericht]) -> None:
    """De klant neemt het laatst voorgestelde adres in gebruik, met de code uit de post."""
    [adres] = DigitaalAdres.objects.filter(klant=klant, stand="voorgesteld")
    handelingen.bevestig(
        klant, waarde=adres.pk, code=brieven[-1].inhoud["code"],
        door=wie, gezien=adres.versie, sleutel=None, op=OP,
    )  # fmt: skip


def maak_noor(brieven: list[Bericht]) -> UUID:
    """Noor vulde alles in behalve een rekening, en bevestigde haar telefoonnummer."""
    klant = registreer(
        NOOR,
        NieuweNaam("Noor"),
        NieuwTelefoon("06 12345678"),
        NieuwPostadres(postcode="1234AB", huisnummer=1, straat="Dorpsstraat", plaats="Waterveen"),
        NieuweVoorkeur(Voorkeursoort.TAAL, "nl"),
    )
    bevestig(NOOR, klant, brieven)
    return klant


@pytest.fixture
def noor(db: None, brieven: list[Bericht]) -> UUID:
    return maak_noor(brieven)


@pytest.fixture(scope="module")
def gedeelde_noor(gedeeld: Callable[[], AbstractContextManager[None]]) -> UUID:
    """Noor, voor een module waarin zij in de meeste tests staat (zie `gedeeld`)."""
    brieven: list[Bericht] = []
    with gedeeld(), pytest.MonkeyPatch.context() as post:
        post.setattr(gevolgen, "_verzenders", {"proef": brieven.append})
        return maak_noor(brieven)


@pytest.fixture
def omar(db: None) -> UUID:
    return registreer(OMAR, NieuweNaam("Omar"))


@pytest.fixture
def korenbloem(db: None) -> UUID:
    assert DE_KORENBLOEM.subjectsoort is Subjectsoort.NIET_NATUURLIJK_PERSOON
    return registreer(DE_KORENBLOEM, NieuweNaam("Administratie", bedrijfsnaam="De Korenbloem"))


Vragen = Callable[..., Client]


class Vrager(Client):
    """Een systeem dat vraagt: zijn token en doel gaan bij elke vraag mee."""

    def __init__(self, sleutel: str, doel: str | None = "zaakbehandeling") -> None:
        koppen = {"Authorization": f"Bearer {sleutel}"} | ({"Doel": doel} if doel else {})
        super().__init__(headers=koppen)

    def stuur(self, pad: str, lichaam: object, **extra: Any) -> Any:
        return self.post(pad, lichaam, content_type="application/json", **extra)


@pytest.fixture
def geef(db: None) -> Callable[..., str]:
    """`geef(scopes=…, organisatie=…)`: een nieuw token met alles, behalve wat anders gezegd is."""

    def nieuw(
        *,
        naam: str = "Zaaksysteem",
        organisatie: str = mensen.WATERVEEN,
        verloopt_op: datetime = ALTIJD,
        **rechten: Any,
    ) -> str:
        toepassing, _ = Toepassing.objects.get_or_create(
            naam=f"{naam} {organisatie}",
            defaults={
                "bronorganisatie": organisatie,
                "organisatie": "Gemeente Waterveen",
                "afdeling": "Burgerzaken",
            },
        )
        alles = {"scopes": list(Scope), "doelen": ALLE_DOELEN, "velden": list(Veld)}
        return geef_token(
            toepassing, Rechten(**{**alles, **rechten}), verloopt_op=verloopt_op,
            door="beheerder", reden="proef", op=OP - timedelta(days=1),
        )  # fmt: skip

    return nieuw


@pytest.fixture
def zaaksysteem(geef: Callable[..., str]) -> Vrager:
    return Vrager(geef())
