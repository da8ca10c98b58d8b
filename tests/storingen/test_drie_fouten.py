"""Elke keer in `make test`: drie echte fouten in het portaal, en de controle ziet ze alle drie.

A few seconds each, without web processes; the whole storm meets them in tests/mutanten/storm.toml.
"""

import signal

import pytest

from tests.storingen.controle import oordeel, regels
from tests.storingen.opstelling import wacht

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(120)]
GENOEG = 20
LAAT_OP_SCHIJF = {
    "synchronous_commit": "off",
    "wal_writer_delay": "10s",
    "wal_writer_flush_after": "1GB",
}


@pytest.fixture
def huis(opstelling):
    opstelling.ontvanger()
    opstelling.abonnement("/webhook/een")
    return opstelling


@pytest.fixture
def laat_op_schijf(huis):
    for naam, waarde in LAAT_OP_SCHIJF.items():
        huis.vraag(f"alter system set {naam} = '{waarde}'")
    huis.vraag("select pg_reload_conf()")
    yield
    for naam in LAAT_OP_SCHIJF:
        huis.vraag(f"alter system reset {naam}")
    huis.vraag("select pg_reload_conf()")


def gezien(huis):
    return set(oordeel(huis.url, huis.ontvangst, huis.toezeggingen).fouten)


def schrijf_tot_genoeg(huis, *keuzes):
    schrijver = huis.schrijver("a", *keuzes, herstart=False)
    wacht(lambda: len(regels(huis.toezeggingen[-1])) >= GENOEG, 30, "er is toegezegd")
    schrijver.stop()


def test_bevestigd_voordat_het_op_schijf_staat_heet_kwijt(huis, laat_op_schijf):
    schrijf_tot_genoeg(huis)
    huis.server.kind.send_signal(signal.SIGQUIT)
    huis.server.kind.wait(20)
    huis.server._herstart = False
    assert huis.server.bewaak()

    assert "kwijt" in gezien(huis)


def test_een_rij_zonder_volgorde_heet_wanorde(huis):
    """De tiende poging wordt geweigerd; van die klant komt wat daarna kwam dan toch aan."""
    schrijf_tot_genoeg(huis, "--klanten", "3")
    huis.gedrag("/webhook/een", "grillig")
    huis.werker(fout="zonder-volgorde")
    wacht(lambda: len(regels(huis.ontvangst)) >= GENOEG * 3 // 4, 30, "er komt iets aan")

    assert "wanorde" in gezien(huis)


def test_versturen_voor_commit_heet_een_spook(huis):
    schrijver = huis.schrijver(
        "a", "--sterf", "in-transactie", "--na", "5", fout="voor-commit", herstart=False
    )
    schrijver.wacht_op_einde()

    assert "spook" in gezien(huis)
