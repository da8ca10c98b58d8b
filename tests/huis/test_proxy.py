"""What the proxy answers by itself carries the same headers as the portal (besluit 0150)."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.koppen import met_koppen
from tests.huis.conftest import BASIS

CADDY = (BASIS / "deploy/productie/Caddyfile").read_text()
BLOKKEN = dict(re.findall(r"^([^\s{#][^\n]*) \{\n(.*?)^\}", CADDY, re.MULTILINE | re.DOTALL))
FOUTEN = re.findall(r"^\thandle_errors.*? \{\n(.*?)^\t\}", CADDY, re.MULTILINE | re.DOTALL)
PORTAAL = "mijn.gemeente.example, beheer.gemeente.example"


def _aangevuld(stuk: str) -> dict[str, str]:
    """The headers that this snippet adds where they are missing."""
    return dict(re.findall(r'^\theader \?(\S+) "(.*)"$', BLOKKEN[f"({stuk})"], re.MULTILINE))


def test_een_antwoord_van_de_proxy_zelf_heeft_de_koppen_van_het_portaal(settings: Any) -> None:
    productie = re.search(
        r"^SECURE_HSTS_SECONDS = 0 if DEMO else ([\d_]+)$",
        (BASIS / "portal/settings.py").read_text(),
        re.MULTILINE,
    )
    assert productie
    settings.SECURE_HSTS_SECONDS = int(productie[1])

    antwoord = met_koppen(
        RequestFactory().get("/", secure=True), HttpResponse(content_type="application/json")
    )

    van_het_portaal = dict(antwoord.headers)
    del van_het_portaal["Server"], van_het_portaal["Content-Type"]
    assert _aangevuld("koppen") | _aangevuld("hsts") == van_het_portaal


def test_alleen_over_tls_zegt_de_proxy_dat_tls_moet() -> None:
    assert set(_aangevuld("hsts")) == {"Strict-Transport-Security"}
    assert "import hsts" not in BLOKKEN["http://"]
    assert "\timport hsts" in BLOKKEN[PORTAAL].splitlines()


@pytest.mark.parametrize("naam", ["http://", PORTAAL])
def test_geen_adres_noemt_wat_er_draait_of_mist_de_koppen(naam: str) -> None:
    assert {"\theader -Server", "\theader -Via"} <= set(BLOKKEN["(koppen)"].splitlines())
    assert "\timport koppen" in BLOKKEN[naam].splitlines()


def test_elke_fout_van_de_proxy_zegt_in_gewone_taal_wat_u_kunt_doen() -> None:
    assert len(FOUTEN) == 2
    assert "\thandle_errors {\n" in CADDY, "every other status than 413"
    for fout in FOUTEN:
        assert re.findall(r"import (\w+)", fout) == ["koppen", "hsts", "bladzijde"]
        zinnen = re.findall(r"[^.\"]+\.", fout)
        assert len(zinnen) >= 3
        assert all(len(zin.split()) <= 12 for zin in zinnen)


def test_die_bladzijde_heeft_niets_nodig_wat_haar_koppen_verbieden() -> None:
    bladzijde = BLOKKEN["(bladzijde)"]

    assert '<html lang="nl">' in bladzijde
    assert "{err.status_code}" in bladzijde
    assert not re.search(r"<(script|style|link|img|form)|style=|src=", bladzijde)


def test_een_fout_van_het_portaal_houdt_wat_er_getypt_was() -> None:
    assert not re.search(r"handle_response|intercept|error @", CADDY)
