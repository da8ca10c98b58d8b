"""P11: wat niet in het logboek kan, gebeurt niet; en wie iets typte, houdt dat."""

from django.db import DatabaseError, OperationalError
from psycopg.errors import LockNotAvailable

from portal.klanten.models import Klant
from portal.logboek import schrijven
from tests.mijn.conftest import velden_van

NAAM = "/mijn-gegevens/naam/"


def stuk(fout, oorzaak=None):
    def schrijf(waarden):
        raise fout from oorzaak

    return schrijf


def test_een_logboek_dat_niets_aanneemt_geeft_een_503_die_bewaart(noor, monkeypatch):
    noor.raise_request_exception = False
    ingevuld = velden_van(noor.get(NAAM)) | {"waarde": "Noortje"}
    monkeypatch.setattr(schrijven, "_schrijf", stuk(DatabaseError()))
    antwoord = noor.post(NAAM, ingevuld)
    assert (antwoord.status_code, Klant.objects.count()) == (503, 0)
    assert "Noortje" in antwoord.content.decode()


def test_een_logboek_dat_even_bezet_is_is_geen_storing(noor, monkeypatch):
    ingevuld = velden_van(noor.get(NAAM)) | {"waarde": "Noortje"}
    bezet = stuk(OperationalError(), LockNotAvailable())
    monkeypatch.setattr(schrijven, "_schrijf", bezet)
    assert noor.post(NAAM, ingevuld).status_code == 422
    assert Klant.objects.count() == 0
