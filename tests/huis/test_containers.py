"""docker-compose, its image and its realm cannot run where we build: they agree with the code."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import resolve

BASIS = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((BASIS / "docker-compose.yml").read_text())
DIENSTEN: dict[str, dict[str, Any]] = COMPOSE["services"]
REALM = json.loads((BASIS / "deploy/keycloak/realm.json").read_text())
AANBIEDERS = tomllib.loads((BASIS / "deploy/keycloak/inlogmiddelen.toml").read_text())
CLIENTS = {client["clientId"]: client for client in REALM["clients"]}
VERSIE = re.compile(r":v?\d+\.\d+")
EIGEN = [naam for naam, dienst in DIENSTEN.items() if "build" in dienst]


def _gelezen() -> set[str]:
    """Every name that settings.py asks of the environment, and secrets that providers name."""
    tekst = (BASIS / "portal/settings.py").read_text()
    namen = set(re.findall(r"env(?:_\w+)?\(\s*[\"']([A-Z_0-9]+)[\"']", tekst))
    return namen | {aanbieder["geheim_env"] for aanbieder in AANBIEDERS.values()}


@pytest.mark.parametrize("naam", DIENSTEN)
def test_elke_dienst_heeft_een_vaste_versie_en_een_gezondheidscontrole(naam: str) -> None:
    assert VERSIE.search(DIENSTEN[naam]["image"])
    assert DIENSTEN[naam]["healthcheck"]["test"][0] == "CMD"


def test_elk_image_van_het_dockerfile_heeft_een_vaste_versie() -> None:
    regels = re.findall(r"^FROM (\S+)", (BASIS / "Dockerfile").read_text(), re.MULTILINE)

    van_buiten = [image for image in regels if image != "portaal"]
    assert len(van_buiten) == 3
    assert all(VERSIE.search(image) for image in van_buiten)


@pytest.mark.parametrize("naam", EIGEN)
def test_onze_diensten_draaien_zonder_rechten_en_schrijven_niets(naam: str) -> None:
    dienst = DIENSTEN[naam]

    assert dienst["read_only"] is True
    assert dienst["cap_drop"] == ["ALL"]
    assert dienst["security_opt"] == ["no-new-privileges:true"]
    assert "USER 10001" in (BASIS / "Dockerfile").read_text()


@pytest.mark.parametrize("naam", sorted(set(EIGEN) - {"gemeente"}))
def test_settings_leest_elke_omgevingsvariabele(naam: str) -> None:
    assert set(DIENSTEN[naam]["environment"]) - _gelezen() == set()


def test_de_proefgemeente_krijgt_het_geheim_van_de_webhooks() -> None:
    bron = "".join(p.read_text() for p in (BASIS / "tests/nep_gemeente").glob("*.py"))

    assert all(naam in bron for naam in DIENSTEN["gemeente"]["environment"])


def test_elk_geheim_komt_uit_de_omgeving_en_uit_make_env() -> None:
    tekst = (BASIS / "docker-compose.yml").read_text()
    maakt = (BASIS / "gereedschap/maak_env.py").read_text()
    maakt += (BASIS / "portal/demo/omgeving.py").read_text()

    verplicht = set(re.findall(r"\$\{(\w+):\?draai make env\}", tekst))
    assert len(verplicht) == 7
    assert all(f'"{naam}"' in maakt for naam in verplicht)


@pytest.mark.parametrize("slug", AANBIEDERS)
def test_elke_client_kent_precies_het_adres_waar_de_inlog_terugkomt(slug: str) -> None:
    client = CLIENTS[AANBIEDERS[slug]["client_id"]]
    (terug,) = client["redirectUris"]
    portaal = DIENSTEN["portaal"]["environment"]["PORTAAL_URL"]

    assert terug.startswith(f"{portaal}/")
    wedstrijd = resolve(terug.removeprefix(portaal))
    assert (wedstrijd.url_name, wedstrijd.kwargs) == ("terug", {"slug": slug})
    afgemeld = client["attributes"]["post.logout.redirect.uris"]
    assert resolve(afgemeld.removeprefix(portaal)).url_name == "afgemeld"


@pytest.mark.parametrize("slug", AANBIEDERS)
def test_elke_client_is_zo_streng_als_het_portaal(slug: str) -> None:
    client = CLIENTS[AANBIEDERS[slug]["client_id"]]

    assert client["publicClient"] is client["implicitFlowEnabled"] is False
    assert client["directAccessGrantsEnabled"] is False
    assert client["attributes"]["pkce.code.challenge.method"] == "S256"
    assert client["attributes"]["id.token.signed.response.alg"] in AANBIEDERS[slug]["algoritmen"]
    assert client["secret"] == "${EIGEN_REGIE_CLIENT_GEHEIM}"


@pytest.mark.parametrize("slug", AANBIEDERS)
def test_elk_niveau_dat_de_realm_geeft_kent_het_portaal(slug: str) -> None:
    aanbieder = AANBIEDERS[slug]
    niveaus = json.loads(CLIENTS[aanbieder["client_id"]]["attributes"]["acr.loa.map"])

    assert set(niveaus) == set(aanbieder["acr_in"])
    assert sorted(niveaus, key=niveaus.get) == sorted(niveaus, key=aanbieder["acr_in"].get)


@pytest.mark.parametrize("slug", AANBIEDERS)
def test_de_uitgever_heeft_overal_dezelfde_naam(slug: str) -> None:
    hostnaam = DIENSTEN["keycloak"]["environment"]["KC_HOSTNAME"]

    assert AANBIEDERS[slug]["issuer"] == f"{hostnaam}/realms/{REALM['realm']}"


def test_nummers_staan_alleen_in_userinfo() -> None:
    mappers = [m for s in REALM["clientScopes"] for m in s["protocolMappers"]]
    van_attributen = [m["config"] for m in mappers if "user.attribute" in m["config"]]

    assert len(van_attributen) == 4
    assert all(c["userinfo.token.claim"] == "true" for c in van_attributen)
    assert all(c["id.token.claim"] == c["access.token.claim"] == "false" for c in van_attributen)


def test_twee_inwoners_en_een_bedrijf_houden_hun_nummer_bij_het_inlezen() -> None:
    (onderdeel,) = REALM["components"]["org.keycloak.userprofile.UserProfileProvider"]
    (profiel,) = onderdeel["config"]["kc.user.profile.config"]
    bekend = {a["name"] for a in json.loads(profiel)["attributes"]}

    soorten = [sorted(set(u["attributes"]) & {"bsn", "kvk"}) for u in REALM["users"]]
    assert sorted(soorten) == [["bsn"], ["bsn"], ["kvk"]]
    assert all(set(u["attributes"]) <= bekend for u in REALM["users"])
    assert all(u["email"] and u["firstName"] and u["lastName"] for u in REALM["users"])


def test_elk_niveau_is_een_stap_in_de_inlog() -> None:
    stromen = {stroom["alias"]: stroom for stroom in REALM["authenticationFlows"]}
    voorwaarden = {c["alias"]: c["config"] for c in REALM["authenticatorConfig"]}

    stappen = [e["flowAlias"] for e in stromen["niveaus"]["authenticationExecutions"]]
    gevraagd = [
        voorwaarden[e["authenticatorConfig"]]["loa-condition-level"]
        for stap in stappen
        for e in stromen[stap]["authenticationExecutions"]
        if "authenticatorConfig" in e
    ]
    assert REALM["browserFlow"] in stromen
    assert gevraagd == ["1", "2"]
