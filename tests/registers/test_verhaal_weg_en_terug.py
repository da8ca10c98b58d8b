"""Each neighbour, as a process of its own, is killed and brought back; the portal goes on."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from portal.klanten import handelingen
from portal.klanten.models import Proces
from portal.klanten.regels import Interactiesoort, NieuweTerugmelding, Register
from portal.registers import basisgegevens, notificaties, onderbreker, stand, uitbak, zaken
from portal.registers.interacties import lezen
from portal.registers.models import Bijwerking
from portal.registers.onderbreker import RUST_SECONDEN
from portal.registers.verbinding import Buurstoring
from tests.mensen import NU, WATERVEEN
from tests.nep_buren import SOORTEN
from tests.registers.conftest import zet

pytestmark = [pytest.mark.django_db, pytest.mark.storingen]
BASIS = Path(__file__).parent.parent.parent
PADEN = {soort.naam: soort.basispad for soort in SOORTEN}


class Buurproces:
    """`python -m tests.nep_...`, on a port that stays the same."""

    def __init__(self, naam: str) -> None:
        self.naam = naam
        with socket.create_server(("127.0.0.1", 0)) as vrij:
            self.poort = vrij.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.poort}{PADEN[naam]}"
        self._kind: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        opdracht = [sys.executable, "-m", f"tests.nep_{self.naam}", "--poort", str(self.poort)]
        self._kind = subprocess.Popen(opdracht, cwd=BASIS)
        for _ in range(200):
            with socket.socket() as proef:
                if proef.connect_ex(("127.0.0.1", self.poort)) == 0:
                    return
            time.sleep(0.05)
        pytest.fail(f"{self.naam} start niet")

    def dood(self) -> None:
        """kill -9: no goodbye."""
        if self._kind:
            self._kind.kill()
            self._kind.wait()
            self._kind = None


@pytest.fixture
def buur(settings) -> Iterator[Callable[[str], Buurproces]]:
    settings.BUREN = {}
    with ExitStack() as stapel:

        def _buur(naam: str) -> Buurproces:
            proces = Buurproces(naam)
            stapel.callback(proces.dood)
            proces.start()
            zet(settings, naam, proces.url)
            return proces

        yield _buur


def _toont(noor, bakkerij, naam: str) -> bool:
    vragen = {
        "brp": lambda: basisgegevens.persoon(noor),
        "kvk": lambda: basisgegevens.onderneming(bakkerij),
        "pdok": lambda: basisgegevens.adressen("1234AB", "1"),
    }
    return vragen[naam]().er


@pytest.mark.uitgangspunt("REG-6")
@pytest.mark.parametrize("naam", ["brp", "kvk", "pdok"])
def test_wat_getoond_wordt_valt_weg_en_komt_terug(buur, noor, bakkerij, naam, monkeypatch):
    proces = buur(naam)
    assert _toont(noor, bakkerij, naam)
    proces.dood()
    assert [_toont(noor, bakkerij, naam) for _ in range(4)] == [False] * 4
    assert onderbreker.van(naam).is_open
    proces.start()
    assert not _toont(noor, bakkerij, naam), "zolang zij rust heeft wordt er niet gevraagd"
    na_de_rust = time.monotonic() + RUST_SECONDEN
    monkeypatch.setattr(onderbreker.van(naam), "klok", lambda: na_de_rust)
    assert _toont(noor, bakkerij, naam)
    assert {regel.naam: regel.werkt for regel in stand.stand()}[naam]


def test_zaken_laten_een_verwijdering_wachten_tot_zij_terug_zijn(buur, noor):
    proces = buur("zaken")
    assert zaken.zaken_of_niets(noor) == ()
    proces.dood()
    assert zaken.zaken_of_niets(noor) is None
    proces.start()
    assert zaken.zaken_of_niets(noor) == ()


def test_de_routeringcomponent_hoort_het_abonnement_later(
    buur, live_server, settings, echte_transacties
):
    """She calls back before she agrees, so the portal listens too."""
    settings.PORTAAL_URL = live_server.url
    proces = buur("notificaties")
    assert notificaties.abonneer()
    proces.dood()
    with pytest.raises(Buurstoring, match="geen-verbinding"):
        notificaties.abonneer()
    proces.start()
    assert notificaties.abonneer(), "she forgot everything, and has it again"
    assert not notificaties.abonneer()


def _doe(naam: str, wie: Any) -> None:
    """Something of which this neighbour must hear."""
    if naam == "openklant":
        wie.noemt_zich("Noortje")
    elif naam == "terugmelding":
        melding = NieuweTerugmelding(
            register=Register.BRP, gegeven="adres", toelichting="Het huisnummer is 11"
        )
        handelingen.meld_terug(melding=melding, door=wie.door, op=NU)
    else:
        verzoek = Interactiesoort.VERZOEK if naam == "verzoeken" else Interactiesoort.VRAAG
        handelingen.ontvang_interactie(
            proces="afval", soort=verzoek, bronorganisatie=WATERVEEN, door=wie.door, op=NU
        )


@pytest.mark.parametrize("naam", ["contactmomenten", "verzoeken", "openklant", "terugmelding"])
def test_wat_een_buur_moet_horen_wacht_tot_zij_terug_is(buur, mens, noor, naam):
    wie = mens(noor)
    wie.noemt_zich("Noor")
    Proces.objects.create(code="afval", omschrijving="Afval", bewaartermijn=timedelta(days=90))
    proces = buur(naam)
    proces.dood()
    _doe(naam, wie)
    morgen = Bijwerking.objects.get().na + timedelta(days=1)
    assert uitbak.werk_af(lambda: morgen) == 0
    proces.start()
    na = Bijwerking.objects.get().na
    assert uitbak.werk_af(lambda: na) == 1
    assert not Bijwerking.objects.exists()
    if naam in {"contactmomenten", "verzoeken"}:
        assert len(lezen.voor_klanten([wie.klant_id]).regels) == 1
