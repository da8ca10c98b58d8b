"""Een systeem vindt en leest klanten, ziet alleen wat mag, en laat een regel na."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import connection

from accounts.identiteit import Identiteit, Soort, blinde_index
from portal.klanten.regels import Bericht, NieuwEmail, NieuweNaam
from portal.logboek.inzage import gebruik_van
from tests import mensen
from tests.api.conftest import (
    BSN_NOOR,
    KVK_KORENBLOEM,
    OMAR,
    Vrager,
    bevestig,
    met_nummer,
    registreer,
)
from tests.api.test_jwt import HAVEN
from tests.mensen import HEUVELLAND

BASIS = "/api/v1/klanten"


def _sleutels(klant: dict[str, object]) -> set[str]:
    return set(klant) - {"id", "klantnummer", "bronorganisatie", "versie", "gevalideerd", "subject"}


@pytest.fixture
def noor(db: None, gedeelde_noor: UUID) -> UUID:
    return gedeelde_noor


def test_een_systeem_leest_wat_noor_gaf(zaaksysteem: Vrager, noor: UUID) -> None:
    antwoord = zaaksysteem.get(f"{BASIS}/{noor}")
    klant = antwoord.json()
    assert antwoord.status_code == 200
    assert klant["naam"]["waarde"] == "Noor"
    assert klant["subject"] == {
        "soort": "natuurlijk_persoon",
        "burgerservicenummer": BSN_NOOR,
    }
    assert klant["postadres"]["postcode"] == "1234AB"


@pytest.mark.uitgangspunt("PUR-1")
def test_wie_leest_staat_in_het_logboek_voor_het_antwoord_weg_is(
    zaaksysteem: Vrager, noor: UUID
) -> None:
    zaaksysteem.get(f"{BASIS}/{noor}")
    gebruik = gebruik_van(noor)[0]
    assert (gebruik.organisatie, gebruik.afdeling) == ("Gemeente Waterveen", "Burgerzaken")
    assert gebruik.doel == "Uw aanvraag of zaak behandelen"
    assert set(gebruik.gegevens) == {
        "naam", "email", "telefoon", "postadres", "voorkeuren", "subjectnummer", "interacties",
    }  # fmt: skip


@pytest.mark.uitgangspunt("PUR-1")
def test_zonder_logboek_krijgt_niemand_gegevens(zaaksysteem: Vrager, noor: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table logboek_logregel rename to logboek_weg")
    antwoord = zaaksysteem.get(f"{BASIS}/{noor}")
    assert antwoord.status_code == 503
    assert "Noor" not in antwoord.content.decode()


@pytest.mark.uitgangspunt("USE-4", "PUR-1")
@pytest.mark.parametrize(
    ("doel", "velden", "ziet"),
    [
        ("zaakbehandeling", ["naam", "telefoon"], {"naam", "digitaleAdressen"}),
        ("zaakbehandeling", ["naam", "rekeningnummer"], {"naam"}),
        ("uitbetaling", ["naam", "rekeningnummer", "telefoon"], {"naam", "rekeningnummer"}),
        ("berichtgeving", ["postadres"], {"postadres"}),
        ("berichtgeving", [], set()),
    ],
)
def test_token_en_doel_bepalen_samen_wat_er_te_zien_is(
    geef: Callable[..., str], noor: UUID, doel: str, velden: list[str], ziet: set[str]
) -> None:
    klant = Vrager(geef(velden=velden), doel).get(f"{BASIS}/{noor}").json()
    assert _sleutels(klant) == ziet
    assert "burgerservicenummer" not in klant["subject"]


@pytest.mark.uitgangspunt("OWN-2")
def test_een_klant_van_een_ander_bestaat_niet(geef: Callable[..., str], noor: UUID) -> None:
    ander = Vrager(geef(organisatie=HEUVELLAND))
    assert ander.get(f"{BASIS}/{noor}").status_code == 404
    assert ander.get(f"{BASIS}/{uuid4()}").status_code == 404
    assert ander.stuur(f"{BASIS}/_zoek", {"burgerservicenummer": BSN_NOOR}).json()["klanten"] == []
    assert ander.get(BASIS).json()["klanten"] == []


@pytest.mark.uitgangspunt("USE-1", "CARD-4")
@pytest.mark.parametrize(
    "vraag",
    [{"burgerservicenummer": BSN_NOOR}, {"telefoon": "+31612345678"}],
    ids=["bsn", "telefoon"],
)
def test_noor_is_te_vinden(zaaksysteem: Vrager, noor: UUID, omar: UUID, vraag: object) -> None:
    [klant] = zaaksysteem.stuur(f"{BASIS}/_zoek", vraag).json()["klanten"]
    assert klant["id"] == str(noor)
    assert [len([g for g in gebruik_van(wie) if not g.eigen]) for wie in (noor, omar)] == [1, 0]


@pytest.mark.uitgangspunt("USE-1")
def test_een_bedrijf_is_te_vinden_op_kvk_nummer(zaaksysteem: Vrager, korenbloem: UUID) -> None:
    [klant] = zaaksysteem.stuur(f"{BASIS}/_zoek", {"kvkNummer": KVK_KORENBLOEM}).json()["klanten"]
    assert klant["subject"]["kvkNummer"] == KVK_KORENBLOEM
    nummer = {"klantnummer": klant["klantnummer"]}
    assert len(zaaksysteem.stuur(f"{BASIS}/_zoek", nummer).json()["klanten"]) == 1


RSIN = Identiteit(Soort.RSIN, "001005650")
INDEX = blinde_index(RSIN, organisatie=mensen.WATERVEEN)
STICHTING = replace(met_nummer(mensen.DE_KORENBLOEM, RSIN), rsin_index=INDEX, bedrijf_index=INDEX)


@pytest.mark.uitgangspunt("USE-1")
def test_elke_sleutel_wijst_wie_hij_hoort_te_wijzen(
    zaaksysteem: Vrager, noor: UUID, korenbloem: UUID, brieven: list[Bericht]
) -> None:
    """A KvK number is of the company and all its branches; with a vestigingsnummer of one."""
    haven = registreer(HAVEN, NieuweNaam("Aan de haven"))
    stichting = registreer(STICHTING, NieuweNaam("Bestuur"))
    omar = registreer(OMAR, NieuwEmail("Omar@Example.nl"))
    bevestig(OMAR, omar, brieven)
    wijst = [
        ({"burgerservicenummer": BSN_NOOR}, {noor}),
        ({"rsin": RSIN.onthul()}, {stichting}),
        ({"kvkNummer": KVK_KORENBLOEM}, {korenbloem, haven}),
        ({"kvkNummer": KVK_KORENBLOEM, "vestigingsnummer": "000037178598"}, {haven}),
        ({"kvkNummer": "90000038", "vestigingsnummer": "000037178598"}, set()),
        ({"email": "omar@example.nl"}, {omar}),
        ({"telefoon": "+31612345678"}, {noor}),
    ]
    for sleutels, wie in wijst:
        gevonden = zaaksysteem.stuur(f"{BASIS}/_zoek", sleutels).json()["klanten"]
        assert {klant["id"] for klant in gevonden} == {str(klant) for klant in wie}, sleutels


@pytest.mark.parametrize(
    "vraag",
    [
        {},
        {"burgerservicenummer": BSN_NOOR, "rsin": "823288444"},
        {"burgerservicenummer": "123456789"},
        {"burgerservicenummer": 999990019},
        {"burgerservicenummer": "٩٩٩٩٩٠٠١٩"},
        {"vestigingsnummer": "000037178598"},
        {"achternaam": "Noor"},
        {"email": None},
    ],
)
def test_een_vraag_die_niet_klopt_is_400_met_het_veld(zaaksysteem: Vrager, vraag: object) -> None:
    antwoord = zaaksysteem.stuur(f"{BASIS}/_zoek", vraag)
    assert antwoord.status_code == 400
    assert antwoord["Content-Type"] == "application/problem+json"
    assert antwoord.json()["invalidParams"]


@pytest.mark.parametrize(
    "ruw",
    [
        b'{"email": "a@b.nl", "email": "c@d.nl"}',
        b'{"email": "\\ud800@b.nl"}',
        b'{"email": "\\u0000a@b.nl"}',
        b'{"email": "\xff"}',
        b"[" * 100_00,
        b'{"email": NaN}',
        b"[]",
        b"9" * 5000,
    ],
)
def test_json_die_twee_lezers_anders_lezen_is_400(zaaksysteem: Vrager, ruw: bytes) -> None:
    antwoord = zaaksysteem.post(f"{BASIS}/_zoek", ruw, content_type="application/json")
    assert (antwoord.status_code, antwoord.json()["code"]) == (400, "parse_error")


def test_een_te_grote_inhoud_is_413_en_een_vreemde_vorm_415(zaaksysteem: Vrager) -> None:
    groot = zaaksysteem.post(f"{BASIS}/_zoek", b" " * 70_000, content_type="application/json")
    vreemd = zaaksysteem.post(f"{BASIS}/_zoek", b"<a/>", content_type="application/xml")
    assert (groot.status_code, vreemd.status_code) == (413, 415)


def test_wie_de_laatste_versie_heeft_krijgt_304(zaaksysteem: Vrager, noor: UUID) -> None:
    etag = zaaksysteem.get(f"{BASIS}/{noor}")["ETag"]
    opnieuw = zaaksysteem.get(f"{BASIS}/{noor}", headers={"If-None-Match": etag})
    assert (opnieuw.status_code, opnieuw.content) == (304, b"")
    assert opnieuw["API-Version"] == "1.0.0"


def test_andere_velden_zijn_een_andere_weergave(geef: Callable[..., str], noor: UUID) -> None:
    een, twee = (Vrager(geef(velden=v)).get(f"{BASIS}/{noor}") for v in (["naam"], ["telefoon"]))
    assert een["ETag"] != twee["ETag"]


def test_de_lijst_gaat_bladzijde_voor_bladzijde(
    zaaksysteem: Vrager, noor: UUID, omar: UUID, korenbloem: UUID
) -> None:
    gezien, cursor = [], ""
    for _ in range(3):
        blad = zaaksysteem.get(BASIS, {"paginaGrootte": 1} | ({"cursor": cursor} if cursor else {}))
        [klant] = blad.json()["klanten"]
        gezien.append(klant["id"])
        cursor = blad.json()["volgende"]
    assert set(gezien) == {str(noor), str(omar), str(korenbloem)}
    assert zaaksysteem.get(BASIS, {"cursor": cursor}).json() == {"klanten": [], "volgende": None}


@pytest.mark.parametrize(
    "vraag",
    [{"cursor": "x" * 501}, {"paginaGrootte": 101}, {"paginaGrootte": "x"}, {"naam": "N"}],
)
def test_een_onbekende_of_onmogelijke_parameter_is_400(
    zaaksysteem: Vrager, vraag: dict[str, object]
) -> None:
    assert zaaksysteem.get(BASIS, vraag).status_code == 400


def test_een_verzonnen_cursor_is_een_bladzijde_die_er_niet_is(zaaksysteem: Vrager) -> None:
    antwoord = zaaksysteem.get(BASIS, {"cursor": "verzonnen"})
    assert (antwoord.status_code, antwoord.json()["code"]) == (404, "cursor-ongeldig")


def test_een_adres_met_schuine_streep_erachter_bestaat_niet(zaaksysteem: Vrager) -> None:
    antwoord = zaaksysteem.get(f"{BASIS}/")
    assert (antwoord.status_code, antwoord["Content-Type"]) == (404, "application/problem+json")


def test_een_onbekende_methode_is_405_met_allow(zaaksysteem: Vrager) -> None:
    antwoord = zaaksysteem.put(BASIS)
    assert (antwoord.status_code, antwoord["Allow"]) == (405, "GET")


def test_digitale_adressen_apart(zaaksysteem: Vrager, noor: UUID) -> None:
    adressen = zaaksysteem.get(f"{BASIS}/{noor}/digitale-adressen").json()["digitaleAdressen"]
    assert [(a["soort"], a["waarde"]) for a in adressen] == [("telefoon", "+31612345678")]
    assert gebruik_van(noor)[0].gegevens == ("email", "telefoon")
