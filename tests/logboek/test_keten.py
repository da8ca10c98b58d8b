"""Wie aan het logboek komt, laat een spoor na."""

import base64
import json
import logging
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from accounts.zegel import OngeldigeHandtekening, ondertekende_tekst
from portal.klanten.regels import TeveelOpTeRuimen
from portal.logboek import controle, tasks
from portal.logboek.activiteiten import Activiteit
from portal.logboek.bewaren import ruim_op
from portal.logboek.controle import controleer, getekende_koppen
from portal.logboek.gebeurtenissen import vernietig_sleutels
from portal.logboek.inzage import klanten_in
from portal.logboek.models import Kop, Logregel
from portal.logboek.schrijven import Gebruik, Gebruiker, NietVastgelegd, leg_gebruik_vast
from portal.logboek.toestand import bevindingen
from portal.logregels import JsonRegel, LeesbareRegel, Masker

pytestmark = pytest.mark.django_db
OP = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DAG_ERNA = OP + timedelta(days=1)
WATERVEEN = Gebruiker(organisatie="823288444", naam='Gemeente "Wåterveen"\n')


def _schrijf(aantal: int, op: datetime = OP, door: Gebruiker = WATERVEEN) -> None:
    for _ in range(aantal):
        leg_gebruik_vast(
            [uuid4()],
            gebruik=Gebruik(activiteit=Activiteit.INZIEN, naam="Gezien", gegevens=["naam", "é"]),
            door=door,
            op=op,
        )


def _knoei(sql: str) -> None:
    """What only someone with the rights of the owner can do."""
    with connection.cursor() as cursor:
        cursor.execute("alter table logboek_logregel disable trigger all")
        cursor.execute(sql)
        cursor.execute("alter table logboek_logregel enable trigger all")


def test_een_heel_logboek_is_heel() -> None:
    _schrijf(3)
    _schrijf(2, OP + timedelta(days=1))
    assert controleer() == []
    assert [kop.aantal for kop in Kop.objects.order_by("dag")] == [3, 2]


@pytest.mark.parametrize(
    ("knoeien", "regel", "reden"),
    [
        ("update logboek_logregel set doel = 'iets anders' where volgnummer = 2", 2, "veranderd"),
        ("update logboek_logregel set gegevens = '{}' where volgnummer = 1", 1, "veranderd"),
        ("delete from logboek_logregel where volgnummer = 2", 2, "ontbreekt"),
        ("delete from logboek_logregel where volgnummer = 3", 3, "staart"),
        ("update logboek_kop set hash = '\\x00', aantal = 3", 3, "kop past"),
        ("update logboek_kop set aantal = 2", 2, "kop past"),
        (
            "update logboek_kop set aantal = 2, hash = (select vorige from logboek_logregel"
            " where volgnummer = 3)",
            3,
            "na de kop",
        ),
        ("delete from logboek_kop", 1, "kop ontbreekt"),
    ],
)
def test_geknoei_wordt_aangewezen(knoeien: str, regel: int, reden: str) -> None:
    _schrijf(3)
    _knoei(knoeien)
    [breuk] = controleer()
    assert breuk.volgnummer == regel
    assert reden in breuk.reden


def test_een_keten_die_groeit_terwijl_zij_gelezen_wordt_is_heel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _schrijf(3)
    echt, later = controle.schakel, iter([lambda: _schrijf(2), lambda: _schrijf(1, DAG_ERNA)])

    def traag(regel: Logregel, vorige: bytes) -> bytes:
        next(later, lambda: None)()
        return echt(regel, vorige)

    monkeypatch.setattr(controle, "schakel", traag)
    assert controleer() == []
    assert Logregel.objects.count() == 6


def test_een_gebroken_keten_van_gisteren_of_eerder_is_elk_uur_een_bevinding() -> None:
    """Vandaag niet: die dag is morgen aan de beurt."""
    for dag in range(4):
        _schrijf(2, OP - timedelta(days=dag))
    assert bevindingen(OP) == {}
    _knoei("update logboek_logregel set doel = 'iets anders' where volgnummer = 2")

    uren = [set(bevindingen(OP + timedelta(hours=uur))) for uur in range(2)]

    gisteren = "logboek 823288444 2026-11-20"
    assert all(gisteren in uur for uur in uren)
    assert sorted(set.union(*uren) - {gisteren}) == [
        "logboek 823288444 2026-11-18",
        "logboek 823288444 2026-11-19",
    ]
    assert "regel 2: is veranderd" in bevindingen(OP)[gisteren].zin


def test_een_afgeknipte_staart_met_kop_vindt_alleen_de_kop_van_elders() -> None:
    _schrijf(3)
    elders = getekende_koppen()
    with connection.cursor() as cursor:
        cursor.execute("select encode(vorige, 'hex') from logboek_logregel where volgnummer = 3")
        [(vorige,)] = cursor.fetchall()
    _knoei("delete from logboek_logregel where volgnummer = 3")
    _knoei(f"update logboek_kop set aantal = 2, hash = decode('{vorige}', 'hex')")  # noqa: S608 - hex we read
    assert controleer() == []
    assert [breuk.volgnummer for breuk in controleer(elders)] == [3]


@pytest.mark.parametrize(
    "poging",
    [
        "update logboek_logregel set doel = ''",
        "delete from logboek_logregel",
        "truncate logboek_logregel",
    ],
)
def test_de_databank_weigert_alles_behalve_toevoegen(poging: str) -> None:
    _schrijf(1)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table logboek_logregel enable trigger logboek_niet_legen")
        with pytest.raises(DatabaseError, match="alleen toevoegen"), transaction.atomic():
            cursor.execute(poging)
    assert Logregel.objects.count() == 1


def test_het_commando_eindigt_met_een_fout_bij_een_breuk(tmp_path: Path) -> None:
    _schrijf(2)
    call_command("logboek", "controleer", stdout=(uit := StringIO()))
    assert "heel" in uit.getvalue()
    _knoei("delete from logboek_logregel where volgnummer = 1")
    with pytest.raises(CommandError, match="regel 1"):
        call_command("logboek", "controleer")


@pytest.mark.parametrize("vorm", [JsonRegel(), LeesbareRegel()], ids=["json", "leesbaar"])
def test_een_kop_die_met_het_log_vertrok_bewijst_later_nog_iets(
    tmp_path: Path, vorm: logging.Formatter
) -> None:
    """Door het masker van elke handler heen, en terug door --koppen."""
    _schrijf(3)
    log = StringIO()
    handler = logging.StreamHandler(log)
    handler.addFilter(Masker())
    handler.setFormatter(vorm)
    tasks.logger.addHandler(handler)
    try:
        tasks.toon_koppen(int(OP.timestamp()))
    finally:
        tasks.logger.removeHandler(handler)
    assert WATERVEEN.organisatie not in log.getvalue()
    bestand = tmp_path / "koppen"
    bestand.write_text(
        "".join(f"{OP.isoformat()} stdout F {r}\n" for r in log.getvalue().splitlines())
    )
    call_command("logboek", "controleer", koppen=bestand, stdout=StringIO())
    _knoei("delete from logboek_logregel where volgnummer > 1")
    _knoei("update logboek_kop set aantal = 1, hash = (select hash from logboek_logregel)")
    assert controleer() == []
    with pytest.raises(CommandError, match="was er wel toen de kop getekend werd"):
        call_command("logboek", "controleer", koppen=bestand)


def test_de_laatste_kop_van_gisteren_vertrekt_bij_elke_organisatie(
    caplog: pytest.LogCaptureFixture,
) -> None:
    buur = Gebruiker(organisatie="002564440", naam="Gemeente Buurdam")
    for wie in (WATERVEEN, buur):
        for dag in (0, 1, 2):
            _schrijf(1, OP + timedelta(days=dag), wie)
    with caplog.at_level(logging.INFO):
        tasks.toon_koppen(int((OP + timedelta(days=2)).timestamp()))
    gezien = {
        tuple(json.loads(ondertekende_tekst(r.kop, "logboek.kop"))[:2]) for r in caplog.records
    }
    dagen = ("2026-11-22", "2026-11-23")
    assert gezien == {(wie.organisatie, dag) for wie in (WATERVEEN, buur) for dag in dagen}


def test_een_kop_overleeft_een_nieuwe_geheime_sleutel_en_een_nieuwe_gegevenssleutel(
    settings: Settings,
) -> None:
    _schrijf(1)
    elders = getekende_koppen()
    settings.SECRET_KEY = "een-heel-andere-sleutel-na-een-incident"
    oud = settings.PORTAAL_GEGEVENSSLEUTELS
    settings.PORTAAL_GEGEVENSSLEUTELS = f"nieuw:{base64.b64encode(bytes(32)).decode()},{oud}"
    assert controleer(elders + getekende_koppen()) == []
    settings.PORTAAL_GEGEVENSSLEUTELS = f"nieuw:{base64.b64encode(bytes(32)).decode()}"
    with pytest.raises(OngeldigeHandtekening, match="sleutel ontbreekt"):
        controleer(elders)


@pytest.mark.parametrize(
    ("namaak", "reden"),
    [
        ('["823288444", "2026-11-21", 9, "00"]:namaak', "op regel 2 staat geen getekende kop"),
        (f"proef1:5b5d:{'0' * 64}", "de handtekening klopt niet"),
        (f"weg:5b5d:{'0' * 64}", "de sleutel ontbreekt"),
    ],
)
def test_een_vervalste_kop_is_geen_bewijs(tmp_path: Path, namaak: str, reden: str) -> None:
    (bestand := tmp_path / "koppen").write_text(f"\n{namaak}\n")
    with pytest.raises(CommandError, match=f"geen geldige handtekening: {reden}"):
        call_command("logboek", "controleer", koppen=bestand)


def test_de_export_is_een_regel_json_per_gebruik() -> None:
    _schrijf(2)
    uit = StringIO()
    call_command("logboek", "exporteer", van=date(2026, 11, 21), tot=date(2026, 11, 22), stdout=uit)
    assert [json.loads(r)["name"] for r in uit.getvalue().splitlines()] == ["Gezien", "Gezien"]


def test_de_volledige_export_zegt_ook_wie_waarvoor_en_welke_gegevens() -> None:
    _schrijf(1)
    uit = StringIO()
    call_command(
        "logboek", "exporteer", "--volledig", "--van", "2026-11-21", "--tot", "2026-11-22",
        stdout=uit,
    )  # fmt: skip
    (regel,) = map(json.loads, uit.getvalue().splitlines())
    assert (regel["name"], regel["organisatie"]) == ("Gezien", WATERVEEN.organisatie)
    assert (regel["afnemer"], regel["gegevens"]) == (WATERVEEN.naam, ["naam", "é"])
    zonder_keten = {veld.name for veld in Logregel._meta.fields} & set(regel)
    assert {"afdeling", "verwerker", "doel", "eigen", "dag", "volgnummer"} <= zonder_keten


def test_wie_een_ander_raadpleegde_is_te_vinden_zolang_de_klant_er_is() -> None:
    noor, omar, ilse = uuid4(), uuid4(), uuid4()
    zaken = Gebruiker(organisatie=WATERVEEN.organisatie, naam="Waterveen", afdeling="Zaken")

    def gebruik(klant: UUID, door: Gebruiker, *, eigen: bool = False, dag: int = 0) -> None:
        wat = Gebruik(activiteit=Activiteit.INZIEN, naam="Gezien", eigen=eigen)
        leg_gebruik_vast([klant], gebruik=wat, door=door, op=OP + timedelta(days=dag))

    gebruik(noor, zaken)
    gebruik(noor, WATERVEEN)
    gebruik(omar, WATERVEEN)
    gebruik(omar, zaken, dag=1)
    gebruik(ilse, zaken)
    gebruik(ilse, zaken, eigen=True)
    vernietig_sleutels([ilse], OP)

    def wie(*keuze: str) -> list[str]:
        opdracht = ("logboek", "wie", "--van", "2026-11-21", "--tot", "2026-11-22", *keuze)
        call_command(*opdracht, stdout=(uit := StringIO()))
        return uit.getvalue().splitlines()

    assert wie() == [f"{noor}\t2", f"{omar}\t1"]
    assert wie("--door", "Zaken") == [f"{noor}\t1"]


def test_wat_een_klant_zelf_zag_is_geen_gebruik_door_een_ander() -> None:
    zelf = Gebruik(activiteit=Activiteit.INZIEN, naam="Gezien", eigen=True)
    leg_gebruik_vast([uuid4()], gebruik=zelf, door=WATERVEEN, op=OP)
    assert klanten_in(OP.date(), OP.date() + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("dagen", "over"), [(729, 2), (730, 2), (731, 0)], ids=["ervoor", "op de dag", "erna"]
)
def test_na_de_termijn_gaat_de_hele_dag_weg(dagen: int, over: int) -> None:
    _schrijf(2)
    ruim_op(OP + timedelta(days=dagen))
    assert Logregel.objects.count() == over
    assert controleer() == []


def test_aan_een_opgeruimde_dag_komt_niets_meer_bij() -> None:
    _schrijf(1)
    ruim_op(OP + timedelta(days=800))
    with pytest.raises(NietVastgelegd), transaction.atomic():
        _schrijf(1)


def test_een_verkeerde_klok_leegt_het_logboek_niet() -> None:
    for dag in range(3):
        _schrijf(1, OP + timedelta(days=dag))
    with pytest.raises(TeveelOpTeRuimen):
        ruim_op(OP + timedelta(days=9000), hooguit=2)
    assert Logregel.objects.count() == 3
