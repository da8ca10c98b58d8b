"""Klanten van vóór de koppeling komen er rustig bij, en wie al bekend is niet nog eens."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.identiteit import Identiteit, Soort
from portal.klanten.models import Klant
from portal.registers.management.commands import vul_openklant
from portal.registers.models import Bijwerking, Koppeling
from portal.registers.openklant.vullen import Ritme
from tests.nep_openklant import NepOpenKlant
from tests.nep_server import Antwoord, Verzoek
from tests.registers.conftest import zet

pytestmark = [pytest.mark.django_db, pytest.mark.lang]


@pytest.fixture
def drie(settings, mens, noor, omar):
    """Three people who saved their name before Open Klant was connected."""
    settings.BUREN = {}
    mensen = [mens(wie) for wie in (noor, omar, Identiteit(Soort.BSN, "999993653"))]
    for wie in mensen:
        wie.noemt_zich("Iemand")
    assert not Bijwerking.objects.exists()
    return mensen


def vul(*opties: str) -> str:
    uit = StringIO()
    call_command("vul_openklant", "--per-minuut", "6000", *opties, stdout=uit)
    return uit.getvalue()


def personen(openklant: NepOpenKlant) -> int:
    return len(openklant.partijen.rijen)


def test_iedereen_die_er_al_was_wordt_een_partij_en_stoppen_mag(drie, koppel):
    openklant = koppel(NepOpenKlant())
    vul("--hooguit", "1")
    assert personen(openklant) == 1
    assert "3/3" not in vul()
    assert (personen(openklant), Koppeling.objects.count()) == (3, 3)
    gezien = len(openklant.verzoeken)
    assert "0 nog niet" in vul()
    assert len(openklant.verzoeken) == gezien


def test_wie_wijzigde_terwijl_zij_weg_was_komt_er_weer_bij(drie, koppel, settings):
    openklant = koppel(NepOpenKlant())
    vul()
    aan, settings.BUREN = settings.BUREN, {}
    drie[0].noemt_zich("Noortje")
    settings.BUREN = aan
    vul()
    namen = {p["partijIdentificatie"]["contactnaam"]["voornaam"]
             for p in openklant.partijen.rijen.values()}  # fmt: skip
    assert "Noortje" in namen


def test_een_open_klant_die_weg_is_stopt_het_vullen_en_niets_is_weg(drie, koppel):
    openklant = koppel(NepOpenKlant())
    openklant.stop()
    with pytest.raises(CommandError, match="later opnieuw"):
        vul()
    assert Bijwerking.objects.count() == 3
    openklant.start()


def kieskeurig(naam: str) -> NepOpenKlant:
    """An Open Klant that is well and takes everybody but who is called this."""

    class Kieskeurig(NepOpenKlant):
        def _nieuwe_partij(self, verzoek: Verzoek) -> Antwoord:
            if verzoek.inhoud["partijIdentificatie"]["contactnaam"]["voornaam"] == naam:
                return self.fout(400, "naam")
            return super()._nieuwe_partij(verzoek)

    return Kieskeurig()


def test_wie_geweigerd_wordt_houdt_niemand_tegen_en_wordt_gemeld(drie, koppel):
    """Refused ones stand in front; each next run goes on behind them."""
    eerste, tweede, _ = sorted(drie, key=lambda wie: wie.klant_id)
    for wie in (eerste, tweede):
        wie.noemt_zich("Kwast")
    openklant = koppel(kieskeurig("Kwast"))
    assert "1 geweigerd, 3 nog niet" in vul("--hooguit", "1")
    assert "1 geweigerd, 3 nog niet" in vul("--hooguit", "1")
    assert "0 geweigerd, 2 nog niet" in vul("--hooguit", "1")
    assert personen(openklant) == 1
    assert set(Bijwerking.objects.values_list("onderwerp", flat=True)) == {
        eerste.klant_id,
        tweede.klant_id,
    }


def test_drie_weigeringen_op_rij_zijn_geen_storing(drie, koppel):
    for wie in drie:
        wie.noemt_zich("Kwast")
    koppel(kieskeurig("Kwast"))
    assert "3 geweigerd, 3 nog niet" in vul()


def test_een_onleesbaar_nummer_houdt_niemand_tegen(drie, koppel):
    kapot = min(wie.klant_id for wie in drie)
    Klant.objects.filter(pk=kapot).update(subject_verzegeld="onleesbaar")
    openklant = koppel(NepOpenKlant())
    assert "1 geweigerd, 1 nog niet" in vul()
    assert personen(openklant) == 2
    assert Bijwerking.objects.get(onderwerp=kapot).reden == "onverwacht"


def test_zonder_koppeling_of_met_een_verkeerd_ritme_begint_het_niet(drie, settings):
    with pytest.raises(CommandError, match="niet ingesteld"):
        vul()
    zet(settings, "openklant", "http://127.0.0.1:9")
    with pytest.raises(CommandError, match="minstens 1"):
        call_command("vul_openklant", "--per-minuut", "0")


def test_het_ritme_is_hooguit_zoveel_per_minuut(drie, koppel, monkeypatch):
    koppel(NepOpenKlant())
    gewacht: list[float] = []
    monkeypatch.setattr(vul_openklant.time, "sleep", gewacht.append)
    call_command("vul_openklant", "--per-minuut", "1", stdout=StringIO())
    assert [round(wacht, -1) for wacht in gewacht] == [0, 60, 120]


def test_na_een_trage_klant_komt_er_geen_stoot():
    """Each next one starts a minute after the one before began, or at once when that is past."""
    nu, begonnen = [100.0], []

    def slaap(duur: float) -> None:
        nu[0] += duur

    ritme = Ritme(60, klok=lambda: nu[0], slaap=slaap)
    for duurt in (10, 300, 10, 10, 0):
        ritme.wacht()
        begonnen.append(nu[0] - 100)
        nu[0] += duurt
    assert begonnen == [0, 60, 360, 420, 480]
