"""Het overzicht zegt wat het laatst gebeurde, en nergens loopt een weg dood."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from portal.logboek.activiteiten import Activiteit
from portal.logboek.schrijven import Gebruik, Gebruiker, leg_gebruik_vast
from portal.mijn.templatetags.portaal import datum, moment
from tests.inloggen import inloggen
from tests.mijn import vulling
from tests.mijn.conftest import Mens

OVERZICHT = "/overzicht/"


def gebruik_door(klant, afdeling, *, eigen=False):
    wat = Gebruik(activiteit=Activiteit.VERSTREKKEN, naam="lezen", eigen=eigen, gegevens=["naam"])
    wie = Gebruiker(organisatie="823288444", naam="Waterveen", afdeling=afdeling)
    leg_gebruik_vast([klant.pk], gebruik=wat, door=wie, op=timezone.now())


def links(mens, adres):
    soep = BeautifulSoup(mens.get(adres).content, "html.parser")
    return [link["href"] for link in soep.select("main a[href]")]


@pytest.mark.uitgangspunt("PUR-1", "USE-6")
def test_de_tegels_zeggen_wie_het_laatst_keek_en_wanneer_er_iets_veranderde(noor):
    gebruik_door(vulling.vul_noor(), "Team Parkeren")
    vandaag = datum(timezone.now())
    bladzijde = noor.lees(OVERZICHT)
    assert f"Laatste keer: Team Parkeren, {vandaag}" in bladzijde
    assert f"Laatste wijziging: {vandaag}" in bladzijde


def test_eigen_gebruik_telt_niet_als_iemand_anders(noor):
    gebruik_door(vulling.vul_noor(), "Team Parkeren", eigen=True)
    assert "Nog niemand" in noor.lees(OVERZICHT)


def log_in(persoon, *, op, niveau=30, mens=None):
    """Log op dat moment in bij de bakkerij als deze persoon."""
    mens = mens or Mens()
    with time_machine.travel(op, tick=False):
        inloggen(mens, persoon, middel="eherkenning", niveau=niveau)
    return mens


def vorige(mens):
    """Wanneer het overzicht zegt dat iemand de vorige keer inlogde."""
    na = mens.lees(OVERZICHT).partition("Vorige keer ingelogd: ")[2]
    return na.partition(" . Was u dit niet?")[0]


@pytest.mark.django_db
def test_de_vorige_inlog_staat_er_en_die_van_nu_en_het_verhogen_niet():
    vulling.vul_korenbloem()
    nu, minuut = timezone.now(), dt.timedelta(minutes=1)
    gisteren = nu - dt.timedelta(days=1)
    eerste = log_in("korenbloem", op=gisteren, niveau=25)
    with time_machine.travel(gisteren):
        assert vorige(eerste) == ""
    mens = log_in("korenbloem", op=nu - 5 * minuut, niveau=25)
    log_in("korenbloem", op=nu - minuut, mens=mens)
    assert vorige(mens) == moment(gisteren)
    log_in("korenbloem", op=nu)  # in another browser
    assert vorige(mens) == moment(gisteren)


@pytest.mark.django_db
def test_de_inlog_van_een_collega_is_niet_die_van_u():
    vulling.vul_korenbloem()
    nu = timezone.now()
    log_in("korenbloem-2", op=nu - dt.timedelta(days=1))
    mens = log_in("korenbloem", op=nu)
    assert "Mijn gegevens" in mens.lees(OVERZICHT)
    assert vorige(mens) == ""


def test_wie_een_buitenlands_adres_wijzigt_ziet_dat_adres(noor):
    vulling.vul_noor()
    wijzig = next(link for link in links(noor, "/mijn-gegevens/") if "/adres/" in link)
    assert 'value="Rue de la Loi 155, bus 3"' in noor.get(wijzig).content.decode()


def test_wie_alles_verwijdert_kan_eerst_het_overzicht_downloaden(noor):
    vulling.vul_noor()
    noor.post("/verwijderen/", {"weg": ["alles"]})
    assert "/downloaden/" in links(noor, "/verwijderen/controle/")


def test_wie_verhuisd_is_kan_dat_doorgeven(noor):
    assert any("verhuizing" in link for link in links(noor, "/mijn-gegevens/klopt-niet/adres/"))


def test_wie_alleen_een_taal_koos_leest_niet_dat_er_niets_gekozen_is(noor):
    assert "Nog niet gekozen" in noor.lees(OVERZICHT)
    noor.verstuur("/contactvoorkeuren/taal/", keuze="en")
    bladzijde = noor.lees(OVERZICHT)
    assert "1 van de 5 keuzes gemaakt" in bladzijde
    assert "Nog niet gekozen" not in bladzijde
