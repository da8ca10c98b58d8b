"""Waarden in een bericht: alleen voor een doel, alleen wat dat mag, en elke keer in het logboek."""

import uuid

import pytest
from django.utils import timezone

from portal.klanten.handelingen import registreer_klant, verwijder_klant
from portal.klanten.models import Gebeurtenis
from portal.klanten.regels import NieuweNaam
from portal.logboek.models import Logregel
from portal.webhooks import beheer
from portal.webhooks.bericht import Feiten
from portal.webhooks.informatierijk import velden_voor, waarden_voor
from portal.webhooks.models import Bezorging
from tests.mensen import NOOR
from tests.webhooks.conftest import abonnement, door

pytestmark = pytest.mark.django_db
URL = "https://zaken.waterveen.nl/webhook"


@pytest.fixture
def zaaksysteem():
    gemaakt = abonnement(URL)
    return beheer.zet_informatierijk(gemaakt.pk, aan=True, doel="zaakbehandeling", door=door())


def registreer():
    return registreer_klant(
        waarden=[NieuweNaam("Noor")], door=NOOR, gezien=0, sleutel=None, op=timezone.now()
    )


def feiten(onderwerp, velden, versie=1):
    return Feiten(
        abonnement=uuid.uuid4(),
        onderwerp=onderwerp,
        volgnummer=1,
        gebeurtenis=uuid.uuid4(),
        soort="klant.gewijzigd",
        subjectsoort="natuurlijk_persoon",
        gebeurd_op=timezone.now(),
        versie=versie,
        velden=velden,
    )


def test_een_handeling_geeft_een_bezorging_en_verwijderen_is_het_laatste(zaaksysteem):
    klant = registreer()
    verwijder_klant(klant.klant, door=NOOR, gezien=klant.versie, sleutel=None, op=timezone.now())
    soorten = [b.gebeurtenis.soort for b in Bezorging.objects.order_by("volgnummer")]
    assert soorten == ["klant.aangemaakt", "klant.verwijderd"]
    assert Gebeurtenis.objects.get(soort="klant.verwijderd").velden == []


def test_de_waarden_gaan_mee_en_het_logboek_weet_het(zaaksysteem):
    klant = registreer().klant
    eerder = Logregel.objects.count()
    waarden = waarden_voor(feiten(klant, ("naam",)), "zaakbehandeling", zaaksysteem.uuid)
    assert waarden == {"naam": ["Noor"]}
    regel = Logregel.objects.order_by("-pk").first()
    assert (Logregel.objects.count() - eerder, list(regel.gegevens)) == (1, ["naam"])


def test_alleen_velden_van_het_doel_en_nooit_een_nummer_van_een_persoon():
    alles = ("naam", "email", "rekeningnummer", "subjectnummer", "postadres")
    assert velden_voor(feiten(uuid.uuid4(), alles), "uitbetaling") == ["naam", "rekeningnummer"]
    assert velden_voor(feiten(uuid.uuid4(), alles), "bestaat-niet") == []


def test_van_een_verwijderde_klant_blijft_het_bericht_informatiearm(zaaksysteem):
    weg = waarden_voor(feiten(uuid.uuid4(), ("naam",)), "zaakbehandeling", zaaksysteem.uuid)
    assert weg is None
    assert not Logregel.objects.filter(naam="webhook").exists()
