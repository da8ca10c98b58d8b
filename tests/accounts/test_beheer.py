"""Staff come in through their own provider, with a role; nobody else, only on their own host."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import Account
from tests.inloggen import inloggen

pytestmark = [pytest.mark.login, pytest.mark.django_db]


def test_een_beheerder_komt_binnen_met_haar_rol(client):
    antwoord = inloggen(client, "beheerder", middel="medewerker")
    assert antwoord["Location"] == "/beheer/"
    assert client.get("/beheer/").status_code == 200
    account = Account.objects.get()
    assert (account.is_staff, account.is_superuser) == (True, False)
    assert [g.name for g in account.groups.all()] == ["functioneel beheer"]


def test_inzage_mag_kijken_en_niets_wijzigen(client):
    inloggen(client, "lezer", middel="medewerker")
    rechten = Account.objects.get().get_all_permissions()
    assert rechten
    assert {recht.partition(".")[2].partition("_")[0] for recht in rechten} == {"view"}


def test_een_medewerker_zonder_rol_krijgt_403_en_geen_rondje(client):
    inloggen(client, "zonder-rol", middel="medewerker")
    assert client.get("/beheer/", follow=True).status_code == 403
    assert Account.objects.get().is_staff is False


def test_wie_zijn_rol_verliest_verliest_zijn_rechten(client):
    inloggen(client, "beheerder", middel="medewerker")
    account = Account.objects.get()
    account.groups.add(Group.objects.create(name="iets van vroeger"))
    inloggen(client, "beheerder", middel="medewerker")
    assert [g.name for g in account.groups.all()] == ["functioneel beheer"]


def test_een_inwoner_komt_het_beheer_niet_in(client):
    inloggen(client, "noor")
    naar = client.get("/beheer/", follow=False)
    assert naar["Location"].startswith("/beheer/login/")
    assert client.get(naar["Location"])["Location"].startswith("/inloggen/medewerker/")


def test_een_inwoner_met_een_rij_en_stafvlag_komt_er_ook_niet_in(client):
    inloggen(client, "noor")
    Account.objects.create(pk=client.session["_auth_user_id"], is_staff=True, is_superuser=True)
    assert client.get("/beheer/").status_code == 302


def test_er_is_geen_wachtwoord_om_te_wijzigen_of_mee_in_te_loggen(client):
    inloggen(client, "beheerder", middel="medewerker")
    assert client.get("/beheer/password_change/").status_code == 404
    client.post("/uitloggen/")
    antwoord = client.post("/beheer/login/", {"username": "a", "password": "b"})
    assert antwoord["Location"].startswith("/inloggen/medewerker/")


def test_op_het_openbare_adres_bestaat_het_beheer_niet(client, settings):
    settings.BEHEER_HOST = "beheer.testserver"
    assert client.get("/beheer/").status_code == 404


def test_op_het_adres_van_het_beheer_bestaat_het_portaal_niet(client, settings):
    settings.BEHEER_HOST, settings.ALLOWED_HOSTS = "beheer.testserver", [".testserver"]
    kop = {"Host": "beheer.testserver"}
    assert client.get("/", headers=kop)["Location"] == "/beheer/"
    assert client.get("/overzicht/", headers=kop).status_code == 404
    assert client.get("/beheer/", headers=kop).status_code == 302


def test_zonder_adres_en_buiten_de_demo_is_er_geen_beheer(client, settings):
    settings.DEMO = False
    assert client.get("/beheer/").status_code == 404


def test_uitloggen_in_het_beheer_is_uitloggen(client):
    inloggen(client, "beheerder", middel="medewerker")
    assert client.get("/beheer/logout/").status_code == 405
    client.post("/beheer/logout/")
    assert client.get("/beheer/").status_code == 302


def test_elk_adres_kent_alleen_zijn_eigen_aanbieders(client, settings):
    settings.BEHEER_HOST, settings.ALLOWED_HOSTS = "beheer.testserver", [".testserver"]
    beheer = {"Host": "beheer.testserver"}
    assert client.get("/inloggen/medewerker/").status_code == 404
    assert client.get("/inloggen/digid/", headers=beheer).status_code == 404
    assert client.get("/inloggen/medewerker/", headers=beheer).status_code == 302
    assert client.get("/inloggen/digid/").status_code == 302
