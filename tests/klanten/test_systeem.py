"""Wie een systeem vastlegde blijft niet eeuwig, en gaat niet weg zolang een dossier vasthoudt."""

import datetime as dt
from uuid import UUID

import pytest

from portal.klanten import handelingen
from portal.klanten.handelingen import opruimen, systeem
from portal.klanten.handelingen.systeem import Systeem
from portal.klanten.handelingen.transactie import op_slot
from portal.klanten.models import Bewaard, Interactie, Klant, Koppeling, Proces
from portal.klanten.regels import (
    Bewaarreden,
    HoudOpDeHoogte,
    Interactiesoort,
    NietGevonden,
    NieuwEmail,
    NieuweNaam,
    Rol,
    TeveelOpTeRuimen,
    Vasthouding,
)
from tests.mensen import NU, WATERVEEN

pytestmark = pytest.mark.django_db

DAG = dt.timedelta(days=1)
JAREN = 5 * 365 * DAG
GROND = Vasthouding(kenmerk="ZAAK-1", reden=Bewaarreden.OPGEGEVEN, tot=NU.date() + 30 * DAG)


def balie(na: dt.timedelta = 0 * DAG) -> Systeem:
    return Systeem(bronorganisatie=WATERVEEN, naam="balie", op=NU + na)


@pytest.fixture
def passant(db: None) -> Klant:
    """De balie schreef Omar op, zonder te weten wie hij is."""
    waarden = [NieuweNaam("Omar"), NieuwEmail("omar@example.nl")]
    return systeem.registreer_zonder_subject(waarden, door=balie())


@pytest.mark.uitgangspunt("OWN-4")
def test_wat_een_dossier_vasthoudt_blijft_apart_tot_die_dag(passant: Klant) -> None:
    handelingen.leg_bewaargrond_vast(passant.pk, bron="archief", grond=GROND, op=NU)
    systeem.verwijder_zonder_subject(passant.pk, gezien=1, door=balie())
    assert Klant.objects.get().inactief_op == NU
    assert sorted(rij.waarde for rij in Bewaard.objects.all()) == ["Omar", "omar@example.nl"]
    with pytest.raises(NietGevonden):
        systeem.verwijder_zonder_subject(passant.pk, gezien=2, door=balie())
    opruimen.ruim_gronden_op(op=NU + 29 * DAG)
    assert Bewaard.objects.count() == 2
    opruimen.ruim_gronden_op(op=NU + 30 * DAG)
    assert not Klant.objects.exists()


@pytest.mark.uitgangspunt("OWN-5")
def test_zonder_dossier_is_zij_meteen_weg(passant: Klant) -> None:
    systeem.verwijder_zonder_subject(passant.pk, gezien=1, door=balie())
    assert not Klant.objects.exists()


@pytest.mark.uitgangspunt("OWN-4")
def test_ook_na_haar_laatste_interactie_blijft_wat_een_dossier_vasthoudt(db: None) -> None:
    Proces.objects.create(
        code="tegel", omschrijving="Tegel", open_kanaal=True, bewaartermijn=5 * DAG
    )
    melding = handelingen.ontvang_interactie(
        proces="tegel",
        soort=Interactiesoort.MELDING,
        bronorganisatie=WATERVEEN,
        contact=HoudOpDeHoogte("Omar", NieuwEmail("omar@example.nl")),
        op=NU,
    )
    klant = Klant.objects.get()
    handelingen.leg_bewaargrond_vast(klant.pk, bron="archief", grond=GROND, op=NU)
    handelingen.sluit_interactie_af(melding.interactie, op=NU)
    assert opruimen.ruim_interacties_op(op=NU + 5 * DAG) == 1
    assert not Interactie.objects.exists()
    assert Klant.objects.get().inactief_op == NU + 5 * DAG


@pytest.mark.uitgangspunt("USE-8")
def test_na_jaren_zonder_wijziging_gaat_zij_vanzelf(passant: Klant) -> None:
    later = balie(10 * DAG)
    systeem.vervang_zonder_subject(passant.pk, [NieuweNaam("Omar B.")], gezien=1, door=later)
    assert opruimen.ruim_losse_klanten_op(op=NU + JAREN) == 0
    assert opruimen.ruim_losse_klanten_op(op=NU + JAREN + 10 * DAG) == 1
    assert not Klant.objects.exists()


@pytest.mark.uitgangspunt("USE-8")
def test_wie_bij_een_interactie_hoort_volgt_die_termijn(db: None) -> None:
    Proces.objects.create(
        code="tegel", omschrijving="Tegel", open_kanaal=True, bewaartermijn=5 * DAG
    )
    handelingen.ontvang_interactie(
        proces="tegel",
        soort=Interactiesoort.MELDING,
        bronorganisatie=WATERVEEN,
        contact=HoudOpDeHoogte("Omar", NieuwEmail("omar@example.nl")),
        op=NU,
    )
    assert opruimen.ruim_losse_klanten_op(op=NU + 2 * JAREN) == 0


@pytest.mark.uitgangspunt("USE-8")
@pytest.mark.parametrize("wat", ["gekoppeld", "gewijzigd"])
def test_wat_intussen_weer_nodig_werd_blijft(
    passant: Klant, monkeypatch: pytest.MonkeyPatch, wat: str
) -> None:
    """De balie is iets eerder dan de ronde, die haar lijst al had."""

    def eerst_de_balie(sleutel: UUID) -> Klant | None:
        if wat == "gewijzigd":
            Klant.objects.filter(pk=sleutel).update(actief_op=NU + 2 * JAREN)
        else:
            proces = Proces.objects.create(
                code="tegel", omschrijving="Tegel", bewaartermijn=5 * DAG
            )
            melding = Interactie.objects.create(
                bronorganisatie=WATERVEEN,
                proces=proces,
                soort=Interactiesoort.MELDING,
                ontvangen_op=NU,
            )
            Koppeling.objects.create(klant=passant, interactie=melding, rol=Rol.INITIATOR)
        return op_slot(sleutel)

    monkeypatch.setattr(opruimen, "op_slot", eerst_de_balie)
    assert opruimen.ruim_losse_klanten_op(op=NU + 2 * JAREN) == 0
    assert Klant.objects.filter(pk=passant.pk).exists()


def test_een_verkeerde_klok_ruimt_niemand_op(passant: Klant) -> None:
    with pytest.raises(TeveelOpTeRuimen):
        opruimen.ruim_losse_klanten_op(op=NU + 2 * JAREN, hooguit=0)
    assert Klant.objects.exists()
