"""A server that answers as badly as a neighbour can; one answer per instance, over a raw socket."""

import re
import socket
import threading
import time
from collections.abc import Callable

Antwoord = Callable[[socket.socket], None]


class Kwaad:
    """Accepts connections and gives each the same bad answer. `vragen` counts them."""

    def __init__(self, antwoord: Antwoord) -> None:
        self._antwoord = antwoord
        self._luister = socket.create_server(("127.0.0.1", 0))
        self.poort = self._luister.getsockname()[1]
        self.vragen = 0
        self.klaar = threading.Event()

    def __enter__(self) -> "Kwaad":
        threading.Thread(target=self._draai, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.klaar.set()
        self._luister.shutdown(socket.SHUT_RDWR)
        self._luister.close()

    def _draai(self) -> None:
        while not self.klaar.is_set():
            try:
                verbinding, _ = self._luister.accept()
            except OSError:
                return
            self.vragen += 1
            threading.Thread(target=self._een, args=(verbinding,), daemon=True).start()

    def _een(self, verbinding: socket.socket) -> None:
        with verbinding:
            try:
                _lees_vraag(verbinding)
                self._antwoord(verbinding)
            except OSError:
                return


def _lees_vraag(verbinding: socket.socket) -> None:
    """Read headers and body: closing on unread bytes would reset what we answered."""
    gelezen = b""
    while b"\r\n\r\n" not in gelezen:
        gelezen += verbinding.recv(65536)
    kop, _, rest = gelezen.partition(b"\r\n\r\n")
    lengte = re.search(rb"(?i)content-length: (\d+)", kop)
    while lengte and len(rest) < int(lengte[1]):
        rest += verbinding.recv(65536)


def antwoord(
    inhoud: bytes,
    *,
    status: str = "200 OK",
    soort: str = "application/json",
    lengte: int | None = None,
    meer: str = "",
) -> Antwoord:
    """Return an answer with these bytes; `lengte` lies about how many there are."""
    kop = (
        f"HTTP/1.1 {status}\r\nContent-Type: {soort}\r\n{meer}"
        f"Content-Length: {len(inhoud) if lengte is None else lengte}\r\n\r\n"
    )
    return lambda verbinding: verbinding.sendall(kop.encode() + inhoud)


def zwijg(verbinding: socket.socket) -> None:
    """Accept, read, say nothing until the other side gives up."""
    verbinding.settimeout(30)
    while verbinding.recv(65536):
        pass


def druppel(verbinding: socket.socket) -> None:
    """One byte of the headers every tenth of a second, for ever: no single read is late."""
    verbinding.sendall(b"HTTP/1.1 200 OK\r\nX-Druppel: ")
    while True:
        verbinding.sendall(b"x")
        time.sleep(0.1)
