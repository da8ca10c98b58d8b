"""Het overzicht zegt wat het laatst gebeurde, en nergens loopt een weg dood."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from accounts.inlog import Inlog
from accounts.inlogregels import leg_vast
from portal.logboek.activiteiten import Activiteit
from portal.logboek.schrijven import Gebruik, Gebruiker, leg_gebruik_vast
from portal.mijn.templatetags.portaal import datum, moment
from tests.mijn import vulling

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


def test_de_vorige_inlog_staat_er_en_die_van_nu_niet(noor):
    vulling.vul_noor()
    inlog = Inlog.uit_json(noor.session["inlog"])
    nu = timezone.now()
    gisteren = nu - dt.timedelta(days=1)
    leg_vast(inlog, op=gisteren)
    assert "Vorige keer ingelogd" not in noor.lees(OVERZICHT)
    leg_vast(inlog, op=nu)
    assert f"Vorige keer ingelogd: {moment(gisteren)}" in noor.lees(OVERZICHT)


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
