"""De feed: niets overgeslagen, per klant op volgorde, en een cursor die oud kan worden."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from portal.api import cursor as cursors
from portal.klanten import handelingen
from portal.klanten.models import Gebeurtenis, Klant
from portal.klanten.regels import Bericht, NieuweNaam
from tests.api.conftest import NOOR, OP, Vrager, maak_noor
from tests.mensen import HEUVELLAND, WATERVEEN


def wacht_op_anderen() -> None:
    """The horizon of the feed is that of the whole server: other tests write there too."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_current_xact_id()::text::bigint")
        [grens] = cursor.fetchone()
        for _ in range(3000):
            cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if cursor.fetchone()[0] > grens:
                return
            cursor.execute("select pg_sleep(0.01)")
    raise AssertionError("een andere transactie duurt te lang")


def _feed(vrager: Vrager, cursor: str | None = None) -> tuple[list[dict[str, object]], str]:
    vraag = {"cursor": cursor, "paginaGrootte": 2} if cursor else {"paginaGrootte": 2}
    blad = vrager.get("/api/v1/wijzigingen", vraag).json()
    return blad["wijzigingen"], blad["volgende"]


@pytest.fixture
def gebeurd(echte_transacties: None) -> Callable[..., UUID]:
    """Een gebeurtenis in een transactie van nu."""

    def maak(organisatie: str = WATERVEEN) -> UUID:
        return Gebeurtenis.objects.create(
            soort="klant.gewijzigd", bronorganisatie=organisatie, onderwerp=uuid4(),
            subjectsoort="natuurlijk_persoon", versie=1, velden=["naam"], gebeurd_op=OP,
        ).pk  # fmt: skip

    return maak


def test_de_feed_gaat_verder_waar_hij_was(
    gebeurd: Callable[..., UUID], geef: Callable[..., str]
) -> None:
    vrager = Vrager(geef())
    nummers = [str(gebeurd()) for _ in range(3)]
    gebeurd(HEUVELLAND)
    wacht_op_anderen()
    een, cursor = _feed(vrager)
    twee, cursor = _feed(vrager, cursor)
    drie, cursor = _feed(vrager, cursor)
    assert [g["id"] for g in een + twee] == nummers
    assert drie == []
    later = str(gebeurd())
    wacht_op_anderen()
    assert [g["id"] for g in _feed(vrager, cursor)[0]] == [later]
    assert "oud" not in een[0]


@contextmanager
def trage_transactie(werk: Callable[[], object]) -> Iterator[threading.Event]:
    """A transaction that has its number; it does `werk` and commits when the event is set."""
    begonnen, verder = threading.Event(), threading.Event()

    def draai() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("select pg_current_xact_id()")
                begonnen.set()
                assert verder.wait(30)
                werk()
        finally:
            connection.close()

    draad = threading.Thread(target=draai)
    draad.start()
    assert begonnen.wait(30)
    try:
        yield verder
    finally:
        verder.set()
        draad.join()


def test_een_trage_transactie_wordt_niet_overgeslagen(
    gebeurd: Callable[..., UUID], geef: Callable[..., str]
) -> None:
    vrager, langzaam = Vrager(geef()), list[str]()
    with trage_transactie(lambda: langzaam.append(str(gebeurd()))):
        snel = str(gebeurd())
        eerst, cursor = _feed(vrager)
    wacht_op_anderen()
    daarna, _ = _feed(vrager, cursor)
    assert eerst == []
    assert [g["id"] for g in daarna] == [*langzaam, snel]


def test_de_versies_van_een_klant_komen_op_volgorde(
    echte_transacties: None, brieven: list[Bericht], geef: Callable[..., str]
) -> None:
    """Who waits for the lock of the klant can hold an older transaction than who had it first."""
    klant, vrager = maak_noor(brieven), Vrager(geef())

    def noem(naam: str) -> None:
        versie = Klant.objects.get(pk=klant).versie
        handelingen.wijzig_naam(
            klant, naam=NieuweNaam(naam), door=NOOR, gezien=versie, sleutel=None, op=OP
        )

    with trage_transactie(lambda: noem("Noortje")):
        noem("Nora")
    wacht_op_anderen()
    feed = vrager.get("/api/v1/wijzigingen", {"paginaGrootte": 100}).json()["wijzigingen"]
    versies = [regel["versie"] for regel in feed if regel["onderwerp"] == str(klant)]
    assert versies == list(range(1, Klant.objects.get(pk=klant).versie + 1))


def test_een_te_oude_cursor_is_410(zaaksysteem: Vrager) -> None:
    _, cursor = _feed(zaaksysteem)
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        antwoord = zaaksysteem.get("/api/v1/wijzigingen", {"cursor": cursor})
    assert (antwoord.status_code, antwoord.json()["code"]) == (410, "lees-alles-opnieuw")


@pytest.mark.parametrize("epoch", [2, 4])
def test_een_cursor_van_voor_het_terugzetten_is_410(
    zaaksysteem: Vrager, settings: Any, epoch: int
) -> None:
    """The numbers behind it are given out again: it would pass over what happens now."""
    settings.PORTAAL_EPOCH = 3
    _, cursor = _feed(zaaksysteem)
    assert zaaksysteem.get("/api/v1/wijzigingen", {"cursor": cursor}).status_code == 200
    settings.PORTAAL_EPOCH = epoch
    antwoord = zaaksysteem.get("/api/v1/wijzigingen", {"cursor": cursor})
    assert (antwoord.status_code, antwoord.json()["code"]) == (410, "lees-alles-opnieuw")
    assert "teruggezet" in antwoord.json()["detail"]
    _, opnieuw = _feed(zaaksysteem)
    assert zaaksysteem.get("/api/v1/wijzigingen", {"cursor": opnieuw}).status_code == 200


def test_een_cursor_die_geen_epoch_noemt_is_410(zaaksysteem: Vrager) -> None:
    """As they were made before: nobody knows how often this portal was restored since."""
    eerder = cursors.maak("wijzigingen", 0, str(uuid4()), 0, int(timezone.now().timestamp()))
    antwoord = zaaksysteem.get("/api/v1/wijzigingen", {"cursor": eerder})
    assert (antwoord.status_code, antwoord.json()["code"]) == (410, "lees-alles-opnieuw")
