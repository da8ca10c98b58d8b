"""Een systeem legt alleen klanten zonder subject vast, en verandert alleen die van zichzelf."""

from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from portal.api.compat.vormen import Klant as KlantUitStandaard
from portal.klanten.models import DigitaalAdres, Gebeurtenis, Klant, Postadres
from portal.logboek.models import Logregel
from tests.api.conftest import BSN_NOOR, Vrager
from tests.api.test_jwt import BASIS, maak_client, teken
from tests.mensen import HEUVELLAND, WATERVEEN

IEMAND = {
    "bronorganisatie": WATERVEEN,
    "websiteUrl": "https://example.nl",
    "voornaam": "Sam",
    "achternaam": "Jansen",
    "emailadres": "sam@example.nl",
    "voorkeurstaal": "dut",
    "adres": {
        "straatnaam": "Dorpsstraat", "huisnummer": 1, "postcode": "1234 ab",
        "woonplaatsnaam": "Waterveen",
    },
}  # fmt: skip


@pytest.fixture
def balie(db: None) -> Vrager:
    return Vrager(teken(maak_client("balie"), client_id="balie"), doel=None)


def maak(vrager: Vrager, **anders: Any) -> Any:
    return vrager.stuur(BASIS, {**IEMAND, **anders})


def nummer(antwoord: Any) -> str:
    return str(antwoord.json()["url"].rsplit("/", 1)[1])


@pytest.mark.uitgangspunt("VAL-2")
def test_een_klant_zonder_subject_is_niet_gevalideerd(balie: Vrager) -> None:
    antwoord = maak(balie)
    klant = antwoord.json()
    assert (antwoord.status_code, antwoord["Location"]) == (201, klant["url"])
    assert (klant["gevalideerd"], klant["subjectType"]) == (False, None)
    assert (klant["voornaam"], klant["voorkeurstaal"]) == ("Sam Jansen", "nld")
    assert klant["adres"]["postcode"] == "1234AB"
    assert Klant.objects.get().subject_index == ""


@pytest.mark.uitgangspunt("PUR-1")
def test_logboek_en_spoor_noemen_het_systeem_dat_vastlegde(balie: Vrager) -> None:
    url = f"{BASIS}/{nummer(maak(balie))}"
    logregel = Logregel.objects.get(activiteit="registreren")
    assert (logregel.afdeling.split()[0], logregel.eigen) == ("systeem", False)
    [regel] = balie.get(f"{url}/audittrail").json()
    assert regel["gebruikersWeergave"] == "systeem van de gemeente"


@pytest.mark.uitgangspunt("VAL-1")
@pytest.mark.parametrize(
    "subject",
    [
        {"subject": "https://brp.example.nl/1"},
        {"subjectType": "natuurlijk_persoon"},
        {"subjectIdentificatie": {"inpBsn": BSN_NOOR}},
    ],
)
def test_geen_token_koppelt_een_klant_aan_een_subject(
    balie: Vrager, subject: dict[str, Any]
) -> None:
    antwoord = maak(balie, **subject)
    assert (antwoord.status_code, antwoord.json()["code"]) == (403, "onvoldoende-authenticatie")
    assert not Klant.objects.exists()


@pytest.mark.uitgangspunt("VAL-8", "USE-1")
def test_alleen_wie_hem_vastlegde_leest_hem_en_nooit_in_een_lijst(balie: Vrager) -> None:
    uuid = nummer(maak(balie))
    ander = Vrager(teken(maak_client("ander"), client_id="ander"), doel=None)
    assert balie.get(f"{BASIS}/{uuid}").status_code == 200
    assert ander.get(f"{BASIS}/{uuid}").status_code == 404
    assert balie.get(BASIS).json()["count"] == 0
    assert balie.stuur(f"{BASIS}/_zoek", {"emailadres": "sam@example.nl"}).json()["count"] == 0


@pytest.mark.uitgangspunt("OWN-2")
@pytest.mark.parametrize("methode", ["put", "patch", "delete"])
def test_wat_noor_zelf_gaf_verandert_geen_systeem(balie: Vrager, noor: UUID, methode: str) -> None:
    lichaam = {} if methode == "patch" else IEMAND
    stuur = getattr(balie, methode)
    antwoord = stuur(f"{BASIS}/{noor}", lichaam, content_type="application/json")
    assert (antwoord.status_code, antwoord.json()["code"]) == (403, "permission_denied")
    weg = stuur(f"{BASIS}/{uuid4()}", lichaam, content_type="application/json")
    assert weg.status_code == 404


def test_een_adres_zonder_straat_blijft_wat_het_is_als_iets_anders_wijzigt(balie: Vrager) -> None:
    kort = {"huisnummer": 1, "huisletter": "B", "postcode": "1234AB"}
    gemaakt = maak(balie, adres=kort)
    pad = f"{BASIS}/{nummer(gemaakt)}"
    gewijzigd = balie.patch(pad, {"functie": "Balie"}, content_type="application/json")
    assert (gewijzigd.status_code, gewijzigd.json()["functie"]) == (200, "Balie")
    for klant in (gemaakt.json(), gewijzigd.json(), balie.get(pad).json()):
        assert kort.items() <= klant["adres"].items()
        assert klant["correspondentieadres"] is None
        assert KlantUitStandaard.model_validate(klant)


def test_vervangen_en_gedeeltelijk_wijzigen_geven_elk_een_versie(balie: Vrager) -> None:
    uuid = nummer(maak(balie))
    pad = f"{BASIS}/{uuid}"
    nieuw = {**IEMAND, "voornaam": "Sammie", "emailadres": ""}
    antwoord = balie.put(pad, nieuw, content_type="application/json")
    vervangen, gezien = antwoord.json(), {"If-Match": antwoord["ETag"]}
    assert (vervangen["voornaam"], vervangen["emailadres"]) == ("Sammie Jansen", "")
    deel = {"telefoonnummer": "0612345678"}
    gewijzigd = balie.patch(pad, deel, content_type="application/json", headers=gezien).json()
    assert (gewijzigd["voornaam"], gewijzigd["telefoonnummer"]) == ("Sammie Jansen", "+31612345678")
    assert gewijzigd["adres"]["straatnaam"] == "Dorpsstraat"
    assert list(Gebeurtenis.objects.order_by("versie").values_list("versie", flat=True)) == [
        1,
        2,
        3,
    ]


def test_verwijderen_vernietigt_alle_waarden(balie: Vrager) -> None:
    pad = f"{BASIS}/{nummer(maak(balie))}"
    assert balie.delete(pad).status_code == 204
    assert balie.get(pad).status_code == 404
    assert not Klant.objects.exists()
    assert not DigitaalAdres.objects.exists()


def test_wie_de_laatste_stand_niet_zag_wijzigt_niets(balie: Vrager) -> None:
    pad = f"{BASIS}/{nummer(maak(balie))}"
    etag = balie.get(pad)["ETag"]
    assert balie.delete(pad, headers={"If-Match": '"oud"'}).status_code == 412
    assert balie.delete(pad, headers={"If-Match": f'"oud", {etag}'}).status_code == 204


def test_een_deel_van_een_naam_verandert_niet_zonder_de_rest(balie: Vrager) -> None:
    """A name is one text here: "Sam Jansen" and achternaam "Bakker" is not "Sam Jansen Bakker"."""
    pad = f"{BASIS}/{nummer(maak(balie))}"
    wijzig = partial(balie.patch, pad, content_type="application/json")
    for deel in ("achternaam", "voorvoegselAchternaam"):
        geweigerd = wijzig({deel: "Bakker"})
        assert geweigerd.status_code == 400
        assert geweigerd.json()["invalidParams"][0]["name"] == deel
    assert balie.get(pad).json()["voornaam"] == "Sam Jansen"
    assert wijzig({"achternaam": ""}).json()["voornaam"] == "Sam Jansen"
    heel = wijzig({"voornaam": "Sam", "achternaam": "Bakker"})
    assert heel.json()["voornaam"] == "Sam Bakker"


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"bronorganisatie": HEUVELLAND}, "bronorganisatie"),
        ({"emailadres": "sam"}, "emailadres"),
        ({"telefoonnummer": "112"}, "telefoonnummer"),
        ({"voorkeurstaal": "xxx"}, "voorkeurstaal"),
        ({"voorkeurskanaal": "rooksignaal"}, "voorkeurskanaal"),
        ({"adres": {"straatnaam": "Dorpsstraat"}}, "adres"),
        ({"adres": {"straatnaam": "Strasse 1", "landcode": "0000"}}, "adres"),
        ({"rekeningnummer": {"iban": "NL91ABNA0417164300"}}, "rekeningnummer"),
        ({"voornaam": 5}, "voornaam"),
        ({"onbekend": "x"}, "onbekend"),
    ],
)
def test_een_body_die_niet_klopt_noemt_het_veld(
    balie: Vrager, anders: dict[str, Any], veld: str
) -> None:
    antwoord = maak(balie, **anders)
    assert antwoord.status_code == 400
    assert antwoord.json()["invalidParams"][0]["name"] == veld
    assert not Klant.objects.exists()


def test_een_klantnummer_is_uniek_per_organisatie(balie: Vrager) -> None:
    assert maak(balie, klantnummer="42").json()["klantnummer"] == "42"
    assert maak(balie, klantnummer="42").status_code == 400


@pytest.mark.uitgangspunt("INT-2")
@pytest.mark.parametrize(
    ("vorm", "soort"),
    [
        ({"adres": {"straatnaam": "Hauptstr. 5", "woonplaatsnaam": "10115 Berlin",
                    "landcode": "9089"}}, "buitenland"),
        ({"adres": {"straatnaam": "Postbus", "huisnummer": 12, "postcode": "1234AB",
                    "woonplaatsnaam": "Waterveen"}}, "postbus"),
        ({"correspondentieadres": {"type": "postadres", "postcode": "1234AB", "nummer": 7,
          "postadrestype": "antwoordnummer", "woonplaats": "Waterveen"}}, "antwoordnummer"),
        ({"correspondentieadres": {"type": "binnenlands_adres", "huisnummer": 3,
          "naamOpenbareRuimte": "Kade", "postcode": "1234AB", "woonplaats": "Waterveen"}},
         "straat"),
        ({"correspondentieadres": {"type": "buitenlands_adres", "regel1": "1-2 Chome",
          "regel2": "Tokyo", "landcode": "7035", "landnaam": "Japan"}}, "buitenland"),
    ],
)  # fmt: skip
def test_elk_adres_komt_terug_zoals_het_ging(
    balie: Vrager, vorm: dict[str, Any], soort: str
) -> None:
    kaal = {"bronorganisatie": WATERVEEN, "websiteUrl": ""}
    klant = balie.stuur(BASIS, {**kaal, **vorm}).json()
    assert Postadres.objects.get().soort == soort
    for naam, gestuurd in vorm.items():
        assert klant[naam].items() >= gestuurd.items()
