"""Een server die minder bewaart of meer opschrijft dan mag, blijft niet ongezien."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from portal.webhooks import serverstand

pytestmark = pytest.mark.django_db
CONF = Path(__file__).resolve().parents[2] / "deploy/productie/postgresql.conf"


@pytest.fixture
def stand():
    return lambda: serverstand.bevindingen(timezone.now())


@pytest.mark.parametrize(
    ("naam", "waarde"),
    [
        ("synchronous_commit", "off"),
        ("log_statement", "all"),
        ("log_min_duration_statement", "0"),
        ("log_transaction_sample_rate", "0.5"),
        ("log_error_verbosity", "default"),
        ("log_min_error_statement", "error"),
    ],
)
def test_een_rol_die_het_anders_doet_is_een_bevinding(stand, naam, waarde):
    eerder = stand()
    with connection.cursor() as cursor:
        cursor.execute("create role portaal_slordig")
        cursor.execute(f"alter role portaal_slordig set {naam} = '{waarde}'")
    (een,) = (nu for soort, nu in stand().items() if eerder.get(soort) != nu)
    assert een.zin == f"PostgreSQL draait met {naam} = {waarde} voor portaal_slordig"
    assert naam in een.doe


def test_een_databank_die_niet_op_schijf_schrijft_is_een_bevinding(stand):
    with connection.cursor() as cursor:
        cursor.execute(
            f"alter database {connection.settings_dict['NAME']} set synchronous_commit = off"
        )
    zinnen = [een.zin for een in stand().values()]
    assert "PostgreSQL draait met synchronous_commit = off voor iedereen" in zinnen


def test_sterker_dan_nodig_is_geen_bevinding(stand):
    with connection.cursor() as cursor:
        cursor.execute("create role portaal_zeker")
        cursor.execute("alter role portaal_zeker set synchronous_commit = remote_apply")
    assert not [een for een in stand().values() if "portaal_zeker" in een.zin]


def test_wat_een_aanbieder_van_een_databank_zelf_schrijft_is_geen_bevinding(stand):
    with connection.cursor() as cursor:
        cursor.execute("create role aanbieder superuser")
        cursor.execute("alter role aanbieder set log_statement = 'all'")
    assert not [een for een in stand().values() if "aanbieder" in een.zin]


def test_wat_wij_voor_productie_leveren_is_goed():
    gezet = dict(re.findall(r"^(\w+) = '?([^'\n]+)'?$", CONF.read_text(), re.MULTILINE))
    assert {naam for naam, goed in serverstand.GOED.items() if gezet.get(naam) in goed} == set(
        serverstand.GOED
    )
