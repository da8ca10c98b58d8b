"""`kill -9` van een werker die stilstaat: voor de post, erna, en in de bevestiging."""

import signal

import psycopg
import pytest

from tests.storingen.controle import oordeel, regels
from tests.storingen.opstelling import wacht

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(120)]
WIJZIGINGEN = 3
ACHTERKANT_WACHT = """
select 1 from pg_stat_activity where application_name = 'werker' and wait_event_type = 'Lock'
"""
ACHTERKANT_LEEFT = "select 1 from pg_stat_activity where application_name like 'werker%'"
BAAN_OP_SLOT = "select 1 from webhooks_baan for update"
GEEN_CLAIM = "lock table webhooks_bezorging in access exclusive mode"


@pytest.fixture
def gevuld(opstelling):
    """Eén baan met drie berichten, en nog geen werker."""
    opstelling.ontvanger()
    opstelling.abonnement("/webhook/een")
    na = str(WIJZIGINGEN + 1)
    schrijver = opstelling.schrijver(
        "a", "--klanten", "1", "--sterf", "in-transactie", "--na", na, herstart=False
    )
    schrijver.wacht_op_einde()
    assert opstelling.aantal_open() == WIJZIGINGEN
    return opstelling


def dood_de_werker(opstelling, werker):
    """Hij is weg, en wat hij in de databank vroeg ook."""
    werker.stop(signal.SIGKILL)
    wacht(lambda: not opstelling.vraag(ACHTERKANT_LEEFT), 20, "de databank merkt het")


def een_ander_maakt_het_af(opstelling):
    opstelling.gedrag("/webhook/een", "goed")
    opstelling.werker()
    opstelling.wacht_tot_leeg(40)
    verslag = oordeel(opstelling.url, opstelling.ontvangst, opstelling.toezeggingen)
    assert (verslag.fouten, verslag.toegezegd) == ({}, WIJZIGINGEN)
    return verslag


@pytest.mark.parametrize(
    ("slot", "al_aangekomen"),
    [(GEEN_CLAIM, 0), (BAAN_OP_SLOT, 1)],
    ids=["achter het hek, voor de post", "in de bevestiging"],
)
def test_een_werker_die_op_een_slot_wacht_en_sterft(gevuld, slot, al_aangekomen):
    with psycopg.connect(gevuld.url) as houdt_vast:
        houdt_vast.execute(slot)
        werker = gevuld.werker()
        wacht(lambda: gevuld.vraag(ACHTERKANT_WACHT), 30, "de werker wacht op het slot")
        assert len(regels(gevuld.ontvangst)) == al_aangekomen
        dood_de_werker(gevuld, werker)
        houdt_vast.rollback()
    assert gevuld.aantal_open() == WIJZIGINGEN, "er was nog niets bevestigd"
    verslag = een_ander_maakt_het_af(gevuld)
    assert (verslag.herhaald, verslag.ontvangen) == (al_aangekomen, WIJZIGINGEN + al_aangekomen)


def test_een_werker_die_sterft_tussen_de_post_en_het_antwoord_stuurt_het_nog_eens(gevuld):
    gevuld.gedrag("/webhook/een", "hang-in-antwoord")
    werker = gevuld.werker()
    wacht(lambda: len(regels(gevuld.ontvangst)) == 1, 30, "de ontvanger heeft het verwerkt")
    dood_de_werker(gevuld, werker)
    assert gevuld.aantal_open() == WIJZIGINGEN, "er was nog niets bevestigd"
    verslag = een_ander_maakt_het_af(gevuld)
    assert (verslag.herhaald, verslag.ontvangen) == (1, WIJZIGINGEN + 1)
