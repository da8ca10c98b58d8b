"""F. The session: a new key at every login, 15 minutes idle, 3 hours at most, sealed at rest."""

import json

import pytest
import time_machine
from django.conf import settings as instellingen
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from accounts.concepten import bewaar_voor, concept_van
from accounts.identiteit import Identiteit, Soort
from accounts.inlog import Inlog, inlog_of_niets, inlog_van
from accounts.models import Account, Concept, Sessie
from accounts.niveaus import Niveau
from accounts.sessie import beeindig, handel_voor, vereist
from accounts.sessieopslag import SessionStore, gehasht
from portal.urls import urlpatterns as van_het_portaal
from tests.accounts.test_inloggen import inlog_in
from tests.inloggen import inloggen

pytestmark = [pytest.mark.login, pytest.mark.django_db, pytest.mark.urls(__name__)]
HTMX = {"HX-Request": "true"}
BEGIN = "2026-11-21T10:00:00Z"


@vereist("inzien")
def pagina(request):
    return HttpResponse("van Noor")


@vereist("rekeningnummer")
def rekening(request):
    return HttpResponse(request.POST.get("iban", "leeg"))


def weg(request):
    """A page during which the session is ended in another tab."""
    beeindig(account=request.session[SESSION_KEY])
    request.session["iets"] = 1
    return HttpResponse("te laat")


urlpatterns = [
    *van_het_portaal, path("proef/", pagina), path("proef/rekening/", rekening),
    path("proef/weg/", weg),
]  # fmt: skip


@pytest.fixture
def klok():
    with time_machine.travel(BEGIN, tick=False) as klok:
        yield klok


def test_sessiesleutel_wisselt_altijd(client):
    sleutels = []
    for persoon in ("noor", "noor", "omar"):
        inloggen(client, persoon)
        sleutels.append(client.cookies["sessie"].value)
    assert len(set(sleutels)) == 3
    assert [s for s in sleutels if Sessie.objects.filter(pk=gehasht(s)).exists()] == sleutels[2:]


def met_inlog(verzoek: HttpRequest, identiteit: Identiteit) -> Inlog:
    inlog = Inlog(
        aanbieder="x", middel="x", acr="", rang=Niveau.HOOG, auth_time=0, identiteit=identiteit
    )
    verzoek.session, verzoek.user = SessionStore(), Account(pk=inlog.account_index)
    verzoek.session["inlog"] = inlog.als_json()
    return inlog


def test_wie_in_een_verzoek_voor_een_vestiging_verdergaat_is_daar_meteen_die_vestiging(rf):
    bedrijf = Identiteit(Soort.KVK, "90000011")
    vestiging = Identiteit(Soort.VESTIGING, "000090000011", "90000011")
    inlog = met_inlog(verzoek := rf.get("/"), bedrijf)
    assert inlog_van(verzoek).identiteit == bedrijf
    assert inlog_van(verzoek) is inlog_van(verzoek)
    handel_voor(verzoek, inlog.voor(vestiging))
    assert inlog_van(verzoek).identiteit == vestiging
    verzoek.session.flush()
    assert inlog_of_niets(verzoek) is None


def test_wat_getypt_was_komt_een_keer_terug_en_na_een_kwartier_niet_meer(rf):
    inlog = met_inlog(verzoek := rf.get("/naam/"), Identiteit(Soort.BSN, "999990019"))
    with time_machine.travel(BEGIN, tick=False) as klok:
        bewaar_voor(inlog, "/naam/", {"waarde": ["Noor"]})
        assert concept_van(verzoek, "/naam/") == {"waarde": ["Noor"]}
        assert concept_van(verzoek, "/naam/") is None
        bewaar_voor(inlog, "/naam/", {"waarde": ["Noor"]})
        klok.shift(900)
        assert concept_van(verzoek, "/naam/") is None
        assert not Concept.objects.exists()


def test_een_sleutel_van_voor_het_inloggen_werkt_daarna_niet(client):
    client.get("/inloggen/digid/")
    ander = Client()
    ander.cookies["sessie"] = client.cookies["sessie"].value
    inloggen(client)
    assert ander.get("/proef/").status_code == 302


@pytest.mark.parametrize(("na", "binnen"), [(899, True), (900, False)])
def test_sessie_eindigt_na_inactiviteit(client, klok, na, binnen):
    inloggen(client)
    klok.shift(na)
    antwoord = client.get("/proef/")
    assert (antwoord.status_code == 200) is binnen
    if not binnen:
        assert antwoord["Location"] == "/sessie-verlopen/?next=%2Fproef%2F"
        assert client.cookies["sessie"].value == ""
        assert antwoord["Cache-Control"] == "no-store"


def test_sessie_eindigt_na_inactiviteit_ook_voor_htmx(client, klok):
    inloggen(client)
    klok.shift(901)
    kop = {**HTMX, "HX-Current-URL": "http://testserver/proef/?a=1"}
    antwoord = client.get("/proef/", headers=kop)
    assert antwoord.status_code == 200
    assert antwoord["HX-Redirect"] == "/sessie-verlopen/?next=%2Fproef%2F%3Fa%3D1"


def test_polling_verlengt_niet(client, klok):
    inloggen(client)
    for _ in range(14):
        klok.shift(60)
        assert client.get("/proef/", headers={"X-Achtergrond": "1"}).status_code == 200
    klok.shift(61)
    antwoord = client.get("/proef/", headers={"X-Achtergrond": "1", **HTMX})
    assert "sessie-verlopen" in antwoord["HX-Redirect"]


def test_klik_verlengt_wel(client, klok):
    inloggen(client)
    for _ in range(5):
        klok.shift(880)
        assert client.get("/proef/").status_code == 200


def test_de_knop_blijf_ingelogd_verlengt(client, klok):
    inloggen(client)
    klok.shift(880)
    antwoord = client.post("/sessie/verlengen/", {"next": "/proef/"})
    assert antwoord["Location"] == "/proef/"
    assert client.post("/sessie/verlengen/", headers=HTMX).status_code == 204
    klok.shift(880)
    assert client.get("/proef/").status_code == 200
    assert client.get("/sessie/verlengen/").status_code == 405


@pytest.mark.lang
@pytest.mark.parametrize(("minuten", "binnen"), [(179, True), (180, False)])
def test_sessie_maximum(client, klok, minuten, binnen):
    inloggen(client)
    for _ in range(minuten):
        klok.shift(60)
        antwoord = client.get("/proef/")
    assert (antwoord.status_code == 200) is binnen


def test_elk_antwoord_telt_af(client, klok):
    inloggen(client)
    klok.shift(100)
    antwoord = client.get("/proef/", headers={"X-Achtergrond": "1"})
    assert (antwoord["X-Sessie-Over"], antwoord["X-Sessie-Einde"]) == ("800", "10700")
    assert client.get("/proef/")["X-Sessie-Over"] == "900"


@pytest.mark.parametrize("veld", ["begonnen", "laatst_actief", "inlog"])
def test_een_sessie_zonder_tijden_of_context_telt_als_verlopen(client, veld):
    inloggen(client)
    sessie = client.session
    del sessie[veld]
    sessie.save()
    assert "sessie-verlopen" in client.get("/proef/")["Location"]


def test_een_context_van_een_andere_versie_telt_als_verlopen(client):
    inloggen(client)
    sessie = client.session
    sessie["inlog"] = {**sessie["inlog"], "versie": 0}
    sessie.save()
    assert "sessie-verlopen" in client.get("/proef/")["Location"]


def test_sessie_verlopen_eindigt_op_de_server(client):
    inloggen(client)
    tekst = client.get("/sessie-verlopen/?next=/proef/").content.decode()
    assert "/?next=/proef/" in tekst
    assert client.get("/proef/").status_code == 302


def test_uitloggen(client):
    inloggen(client)
    assert client.get("/uitloggen/").status_code == 405
    antwoord = client.post("/uitloggen/")
    assert antwoord["Location"] == (
        "http://localhost:8000/nagebootst/digid/uitloggen?client_id=eigen-regie"
        "&post_logout_redirect_uri=http%3A%2F%2Ftestserver%2Fuitgelogd%2F&ui_locales=nl"
    )
    assert antwoord["Clear-Site-Data"] == '"cache", "storage"'
    assert antwoord["Cache-Control"] == "no-store"
    assert client.cookies["sessie"].value == ""
    assert not Sessie.objects.exists()
    assert "U bent uitgelogd" in client.get("/uitgelogd/").content.decode()


def test_uitloggen_eist_het_csrf_teken():
    assert Client(enforce_csrf_checks=True).post("/uitloggen/").status_code == 403


def test_uitloggen_bij_het_nagebootste_middel_leidt_terug(client):
    inloggen(client)
    tekst = client.get(client.post("/uitloggen/")["Location"]).content.decode()
    assert "http://testserver/uitgelogd/" in tekst


def test_uitloggen_werkt_ook_als_de_aanbieder_weg_is(client, aanbieder):
    aanbieder.heen_en_terug(client)
    aanbieder.stel_in(uitloggen="lokaal")
    assert client.post("/uitloggen/", headers=HTMX)["HX-Redirect"] == "/uitgelogd/"
    assert client.get("/proef/").status_code == 302


def test_geblokkeerd_is_er_bij_het_volgende_verzoek_uit_en_komt_niet_terug(client, caplog):
    inloggen(client, "noor")
    Account.objects.create(pk=inlog_in(client).account_index, is_active=False)
    assert client.get("/proef/").status_code == 302
    assert inloggen(client, "noor")["Location"].startswith("/inloggen/geen-toegang/")
    assert [r.reden for r in caplog.records if hasattr(r, "reden")] == ["geblokkeerd"]
    assert inloggen(client, "omar")["Location"] == "/overzicht/"


def test_wie_geblokkeerd_is_kan_ook_niet_als_gemachtigde(client):
    inloggen(client, "omar")
    Account.objects.create(pk=inlog_in(client).account_index, is_active=False)
    naar = inloggen(client, "omar-voor-noor", middel="machtigen")["Location"]
    assert naar.startswith("/inloggen/geen-toegang/")
    assert inloggen(client, "noor")["Location"] == "/overzicht/"


def test_een_blokkade_wordt_onder_de_oude_indexsleutel_gevonden(client, settings):
    inloggen(client, "noor")
    oud = inlog_in(client).account_index
    Account.objects.create(pk=oud, is_active=False)
    settings.PORTAAL_INDEXSLEUTELS = (
        f"nieuw:{'bmll' * 10}bmll,{settings.PORTAAL_INDEXSLEUTELS}".replace(
            "bmll" * 11, "bmlldXdlLWluZGV4c2xldXRlbC0zMi1ieXRlcyEhISE="
        )
    )
    assert inloggen(Client(), "noor")["Location"].startswith("/inloggen/geen-toegang/")
    assert Account.objects.filter(pk__startswith="nieuw$", is_active=False).exists()


def test_overal_uitloggen_beeindigt_de_eigen_sessies_en_geen_andere():
    noor, elders, omar = Client(), Client(), Client()
    inloggen(noor, "noor")
    inloggen(elders, "noor-be", middel="eidas")
    inloggen(omar, "omar")
    assert beeindig(account=inlog_in(noor).account_index) == 2
    assert [c.get("/proef/").status_code for c in (noor, elders, omar)] == [302, 302, 200]


def test_sessie_verdwenen_tijdens_verzoek(client):
    inloggen(client)
    antwoord = client.get("/proef/weg/")
    assert antwoord["Location"].startswith("/sessie-verlopen/")
    assert client.cookies["sessie"].value == ""


def test_cookievlaggen(client):
    inloggen(client)
    koekje = client.cookies["sessie"]
    assert (koekje["httponly"], koekje["samesite"], koekje["path"]) == (True, "Lax", "/")
    assert koekje["max-age"] == koekje["domain"] == ""
    assert instellingen.CSRF_COOKIE_HTTPONLY


def test_no_store_op_elke_pagina_achter_inloggen(client):
    inloggen(client)
    assert client.get("/proef/")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("koppen", [{}, HTMX])
def test_wie_niet_is_ingelogd_gaat_naar_het_begin(client, koppen):
    antwoord = client.get("/proef/", headers=koppen)
    naar = antwoord.get("Location") or antwoord["HX-Redirect"]
    assert naar == "/?next=%2Fproef%2F"


def test_een_medewerker_heeft_geen_eigen_gegevens(client):
    inloggen(client, "beheerder", middel="medewerker")
    assert client.get("/proef/").status_code == 403


def test_te_laag_voor_een_handeling_leidt_naar_opnieuw_inloggen(client):
    inloggen(client, niveau=25)
    adres = client.get("/proef/rekening/")["Location"]
    assert adres == "/inloggen/opnieuw/?handeling=rekeningnummer&next=%2Fproef%2Frekening%2F"
    tekst = client.get(adres).content.decode()
    assert "U wilt uw rekeningnummer wijzigen." in tekst
    assert "de DigiD app met ID-check" in tekst
    assert "/inloggen/digid/?handeling=rekeningnummer&amp;next=/proef/rekening/" in tekst


def test_een_view_heeft_een_handeling_en_geen_tweede():
    with pytest.raises(TypeError, match="een handeling per view"):
        vereist("inzien")(rekening)


def test_vers_inloggen_nodig(client, klok):
    inloggen(client)
    klok.shift(300)
    assert client.get("/proef/rekening/").status_code == 200
    klok.shift(1)
    assert "Log opnieuw in" in client.get("/proef/rekening/", follow=True).content.decode()
    assert client.post("/proef/rekening/", {"iban": "NL"}).content == b"NL"


def test_de_speling_van_een_formulier_is_een_kwartier(client, klok):
    inloggen(client)
    for _ in range(2):
        klok.shift(600)
        client.get("/proef/")
    assert client.post("/proef/rekening/", {"iban": "NL"}).content == b"NL"
    klok.shift(1)
    assert "opnieuw" in client.post("/proef/rekening/", {"iban": "NL"})["Location"]


def test_wat_getypt_is_blijft_bij_verhogen_verzegeld_bewaard(client):
    inloggen(client, niveau=25)
    client.post("/proef/rekening/", {"iban": "NL91ABNA0417164300", "csrfmiddlewaretoken": "x"})
    rij = Concept.objects.get()
    assert json.loads(rij.velden) == {"iban": ["NL91ABNA0417164300"]}
    assert rij.account == inlog_in(client).account_index


def test_wat_getypt_is_blijft_bewaard_als_de_sessie_afliep(client, klok):
    inloggen(client)
    klok.shift(901)
    client.post("/proef/rekening/", {"iban": "NL91"})
    assert json.loads(Concept.objects.get().velden) == {"iban": ["NL91"]}


def test_bij_uitloggen_verdwijnt_wat_getypt_is(client):
    inloggen(client)
    bewaar_voor(inlog_in(client), "/proef/", {"a": ["b"]})
    client.post("/uitloggen/")
    assert not Concept.objects.exists()


def test_sessierij_onleesbaar_en_niet_te_ruilen(client, caplog):
    inloggen(client, "noor")
    ander = Client()
    inloggen(ander, "omar")
    van_omar = Sessie.objects.get(pk=gehasht(ander.cookies["sessie"].value)).session_data
    Sessie.objects.filter(pk=gehasht(client.cookies["sessie"].value)).update(session_data=van_omar)
    assert client.get("/proef/").status_code == 302
    assert "sessie.onleesbaar" in caplog.text


def test_sleutel_kwijt_is_uitgelogd_en_geen_fout(client, settings):
    inloggen(client)
    settings.PORTAAL_GEGEVENSSLEUTELS = "weg:bmlldXdlLWluZGV4c2xldXRlbC0zMi1ieXRlcyEhISE="
    assert client.get("/proef/").status_code == 302


def test_sessies_overleven_een_nieuwe_gegevenssleutel(client, settings):
    inloggen(client)
    nieuw = "g9:bmlldXdlLWluZGV4c2xldXRlbC0zMi1ieXRlcyEhISE="
    settings.PORTAAL_GEGEVENSSLEUTELS = f"{nieuw},{settings.PORTAAL_GEGEVENSSLEUTELS}"
    assert client.get("/proef/").status_code == 200


def test_de_tabel_met_sessies_bevat_geen_sleutel_die_werkt(client):
    inloggen(client)
    rij = Sessie.objects.get()
    assert client.cookies["sessie"].value not in (rij.pk, rij.session_data)
    assert SessionStore(rij.pk).load() == {}
