"""De Klanten API 1.0.0: filters, bladzijden, zoeken, ETag en audittrail."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from portal.klanten.models import Postadres
from portal.klanten.regels import dag
from portal.logboek.inzage import gebruik_van
from tests.api.conftest import BSN_NOOR, KVK_KORENBLOEM, Vrager
from tests.api.test_jwt import BASIS, maak_client, teken


@pytest.fixture
def client_van_zaken(db: None) -> Vrager:
    return Vrager(teken(maak_client()), doel=None)


@pytest.fixture
def noor(db: None, gedeelde_noor: UUID) -> UUID:
    return gedeelde_noor


def test_de_lijst_heeft_de_omslag_van_de_standaard(
    client_van_zaken: Vrager, noor: UUID, omar: UUID
) -> None:
    lijst = client_van_zaken.get(BASIS).json()
    assert (lijst["count"], lijst["next"], lijst["previous"]) == (2, None, None)
    assert {k["voornaam"] for k in lijst["results"]} == {"Noor", "Omar"}


@pytest.mark.parametrize(
    ("filters", "namen"),
    [
        ({"subjectType": "natuurlijk_persoon"}, {"Noor", "Omar"}),
        ({"subjectType": "niet_natuurlijk_persoon"}, {"Administratie"}),
        ({"bedrijfsnaam": "De Korenbloem"}, {"Administratie"}),
        ({"bedrijfsnaam": "de korenbloem"}, set()),
        ({"bronorganisatie": "001005650"}, set()),
        ({"subject": "https://example.nl/x"}, set()),
        ({"subjectNietNatuurlijkPersoon__innNnpId": KVK_KORENBLOEM}, {"Administratie"}),
        ({"subjectNietNatuurlijkPersoon__annIdentificatie": "1"}, set()),
    ],
)
def test_filters_in_het_adres_zijn_exact_en_samen(
    client_van_zaken: Vrager, noor: UUID, omar: UUID, korenbloem: UUID,
    filters: dict[str, str], namen: set[str],
) -> None:  # fmt: skip
    lijst = client_van_zaken.get(BASIS, filters).json()
    assert {k["voornaam"] for k in lijst["results"]} == namen


@pytest.mark.parametrize(
    ("vraag", "namen"),
    [
        ({"subjectNatuurlijkPersoon__inpBsn": BSN_NOOR}, {"Noor"}),
        ({"telefoonnummer": "+31612345678"}, {"Noor"}),
        ({"telefoonnummer": "+31612345678", "bedrijfsnaam": "x"}, set()),
        ({"adres__postcode": "1234AB", "adres__landcode": "6030"}, {"Noor"}),
        ({"adres__landcode": "9089"}, set()),
        ({"adres__woonplaatsNaam": "Waterveen", "adres__straatnaam": "Dorpsstraat"}, {"Noor"}),
        ({"kvkNummer": KVK_KORENBLOEM}, {"Administratie"}),
        ({"achternaam": "Noor"}, set()),
        ({"subjectNatuurlijkPersoon__inpA_nummer": "1234567890"}, set()),
        ({"emailadres": "noor@example.nl"}, set()),
        (
            {"kvkNummer": KVK_KORENBLOEM, "subjectVestiging__vestigingsNummer": "000037178598"},
            set(),
        ),
    ],
)
def test_zoeken_neemt_elk_filter_als_json(
    client_van_zaken: Vrager, noor: UUID, omar: UUID, korenbloem: UUID,
    vraag: dict[str, str], namen: set[str],
) -> None:  # fmt: skip
    lijst = client_van_zaken.stuur(f"{BASIS}/_zoek", vraag).json()
    assert {k["voornaam"] for k in lijst["results"]} == namen


@pytest.mark.uitgangspunt("MIN-6")
def test_persoonsgegevens_in_een_adres_worden_geweigerd(client_van_zaken: Vrager) -> None:
    antwoord = client_van_zaken.get(BASIS, {"subjectNatuurlijkPersoon__inpBsn": BSN_NOOR})
    assert (antwoord.status_code, antwoord.json()["code"]) == (400, "gebruik-zoek")


def test_een_gemeente_kan_de_oude_filters_aanzetten(
    client_van_zaken: Vrager, noor: UUID, settings: object
) -> None:
    settings.API_FILTERS_IN_URL = True  # type: ignore[attr-defined]
    antwoord = client_van_zaken.get(BASIS, {"subjectNatuurlijkPersoon__inpBsn": BSN_NOOR})
    assert antwoord.json()["count"] == 1


@pytest.mark.parametrize(
    "vraag",
    [
        {"ordering": "naam"},
        {"subjectType": "mens"},
        {"page": "0"},
        {"page": "eerste"},
        {"subjectVestiging__vestigingsNummer": "000037178598"},
    ],
)
def test_een_filter_dat_niet_bestaat_is_400(
    client_van_zaken: Vrager, vraag: dict[str, str]
) -> None:
    antwoord = client_van_zaken.get(BASIS, vraag)
    assert antwoord.status_code == 400
    assert antwoord.json()["invalidParams"]


@pytest.mark.parametrize(
    ("vanaf", "tot", "geldt"),
    [(0, 1, True), (None, 0, False), (1, None, False), (None, 1, True), (-2, -1, False)],
)
def test_een_adres_buiten_zijn_periode_gaat_niet_uit(
    client_van_zaken: Vrager, noor: UUID, vanaf: int | None, tot: int | None, geldt: bool
) -> None:
    def over(dagen: int | None) -> date | None:
        return None if dagen is None else dag(timezone.now()) + timedelta(days=dagen)

    Postadres.objects.filter(klant=noor).update(geldig_vanaf=over(vanaf), geldig_tot=over(tot))
    gezien = client_van_zaken.get(f"{BASIS}/{noor}").json()
    assert [gezien["adres"] is not None, gezien["correspondentieadres"] is not None] == [geldt] * 2
    [rij] = client_van_zaken.get(BASIS).json()["results"]
    assert rij["adres"] == gezien["adres"]
    for filters in (
        {"adres__postcode": "1234AB"},
        {"adres__straatnaam": "Dorpsstraat", "adres__woonplaatsNaam": "Waterveen"},
        {"adres__landcode": "6030"},
    ):
        gevonden = client_van_zaken.stuur(f"{BASIS}/_zoek", filters).json()
        assert gevonden["count"] == int(geldt)


def test_een_bladzijde_te_ver_is_404(client_van_zaken: Vrager, noor: UUID) -> None:
    assert client_van_zaken.get(BASIS, {"page": 2}).status_code == 404


def test_bladzijden_verwijzen_naar_elkaar(
    client_van_zaken: Vrager, noor: UUID, omar: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.api.compat.klanten.PER_BLADZIJDE", 1)
    een = client_van_zaken.get(BASIS, {"subjectType": "natuurlijk_persoon"}).json()
    assert een["next"].endswith(f"{BASIS}?subjectType=natuurlijk_persoon&page=2")
    twee = client_van_zaken.get(een["next"].split("8000", 1)[1]).json()
    assert twee["previous"].endswith("page=1")
    assert twee["results"] != een["results"]


def test_de_etag_verandert_met_de_inhoud(client_van_zaken: Vrager, noor: UUID) -> None:
    etag = client_van_zaken.get(f"{BASIS}/{noor}")["ETag"]
    zelfde = client_van_zaken.get(f"{BASIS}/{noor}", headers={"If-None-Match": f'"x", {etag}'})
    kop = client_van_zaken.head(f"{BASIS}/{noor}")
    assert (zelfde.status_code, kop.status_code, kop["ETag"]) == (304, 200, etag)
    assert kop.content == b""


@pytest.mark.uitgangspunt("PUR-1")
def test_ook_hier_staat_elk_gelezen_mens_in_het_logboek(
    client_van_zaken: Vrager, noor: UUID, omar: UUID
) -> None:
    client_van_zaken.get(BASIS)
    for mens in (noor, omar):
        [gebruik] = [g for g in gebruik_van(mens) if not g.eigen]
        assert gebruik.doel == "Uw aanvraag of zaak behandelen"


def test_het_spoor_toont_elke_wijziging_zonder_nummer_van_een_mens(
    client_van_zaken: Vrager, noor: UUID
) -> None:
    spoor = client_van_zaken.get(f"{BASIS}/{noor}/audittrail")
    regels = spoor.json()
    assert [r["actie"] for r in regels] == ["create", "partial_update"]
    assert {r["bron"] for r in regels} == {"kc"}
    assert BSN_NOOR not in spoor.content.decode()
    een = client_van_zaken.get(f"{BASIS}/{noor}/audittrail/{regels[0]['uuid']}").json()
    assert een == regels[0]
    assert client_van_zaken.get(f"{BASIS}/{noor}/audittrail/{uuid4()}").status_code == 404


def test_het_spoor_toont_alleen_waarden_die_het_token_mag_zien(noor: UUID) -> None:
    geheim = maak_client("balie", velden=["naam"])
    vrager = Vrager(teken(geheim, client_id="balie"), doel=None)
    regel = vrager.get(f"{BASIS}/{noor}/audittrail").json()[0]
    assert set(regel["wijzigingen"]["nieuw"]) == {"naam"}
