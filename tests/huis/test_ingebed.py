"""The embedded server starts where it can, and says in one sentence why it cannot."""

import json
import os
import resource
import socket
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from portal.ingebed import GeenDatabank, databank, eis_bereikbaar
from portal.ingebed import server as server_module
from portal.ingebed.plaats import kopieer, vind_bin
from tests.huis.conftest import BASIS, processen_in

pytestmark = pytest.mark.storingen
ALS_ROOT = os.geteuid() == 0


def _antwoord(url: str) -> int:
    with psycopg.connect(url) as verbinding:
        return verbinding.execute("select 42").fetchone()[0]


def test_een_pad_met_spaties_van_meer_dan_honderd_tekens_werkt(map_: Path) -> None:
    plek = map_ / "de map van Noor" / ("x" * 60) / ("y" * 60)

    with databank(plek) as url:
        assert _antwoord(url) == 42
        assert (plek / "pg" / "PG_VERSION").exists()


def test_de_tweede_start_vindt_de_gegevens_terug_en_het_wachtwoord_is_alleen_van_ons(
    map_: Path,
) -> None:
    with databank(map_) as url, psycopg.connect(url) as verbinding:
        verbinding.execute("create table blijft (n int)")

    with databank(map_) as url, psycopg.connect(url) as verbinding:
        assert verbinding.execute("select count(*) from blijft").fetchone() == (0,)
    assert stat.S_IMODE((map_ / "pg.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((map_ / "pg").stat().st_mode) == 0o700
    assert processen_in(map_ / "pg") == []


def test_de_server_luistert_alleen_op_loopback_en_zwijgt_over_waarden(map_: Path) -> None:
    with databank(map_) as url, psycopg.connect(url) as verbinding:
        verbinding.execute("create table naam (naam text check (naam <> 'Noor de Kanarie'))")
        verbinding.commit()
        with pytest.raises(psycopg.errors.CheckViolation):
            verbinding.execute("insert into naam values ('Noor de Kanarie')")
        verbinding.rollback()
        for instelling in ("listen_addresses", "unix_socket_directories", "fsync"):
            waarde = verbinding.execute("select current_setting(%s)", [instelling]).fetchone()[0]
            assert waarde == {"listen_addresses": "127.0.0.1", "fsync": "on"}.get(instelling, "")
    assert "Kanarie" not in (map_ / "pg.log").read_text()


def test_een_andere_major_wordt_genoemd_en_niet_aangeraakt(map_: Path) -> None:
    (map_ / "pg").mkdir()
    (map_ / "pg" / "PG_VERSION").write_text("15\n")

    with pytest.raises(GeenDatabank, match="is van PostgreSQL 15, dit portaal gebruikt 18"):
        databank(map_).__enter__()
    assert [pad.name for pad in (map_ / "pg").iterdir()] == ["PG_VERSION"]


def test_een_map_die_geen_databank_is_wordt_niet_overschreven(map_: Path) -> None:
    (map_ / "pg").mkdir()
    (map_ / "pg" / "vakantie.jpg").touch()

    with pytest.raises(GeenDatabank, match="bestaat maar is geen databank"):
        databank(map_).__enter__()
    assert (map_ / "pg" / "vakantie.jpg").exists()


def test_een_half_gemaakte_databank_telt_niet(map_: Path) -> None:
    (map_ / "pg.half").mkdir()
    (map_ / "pg.half" / "PG_VERSION").write_text("18\n")

    with databank(map_) as url:
        assert _antwoord(url) == 42
    assert not (map_ / "pg.half").exists()


def test_een_weggeraakt_wachtwoord_wordt_genoemd(map_: Path) -> None:
    with databank(map_):
        pass
    (map_ / "pg.json").write_text(json.dumps({"poort": 1}))

    with pytest.raises(GeenDatabank, match="met het wachtwoord"):
        databank(map_).__enter__()


def test_een_achtergebleven_pid_van_een_ander_programma_houdt_niets_tegen(map_: Path) -> None:
    with databank(map_):
        pass
    with subprocess.Popen(["/bin/sleep", "60"]) as ander:
        (map_ / "pg" / "postmaster.pid").write_text(f"{ander.pid}\n{map_ / 'pg'}\n1\n1\n\n\n")
        try:
            with databank(map_) as url:
                assert _antwoord(url) == 42
        finally:
            ander.kill()


def test_een_bezette_poort_kost_een_andere_poort(
    map_: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen()
        poorten = iter([bezet.getsockname()[1]])
        echt = server_module.vrije_poort
        monkeypatch.setattr(server_module, "vrije_poort", lambda: next(poorten, None) or echt())

        with databank(map_) as url:
            assert str(bezet.getsockname()[1]) not in url
            assert _antwoord(url) == 42


def test_een_volle_schijf_bij_het_maken_geeft_een_zin_en_laat_niets_half_achter(
    map_: Path,
) -> None:
    zacht, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises(GeenDatabank, match="De databank maken mislukte"):
            databank(map_).__enter__()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (zacht, hard))
    assert not (map_ / "pg").exists()
    assert not (map_ / "pg.half").exists()


def test_een_map_met_alleen_andere_programmas_is_geen_postgresql(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("POSTGRES_BIN", "/bin")

    with pytest.raises(GeenDatabank, match="Geen PostgreSQL 18 gevonden"):
        vind_bin()


def test_een_onbereikbare_databank_geeft_een_zin_zonder_wachtwoord() -> None:
    with pytest.raises(GeenDatabank) as fout:
        eis_bereikbaar("postgresql://portaal:zeer-geheim@127.0.0.1:1/portaal")

    assert "127.0.0.1:1 antwoordt niet" in str(fout.value)
    assert "zeer-geheim" not in str(fout.value)
    assert "\n" not in str(fout.value)


@pytest.mark.skipif(not ALS_ROOT, reason="alleen root wisselt van account")
def test_een_map_waar_het_account_niet_bij_kan_blijft_dicht(
    tmp_path: Path, map_: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    thuis = tmp_path / "thuis"
    thuis.mkdir(mode=0o700)
    bin_ = kopieer(vind_bin(), thuis / "postgresql")
    monkeypatch.setenv("POSTGRES_BIN", str(bin_))
    monkeypatch.setattr("tempfile.tempdir", str(map_))

    with databank(thuis / "var") as url:
        assert _antwoord(url) == 42
    assert stat.S_IMODE(thuis.stat().st_mode) == 0o700
    assert not (thuis / "var" / "pg").exists()
    assert list(map_.glob("eigen-regie-0-*/pg/PG_VERSION"))


@pytest.mark.skipif(not ALS_ROOT, reason="alleen root wisselt van account")
def test_een_untergeschoven_tijdelijke_map_wordt_geweigerd(
    tmp_path: Path, map_: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(map_))
    with databank(tmp_path / "var"):
        pass
    (eigen,) = map_.glob("eigen-regie-0-*")
    os.chown(eigen, 65_534, 65_534)

    with pytest.raises(GeenDatabank, match="is niet van ons"):
        databank(tmp_path / "var").__enter__()


ZONDER_ROOT = """
import os, pathlib, pwd, sys
from portal.ingebed import GeenDatabank, databank
map_ = pathlib.Path(sys.argv[1])
with databank(map_ / "als-root"):
    pass  # everything that Python loads is loaded now: nobody may not read our home
if os.geteuid() == 0:
    nobody = pwd.getpwnam("nobody")
    os.setgroups([]); os.setgid(nobody.pw_gid); os.setuid(nobody.pw_uid)
try:
    with databank(map_ / sys.argv[2]) as url:
        print("antwoordt")
except GeenDatabank as fout:
    print(fout)
"""


@pytest.mark.usefixtures("bereikbare_bin")
@pytest.mark.parametrize(
    ("rechten", "antwoord"), [(0o777, "antwoordt"), (0o555, "kan de databank niet staan")]
)
def test_zonder_root_werkt_het_ook_en_een_leesbare_map_wordt_genoemd(
    map_: Path, rechten: int, antwoord: str
) -> None:
    (map_ / "doel").mkdir()
    (map_ / "doel").chmod(rechten)

    uit = subprocess.run(
        [sys.executable, "-c", ZONDER_ROOT, str(map_), "doel/var"],
        cwd=BASIS, env=os.environ | {"PYTHONPATH": str(BASIS)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert antwoord in uit.stdout, uit.stderr
