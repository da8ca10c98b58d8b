"""Abonneren in de vorm van de Notificaties API van VNG, getoetst aan haar eigen bestand."""

from typing import Any
from uuid import uuid4

import pytest

from portal.api.compat.notificaties import notificaties
from portal.webhooks import beheer, handdruk
from portal.webhooks.abonnementgegevens import Abonnementgegevens, gegevens_van
from portal.webhooks.bestemming import eis_url
from portal.webhooks.geheimen import inlog_van
from portal.webhooks.models import Abonnement, Beheerhandeling
from tests.api.conftest import OP, Vrager
from tests.api.test_jwt import maak_client, teken
from tests.contract import Contract
from tests.mensen import HEUVELLAND
from tests.nep_abonnee import NepAbonnee

pytestmark = pytest.mark.lang

BASIS = "/notificaties/api/v1"
LIJST = f"{BASIS}/abonnement"
AUTH = "Bearer van-het-zaaksysteem"
MENSEN = [{"naam": "klanten", "filters": {"subjectType": "natuurlijk_persoon"}}]
ALLES = [{"naam": "klanten", "filters": {}}]
ABONNEE = {
    "callbackUrl": "https://zaken.example.nl/notificaties",
    "auth": AUTH,
    "kanalen": MENSEN,
}


def _standaard() -> Contract:
    """VNG's file with the one difference of docs/api.md: no answer of ours holds `auth`."""
    bestand = Contract("notificaties-1.0.1.json")
    bestand.document["components"]["schemas"]["Abonnement"]["properties"]["auth"]["writeOnly"] = (
        True
    )
    return bestand


STANDAARD = _standaard()


class Abonneevrager(Vrager):
    """A system that holds every answer against the file of the standard."""

    def generic(self, method: str, path: str, *args: Any, **kwargs: Any) -> Any:
        antwoord = super().generic(method, path, *args, **kwargs)
        treffer = STANDAARD.zoek(method, path.removeprefix(BASIS))
        assert treffer is not None
        inhoud = antwoord.json() if antwoord.content else None
        assert STANDAARD.mankementen_antwoord(treffer, antwoord.status_code, inhoud) == []
        assert antwoord["API-Version"] == "1.0.1"
        return antwoord

    def zet(self, pad: str, methode: str = "put", **anders: Any) -> Any:
        """PUT the whole, or PATCH only what is named."""
        vraag = {**ABONNEE, **anders} if methode == "put" else anders
        return getattr(self, methode)(pad, vraag, content_type="application/json")


def vrager(client_id: str = "zaaksysteem", **rechten: Any) -> Abonneevrager:
    geheim = maak_client(client_id, **rechten)
    return Abonneevrager(teken(geheim, client_id=client_id), doel=None)


def abonneer(client_id: str = "zaaksysteem", wie: Vrager | None = None, **anders: Any) -> str:
    """Laat deze client zich abonneren; geef het pad van zijn abonnement."""
    gemaakt = (wie or vrager(client_id)).stuur(LIJST, {**ABONNEE, **anders})
    assert gemaakt.status_code == 201, gemaakt.content
    return LIJST + "/" + str(gemaakt.json()["url"]).rsplit("/", 1)[1]


@pytest.fixture
def proeven(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Each receiver that is tried, and with which `auth`; the calls themselves stand below."""
    gedaan: list[tuple[str, str]] = []

    def doe(gegevens: Abonnementgegevens) -> handdruk.Uitslag:
        eis_url(gegevens.url)
        gedaan.append((gegevens.url, gegevens.inlog["kop"]))
        return handdruk.Uitslag(aangekomen=True)

    monkeypatch.setattr(handdruk, "proef", doe)
    return gedaan


@pytest.fixture
def zaaksysteem(db: None, proeven: object) -> Abonneevrager:
    return vrager()


def velden(antwoord: Any) -> list[tuple[str, str]]:
    assert antwoord.status_code == 400
    return [(fout["name"], fout["code"]) for fout in antwoord.json()["invalidParams"]]


def test_wie_zich_abonneert_is_meteen_actief_en_hoort_alleen_wat_hij_vroeg(
    zaaksysteem: Abonneevrager, proeven: list[tuple[str, str]], settings: Any
) -> None:
    gemaakt = zaaksysteem.stuur(LIJST, ABONNEE)
    rij = Abonnement.objects.get()
    url = f"{settings.PORTAAL_URL}{LIJST}/{rij.uuid}"
    assert gemaakt["Location"] == url
    assert gemaakt.json() == {"url": url, "callbackUrl": ABONNEE["callbackUrl"], "kanalen": MENSEN}
    assert (rij.status, rij.vorm, rij.subjectsoorten) == (
        "actief", "vng_abonnee", ["natuurlijk_persoon"],
    )  # fmt: skip
    assert "melding.ontvangen" not in rij.soorten
    assert proeven == [(ABONNEE["callbackUrl"], AUTH)]
    soorten = Beheerhandeling.objects.order_by("pk").values_list("soort", flat=True)
    assert list(soorten) == ["gemaakt", "bevestigd"]


def test_auth_ligt_verzegeld_en_staat_in_geen_enkel_antwoord(zaaksysteem: Abonneevrager) -> None:
    gemaakt = zaaksysteem.stuur(LIJST, ABONNEE)
    pad = f"{LIJST}/{gemaakt.json()['url'].rsplit('/', 1)[1]}"
    antwoorden = [gemaakt, zaaksysteem.get(LIJST), zaaksysteem.get(pad), zaaksysteem.zet(pad)]
    assert not any(b"van-het-zaaksysteem" in antwoord.content for antwoord in antwoorden)
    rij = Abonnement.objects.get()
    assert "van-het" not in rij.inlog_verzegeld
    assert inlog_van(rij.inlog_verzegeld) == {"kop": AUTH}


@pytest.mark.parametrize(
    ("kanalen", "soorten", "terug"),
    [
        (ALLES, [], ALLES),
        ([{"naam": "klanten"}], [], ALLES),
        ([{"naam": "klanten", "filters": {"subjectType": "*"}}], [], ALLES),
        ([*MENSEN, *ALLES], [], ALLES),
        ([*MENSEN, *MENSEN], ["natuurlijk_persoon"], MENSEN),
    ],
    ids=["leeg", "zonder", "ster", "een van beide alles", "dubbel"],
)
def test_filters_worden_onze_subjectsoorten(
    zaaksysteem: Abonneevrager, kanalen: Any, soorten: list[str], terug: Any
) -> None:
    pad = abonneer(wie=zaaksysteem, kanalen=kanalen)
    assert Abonnement.objects.get().subjectsoorten == soorten
    assert zaaksysteem.get(pad).json()["kanalen"] == terug


@pytest.mark.parametrize(
    ("anders", "naam", "code"),
    [
        ({"kanalen": [{"naam": "zaken"}]}, "kanalen.0.naam", "kanaal_naam"),
        (
            {"kanalen": [*MENSEN, {"naam": "klanten", "filters": {"zaaktype": "*"}}]},
            "kanalen.1.filters",
            "inconsistent-abonnement-filters",
        ),
        (
            {"kanalen": [{"naam": "klanten", "filters": {"subjectType": "dier"}}]},
            "kanalen.0.filters.subjectType",
            "invalid_choice",
        ),
        ({"kanalen": []}, "kanalen", "min_length"),
        ({"auth": "Bearer a\r\nX-Erbij: 1"}, "auth", "invalid"),
        ({"auth": ""}, "auth", "min_length"),
        ({"callbackUrl": "https://127.0.0.1/intern"}, "callbackUrl", "invalid"),
        ({"callbackUrl": "https://10.0.0.8/intern"}, "callbackUrl", "invalid"),
        ({"callbackUrl": "http://zaken.example.nl/"}, "callbackUrl", "invalid"),
        ({"iets": "anders"}, "iets", "unknown-parameters"),
    ],
)
def test_wat_niet_kan_is_400_en_er_wordt_niemand_geprobeerd(
    zaaksysteem: Abonneevrager, proeven: list[Any], anders: Any, naam: str, code: str
) -> None:
    assert velden(zaaksysteem.stuur(LIJST, {**ABONNEE, **anders})) == [(naam, code)]
    assert (Abonnement.objects.count(), proeven) == (0, [])


@pytest.mark.parametrize("methode", ["put", "patch"])
def test_een_wijziging_wordt_eerst_geprobeerd_en_geldt_dan(
    zaaksysteem: Abonneevrager, proeven: list[tuple[str, str]], methode: str
) -> None:
    pad = abonneer(wie=zaaksysteem)
    nieuw = {"callbackUrl": "https://elders.example.nl/", "kanalen": ALLES}
    antwoord = zaaksysteem.zet(pad, methode, **nieuw)
    rij = Abonnement.objects.get()
    assert (antwoord.status_code, antwoord.json()["callbackUrl"]) == (200, nieuw["callbackUrl"])
    assert (rij.status, rij.url, rij.bevestigde_url) == ("actief", nieuw["callbackUrl"], rij.url)
    assert proeven[-1] == (nieuw["callbackUrl"], AUTH)
    assert zaaksysteem.get(pad).json()["kanalen"] == ALLES


def test_met_patch_verandert_alleen_wat_erin_staat(
    zaaksysteem: Abonneevrager, proeven: list[tuple[str, str]]
) -> None:
    pad = abonneer(wie=zaaksysteem)
    antwoord = zaaksysteem.zet(pad, "patch", auth="Token nieuw")
    assert antwoord.json()["kanalen"] == MENSEN
    assert proeven[-1] == (ABONNEE["callbackUrl"], "Token nieuw")
    assert inlog_van(Abonnement.objects.get().inlog_verzegeld) == {"kop": "Token nieuw"}


def test_wat_wij_antwoorden_mag_met_auth_erbij_zo_terug(zaaksysteem: Abonneevrager) -> None:
    pad = abonneer(wie=zaaksysteem)
    vorm = zaaksysteem.get(pad).json()
    assert zaaksysteem.zet(pad, **vorm).json() == vorm


def test_wat_de_ontvanger_weigert_verandert_niets(
    zaaksysteem: Abonneevrager, monkeypatch: pytest.MonkeyPatch
) -> None:
    pad = abonneer(wie=zaaksysteem)
    nee = handdruk.Uitslag(fout="nee", code="no-auth-on-callback-url")
    monkeypatch.setattr(handdruk, "proef", lambda _: nee)
    antwoord = zaaksysteem.zet(pad, "patch", callbackUrl="https://elders.example.nl/")
    assert velden(antwoord) == [("callbackUrl", "no-auth-on-callback-url")]
    assert Abonnement.objects.get().url == ABONNEE["callbackUrl"]


def test_wat_een_beheerder_stilzette_zet_het_systeem_niet_weer_aan(
    zaaksysteem: Abonneevrager, proeven: list[Any]
) -> None:
    pad = abonneer(wie=zaaksysteem)
    door = beheer.Door(wie="beheerder", reden="onderzoek", op=OP)
    beheer.pauzeer(Abonnement.objects.get().pk, door=door)
    assert zaaksysteem.zet(pad).status_code == 409
    assert (Abonnement.objects.get().status, len(proeven)) == ("gepauzeerd", 1)


def test_wie_tussendoor_gewijzigd_is_wordt_niet_overschreven(
    zaaksysteem: Abonneevrager, monkeypatch: pytest.MonkeyPatch
) -> None:
    pad = abonneer(wie=zaaksysteem)

    def ander_was_eerst(_: object) -> handdruk.Uitslag:
        Abonnement.objects.update(subjectsoorten=["vestiging"])
        return handdruk.Uitslag(aangekomen=True)

    monkeypatch.setattr(handdruk, "proef", ander_was_eerst)
    assert zaaksysteem.zet(pad, "patch", auth="Token nieuw").status_code == 409
    rij = Abonnement.objects.get()
    assert (rij.subjectsoorten, inlog_van(rij.inlog_verzegeld)) == (["vestiging"], {"kop": AUTH})


def test_na_opzeggen_is_het_er_niet_meer(zaaksysteem: Abonneevrager) -> None:
    pad = abonneer(wie=zaaksysteem)
    assert zaaksysteem.delete(pad).status_code == 204
    vragen = (zaaksysteem.get(pad), zaaksysteem.zet(pad), zaaksysteem.delete(pad))
    assert [antwoord.status_code for antwoord in vragen] == [404] * 3
    assert zaaksysteem.get(LIJST).json() == []
    assert Abonnement.objects.get().status == "ingetrokken"


@pytest.mark.uitgangspunt("PUR-2")
@pytest.mark.parametrize("organisatie", ["", HEUVELLAND])
def test_een_abonnement_van_een_andere_toepassing_bestaat_niet(
    zaaksysteem: Abonneevrager, organisatie: str
) -> None:
    pad = abonneer(wie=zaaksysteem)
    ander = vrager("archief", organisatie=organisatie)
    assert ander.get(LIJST).json() == []
    vragen = (ander.get(pad), ander.zet(pad), ander.zet(pad, "patch"), ander.delete(pad))
    assert [antwoord.status_code for antwoord in vragen] == [404] * 4
    assert Abonnement.objects.get().status == "actief"


def test_wat_een_beheerder_maakte_is_van_geen_toepassing(zaaksysteem: Abonneevrager) -> None:
    abonneer(wie=zaaksysteem)
    gegevens = gegevens_van(Abonnement.objects.get())
    rij, _ = beheer.maak(gegevens, door=beheer.Door(wie="beheerder", reden="proef", op=OP))
    assert zaaksysteem.get(f"{LIJST}/{rij.uuid}").status_code == 404


@pytest.mark.uitgangspunt("PUR-2")
def test_zonder_de_scope_van_de_standaard_komt_niemand_erin(zaaksysteem: Abonneevrager) -> None:
    anders = vrager("ander", scopes=["klanten.lezen", "abonnementen.beheren"])
    assert anders.stuur(LIJST, ABONNEE).status_code == 403
    assert Abonneevrager("geen.jwt", doel=None).get(LIJST).status_code == 401
    assert not Abonnement.objects.exists()


@pytest.mark.parametrize("pad", ["/abonnement", "/abonnement/{uuid}"])
def test_elke_operatie_staat_in_ons_document_met_statussen_en_scope(pad: str) -> None:
    ons = dict(notificaties.get_openapi_schema())["paths"][pad]
    vng = {m: o for m, o in STANDAARD.document["paths"][pad].items() if m != "parameters"}
    assert set(ons) == set(vng)
    for methode, operatie in vng.items():
        assert ons[methode]["operationId"] == operatie["operationId"]
        assert set(operatie["responses"]) <= set(ons[methode]["responses"])
        [recht], [eigen] = operatie["security"], ons[methode]["security"]
        assert eigen["ZgwRecht"][0] in recht["JWT-Claims"][0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("wil", "geeft", "code"),
    [("", AUTH, "no-auth-on-callback-url"), ("Bearer iets-anders", AUTH, "invalid-callback-url")],
    ids=["neemt alles aan", "kent deze auth niet"],
)
def test_een_ontvanger_die_de_proef_niet_doorstaat_krijgt_geen_abonnement(
    echte_transacties: None, settings: Any, wil: str, geeft: str, code: str
) -> None:
    with NepAbonnee(wil) as ontvanger:
        settings.WEBHOOKS_DEMO_ONTVANGERS = [ontvanger.url]
        vraag = {**ABONNEE, "callbackUrl": f"{ontvanger.url}/hier", "auth": geeft}
        assert velden(vrager().stuur(LIJST, vraag)) == [("callbackUrl", code)]
    assert not Abonnement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_een_ontvanger_die_er_niet_is_is_400(
    echte_transacties: None, settings: Any, unused_tcp_port: int
) -> None:
    settings.WEBHOOKS_DEMO_ONTVANGERS = [f"http://127.0.0.1:{unused_tcp_port}"]
    vraag = {**ABONNEE, "callbackUrl": f"http://127.0.0.1:{unused_tcp_port}/{uuid4()}"}
    assert velden(vrager().stuur(LIJST, vraag)) == [("callbackUrl", "no-auth-on-callback-url")]
