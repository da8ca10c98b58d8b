"""Wat er elke paar seconden gevraagd wordt, leest van een berg open werk alleen het begin."""

import pytest
from django.db import connection

from portal.webhooks.pomp.kijker import WIE_HEEFT_WERK
from portal.webhooks.pomp.rijen import CLAIM, EERSTVOLGENDE, GEWEIGERDE_BANEN
from portal.webhooks.pomp.tijden import BANEN, DIEP, HEK
from portal.webhooks.pomp.wekker import AAN_DE_BEURT
from tests.webhooks.conftest import abonnement

BERG = """
with g as (
  insert into klanten_gebeurtenis (id, soort, bronorganisatie, onderwerp, subjectsoort, versie,
                                   velden, gebeurd_op, handelende, middel)
  select gen_random_uuid(), 'klant.gewijzigd', '823288444', gen_random_uuid(),
         'natuurlijk_persoon', 1, array['emailadres'], now(), '', ''
    from generate_series(1, 10000)
  returning id, onderwerp
), b as (
  insert into webhooks_baan (abonnement_id, onderwerp, volgend_nummer, openstaand, opnieuw_op)
  select %(id)s, onderwerp, 2, 1, now() - interval '1 hour' from g
)
insert into webhooks_bezorging (abonnement_id, onderwerp, volgnummer, gebeurtenis_id, vorm, stand)
select %(id)s, onderwerp, 1, id, 1, 'open' from g
"""
pytestmark = pytest.mark.lang
VRAGEN = {
    "wie een pomp nodig heeft": AAN_DE_BEURT,
    "wanneer er weer iets te doen is": EERSTVOLGENDE,
    "of er nieuw werk is": WIE_HEEFT_WERK.replace("%s", "%(alle)s"),
    "hoeveel er geweigerd zijn": GEWEIGERDE_BANEN,
    "wat er nu bezorgd moet worden": CLAIM,
}


@pytest.fixture
def dood(db):
    """Een abonnement met tienduizend klanten die wachten, en een gezond ernaast."""
    abonnement("https://goed.waterveen.example/hook")
    ontvanger = abonnement("https://weg.waterveen.example/hook")
    with connection.cursor() as cursor:
        # Its plan may stem from the moment that autovacuum saw an empty table: 10,000 whole reads.
        cursor.execute("alter table klanten_gebeurtenis disable trigger versies_zonder_gaten")
        cursor.execute(BERG, {"id": ontvanger.pk})
        cursor.execute("analyze klanten_gebeurtenis, webhooks_baan, webhooks_bezorging")
    return ontvanger.pk


def gelezen(knoop):
    """The rows of banen and bezorgingen that this plan touched."""
    eigen = 0
    if knoop.get("Relation Name") in {"webhooks_baan", "webhooks_bezorging"}:
        rijen = knoop["Actual Rows"] + knoop.get("Rows Removed by Filter", 0)
        eigen = rijen * knoop["Actual Loops"]
    return eigen + sum(gelezen(deel) for deel in knoop.get("Plans", []))


@pytest.mark.parametrize("vraag", VRAGEN)
def test_een_berg_van_een_dode_ontvanger_wordt_niet_gelezen(dood, vraag):
    waarden = {"id": dood, "alle": [dood], "hek": HEK, "bezig": [], "vng": False}
    with connection.cursor() as cursor:
        cursor.execute(
            f"explain (analyze, format json) {VRAGEN[vraag]}",
            waarden | {"banen": BANEN, "diep": DIEP},
        )
        plan = cursor.fetchone()[0]
    assert gelezen(plan[0]["Plan"]) <= 3 * BANEN
