"""De belofte: vast met de handeling of helemaal niet, en nooit twee keer gepakt."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from portal.berichten.models import Bericht
from portal.berichten.verzenden import verzend_een


class Afgebroken(Exception):
    """De handeling mislukt nadat het bericht al klaarstond."""


def test_zonder_handeling_geen_bericht(beloof):
    @transaction.atomic
    def handeling():
        beloof()
        raise Afgebroken

    with pytest.raises(Afgebroken):
        handeling()
    assert Bericht.objects.count() == 0


@pytest.mark.uitgangspunt("MIN-6")
def test_de_taak_draagt_niets_van_een_mens(beloof, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        beloof()
    taak = ProcrastinateJob.objects.get(task_name="berichten.verzend")
    assert taak.args == {}


def test_een_crash_tussen_vastleggen_en_wekken_verliest_niets(beloof, nu):
    """De wekker ging nooit af: er is geen taak, alleen de rij, en de veger verzendt haar."""
    beloof()
    assert ProcrastinateJob.objects.count() == 0
    assert verzend_een(nu) is True
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_tien_werkers_verzenden_een_bericht_een_keer(beloof, nu):
    beloof()
    start = Barrier(10)

    def werker(_):
        start.wait()
        try:
            return verzend_een(nu)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as draden:
        uitkomsten = list(draden.map(werker, range(10)))
    assert uitkomsten.count(True) == 1
    assert len(mail.outbox) == 1
