"""Naar buiten, en nooit naar binnen: de regels voor een URL en voor het adres erachter."""

import socket
from ipaddress import ip_address, ip_network

import aiohttp
import pytest
from django.core.checks import run_checks

from portal.webhooks.bestemming import (
    AdresGeweigerd,
    BestemmingGeweigerd,
    eis_openbaar,
    eis_url,
    maak_stopcontact,
)
from portal.webhooks.bezorging import Doel, bezorg
from portal.webhooks.pomp.uitgang import Uitgang

# fmt: off
BINNEN = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.1",  # noqa: S104 - wat geweigerd wordt
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "168.63.129.16", "100.100.100.200", "::1", "::", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
    "::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:a00:1::1", "2001::1", "2001:db8::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "3fff::1", "5f00::1",
]
# fmt: on
BUITEN = ["9.9.9.9", "145.100.1.1", "2a02:a44a::1", "2606:4700::1111"]
ALTIJD_DICHT = ["127.0.0.1", "169.254.169.254", "168.63.129.16", "::1", "fe80::1", "0.0.0.0"]  # noqa: S104 - wat geweigerd wordt


@pytest.mark.parametrize("adres", BINNEN)
def test_een_adres_van_binnen_wordt_geweigerd(adres):
    with pytest.raises(AdresGeweigerd):
        eis_openbaar(ip_address(adres), [])


@pytest.mark.parametrize("adres", BUITEN)
def test_een_adres_van_buiten_mag(adres):
    eis_openbaar(ip_address(adres), [])


def test_een_net_van_de_gemeente_mag_als_de_beheerder_van_de_server_het_noemt():
    eis_openbaar(ip_address("10.20.3.4"), [ip_network("10.20.0.0/16")])
    with pytest.raises(AdresGeweigerd):
        eis_openbaar(ip_address("10.21.3.4"), [ip_network("10.20.0.0/16")])


@pytest.mark.parametrize("adres", ALTIJD_DICHT)
def test_zichzelf_en_metadata_blijven_dicht_ook_als_iemand_alles_toestaat(adres):
    with pytest.raises(AdresGeweigerd):
        eis_openbaar(ip_address(adres), [ip_network("0.0.0.0/0"), ip_network("::/0")])


@pytest.mark.parametrize(
    "url",
    [
        "http://zaken.waterveen.nl/",
        "https://zaken.waterveen.nl:8080/",
        "https://zaken.waterveen.nl:0/",
        "https://zaken.waterveen.nl:99999/",
        "https://noor@zaken.waterveen.nl/",
        "https://zaken.waterveen.nl/#deel",
        "https://zaken/",
        "https:///pad",
        "https://zakén.nl/",
        "https://①②⑦.0.0.1/",
        "https://zaken.waterveen.nl/a b",
        "https://zaken.waterveen.nl/\n",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://10.0.0.1/",
        "https://2130706433/",
        "https://[",
        "ftp://zaken.waterveen.nl/",
        "file:///etc/passwd",
        "https://zaken.waterveen.nl\\@127.0.0.1/",
        "https://zaken.waterveen.nl/" + "a" * 500,
        "",
    ],
)
def test_een_url_die_niet_mag_wordt_met_reden_geweigerd(url):
    with pytest.raises(BestemmingGeweigerd) as fout:
        eis_url(url)
    assert fout.value.melding.endswith(".")


@pytest.mark.parametrize(
    "url",
    [
        "https://zaken.waterveen.nl/klantportaal",
        "https://zaken.waterveen.nl:8443/a?b=c",
        "https://9.9.9.9/",
    ],
)
def test_een_gewone_url_mag(url):
    eis_url(url)


def test_alleen_de_genoemde_ontvanger_van_de_demo_mag_http(settings):
    settings.WEBHOOKS_DEMO_ONTVANGERS = ["http://127.0.0.1:8001"]
    eis_url("http://127.0.0.1:8001/webhook")
    for anders in ("http://127.0.0.1:8002/", "http://127.0.0.1:80010/", "http://localhost:8001/"):
        with pytest.raises(BestemmingGeweigerd):
            eis_url(anders)


def test_ontvangers_van_de_demo_zonder_demo_zijn_een_fout(settings):
    settings.DEMO, settings.WEBHOOKS_DEMO_ONTVANGERS = False, ["http://127.0.0.1:8001"]
    assert "webhooks.E001" in {melding.id for melding in run_checks()}


def test_een_net_dat_geen_net_is_stopt_de_start(settings):
    settings.WEBHOOKS_TOEGESTANE_NETTEN = ["10.0.0.0/99"]
    assert "webhooks.E002" in {melding.id for melding in run_checks()}


@pytest.mark.parametrize(
    ("net", "mag"),
    [
        ("0.0.0.0/0", False),
        ("8.0.0.0/7", False),
        ("10.0.0.0/8", True),
        ("172.16.0.0/12", True),
        ("::/0", False),
        ("fc00::/7", False),
        ("fd12:3456::/31", False),
        ("fd12:3456::/32", True),
        ("fd12:3456:789a::/48", True),
    ],
)
def test_een_net_wijder_dan_dat_van_een_gemeente_stopt_de_start(settings, net, mag):
    settings.WEBHOOKS_TOEGESTANE_NETTEN = ["10.1.0.0/16", net]
    fouten = [melding for melding in run_checks() if melding.id == "webhooks.E004"]
    assert [net in melding.msg for melding in fouten] == ([] if mag else [True])


HOST = "wisselend.waterveen.nl"


class Wissel(aiohttp.abc.AbstractResolver):
    """Een naam die eerst naar buiten wijst en daarna naar binnen."""

    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [
            {
                "hostname": host,
                "host": "127.0.0.1",
                "port": port,
                "family": socket.AF_INET,
                "proto": 0,
                "flags": 0,
            }
        ]

    async def close(self):
        return None


@pytest.mark.asyncio
@pytest.mark.parametrize("host", [HOST, "127.0.0.1", "0x7f.0.0.1"])
async def test_het_adres_wordt_bij_het_verbinden_bekeken_niet_alleen_de_naam(gemeente, host):
    poort = gemeente.url.split(":")[2].split("/")[0]
    verbinder = aiohttp.TCPConnector(resolver=Wissel(), socket_factory=maak_stopcontact([]))
    async with aiohttp.ClientSession(connector=verbinder) as sessie:
        doel = Doel(url=f"http://{host}:{poort}/webhook", wacht=2.0, tls=False)
        antwoord = await bezorg(sessie, doel, b"{}", {})
    assert antwoord.foutsoort == "adres-geweigerd"
    assert not gemeente.ontvangen


@pytest.mark.asyncio
async def test_een_doorverwijzing_wordt_niet_gevolgd_en_een_proxy_niet_gebruikt(
    gemeente, monkeypatch
):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    gemeente.gedrag["/webhook"] = "door"
    uitgang = Uitgang(())
    doel = Doel(url=gemeente.url, wacht=2.0, tls=False)
    antwoord = await bezorg(uitgang.sessie(demo=True), doel, b"{}", {})
    await uitgang.sluit()
    assert antwoord.status == 302
