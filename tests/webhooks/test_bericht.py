"""Het bericht: dezelfde bytes bij elke poging, nooit een waarde, ondertekend zoals afgesproken."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from standardwebhooks.webhooks import Webhook

from portal.klanten.models import Gebeurtenis
from portal.webhooks.bericht import (
    MAX_BYTES,
    TYPEN,
    Afzender,
    Feiten,
    bericht,
    proefbericht,
    webhook_id,
)
from portal.webhooks.bezorging import handtekening, koppen
from portal.webhooks.vng import notificatie

GOUDEN = Path(__file__).parent / "gouden"
VAN = Afzender(
    bron="urn:nld:oin:00000001823288444000:systeem:klantportaal",
    adres="https://mijn.waterveen.example",
    epoch=1,
)
NU = dt.datetime(2026, 11, 20, 10, 0, 0, 123456, tzinfo=dt.UTC)
FEITEN = Feiten(
    abonnement=UUID("3f1d7c52-6a0e-4d0b-8f57-2c9b1a7e4d10"),
    onderwerp=UUID("7d7c1e0e-8a51-4f0f-b4a2-0a6ce9d9a001"),
    volgnummer=5,
    gebeurtenis=UUID("b5d0a0c2-3c39-4c3e-9a3a-0f5a5f2d7c11"),
    soort=Gebeurtenis.Soort.GEWIJZIGD,
    subjectsoort="natuurlijk_persoon",
    gebeurd_op=NU,
    versie=17,
    velden=("emailadres",),
)
OVERGESLAGEN = replace(FEITEN, gebeurtenis=None, soort="", velden=(), slaat_over=4)
GEHEIM = "whsec_Z2VoZWltLXZhbi13YXRlcnZlZW4temFha3N5c3RlZW0="
VORIG_GEHEIM = "whsec_aGV0LXZvcmlnZS1nZWhlaW0tdG90LW1vcmdlbi0wMDA="
ID = UUID("81054694-d968-59c9-a9e1-653bb39ceb24")
POGING = dt.datetime.fromtimestamp(1795168801, dt.UTC)


def lichamen():
    """Elk bericht dat wij kunnen sturen, met de naam van zijn gouden bestand."""
    leeg = {Gebeurtenis.Soort.VERWIJDERD: (), Gebeurtenis.Soort.MELDING_ONTVANGEN: ()}
    per_soort = {
        naam: bericht(replace(FEITEN, soort=soort, velden=leeg.get(soort, FEITEN.velden)), VAN)
        for soort, naam in TYPEN.items()
    }
    vng = {
        f"vng-{naam}": notificatie(replace(FEITEN, soort=soort), VAN)
        for soort, naam in TYPEN.items()
    }
    return (
        per_soort
        | vng
        | {
            "bericht-overgeslagen": bericht(OVERGESLAGEN, VAN),
            "test": proefbericht(FEITEN.gebeurtenis, NU, VAN),
        }
    )


@pytest.mark.parametrize("naam", sorted(lichamen()))
def test_elk_bericht_heeft_byte_voor_byte_zijn_gouden_vorm(naam):
    assert lichamen()[naam] == (GOUDEN / f"{naam}.v1.json").read_bytes()


def test_elke_soort_gebeurtenis_heeft_een_type():
    assert set(TYPEN) == set(Gebeurtenis.Soort.values)


def test_het_voorbeeld_uit_de_handleiding_is_636_bytes_en_klopt_met_zijn_handtekening():
    inhoud = bericht(FEITEN, VAN)
    assert len(inhoud) == 636
    assert webhook_id(FEITEN.abonnement, FEITEN.id) == ID
    assert handtekening([GEHEIM], ID, POGING, inhoud) == (
        "v1,2mdHNb4M7UicKX4NwLGQgmS1l+ZA2kNZT6iLahKRFWA="
    )


def test_bij_een_wissel_ondertekent_het_vorige_geheim_mee():
    beide = handtekening([GEHEIM, VORIG_GEHEIM], ID, POGING, bericht(FEITEN, VAN))
    assert beide.endswith(" v1,whvRDU6rOUT5/swJtfrENErv3W7shaNqBOsKza5y4+0=")


def test_een_moment_in_een_andere_tijdzone_geeft_dezelfde_handtekening():
    inhoud, amsterdam = bericht(FEITEN, VAN), dt.timezone(dt.timedelta(hours=1))
    assert handtekening([GEHEIM], ID, POGING.astimezone(amsterdam), inhoud) == handtekening(
        [GEHEIM], ID, POGING, inhoud
    )


def test_de_openbare_bibliotheek_keurt_onze_koppen_goed():
    inhoud = bericht(FEITEN, VAN)
    regels = koppen(
        id_=ID,
        op=dt.datetime.now(dt.UTC),
        inhoud=inhoud,
        geheimen=[GEHEIM],
        herkomst="mijn.waterveen.example",
    )
    assert Webhook(GEHEIM).verify(inhoud, regels)["subject"] == str(FEITEN.onderwerp)


def test_het_grootste_bericht_blijft_onder_twintig_kilobyte():
    veel = replace(FEITEN, velden=tuple(f"veld{i:036d}" for i in range(100)))
    assert len(bericht(veel, VAN)) < MAX_BYTES


def test_veldnamen_staan_op_volgorde_en_letters_zoals_ze_zijn():
    data = json.loads(bericht(replace(FEITEN, velden=("naam", "adres")), VAN))["data"]
    assert data["gewijzigd"] == ["adres", "naam"]
