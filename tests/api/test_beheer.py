"""Rechten geven en intrekken: met een reden, en de sleutel maar één keer te zien."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal.api import beheer
from portal.api.checks import doelen_kloppen
from portal.api.models import Rechtenhandeling, Toepassing, Token

pytestmark = pytest.mark.django_db
OP = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LEZEN = beheer.Rechten(scopes=["klanten.lezen"], doelen=["berichtgeving"], velden=["naam"])


@pytest.fixture
def zaaksysteem() -> Toepassing:
    return Toepassing.objects.create(
        naam="Zaaksysteem", bronorganisatie="823288444", organisatie="Gemeente Waterveen"
    )


def _geef(toepassing: Toepassing, rechten: beheer.Rechten = LEZEN, reden: str = "livegang") -> str:
    jaar = OP + timedelta(days=365)
    return beheer.geef_token(
        toepassing, rechten, verloopt_op=jaar, door="beheerder", reden=reden, op=OP
    )


def test_de_sleutel_staat_nergens_open_in_de_databank(zaaksysteem: Toepassing) -> None:
    sleutel = _geef(zaaksysteem)
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(t)::text from api_token t")
        [(rij,)] = cursor.fetchall()
    assert sleutel.split("_", 2)[2] not in rij
    assert sleutel.startswith(f"er_{Token.objects.get().prefix}_")


def test_een_zgw_geheim_is_verzegeld_en_gaat_weer_open(zaaksysteem: Toepassing) -> None:
    zaaksysteem.client_id = "zaaksysteem"
    geheim = beheer.geef_zgw_geheim(
        zaaksysteem, LEZEN, verloopt_op=OP + timedelta(days=1), door="b", reden="koppeling", op=OP
    )
    with connection.cursor() as cursor:
        cursor.execute("select geheim from api_token")
        [(verzegeld,)] = cursor.fetchall()
    assert geheim not in verzegeld
    assert Token.objects.get().geheim == geheim


def test_elke_handeling_heeft_een_reden_en_een_regel(zaaksysteem: Toepassing) -> None:
    _geef(zaaksysteem)
    beheer.trek_in(Token.objects.get(), door="beheerder", reden="gelekt", op=OP)
    regels = Rechtenhandeling.objects.order_by("pk").values_list("soort", "reden")
    assert list(regels) == [("token.gegeven", "livegang"), ("token.ingetrokken", "gelekt")]


def test_zonder_reden_gebeurt_er_niets(zaaksysteem: Toepassing) -> None:
    with pytest.raises(beheer.OngeldigRecht, match="reden"):
        _geef(zaaksysteem, reden=" ")
    assert not Token.objects.exists()


def test_twee_keer_intrekken_wordt_gezegd(zaaksysteem: Toepassing) -> None:
    _geef(zaaksysteem)
    token = Token.objects.get()
    beheer.trek_in(token, door="beheerder", reden="gelekt", op=OP)
    with pytest.raises(beheer.OngeldigRecht, match="al ingetrokken"):
        beheer.trek_in(token, door="beheerder", reden="gelekt", op=OP)


@pytest.mark.parametrize(
    "rechten",
    [
        {"scopes": ["alles"]},
        {"scopes": ["klanten.lezen"], "doelen": ["nieuwsgierigheid"]},
        {"scopes": ["klanten.lezen"], "velden": ["gewicht"]},
        {"scopes": ["klanten.lezen"], "netwerken": ["overal"]},
    ],
)
def test_een_recht_dat_niet_bestaat_wordt_geweigerd(rechten: dict[str, list[str]]) -> None:
    with pytest.raises(beheer.OngeldigRecht):
        beheer.Rechten(**rechten)  # type: ignore[arg-type]


def _token(*args: str) -> str:
    call_command("token", *args, stdout=(uit := StringIO()))
    return uit.getvalue().strip()


def test_de_opdrachten_maken_tonen_en_trekken_in() -> None:
    sleutel = _token(
        "maak", "Zaaksysteem", "--scope=klanten.lezen", "--doel=zaakbehandeling", "--reden=proef"
    )
    prefix = sleutel.split("_")[1]
    assert prefix in _token("lijst")
    _token("trek-in", prefix, "--reden=klaar")
    assert "ingetrokken" in _token("lijst")


def test_een_onbekend_token_intrekken_is_een_fout() -> None:
    with pytest.raises(CommandError, match="er niet"):
        call_command("token", "trek-in", "weg", "--reden=klaar")


@pytest.mark.parametrize(
    ("doel", "fout"),
    [
        ({"omschrijving": "U helpen", "velden": ["naam"]}, []),
        ({"omschrijving": " ", "velden": []}, ["api.E001"]),
        ({"omschrijving": "U helpen", "velden": ["gewicht"]}, ["api.E002"]),
    ],
)
def test_een_doel_heeft_een_tekst_en_bestaande_velden(
    settings: object, doel: dict[str, object], fout: list[str]
) -> None:
    settings.DOELEN = {"proef": doel}  # type: ignore[attr-defined]
    assert [f.id for f in doelen_kloppen(None)] == fout
