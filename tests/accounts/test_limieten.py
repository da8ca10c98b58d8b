"""Tellers: samen tellen, ook met veel processen tegelijk, en zonder te bewaren wie er telt."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from accounts.limieten import ruim_op, tel
from accounts.models import Teller

NU = datetime(2026, 11, 21, 10, 12, tzinfo=UTC)


def probeer(op=NU, *, sleutel="code:noor", maximum=3):
    return tel(sleutel, venster_s=60, maximum=maximum, op=op)


@pytest.mark.django_db
def test_tot_het_maximum_mag_het_en_daarna_wacht_men():
    assert [probeer() for _ in range(3)] == [0, 0, 0]
    assert probeer(NU + timedelta(seconds=20.5)) == 40


@pytest.mark.django_db
def test_na_het_venster_begint_het_tellen_opnieuw():
    for _ in range(4):
        probeer()
    assert probeer(NU + timedelta(seconds=59)) == 1
    assert probeer(NU + timedelta(seconds=60)) == 0


@pytest.mark.django_db
def test_vensters_en_sleutels_tellen_apart():
    for _ in range(4):
        probeer()
    assert probeer(sleutel="code:omar") == 0
    assert tel("code:noor", venster_s=3600, maximum=1, op=NU) == 0


@pytest.mark.django_db
def test_de_sleutel_staat_nergens_leesbaar():
    probeer(sleutel="192.0.2.17")
    assert "192.0.2.17" not in Teller.objects.get().sleutel


@pytest.mark.django_db
def test_opruimen_laat_lopende_tellers_staan():
    probeer()
    probeer(NU + timedelta(seconds=30), sleutel="code:omar")
    assert ruim_op(NU + timedelta(seconds=60)) == 1
    assert Teller.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twintig_tegelijk_krijgen_samen_precies_het_maximum():
    start = Barrier(20)

    def een_poging(_):
        start.wait()
        try:
            return probeer(maximum=7)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as draden:
        uitkomsten = list(draden.map(een_poging, range(20)))
    assert uitkomsten.count(0) == 7
