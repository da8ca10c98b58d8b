"""Een mailserver die weg is blijft niet onopgemerkt."""

from datetime import timedelta

import pytest
from django.test import Client

from portal.berichten import toestand, verzenden
from portal.berichten.models import Bericht
from portal.logregels import JsonRegel

UUR = timedelta(hours=1)


@pytest.mark.parametrize(("uren", "soorten"), [(0.9, set()), (1, {"email wacht"})], ids=str)
def test_een_bericht_dat_een_uur_wacht_is_een_bevinding(beloof, nu, uren, soorten):
    beloof(geldig_tot=nu + 99 * UUR)
    assert set(toestand.bevindingen(nu + uren * UUR)) == soorten


def test_een_code_die_te_laat_was_is_een_bevinding_van_die_dag(beloof, nu):
    beloof()
    verzenden.geef_op(nu + UUR)
    (bevinding,) = toestand.bevindingen(nu + UUR).values()
    assert bevinding.zin.startswith("1 berichten per email konden de laatste dag niet op tijd weg")
    assert toestand.bevindingen(nu + 26 * UUR) == {}


def test_een_adres_dat_niet_bestaat_is_geen_storing(beloof, nu):
    beloof()
    Bericht.objects.update(stand="opgegeven", afgerond_op=nu, inhoud_verzegeld="")
    assert toestand.bevindingen(nu + timedelta(minutes=5)) == {}


def test_de_cijfers_tellen_per_kanaal(beloof, settings):
    beloof()
    Bericht.objects.update(stand="opgegeven", afgerond_op="2026-11-21T11:00Z", inhoud_verzegeld="")
    beloof()
    settings.METRICS_TOKEN = "proef"
    uit = Client().get("/metrics", headers={"Authorization": "Bearer proef"}).content.decode()
    assert 'berichten_wachtend{kanaal="email"} 1.0' in uit
    assert 'berichten_opgegeven{kanaal="email"} 1.0' in uit
    assert 'berichten_wachtend{kanaal="sms"} 0.0' in uit


def test_de_logregel_zegt_wat_er_gebeurde_en_met_welk_bericht(beloof, nu, caplog):
    bericht = beloof()
    verzenden.geef_op(nu + UUR)
    regel = JsonRegel().format(caplog.records[-1])
    assert '"bericht": "bericht opgegeven"' in regel
    assert f'"kenmerk": "{bericht.pk}"' in regel
