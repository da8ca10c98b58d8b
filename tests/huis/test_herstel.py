"""The drill of docs/handboek.md: back up, lose the database, restore to a moment, stay erased."""

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import psycopg
import pytest

from portal.demo.omgeving import omgeving
from portal.ingebed import Server
from portal.ingebed.cluster import schrijf_staat
from portal.ingebed.plaats import Plek, kies_plek
from tests.huis.conftest import BASIS, wacht_tot
from tests.nep_gemeente import server as nep_gemeente

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(400)]
HERSTEL = BASIS / "deploy/herstel"
UIT = BASIS / "var/bench/herstel.json"
HOOGUIT = 180.0  # seconds; P8 gives a whole city an hour, and this is a handful of klanten

HANDELING = """
import django; django.setup()
from django.utils import timezone
from portal.demo.gegevens import INWONERS, OMAR, NOOR, _inwoner, laad_klanten
from portal.klanten.handelingen import verwijder_klant, wijzig_naam
from portal.klanten.models import Klant
from portal.klanten.regels import NieuweNaam
def klant(wie):
    return Klant.objects.van(_inwoner(wie)).get()
def gang(wie):
    return dict(door=_inwoner(wie), gezien=klant(wie).versie, sleutel=None, op=timezone.now())
"""


class Klok:
    """How long the drill takes, by part; the figures go to var/bench/herstel.json."""

    def __init__(self) -> None:
        self.begin, self.cijfers = time.monotonic(), dict[str, float]()

    def tik(self, wat: str) -> None:
        self.cijfers[wat] = round(time.monotonic() - self.begin, 1)

    def bewaar(self) -> None:
        """Write what was measured; red when it took longer than P8 lets a whole city take."""
        UIT.parent.mkdir(parents=True, exist_ok=True)
        UIT.write_text(json.dumps(self.cijfers, indent=1) + "\n")
        assert max(self.cijfers.values()) < HOOGUIT


@pytest.fixture
def plek(map_: Path, bereikbare_bin: Path) -> Plek:
    """Binaries and a directory that the account of the server can use."""
    plek = kies_plek(map_)
    plek.wie.krijgt(map_)
    return plek


@pytest.fixture
def django(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of the demo, with its own secrets and without a register of zaken.

    Nobody answers for the neighbours here, and who deletes waits for a silent source.
    """
    for naam in ("TESTEN", "DATABASE_URL"):
        monkeypatch.delenv(naam, raising=False)
    alles = omgeving("postgresql:///nog-niet")
    return {naam: waarde for naam, waarde in alles.items() if not naam.startswith("ZAKEN_")}


def archive_command(archief: Path) -> str:
    """The one of deploy/productie/postgresql.conf, with an archive of our own."""
    tekst = (BASIS / "deploy/productie/postgresql.conf").read_text()
    (opdracht,) = re.findall(r"^archive_command = '(.*)'$", tekst, re.MULTILINE)
    return opdracht.replace("/archief/", f"{archief}/")


@contextmanager
def server(map_: Path, **opties: str) -> Iterator[str]:
    server = Server(map_, opties)
    server.start()
    try:
        yield server.url()
    finally:
        server.stop()


def als_postgres(plek: Plek, *opdracht: str | Path, url: str = "") -> str:
    """Run as the account of the server, as a municipality would."""
    wachtwoord = {"PGPASSWORD": psycopg.conninfo.conninfo_to_dict(url)["password"]} if url else {}
    uit = subprocess.run(
        opdracht, user=plek.wie.uid, group=plek.wie.gid, extra_groups=plek.wie.groepen,
        env={"PATH": f"{plek.bin}:/usr/bin:/bin", **_verbinding(url), **wachtwoord},
        cwd="/", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert uit.returncode == 0, uit.stderr
    return uit.stdout.strip()


def _verbinding(url: str) -> dict[str, str]:
    if not url:
        return {}
    delen = psycopg.conninfo.conninfo_to_dict(url)
    return {"PGHOST": delen["host"], "PGPORT": str(delen["port"]), "PGUSER": delen["user"]}


def beheer(django: dict[str, str], url: str, *opdracht: str) -> str:
    """Run a command of Django against `url`."""
    uit = subprocess.run(
        [sys.executable, *opdracht], cwd=BASIS, env=django | {"DATABASE_URL": url},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert uit.returncode == 0, uit.stderr
    return uit.stdout.strip()


def doe(django: dict[str, str], url: str, programma: str) -> str:
    return beheer(django, url, "-c", HANDELING + programma)


def nu(url: str) -> str:
    """The moment by the clock of the database."""
    with psycopg.connect(url) as verbinding:
        return verbinding.execute("select clock_timestamp()::text").fetchone()[0]


def lees_feed(sleutel: str, cursor: str = "") -> str:
    """The program of a system that asks what changed; it prints status and next cursor."""
    return f"""
from django.test import Client
antwoord = Client().get(
    "/api/v1/wijzigingen", {{"cursor": "{cursor}"}} if "{cursor}" else {{}},
    headers={{"Authorization": "Bearer {sleutel}", "Host": "localhost"}},
)
print(antwoord.status_code, antwoord.json().get("volgende", ""))
"""


def bezorg(django: dict[str, str], url: str) -> None:
    """Let a worker run until nothing waits any more."""
    werker = subprocess.Popen(
        [sys.executable, "manage.py", "procrastinate", "worker"],
        cwd=BASIS, env=django | {"DATABASE_URL": url},
    )  # fmt: skip
    try:
        wacht_tot(lambda: not _wacht_er_iets(url), "er wacht nog een bericht", 60)
    finally:
        werker.terminate()
        werker.wait(timeout=30)


def _wacht_er_iets(url: str) -> bool:
    with psycopg.connect(url) as verbinding:
        open_ = verbinding.execute("select from webhooks_baan where openstaand > 0 limit 1")
        return open_.fetchone() is not None


@dataclass(frozen=True)
class Voorheen:
    """What is left of the time before: a copy, the moment to go back to, and what systems hold."""

    kopie: str
    moment: str
    wachtwoord: str
    sleutel: str
    cursor: str


def leef(map_: Path, plek: Plek, django: dict[str, str], boek: Path) -> Voorheen:
    """People use the portal, a copy is made, things go wrong, and the municipality hears it."""
    for naam in ("archief", "kopieen"):
        (map_ / naam).mkdir()
        plek.wie.krijgt(map_ / naam)
    archiveer = {"archive_mode": "on", "archive_command": archive_command(map_ / "archief")}
    with server(map_ / "eerst", **archiveer) as url:
        beheer(django, url, "manage.py", "migrate", "-v0")
        sleutel = doe(django, url, BEGIN)
        kopie = als_postgres(plek, HERSTEL / "kopie.sh", map_ / "kopieen", url=url)
        doe(django, url, "wijzig_naam(klant(NOOR).pk, naam=NieuweNaam('Nora'), **gang(NOOR))")
        moment = nu(url)
        fout = (
            "wijzig_naam(klant(NOOR).pk, naam=NieuweNaam('Fout'), **gang(NOOR))\n"
            "verwijder_klant(klant(OMAR).pk, **gang(OMAR))"
        )
        doe(django, url, fout)
        bezorg(django, url)
        cursor = doe(django, url, lees_feed(sleutel)).split()[-1]
        beheer(django, url, "manage.py", "wisboek", str(boek))
        with psycopg.connect(url, autocommit=True) as verbinding:
            verbinding.execute("select pg_switch_wal()")
        wachtwoord = psycopg.conninfo.conninfo_to_dict(url)["password"]
        return Voorheen(kopie, moment, wachtwoord, sleutel, cursor)


BEGIN = """
from django.core.management import call_command
from portal.demo.abonnement import zorg_voor_abonnement
zorg_voor_abonnement()
laad_klanten(op=timezone.now())
waarom = dict(reden="oefening", door="oefening")
call_command("token", "maak", "zaken", scope=["wijzigingen.lezen"], **waarom)
"""
NORAH = "wijzig_naam(klant(NOOR).pk, naam=NieuweNaam('Norah'), **gang(NOOR))"
NAMEN = "print(*sorted(k.naam.waarde for k in Klant.objects.all() if hasattr(k, 'naam')))"
CONTROLES = """
from django.core.management import call_command
call_command("migrate", "--check")
call_command("sleutels", "controleer")
call_command("logboek", "controleer")
"""


@pytest.fixture
def gehoord(django: dict[str, str]) -> Iterator[list[tuple[str, int]]]:
    """What docs/ontvanger says of each message, with its epoch, as the receiver of the demo."""
    lijst: list[tuple[str, int]] = []

    class Neem(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            inhoud = self.rfile.read(int(self.headers["Content-Length"]))
            status, woord = self.server.zaken.ontvang(inhoud, dict(self.headers))
            lijst.append((woord, json.loads(inhoud)["data"]["epoch"]))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    def luister() -> None:
        http.zaken = nep_gemeente.ontvanger.Ontvanger(django["WEBHOOKS_DEMO_GEHEIM"], ":memory:")
        http.serve_forever()
        http.zaken.sluit()

    with HTTPServer(("127.0.0.1", 0), Neem) as http:
        django["WEBHOOKS_DEMO_ONTVANGERS"] = f"http://127.0.0.1:{http.server_port}"
        draad = threading.Thread(target=luister)
        draad.start()
        yield lijst
        http.shutdown()
        draad.join()


@contextmanager
def teruggezet(map_: Path, plek: Plek, eerst: Voorheen) -> Iterator[str]:
    """A server of the copy and the archive, at the moment; open for writing."""
    terug = map_ / "terug"
    terug.mkdir()
    plek.wie.krijgt(terug)
    als_postgres(
        plek, HERSTEL / "herstel.sh", eerst.kopie, map_ / "archief", terug / "pg", eerst.moment
    )
    schrijf_staat(terug, wachtwoord=eerst.wachtwoord)
    with server(terug) as url:
        wacht_tot(lambda: _is_open(url), "het terugzetten duurt te lang", 60)
        yield url


def test_na_het_terugzetten_is_er_wat_er_was_en_blijft_gewist_wat_gewist_is(
    map_: Path, plek: Plek, django: dict[str, str], gehoord: list[tuple[str, int]]
) -> None:
    boek = map_ / "wisboek"
    eerst = leef(map_, plek, django, boek)
    voor = len(gehoord)

    klok = Klok()
    with teruggezet(map_, plek, eerst) as url:
        klok.tik("databank_open_s")
        assert doe(django, url, NAMEN) == "Administratie Directie Nora Omar"

        beheer(django, url, "manage.py", "wisboek", str(boek), "--schoon")
        klok.tik("gewist_s")
        assert "het logboek is heel" in doe(django, url, CONTROLES)
        klok.tik("nagekeken_s")
        klok.bewaar()

        django["PORTAAL_EPOCH"] = "2"
        feed = lees_feed(eerst.sleutel, eerst.cursor)
        uit = doe(django, url, f"{NORAH}\n{NAMEN}\n{feed}").splitlines()
        bezorg(django, url)

    assert (uit[0], uit[-1].strip()) == ("Administratie Directie Norah", "410")
    assert set(gehoord[:voor]) == {("nieuw", 1)}
    assert set(gehoord[voor:]) == {("nieuw", 2)}


def _is_open(url: str) -> bool:
    with psycopg.connect(url) as verbinding:
        return not verbinding.execute("select pg_is_in_recovery()").fetchone()[0]


def test_er_wordt_niets_overschreven(map_: Path, plek: Plek) -> None:
    with pytest.raises(AssertionError, match="bestaat al"):
        als_postgres(plek, HERSTEL / "herstel.sh", map_, map_, map_)


def test_de_instellingen_voor_productie_zijn_geldig_en_bewaren_wat_bevestigd_is(
    map_: Path, plek: Plek
) -> None:
    """Everything of the file but where it listens and how much memory it takes."""
    tekst = (BASIS / "deploy/productie/postgresql.conf").read_text()
    regels = [r.split(" = ", 1) for r in tekst.splitlines() if r and not r.startswith("#")]
    elders = {"listen_addresses", "shared_buffers", "effective_cache_size"}
    opties = {k: v.strip("'") for k, v in regels if k not in elders}

    with server(map_ / "productie", **opties) as url, psycopg.connect(url) as verbinding:
        for naam in ("fsync", "synchronous_commit", "full_page_writes", "archive_mode"):
            assert verbinding.execute("select current_setting(%s)", [naam]).fetchone()[0] == "on"
        stil = verbinding.execute("select current_setting('log_min_error_statement')").fetchone()
        assert stil[0] == "panic"


def archiveer(wal: Path, archief: Path) -> bool:
    """Offer a file as PostgreSQL does; whether the archive took it."""
    opdracht = archive_command(archief).replace("%p", str(wal)).replace("%f", wal.name)
    return subprocess.run(["/bin/sh", "-c", opdracht], check=False).returncode == 0


def test_wat_na_een_crash_nog_eens_wordt_aangeboden_neemt_het_archief_aan(tmp_path: Path) -> None:
    wal, archief = tmp_path / "0001", tmp_path / "archief"
    archief.mkdir()
    wal.write_bytes(b"klant.gewijzigd")
    (archief / "0001.half").write_bytes(b"klant.ge")  # the crash came before the file was whole

    assert [archiveer(wal, archief) for _ in range(2)] == [True, True]
    assert {p.name: p.read_bytes() for p in archief.iterdir()} == {"0001": b"klant.gewijzigd"}


def test_een_ander_bestand_met_dezelfde_naam_gaat_er_nooit_overheen(tmp_path: Path) -> None:
    wal, archief = tmp_path / "0001", tmp_path / "archief"
    archief.mkdir()
    wal.write_bytes(b"van de ene server")
    archiveer(wal, archief)
    wal.write_bytes(b"van een andere")

    assert not archiveer(wal, archief)
    assert (archief / "0001").read_bytes() == b"van de ene server"


BEVINDINGEN = "from portal.webhooks.waak import bevindingen; print(*bevindingen(timezone.now()))"


def test_een_archief_dat_niets_aanneemt_is_een_bevinding_tot_het_weer_lukt(
    map_: Path, plek: Plek, django: dict[str, str]
) -> None:
    archief = map_ / "archief"
    opties = {"archive_mode": "on", "archive_command": archive_command(archief)}
    with server(map_ / "vol", **opties) as url, psycopg.connect(url, autocommit=True) as sql:
        sql.execute("create table t (); select pg_switch_wal()")
        wacht_tot(lambda: bool(sql.execute(MISLUKT).fetchone()[0]), "het archief weigert", 30)
        assert doe(django, url, BEVINDINGEN) == "archief"

        archief.mkdir()
        plek.wie.krijgt(archief)
        sql.execute("create table u (); select pg_switch_wal()")  # it tries again at once
        wacht_tot(lambda: any(archief.iterdir()), "het archief neemt aan", 90)
        wacht_tot(lambda: doe(django, url, BEVINDINGEN) == "", "de bevinding gaat weg", 30)


MISLUKT = "select failed_count from pg_stat_archiver"
