"""`make run` starts everything, says what is wrong in a sentence, and leaves nothing behind."""

import fcntl
import functools
import json
import os
import pty
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import termios
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from portal.demo.omgeving import DemoStopt, Poort, geheimen
from portal.ingebed.server import vrije_poort
from tests.huis.conftest import BASIS, wacht_tot

pytestmark = pytest.mark.timeout(400)  # a machine shared with others takes its time
WARM = 10.0  # seconds of processor time: five by the clock on two cores
STOP = 5.0


class Demo:
    """`python -m portal.demo` with its own data, and a mark on everything that it starts."""

    def __init__(self, map_: Path, opdracht: tuple[str, ...] = (sys.executable, "-m")) -> None:
        self.merk = f"PROEFMERK={uuid.uuid4()}"
        self.poort, self.ontvanger = vrije_poort(), vrije_poort()
        self.opdracht = [*opdracht, "portal.demo"]
        kaal = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "TESTEN"}}
        self.omgeving = kaal | {
            "DEMO_MAP": str(map_), "PORTAAL_POORT": str(self.poort), "MAKELEVEL": "1",
            "ONTVANGER_POORT": str(self.ontvanger), "BUREN_POORT": str(vrije_poort()),
            "PROEFMERK": self.merk.split("=")[1],
        }  # fmt: skip
        self.proces: subprocess.Popen[str] | None = None

    def start(self, **opties: object) -> None:
        self.proces = subprocess.Popen(
            self.opdracht, cwd=BASIS, env=self.omgeving, text=True,
            **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, **opties},
        )  # fmt: skip

    def tot_gereed(self) -> None:
        """Wait until it says that it is ready; fail with what it said instead."""
        gezegd = []
        for regel in self.proces.stdout:
            gezegd.append(regel)
            if "Open http://localhost" in regel:
                return
        pytest.fail("".join(gezegd))

    def rekentijd(self) -> float:
        """Return the seconds of processor time that it took, what has ended included.

        Other than a clock this says the same on a machine that is busy with other things.
        """
        tikken = 0
        for pid in self.kinderen():
            velden = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            tikken += sum(int(veld) for veld in velden[11:15])
        return tikken / os.sysconf("SC_CLK_TCK")

    def kinderen(self) -> list[int]:
        """Return the pids of everything that runs with our mark, the demo itself included."""
        gevonden = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                omgeving = Path(f"/proc/{pid}/environ").read_bytes()
            except OSError:
                continue
            if self.merk.encode() in omgeving:
                gevonden.append(int(pid))
        return gevonden


@pytest.fixture(scope="module")
def gegevens() -> Iterator[Path]:
    """One set of demo data for all: what a test does to a demo, the next one survives."""
    with tempfile.TemporaryDirectory(prefix="eigen-regie-demo-", ignore_cleanup_errors=True) as pad:
        Path(pad).chmod(0o755)
        yield Path(pad)


@pytest.fixture
def demo(gegevens: Path) -> Iterator[Demo]:
    demo = Demo(gegevens)
    yield demo
    for pid in demo.kinderen():
        os.kill(pid, signal.SIGKILL)
    if demo.proces is not None:
        demo.proces.wait()
        demo.proces.stdout.close()


@pytest.mark.storingen
def test_alles_antwoordt_en_de_tweede_start_is_snel(demo: Demo) -> None:
    demo.start()
    demo.tot_gereed()
    with urlopen(f"http://127.0.0.1:{demo.poort}/health/ready") as antwoord:
        assert json.load(antwoord) == {"gereed": True}
    with urlopen(f"http://127.0.0.1:{demo.ontvanger}/") as antwoord:
        assert antwoord.status == 200
    demo.proces.send_signal(signal.SIGINT)
    demo.proces.communicate()

    demo.start()

    demo.tot_gereed()
    assert demo.rekentijd() < WARM


@pytest.mark.storingen
def test_ctrl_c_stopt_alles_op_tijd_en_laat_niets_achter(demo: Demo) -> None:
    demo.start()
    demo.tot_gereed()
    assert len(demo.kinderen()) >= 6  # demo, web and its worker, werker, gemeente, buren, server

    demo.proces.send_signal(signal.SIGINT)
    demo.proces.communicate(timeout=STOP)

    assert demo.proces.returncode == 0
    assert demo.kinderen() == []


@pytest.mark.storingen
def test_een_gesloten_terminal_laat_niets_draaien(demo: Demo) -> None:
    """The kernel tells only the leader of the session, and make waits for us when it hears it."""
    demo.opdracht = ["/bin/sh", "-c", f"trap : HUP; {sys.executable} -m portal.demo; true"]
    meester, slaaf = pty.openpty()
    neem = functools.partial(fcntl.ioctl, slaaf, termios.TIOCSCTTY, 0)
    demo.start(stdin=slaaf, stdout=slaaf, start_new_session=True, preexec_fn=neem)
    os.close(slaaf)
    with open(meester, encoding="utf-8") as demo.proces.stdout:  # closing it hangs up
        demo.tot_gereed()

    wacht_tot(lambda: demo.kinderen() == [], f"er draait nog iets: {demo.kinderen()}", 60)


@pytest.mark.storingen
def test_na_kill_9_blijft_er_niets_over(demo: Demo) -> None:
    demo.start()
    demo.tot_gereed()

    demo.proces.kill()

    wacht_tot(lambda: demo.kinderen() == [], f"er draait nog iets: {demo.kinderen()}", 60)


@pytest.mark.storingen
def test_wie_make_doodt_houdt_niets_over(demo: Demo) -> None:
    demo.opdracht = ["/bin/sh", "-c", f"{sys.executable} -m portal.demo; true"]  # sh plays make
    demo.start()
    demo.tot_gereed()

    demo.proces.kill()

    wacht_tot(lambda: demo.kinderen() == [], f"er draait nog iets: {demo.kinderen()}", 60)


@pytest.mark.storingen
def test_een_gestopte_werker_start_weer_ook_met_code_nul(demo: Demo) -> None:
    demo.start()
    demo.tot_gereed()
    werker = _pid_met(demo, "procrastinate")

    os.kill(werker, signal.SIGTERM)  # procrastinate ends with 0 after that

    wacht_tot(lambda: _pid_met(demo, "procrastinate") not in {0, werker}, "geen nieuwe werker", 60)


def _pid_met(demo: Demo, woord: str) -> int:
    for pid in demo.kinderen():
        try:
            opdracht = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
        if woord.encode() in opdracht:
            return pid
    return 0


@pytest.mark.storingen
def test_een_bezette_poort_noemt_poort_en_instelling(demo: Demo) -> None:
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", demo.poort))
        bezet.listen()
        demo.start()
        gezegd, _ = demo.proces.communicate()

    assert f"Poort {demo.poort} is niet vrij" in gezegd
    assert "make run PORTAAL_POORT=" in gezegd
    assert "Traceback" not in gezegd
    assert demo.proces.returncode == 1


@pytest.mark.storingen
def test_een_onbereikbare_databank_is_een_zin(demo: Demo) -> None:
    demo.omgeving["DATABASE_URL"] = f"postgresql://u:geheim@127.0.0.1:{vrije_poort()}/weg"
    demo.start()
    gezegd, _ = demo.proces.communicate()

    assert "antwoordt niet" in gezegd
    assert "Traceback" not in gezegd
    assert "geheim" not in gezegd


@pytest.mark.parametrize("waarde", ["0", "65536", "acht", "-1", "8" * 5000, ""])
def test_een_onmogelijke_poort_wordt_geweigerd(
    monkeypatch: pytest.MonkeyPatch, waarde: str
) -> None:
    monkeypatch.setenv("PORTAAL_POORT", waarde)

    with pytest.raises(DemoStopt, match="PORTAAL_POORT"):
        _ = Poort("PORTAAL_POORT", 8000).nummer


def test_geheimen_worden_een_keer_gemaakt_en_zijn_alleen_van_ons(tmp_path: Path) -> None:
    bestand = tmp_path / "var" / "geheimen.json"

    eerste = geheimen(bestand)

    assert geheimen(bestand) == eerste
    assert stat.S_IMODE(bestand.stat().st_mode) == 0o600
    assert len(set(eerste.values())) == len(eerste)


def test_een_nieuw_geheim_laat_de_oude_staan(tmp_path: Path) -> None:
    bestand = tmp_path / "geheimen.json"
    bestand.write_text(json.dumps({"SECRET_KEY": "van vroeger"}))

    nieuw = geheimen(bestand)

    assert nieuw["SECRET_KEY"] == "van vroeger"
    assert nieuw["PORTAAL_INDEXSLEUTELS"]


@pytest.mark.parametrize("inhoud", ["{", "niets"])
def test_een_kapot_bestand_met_geheimen_wordt_niet_vervangen(tmp_path: Path, inhoud: str) -> None:
    bestand = tmp_path / "geheimen.json"
    bestand.write_text(inhoud)

    with pytest.raises(DemoStopt, match="niet te lezen"):
        geheimen(bestand)
    assert bestand.read_text() == inhoud
