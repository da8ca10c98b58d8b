"""Wat in DATABASE_URL staat geldt, voor elke verbinding; wat wij niet kennen stopt de start."""

import copy
import traceback
from collections.abc import Iterator

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from procrastinate.contrib.django.utils import connector_params

from portal.databank.adres import KEUZES, lees
from portal.databank.checks import de_weg_naar_de_databank_is_dicht
from portal.webhooks.pomp.werker import verbinding

STREEK = "postgresql://portaal_web:ge%40heim@een.example:5432,twee.example:5433/portaal"
DICHT = "sslmode=verify-full&sslrootcert=/config/ca.pem"


@pytest.fixture
def zet() -> Iterator[dict]:
    """The settings of the connection, put back afterwards."""
    eerder = copy.deepcopy(connection.settings_dict)
    yield connection.settings_dict
    connection.settings_dict.clear()
    connection.settings_dict.update(eerder)


def test_wat_er_over_tls_in_staat_geldt_voor_web_en_voor_elke_verbinding_van_de_werker(
    zet: dict,
) -> None:
    gelezen = lees(f"{STREEK}?{DICHT}&target_session_attrs=read-write")
    zet |= {**gelezen, "OPTIONS": zet["OPTIONS"] | gelezen["OPTIONS"]}

    for opties in (connection.get_connection_params(), connector_params(), verbinding("werker")):
        assert opties["sslmode"] == "verify-full"
        assert opties["sslrootcert"] == "/config/ca.pem"
        assert opties["target_session_attrs"] == "read-write"
        assert opties["host"] == "een.example,twee.example"
        assert opties["port"] == "5432,5433"
        assert opties["password"] == "ge@heim"
        assert opties["connect_timeout"] == 2  # for each of both


@pytest.mark.parametrize(
    ("url", "zin"),
    [
        ("postgresql://u:geheim@h/x?sslmod=require", "sslmod is hier geen keuze"),
        ("postgresql://u:geheim@h/x?connect_timeout=60", "connect_timeout is hier geen keuze"),
        ("postgresql://u:geheim@h/x?application_name=x", "application_name is hier geen keuze"),
        ("postgresql://u:geheim%zz@h/x", "niet te lezen"),
        ("postgresql://u:geheim@[h/x", "niet te lezen"),
        ("host=h password=geheim", "begint niet met postgresql://"),
    ],
)
def test_wat_wij_niet_kennen_stopt_de_start_met_een_zin_zonder_wachtwoord(
    url: str, zin: str
) -> None:
    with pytest.raises(ImproperlyConfigured) as fout:
        lees(url)

    assert zin in str(fout.value)
    assert "geheim" not in str(fout.value)
    assert "geheim" not in "".join(traceback.format_exception(fout.value))


def test_elke_keuze_is_er_een_van_libpq() -> None:
    bekend = {deel.keyword.decode() for deel in psycopg.pq.Conninfo.get_defaults()}

    assert bekend >= KEUZES


@pytest.mark.parametrize(
    ("url", "vrij", "meldingen"),
    [
        ("postgresql://u@databank.example/x", False, ["portal.W002"]),
        ("postgresql://u@databank.example/x?sslmode=require", False, ["portal.W002"]),
        ("postgresql://u@localhost,databank.example/x", False, ["portal.W002"]),
        ("postgresql://u@databank.example/x", True, []),
        (f"postgresql://u@databank.example/x?{DICHT}", False, []),
        ("postgresql://u@localhost/x", False, []),
        ("postgresql://u@127.0.0.1,[::1]/x", False, []),
        ("postgresql://u@/x?host=/run/postgresql", False, []),
    ],
)
def test_productie_eist_tls_met_een_nagekeken_naam_naar_een_andere_machine(
    zet: dict, settings, url: str, vrij: bool, meldingen: list[str]
) -> None:
    zet |= lees(url)
    settings.DATABASE_ZONDER_TLS = vrij

    assert [melding.id for melding in de_weg_naar_de_databank_is_dicht(None)] == meldingen


def test_een_server_zonder_tls_wordt_geweigerd_als_het_adres_tls_eist(
    zet: dict, socket_enabled: None, django_db_blocker
) -> None:
    url = f"postgresql://u@127.0.0.1:{zet['PORT']}/x?sslmode=require"
    zet |= lees(url) | {"OPTIONS": zet["OPTIONS"] | lees(url)["OPTIONS"]}
    with django_db_blocker.unblock(), pytest.raises(psycopg.OperationalError, match="SSL"):
        connection.get_new_connection(connection.get_connection_params())
