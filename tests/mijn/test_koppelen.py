"""Een melding van vroeger bij de eigen gegevens zetten: kenmerk, code, en per waarde ja of nee."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.berichten.models import Bericht
from portal.klanten.handelingen.systeem import Systeem, vervang_zonder_subject
from portal.klanten.models import Gebeurtenis, Interactie, Klant, Proces
from portal.klanten.regels import EvenBezet, NieuwEmail, NieuweNaam, NieuweVoorkeur, Voorkeursoort
from tests.mijn import vulling
from tests.mijn.conftest import KORENBLOEM, NOOR, OMAR, Mens, tekst, velden_van

pytestmark = pytest.mark.lang

KOPPELEN, CODE, KIEZEN = (
    "/meldingen/koppelen/",
    "/meldingen/koppelen/code/",
    "/meldingen/koppelen/kiezen/",
)


@pytest.fixture
def melding(db):
    """Iemand meldde iets met een voornaam en een e-mailadres."""
    Proces.objects.create(
        code="straat", omschrijving="Straat", open_kanaal=True, bewaartermijn=dt.timedelta(days=30)
    )
    velden = {"proces": "straat", "voornaam": "Noor", "bereik": "noor@example.org"}
    Mens().verstuur("/meldingen/nieuw/", **velden)
    return Interactie.objects.get()


def bewijs(mens, melding, codes):
    mens.verstuur(KOPPELEN, referentie=melding.referentie)
    return mens.verstuur(CODE, code=codes["noor@example.org"])


@pytest.mark.uitgangspunt("VAL-5")
def test_wat_noor_aankruist_wordt_van_haar_en_de_rest_gaat_weg(noor, melding, codes):
    assert bewijs(noor, melding, codes).url == KIEZEN
    bladzijde = noor.get(KIEZEN).content.decode()
    naam = Klant.objects.get().naam
    assert f'value="{naam.pk}"' in bladzijde
    noor.verstuur(KIEZEN, houd=[str(naam.pk)])
    klant = Klant.objects.get()
    assert (klant.gevalideerd, klant.naam.waarde) == (True, "Noor")
    assert klant.digitale_adressen.count() == 0
    assert melding.referentie in noor.lees("/meldingen/")


@pytest.mark.uitgangspunt("VAL-5")
def test_bij_wie_al_gegevens_heeft_komt_het_erbij(noor, melding, codes):
    eigen = vulling.vul_noor()
    bewijs(noor, melding, codes)
    noor.verstuur(KIEZEN)
    assert [klant.pk for klant in Klant.objects.all()] == [eigen.pk]
    assert eigen.interacties.get() == melding


@pytest.mark.uitgangspunt("VAL-5")
def test_het_adres_dat_de_code_kreeg_staat_er_meteen_bij(noor, melding, codes):
    eigen = vulling.vul_noor()
    eigen.digitale_adressen.all().delete()
    bewijs(noor, melding, codes)
    adres = melding.klanten.get().digitale_adressen.get()
    assert noor.verstuur(KIEZEN, houd=[str(adres.pk)]).url == "/meldingen/"
    nu = eigen.digitale_adressen.get()
    assert (nu.waarde, nu.stand, nu.bevestigd_wijze) == ("noor@example.org", "in_gebruik", "claim")


def test_bij_een_bedrijf_komt_het_bij_het_contactpunt_dat_open_staat(bakker, melding, codes):
    for naam in ("Administratie", "Directie"):
        bakker.verstuur("/mijn-gegevens/contactpunten/toevoegen/", waarde=naam)
    bewijs(bakker, melding, codes)
    bakker.verstuur(KIEZEN)
    assert [klant.naam.waarde for klant in melding.klanten.all()] == ["Directie"]


def test_wie_lang_geleden_inlogde_logt_opnieuw_in_en_gaat_verder(noor, melding, codes):
    bewijs(noor, melding, codes)
    noor.log_in(NOOR, oud=301)
    assert noor.get(KIEZEN).url.startswith("/inloggen/opnieuw/?handeling=claimen")
    noor.log_in(NOOR, oud=1300)
    assert noor.post(KIEZEN, {"houd": []}).url.startswith("/inloggen/opnieuw/")
    noor.log_in(NOOR)
    noor.verstuur(KIEZEN)
    assert Klant.objects.get().gevalideerd


@pytest.mark.uitgangspunt("VAL-5")
def test_een_onbekend_kenmerk_geeft_hetzelfde_antwoord(noor, melding):
    goed = noor.verstuur(KOPPELEN, referentie=melding.referentie)
    fout = noor.verstuur(KOPPELEN, referentie="2222222222")
    assert (goed.status_code, goed.url) == (fout.status_code, fout.url)
    antwoord = noor.verstuur(CODE, code="123456")
    assert antwoord.status_code == 422
    assert "Deze code klopt niet of werkt niet meer." in tekst(antwoord)


def test_de_code_gaat_naar_het_adres_van_toen(noor, melding, codes):
    noor.verstuur(KOPPELEN, referentie=melding.referentie)
    assert Bericht.objects.get().soort == "claimcode"


@pytest.mark.uitgangspunt("VAL-5")
def test_een_andere_sessie_heeft_niets_aan_de_code(noor, omar, melding, codes):
    noor.verstuur(KOPPELEN, referentie=melding.referentie)
    omar.verstuur(KOPPELEN, referentie="2222222222")
    antwoord = omar.verstuur(CODE, code=codes["noor@example.org"])
    assert antwoord.status_code == 422


@pytest.mark.uitgangspunt("VAL-5")
def test_opnieuw_inloggen_kost_niet_de_tijd_van_de_code(noor, melding, codes, time_machine):
    nu = timezone.now()
    time_machine.move_to(nu, tick=False)
    noor.log_in(NOOR)
    noor.verstuur(KOPPELEN, referentie=melding.referentie)
    time_machine.move_to(nu + dt.timedelta(minutes=9), tick=False)
    noor.log_in(NOOR)
    noor.verstuur(CODE, code=codes["noor@example.org"])
    time_machine.move_to(nu + dt.timedelta(minutes=15), tick=False)
    assert noor.get(KIEZEN).url.startswith("/inloggen/opnieuw/")
    noor.log_in(NOOR)
    assert noor.verstuur(KIEZEN).url == "/meldingen/"
    assert Klant.objects.get().gevalideerd


def test_wie_te_lang_wacht_hoort_dat_en_begint_opnieuw(noor, melding, codes, time_machine):
    nu = timezone.now()
    time_machine.move_to(nu, tick=False)
    noor.log_in(NOOR)
    bewijs(noor, melding, codes)
    time_machine.move_to(nu + dt.timedelta(minutes=11), tick=False)
    noor.log_in(NOOR)
    assert noor.verstuur(KIEZEN).url == KOPPELEN
    assert "De tijd is voorbij, of de code is al gebruikt." in noor.lees(KOPPELEN)
    assert not Klant.objects.get().gevalideerd


@pytest.fixture(params=[False, True], ids=["zonder eigen gegevens", "met eigen gegevens"])
def te_sturen(request, noor, melding, codes):
    """De laatste bladzijde van het koppelen, ingevuld: om te versturen, of nog eens."""
    if request.param:
        vulling.vul_noor()
    bewijs(noor, melding, codes)
    naam = melding.klanten.get().naam
    return velden_van(noor.get(KIEZEN)) | {"houd": [str(naam.pk)]}


@pytest.mark.uitgangspunt("VAL-5")
def test_twee_keer_op_hetzelfde_moment_versturen_is_een_keer_klaar(noor, te_sturen):
    """De tweede vraag las haar sessie voor de eerste klaar was."""
    voor = noor.session["claim"]
    assert noor.post(KIEZEN, te_sturen).url == "/meldingen/"
    versies = Gebeurtenis.objects.count()
    zet(noor, claim=voor)
    assert noor.post(KIEZEN, te_sturen).url == "/meldingen/"
    assert "De tijd is voorbij" not in noor.lees("/meldingen/")
    assert Gebeurtenis.objects.count() == versies


@pytest.mark.uitgangspunt("VAL-5")
def test_nog_eens_versturen_zegt_nog_eens_dat_het_gelukt_is(noor, te_sturen):
    noor.post(KIEZEN, te_sturen)
    noor.lees("/meldingen/")
    assert noor.post(KIEZEN, te_sturen).url == "/meldingen/"
    assert "Uw melding staat nu bij uw gegevens." in noor.lees("/meldingen/")


@pytest.mark.uitgangspunt("VAL-5")
def test_met_andere_vinkjes_nog_eens_versturen_heet_nooit_gelukt(noor, te_sturen):
    voor = noor.session["claim"]
    noor.post(KIEZEN, te_sturen)
    anders = te_sturen | {"houd": []}
    assert noor.post(KIEZEN, anders).url == KOPPELEN
    zet(noor, claim=voor)
    assert noor.post(KIEZEN, anders).status_code == 422


@pytest.mark.uitgangspunt("VAL-5")
def test_wat_noor_koppelde_koppelt_omar_niet_nog_eens(noor, omar, te_sturen):
    voor = noor.session["claim"]
    noor.post(KIEZEN, te_sturen)
    zet(omar, claim=voor)
    antwoord = omar.post(KIEZEN, te_sturen | {"klant": "", "gezien": 0})
    assert antwoord.status_code == 422
    assert not Klant.objects.filter(subject_index=vulling.authenticatie(OMAR).subject_index)


def zet(mens, **waarden):
    """Zet dit in de sessie van deze mens."""
    sessie = mens.session
    sessie.update(waarden)
    sessie.save()


def test_een_voorkeur_staat_er_zoals_op_mijn_gegevens(noor, melding, codes):
    """De balie schreef bij de melding op in welke taal; Noor had zelf een andere."""
    vulling.vul_noor()
    los = melding.klanten.get()
    waarden = [
        NieuweNaam("Noor"),
        NieuwEmail("noor@example.org"),
        NieuweVoorkeur(Voorkeursoort.TAAL, "en"),
        NieuweVoorkeur(Voorkeursoort.ZAKEN, "post"),
    ]
    balie = Systeem(bronorganisatie=los.bronorganisatie, naam="balie", op=timezone.now())
    vervang_zonder_subject(los.pk, waarden, gezien=los.versie, door=balie)
    bewijs(noor, melding, codes)
    bladzijde = noor.lees(KIEZEN)
    assert "Taal van onze brieven: Engels (komt in de plaats van: Nederlands )" in bladzijde
    assert "Brieven en besluiten: Per brief" in bladzijde


@pytest.mark.uitgangspunt("VAL-5")
def test_wat_in_de_plaats_van_iets_komt_staat_er_en_is_niet_aangekruist(noor, melding, codes):
    eigen = vulling.vul_noor()
    bewijs(noor, melding, codes)
    assert "Naam: Noor (komt in de plaats van: Noor de Vries )" in noor.lees(KIEZEN)
    assert "E-mailadres: noor@example.org (komt" not in noor.lees(KIEZEN)
    assert "houd" not in velden_van(noor.get(KIEZEN))
    naam = melding.klanten.get().naam
    noor.verstuur(KIEZEN, houd=[str(naam.pk)])
    assert Klant.objects.get(pk=eigen.pk).naam.waarde == "Noor"


@pytest.mark.uitgangspunt("VAL-5")
def test_een_naam_die_noor_niet_zag_wordt_niet_vervangen(noor, melding, codes):
    eigen = vulling.vul_noor()
    bewijs(noor, melding, codes)
    houd = {"houd": [str(melding.klanten.get().naam.pk)]}
    gezien = velden_van(noor.get(KIEZEN)) | houd
    noor.verstuur("/mijn-gegevens/naam/", waarde="N. de Vries")
    antwoord = noor.post(KIEZEN, gezien)
    assert antwoord.status_code == 409
    assert "komt in de plaats van: N. de Vries" in tekst(antwoord)
    assert "houd" not in velden_van(antwoord)
    assert Klant.objects.get(pk=eigen.pk).naam.waarde == "N. de Vries"
    noor.post(KIEZEN, velden_van(antwoord) | houd)
    assert Klant.objects.get().naam.waarde == "Noor"


def test_wie_intussen_klant_werd_kiest_opnieuw(noor, melding, codes):
    bewijs(noor, melding, codes)
    gezien = velden_van(noor.get(KIEZEN)) | {"houd": [str(melding.klanten.get().naam.pk)]}
    noor.verstuur("/mijn-gegevens/naam/", waarde="N. de Vries")
    antwoord = noor.post(KIEZEN, gezien)
    assert antwoord.status_code == 409
    assert "Uw gegevens zijn intussen gewijzigd." in tekst(antwoord)
    noor.post(KIEZEN, velden_van(antwoord))
    assert Klant.objects.get().naam.waarde == "N. de Vries"


def test_een_bedrijf_dat_geen_contactpunt_opende_voegt_niet_samen(bakker, melding, codes):
    for naam in ("Administratie", "Directie"):
        bakker.verstuur("/mijn-gegevens/contactpunten/toevoegen/", waarde=naam)
    bakker = Mens().log_in(KORENBLOEM, middel="eherkenning", als="pseudo-bakker")
    bewijs(bakker, melding, codes)
    bakker.verstuur(KIEZEN)
    assert Klant.objects.filter(gevalideerd=True).count() == 3


def test_als_de_databank_even_bezet_is_vraagt_noor_de_code_nog_eens(noor, melding, monkeypatch):
    def bezet(*_args, **_kwargs):
        raise EvenBezet

    monkeypatch.setattr("portal.klanten.handelingen.codes.stuur_code", bezet)
    antwoord = noor.verstuur(KOPPELEN, referentie=melding.referentie)
    assert antwoord.status_code == 422
    assert "Probeer het zo nog eens." in tekst(antwoord)


def test_een_stap_overslaan_kan_niet(noor):
    assert noor.get(KIEZEN).url == KOPPELEN
    assert noor.post(KIEZEN, {"houd": []}).url == KOPPELEN


def test_na_vijf_keer_stuurt_deze_inlog_geen_code_meer(noor, melding, codes):
    for _ in range(5):
        noor.verstuur(KOPPELEN, referentie="2222222222")
    noor.verstuur(KOPPELEN, referentie=melding.referentie)
    assert codes == {}
