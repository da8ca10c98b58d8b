"""PUR-2: elke route, methode, soort token en organisatie; zonder rij faalt de bouw.

The rows are made from the URL resolver and from what each operation says it asks; the table below
only names a body and the answer for the right caller. A new route without a row is an error.
"""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.urls import URLPattern, get_resolver

from portal.api.beheer import trek_in
from portal.api.compat.notificaties import notificaties
from portal.api.compat.standaard import standaard
from portal.api.eigen import eigen
from portal.api.models import Token
from portal.api.openapi import operaties
from portal.api.poort import VERSIES
from portal.api.rechten import Scope
from portal.klanten import handelingen
from portal.klanten.models import Proces
from portal.webhooks import handdruk
from tests.api.conftest import NOOR, OP, Vrager
from tests.api.test_abonnee import ABONNEE, abonneer
from tests.api.test_beheren import ABONNEMENT
from tests.api.test_compat_schrijven import IEMAND
from tests.api.test_jwt import maak_client, teken
from tests.api.test_terugmeldingen import HUISNUMMER
from tests.mensen import HEUVELLAND

pytestmark = [pytest.mark.django_db, pytest.mark.lang]
OPEN = {"/api/v1/openapi.json", "/api/v1/docs", "/klanten/api/v1/openapi.json"}
OPEN |= {"/notificaties/api/v1/openapi.json"}
WORTEL = {"/api/v1/", "/klanten/api/v1/", "/notificaties/api/v1/"}


class Rij(NamedTuple):
    """What the right caller sends and gets, and what a caller of another organisation gets."""

    goed: int
    ander: int
    lichaam: Any = None
    koppen: dict[str, str] = {}


ABONNEMENT_UUID = "/abonnement/{uuidstr:uuid}"
ZET = {"tot": None, "velden": []}
RIJEN = {
    "klantenLijst": Rij(200, 200),
    "klantenZoek": Rij(200, 200, {"burgerservicenummer": "999990019"}),
    "klantLezen": Rij(200, 404),
    "digitaleAdressenLezen": Rij(200, 404),
    "klantbeeldLezen": Rij(200, 404),
    "interactieVastleggen": Rij(201, 201, {"proces": "melding", "soort": "melding"}),
    "interactiesZoek": Rij(200, 200, {"referentie": "BCDFGHJKMN"}),
    "interactieLezen": Rij(200, 404),
    "contactgegevensBijInteractie": Rij(200, 404),
    "interactieAfsluiten": Rij(200, 404, {}),
    "bewaargrondenLijst": Rij(200, 404),
    "bewaargrondZetten": Rij(200, 404, ZET, {"If-None-Match": "*"}),
    "bewaargrondOpheffen": Rij(404, 404, None, {"If-Match": "*"}),
    "terugmeldingenLijst": Rij(200, 200),
    "terugmeldingLezen": Rij(200, 404),
    "terugmeldingBijwerken": Rij(200, 404, {"status": "afgerond"}, {"If-Match": "*"}),
    "wijzigingenLijst": Rij(200, 200),
    "abonnementenLijst": Rij(200, 200),
    "abonnementMaken": Rij(201, 201, ABONNEMENT),
    "abonnementLezen": Rij(200, 404),
    "abonnementHanddruk": Rij(200, 404, {"reden": "livegang"}),
    "abonnementWijzigen": Rij(200, 404, {"reden": "drukte", "gelijktijdig": 5}, {"If-Match": "*"}),
    "abonnementTesten": Rij(200, 404, {"reden": "proef"}),
    "abonnementRoteren": Rij(200, 404, {"reden": "elk jaar"}),
    "abonnementGelekt": Rij(200, 404, {"reden": "gelekt"}),
    "abonnementPauzeren": Rij(409, 404, {"reden": "onderhoud"}),
    "abonnementHervatten": Rij(409, 404, {"reden": "onderhoud"}),
    "abonnementIntrekken": Rij(204, 404, None, {"If-Match": "*"}),
    "klant_list": Rij(200, 200),
    "klant_zoek": Rij(200, 200, {"klantnummer": "1"}),
    "klant_read": Rij(200, 404),
    "klant_create": Rij(201, 400, IEMAND),
    "klant_update": Rij(403, 400, IEMAND),
    "klant_partial_update": Rij(403, 404, {}),
    "klant_delete": Rij(403, 404),
    "audittrail_list": Rij(200, 404),
    "audittrail_read": Rij(404, 404),
    "abonnement_list": Rij(200, 200),
    "abonnement_create": Rij(201, 201, ABONNEE),
    "abonnement_read": Rij(200, 404),
    "abonnement_update": Rij(200, 404, ABONNEE),
    "abonnement_partial_update": Rij(200, 404, {}),
    "abonnement_delete": Rij(204, 404),
}


def _operaties() -> Iterator[Any]:
    for api in (eigen, standaard, notificaties):
        for operatie in operaties(api):
            yield pytest.param(api, operatie, id=operatie.operation_id)


ALLE = list(_operaties())


@pytest.fixture
def plaatsen(noor: UUID, zaaksysteem: Vrager, niets_naar_buiten: None) -> dict[str, str]:
    """What the variable parts of a path stand for: things of the own organisation."""
    Proces.objects.create(code="melding", omschrijving="Melding", bewaartermijn=timedelta(days=90))
    melding = {"proces": "melding", "soort": "melding"}
    interactie = zaaksysteem.stuur("/api/v1/interacties", melding).json()["id"]
    abonnement = zaaksysteem.stuur("/api/v1/abonnementen", ABONNEMENT).json()["id"]
    terugmelding = handelingen.meld_terug(melding=HUISNUMMER, door=NOOR, op=OP)
    return {
        ABONNEMENT_UUID: abonneer("client-").rsplit("/", 1)[1],
        "{uuidstr:klantId}": str(noor),
        "{uuidstr:uuid}": str(noor),
        "{uuidstr:klant_uuid}": str(noor),
        "{uuidstr:interactieId}": interactie,
        "{uuidstr:abonnementId}": abonnement,
        "{uuidstr:terugmeldingId}": str(terugmelding.pk),
        "{kenmerk}": "zaak-9",
    }


@pytest.fixture(autouse=True)
def niets_naar_buiten(monkeypatch: pytest.MonkeyPatch) -> None:
    """The handshake itself has its own test."""
    monkeypatch.setattr(handdruk, "_nu", lambda *_, **__: handdruk.Uitslag(fout="proef"))
    monkeypatch.setattr(handdruk, "proef", lambda _: handdruk.Uitslag(aangekomen=True))


NERGENS = {
    deel: str(UUID(int=1)) for deel in (
        "{uuidstr:klantId}", "{uuidstr:uuid}", "{uuidstr:klant_uuid}", "{uuidstr:interactieId}",
        "{uuidstr:abonnementId}", "{uuidstr:terugmeldingId}", ABONNEMENT_UUID,
    )
} | {"{kenmerk}": "zaak-9"}  # fmt: skip
ONBEKEND = {
    "/api/v1": "not_authenticated",
    "/klanten/api/v1": "jwt-decode-error",
    "/notificaties/api/v1": "jwt-decode-error",
}
DOCUMENTEN = [api.get_openapi_schema()["paths"] for api in (eigen, standaard, notificaties)]
OPERATIES = [
    (methode, operatie)
    for paden in DOCUMENTEN
    for methoden in paden.values()
    for methode, operatie in methoden.items()
]
KOPPEN = {
    operatie["operationId"]: {
        status: set(antwoord["headers"]) for status, antwoord in operatie["responses"].items()
    }
    for _, operatie in OPERATIES
}
LEEST = {operatie["operationId"]: methode == "get" for methode, operatie in OPERATIES}
VAN_INHOUD = {"ETag", "Location"}
"""What an answer carries exactly when the document says so."""
DUBBEL = {"code": "invalid", "reason": "Deze parameter staat er meer dan een keer."}
ONBEKENDE_PARAMETER = {
    "name": "nonFieldErrors", "code": "unknown-parameters",
    "reason": "Een of meer parameters bestaan niet.",
}  # fmt: skip
Maak = Callable[..., Vrager]


@pytest.fixture
def als(geef: Callable[..., str]) -> Maak:
    """A caller of one of both surfaces: the right one, with what has to differ."""

    def maak(api: Any, *, organisatie: str = "", doel: str | None = "", **rechten: Any) -> Vrager:
        if api is eigen:
            extra = {"organisatie": organisatie} if organisatie else {}
            gekozen = "zaakbehandeling" if doel == "" else doel
            return Vrager(geef(**rechten, **extra), gekozen)
        client = f"client-{organisatie}"
        geheim = maak_client(client, organisatie=organisatie, **rechten)
        return Vrager(teken(geheim, client_id=client), doel=doel or None)

    return maak


def pad_van(api: Any, operatie: Any, plaatsen: dict[str, str]) -> str:
    pad = f"{api.basis}{operatie.path}"
    if pad.endswith(ABONNEMENT_UUID):
        return pad.replace("{uuidstr:uuid}", plaatsen[ABONNEMENT_UUID])
    for naam, waarde in plaatsen.items():
        pad = pad.replace(naam, waarde)
    return pad


def vraag(vrager: Any, api: Any, operatie: Any, plaatsen: dict[str, str]) -> Any:
    pad = pad_van(api, operatie, plaatsen)
    if operatie.operation_id == "audittrail_read":
        pad = pad.rsplit("/", 1)[0] + "/00000000-0000-4000-8000-000000000000"
    rij = RIJEN[operatie.operation_id]
    return vrager.generic(
        operatie.methods[0], pad, b"" if rij.lichaam is None else _json(rij.lichaam),
        content_type="application/json", headers=rij.koppen,
    )  # fmt: skip


def _json(lichaam: Any) -> bytes:
    return json.dumps(lichaam).encode()


@pytest.mark.uitgangspunt("PUR-2")
def test_elke_operatie_staat_in_de_tabel_en_vraagt_een_recht() -> None:
    assert {p.values[1].operation_id for p in ALLE} == set(RIJEN)
    assert all(p.values[1].auth_callbacks for p in ALLE)


@pytest.mark.uitgangspunt("PUR-2")
def test_elke_route_hoort_bij_een_operatie_of_is_bewust_open() -> None:
    bekend = {f"{api.basis}{o.path}" for api, o in (p.values for p in ALLE)}
    for route in _routes():
        gevonden = route.replace("<", "{").replace(">", "}")
        assert gevonden in bekend | OPEN | WORTEL, route


def _routes(resolver: Any = None, voor: str = "/") -> Iterator[str]:
    for deel in (resolver or get_resolver()).url_patterns:
        pad = f"{voor}{deel.pattern}"
        if isinstance(deel, URLPattern):
            if pad.startswith(("/api/", "/klanten/api/", "/notificaties/api/")):
                yield pad
        else:
            yield from _routes(deel, pad)


@pytest.mark.uitgangspunt("PUR-2")
@pytest.mark.parametrize(("api", "operatie"), ALLE)
def test_met_het_goede_token(api: Any, operatie: Any, plaatsen: Any, als: Maak) -> None:
    antwoord = vraag(als(api), api, operatie, plaatsen)
    assert antwoord.status_code == RIJEN[operatie.operation_id].goed, antwoord.content
    beloofd = KOPPEN[operatie.operation_id][str(antwoord.status_code)]
    assert {kop for kop in VAN_INHOUD if antwoord.has_header(kop)} == VAN_INHOUD & beloofd


def test_het_document_noemt_de_koppen_waar_een_systeem_op_rekent() -> None:
    for operatie, per_status in KOPPEN.items():
        assert "Retry-After" in per_status["429"] & per_status["503"]
        assert "WWW-Authenticate" in per_status["401"]
        assert ("304" in per_status) == ("ETag" in per_status.get("200", ()) and LEEST[operatie])


@pytest.mark.uitgangspunt("PUR-2", "OWN-2")
@pytest.mark.parametrize(("api", "operatie"), ALLE)
def test_van_een_andere_organisatie(api: Any, operatie: Any, plaatsen: Any, als: Maak) -> None:
    antwoord = vraag(als(api, organisatie=HEUVELLAND), api, operatie, plaatsen)
    assert antwoord.status_code == RIJEN[operatie.operation_id].ander, antwoord.content
    assert "Noor" not in antwoord.content.decode()


@pytest.mark.uitgangspunt("PUR-1", "PUR-2")
@pytest.mark.parametrize(("api", "operatie"), ALLE)
def test_wie_iets_mist_komt_er_niet_in(
    api: Any, operatie: Any, plaatsen: dict[str, str], als: Maak, client: Any
) -> None:
    """No token, an invented one, without the scope, without or for a wrong purpose, revoked."""
    vragers = [
        ((401, "not_authenticated"), client),
        ((401, ONBEKEND[api.basis]), Vrager("er_00000000_verzonnen")),
        *_te_weinig(api, operatie.auth_callbacks[0], als, ""),
        *_te_weinig(api, operatie.auth_callbacks[0], als, HEUVELLAND),
    ]
    for verwacht, vrager in vragers:
        antwoord = vraag(vrager, api, operatie, plaatsen)
        assert (antwoord.status_code, antwoord.json()["code"]) == verwacht


def _te_weinig(
    api: Any, recht: Any, als: Maak, organisatie: str
) -> Iterator[tuple[tuple[int, str], Vrager]]:
    """Callers of one organisation whose token is good and not good enough, and their refusal."""
    anders = [scope for scope in Scope if scope != recht.scope]
    yield (403, "permission_denied"), als(api, organisatie=organisatie, scopes=anders)
    if recht.doel:
        twee = ["zaakbehandeling", "uitbetaling"]
        geen, ander = (
            als(api, organisatie=organisatie, doel=doel, doelen=twee)
            for doel in (None, "berichtgeving")
        )
        yield (400, "doel-ontbreekt"), geen
        yield (403, "doel-niet-toegestaan"), ander


@pytest.mark.uitgangspunt("PUR-2")
@pytest.mark.parametrize(("api", "operatie"), ALLE)
def test_een_ingetrokken_token_is_meteen_niets_meer_waard(
    api: Any, operatie: Any, als: Maak
) -> None:
    vrager = als(api)
    trek_in(Token.objects.order_by("-pk")[0], door="beheerder", reden="gelekt", op=OP)
    assert vraag(vrager, api, operatie, NERGENS).status_code == 401


@pytest.mark.parametrize(("api", "operatie"), ALLE)
def test_een_parameter_die_twee_keer_komt_is_400_met_zijn_naam(
    api: Any, operatie: Any, als: Maak
) -> None:
    """Two readers could each take another one; also when both say the same, all named at once."""
    vrager, adres = als(api), pad_van(api, operatie, NERGENS)
    bekend = operatie.auth_callbacks[0].vraagt
    fouten = [{**DUBBEL, "name": naam} for naam in bekend] or [ONBEKENDE_PARAMETER]
    twee = "&".join(f"{naam}=1&{naam}=1" for naam in bekend or ["verzonnen"])
    antwoord = vrager.generic(operatie.methods[0], f"{adres}?{twee}")
    assert (antwoord.status_code, antwoord.json()["code"]) == (400, "invalid")
    assert antwoord.json()["invalidParams"] == fouten


METHODEN = {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"}
PADEN = {f"{api.basis}{o.path}": (api, o) for api, o in (p.values for p in ALLE)}


@pytest.mark.uitgangspunt("PUR-2")
@pytest.mark.parametrize("pad", PADEN)
def test_een_andere_methode_en_een_schuine_streep_bestaan_niet(pad: str) -> None:
    """Every method that no operation of this address names, also for who has no token."""
    api, operatie = PADEN[pad]
    kent = {m for p in ALLE if f"{p.values[0].basis}{p.values[1].path}" == pad
            for m in p.values[1].methods}  # fmt: skip
    vrager = Vrager("er_00000000_verzonnen")
    adres = pad_van(api, operatie, NERGENS)
    vreemd = [(405, vrager.generic(methode, adres)) for methode in sorted(METHODEN - kent)]
    for status, antwoord in [*vreemd, (404, vrager.get(f"{adres}/"))]:
        assert antwoord.status_code == status
        assert antwoord["Content-Type"] == "application/problem+json"
        assert antwoord["API-Version"] == VERSIES[api.basis]
