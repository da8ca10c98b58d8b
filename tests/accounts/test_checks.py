"""Each setting that would make logging in unsafe stops the start, with its own number."""

import pytest

from accounts.checks import CONTROLES, inloggen_is_veilig
from tests.accounts.conftest import DIGID

pytestmark = pytest.mark.login
GOED = {**DIGID, "issuer": "https://makelaar.example/digid", "client_auth": "client_secret_post",
        "geheim_env": "GEHEIM"}  # fmt: skip
A = "YWFh" * 10 + "YWE="


def nummers():
    return [melding.id for melding in inloggen_is_veilig()]


def met(**anders):
    return {"INLOGMIDDELEN": {"digid": {**GOED, **anders}}}


def zonder(naam):
    return {"INLOGMIDDELEN": {"digid": {k: w for k, w in GOED.items() if k != naam}}}


FOUT = [
    ("E000", zonder("issuer")),
    ("E000", zonder("acr_in")),
    ("E000", met(onbekend=1)),
    ("E000", met(middel="facebook")),
    ("E000", met(acr_in="alles")),
    ("E000", met(acr_in={"a": 26})),
    ("E000", met(identiteit={"naam": ["naam"]})),
    ("E000", met(extra_vraag={"state": "x"})),
    ("E000", met(rollen={"pad": ["a"]})),
    ("E000", {"INLOGMIDDELEN": "/bestaat/niet.toml"}),
    ("E001", {"DEMO": False, "TESTEN": False}),
    ("E001", {"TESTEN": False, **met()}),
    ("E001", {"NAGEBOOTST": False, **met(transport="x.y")}),
    ("E002", {"DEMO": False, **met(issuer="http://makelaar.example")}),
    ("E002", {"INLOGMIDDELEN": {"opnieuw": GOED}}),
    ("E003", {"INLOG_HANDELINGEN": {"inzien": {"niveau": 20}}}),
    ("E003", {"INLOG_HANDELINGEN": {"inzien": {"niveau": 26}}}),
    ("E003", {"INLOG_HANDELINGEN": {"inzien": {"niveau": 40}}, **met(acr_in={"a": 30})}),
    ("E004", met(algoritmen=["HS256"])),
    ("E004", met(algoritmen=["PS256", "none"])),
    ("E005", {"PORTAAL_GEGEVENSSLEUTELS": ""}),
    ("E005", {"PORTAAL_INDEXSLEUTELS": "i1:QUJD"}),
    ("E005", {"PORTAAL_GEGEVENSSLEUTELS": f"a:{A},a:{A}"}),
    ("E005", {"PORTAAL_GEGEVENSSLEUTELS": f"a:{A}", "PORTAAL_INDEXSLEUTELS": f"i:{A}"}),
    ("E005", {"PORTAAL_GEGEVENSSLEUTELS": f"a:{A}", "SECRET_KEY": "a" * 32}),
    ("E006", {"SESSION_COOKIE_SAMESITE": "Strict"}),
    ("E006", {"CSRF_COOKIE_SAMESITE": "None"}),
    ("E006", {"DEMO": False, "CSRF_COOKIE_NAME": "csrf", "SESSION_COOKIE_NAME": "__Host-s"}),
    ("E007", {"LOGOUT_REDIRECT_URL": None}),
    ("E008", {"MIDDLEWARE": ["mozilla_django_oidc.middleware.SessionRefresh"]}),
    ("E008", {"AUTHENTICATION_BACKENDS": ["django.contrib.auth.backends.ModelBackend"]}),
    ("E008", {"ROOT_URLCONF": "mozilla_django_oidc.urls"}),
    ("E009", {"SESSION_ENGINE": "django.contrib.sessions.backends.db"}),
    ("E009", {"SESSION_SAVE_EVERY_REQUEST": True}),
    ("E009", {"SESSIE_INACTIEF": 901}),
    ("E009", {"SESSIE_MAXIMUM": 14_401}),
    ("E010", met(client_auth="private_key_jwt", sleutel_bestand="/bestaat/niet.pem")),
    ("E010", met(client_auth="private_key_jwt", sleutel_bestand=__file__)),
    ("E010", met(geheim_env="")),
    ("E011", {"ORGANISATIE_NAAM": " "}),
    ("E012", {"OIDC_STORE_ID_TOKEN": True}),
    ("E012", {"OIDC_ALLOW_UNSECURED_JWT": True}),
]


def test_zoals_het_staat_is_er_niets_aan_de_hand():
    assert nummers() == []


@pytest.mark.parametrize(("nummer", "anders"), FOUT)
def test_een_onveilige_instelling_stopt_het_starten(settings, nummer, anders):
    for naam, waarde in anders.items():
        setattr(settings, naam, waarde)
    assert f"accounts.{nummer}" in nummers()


def test_een_goede_aanbieder_in_productie_geeft_geen_klacht(settings):
    settings.TESTEN = settings.DEMO = settings.NAGEBOOTST = False
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessie", "__Host-csrf"
    settings.INLOGMIDDELEN = met()["INLOGMIDDELEN"]
    assert nummers() == []


def test_elk_nummer_heeft_een_toets():
    assert {nummer for nummer, _ in FOUT} == {c.__name__.upper() for c in CONTROLES}


def test_de_melding_noemt_de_sleutel_die_ontbreekt(settings):
    settings.INLOGMIDDELEN = zonder("client_id")["INLOGMIDDELEN"]
    (melding,) = inloggen_is_veilig()
    assert "digid: sleutel client_id ontbreekt" in melding.msg


def test_de_aanbieders_van_docker_compose_zijn_goed(settings, monkeypatch):
    monkeypatch.setenv("KEYCLOAK_CLIENT_GEHEIM", "x")
    settings.NAGEBOOTST = False
    settings.INLOGMIDDELEN = str(settings.BASE_DIR / "deploy/keycloak/inlogmiddelen.toml")
    assert nummers() == []
