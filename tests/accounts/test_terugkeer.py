"""E. Coming back: only an answer to our own question does anything, and it does it once."""

import pytest
import time_machine
from django.test import Client

from accounts.models import Sessie
from accounts.teksten import DIGID_FOUT
from tests.accounts.test_inloggen import inlog_in
from tests.inloggen import NIVEAUS, inloggen, kies, vraag

pytestmark = [pytest.mark.login, pytest.mark.django_db]
PAGINA = "/inloggen/opnieuw/?handeling=naam"


def is_binnen(client):
    return client.get(PAGINA).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["error=access_denied", "error=x&state=y", "code=a&state=b", "code=a", "", "state=%F0"],
)
def test_onbekende_terugkeer_verandert_niets(client, caplog, query):
    inloggen(client)
    sleutel = client.cookies["sessie"].value
    antwoord = client.get(f"/inloggen/digid/terug/?{query}")
    assert antwoord["Location"] == "/overzicht/"
    assert is_binnen(client)
    assert client.cookies["sessie"].value == sleutel
    assert caplog.text.count("inloggen.onbekende_terugkeer") == 1


def test_onbekende_terugkeer_zonder_inlog_krijgt_een_pagina(client):
    antwoord = client.get("/inloggen/digid/terug/?error=x", follow=True)
    assert antwoord.redirect_chain == [("/inloggen/mislukt/?via=digid", 302)]


def test_annuleren_bij_inloggen(client):
    antwoord = client.get(inloggen(client, doe="annuleren")["Location"])
    tekst = antwoord.content.decode()
    assert "U heeft het inloggen geannuleerd" in tekst
    assert "U bent niet ingelogd. Er is niets veranderd." in tekst
    assert not is_binnen(client)


def test_annuleren_bij_verhogen_beeindigt_de_sessie(client):
    inloggen(client)
    naar = inloggen(client, doe="annuleren", handeling="verwijderen")["Location"]
    assert "Daarom bent u nu uitgelogd." in client.get(naar).content.decode()
    assert not is_binnen(client)
    assert not Sessie.objects.exclude(account="").exists()


def test_storing_bij_de_aanbieder_is_een_pagina(client, caplog):
    antwoord = client.get(inloggen(client, doe="storing")["Location"])
    assert antwoord.status_code == 200
    assert DIGID_FOUT in antwoord.content.decode()
    assert [r.reden for r in caplog.records if hasattr(r, "reden")] == ["storing"]


def test_een_eigen_foutcode_van_de_makelaar_telt_als_annuleren(client, aanbieder):
    aanbieder.stel_in(foutcodes={"IDP-3200": "geannuleerd"})
    aanbieder.opdracht(antwoord={"error": "IDP-3200", "code": None})
    assert "/inloggen/geannuleerd/" in aanbieder.heen_en_terug(client)["Location"]


def test_state_een_keer(client, aanbieder):
    terugweg = aanbieder.terugweg(aanbieder.start(client))
    assert client.get(terugweg)["Location"] == "/overzicht/"
    sleutel = client.cookies["sessie"].value
    assert client.get(terugweg)["Location"] == "/overzicht/"
    assert client.cookies["sessie"].value == sleutel
    assert aanbieder.teller("token") == 1


def test_state_verlopen_laat_de_sessie_met_rust(client, caplog):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as klok:
        inloggen(client)
        adres = vraag(client)
        klok.shift(601)
        assert kies(client, adres, persoon="noor")["Location"] == "/overzicht/"
        assert is_binnen(client)
    assert [r.reden for r in caplog.records if hasattr(r, "reden")] == ["verlopen"]


def test_state_verlopen_zonder_inlog_zegt_het(client):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as klok:
        adres = vraag(client)
        klok.shift(601)
        naar = kies(client, adres, persoon="noor")["Location"]
        tekst = client.get(naar).content.decode()
    assert "Het inloggen duurde te lang. Log opnieuw in." in tekst


def test_state_van_net_geen_tien_minuten_oud_werkt(client):
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as klok:
        adres = vraag(client)
        klok.shift(600)
        assert kies(client, adres, persoon="noor")["Location"] == "/overzicht/"


def test_verlopen_knop_van_het_nagebootste_middel_geeft_een_onbekende_state(client):
    assert "mislukt" in inloggen(client, doe="verlopen")["Location"]


def test_terugkeer_bij_andere_aanbieder(client):
    terug = client.post(vraag(client, "digid"), {"persoon": "noor", "doe": "inloggen"})["Location"]
    antwoord = client.get(terug.replace("/digid/terug/", "/eidas/terug/"))
    assert "mislukt" in antwoord["Location"]
    assert not is_binnen(client)


def test_terugkeer_uit_andere_browser(client):
    terug = client.post(vraag(client), {"persoon": "noor", "doe": "inloggen"})["Location"]
    ander = Client()
    assert "mislukt" in ander.get(terug)["Location"]
    assert not is_binnen(ander)


@pytest.mark.parametrize("iss", ["https://elders.example", "", None])
def test_iss_parameter_anders_of_weg_wordt_geweigerd_zonder_vraag_om_een_token(
    client, aanbieder, caplog, iss
):
    aanbieder.opdracht(antwoord={"iss": iss})
    assert "mislukt" in aanbieder.heen_en_terug(client)["Location"]
    assert aanbieder.teller("token") == 0
    assert [r.reden for r in caplog.records if hasattr(r, "reden")] == ["iss_parameter"]


def test_iss_parameter_ontbreekt_en_is_niet_beloofd(client, aanbieder):
    niet = {"authorization_response_iss_parameter_supported": False}
    aanbieder.opdracht(antwoord={"iss": None}, ontdekking=niet)
    assert aanbieder.heen_en_terug(client)["Location"] == "/overzicht/"


def test_iss_parameter_verplicht_gesteld_in_de_configuratie(client, aanbieder):
    aanbieder.stel_in(iss_parameter="verplicht")
    niet = {"authorization_response_iss_parameter_supported": False}
    aanbieder.opdracht(antwoord={"iss": None}, ontdekking=niet)
    assert "mislukt" in aanbieder.heen_en_terug(client)["Location"]


def test_iss_parameter_afwezig_gesteld_telt_niet(client, aanbieder):
    aanbieder.stel_in(iss_parameter="afwezig")
    aanbieder.opdracht(antwoord={"iss": "https://elders.example"})
    assert aanbieder.heen_en_terug(client)["Location"] == "/overzicht/"


def test_verkeerde_verifier_is_een_storing(client, aanbieder):
    terugweg = aanbieder.terugweg(aanbieder.start(client).replace("code_challenge=", "x="))
    assert "mislukt" in client.get(terugweg)["Location"]


@pytest.mark.usefixtures("echte_transacties")
def test_dubbele_terugkeer_geeft_een_inlog_en_een_vraag_om_een_token(client, aanbieder, tegelijk):
    aanbieder.start(client)
    terugweg = aanbieder.terugweg(aanbieder.start(client))
    koekje = client.cookies["sessie"].value

    def kom_terug(_):
        eigen = Client()
        eigen.cookies["sessie"] = koekje
        return eigen.get(terugweg)["Location"]

    uitkomsten = sorted(tegelijk(4, kom_terug))
    assert uitkomsten == [*["/inloggen/mislukt/?via=proef"] * 3, "/overzicht/"]
    assert aanbieder.teller("token") == 1


def test_iemand_anders_bij_verhogen(client):
    inloggen(client, "noor")
    sessie = client.session
    oud = client.cookies["sessie"].value
    sessie["van_noor"] = "geheim"
    sessie.save()
    antwoord = inloggen(client, "omar", handeling="verwijderen", next=PAGINA)
    assert antwoord["Location"] == "/overzicht/"
    assert inlog_in(client).identiteit.onthul() == "999990421"
    assert "van_noor" not in client.session
    assert client.cookies["sessie"].value != oud


def test_niveau_hoger_geaccepteerd(client):
    inloggen(client, niveau=40)
    assert inlog_in(client).rang == 40


def test_niveau_te_laag_bij_inloggen_geeft_geen_sessie(client):
    naar = inloggen(client, niveau=10)["Location"]
    tekst = client.get(naar).content.decode()
    assert "U moet veiliger inloggen" in tekst
    assert "de DigiD app of een sms-code" in tekst
    assert not is_binnen(client)


def test_niveau_te_laag_bij_verhogen_beeindigt_de_sessie(client):
    inloggen(client, niveau=25)
    naar = inloggen(client, niveau=25, handeling="rekeningnummer")["Location"]
    tekst = client.get(naar).content.decode()
    assert "de DigiD app met ID-check" in tekst
    assert "U bent uitgelogd." in tekst
    assert not is_binnen(client)


@pytest.mark.parametrize(
    ("auth_time", "gelukt"), [("@+0", True), ("@-55", True), ("@-70", False), (None, False)]
)
def test_vers_inloggen_oud_auth_time(client, aanbieder, auth_time, gelukt):
    aanbieder.opdracht(
        claims={"auth_time": auth_time} if auth_time else {},
        zonder=[] if auth_time else ["auth_time"],
    )
    antwoord = aanbieder.heen_en_terug(client, handeling="exporteren")
    assert (antwoord["Location"] == "/overzicht/") is gelukt


def test_zonder_verse_vraag_mag_auth_time_ontbreken(client, aanbieder):
    aanbieder.opdracht(zonder=["auth_time"])
    assert aanbieder.heen_en_terug(client)["Location"] == "/overzicht/"
    assert inlog_in(client).auth_time == 0


def test_uitgiftetijd_telt_bij_een_makelaar_zonder_auth_time(client, aanbieder):
    aanbieder.stel_in(auth_time="uitgiftetijd")
    aanbieder.opdracht(zonder=["auth_time"])
    antwoord = aanbieder.heen_en_terug(client, handeling="exporteren")
    assert antwoord["Location"] == "/overzicht/"


def test_logregel_per_uitkomst(client, caplog):
    namen = []
    for doe, niveau in (("inloggen", 30), ("inloggen", 10), ("annuleren", 30), ("storing", 30)):
        caplog.clear()
        inloggen(Client(), doe=doe, niveau=niveau)
        namen += [r.message for r in caplog.records if r.message != "inloggen.gestart"]
    assert namen == ["inloggen.gelukt", "inloggen.geweigerd", "inloggen.geannuleerd",
                     "inloggen.geweigerd"]  # fmt: skip


def test_logregel_bij_verhogen_zegt_welk_niveau(client, caplog):
    caplog.set_level("INFO")
    inloggen(client, niveau=25)
    inloggen(client, niveau=30, handeling="verwijderen")
    regel = next(r for r in caplog.records if r.message == "sessie.verhoogd")
    assert (regel.niveau_gevraagd, regel.niveau, regel.aanbieder) == (30, 30, "digid")
    assert regel.wie != inlog_in(client).account_index


def test_de_gemachtigde_logt_in_met_zijn_niveau(client):
    assert inloggen(client, "omar-voor-noor", middel="machtigen", niveau=25).status_code == 302
    assert inlog_in(client).acr == NIVEAUS["digid"][25]
