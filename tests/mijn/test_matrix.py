"""Elke route, elke methode, ieder mens, met en zonder htmx, volgens de tabel in `matrix.py`."""

import copy
import datetime as dt
import uuid
from typing import NamedTuple

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import ForeignKey, OneToOneField
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.identiteit import Identiteit, Soort
from accounts.inlog import Inlog
from accounts.inlogregels import leg_vast
from accounts.niveaus import Niveau
from portal.klanten.models import Interactie, Klant, Proces, Waarde
from portal.klanten.regels import NieuwEmail, NieuweNaam
from portal.mijn.downloads import aanvragen
from portal.mijn.models import Download
from tests.inloggen import inloggen
from tests.mijn import vulling
from tests.mijn.conftest import HAVEN, KORENBLOEM, NOOR, OMAR, Mens
from tests.mijn.matrix import NIET, OPENBAAR, RIJEN, Rij, routes

pytestmark = [pytest.mark.django_db, pytest.mark.lang, pytest.mark.timeout(600)]
METHODEN = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ANDER_BEDRIJF = Identiteit(Soort.KVK, "68750110")
ANDERE_VESTIGING = Identiteit(Soort.VESTIGING, "000037178601", "90000011")
VAN_NOOR = (
    "Noor Vries",
    "Noor de Vries",
    "155, bus 3",
    "noor.devries@",
    "••43",
)
VAN_HAVEN = ("Havenwinkel", "haven@example.org")
VAN_HAAR = {"telefoon", "email", "rekening", "interactie", "gebeurtenis", "download", "elders"}
"""Wat in een adres naar iets van Noor wijst."""


@pytest.fixture
def wereld(db, codes):
    """Noor heeft alles; de bakkerij, haar havenwinkel en een ander bedrijf hebben iets."""
    noor = vulling.vul_noor()
    vulling.bevestig_alles(noor, codes)
    vulling.vul(OMAR, NieuweNaam("Omar"))
    vulling.vul_korenbloem()
    winkel = NieuweNaam("Havenwinkel", bedrijfsnaam="De Korenbloem")
    vulling.vul(
        HAVEN, winkel, NieuwEmail("haven@example.org"), middel="eherkenning", als="pseudo-2"
    )
    vulling.vul(ANDER_BEDRIJF, NieuweNaam("Balie"), middel="eherkenning", als="pseudo-9")
    termijn = dt.timedelta(days=30)
    Proces.objects.create(code="straat", omschrijving="Straat", bewaartermijn=termijn)
    mens = Mens().log_in(NOOR)
    mens.verstuur("/mijn-gegevens/naam/", waarde="Noor Vries")
    mens.verstuur("/meldingen/nieuw/", proces="straat")
    inlog = Inlog.uit_json(mens.session["inlog"])
    leg_vast(inlog, op=timezone.now())
    op = timezone.now()
    vorm = Download.Vorm.CSV
    aanvragen.maak(aanvragen.vraag_aan(noor, account=inlog.account_index, vorm=vorm, op=op), op=op)
    noor.begin = stand(noor)
    return noor


def adres_van(naam, klant):
    """Het adres van deze route, met wat er van Noor in staat."""
    waarden = {
        "telefoon": lambda: klant.digitale_adressen.get(soort="telefoon", standaard=False).pk,
        "email": lambda: klant.digitale_adressen.filter(soort="email").first().pk,
        "rekening": lambda: klant.rekeningnummers.first().pk,
        "interactie": lambda: Interactie.objects.first().pk,
        "gebeurtenis": lambda: (
            Waarde.objects.get(klant=klant, veld="naam", oud="Noor de Vries").gebeurtenis_id
        ),
        "download": lambda: Download.objects.first().pk,
        "inlogregel": lambda: apps.get_model("accounts", "Inlogregel").objects.first().pk,
        "elders": uuid.uuid4,
        "veld": lambda: "naam",
        "paneel": lambda: "telefoon",
        "gegeven": lambda: "naam",
        "soort": lambda: "zaken",
        "slug": lambda: "digid",
        "token": lambda: "a" * 32,
    }
    return reverse(naam, args=[waarden[deel]() for deel in RIJEN[naam].met])


def stand(klant):
    """Alles wat er van deze klant staat, als tekst; gelijk is: niemand veranderde iets."""
    rijen = [Klant.objects.filter(pk=klant.pk).values_list()]
    rijen += [
        model._default_manager.filter(**{veld.name: klant}).values_list()
        for model in apps.get_app_config("klanten").get_models()
        for veld in model._meta.fields
        if isinstance(veld, ForeignKey | OneToOneField) and veld.related_model is Klant
    ]
    return [sorted(map(repr, vraag)) for vraag in rijen]


def mensen():
    """Wie hier niets van Noor mag zien of wijzigen, maar wel hoog genoeg is ingelogd."""
    bedrijf = {"middel": "eherkenning"}
    return {
        "ander mens": lambda: Mens().log_in(OMAR),
        "bedrijf": lambda: Mens().log_in(KORENBLOEM, als="pseudo-1", **bedrijf),
        "ander bedrijf": lambda: Mens().log_in(ANDER_BEDRIJF, als="pseudo-9", **bedrijf),
        "vestiging": lambda: Mens().log_in(HAVEN, als="pseudo-2", **bedrijf),
        "andere vestiging": lambda: Mens().log_in(ANDERE_VESTIGING, als="pseudo-3", **bedrijf),
    }


def gemachtigde():
    mens = Mens()
    inloggen(mens, "omar-voor-noor", middel="machtigen")
    return mens


def vragen(begin, klant, methoden=METHODEN):
    """Stel elke vraag aan elke route alsof het de eerste was; geef wat er terugkwam."""
    mens = begin()
    for naam, rij in RIJEN.items():
        adres = adres_van(naam, klant)
        for methode in methoden:
            for htmx in (False, True):
                koekjes = copy.deepcopy(mens.cookies)
                koppen = {"HX-Request": "true"} if htmx else {}
                with transaction.atomic():
                    antwoord = mens.generic(methode, adres, headers=koppen)
                    gewijzigd = methode == "POST" and stand(klant) != klant.begin
                    transaction.set_rollback(True)
                mens.cookies = koekjes
                yield Vraag((naam, methode, htmx), rij, antwoord, gewijzigd)


class Vraag(NamedTuple):
    """Waar, wat de tabel ervan zegt, wat er kwam, en of er iets van Noor veranderde."""

    waar: tuple[str, str, bool]
    rij: Rij
    antwoord: HttpResponse
    gewijzigd: bool

    @property
    def status(self):
        return self.antwoord.status_code

    @property
    def doel(self):
        koppen = self.antwoord.headers
        return koppen.get("HX-Redirect") or koppen.get("Location", "")

    def lekt(self, *woorden):
        tekst = self.antwoord.content.decode(errors="replace")
        return [woord for woord in woorden if woord in tekst]


def verwacht(rij, methode):
    if methode == "GET":
        return rij.get
    return rij.post if methode == "POST" else NIET


def test_elke_route_heeft_een_rij_en_elke_rij_een_route():
    assert set(routes()) == set(RIJEN)


def test_de_tabel_noemt_de_handeling_die_het_scherm_bewaakt():
    anders = {
        naam: getattr(patroon.callback, "handeling", OPENBAAR)
        for naam, patroon in routes().items()
        if getattr(patroon.callback, "handeling", OPENBAAR) != RIJEN[naam].handeling
    }
    assert anders == {}


def beschermd(vraag):
    return vraag.rij.handeling != OPENBAAR


@pytest.mark.uitgangspunt("VAL-1", "OWN-2")
def test_wie_niet_is_ingelogd_ziet_en_wijzigt_niets(wereld):
    for vraag in vragen(Mens, wereld):
        assert vraag.status < 500, vraag.waar
        assert not beschermd(vraag) or vraag.doel.partition("?")[0] == "/", vraag.waar
        assert not vraag.lekt(*VAN_NOOR, *VAN_HAVEN), vraag.waar
        assert not vraag.gewijzigd, vraag.waar


@pytest.mark.uitgangspunt("VAL-1")
def test_wie_te_laag_is_ingelogd_logt_eerst_zekerder_in(wereld):
    for vraag in vragen(lambda: Mens().log_in(NOOR, rang=Niveau.BASIS), wereld):
        assert not beschermd(vraag) or vraag.doel.startswith("/inloggen/opnieuw/"), vraag.waar
        assert not vraag.lekt(*VAN_NOOR), vraag.waar
        assert not vraag.gewijzigd, vraag.waar


@pytest.mark.parametrize("wie", mensen())
@pytest.mark.uitgangspunt("OWN-2", "VAL-8")
def test_een_ander_ziet_en_wijzigt_niets_van_noor(wereld, wie):
    vreemd = VAN_HAVEN if wie.startswith("ander") else ()
    for vraag in vragen(mensen()[wie], wereld, ("GET", "POST")):
        assert vraag.status < 500, vraag.waar
        if VAN_HAAR & set(vraag.rij.met) and verwacht(vraag.rij, vraag.waar[1]) != NIET:
            assert vraag.status == 404, vraag.waar
        assert not vraag.lekt(*VAN_NOOR, *vreemd), vraag.waar
        assert not vraag.gewijzigd, vraag.waar


@pytest.mark.parametrize("wie", ["zij zelf", "gemachtigde"])
@pytest.mark.uitgangspunt("OWN-2")
def test_wie_het_mag_krijgt_het_antwoord_van_de_tabel(wereld, wie):
    begin = gemachtigde if wie == "gemachtigde" else lambda: Mens().log_in(NOOR)
    anders = []
    for vraag in vragen(begin, wereld):
        naam, methode, htmx = vraag.waar
        goed = {verwacht(vraag.rij, methode)} | ({vraag.rij.get} if methode == "HEAD" else set())
        if htmx and goed & {302, 303}:
            goed |= {200, 204}  # the way goes by HX-Redirect, or there is nothing to show
        if wie == "gemachtigde" and naam == "mijn:download_ophalen" and methode in {"GET", "HEAD"}:
            goed = {404}  # made for another login
        if vraag.status not in goed:
            anders.append((*vraag.waar, vraag.status))
    assert anders == [], "\n".join(map(str, anders))


@pytest.mark.uitgangspunt("OWN-2")
def test_een_machtiging_zonder_deze_dienst_opent_niets(wereld):
    zo = {"als": "pseudo-5", "machtiging": True, "mandaat": ("iets-anders",)}
    for vraag in vragen(lambda: Mens().log_in(NOOR, **zo), wereld):
        assert not beschermd(vraag) or vraag.status == 403, vraag.waar
        assert not vraag.lekt(*VAN_NOOR), vraag.waar
        assert not vraag.gewijzigd, vraag.waar
