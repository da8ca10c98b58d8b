"""Ook als velen tegelijk lezen is er één keten zonder gaten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from portal.logboek.activiteiten import Activiteit
from portal.logboek.controle import controleer
from portal.logboek.inzage import gebruik_van
from portal.logboek.schrijven import Gebruik, Gebruiker, leg_gebruik_vast

OP = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def _lees(klant: UUID) -> None:
    try:
        with transaction.atomic():
            leg_gebruik_vast(
                [klant],
                gebruik=Gebruik(activiteit=Activiteit.VERSTREKKEN, naam="Verstrekt"),
                door=Gebruiker(organisatie="823288444"),
                op=OP,
            )
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_twaalf_lezers_tegelijk_geven_een_hele_keten_en_een_sleutel() -> None:
    noor = uuid4()
    with ThreadPoolExecutor(6) as lezers:
        list(lezers.map(_lees, [noor] * 12))
    assert controleer() == []
    assert len(gebruik_van(noor)) == 12
