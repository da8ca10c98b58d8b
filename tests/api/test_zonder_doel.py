"""PUR-1: wat naar iemand wijst vraagt een doel en laat een regel na; wat zonder mag, staat hier."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from portal.api.compat.notificaties import notificaties
from portal.api.compat.standaard import standaard
from portal.api.eigen import eigen
from portal.api.openapi import operaties
from portal.klanten.models import Interactie, Koppeling, Proces
from portal.logboek.inzage import gebruik_van
from tests.api.conftest import Vrager

pytestmark = pytest.mark.lang

WAARDELOOS = "noemt het nummer van een klant en welk veld, geen waarde; die leest men met een doel"
ZELF_GEGEVEN = "geeft terug wat dit systeem zelf vastlegde, en laat niets van een ander zien"
INSTELLING = "een instelling van de toepassing zelf: wie berichten krijgt en waar"
NIETS = "geeft niets terug"
ZONDER_DOEL = {
    "wijzigingenLijst": WAARDELOOS,
    "interactieVastleggen": ZELF_GEGEVEN,
    "bewaargrondZetten": ZELF_GEGEVEN,
    "klant_create": ZELF_GEGEVEN,
    "klant_update": ZELF_GEGEVEN,
    "klant_partial_update": ZELF_GEGEVEN,
    "bewaargrondOpheffen": NIETS,
    "klant_delete": NIETS,
} | dict.fromkeys(
    (
        "abonnementenLijst", "abonnementMaken", "abonnementLezen", "abonnementHanddruk",
        "abonnementPauzeren", "abonnementHervatten", "abonnementIntrekken", "abonnementWijzigen",
        "abonnementTesten", "abonnementRoteren", "abonnementGelekt",
        "abonnement_list", "abonnement_create", "abonnement_read", "abonnement_update",
        "abonnement_partial_update", "abonnement_delete",
    ),
    INSTELLING,
)  # fmt: skip
"""A new operation asks a doel, or stands here with the reason why it may go without."""


def _zonder_doel() -> Iterator[str]:
    for api in (eigen, standaard, notificaties):
        for operatie in operaties(api):
            if not operatie.auth_callbacks[0].doel:
                yield operatie.operation_id


@pytest.mark.uitgangspunt("PUR-1")
def test_alleen_wat_hier_met_reden_staat_mag_zonder_doel() -> None:
    assert sorted(_zonder_doel()) == sorted(ZONDER_DOEL)


@pytest.fixture
def interactie(noor: UUID, omar: UUID, zaaksysteem: Vrager) -> Interactie:
    """A melding of Noor, about Omar too."""
    Proces.objects.create(code="melding", omschrijving="M", bewaartermijn=timedelta(days=90))
    melding = {"proces": "melding", "soort": "melding", "extern": "zaak-7", "klant": str(noor)}
    nummer = zaaksysteem.stuur("/api/v1/interacties", melding).json()["id"]
    Koppeling.objects.create(klant_id=omar, interactie_id=nummer, rol="belanghebbende")
    return Interactie.objects.get(pk=nummer)


WIJZEN = ["interactieLezen", "interactiesZoek", "interactieAfsluiten", "bewaargrondenLijst"]
"""No value of a klant is in these answers, but they tie a klant to a proces, moment or dossier."""
VAN_INTERACTIES = WIJZEN[:3]


def vraag(vrager: Vrager, wat: str, interactie: Interactie, klant: UUID) -> Any:
    pad = f"/api/v1/interacties/{interactie.pk}"
    match wat:
        case "interactieLezen":
            return vrager.get(pad)
        case "interactiesZoek":
            zoek = {"referentie": interactie.referentie}
            return vrager.stuur("/api/v1/interacties/_zoek", zoek)
        case "interactieAfsluiten":
            return vrager.stuur(f"{pad}/_sluit", {})
    return vrager.get(f"/api/v1/klanten/{klant}/bewaargronden")


def regels(klant: UUID) -> list[tuple[str, tuple[str, ...]]]:
    return [(g.doel, g.gegevens) for g in gebruik_van(klant) if not g.eigen]


@pytest.mark.uitgangspunt("PUR-1")
@pytest.mark.parametrize("wat", WIJZEN)
def test_wie_leest_waar_een_klant_bij_hoort_staat_bij_die_klant(
    wat: str, zaaksysteem: Vrager, interactie: Interactie, noor: UUID, omar: UUID
) -> None:
    assert regels(noor) == []
    antwoord = vraag(zaaksysteem, wat, interactie, noor)
    assert antwoord.status_code == 200, antwoord.content
    over_interacties = wat in VAN_INTERACTIES
    regel = ("Uw aanvraag of zaak behandelen",
             ("interacties",) if over_interacties else ("bewaargronden",))  # fmt: skip
    assert regels(noor) == [regel]
    assert regels(omar) == ([regel] if over_interacties else [])


@pytest.mark.uitgangspunt("PUR-1")
@pytest.mark.parametrize("wat", WIJZEN)
def test_zonder_doel_of_regel_blijft_het_antwoord_uit(
    wat: str, geef: Callable[..., str], zaaksysteem: Vrager, interactie: Interactie, noor: UUID
) -> None:
    zonder = vraag(Vrager(geef(), None), wat, interactie, noor)
    assert (zonder.status_code, zonder.json()["code"]) == (400, "doel-ontbreekt")
    with connection.cursor() as cursor:
        cursor.execute("alter table logboek_logregel rename to logboek_weg")
    weg = vraag(zaaksysteem, wat, interactie, noor)
    assert weg.status_code == 503
    assert str(noor) not in weg.content.decode()
    assert Interactie.objects.get(pk=interactie.pk).afgesloten_op is None


@pytest.mark.uitgangspunt("PUR-1")
@pytest.mark.parametrize("wat", VAN_INTERACTIES)
def test_een_doel_zonder_interacties_leest_ze_niet(
    wat: str, geef: Callable[..., str], interactie: Interactie, noor: UUID
) -> None:
    """To pay someone, nobody has to know what she asked; a token can have less than its doel."""
    for vrager in (Vrager(geef(), "uitbetaling"), Vrager(geef(velden=["naam"]))):
        antwoord = vraag(vrager, wat, interactie, noor)
        assert (antwoord.status_code, antwoord.json()["code"]) == (403, "permission_denied")
    assert regels(noor) == []
    assert Interactie.objects.get(pk=interactie.pk).afgesloten_op is None


def test_een_interactie_van_niemand_laat_geen_regel_na(
    zaaksysteem: Vrager, interactie: Interactie, noor: UUID, omar: UUID
) -> None:
    interactie.koppelingen.all().delete()
    assert vraag(zaaksysteem, "interactieLezen", interactie, noor).json()["klanten"] == []
    assert regels(noor) == regels(omar) == []
