"""The way out: one keep-alive session whose sockets check the address they connect to."""

import asyncio
import hashlib
import ssl
import tempfile
import time
from collections.abc import Sequence

import aiohttp

from portal.webhooks.bestemming import Net, maak_stopcontact
from portal.webhooks.pomp.tijden import DNS_BEWAREN, SESSIE_LEVEN, SESSIE_NALEVEN


class Uitgang:
    """Sessions live at most five minutes, so that a changed answer of DNS is noticed.

    `demo` gives the session for the named receivers of the demo, which may be on loopback.
    """

    def __init__(self, toegestaan: Sequence[Net]) -> None:
        self._stopcontact = maak_stopcontact(toegestaan)
        self._sessies: dict[bool, tuple[aiohttp.ClientSession, float]] = {}
        self._tls: dict[str, ssl.SSLContext] = {}
        self._oud: dict[aiohttp.ClientSession, asyncio.TimerHandle] = {}

    def sessie(self, *, demo: bool) -> aiohttp.ClientSession:
        """Return the session of now; an outlived one is closed when its last post is over."""
        huidig = self._sessies.get(demo)
        if huidig and time.monotonic() - huidig[1] < SESSIE_LEVEN:
            return huidig[0]
        if huidig:
            self._sluit_straks(huidig[0])
        nieuw = self._maak(None if demo else self._stopcontact)
        self._sessies[demo] = (nieuw, time.monotonic())
        return nieuw

    @staticmethod
    def _maak(stopcontact: "aiohttp.SocketFactoryType | None") -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0, ttl_dns_cache=DNS_BEWAREN, socket_factory=stopcontact
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            headers={"Accept-Encoding": "identity"},
        )

    def tls(self, eigen_ca: str, certificaat: str = "", sleutel: str = "") -> ssl.SSLContext:
        """Return the context for this CA and client certificate (PEM); name always checked."""
        naam = hashlib.sha256("\0".join((eigen_ca, certificaat, sleutel)).encode()).hexdigest()
        if naam not in self._tls:
            self._tls[naam] = maak_tls(eigen_ca, certificaat, sleutel)
        return self._tls[naam]

    async def sluit(self) -> None:
        """Close every session."""
        for straks in self._oud.values():
            straks.cancel()
        for sessie in [*self._oud, *(sessie for sessie, _ in self._sessies.values())]:
            await sessie.close()
        self._oud.clear()
        self._sessies.clear()

    def _sluit_straks(self, sessie: aiohttp.ClientSession) -> None:
        lus = asyncio.get_running_loop()
        self._oud[sessie] = lus.call_later(
            SESSIE_NALEVEN, lambda: lus.create_task(self._sluit_oud(sessie))
        )

    async def _sluit_oud(self, sessie: aiohttp.ClientSession) -> None:
        await sessie.close()
        self._oud.pop(sessie, None)


def maak_tls(eigen_ca: str, certificaat: str = "", sleutel: str = "") -> ssl.SSLContext:
    """TLS 1.2 or higher with the system's CAs, or only `eigen_ca`; raises ssl.SSLError."""
    tls = ssl.create_default_context(cadata=eigen_ca or None)
    tls.minimum_version = ssl.TLSVersion.TLSv1_2
    if certificaat:
        with tempfile.NamedTemporaryFile("w", suffix=".pem") as bestand:
            bestand.write(f"{sleutel}\n{certificaat}\n")
            bestand.flush()
            tls.load_cert_chain(bestand.name, password="")  # OpenSSL would ask the terminal
    return tls
