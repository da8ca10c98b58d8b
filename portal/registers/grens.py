"""A transport that keeps to one deadline: connecting, headers and a slow drip all count.

httpx bounds each single read, so a server that sends one byte a second is never late. Here every
read and write gets what is left of the whole (docs/besluiten 0060).
"""

import ssl
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import httpcore
import httpx


class BegrensdeStroom(httpcore.NetworkStream):
    """A connection whose reads and writes end at `einde` (seconds of `time.monotonic`)."""

    def __init__(self, stroom: httpcore.NetworkStream, einde: float) -> None:
        self._stroom = stroom
        self._einde = einde

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stroom.read(max_bytes, _rest(self._einde, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stroom.write(buffer, _rest(self._einde, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stroom.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        rest = _rest(self._einde, httpcore.ConnectTimeout)
        return BegrensdeStroom(
            self._stroom.start_tls(ssl_context, server_hostname, rest), self._einde
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stroom.get_extra_info(info)


class BegrensdNet(httpcore.NetworkBackend):
    """Opens connections that all end at the same moment."""

    def __init__(self, einde: float) -> None:
        self._einde = einde
        self._net = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        rest = min(timeout or float("inf"), _rest(self._einde, httpcore.ConnectTimeout))
        stroom = self._net.connect_tcp(host, port, rest, local_address, socket_options)
        return BegrensdeStroom(stroom, self._einde)


class BegrensdTransport(httpx.HTTPTransport):
    """One call, one connection: no pool that outlives a neighbour's restart, no proxy."""

    def __init__(self, *, einde: float, certificaat: str = "") -> None:
        context = _tls(certificaat)
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=1,
            max_keepalive_connections=0,
            network_backend=BegrensdNet(einde),
        )


def _rest(einde: float, te_laat: type[httpcore.TimeoutException]) -> float:
    rest = einde - time.monotonic()
    if rest <= 0:
        raise te_laat
    return rest


@lru_cache
def _tls(certificaat: str) -> ssl.SSLContext:
    """The system's roots; with `certificaat` (PEM, key included) we also show who we are."""
    context = ssl.create_default_context()
    if certificaat:
        context.load_cert_chain(certificaat)
    return context
