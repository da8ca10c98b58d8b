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
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.specs.openapi.checks import positive_data_acceptance

from portal.api.compat.notificaties import notificaties
from portal.api.compat.standaard import standaard
from portal.api.eigen import eigen
from portal.api.rechten import Scope
from portal.klanten import handelingen
from portal.klanten.models import Gebeurtenis, Proces
from portal.webhooks import handdruk
from portal.webhooks.abonnementgegevens import Abonnementgegevens
from portal.webhooks.bestemming import eis_url
from tests.api.conftest import NOOR, OP, Vrager
from tests.api.test_abonnee import abonneer
from tests.api.test_beheren import ABONNEMENT
from tests.api.test_jwt import maak_client, teken
from tests.api.test_matrix import RIJEN
from tests.api.test_terugmeldingen import HUISNUMMER

pytestmark = pytest.mark.lang  # make check leaves this file out
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
    "bewaargrondZetten": "een grond die er al staat is niet nieuw meer",
    "abonnementMaken": "naar een verboden adres sturen wij niets, en een certificaat is te lezen",
    "abonnementWijzigen": "idem",
    "klant_list": "filters met persoonsgegevens staan uit, en een nummer moet kunnen bestaan",
    "klant_zoek": "minstens één filter, en een nummer moet kunnen bestaan",
    "klant_create": "de organisatie is die van het token, en elke waarde moet echt kunnen",
    "klant_update": "idem",
    "klant_partial_update": "idem",
    "abonnement_create": "alleen ons kanaal met zijn kenmerk, en naar een toegestaan adres",
    "abonnement_update": "idem",
    "abonnement_partial_update": "idem",
}
"""Here a body can fit the schema and still be refused with 400, for this reason."""
load_all_checks()
ALLE_CHECKS = CHECKS.get_all()
ROLLEN = {"alles": list(Scope), "lezer": LEZEN}


def _operaties() -> list[Any]:
    gevonden = []
    for api in (eigen, standaard, notificaties):
        document = json.loads(json.dumps(api.get_openapi_schema()))
        schema = schemathesis.openapi.from_dict(document)
        schema.app = WSGIHandler()
        # What is too large is refused too; schemathesis does not count 413 by itself.
        schema.config.checks.negative_data_rejection.expected_statuses.append("413")
        for uitkomst in schema.get_all_operations():
            operatie = uitkomst.ok()
            naam = operatie.definition.raw["operationId"]
            gevonden.append(pytest.param(api, operatie, id=naam))
    return gevonden


@pytest.fixture
def zelfde_verbinding(bestaand: dict[str, str]) -> Iterator[None]:
    """The handler of production closes old connections; here all runs in one transaction.

    After `bestaand`: the client that it uses puts the signals back.
    """
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


@pytest.fixture
def bestaand(
    noor: UUID, geef: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """What each parameter of a path can stand for, so that answers with data are held too."""
    Proces.objects.create(code="melding", omschrijving="M", bewaartermijn=timedelta(days=1))
    monkeypatch.setattr(handdruk, "_nu", lambda *_, **__: handdruk.Uitslag(fout="proef"))
    monkeypatch.setattr(handdruk, "proef", _proef_zonder_net)
    vrager = Vrager(geef())
    melding = {"proces": "melding", "soort": "melding", "klant": str(noor)}
    regel = Gebeurtenis.objects.filter(onderwerp=noor).latest("versie")
    return {
        "klantId": str(noor),
        "klant_uuid": str(noor),
        "uuid": str(noor),
        "regel": str(regel.pk),
        "abonnement": abonneer().rsplit("/", 1)[1],
        "kenmerk": "zaak-1",
        "interactieId": vrager.stuur("/api/v1/interacties", melding).json()["id"],
        "abonnementId": vrager.stuur("/api/v1/abonnementen", ABONNEMENT).json()["id"],
        "terugmeldingId": str(handelingen.meld_terug(melding=HUISNUMMER, door=NOOR, op=OP).pk),
    }


def _proef_zonder_net(gegevens: Abonnementgegevens) -> handdruk.Uitslag:
    """The rules for an address hold, nobody is called."""
    eis_url(gegevens.url)
    return handdruk.Uitslag(aangekomen=True)


def _echt(naam: str, bestaand: dict[str, str]) -> Callable[[Any], None]:
    """Make a case about things that exist, with the body and headers of the matrix."""
    rij = RIJEN[naam]
    ander = {"audittrail_read": "regel"}
    ander |= {wat: "abonnement" for wat in RIJEN if wat.startswith("abonnement_")}
    regel = {"uuid": bestaand[ander[naam]]} if naam in ander else {}

    def maak(case: Any) -> None:
        plek = bestaand | regel
        case.path_parameters = {deel: plek[deel] for deel in case.path_parameters or {}}
        case.headers = {**(case.headers or {}), **rij.koppen}
        if rij.lichaam is not None:
            case.body = rij.lichaam

    return maak


@pytest.mark.django_db
@pytest.mark.usefixtures("zelfde_verbinding")
@pytest.mark.parametrize("rol", list(ROLLEN))
@pytest.mark.parametrize(("api", "operatie"), _operaties())
def test_elke_vraag_krijgt_wat_het_document_belooft(
    api: Any, operatie: Any, rol: str, bestaand: dict[str, str],
    koppen: Callable[[Any, str], dict[str, str]],
) -> None:  # fmt: skip
    mee = koppen(api, rol)
    naam = operatie.definition.raw["operationId"]
    behalve = {positive_data_acceptance} if naam in BUITEN_HET_SCHEMA else set()
    checks = [check for check in ALLE_CHECKS if check not in behalve]
    for modus in GenerationMode:
        _probeer(operatie.as_strategy(generation_mode=modus), mee, checks, lambda case: None)
    goed = operatie.as_strategy(generation_mode=GenerationMode.POSITIVE)
    statussen = _probeer(goed, mee, checks, _echt(naam, bestaand))
    if rol == "alles":
        assert (200 if naam == "audittrail_read" else RIJEN[naam].goed) in statussen


def _probeer(
    strategie: Any, mee: dict[str, str], checks: list[Any], pas_aan: Callable[[Any], None]
) -> set[int]:
    """Ask what the strategy invents, and hold every answer; return the statuses that came."""
    statussen: set[int] = set()

    @INSTELLING
    @hypothesis.given(case=strategie)
    def doe(case: Any) -> None:
        pas_aan(case)
        statussen.add(case.call_and_validate(headers=mee, checks=checks).status_code)

    doe()
    return statussen


def test_alle_checks_van_schemathesis_worden_gedaan() -> None:
    assert {check.__name__ for check in ALLE_CHECKS} == set(CHECKS.get_all_names())
