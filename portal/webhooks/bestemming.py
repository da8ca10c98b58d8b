"""Mogen wij daarheen: de regels voor een URL, en het adres waarmee echt verbonden wordt.

The address check sits in the socket factory of the connector, so it sees what is connected to:
a resolver alone misses IP literals and names that change their answer. ssrfguard's table is asked
besides our own; both must say yes.
"""

import socket
from collections.abc import Callable, Sequence
from functools import partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urlsplit

import ssrfguard
from django.conf import settings

from portal.klanten.regels import RegelGeschonden

Adres = IPv4Address | IPv6Address
Net = IPv4Network | IPv6Network

MAX_LENGTE = 500
POORTEN = {443, 8443}
ALTIJD_DICHT: list[Net] = [
    ip_network(net)
    for net in (
        "127.0.0.0/8", "::1/128", "0.0.0.0/8", "::/128", "169.254.0.0/16", "fe80::/10",
        "224.0.0.0/4", "ff00::/8", "255.255.255.255/32",
        "168.63.129.16/32", "100.100.100.200/32", "fd00:ec2::254/128",
    )
]  # fmt: skip
"""Nooit, ook niet als de beheerder van de server het noemt: zichzelf, buren, metadata."""
NOOIT_OPENBAAR: list[Net] = [
    ip_network(net)
    for net in (
        "192.0.0.0/24", "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48",
        "2001::/23", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
    )
]  # fmt: skip
"""Wat `is_global` van Python 3.11 ten onrechte openbaar noemt."""
BELEID = ssrfguard.Policy()


class BestemmingGeweigerd(RegelGeschonden):
    """Naar deze URL stuurt het portaal niets."""

    code = "bestemming-geweigerd"
    melding = "Naar dit adres stuurt het portaal niets."


class AdresGeweigerd(OSError):
    """Het adres achter de naam is niet toegestaan; zegt nooit welk adres het was."""

    def __init__(self) -> None:
        super().__init__("adres geweigerd")


def is_openbaar(adres: Adres) -> bool:
    """Een gewoon adres op het internet, ook van binnen bekeken."""
    if any(adres in net for net in NOOIT_OPENBAAR) or adres.is_multicast or adres.is_reserved:
        return False
    return adres.is_global


def eis_openbaar(adres: Adres, toegestaan: Sequence[Net]) -> None:
    """Het portaal belt alleen naar buiten, of naar wat de beheerder van de server noemde.

    Raises AdresGeweigerd. An IPv4-mapped address counts as the IPv4 address inside it.
    """
    adres = getattr(adres, "ipv4_mapped", None) or adres
    if any(adres in net for net in ALTIJD_DICHT):
        raise AdresGeweigerd
    if any(adres in net for net in toegestaan):
        return
    if not is_openbaar(adres) or not BELEID.permits_address(adres):
        raise AdresGeweigerd


def toegestane_netten() -> tuple[Net, ...]:
    """De netten uit `WEBHOOKS_TOEGESTANE_NETTEN`; een schrijffout stopt de start (checks)."""
    return tuple(ip_network(net) for net in settings.WEBHOOKS_TOEGESTANE_NETTEN)


def maak_stopcontact(toegestaan: Sequence[Net]) -> Callable[[tuple[Any, ...]], socket.socket]:
    """Geef de `socket_factory` voor aiohttp: geen socket voor een adres dat niet mag."""
    return partial(_stopcontact, toegestaan)


def _stopcontact(toegestaan: Sequence[Net], info: tuple[Any, ...]) -> socket.socket:
    familie, soort, proto, _, plek = info
    eis_openbaar(ip_address(str(plek[0]).partition("%")[0]), toegestaan)
    return socket.socket(familie, soort, proto)


def is_demo_ontvanger(url: str) -> bool:
    """Alleen de demo kent ontvangers die http en elke poort mogen, en alleen deze."""
    deel = urlsplit(url)
    return f"{deel.scheme}://{deel.netloc}" in settings.WEBHOOKS_DEMO_ONTVANGERS


def eis_url(url: str) -> None:
    """De regels voor een URL die iemand opgeeft; raises BestemmingGeweigerd met de reden."""
    if len(url) > MAX_LENGTE or not url.isascii() or not url.isprintable() or " " in url:
        raise BestemmingGeweigerd(
            "Schrijf het adres in gewone letters, zonder spaties, hooguit 500 tekens."
        )
    try:
        deel = urlsplit(url)
        poort = 443 if deel.port is None else deel.port
    except ValueError:
        raise BestemmingGeweigerd("Dit is geen geldig adres.") from None
    if not is_demo_ontvanger(url):
        _eis_delen(deel, poort)
        _eis_letterlijk_adres(deel.hostname or "")


def _eis_delen(deel: SplitResult, poort: int) -> None:
    if deel.scheme != "https" or poort not in POORTEN:
        raise BestemmingGeweigerd("Het adres begint met https:// en heeft poort 443 of 8443.")
    if "@" in deel.netloc or deel.fragment or "\\" in deel.netloc:
        raise BestemmingGeweigerd("In het adres staan geen naam, wachtwoord of #.")
    if "." not in (deel.hostname or "").strip(".") and ":" not in (deel.hostname or ""):
        raise BestemmingGeweigerd("Noem de volledige naam van de server.")


def _eis_letterlijk_adres(host: str) -> None:
    try:
        adres = ip_address(host)
    except ValueError:
        return
    try:
        eis_openbaar(adres, toegestane_netten())
    except AdresGeweigerd:
        raise BestemmingGeweigerd from None
