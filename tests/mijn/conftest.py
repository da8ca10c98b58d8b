"""Mensen die ingelogd zijn, en wat zij op hun scherm doen."""

import datetime as dt
import re
import uuid
from contextlib import contextmanager

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from accounts.identiteit import Identiteit, Soort
from accounts.inlog import Inlog
from accounts.models import Account
from accounts.niveaus import Niveau
from portal.klanten import gevolgen
from portal.klanten.regels import NieuweNaam
from tests.mijn import vulling

NOOR = Identiteit(Soort.BSN, "999990019")
OMAR = Identiteit(Soort.BSN, "999990421")
KORENBLOEM = Identiteit(Soort.KVK, "90000011")
HAVEN = Identiteit(Soort.VESTIGING, "000090000011", "90000011")


class Mens(Client):
    """Een browser waarin iemand ingelogd is; `htmx=True` vraagt zoals htmx dat doet."""

    def log_in(
        self, identiteit, *, middel="digid", rang=Niveau.SUBSTANTIEEL, oud=0, als="", **anders
    ):
        nu = timezone.now()
        inlog = Inlog(
            aanbieder=middel,
            middel=middel,
            acr="",
            rang=rang,
            auth_time=int((nu - dt.timedelta(seconds=oud)).timestamp()),
            identiteit=identiteit,
            handelende=als,
            **anders,
        )
        self.force_login(Account(index=inlog.account_index))
        sessie = self.session
        stil = {"begonnen": nu.timestamp(), "laatst_actief": nu.timestamp()}
        sessie.update({"inlog": inlog.als_json(), **stil})
        sessie.save()
        return self

    def verstuur(self, adres, *, htmx=False, **velden):
        """Vul het formulier op deze bladzijde in en verstuur het, zoals een browser dat doet."""
        koppen = {"HX-Request": "true"} if htmx else {}
        ingevuld = velden_van(self.get(adres)) | velden
        return self.post(adres, ingevuld, headers=koppen)

    def lees(self, adres):
        """De tekst van een bladzijde, zoals een mens die leest."""
        return tekst(self.get(adres))


def inhoud_van(antwoord):
    """`main` of a page, or the whole of a part: the shell is most of a page, and parsing costs."""
    tekst = antwoord.content.decode()
    hoofd = re.search(r"<main\b.*</main>", tekst, re.DOTALL)
    return BeautifulSoup(hoofd[0] if hoofd else tekst, "html.parser")


def velden_van(antwoord):
    """Wat een browser van het formulier in de bladzijde zou versturen."""
    formulier = inhoud_van(antwoord).select_one("main form.kg-formulier")
    velden = {}
    for invoer in formulier.select("input[name]"):
        if invoer.get("type") not in {"radio", "checkbox"} or invoer.has_attr("checked"):
            velden[invoer["name"]] = invoer.get("value", "")
    for vak in formulier.select("textarea[name]"):
        velden[vak["name"]] = getypt(vak)
    for keuze in formulier.select("select[name]"):
        gekozen = keuze.select_one("option[selected]") or keuze.select_one("option")
        velden[keuze["name"]] = gekozen.get("value", "")
    velden.pop("csrfmiddlewaretoken", None)
    return velden


def getypt(vak):
    """Wat er in een tekstvak staat; het eerste regeleinde hoort bij de opmaak."""
    return vak.get_text().removeprefix("\n")


def tekst(antwoord):
    """De tekst van `main`, met gewone spaties."""
    return " ".join(inhoud_van(antwoord).get_text(" ").replace("\xa0", " ").split())


@pytest.fixture
def noor(db):
    return Mens().log_in(NOOR)


@pytest.fixture
def omar(db):
    return Mens().log_in(OMAR)


@pytest.fixture
def bakker(db):
    return Mens().log_in(KORENBLOEM, middel="eherkenning", als="pseudo-bakker")


@pytest.fixture
def niemand(db):
    return Mens()


@pytest.fixture
def sleutel():
    return lambda: str(uuid.uuid4())


@pytest.fixture
def klant_van_noor(noor):
    """Noor vulde haar naam in."""
    return vulling.vul(NOOR, NieuweNaam("Noor"))


@contextmanager
def luister_naar_codes():
    gevangen = vulling.Codes()
    gevolgen.bij_elk_bericht("test", gevangen)
    yield gevangen
    gevolgen._verzenders.pop("test")


@pytest.fixture
def codes():
    """De codes en links die het domein tijdens deze test stuurt."""
    with luister_naar_codes() as gevangen:
        yield gevangen


@pytest.fixture(scope="module")
def alles_bevestigd(gedeeld):
    """Noor vulde alles in en bevestigde het; de tests van een module delen haar."""
    with gedeeld(), luister_naar_codes() as codes:
        vulling.bevestig_alles(vulling.vul_noor(), codes)
