"""De controle van de storm ziet elke fout die zij zoekt, en noemt haar bij haar naam.

Each history here was made by the portal itself and then damaged in one place. Whether the portal
still makes such faults visible is for the mutants (tests/mutanten/storm.toml).
"""

import json
import uuid
from collections import Counter
from dataclasses import dataclass

import pytest
from django.db import connection

from portal.klanten.handelingen import wijzig_naam
from portal.klanten.models import Gebeurtenis, Klant, Waarde
from portal.klanten.regels import NieuweNaam
from portal.webhooks.models import Bezorging
from tests.klanten.conftest import gang
from tests.storingen.controle import Verslag, lees, waarom_dood, weeg
from tests.webhooks.conftest import abonnement

pytestmark = [pytest.mark.django_db, pytest.mark.lang]
PAD = "/webhook/een"
VERSIES = 3


@dataclass
class Geschiedenis:
    """Noor wijzigde drie keer haar naam, hoorde dat het lukte, en alles kwam op volgorde aan."""

    klant: uuid.UUID
    toegezegd: list
    ontvangen: list

    @property
    def verslag(self):
        with connection.cursor() as cursor:
            return weeg(lees(cursor), self.ontvangen, self.toegezegd)

    def gebeurtenis(self, versie):
        return Gebeurtenis.objects.get(onderwerp=self.klant, versie=versie)

    def bezorging(self, versie):
        return Bezorging.objects.filter(onderwerp=self.klant, volgnummer=versie)


@pytest.fixture
def gezond():
    abonnement(f"https://zaken.waterveen.nl{PAD}")
    klant, toegezegd = None, []
    for gezien in range(VERSIES):
        sleutel, waarde = uuid.uuid4(), f"Noor {gezien}"
        gedaan = wijzig_naam(klant, naam=NieuweNaam(waarde), **gang(gezien=gezien, sleutel=sleutel))
        klant = gedaan.klant
        toegezegd.append({"sleutel": str(sleutel), "versie": gedaan.versie, "waarde": waarde})
    rijen = Bezorging.objects.order_by("volgnummer")
    return Geschiedenis(klant, toegezegd, [ontvangst(rij) for rij in rijen])


def ontvangst(rij):
    bericht = {"id": str(rij.gebeurtenis_id), "subject": str(rij.onderwerp)}
    inhoud = json.dumps(bericht | {"sequence": f"{rij.volgnummer:020}"})
    return {
        "op": float(rij.volgnummer),
        "pad": PAD,
        "id": "",
        "herhaling": "",
        "uitkomst": "verwerkt",
        "inhoud": inhoud,
    }


def test_een_gezonde_geschiedenis_is_goed(gezond):
    gezond.ontvangen.append(gezond.ontvangen[-1])

    verslag = gezond.verslag
    assert verslag.fouten == {}
    assert (verslag.toegezegd, verslag.ontvangen, verslag.herhaald) == (VERSIES, VERSIES + 1, 1)


def verlies(het):
    """De laatste wijziging is weg, overal, en de ontvanger hoorde haar nog niet."""
    het.ontvangen.pop()
    het.bezorging(VERSIES).delete()
    het.gebeurtenis(VERSIES).delete()
    met_versie(het, VERSIES - 1)


def verwissel_de_waarde(het):
    Waarde.objects.filter(gebeurtenis=het.gebeurtenis(2)).update(nieuw="een ander")


def verlies_de_sleutel(het):
    het.toegezegd[0]["sleutel"] = str(uuid.uuid4())


def verzin(het):
    """De ontvanger hoorde van een wijziging die nooit vastlag."""
    rij = het.bezorging(VERSIES).get()
    rij.volgnummer, rij.gebeurtenis_id = VERSIES + 1, uuid.uuid4()
    het.ontvangen.append(ontvangst(rij))


def verzin_een_ander_onder_dit_nummer(het):
    rij = het.bezorging(2).get()
    rij.gebeurtenis_id = uuid.uuid4()
    het.ontvangen[1] = ontvangst(rij)


def bezorg_nooit(het):
    het.ontvangen.pop()


def vergeet_de_bezorging(het):
    het.ontvangen.pop()
    het.bezorging(VERSIES).delete()


def draai_om(het):
    het.ontvangen[1:] = reversed(het.ontvangen[1:])


def herhaal_te_laat(het):
    het.ontvangen.append(het.ontvangen[0])


def sla_een_versie_over(het):
    het.toegezegd.pop()
    Gebeurtenis.objects.filter(onderwerp=het.klant, versie=VERSIES).update(versie=VERSIES + 1)
    met_versie(het, VERSIES + 1)


def zet_de_klant_terug(het):
    met_versie(het, VERSIES - 1)


def sla_twee_keer_op(het):
    Waarde.objects.filter(gebeurtenis=het.gebeurtenis(2)).update(nieuw="Noor 0")
    het.toegezegd.pop(1)


def vervals(het):
    het.ontvangen[2]["uitkomst"] = "handtekening klopt niet"
    het.ontvangen.append(ontvangst(het.bezorging(VERSIES).get()))


def met_versie(het, versie):
    with connection.cursor() as cursor:
        cursor.execute("alter table klanten_klant disable trigger klant_bewaakt")
    Klant.objects.filter(pk=het.klant).update(versie=versie)


@pytest.mark.parametrize(
    ("beschadig", "fouten"),
    [
        (verlies, {"kwijt"}),
        (verwissel_de_waarde, {"kwijt"}),
        (verlies_de_sleutel, {"kwijt"}),
        (verzin, {"spook"}),
        (verzin_een_ander_onder_dit_nummer, {"spook"}),
        (bezorg_nooit, {"ontbreekt"}),
        (vergeet_de_bezorging, {"ontbreekt"}),
        (draai_om, {"wanorde"}),
        (herhaal_te_laat, {"verouderd"}),
        (sla_een_versie_over, {"gaten"}),
        (zet_de_klant_terug, {"gaten"}),
        (sla_twee_keer_op, {"dubbel"}),
        (vervals, {"vals"}),
    ],
)
def test_elke_beschadiging_heet_zoals_zij_is(gezond, beschadig, fouten):
    beschadig(gezond)

    assert set(gezond.verslag.fouten) == fouten


GENOEG = {"toegezegd": 100, "ontvangen": 300, "herhaald": 1, "te_laat": 1}
STREKEN = {"web": 10, "werker": 10, "databank": 1, "achterkant": 1}
EISEN = {"toezeggingen": 100, "doden": 20}


def test_een_storm_waarin_van_alles_omviel_leeft():
    assert waarom_dood(Verslag(**GENOEG), Counter(STREKEN), **EISEN) == []


@pytest.mark.parametrize(
    ("anders", "waarom"),
    [
        ({"toegezegd": 0}, "minder dan 100 toegezegd"),
        ({"toegezegd": 99}, "minder dan 100 toegezegd"),
        ({"ontvangen": 100}, "minder ontvangen dan toegezegd"),
        ({"herhaald": 0}, "niets kwam twee keer"),
        ({"te_laat": 0}, "geen ontvanger hing langer dan de pomp wacht"),
        ({"web": 9}, "minder dan 20 keer kill -9"),
        ({"web": 30, "werker": 3}, "bijna alleen web of bijna alleen werkers"),
        ({"databank": 0}, "de databank viel niet om"),
        ({"achterkant": 0}, "de databank viel niet om"),
    ],
)
def test_een_storm_die_niets_bewijst_heet_dood(anders, waarom):
    cijfers = {naam: anders.get(naam, waarde) for naam, waarde in GENOEG.items()}
    streken = Counter({naam: anders.get(naam, waarde) for naam, waarde in STREKEN.items()})

    assert waarom_dood(Verslag(**cijfers), streken, **EISEN) == [waarom]
