"""Te veel vragen, raden en trage databanken: een nette weigering, en iemand hoort ervan."""

import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.utils import timezone

from tests.api.conftest import OP, Vrager
from tests.api.test_jwt import BASIS as ZGW
from tests.api.test_jwt import maak_client, teken

BASIS = "/api/v1/klanten"


def test_te_veel_vragen_is_429_met_het_moment_waarop_het_weer_mag(
    geef: Callable[..., str], noor: UUID, settings: object
) -> None:
    settings.API_PER_MINUUT = 2  # type: ignore[attr-defined]
    vrager, ander = Vrager(geef()), Vrager(geef())
    with time_machine.travel(OP, tick=False) as klok:
        statussen = [vrager.get(f"{BASIS}/{noor}").status_code for _ in range(3)]
        teveel = vrager.get(f"{BASIS}/{noor}")
        assert statussen == [200, 200, 429]
        assert (teveel.json()["code"], teveel["Retry-After"]) == ("throttled", "60")
        assert ander.get(f"{BASIS}/{noor}").status_code == 200
        klok.shift(timedelta(seconds=61))
        assert vrager.get(f"{BASIS}/{noor}").status_code == 200


def test_zoeken_heeft_een_eigen_lagere_grens(zaaksysteem: Vrager, settings: object) -> None:
    settings.API_ZOEKEN_PER_MINUUT = 1  # type: ignore[attr-defined]
    vraag = {"klantnummer": "1"}
    statussen = [zaaksysteem.stuur(f"{BASIS}/_zoek", vraag).status_code for _ in range(2)]
    assert statussen == [200, 429]
    assert zaaksysteem.get(BASIS).status_code == 200


def alarmen(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the API itself told whoever watches."""
    return [r.message for r in caplog.records if r.name.startswith("portal.api")]


def test_wie_raadt_wordt_gemeld(
    zaaksysteem: Vrager, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.API_MISSERS_PER_UUR = 2  # type: ignore[attr-defined]
    with caplog.at_level(logging.WARNING, "portal.api"):
        for _ in range(3):
            assert zaaksysteem.get(f"{BASIS}/{uuid4()}").status_code == 404
    assert alarmen(caplog) == ["api.alarm.raden"]


def _raad(vrager: Vrager, manier: str) -> object:
    """One guess at something that is not there, each time another."""
    match manier:
        case "zoeken":
            return vrager.stuur(f"{BASIS}/_zoek", {"telefoon": "+31699999999"})
        case "grond":
            pad = f"{BASIS}/{uuid4()}/bewaargronden/zaak-1"
            return vrager.put(pad, {"tot": None}, content_type="application/json",
                              headers={"If-None-Match": "*"})  # fmt: skip
        case "referentie":
            return vrager.stuur("/api/v1/interacties/_zoek", {"referentie": "BCDFGHJKMN"})
        case "sluiten":
            return vrager.stuur(f"/api/v1/interacties/{uuid4()}/_sluit", {})
    return vrager.get(f"{BASIS}/{uuid4()}/klantbeeld")


@pytest.mark.parametrize("manier", ["zoeken", "grond", "sluiten", "referentie", "klantbeeld"])
def test_elke_manier_van_raden_telt(
    zaaksysteem: Vrager, settings: object, caplog: pytest.LogCaptureFixture, manier: str
) -> None:
    """Also an empty search, and an act whose transaction is rolled back by the refusal."""
    settings.API_MISSERS_PER_UUR = 2  # type: ignore[attr-defined]
    for _ in range(2):
        _raad(zaaksysteem, manier)
    assert alarmen(caplog) == []
    _raad(zaaksysteem, manier)
    assert alarmen(caplog) == ["api.alarm.raden"]


@pytest.mark.parametrize("manier", ["lijst", "zoek", "wijzigen"])
def test_raden_telt_ook_op_het_koppelvlak_van_de_standaard(
    db: None, settings: object, caplog: pytest.LogCaptureFixture, manier: str
) -> None:
    settings.API_MISSERS_PER_UUR = 1  # type: ignore[attr-defined]
    vrager = Vrager(teken(maak_client()), doel=None)
    doe = {
        "lijst": lambda: vrager.get(ZGW, {"klantnummer": "1"}),
        "zoek": lambda: vrager.stuur(f"{ZGW}/_zoek", {"telefoonnummer": "+31699999999"}),
        "wijzigen": lambda: vrager.delete(f"{ZGW}/{uuid4()}"),
    }[manier]
    doe()
    assert alarmen(caplog) == []
    doe()
    assert alarmen(caplog) == ["api.alarm.raden"]


@pytest.mark.parametrize("manier", ["bladzijde 1", "bladzijde 2"])
def test_een_leeg_zoeken_telt_een_keer_en_het_alarm_gaat_een_keer(
    db: None, settings: object, caplog: pytest.LogCaptureFixture, manier: str
) -> None:
    settings.API_MISSERS_PER_UUR = 2  # type: ignore[attr-defined]
    vrager = Vrager(teken(maak_client()), doel=None)
    vraag = {"klantnummer": "1", "page": manier[-1]}
    gehoord = []
    for _ in range(5):
        vrager.get(ZGW, vraag)
        gehoord.append(len(alarmen(caplog)))
    assert gehoord == [0, 0, 1, 1, 1]


def test_een_lege_lijst_of_volgende_bladzijde_is_geen_raden(
    zaaksysteem: Vrager, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.API_MISSERS_PER_UUR = 1  # type: ignore[attr-defined]
    vrager = Vrager(teken(maak_client()), doel=None)
    for _ in range(3):
        assert zaaksysteem.get(BASIS).status_code == vrager.get(ZGW).status_code == 200
    assert alarmen(caplog) == []


def test_een_lijst_met_een_filter_is_zoeken(
    db: None, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.API_ZOEKEN_PER_MINUUT = 1  # type: ignore[attr-defined]
    vrager = Vrager(teken(maak_client()), doel=None)
    vragen = [{"klantnummer": "1"}, {"klantnummer": "2", "page": 1}, {}, {"page": 1}]
    assert [vrager.get(ZGW, vraag).status_code for vraag in vragen] == [200, 429, 200, 200]


@pytest.mark.parametrize(
    ("netwerken", "status"),
    [(["127.0.0.0/8"], 200), (["10.0.0.0/8"], 403), (["::1/128", "127.0.0.1/32"], 200)],
)
def test_een_token_werkt_alleen_vanaf_zijn_netwerk(
    geef: Callable[..., str], netwerken: list[str], status: int
) -> None:
    assert Vrager(geef(netwerken=netwerken)).get(BASIS).status_code == status


@pytest.mark.parametrize(
    ("achter_proxy", "kop", "status"),
    [(True, "1.1.1.1, 10.0.0.7", 200), (True, "10.0.0.7, 1.1.1.1", 403), (False, "10.0.0.7", 403)],
)
def test_achter_een_proxy_telt_het_netwerk_dat_onze_proxy_zag(
    geef: Callable[..., str], settings: object, achter_proxy: bool, kop: str, status: int
) -> None:
    settings.ACHTER_PROXY = achter_proxy  # type: ignore[attr-defined]
    vrager = Vrager(geef(netwerken=["10.0.0.0/8"]))
    assert vrager.get(BASIS, headers={"X-Forwarded-For": kop}).status_code == status


def test_een_verlopen_token_is_401(geef: Callable[..., str]) -> None:
    verlopen = geef(verloopt_op=timezone.now() - timedelta(seconds=1))
    assert Vrager(verlopen).get(BASIS).status_code == 401


@pytest.mark.uitgangspunt("USE-7")
def test_wie_te_laag_is_vastgelegd_is_niet_te_vinden(
    zaaksysteem: Vrager, noor: UUID, settings: object
) -> None:
    settings.API_MINIMUMNIVEAU = 40  # type: ignore[attr-defined]
    assert zaaksysteem.get(f"{BASIS}/{noor}").status_code == 404
    assert zaaksysteem.get(BASIS).json()["klanten"] == []


def test_een_fout_bij_ons_verraadt_niets(
    zaaksysteem: Vrager, noor: UUID, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def stuk(*_: object, **__: object) -> None:
        raise ValueError("het nummer is 999990019")

    monkeypatch.setattr("portal.api.vorm.klant", stuk)
    antwoord = zaaksysteem.get(f"{BASIS}/{noor}")
    assert (antwoord.status_code, antwoord.json()["code"]) == (500, "error")
    assert "999990019" not in antwoord.content.decode() + caplog.text
    [regel] = [r for r in caplog.records if r.message == "api.fout"]
    assert vars(regel)["nummer"] == antwoord.json()["instance"]


def test_elk_antwoord_draagt_de_versie_en_wordt_niet_bewaard(
    zaaksysteem: Vrager, noor: UUID, client: Vrager
) -> None:
    antwoorden = [
        zaaksysteem.get(f"{BASIS}/{noor}"),
        client.get(BASIS),
        client.get("/api/v1/openapi.json"),
        client.get("/api/v1/bestaat-niet"),
    ]
    assert {a["API-Version"] for a in antwoorden} == {"1.0.0"}
    assert {a["Cache-Control"] for a in antwoorden} == {"no-store"}
    assert not any(a.cookies for a in antwoorden)


@pytest.mark.parametrize(
    ("aanvaardt", "status"),
    [
        ("text/html, application/json;q=0", 406),
        ("application/xml", 406),
        ("rommel", 406),
        ("application/json; charset=utf-8", 200),
        ("text/html, application/*;q=0.1", 200),
        ("*/*", 200),
        ("", 200),
    ],
)
def test_wie_geen_json_aanneemt_krijgt_406(
    zaaksysteem: Vrager, aanvaardt: str, status: int
) -> None:
    """On every address of every surface: the gate looks before anything is read."""
    zgw = Vrager(teken(maak_client()), doel=None)
    wegen = [(zaaksysteem, BASIS), (zgw, ZGW), (zgw, "/notificaties/api/v1/abonnement")]
    for vrager, pad in [*wegen, (zaaksysteem, "/api/v1/openapi.json")]:
        antwoord = vrager.get(pad, headers={"Accept": aanvaardt})
        assert antwoord.status_code == status
        assert status == 200 or antwoord.json()["code"] == "not_acceptable"


def test_het_document_is_open_voor_elke_herkomst(client: Vrager) -> None:
    for basis in ("/api/v1", "/klanten/api/v1", "/notificaties/api/v1"):
        antwoord = client.get(f"{basis}/openapi.json")
        assert antwoord["Access-Control-Allow-Origin"] == "*"
        assert antwoord.json()["openapi"].startswith("3.1")
        assert client.post(f"{basis}/openapi.json").status_code == 405
