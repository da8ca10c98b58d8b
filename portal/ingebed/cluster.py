"""The data directory of the server: made once, whole or not at all, and never thrown away."""

import json
import os
import secrets
import shutil
import subprocess
from pathlib import Path
from typing import Any

from portal.ingebed.plaats import MAJOR, GeenDatabank, Plek


def lees_staat(map_: Path) -> dict[str, Any]:
    """Return what `pg.json` says (poort, wachtwoord); empty when there is none, or half of one."""
    try:
        staat = json.loads((map_ / "pg.json").read_text())
    except (OSError, ValueError):
        return {}
    return staat if isinstance(staat, dict) else {}


def schrijf_staat(map_: Path, **staat: object) -> None:
    """Write `pg.json` (0600) in one step: a reader sees the old one or the new one."""
    nieuw = map_ / "pg.json.nieuw"
    nieuw.unlink(missing_ok=True)
    with open(os.open(nieuw, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as uit:
        json.dump(staat, uit)
    nieuw.replace(map_ / "pg.json")


def wachtwoord_van(plek: Plek, map_: Path) -> str:
    """Return the password of the cluster; make the cluster when there is none.

    Raises GeenDatabank for a cluster of another major and for one without its password.
    """
    if not plek.data.exists():
        return _maak_cluster(plek, map_)
    versie = _major(plek.data)
    if versie != MAJOR:
        raise GeenDatabank(
            f"{plek.data} is van PostgreSQL {versie}, dit portaal gebruikt {MAJOR}. Zet die map"
            " ergens anders neer (of gooi haar weg, het is de demo), en start opnieuw."
        )
    wachtwoord = lees_staat(map_).get("wachtwoord")
    if not wachtwoord:
        raise GeenDatabank(
            f"{map_ / 'pg.json'} met het wachtwoord van {plek.data} is weg of onleesbaar."
            " Zet het terug, of zet de map 'pg' ergens anders neer en start opnieuw."
        )
    return str(wachtwoord)


def _major(data: Path) -> str:
    try:
        return (data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        raise GeenDatabank(
            f"{data} bestaat maar is geen databank. Zet die map ergens anders neer."
        ) from None
    except PermissionError:
        raise GeenDatabank(
            f"{data} is van een ander account. Start het portaal als dat account, of zet die map"
            " ergens anders neer."
        ) from None


def _maak_cluster(plek: Plek, map_: Path) -> str:
    """Make the cluster under a temporary name and rename it: half a cluster never looks ready."""
    wachtwoord = secrets.token_urlsafe(24)
    half = plek.data.with_name("pg.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    plek.wie.krijgt(half)
    _initdb(plek, half, wachtwoord)
    schrijf_staat(map_, wachtwoord=wachtwoord)
    half.rename(plek.data)
    return wachtwoord


def _initdb(plek: Plek, half: Path, wachtwoord: str) -> None:
    lezen, schrijven = os.pipe()  # the password touches no disk
    with os.fdopen(schrijven, "w") as uit:
        uit.write(wachtwoord)
    plek.wie.krijgt(lezen)
    try:
        klaar = subprocess.run(  # noqa: S603 - a fixed command, no shell
            [plek.bin / "initdb", "-D", half, "-U", "portaal", "-A", "scram-sha-256",
             "--pwfile=/dev/stdin", "-E", "UTF8", "--locale-provider=builtin",
             "--builtin-locale=C.UTF-8", "--no-locale", "-N"],
            user=plek.wie.uid, group=plek.wie.gid, extra_groups=plek.wie.groepen, stdin=lezen,
            capture_output=True, text=True, check=False, cwd=plek.thuis,
        )  # fmt: skip
    finally:
        os.close(lezen)
    if klaar.returncode:
        shutil.rmtree(half, ignore_errors=True)
        raise GeenDatabank(f"De databank maken mislukte: {klaar.stderr.strip()[-500:]}")


def ruim_dode_pid(data: Path) -> None:
    """Remove a `postmaster.pid` whose number now belongs to something that is not PostgreSQL.

    Called while we hold the lock, so no server of ours runs here. PostgreSQL judges the rest; it
    would refuse to start when a process of the same account happens to have that number (Linux).
    """
    bestand = data / "postmaster.pid"
    try:
        pid = int(bestand.read_text().split("\n", 1)[0])
        naam = Path(f"/proc/{pid}/comm").read_text().strip()
    except (OSError, ValueError):
        return
    if naam != "postgres":
        bestand.unlink(missing_ok=True)
