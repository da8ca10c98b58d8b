"""Verwijderen lukt tenzij een dossier vasthoudt; wat mag gaat nu, de rest vanzelf."""

import datetime as dt
from uuid import UUID

import pytest
from django.db import connection

from portal.klanten import gevolgen, handelingen
from portal.klanten.handelingen import opruimen
from portal.klanten.models import (
    Bewaard,
    DigitaalAdres,
    Gebeurtenis,
    Klant,
    Naam,
    Waarde,
    Wisgegevens,
)
from portal.klanten.regels import (
    Bericht,
    Bewaarreden,
    BronZwijgt,
    IntussenGewijzigd,
    NietGevonden,
    NieuweNaam,
    OngeldigeWaarde,
    TeveelOpTeRuimen,
    Vasthouding,
    WordtVerwijderd,
    Zaak,
    houdt_vast,
    tot_wanneer,
)
from tests.klanten.conftest import gang
from tests.mensen import NOOR, NU, OMAR

VANDAAG = dt.date(2026, 11, 20)
GISTEREN, MORGEN = VANDAAG - dt.timedelta(days=1), VANDAAG + dt.timedelta(days=1)
OPEN = Zaak(identificatie="ZAAK-1")
DAG = dt.timedelta(days=1)


def dicht(**velden: object) -> Zaak:
    velden = {"archiefnominatie": "vernietigen", **velden}
    return Zaak(identificatie="ZAAK-2", einddatum=GISTEREN, **velden)  # type: ignore[arg-type]


@pytest.fixture
def bron(monkeypatch: pytest.MonkeyPatch) -> list[Zaak | None]:
    """De zaken die de bron nu noemt; met None erin zwijgt zij."""
    zaken: list[Zaak | None] = []

    def zakenbron(klant_id: UUID) -> list[Zaak] | None:
        return None if None in zaken else [zaak for zaak in zaken if zaak]

    monkeypatch.setattr(gevolgen, "_zakenbronnen", {"proef": zakenbron})
    return zaken


@pytest.mark.uitgangspunt("OWN-3")
@pytest.mark.parametrize(
    ("zaak", "houdt", "tot"),
    [
        (OPEN, True, None),
        (dicht(archiefstatus="overgedragen"), False, None),
        (dicht(archiefnominatie="blijvend_bewaren"), True, None),
        (dicht(archiefnominatie="blijvend_bewaren", archiefactiedatum=MORGEN), True, MORGEN),
        (dicht(), True, None),
        (dicht(archiefactiedatum=MORGEN), True, MORGEN),
        (dicht(archiefactiedatum=VANDAAG), False, None),
        (dicht(archiefactiedatum=GISTEREN), False, None),
    ],
)
def test_een_zaak_houdt_vast_zolang_haar_archief_dat_eist(
    zaak: Zaak, houdt: bool, tot: dt.date | None
) -> None:
    grond = houdt_vast(zaak, vandaag=VANDAAG)
    assert (grond is not None, grond and grond.tot) == (houdt, tot)


@pytest.mark.uitgangspunt("OWN-3")
@pytest.mark.parametrize(
    ("datums", "verwacht"),
    [([], None), ([MORGEN], MORGEN), ([VANDAAG, MORGEN], MORGEN), ([MORGEN, None], None)],
)
def test_de_laatste_datum_telt_en_onbekend_gaat_boven_alles(
    datums: list[dt.date | None], verwacht: dt.date | None
) -> None:
    assert tot_wanneer(datums) == verwacht


@pytest.mark.django_db
@pytest.mark.uitgangspunt("OWN-5")
def test_na_verwijderen_staat_geen_waarde_meer_in_de_databank(
    klant_noor: Klant, adres_noor: DigitaalAdres
) -> None:
    handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=3))
    assert not in_databank("noor@example.nl")
    assert not in_databank(NOOR.subject_index)
    laatste = Gebeurtenis.objects.order_by("versie").last()
    assert laatste
    assert (laatste.soort, laatste.velden) == ("klant.verwijderd", [])


def in_databank(tekst: str) -> bool:
    """Of deze tekst in een rij van een tabel van het domein staat."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.tables"
            " where table_schema = 'public' and table_name like 'klanten\\_%'"
        )
        tabellen = [naam for (naam,) in cursor.fetchall()]
        for tabel in tabellen:
            vraag = f"select count(*) from {tabel} t where t::text like %s"  # noqa: S608
            cursor.execute(vraag, [f"%{tekst}%"])
            if cursor.fetchone()[0]:
                return True
    return False


@pytest.mark.django_db
def test_elk_bevestigd_adres_hoort_dat_de_klant_weg_is(
    klant_noor: Klant, adres_noor: DigitaalAdres, post: list[Bericht]
) -> None:
    handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=3))
    assert (post[-1].soort, post[-1].aan) == ("klant_verwijderd", "noor@example.nl")


@pytest.mark.django_db
def test_wie_niet_de_laatste_stand_zag_verwijdert_niets(klant_noor: Klant) -> None:
    handelingen.wijzig_naam(klant_noor.pk, naam=NieuweNaam("Noortje"), **gang(gezien=1))
    with pytest.raises(IntussenGewijzigd):
        handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=1))
    assert Klant.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.uitgangspunt("OWN-4")
def test_een_open_zaak_zet_de_gegevens_apart_en_maakt_ze_onbruikbaar(
    klant_noor: Klant, bron: list[Zaak | None]
) -> None:
    bron.append(OPEN)
    handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=1))
    assert not Naam.objects.exists()
    assert not Klant.objects.klantbeeld().exists()
    assert [bewaard.waarde for bewaard in Bewaard.objects.all()] == ["Noor"]
    assert not in_databank("Noor")
    assert handelingen.vasthoudingen(klant_noor.pk, op=NU) == [
        Vasthouding(kenmerk="ZAAK-1", reden=Bewaarreden.OPEN_ZAAK, tot=None)
    ]
    with pytest.raises(WordtVerwijderd):
        handelingen.wijzig_naam(klant_noor.pk, naam=NieuweNaam("Noortje"), **gang(gezien=2))


@pytest.mark.django_db
@pytest.mark.uitgangspunt("OWN-4")
def test_op_de_dag_zelf_gaat_de_rest_vanzelf_en_maar_een_keer(
    klant_noor: Klant, bron: list[Zaak | None]
) -> None:
    bron.append(dicht(archiefactiedatum=VANDAAG + 10 * DAG))
    handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=1))
    assert handelingen.vroegst_weg(klant_noor.pk, op=NU) == VANDAAG + 10 * DAG
    assert opruimen.ruim_gronden_op(op=NU + 9 * DAG) == 0
    assert Klant.objects.exists()
    assert opruimen.ruim_gronden_op(op=NU + 10 * DAG) == 1
    assert opruimen.ruim_gronden_op(op=NU + 11 * DAG) == 0
    assert (Klant.objects.count(), Bewaard.objects.count(), Waarde.objects.count()) == (0, 0, 0)
    assert Gebeurtenis.objects.filter(soort="klant.verwijderd").count() == 1


@pytest.mark.django_db
@pytest.mark.uitgangspunt("OWN-4")
def test_een_grond_die_velden_noemt_houdt_alleen_die(
    klant_noor: Klant, adres_noor: DigitaalAdres
) -> None:
    grond = Vasthouding(
        kenmerk="SUBSIDIE-7", reden=Bewaarreden.OPGEGEVEN, tot=None, velden=("email",)
    )
    handelingen.leg_bewaargrond_vast(klant_noor.pk, bron="subsidies", grond=grond, op=NU)
    handelingen.verwijder_naam(klant_noor.pk, **gang(gezien=3))
    handelingen.verwijder_digitaal_adres(klant_noor.pk, waarde=adres_noor.pk, **gang(gezien=4))
    assert list(Bewaard.objects.values_list("veld", flat=True)) == ["email"]
    handelingen.hef_bewaargrond_op(klant_noor.pk, bron="subsidies", kenmerk="SUBSIDIE-7")
    opruimen.ruim_gronden_op(op=NU)
    assert (Bewaard.objects.count(), Klant.objects.count()) == (0, 1)


@pytest.mark.django_db
@pytest.mark.uitgangspunt("OWN-3")
def test_zwijgt_de_bron_van_zaken_dan_wacht_het_verzoek_zichtbaar(
    klant_noor: Klant, bron: list[Zaak | None]
) -> None:
    bron.append(None)
    handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=1))
    assert Naam.objects.get().waarde == "Noor"
    assert handelingen.wachtende_verwijderingen() == [klant_noor.pk]
    handelingen.hervat_verwijdering(klant_noor.pk, zaken=[], op=NU + DAG)
    assert not Klant.objects.exists()
    assert handelingen.wachtende_verwijderingen() == []


@pytest.mark.django_db
def test_een_wachtend_verzoek_kan_worden_ingetrokken(
    klant_noor: Klant, bron: list[Zaak | None]
) -> None:
    bron.append(None)
    handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=1))
    handelingen.trek_verwijdering_in(klant_noor.pk, **gang(gezien=2))
    assert handelingen.wachtende_verwijderingen() == []


@pytest.mark.django_db
def test_wat_gewist_is_staat_in_het_wisboek(klant_noor: Klant) -> None:
    naam = Naam.objects.get().pk
    handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=1))
    gewist = set(Wisgegevens.objects.values_list("afdruk", flat=True))
    assert gewist == {Wisgegevens.afdruk_van(sleutel) for sleutel in (naam, klant_noor.pk)}


@pytest.mark.parametrize(
    "velden", [{"velden": ("bsn",)}, {"kenmerk": ""}, {"kenmerk": "x" * 41}, {"kenmerk": "\x00"}]
)
def test_een_grond_noemt_een_dossier_en_bestaande_velden(velden: dict[str, object]) -> None:
    goed = {"kenmerk": "ZAAK-1", "reden": Bewaarreden.OPGEGEVEN, "tot": None}
    with pytest.raises(OngeldigeWaarde):
        Vasthouding(**{**goed, **velden})  # type: ignore[arg-type]


@pytest.mark.django_db
def test_een_opruimtaak_die_te_veel_wil_doet_niets(klant_noor: Klant) -> None:
    with pytest.raises(TeveelOpTeRuimen):
        opruimen.handel_ongebruikt_af(op=NU + 10_000 * DAG, hooguit=0)
    assert Klant.objects.get().herinnerd_op is None


@pytest.mark.django_db
@pytest.mark.uitgangspunt("OWN-3")
def test_wie_verwijdert_hoeft_niet_zelf_naar_zaken_te_vragen(
    klant_noor: Klant, bron: list[Zaak | None]
) -> None:
    bron.append(OPEN)
    handelingen.verwijder_naam(klant_noor.pk, **gang(gezien=1))
    assert [bewaard.waarde for bewaard in Bewaard.objects.all()] == ["Noor"]
    handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=2))
    assert Klant.objects.get().inactief_op == NU


@pytest.mark.django_db
@pytest.mark.uitgangspunt("OWN-3")
def test_zwijgt_de_bron_dan_gaat_ook_een_waarde_niet_weg(
    klant_noor: Klant, bron: list[Zaak | None]
) -> None:
    bron.append(None)
    with pytest.raises(BronZwijgt):
        handelingen.verwijder_naam(klant_noor.pk, **gang(gezien=1))
    handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=1))
    assert Naam.objects.get().waarde == "Noor"
    assert handelingen.wachtende_verwijderingen() == [klant_noor.pk]


@pytest.mark.django_db
def test_naar_zaken_van_een_ander_wordt_niet_gevraagd(
    klant_noor: Klant, monkeypatch: pytest.MonkeyPatch
) -> None:
    gevraagd: list[UUID] = []
    monkeypatch.setattr(gevolgen, "_zakenbronnen", {"proef": gevraagd.append})
    with pytest.raises(NietGevonden):
        handelingen.verwijder_klant(klant_noor.pk, **gang(OMAR, gezien=1))
    assert gevraagd == []


@pytest.mark.django_db
def test_ook_een_ongebruikte_klant_blijft_zolang_een_zaak_loopt(
    klant_noor: Klant, bron: list[Zaak | None]
) -> None:
    later = NU + 2000 * DAG
    for stap in range(2):
        opruimen.handel_ongebruikt_af(op=later + stap * 30 * DAG)
    bron.append(None)
    opruimen.handel_ongebruikt_af(op=later + 60 * DAG)
    assert Klant.objects.get().inactief_op is None
    bron[:] = [OPEN]
    opruimen.handel_ongebruikt_af(op=later + 61 * DAG)
    assert Klant.objects.get().inactief_op == later + 61 * DAG
