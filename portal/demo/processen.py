"""The processes of the demo: started together, kept running, stopped together.

Each child has a process group of its own, so Ctrl-C reaches only us and we choose the order; on
Linux the kernel ends each child when we are gone, whatever the way (`kill -9`, closed terminal).
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portal.demo.omgeving import BASIS, DemoStopt

PR_SET_PDEATHSIG = 1
GEDULD = 3.0
"""Seconds between "please stop" and SIGKILL; with the database it stays under five."""
TE_VAAK = 5
"""So many ends of one process within a minute, and the demo stops."""


def sterf_met_ouder(ouder: int, sein: int = signal.SIGTERM) -> None:
    """Ask the kernel to send `sein` to this process when its parent is gone; Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, sein)
        if os.getppid() != ouder:
            os.kill(os.getpid(), sein)


def zeg(naam: str, tekst: str) -> None:
    """Print one line with its origin in front; a terminal that is gone is no reason to fail."""
    try:
        sys.stdout.write(f"{naam:>9} | {tekst}\n")
        sys.stdout.flush()
    except (OSError, ValueError):
        return


@dataclass
class Proces:
    """One command that has to run as long as the demo does, whatever its exit code.

    `als_wees`: the signal it gets when we are gone. Nobody is left then to wait for a worker that
    waits for a database that went with us; only who must end a child of its own is asked nicely.
    """

    naam: str
    opdracht: Sequence[str]
    extra: Mapping[str, str] = field(default_factory=dict)
    als_wees: int = signal.SIGKILL
    kind: subprocess.Popen[str] | None = None
    einden: deque[float] = field(default_factory=lambda: deque(maxlen=TE_VAAK))

    def start(self, omgeving: Mapping[str, str]) -> None:
        """Start the command and a thread that passes its lines on; call from the main thread."""
        ouder = os.getpid()
        self.kind = subprocess.Popen(  # noqa: S603 - our own commands, no shell
            self.opdracht, env={**omgeving, **self.extra}, cwd=BASIS, text=True, errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            process_group=0, preexec_fn=lambda: sterf_met_ouder(ouder, self.als_wees),
        )  # fmt: skip
        threading.Thread(target=self._geef_door, args=[self.kind], daemon=True).start()

    def _geef_door(self, kind: subprocess.Popen[str]) -> None:
        for regel in kind.stdout or ():
            zeg(self.naam, regel.rstrip())

    def gestopt(self) -> bool:
        """Has it ended? Then nothing of its group is left either."""
        if self.kind is None or self.kind.poll() is None:
            return False
        self._sein(signal.SIGKILL)
        return True

    def _sein(self, sein: int) -> None:
        if self.kind is not None:
            try:
                os.killpg(self.kind.pid, sein)
            except ProcessLookupError:
                return

    def vraag_te_stoppen(self) -> None:
        """SIGTERM to the process itself; it tells its own children."""
        if self.kind is not None and self.kind.poll() is None:
            self.kind.terminate()

    def wacht(self, einde: float) -> None:
        """Wait until `einde` (time.monotonic), then end the whole group."""
        if self.kind is None:
            return
        try:
            self.kind.wait(max(0.0, einde - time.monotonic()))
        except subprocess.TimeoutExpired:
            zeg(self.naam, "stopt niet vanzelf en wordt afgebroken")
        self._sein(signal.SIGKILL)
        self.kind.wait()


class Processen:
    """All processes together."""

    def __init__(self, processen: Sequence[Proces], omgeving: Mapping[str, str]) -> None:
        self.processen = processen
        self.omgeving = omgeving

    def start(self) -> None:
        for proces in self.processen:
            proces.start(self.omgeving)

    def bewaak(self) -> None:
        """Start again what ended, exit code 0 too; raise DemoStopt for what ends over and over."""
        for proces in self.processen:
            if not proces.gestopt() or proces.kind is None:
                continue
            nu = time.monotonic()
            zeg("demo", f"{proces.naam} stopte (code {proces.kind.returncode}) en start opnieuw")
            proces.einden.append(nu)
            if len(proces.einden) == TE_VAAK and nu - proces.einden[0] < 60:
                raise DemoStopt(f"{proces.naam} stopt telkens opnieuw; zie de regels hierboven.")
            proces.start(self.omgeving)

    def stop(self) -> None:
        """Ask all, wait together, then end what is left. Nothing of ours runs on after this."""
        for proces in self.processen:
            proces.vraag_te_stoppen()
        einde = time.monotonic() + GEDULD
        for proces in self.processen:
            proces.wacht(einde)
