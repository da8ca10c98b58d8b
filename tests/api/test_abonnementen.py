"""Abonnementen door de API: inloggen bij de ontvanger, wijzigen, geheimen wisselen, proberen."""

from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import serialization
from django.utils import timezone

from portal.klanten.regels import NieuweNaam
from portal.webhooks.geheimen import geheim_van, inlog_van
from portal.webhooks.models import Abonnement, Beheerhandeling
from tests.api.conftest import OMAR, Vrager, registreer
from tests.api.test_beheren import ABONNEMENT, ontvanger  # noqa: F401 - the fixture
from tests.webhooks.tls import Uitgever

pytestmark = pytest.mark.django_db
ALLE = "/api/v1/abonnementen"
UITGEVER = Uitgever()
CERTIFICAAT, SLEUTEL = UITGEVER.geef("zaken.waterveen.example")
TOKENADRES = "https://inloggen.example.nl/token"
INLOGGEN = {
    "bearer": {"kop": "Bearer zeer-geheim"},
    "oauth2": {"tokenUrl": TOKENADRES, "clientId": "portaal", "clientSecret": "zeer-geheim"},
    "mtls": {"certificaat": CERTIFICAAT, "sleutel": SLEUTEL},
    "zgw": {"clientId": "portaal", "geheim": "zeer-geheim"},
}
BEARER = {"inlog": {"wijze": "bearer", **INLOGGEN["bearer"]}}


def maak(vrager: Vrager, **keuzes: Any) -> str:
    """Een abonnement van het zaaksysteem; geeft zijn adres in de API."""
    gemaakt = vrager.stuur(ALLE, {**ABONNEMENT, **keuzes})
    assert gemaakt.status_code == 201, gemaakt.content
    return f"{ALLE}/{gemaakt.json()['id']}"


def wijzig(vrager: Vrager, pad: str, etag: str = "*", **keuzes: Any) -> Any:
    """Een `PATCH` door wie deze stand zag."""
    return vrager.patch(
        pad, {"reden": "verhuisd", **keuzes}, content_type="application/json",
        headers={"If-Match": etag} if etag else {},
    )  # fmt: skip


@pytest.mark.parametrize("wijze", INLOGGEN)
def test_hoe_wij_inloggen_gaat_erin_en_komt_er_nooit_uit(zaaksysteem: Vrager, wijze: str) -> None:
    keuzes = {"inlog": {"wijze": wijze, **INLOGGEN[wijze]}, "eigenCa": UITGEVER.pem}
    gemaakt = zaaksysteem.stuur(ALLE, {**ABONNEMENT, **keuzes})
    pad = f"{ALLE}/{gemaakt.json()['id']}"
    gewijzigd = wijzig(zaaksysteem, pad, naam="Zaken")
    for antwoord in (gemaakt, zaaksysteem.get(pad), zaaksysteem.get(ALLE), gewijzigd):
        tekst = antwoord.content.decode()
        assert antwoord.status_code in {200, 201}
        assert "zeer-geheim" not in tekst
        assert "PRIVATE KEY" not in tekst
        assert TOKENADRES not in tekst
    assert (gewijzigd.json()["inlogwijze"], gewijzigd.json()["eigenCa"]) == (wijze, UITGEVER.pem)
    bewaard = inlog_van(Abonnement.objects.get().inlog_verzegeld)
    assert list(bewaard.values()) == list(INLOGGEN[wijze].values())


@pytest.mark.parametrize(
    ("keuzes", "veld"),
    [
        ({"inlog": {"wijze": "bearer"}}, "inlog.bearer.kop"),
        ({"inlog": {"wijze": "bearer", "kop": "Bearer a\r\nX-Anders: 1"}}, "inlog.bearer.kop"),
        ({"inlog": {"wijze": "basic", "kop": "x"}}, "inlog"),
        ({"inlog": {"wijze": "geen", "kop": "x"}}, "inlog.geen.kop"),
        ({"inlog": {"wijze": "mtls", "certificaat": "geen", "sleutel": "pem"}}, "inlog"),
        ({"eigenCa": "geen pem"}, "eigenCa"),
        ({"eigenCa": "\u00c5"}, "eigenCa"),
        ({"wachttijd": 16}, "wachttijd"),
        ({"gelijktijdig": 0}, "gelijktijdig"),
        ({"perMinuut": 0}, "perMinuut"),
    ],
)
def test_wat_niet_kan_wordt_bij_zijn_veld_gezegd(
    zaaksysteem: Vrager, keuzes: dict[str, Any], veld: str
) -> None:
    pad = maak(zaaksysteem)
    nieuw = zaaksysteem.stuur(ALLE, {**ABONNEMENT, **keuzes})
    for antwoord in (nieuw, wijzig(zaaksysteem, pad, **keuzes)):
        assert antwoord.status_code == 400
        assert [fout["name"] for fout in antwoord.json()["invalidParams"]] == [veld]
    assert Abonnement.objects.count() == 1


def test_de_lijst_kost_niet_meer_naarmate_er_meer_zijn(
    zaaksysteem: Vrager, noor: UUID, django_assert_max_num_queries: Any
) -> None:
    """With how many messages wait, as each of them says on its own."""
    for _ in range(5):
        maak(zaaksysteem)
    Abonnement.objects.update(status=Abonnement.Status.ACTIEF)
    registreer(OMAR, NieuweNaam("Omar"))
    with django_assert_max_num_queries(3):
        alle = zaaksysteem.get(ALLE).json()["abonnementen"]
    assert [a["openstaand"] for a in alle] == [1] * 5
    assert alle == [zaaksysteem.get(f"{ALLE}/{a['id']}").json() for a in alle]


def test_een_tokenadres_van_binnen_wordt_geweigerd(zaaksysteem: Vrager) -> None:
    inlog = {"wijze": "oauth2", **INLOGGEN["oauth2"], "tokenUrl": "https://10.0.0.1/token"}
    assert zaaksysteem.stuur(ALLE, {**ABONNEMENT, "inlog": inlog}).status_code == 400
    assert not Abonnement.objects.exists()


def test_een_sleutel_achter_een_wachtwoord_komt_er_niet_in(zaaksysteem: Vrager) -> None:
    open_ = serialization.load_pem_private_key(SLEUTEL.encode(), None)
    dicht = open_.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"geheim"),
    ).decode()
    inlog = {"wijze": "mtls", "certificaat": CERTIFICAAT, "sleutel": dicht}
    assert zaaksysteem.stuur(ALLE, {**ABONNEMENT, "inlog": inlog}).status_code == 400


def test_wie_wijzigt_zag_de_laatste_stand_en_verandert_alleen_wat_hij_noemt(
    zaaksysteem: Vrager,
) -> None:
    pad = maak(zaaksysteem, soorten=["klant.gewijzigd"], perMinuut=60, **BEARER)
    gezien = zaaksysteem.get(pad)
    assert wijzig(zaaksysteem, pad, "", wachttijd=9).status_code == 428
    assert wijzig(zaaksysteem, pad, '"oud"', wachttijd=9).status_code == 412
    eerst = wijzig(zaaksysteem, pad, gezien["ETag"], wachttijd=9, perMinuut=None)
    assert wijzig(zaaksysteem, pad, gezien["ETag"], wachttijd=8).status_code == 412
    assert eerst.json() == gezien.json() | {"wachttijd": 9, "perMinuut": None}
    assert eerst["ETag"] == zaaksysteem.get(pad)["ETag"]
    assert inlog_van(Abonnement.objects.get().inlog_verzegeld) == INLOGGEN["bearer"]
    alles = wijzig(zaaksysteem, pad, eerst["ETag"], soorten=[], inlog={"wijze": "geen"}).json()
    assert (len(alles["soorten"]), alles["inlogwijze"]) == (6, "geen")
    assert Abonnement.objects.get().inlog_verzegeld == ""
    soorten = Beheerhandeling.objects.order_by("pk").values_list("soort", "reden")
    assert list(soorten)[1:] == [("gewijzigd", "verhuisd")] * 2


def test_naar_een_ander_adres_reist_geen_inlog_mee_die_niemand_mag_lezen(
    zaaksysteem: Vrager,
) -> None:
    pad = maak(zaaksysteem, **BEARER)
    elders = {"url": "https://elders.example.nl/berichten"}
    geweigerd = wijzig(zaaksysteem, pad, **elders)
    assert geweigerd.json()["invalidParams"][0]["name"] == "inlog"
    assert wijzig(zaaksysteem, pad, url=ABONNEMENT["url"]).status_code == 200
    Abonnement.objects.update(status="actief", bevestigde_url=ABONNEMENT["url"])
    gewijzigd = wijzig(zaaksysteem, pad, **elders, **BEARER).json()
    assert (gewijzigd["url"], gewijzigd["status"]) == (elders["url"], "gepauzeerd")
    assert "handdruk" in gewijzigd["reden"]


@pytest.mark.parametrize(("handeling", "samen"), [("_roteer", 2), ("_gelekt", 1)])
def test_een_nieuw_geheim_is_een_keer_te_zien(
    zaaksysteem: Vrager, handeling: str, samen: int
) -> None:
    pad = maak(zaaksysteem)
    antwoord = zaaksysteem.stuur(f"{pad}/{handeling}", {"reden": "elk jaar"})
    geheim = antwoord.json()["geheim"]
    assert "no-store" in antwoord["Cache-Control"]
    assert geheim not in zaaksysteem.get(pad).content.decode()
    rijen = Abonnement.objects.get().geheimen.order_by("pk")
    geldig = [r for r in rijen if r.geldig_tot is None or r.geldig_tot > timezone.now()]
    assert len(geldig) == samen
    assert geheim_van(geldig[-1].waarde_verzegeld) == geheim
    assert Beheerhandeling.objects.latest("pk").reden == "elk jaar"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("echte_transacties")
def test_een_testbericht_verandert_niets_en_zegt_wat_de_ontvanger_deed(
    zaaksysteem: Vrager,
    ontvanger: str,  # noqa: F811 - the fixture
) -> None:
    pad = maak(zaaksysteem, url=f"{ontvanger}/berichten")
    uitslag = zaaksysteem.stuur(f"{pad}/_test", {"reden": "proef"}).json()
    assert (uitslag["gelukt"], uitslag["abonnement"]["status"]) == (True, "concept")
    assert uitslag["waarschuwingen"] == ["De ontvanger controleert de handtekening niet."]


def test_met_wat_beeindigd_is_kan_niets_meer(zaaksysteem: Vrager) -> None:
    pad = maak(zaaksysteem)
    zaaksysteem.delete(pad, headers={"If-Match": "*"})
    for handeling in ("_test", "_handdruk", "_roteer", "_gelekt", "_pauzeer", "_hervat"):
        assert zaaksysteem.stuur(f"{pad}/{handeling}", {"reden": "toch"}).status_code == 409
    assert wijzig(zaaksysteem, pad, naam="Anders").status_code == 409
