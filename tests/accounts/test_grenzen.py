"""Logging in and typing codes is limited per address and per session, with a plain page."""

import pytest
from django.test import Client

from tests.inloggen import inloggen
from tests.mijn.conftest import Mens, tekst
from tests.mijn.vulling import vul_noor

pytestmark = [pytest.mark.login, pytest.mark.django_db]


@pytest.mark.parametrize("pad", ["/inloggen/digid/", "/inloggen/digid/terug/?code=a&state=b"])
def test_een_browser_met_veel_adressen_wordt_per_sessie_begrensd(client, settings, pad):
    settings.INLOG_PER_MINUUT, settings.ACHTER_PROXY = 3, True
    client.get("/inloggen/digid/", headers={"X-Forwarded-For": "10.1.0.1"})
    vanaf = [{"X-Forwarded-For": f"10.0.0.{n}"} for n in range(5)]
    gekregen = [client.get(pad, headers=kop).status_code for kop in vanaf]
    assert gekregen == [302, 302, 302, 429, 429]
    assert Client().get(pad, headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 302


def test_wie_te_vaak_een_code_invult_krijgt_429_en_een_gewone_pagina(settings, caplog):
    klant = vul_noor()
    noor = Mens()
    inloggen(noor, "noor")
    adres = klant.digitale_adressen.filter(stand="voorgesteld").first()
    paden = [f"/mijn-gegevens/{adres.soort}/{adres.pk}/bevestigen/", "/meldingen/koppelen/code/"]
    settings.INLOG_PER_MINUUT = 2
    for pad in paden * 3:
        assert noor.get(pad).status_code == 200
    codes = [noor.post(pad, {"code": "000000"}).status_code for pad in paden * 2]
    assert codes[2:] == [429, 429]
    assert 429 not in codes[:2]
    antwoord = noor.post(paden[0], {"code": "000000"})
    assert "Er worden te vaak codes ingevuld" in antwoord.content.decode()
    assert 0 < int(antwoord["Retry-After"]) <= 60
    assert f'href="{paden[0]}"' in antwoord.content.decode()
    assert "dan tellen de codes van iedereen samen" in tekst(antwoord).lower()
    regels = [regel for regel in caplog.records if regel.getMessage() == "te_vaak"]
    assert [(regel.levelname, regel.wat) for regel in regels] == [("WARNING", "code")]
    assert "127.0.0.1" not in str(vars(regels[0]))
