"""Elk gebruik laat een regel na, voordat het antwoord weggaat."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from portal.klanten import handelingen
from portal.klanten.handelingen.opruimen import ruim_terugmeldingen_op
from portal.klanten.models import Gebeurtenis
from portal.klanten.regels import (
    VAN_SYSTEEM,
    VANZELF,
    NieuweTerugmelding,
    Register,
    Terugmeldstatus,
)
from portal.logboek.activiteiten import Activiteit
from portal.logboek.gebeurtenissen import leg_handeling_vast
from portal.logboek.inzage import als_standaard, gebruik_van
from portal.logboek.models import Logregel, Pseudoniem
from portal.logboek.schrijven import Gebruik, Gebruiker, NietVastgelegd, leg_gebruik_vast
from portal.logboek.spoor import Spoor, spoor_van
from tests.mensen import NOOR

pytestmark = pytest.mark.django_db
OP = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
BURGERZAKEN = Gebruiker(organisatie="823288444", naam="Gemeente Waterveen", afdeling="Burgerzaken")
AANVRAAG = Gebruik(
    activiteit=Activiteit.VERSTREKKEN,
    naam="Klantgegevens verstrekt",
    doel="Uw aanvraag behandelen",
    gegevens=["telefoonnummer", "naam"],
)
HUISNUMMER = NieuweTerugmelding(
    register=Register.BRP, gegeven="adres", toelichting="Het huisnummer is 11"
)


@pytest.mark.uitgangspunt("PUR-1")
def test_de_klant_ziet_wie_waarvoor_welke_gegevens_gebruikte() -> None:
    noor = uuid4()
    leg_gebruik_vast([noor], gebruik=AANVRAAG, door=BURGERZAKEN, op=OP)
    [gebruik] = gebruik_van(noor)
    assert (gebruik.op, gebruik.organisatie, gebruik.afdeling) == (
        OP,
        "Gemeente Waterveen",
        "Burgerzaken",
    )
    assert (gebruik.doel, gebruik.gegevens, gebruik.eigen) == (
        "Uw aanvraag behandelen",
        ("naam", "telefoonnummer"),
        False,
    )


@pytest.mark.uitgangspunt("PUR-1")
def test_twintig_mensen_in_een_antwoord_geven_twintig_regels() -> None:
    mensen = [uuid4() for _ in range(20)]
    spoor = Spoor()
    gebruik = Gebruik(activiteit=Activiteit.VERSTREKKEN, naam="Lijst", spoor=spoor)
    assert leg_gebruik_vast([*mensen, mensen[0]], gebruik=gebruik, door=BURGERZAKEN, op=OP) == 20
    regels = list(Logregel.objects.all())
    assert len({bytes(regel.span_id) for regel in regels}) == 20
    assert {bytes(regel.parent_span_id or b"") for regel in regels} == {spoor.span_id}


def test_wie_een_ander_is_ziet_niets_van_noor() -> None:
    leg_gebruik_vast([noor := uuid4()], gebruik=AANVRAAG, door=BURGERZAKEN, op=OP)
    assert len(gebruik_van(noor)) == 1
    assert gebruik_van(uuid4()) == []


def test_de_regel_noemt_de_klant_niet() -> None:
    noor = uuid4()
    leg_gebruik_vast([noor], gebruik=AANVRAAG, door=BURGERZAKEN, op=OP)
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(r)::text from logboek_logregel r")
        [(tekst,)] = cursor.fetchall()
    assert str(noor) not in tekst
    assert noor.hex not in tekst


def test_zonder_logboek_komt_er_een_weigering() -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("alter table logboek_logregel rename to logboek_weg")
        with pytest.raises(NietVastgelegd), transaction.atomic():
            leg_gebruik_vast([uuid4()], gebruik=AANVRAAG, door=BURGERZAKEN, op=OP)
        transaction.set_rollback(True)


def _gebeurtenis(
    soort: Gebeurtenis.Soort, onderwerp: object, versie: int, *, middel: str = "", door: str = ""
) -> Gebeurtenis:
    return Gebeurtenis(
        middel=middel,
        handelende=door,
        soort=soort,
        bronorganisatie="823288444",
        onderwerp=onderwerp,
        versie=versie,
        velden=["emailadres"],
        gebeurd_op=OP,
    )


def test_ook_wat_de_klant_zelf_doet_staat_erin() -> None:
    noor = uuid4()
    leg_handeling_vast(_gebeurtenis(Gebeurtenis.Soort.GEWIJZIGD, noor, 1))
    [gebruik] = gebruik_van(noor)
    assert (gebruik.activiteit, gebruik.eigen) == (Activiteit.WIJZIGEN, True)


@pytest.mark.uitgangspunt("PUR-1")
@pytest.mark.parametrize(
    ("middel", "door", "wie", "eigen"),
    [
        ("digid", "1f9c", "", True),
        ("herstellink", "herstellink", "", True),
        ("geen", "anoniem", "", True),
        (VAN_SYSTEEM, "systeem balie", "systeem balie", False),
        (VANZELF, "portaal", "", False),
    ],
)
def test_de_auditor_ziet_welk_systeem_iets_wijzigde(
    middel: str, door: str, wie: str, eigen: bool
) -> None:
    """The pseudonym of a person is not in the log, the name of a system is."""
    feit = _gebeurtenis(Gebeurtenis.Soort.VERWIJDERD, uuid4(), 1, middel=middel, door=door)
    leg_handeling_vast(feit)
    regel = Logregel.objects.get()
    assert (regel.afdeling, regel.eigen) == (wie, eigen)


@pytest.mark.uitgangspunt("OWN-5")
def test_na_verwijderen_hoort_geen_regel_meer_bij_iemand() -> None:
    noor = uuid4()
    leg_gebruik_vast([noor], gebruik=AANVRAAG, door=BURGERZAKEN, op=OP)
    leg_handeling_vast(_gebeurtenis(Gebeurtenis.Soort.VERWIJDERD, noor, 2))
    leg_gebruik_vast([noor], gebruik=AANVRAAG, door=BURGERZAKEN, op=OP)
    assert gebruik_van(noor) == []
    assert Pseudoniem.objects.get(klant=noor).sleutel is None
    assert len(set(Logregel.objects.values_list("betrokkene", flat=True))) == 2


@pytest.mark.uitgangspunt("OWN-5", "REG-2")
def test_wat_over_een_terugmelding_gelezen_is_hoort_na_haar_einde_bij_niemand() -> None:
    """The report ends a year after it was finished, and its key with it."""
    rij = handelingen.meld_terug(melding=HUISNUMMER, door=NOOR, op=OP)
    assert Logregel.objects.get().naam == "Fout in een basisregistratie gemeld"
    handelingen.zet_terugmeldstatus(rij.pk, status=Terugmeldstatus.AFGEROND, op=OP)
    assert ruim_terugmeldingen_op(op=OP + timedelta(days=364)) == 0
    assert len(gebruik_van(rij.pk)) == 1
    assert ruim_terugmeldingen_op(op=OP + timedelta(days=366)) == 1
    leg_gebruik_vast([rij.pk], gebruik=AANVRAAG, door=BURGERZAKEN, op=OP)
    assert (gebruik_van(rij.pk), Pseudoniem.objects.get(klant=rij.pk).sleutel) == ([], None)


def test_een_vertrouwelijke_activiteit_blijft_als_geheel_verborgen(settings: object) -> None:
    noor = uuid4()
    leg_gebruik_vast([noor], gebruik=AANVRAAG, door=BURGERZAKEN, op=OP)
    settings.LOGBOEK_VERTROUWELIJK = ["verstrekken"]  # type: ignore[attr-defined]
    assert gebruik_van(noor) == []


def test_de_regel_heeft_de_velden_van_de_standaard() -> None:
    spoor = spoor_van("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
    gebruik = Gebruik(activiteit=Activiteit.VERSTREKKEN, naam="Verstrekt", spoor=spoor)
    leg_gebruik_vast([uuid4()], gebruik=gebruik, door=BURGERZAKEN, op=OP)
    regel = als_standaard(Logregel.objects.get())
    assert regel["trace_id"] == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert regel["parent_span_id"] == "00f067aa0ba902b7"
    assert regel["span_id"] == spoor.span_id.hex()
    assert regel["start_time"] == 1_795_262_400_000
    assert set(regel["attributes"]) == {  # type: ignore[call-overload]
        "dpl.core.processing_activity_id",
        "dpl.core.data_subject_id",
        "dpl.core.data_subject_id_type",
    }


@pytest.mark.parametrize(
    "kop",
    [
        None,
        "onzin",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-extra",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
    ],
)
def test_een_spoor_dat_niet_klopt_begint_opnieuw(kop: str | None) -> None:
    spoor = spoor_van(kop)
    assert spoor.parent_span_id is None
    assert any(spoor.trace_id)
