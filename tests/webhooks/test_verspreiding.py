"""Van Gebeurtenis naar Baan en Bezorging, in de transactie van de handeling."""

import threading
import uuid

import pytest
from django.db import close_old_connections, connection, connections, transaction

from portal.klanten.models import Gebeurtenis
from portal.webhooks import beheer, verspreiding
from portal.webhooks.models import Abonnement, Baan, Bezorging
from tests.webhooks.conftest import abonnement, door, gebeurtenis, vastgelegd

pytestmark = pytest.mark.lang

URL = "https://zaken.waterveen.nl/webhook"


def nummers(zaaksysteem):
    return list(
        Bezorging.objects.filter(abonnement=zaaksysteem)
        .order_by("id")
        .values_list("volgnummer", flat=True)
    )


@pytest.mark.django_db
def test_elk_abonnement_telt_per_klant_vanaf_een(noor, omar):
    een, twee = abonnement(URL), abonnement(URL)
    for versie in (1, 2, 3):
        gebeurtenis(noor, versie)
    gebeurtenis(omar, 1)
    assert nummers(een) == nummers(twee) == [1, 2, 3, 1]
    assert Baan.objects.get(abonnement=een, onderwerp=noor).openstaand == 3


@pytest.mark.django_db
def test_wie_iets_niet_wil_horen_krijgt_het_niet_en_mist_geen_nummer(noor):
    kies = abonnement(URL, soorten=[Gebeurtenis.Soort.VERWIJDERD])
    gebeurtenis(noor, 1)
    gebeurtenis(noor, 2, soort=Gebeurtenis.Soort.VERWIJDERD, velden=())
    assert nummers(kies) == [1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("soorten", "aantal"), [([], 1), (["natuurlijk_persoon"], 1), (["vestiging"], 0)]
)
def test_een_abonnement_kan_per_soort_subject_kiezen(noor, soorten, aantal):
    kies = abonnement(URL, subjectsoorten=soorten)
    gebeurtenis(noor, 1)
    assert len(nummers(kies)) == aantal


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "krijgt"),
    [("concept", 0), ("actief", 1), ("gepauzeerd", 1), ("uitgezet", 1), ("ingetrokken", 0)],
)
def test_wat_de_status_is_bepaalt_of_er_rijen_komen(noor, status, krijgt):
    zaaksysteem = abonnement(URL)
    Abonnement.objects.filter(pk=zaaksysteem.pk).update(status=status)
    gebeurtenis(noor, 1)
    assert len(nummers(zaaksysteem)) == krijgt


@pytest.mark.django_db
def test_een_andere_organisatie_hoort_niets(noor):
    ander = abonnement(URL)
    Abonnement.objects.filter(pk=ander.pk).update(bronorganisatie="001005650")
    gebeurtenis(noor, 1)
    assert nummers(ander) == []


@pytest.mark.django_db(transaction=True)
def test_wat_wordt_teruggedraaid_is_er_nooit_geweest(echte_transacties, noor):
    zaaksysteem = abonnement(URL)
    with transaction.atomic():
        gebeurtenis(noor, 1)
        transaction.set_rollback(True)
    assert nummers(zaaksysteem) == []
    assert _taken() == 1  # die van het bevestigen van het abonnement


@pytest.mark.django_db(transaction=True)
def test_een_mislukte_wekker_breekt_de_opgeslagen_wijziging_niet(
    echte_transacties, noor, monkeypatch
):
    zaaksysteem = abonnement(URL)

    def stuk():
        raise ConnectionError

    monkeypatch.setattr(verspreiding, "wek", stuk)
    gebeurtenis(noor, 1)
    assert nummers(zaaksysteem) == [1]


@pytest.mark.django_db(transaction=True)
def test_twee_keer_wekken_is_een_taak_en_geen_fout(echte_transacties, noor):
    abonnement(URL)
    gebeurtenis(noor, 1)
    gebeurtenis(noor, 2)
    assert _taken() == 1


@pytest.mark.django_db(transaction=True)
def test_het_nummer_volgt_de_volgorde_van_vastleggen(echte_transacties, noor):
    """Wie eerder begint maar later vastlegt, wacht op het rijslot; id's alleen zeggen dat niet."""
    zaaksysteem = abonnement(URL)
    een, twee = vastgelegd(noor, 1), vastgelegd(noor, 2)

    def tweede():
        close_old_connections()
        verspreiding.verspreid(twee)
        connections.close_all()

    draad = threading.Thread(target=tweede)
    with transaction.atomic():
        verspreiding.verspreid(een)
        draad.start()
        draad.join(0.3)
        wachtte = draad.is_alive()
    draad.join()
    assert wachtte, "de tweede had op het slot van de baan moeten wachten"
    versies = Bezorging.objects.filter(abonnement=zaaksysteem).order_by("volgnummer")
    assert [rij.gebeurtenis.versie for rij in versies] == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_twintig_tegelijk_zitten_elkaar_niet_in_de_weg(tegelijk):
    zaaksystemen = [abonnement(URL) for _ in range(3)]
    klanten = [uuid.UUID(int=n) for n in range(4)]
    rijen = [vastgelegd(klant, versie) for klant in klanten for versie in range(1, 6)]
    uitkomsten = tegelijk(20, lambda n: verspreiding.verspreid(rijen[n]))
    assert not [u for u in uitkomsten if isinstance(u, Exception)]
    for zaaksysteem in zaaksystemen:
        for klant in klanten:
            rij = Bezorging.objects.filter(abonnement=zaaksysteem, onderwerp=klant)
            assert sorted(rij.values_list("volgnummer", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.django_db
def test_een_gepauzeerd_abonnement_bewaart_alles(noor):
    zaaksysteem = abonnement(URL)
    beheer.pauzeer(zaaksysteem.pk, door=door("onderhoud bij de ontvanger"))
    gebeurtenis(noor, 1)
    assert beheer.aantal_open(zaaksysteem) == 1


def _taken():
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name='webhooks.verdeel'")
        return cursor.fetchone()[0]
