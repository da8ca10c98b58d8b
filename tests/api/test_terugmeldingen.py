"""De gemeente leest wat mensen melden over een basisregistratie, en laat weten hoe het afloopt."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from portal.klanten import handelingen
from portal.klanten.models import Gebeurtenis, Terugmelding
from portal.klanten.regels import NieuweTerugmelding, Register
from portal.logboek.activiteiten import Activiteit
from portal.logboek.inzage import gebruik_van
from tests.api.conftest import BSN_NOOR, NOOR, OMAR, OP, Vrager
from tests.mensen import HEUVELLAND

pytestmark = [pytest.mark.django_db, pytest.mark.lang]
BASIS = "/api/v1/terugmeldingen"
HUISNUMMER = NieuweTerugmelding(
    register=Register.BRP,
    gegeven="adres",
    toelichting="Het huisnummer is 11",
    voorstel="Dorpsstraat 11",
    contact="noor@example.nl",
)


@pytest.fixture
def burgerzaken(geef: Callable[..., str]) -> Vrager:
    return Vrager(geef(naam="Burgerzaken", doelen=["terugmelding"]), "terugmelding")


def meldt(wie: Any) -> Terugmelding:
    return handelingen.meld_terug(melding=HUISNUMMER, door=wie, op=OP)


def gelezen(onderwerp: UUID) -> list[tuple[str, tuple[str, ...]]]:
    regels = gebruik_van(onderwerp)
    return [(g.doel, g.gegevens) for g in regels if g.activiteit is Activiteit.VERSTREKKEN]


@pytest.mark.uitgangspunt("REG-2")
def test_het_bericht_noemt_het_nummer_en_daarachter_staat_de_melding(
    burgerzaken: Vrager, noor: UUID
) -> None:
    meldt(NOOR)
    bericht = Gebeurtenis.objects.get(soort="melding.ontvangen")
    melding = burgerzaken.get(f"{BASIS}/{bericht.onderwerp}").json()
    assert (melding["voorstel"], melding["status"]) == ("Dorpsstraat 11", "ontvangen")
    assert melding["subject"]["burgerservicenummer"] == BSN_NOOR
    lijst = burgerzaken.get(BASIS).json()
    assert (lijst["terugmeldingen"], lijst["volgende"]) == ([melding], None)


@pytest.mark.uitgangspunt("REG-2")
def test_de_status_komt_terug_bij_wie_meldde(burgerzaken: Vrager, noor: UUID) -> None:
    pad = f"{BASIS}/{meldt(NOOR).pk}"
    for status in ("in_onderzoek", "afgerond"):
        etag = burgerzaken.get(pad)["ETag"]
        antwoord = zet(burgerzaken, pad, status, {"If-Match": etag})
        assert (antwoord.status_code, antwoord.json()["status"]) == (200, status)
        assert [rij.status for rij in handelingen.eigen_terugmeldingen(NOOR)] == [status]
    assert burgerzaken.get(BASIS).json()["terugmeldingen"] == []
    assert zet(burgerzaken, pad, "in_onderzoek", {"If-Match": "*"}).status_code == 409


def zet(vrager: Vrager, pad: str, status: str, koppen: dict[str, str]) -> Any:
    return vrager.patch(pad, {"status": status}, content_type="application/json", headers=koppen)


def test_wie_de_status_zet_zag_de_laatste_stand(burgerzaken: Vrager) -> None:
    pad = f"{BASIS}/{meldt(NOOR).pk}"
    etag = burgerzaken.get(pad)["ETag"]
    assert zet(burgerzaken, pad, "afgerond", {}).status_code == 428
    assert zet(burgerzaken, pad, "ontvangen", {"If-Match": "*"}).status_code == 400
    assert zet(burgerzaken, pad, "in_onderzoek", {"If-Match": etag}).status_code == 200
    assert zet(burgerzaken, pad, "afgerond", {"If-Match": etag}).status_code == 412


@pytest.mark.uitgangspunt("PUR-1")
def test_elke_lezing_is_een_regel_die_de_melder_ziet(burgerzaken: Vrager, noor: UUID) -> None:
    """Noor has a klant, so it stands there; Omar has none, and sees it with his report."""
    van_noor, van_omar = meldt(NOOR), meldt(OMAR)
    burgerzaken.get(BASIS)
    zet(burgerzaken, f"{BASIS}/{van_noor.pk}", "afgerond", {"If-Match": "*"})
    doel = "Onderzoeken wat u meldde over een basisregistratie"
    soorten = ("subjectnummer", "terugmelding")
    assert gelezen(noor) == [(doel, soorten)] * 2
    assert gelezen(van_omar.pk) == [(doel, soorten)]
    assert gelezen(van_noor.pk) == []


@pytest.mark.uitgangspunt("USE-4", "MIN-4")
def test_zonder_het_veld_is_er_geen_tekst_en_zonder_klant_geen_nummer(
    geef: Callable[..., str], burgerzaken: Vrager
) -> None:
    pad = f"{BASIS}/{meldt(OMAR).pk}"
    assert "subject" not in burgerzaken.get(pad).json()
    zonder = Vrager(geef(doelen=["terugmelding"], velden=["naam"]), "terugmelding").get(pad).json()
    assert not {"toelichting", "voorstel", "contact", "subject"} & set(zonder)


@pytest.mark.uitgangspunt("USE-7")
def test_van_wie_te_laag_is_vastgelegd_is_er_geen_nummer(
    burgerzaken: Vrager, noor: UUID, settings: Any
) -> None:
    """The line then stands with the report, which Noor sees as well."""
    melding = meldt(NOOR)
    settings.API_MINIMUMNIVEAU = 40
    assert "subject" not in burgerzaken.get(f"{BASIS}/{melding.pk}").json()
    assert (len(gelezen(noor)), len(gelezen(melding.pk))) == (0, 1)


def test_een_andere_organisatie_ziet_niets(geef: Callable[..., str], noor: UUID) -> None:
    pad = f"{BASIS}/{meldt(NOOR).pk}"
    buur = Vrager(geef(organisatie=HEUVELLAND, doelen=["terugmelding"]), "terugmelding")
    assert buur.get(pad).status_code == zet(buur, pad, "afgerond", {}).status_code == 404
    assert buur.get(BASIS).json()["terugmeldingen"] == []


def test_de_lijst_gaat_bladzijde_voor_bladzijde(burgerzaken: Vrager) -> None:
    nummers = {str(meldt(wie).pk) for wie in (NOOR, OMAR, OMAR)}
    een = burgerzaken.get(BASIS, {"paginaGrootte": 2}).json()
    twee = burgerzaken.get(BASIS, {"paginaGrootte": 2, "cursor": een["volgende"]}).json()
    gegeven = [m["id"] for m in een["terugmeldingen"] + twee["terugmeldingen"]]
    assert (len(gegeven), set(gegeven), twee["volgende"]) == (3, nummers, None)
