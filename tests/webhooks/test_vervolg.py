"""Wat een antwoord betekent en hoe lang er gewacht wordt, als tabel."""

import datetime as dt

import pytest

from portal.webhooks.vervolg import (
    DREMPEL,
    Oordeel,
    is_open,
    onderbreking,
    rust,
    vervolg,
    wacht_na_storing,
    wacht_na_weigering,
)

NU = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.UTC)
S = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("status", "oordeel"),
    [
        (200, Oordeel.BEZORGD),
        (201, Oordeel.BEZORGD),
        (202, Oordeel.BEZORGD),
        (204, Oordeel.BEZORGD),
        (299, Oordeel.BEZORGD),
        (301, Oordeel.ONTVANGER),
        (302, Oordeel.ONTVANGER),
        (304, Oordeel.ONTVANGER),
        (400, Oordeel.BERICHT),
        (401, Oordeel.BERICHT),
        (403, Oordeel.BERICHT),
        (404, Oordeel.BERICHT),
        (408, Oordeel.ONTVANGER),
        (410, Oordeel.EINDE),
        (413, Oordeel.BERICHT),
        (415, Oordeel.BERICHT),
        (422, Oordeel.BERICHT),
        (425, Oordeel.ONTVANGER),
        (429, Oordeel.ONTVANGER),
        (500, Oordeel.ONTVANGER),
        (503, Oordeel.ONTVANGER),
        (599, Oordeel.ONTVANGER),
        (None, Oordeel.ONTVANGER),
        (700, Oordeel.ONTVANGER),
    ],
)
def test_alleen_2xx_is_aangekomen_en_alleen_410_is_het_einde(status, oordeel):
    assert vervolg(status, None, NU).oordeel is oordeel


@pytest.mark.parametrize(
    ("kop", "verwacht"),
    [
        ("120", 120 * S),
        ("0", S),
        ("99999999999999999999", 24 * 3600 * S),
        ("Fri, 20 Nov 2026 10:01:00 GMT", 60 * S),
        ("Fri, 20 Nov 2020 10:01:00 GMT", S),
        ("Fri, 20 Nov 2099 10:01:00 GMT", 24 * 3600 * S),
        ("straks", None),
        ("-5", None),
        ("١٢", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconden_of_een_datum_tussen_een_seconde_en_een_dag(kop, verwacht):
    assert rust(kop, NU) == verwacht


@pytest.mark.parametrize(("status", "rust_"), [(429, 7 * S), (503, 7 * S), (500, None)])
def test_alleen_429_en_503_mogen_om_rust_vragen(status, rust_):
    assert vervolg(status, "7", NU).rust == rust_


@pytest.mark.parametrize(
    ("fouten", "seconden"),
    [(1, 5), (2, 30), (3, 300), (4, 1800), (5, 7200), (6, 21600), (99, 21600)],
)
def test_een_geweigerd_bericht_wacht_steeds_langer(fouten, seconden):
    assert wacht_na_weigering(fouten, 0.0) == seconden * S
    assert wacht_na_weigering(fouten, 1.0) == seconden * S * 1.3


@pytest.mark.parametrize(("pogingen", "seconden"), [(1, 5), (2, 10), (5, 80), (40, 3600)])
def test_een_storing_wacht_per_baan_tweemaal_zo_lang(pogingen, seconden):
    assert wacht_na_storing(pogingen) == seconden * S


@pytest.mark.parametrize(
    ("achtereen", "seconden"), [(DREMPEL, 5), (DREMPEL + 1, 10), (DREMPEL + 3, 40), (400, 3600)]
)
def test_de_onderbreker_wacht_tweemaal_zo_lang_tot_een_uur(achtereen, seconden):
    assert onderbreking(achtereen, 0.5) == seconden * S
    assert onderbreking(achtereen, 0.0) == seconden * S * 0.7
    assert onderbreking(400, 1.0) == 3600 * S


def test_de_onderbreker_opent_bij_de_vijfde_fout_op_rij():
    assert [is_open(n) for n in (0, 4, 5, 6)] == [False, False, True, True]
