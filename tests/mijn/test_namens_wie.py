"""Namens wie: de bakker kiest een vestiging van zijn eigen bedrijf; elke handeling weet dat."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from accounts.identiteit import Identiteit, Soort, blinde_index, pseudoniem
from accounts.models import Sessie
from accounts.sessie import VAN_DE_INLOG
from portal.klanten.models import Code, Gebeurtenis, Klant
from portal.klanten.regels import Subjectsoort
from tests.accounts.test_inloggen import inlog_in
from tests.inloggen import inloggen
from tests.mijn.conftest import Mens, tekst, velden_van
from tests.mijn.vulling import vul_korenbloem
from tests.nep_kvk import NepKvk
from tests.registers.conftest import _vers, koppel  # noqa: F401 - fixtures

pytestmark = [pytest.mark.login, pytest.mark.django_db, pytest.mark.lang]
PAGINA = "/namens-wie/"
WINKEL, HAVEN = "000090000011", "000090000022"
NAAM = "/mijn-gegevens/naam/"


@pytest.fixture
def kvk(koppel):  # noqa: F811 - fixture
    return koppel(NepKvk())


@pytest.fixture
def bakker():
    bakker = Mens()
    inloggen(bakker, "korenbloem", middel="eherkenning")
    return bakker


def band(antwoord):
    """Wat er in de band boven de bladzijde staat."""
    html = antwoord.content.decode().partition('id="wie"')[2].partition("</ul>")[0]
    return BeautifulSoup(html, "html.parser").get_text()


def kies(mens, wie):
    antwoord = mens.post(PAGINA, {"wie": wie})
    assert antwoord.status_code == 303, tekst(antwoord)
    return antwoord


@pytest.mark.usefixtures("kvk")
def test_de_bakker_kiest_uit_zijn_vestigingen_en_de_band_volgt(bakker):
    gelezen = bakker.lees(PAGINA)
    assert "Het hele bedrijf (KVK 90000011)" in gelezen
    assert "De Korenbloem aan de haven (000090000022), Havenkade 12 1235AB Waterveen" in gelezen
    assert velden_van(bakker.get(PAGINA))["wie"] == "bedrijf"
    assert kies(bakker, HAVEN)["Location"] == "/overzicht/"
    assert "U handelt namens vestiging De Korenbloem aan de haven" in band(bakker.get(PAGINA))
    assert velden_van(bakker.get(PAGINA))["wie"] == HAVEN
    kies(bakker, "bedrijf")
    assert "U handelt namens bedrijf KVK 90000011" in band(bakker.get(PAGINA))


@pytest.mark.usefixtures("kvk")
def test_elke_handeling_onthoudt_wie_handelde_en_namens_wie(bakker):
    bakker.verstuur(NAAM, waarde="Hoofdkantoor")
    kies(bakker, HAVEN)
    bakker.verstuur(NAAM, waarde="Winkel aan de haven")
    bedrijf, haven = Gebeurtenis.objects.order_by("gebeurd_op")
    assert bedrijf.handelende == haven.handelende == pseudoniem("pseudo-1", "handelende")
    assert bedrijf.namens == pseudoniem("90000011", "handelende")
    assert haven.namens == pseudoniem(HAVEN, "handelende")
    klant = Klant.objects.get(pk=haven.onderwerp)
    assert klant.subjectsoort == Subjectsoort.VESTIGING
    assert klant.subject_index == blinde_index(Identiteit(Soort.VESTIGING, HAVEN, "90000011"))


@pytest.mark.usefixtures("kvk")
def test_wie_voor_een_vestiging_handelt_ziet_die_van_het_bedrijf_niet(bakker):
    vul_korenbloem()
    assert "Administratie" in bakker.lees("/mijn-gegevens/")
    kies(bakker, HAVEN)
    assert "Administratie" not in bakker.lees("/mijn-gegevens/")
    kies(bakker, "bedrijf")
    assert "Administratie" in bakker.lees("/mijn-gegevens/")


@pytest.mark.usefixtures("kvk")
@pytest.mark.parametrize("wie", ["", "000037178598", "90000011", "x", HAVEN + "0"])
def test_een_vestiging_van_een_ander_is_niet_te_kiezen(bakker, wie):
    antwoord = bakker.post(PAGINA, {"wie": wie})
    assert antwoord.status_code == 422
    assert "Kies namens wie u wilt handelen." in tekst(antwoord)
    assert not inlog_in(bakker).vestiging_gekozen


@pytest.mark.usefixtures("kvk")
def test_wie_voor_een_vestiging_is_ingelogd_kan_niets_anders_kiezen(client):
    inloggen(client, "korenbloem-winkel", middel="eherkenning")
    antwoord = client.get(PAGINA)
    assert "U bent ingelogd voor alleen deze vestiging." in tekst(antwoord)
    assert "Wissel" not in band(antwoord)
    assert client.post(PAGINA, {"wie": HAVEN}).status_code == 200
    assert inlog_in(client).identiteit.onthul() == WINKEL


@pytest.mark.usefixtures("kvk")
def test_bij_het_kiezen_wisselt_de_sessiesleutel_en_telt_een_oud_formulier_niet_meer(bakker):
    strikt = Client(enforce_csrf_checks=True)
    strikt.cookies = bakker.cookies
    oud = bakker.cookies["sessie"].value
    soep = BeautifulSoup(bakker.get(NAAM).content, "html.parser")
    teken = soep.select_one("main form [name=csrfmiddlewaretoken]")["value"]
    kies(bakker, HAVEN)
    assert bakker.cookies["sessie"].value != oud
    assert Sessie.objects.count() == 1
    antwoord = strikt.post(NAAM, {"csrfmiddlewaretoken": teken, "waarde": "Hoofdkantoor"})
    assert antwoord.status_code == 403
    assert not Klant.objects.exists()


@pytest.mark.usefixtures("kvk")
def test_wat_voor_het_bedrijf_getypt_is_staat_niet_bij_de_vestiging(bakker):
    bakker.post("/sessie/verlengen/", {"next": NAAM, "waarde": "Hoofdkantoor"})
    kies(bakker, HAVEN)
    assert "Hoofdkantoor" not in bakker.get(NAAM).content.decode()


@pytest.mark.usefixtures("kvk")
def test_wat_voor_een_vestiging_getypt_is_komt_na_een_verlopen_sessie_alleen_daar_terug(bakker):
    kies(bakker, HAVEN)
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=901)):
        verlopen = bakker.post(NAAM, {"waarde": "Winkel aan de haven"})
        assert verlopen["Location"].startswith("/sessie-verlopen/")
        inloggen(bakker, "korenbloem", middel="eherkenning")
        assert inlog_in(bakker).identiteit.onthul() == "90000011"
        assert "Winkel aan de haven" not in bakker.get(NAAM).content.decode()
        kies(bakker, HAVEN)
        assert velden_van(bakker.get(NAAM))["waarde"] == "Winkel aan de haven"


@pytest.mark.usefixtures("kvk")
def test_wat_voor_het_bedrijf_open_stond_is_bij_een_vestiging_vergeten(bakker):
    vul_korenbloem()
    bakker.post("/verwijderen/", {"weg": ["alles"]})
    bakker.verstuur("/mijn-gegevens/rekening/", iban="NL91ABNA0417164300", tenaamstelling="Bakker")
    for controle in ("/verwijderen/controle/", "/mijn-gegevens/rekening/controle/"):
        assert bakker.get(controle).status_code == 200
    kies(bakker, HAVEN)
    assert bakker.get("/verwijderen/controle/").url == "/verwijderen/"
    assert bakker.get("/mijn-gegevens/rekening/controle/").url == "/mijn-gegevens/rekening/"
    assert bakker.session.keys() - VAN_DE_INLOG == {"vestigingsnaam", "_messages"}
    assert inlog_in(bakker).vestiging_gekozen


@pytest.mark.usefixtures("kvk")
def test_na_zekerder_inloggen_handelt_de_bakker_nog_voor_dezelfde_vestiging(client):
    inloggen(client, "korenbloem", middel="eherkenning", niveau=25)
    kies(client, HAVEN)
    doel = "/mijn-gegevens/rekening/"
    client.post(doel, {"iban": "NL91ABNA0417164300"})
    zekerder = {"handeling": "rekeningnummer", "next": doel}
    antwoord = inloggen(client, "korenbloem", middel="eherkenning", niveau=30, **zekerder)
    assert antwoord["Location"] == doel
    assert inlog_in(client).identiteit.onthul() == HAVEN
    assert "NL91ABNA0417164300" in client.get(doel).content.decode().replace(" ", "")
    inloggen(client, "korenbloem-2", middel="eherkenning", **zekerder)
    assert inlog_in(client).identiteit.onthul() == "90000011"


@pytest.mark.usefixtures("kvk")
def test_wie_koos_blijft_dezelfde_mens_met_dezelfde_sessies(bakker):
    vul_korenbloem()
    ander = Client()
    inloggen(ander, "korenbloem", middel="eherkenning")
    voor = inlog_in(bakker)
    kies(bakker, HAVEN)
    na = inlog_in(bakker)
    assert (na.account_index, na.ingelogd_index) == (voor.account_index, voor.ingelogd_index)
    assert na.subject_index != voor.subject_index
    assert set(Sessie.objects.values_list("subject", flat=True)) == {voor.ingelogd_index}
    assert bakker.lees("/beveiliging/").count("eHerkenning") >= 2


def test_zonder_handelsregister_blijft_de_keuze_die_er_was(bakker, koppel):  # noqa: F811 - fixture
    kvk = koppel(NepKvk())
    kies(bakker, HAVEN)
    kvk.stop()
    gelezen = bakker.lees(PAGINA)
    assert "Wij kunnen uw vestigingen uit het Handelsregister nu niet laten zien." in gelezen
    assert velden_van(bakker.get(PAGINA))["wie"] == HAVEN
    kies(bakker, "bedrijf")
    assert bakker.get(PAGINA).status_code == 200
    assert bakker.post(PAGINA, {"wie": HAVEN}).status_code == 422


def test_zonder_koppeling_is_er_niets_te_kiezen(bakker):
    assert "Wij kennen geen vestigingen van uw bedrijf om uit te kiezen." in bakker.lees(PAGINA)


@pytest.mark.usefixtures("kvk")
def test_veel_vestigingen_staan_in_een_keuzelijst(bakker, monkeypatch):
    from portal.mijn.forms import namens_wie

    assert 'type="radio"' in bakker.get(PAGINA).content.decode()
    monkeypatch.setattr(namens_wie, "LIJST_VANAF", 2)
    antwoord = bakker.get(PAGINA)
    assert "<select" in antwoord.content.decode()
    assert velden_van(antwoord)["wie"] == "bedrijf"


@pytest.mark.parametrize(
    ("persoon", "middel", "nu", "links"),
    [
        ("noor", "digid", "U handelt voor uzelf.", ["/inloggen/machtigen/"]),
        (
            "omar-voor-noor",
            "machtigen",
            "U handelt namens iemand anders (burgerservicenummer eindigt op 019).",
            ["/inloggen/digid/", "/inloggen/machtigen/"],
        ),
        ("erika", "eidas", "U handelt voor uzelf.", []),
    ],
)
def test_voor_een_ander_logt_een_inwoner_opnieuw_in(client, persoon, middel, nu, links):
    inloggen(client, persoon, middel=middel)
    antwoord = client.get(PAGINA)
    assert nu in tekst(antwoord)
    hoofd = antwoord.content.decode().partition("<main")[2]
    assert [w for w in ("/inloggen/digid/", "/inloggen/machtigen/") if w in hoofd] == links
    assert "Wissel" in band(antwoord) or middel != "machtigen"
    assert client.post(PAGINA, {"wie": "bedrijf"}).status_code == 200


def test_een_gemachtigde_staat_met_zijn_mandaat_bij_elke_handeling(client):
    omar = Mens()
    inloggen(omar, "omar-voor-noor", middel="machtigen")
    omar.verstuur(NAAM, waarde="Noor")
    gebeurtenis = Gebeurtenis.objects.get()
    assert gebeurtenis.handelende == pseudoniem("999990421", "handelende")
    assert gebeurtenis.namens == pseudoniem("999990019", "handelende")
    assert gebeurtenis.mandaat == "34085d78-21aa-4481-a219-b28d7f3282fc"


def test_wie_voor_zichzelf_handelt_handelt_namens_niemand():
    noor = Mens()
    inloggen(noor, "noor")
    noor.verstuur(NAAM, waarde="Noor")
    gebeurtenis = Gebeurtenis.objects.get()
    assert (gebeurtenis.namens, gebeurtenis.mandaat) == ("", "")


@pytest.mark.usefixtures("kvk")
def test_de_keuze_geldt_alleen_binnen_het_eigen_bedrijf(bakker):
    inlog = inlog_in(bakker)
    vreemd = Identiteit(Soort.VESTIGING, "000037178601", "68750110")
    for ander in (vreemd, Identiteit(Soort.BSN, "999990019"), Identiteit(Soort.KVK, "68750110")):
        with pytest.raises(ValueError, match="niet binnen deze inlog"):
            inlog.voor(ander)


@pytest.mark.usefixtures("kvk")
def test_een_andere_vestiging_geeft_geen_nieuwe_pogingen_om_te_koppelen(bakker):
    verstuurd = []
    for keer, wie in enumerate(("bedrijf", HAVEN, "bedrijf", WINKEL, HAVEN, "bedrijf"), start=2):
        kies(bakker, wie)
        bakker.verstuur("/meldingen/koppelen/", referentie=f"222222222{keer}")
        verstuurd.append(Code.objects.count())
    assert verstuurd == [1, 2, 3, 4, 5, 5]
