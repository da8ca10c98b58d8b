"""Wie velden meestuurt die het formulier niet heeft, wijzigt daar niets mee.

Elk adres dat een POST aanneemt krijgt een goed ingevuld formulier, met en zonder de namen van alle
velden van alle modellen erbij. De hele databank moet daarna gelijk zijn.
"""

import copy
import uuid

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from portal.klanten.models import Klant
from tests.mijn.conftest import NOOR, OMAR, Mens, velden_van
from tests.mijn.matrix import NIET, RIJEN
from tests.mijn.test_matrix import adres_van, wereld  # noqa: F401 - the fixture
from tests.mijn.vulling import authenticatie

pytestmark = [pytest.mark.django_db, pytest.mark.lang, pytest.mark.timeout(600)]

GOED = {
    "mijn:naam": {"waarde": "Noor Smit"},
    "mijn:naam_verwijderen": {},
    "mijn:adres": {"postcode": "1234 AB", "huisnummer": "12"},
    "mijn:adres_buitenland": {"regel1": "Avenue Louise 1", "landcode": "BE"},
    "mijn:adres_verwijderen": {},
    "mijn:telefoon_toevoegen": {"waarde": "+32 470 12 34 99"},
    "mijn:telefoon_wijzigen": {"waarde": "020 123 45 68"},
    "mijn:telefoon_eerst": {},
    "mijn:telefoon_verwijderen": {},
    "mijn:email_toevoegen": {"waarde": "nieuw@example.org"},
    "mijn:email_wijzigen": {"waarde": "ander@example.org"},
    "mijn:email_verwijderen": {},
    "mijn:rekening_controle": {},
    "mijn:rekening_verwijderen": {},
    "mijn:klopt_niet": {"toelichting": "Mijn huisnummer is 12."},
    "mijn:melding_nieuw": {"proces": "straat"},
    "mijn:melding": {"voornaam": "Studio Noor"},
    "mijn:terugzetten": {},
    "mijn:downloaden": {"vorm": "json"},
    "mijn:verwijderen_controle": {},
    "mijn:voorkeur": {"keuze": "post"},
}
"""Wat hier wordt ingevuld slaat echt iets op; de andere adressen krijgen het formulier van GET."""
EERST = {
    "mijn:rekening_controle": (
        "/mijn-gegevens/rekening/",
        {"iban": "NL20INGB0001234567", "tenaamstelling": "N. Smit"},
    ),
    "mijn:verwijderen_controle": ("/verwijderen/", {"weg": ["naam"]}),
}
VREEMD = str(uuid.UUID(int=0xE))


def eigen_modellen():
    return [model for model in apps.get_models() if model._meta.managed]


def smokkelwaarde(veld, *, kant, klant):
    """Een waarde die dit veld zou kunnen dragen, en die Noor nergens heeft."""
    if veld.choices:
        keuzes = [waarde for waarde, _ in veld.flatchoices]
        return str(keuzes[-kant])
    if isinstance(veld, models.ForeignKey):
        return str(klant) if veld.related_model is Klant else VREEMD
    soorten = {
        models.BooleanField: ("", "on")[kant],
        models.UUIDField: VREEMD,
        models.IntegerField: "4242",
        models.DateTimeField: "2001-02-03T04:05:06+00:00",
        models.DateField: "2001-02-03",
        models.JSONField: '{"smokkel": 1}',
    }
    return next((w for soort, w in soorten.items() if isinstance(veld, soort)), "smokkelwaar")


def smokkelwaar(*, kant, klant):
    """De naam van elk veld van elk model met een waarde, in porties die één POST aanneemt.

    `kant` draait ja en nee om.
    """
    velden = [veld for model in eigen_modellen() for veld in model._meta.concrete_fields]
    alles = {
        naam: smokkelwaarde(veld, kant=kant, klant=klant)
        for veld in velden[:: 1 if kant else -1]
        for naam in (veld.name, veld.attname)
    }
    namen = sorted(alles)
    return [{naam: alles[naam] for naam in namen[i : i + 180]} for i in range(0, len(namen), 180)]


def stand(bekend=frozenset()):
    """Elke cel van de databank; rijen buiten `bekend` staan samen, op waarde gesorteerd."""
    cellen = {}
    for model in eigen_modellen():
        tabel, sleutel = model._meta.db_table, model._meta.pk.attname
        for rij in model._base_manager.values():
            welke = rij[sleutel] if not bekend or (tabel, rij[sleutel]) in bekend else "nieuw"
            for kolom, waarde in rij.items():
                cellen.setdefault((tabel, welke, kolom), []).append(repr(waarde))
    return {cel: sorted(waarden) for cel, waarden in cellen.items()}


class Proef:
    """Noor aan één adres; na elke keer is de databank weer zoals zij was."""

    def __init__(self, naam, mens, klant, *, begin):
        self.naam, self.mens, self.adres = naam, mens, adres_van(naam, klant)
        self.begin = begin
        self.bekend = {(tabel, rij) for tabel, rij, _ in begin}

    def na(self, extra=None, over=None):
        """De databank na een goed formulier; `extra` wijkt voor het formulier, `over` niet."""
        koekjes = copy.deepcopy(self.mens.cookies)
        with transaction.atomic():
            if self.naam in EERST:
                adres, velden = EERST[self.naam]
                self.mens.verstuur(adres, **velden)
            self.velden = self._formulier() | GOED.get(self.naam, {})
            antwoord = self.mens.post(self.adres, {**(extra or {}), **self.velden, **(over or {})})
            uitkomst = stand(self.bekend)
            transaction.set_rollback(True)
        self.mens.cookies = koekjes
        assert antwoord.status_code < 500, self.naam
        return uitkomst

    def _formulier(self):
        if RIJEN[self.naam].get == NIET:
            return {}
        antwoord = self.mens.get(self.adres)
        soep = BeautifulSoup(antwoord.content, "html.parser")
        heeft = antwoord.status_code == 200 and soep.select_one("main form.kg-formulier")
        return velden_van(antwoord) if heeft else {}


def anders(gewoon, nog_eens, gesmokkeld, waar):
    """Wat door het smokkelen anders is; wat altijd anders is mag geen smokkelwaar zijn."""
    fout = []
    for cel in gewoon.keys() | gesmokkeld.keys():
        was, werd = gewoon.get(cel, []), gesmokkeld.get(cel, [])
        if was == werd:
            continue
        toeval = was != nog_eens.get(cel, []) and len(was) == len(werd)
        if not toeval or any(w in tekst for tekst in set(werd) - set(was) for w in waar):
            fout.append(cel)
    return fout


def klantdeel(cellen):
    return {cel: waarden for cel, waarden in cellen.items() if cel[0].startswith("klanten_")}


@pytest.fixture
def proeven(wereld):  # noqa: F811
    """Elk adres dat een POST aanneemt, met de klok stil."""
    with time_machine.travel(timezone.now(), tick=False):
        mens = Mens().log_in(NOOR)
        namen = [naam for naam, rij in RIJEN.items() if rij.post != NIET]
        begin = stand()
        yield [Proef(naam, mens, wereld, begin=begin) for naam in namen]


def van_omar():
    return Klant.objects.van(authenticatie(OMAR)).get().pk


@pytest.mark.uitgangspunt("OWN-2")
def test_velden_die_het_formulier_niet_heeft_veranderen_niets(proeven):
    fouten, hol = [], []
    for proef in proeven:
        gewoon, nog_eens = proef.na(), proef.na()
        eigen = {cel: w for cel, w in gewoon.items() if cel[0].startswith(("klanten_", "mijn_"))}
        if proef.naam in GOED and all(proef.begin.get(cel) == w for cel, w in eigen.items()):
            hol.append(proef.naam)
        for kant in (0, 1):
            for extra in smokkelwaar(kant=kant, klant=van_omar()):
                waar = {w for w in extra.values() if len(w) > 8} - set(proef.velden.values())
                na = proef.na(extra=extra)
                fouten += [(proef.naam, *cel) for cel in anders(gewoon, nog_eens, na, waar)]
    assert fouten == [], "\n".join(map(str, fouten))
    assert hol == []


@pytest.mark.uitgangspunt("OWN-2", "VAL-8")
def test_wie_de_klant_van_een_ander_in_het_formulier_zet_wijzigt_niets(proeven):
    geprobeerd = 0
    for proef in proeven:
        gewoon, nog_eens = proef.na(), proef.na()
        if "klant" not in proef.velden:
            continue
        geprobeerd += 1
        na = proef.na(over={"klant": str(van_omar())})
        zoals_altijd = anders(gewoon, nog_eens, na, {str(van_omar())}) == []
        assert klantdeel(na) == klantdeel(proef.begin) or zoals_altijd, proef.naam
    assert geprobeerd > 10
