"""De databank neemt een tijd niets aan: netjes nee, niets kwijt, en daarna vanzelf weer."""

from contextlib import contextmanager

import psycopg
import pytest

from tests.storingen.opstelling import op_deze_machine, wacht
from tests.storingen.test_databank_vol import eis_niets_kwijt

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(180)]


@contextmanager
def alleen_lezen(storm):
    """Zoals een databank die net geen hoofd meer is; elke zitting merkt het meteen."""
    mag_zelf_wel = "-c default_transaction_read_only=off"
    with psycopg.connect(storm.url, autocommit=True, options=mag_zelf_wel) as beheer:
        try:
            beheer.execute("alter system set default_transaction_read_only = on")
            beheer.execute("select pg_reload_conf()")
            yield
        finally:
            beheer.execute("alter system reset default_transaction_read_only")
            beheer.execute("select pg_reload_conf()")


def test_een_databank_die_alleen_leest_is_een_503_en_daarna_gaat_alles_verder(storm):
    storm.begin_storm()
    wacht(lambda: storm.toegezegd > 10, 60, "er wordt gewijzigd")

    with alleen_lezen(storm):
        wacht(lambda: storm.telling_nu[503] > 5, 60, "er wordt niets aangenomen")
        toen = storm.toegezegd
        storm.bewaak(3)
        assert storm.toegezegd - toen <= len(storm.mensen), "hooguit wat al onderweg was"
    eerder = storm.toegezegd
    wacht(lambda: storm.toegezegd > eerder + 10, op_deze_machine(20), "het gaat vanzelf weer")

    assert storm.telling_nu[500] == 0
    eis_niets_kwijt(storm)
