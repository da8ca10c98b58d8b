"""Elke operatie van beide koppelvlakken met verzonnen goede en foute vragen, per rol.

All checks of schemathesis: no 500, the status, headers and body that the document promises, wrong
input refused, right input accepted, and nothing without a token.
"""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import hypothesis
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.specs.openapi.checks import positive_data_acceptance

from portal.api.compat.standaard import standaard
from portal.api.eigen import eigen
from portal.api.rechten import Scope
from portal.klanten.models import Proces
from tests.api.test_jwt import maak_client, teken

AANTAL = 10
"""Examples per operation, mode and role: enough for a careless route, short enough for each run."""
INSTELLING = hypothesis.settings(
    max_examples=AANTAL,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
LEZEN = [scope for scope in Scope if scope.endswith(".lezen")]
BUITEN_HET_SCHEMA = {
    "klantenZoek": "precies één sleutel, en een BSN en RSIN voldoen aan de elfproef",
    "interactieVastleggen": "het proces en de klant moeten bestaan, een adres moet echt kunnen",
    "abonnementMaken": "naar een verboden adres sturen wij niets",
    "klant_list": "filters met persoonsgegevens staan uit, en een nummer moet kunnen bestaan",
    "klant_zoek": "minstens één filter, en een nummer moet kunnen bestaan",
    "klant_create": "de organisatie is die van het token, en elke waarde moet echt kunnen",
    "klant_update": "idem",
    "klant_partial_update": "idem",
}
"""Here a body can fit the schema and still be refused with 400, for this reason."""
ROLLEN = {"alles": list(Scope), "lezer": LEZEN}


def _operaties() -> list[Any]:
    gevonden = []
    for api in (eigen, standaard):
        document = json.loads(json.dumps(api.get_openapi_schema()))
        schema = schemathesis.openapi.from_dict(document)
        schema.app = WSGIHandler()
        for uitkomst in schema.get_all_operations():
            operatie = uitkomst.ok()
            naam = operatie.definition.raw["operationId"]
            gevonden.append(pytest.param(api, operatie, id=naam))
    return gevonden


@pytest.fixture(autouse=True)
def zelfde_verbinding() -> Iterator[None]:
    """The handler of production closes old connections; here all runs in one transaction."""
    for signaal in (request_started, request_finished):
        signaal.disconnect(close_old_connections)
    yield
    for signaal in (request_started, request_finished):
        signaal.connect(close_old_connections)


@pytest.fixture
def koppen(geef: Callable[..., str], settings: Any) -> Callable[[Any, str], dict[str, str]]:
    """What a role sends along on each of both surfaces; limits are another test's subject."""
    settings.API_PER_MINUUT = settings.API_ZOEKEN_PER_MINUUT = 1_000_000
    settings.API_MISSERS_PER_UUR = 1_000_000

    def maak(api: Any, rol: str) -> dict[str, str]:
        scopes = ROLLEN[rol]
        if api is eigen:
            token = geef(scopes=scopes, doelen=["zaakbehandeling"])
            return {"Authorization": f"Bearer {token}", "Doel": "zaakbehandeling"}
        return {"Authorization": f"Bearer {teken(maak_client(scopes=scopes))}"}

    return maak


@pytest.mark.lang
@pytest.mark.django_db
@pytest.mark.parametrize("rol", list(ROLLEN))
@pytest.mark.parametrize(("api", "operatie"), _operaties())
def test_elke_vraag_krijgt_wat_het_document_belooft(
    api: Any, operatie: Any, rol: str, noor: UUID, koppen: Callable[[Any, str], dict[str, str]]
) -> None:
    Proces.objects.create(code="melding", omschrijving="M", bewaartermijn=timedelta(days=1))
    mee = koppen(api, rol)
    for modus in (
        schemathesis.GenerationMode.POSITIVE,
        schemathesis.GenerationMode.NEGATIVE,
    ):
        naam = operatie.definition.raw["operationId"]
        behalve = [positive_data_acceptance] if naam in BUITEN_HET_SCHEMA else []
        _probeer(operatie.as_strategy(generation_mode=modus), mee, behalve)


def _probeer(strategie: Any, mee: dict[str, str], behalve: list[Any]) -> None:
    @INSTELLING
    @hypothesis.given(case=strategie)
    def doe(case: Any) -> None:
        case.call_and_validate(headers=mee, excluded_checks=behalve)

    doe()
