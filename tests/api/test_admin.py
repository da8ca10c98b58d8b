"""Rechten in het beheerscherm: de sleutel één keer te zien, elke handeling met een reden."""

import re
from typing import Any

import pytest
from django.test import Client

from portal.api.models import Rechtenhandeling, Toepassing, Token
from tests.api.conftest import Vrager
from tests.inloggen import inloggen
from tests.mensen import WATERVEEN

pytestmark = pytest.mark.django_db
PAD = "/beheer/api"
TOEPASSING = {
    "naam": "Zaaksysteem", "bronorganisatie": WATERVEEN, "organisatie": "Gemeente Waterveen",
    "afdeling": "Burgerzaken", "adres": "", "client_id": "zaken", "actief": "on",
    "reden": "livegang",
}  # fmt: skip


@pytest.fixture
def beheerder(client: Client) -> Client:
    inloggen(client, "beheerder", middel="medewerker")
    return client


@pytest.fixture
def zaken(beheerder: Client) -> Toepassing:
    assert beheerder.post(f"{PAD}/toepassing/add/", TOEPASSING).status_code == 302
    return Toepassing.objects.get()


def geef(beheerder: Client, zaken: Toepassing, *, follow: bool = True, **anders: Any) -> Any:
    vraag = {
        "toepassing": zaken.pk, "scopes": ["klanten.lezen"], "doelen": ["berichtgeving"],
        "velden": ["naam"], "netwerken": "", "verloopt_op_0": "2126-01-01",
        "verloopt_op_1": "00:00", "reden": "koppeling", **anders,
    }  # fmt: skip
    return beheerder.post(f"{PAD}/token/add/", vraag, follow=follow)


def test_de_sleutel_verschijnt_een_keer_en_werkt(beheerder: Client, zaken: Toepassing) -> None:
    tekst = geef(beheerder, zaken).content.decode()
    [sleutel] = re.findall(r"er_[0-9a-f]{8}_[\w-]{43}", tekst)
    assert Vrager(sleutel, "berichtgeving").get("/api/v1/klanten").status_code == 200
    assert sleutel not in beheerder.get(f"{PAD}/token/").content.decode()


@pytest.mark.parametrize("zgw", [{}, {"zgw": "on"}], ids=["eigen", "standaard"])
def test_de_sleutel_staat_alleen_in_dat_ene_antwoord(
    beheerder: Client, zaken: Toepassing, zgw: dict[str, str]
) -> None:
    """Not in the session either, where a message would wait for a next page that may not come."""
    antwoord = geef(beheerder, zaken, follow=False, **zgw)
    [sleutel] = re.findall(r"<code>([\w-]{50,})</code>", antwoord.content.decode())
    assert "no-store" in antwoord["Cache-Control"]
    assert sleutel not in str(dict(beheerder.session.items()))
    assert sleutel not in beheerder.get(f"{PAD}/token/").content.decode()


def test_een_token_intrekken_vraagt_een_reden(beheerder: Client, zaken: Toepassing) -> None:
    geef(beheerder, zaken)
    token = Token.objects.get()
    actie = {"action": "trek_in", "_selected_action": [token.pk]}
    beheerder.post(f"{PAD}/token/", {**actie, "reden": ""})
    token.refresh_from_db()
    assert token.ingetrokken_op is None
    beheerder.post(f"{PAD}/token/", {**actie, "reden": "gelekt"})
    token.refresh_from_db()
    assert token.ingetrokken_op is not None


def test_elke_handeling_staat_in_het_spoor(beheerder: Client, zaken: Toepassing) -> None:
    geef(beheerder, zaken)
    beheerder.post(
        f"{PAD}/toepassing/{zaken.pk}/change/", {**TOEPASSING, "actief": "", "reden": "gestopt"}
    )
    spoor = Rechtenhandeling.objects.order_by("pk").values_list("soort", "reden")
    assert list(spoor) == [
        ("toepassing.gemaakt", "livegang"),
        ("token.gegeven", "koppeling"),
        ("toepassing.gewijzigd", "gestopt"),
    ]


def test_een_gestopte_toepassing_is_meteen_buiten(beheerder: Client, zaken: Toepassing) -> None:
    [sleutel] = re.findall(r"er_[0-9a-f]{8}_[\w-]{43}", geef(beheerder, zaken).content.decode())
    zonder = {**TOEPASSING, "reden": "gestopt"}
    del zonder["actief"]
    beheerder.post(f"{PAD}/toepassing/{zaken.pk}/change/", zonder)
    assert Vrager(sleutel).get("/api/v1/klanten").status_code == 401


@pytest.mark.lang
@pytest.mark.parametrize(
    "anders", [{"reden": ""}, {"scopes": ["alles"]}, {"doelen": ["zomaar"]}, {"netwerken": "hier"}]
)
def test_een_recht_dat_niet_kan_wordt_niet_gegeven(
    beheerder: Client, zaken: Toepassing, anders: dict[str, Any]
) -> None:
    assert geef(beheerder, zaken, **anders).status_code == 200
    assert not Token.objects.exists()


def test_een_zgw_geheim_vraagt_een_client_id(beheerder: Client, zaken: Toepassing) -> None:
    Toepassing.objects.update(client_id=None)
    geef(beheerder, zaken, zgw="on")
    assert not Token.objects.exists()
    Toepassing.objects.update(client_id="zaken")
    geef(beheerder, zaken, zgw="on")
    assert Token.objects.get().geheim


@pytest.mark.parametrize("pad", ["/token/1/change/", "/token/1/delete/", "/toepassing/1/delete/"])
def test_wijzigen_en_verwijderen_bestaan_niet(beheerder: Client, pad: str) -> None:
    assert beheerder.post(f"{PAD}{pad}").status_code in {302, 403}


def test_een_inwoner_komt_er_niet_bij(client: Client) -> None:
    inloggen(client, "noor")
    assert client.get(f"{PAD}/token/").status_code == 302
