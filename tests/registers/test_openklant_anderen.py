"""Open Klant has other users too: theirs stays, deletion takes ours, and outages cost nothing."""

from datetime import timedelta

import pytest

from portal.klanten.regels import Contactsoort, NieuwEmail, NieuwTelefoon
from portal.registers import uitbak
from portal.registers.models import Bijwerking, Koppeling
from portal.registers.openklant import voorstellen
from portal.registers.openklant.voorstellen import Aard
from tests.mensen import NU
from tests.nep_openklant import NepOpenKlant
from tests.registers.test_openklant import bij

pytestmark = [pytest.mark.django_db, pytest.mark.lang]
STRAKS = NU + timedelta(hours=1)


@pytest.fixture
def openklant(koppel):
    return koppel(NepOpenKlant())


@pytest.fixture
def kiss(openklant):
    """The desk made a partij for Noor before she ever logged in."""
    partij = openklant.partijen.zet(
        {
            "uuid": "11111111-1111-4111-8111-111111111111",
            "soortPartij": "persoon",
            "indicatieActief": True,
            "betrokkenen": [],
            "categorieRelaties": [],
            "vertegenwoordigden": [],
            "voorkeurstaal": "eng",
            "voorkeursDigitaalAdres": None,
            "voorkeursRekeningnummer": None,
            "correspondentieadres": None,
            "partijIdentificatie": {"contactnaam": None, "volledigeNaam": ""},
        },
        "11111111-1111-4111-8111-111111111111",
    )
    openklant._bewaar_identificator(
        {
            "identificeerdePartij": {"uuid": partij["uuid"]},
            "partijIdentificator": {
                "codeRegister": "brp",
                "codeObjecttype": "natuurlijk_persoon",
                "codeSoortObjectId": "bsn",
                "objectId": "999990019",
            },
        }
    )
    return partij


def zet_daar(openklant, partij, adres, referentie="kiss-1"):
    """Another system adds an address."""
    return openklant._bewaar_adres(
        f"22222222-2222-4222-8222-{len(openklant.adressen.rijen):012d}",
        {
            "adres": adres,
            "soortDigitaalAdres": "email",
            "omschrijving": "",
            "referentie": referentie,
            "isStandaardAdres": False,
            "verificatieDatum": None,
            "verstrektDoorBetrokkene": None,
            "verstrektDoorPartij": {"uuid": partij["uuid"]},
        },
    )


@pytest.fixture
def thuis(openklant, mens, noor):
    wie = mens(noor)
    wie.noemt_zich("Noor")
    wie.heeft(NieuwEmail("noor@example.nl"))
    return wie


def _adressen(openklant):
    return sorted(rij["adres"] for rij in openklant.adressen.rijen.values())


def test_een_bestaande_partij_wordt_gevonden_en_niet_geleegd(openklant, kiss, thuis):
    bij()
    assert len(openklant.partijen.rijen) == 1
    assert kiss["voorkeurstaal"] == "eng"
    assert Koppeling.objects.get().eigen is False


def test_het_adres_van_een_ander_systeem_blijft(openklant, kiss, thuis):
    zet_daar(openklant, kiss, "noor.werk@example.nl")
    bij()
    thuis.doet("verwijder_klant")
    bij()
    assert _adressen(openklant) == ["noor.werk@example.nl"]
    assert len(openklant.partijen.rijen) == 1


def test_hetzelfde_adres_komt_er_geen_tweede_keer(openklant, kiss, thuis):
    zet_daar(openklant, kiss, "Noor@example.nl")
    bij()
    assert _adressen(openklant) == ["Noor@example.nl"]


def test_een_verwijderde_klant_is_daar_ook_weg(openklant, thuis):
    bij()
    thuis.doet("verwijder_klant")
    bij()
    assert (openklant.partijen.rijen, openklant.adressen.rijen) == ({}, {})
    assert not Koppeling.objects.exists()


def test_een_partij_die_daar_verdween_wordt_opnieuw_gemaakt(openklant, thuis):
    bij()
    openklant.partijen.rijen.clear()
    openklant.identificatoren.rijen.clear()
    openklant.adressen.rijen.clear()
    thuis.noemt_zich("Noortje")
    bij()
    assert len(openklant.partijen.rijen) == 1
    assert _adressen(openklant) == ["noor@example.nl"]


def test_open_klant_die_weg_is_kost_de_klant_niets(openklant, thuis):
    openklant.stop()
    assert uitbak.werk_af(lambda: STRAKS) == 0
    rij = Bijwerking.objects.get()
    assert (rij.reden, rij.na > STRAKS) == ("geen-verbinding", True)
    openklant.start()
    assert uitbak.werk_af(lambda: rij.na) == 1
    assert _adressen(openklant) == ["noor@example.nl"]


def test_een_lange_ronde_claimt_elke_rij_op_haar_eigen_moment(
    openklant, mens, noor, omar, monkeypatch
):
    for wie in (mens(noor), mens(omar)):
        wie.noemt_zich("Iemand")
    nu = [STRAKS]
    geclaimd = []

    def traag(wat):
        geclaimd.append(Bijwerking.objects.get(onderwerp=wat.id).geclaimd_tot - nu[0])
        nu[0] += 10 * uitbak.CLAIM

    monkeypatch.setitem(uitbak._werk, "openklant", traag)
    assert uitbak.werk_af(lambda: nu[0]) == 2
    assert geclaimd == [uitbak.CLAIM] * 2


def test_een_wijziging_tijdens_het_bijwerken_gaat_niet_verloren(openklant, thuis, monkeypatch):
    echt = uitbak._werk["openklant"]

    def intussen(wat):
        echt(wat)
        monkeypatch.setitem(uitbak._werk, "openklant", echt)
        thuis.noemt_zich("Noortje")

    monkeypatch.setitem(uitbak._werk, "openklant", intussen)
    uitbak.werk_af(lambda: STRAKS)
    (partij,) = openklant.partijen.rijen.values()
    assert partij["partijIdentificatie"]["contactnaam"]["voornaam"] == "Noortje"


# --- what changed there comes back as a proposal ------------------------------------------------
def test_een_adres_van_een_ander_systeem_is_een_voorstel(openklant, kiss, thuis):
    bij()
    zet_daar(openklant, kiss, "noor.werk@example.nl")
    (voorstel,) = voorstellen.voorstellen(thuis.klant)
    assert (voorstel.aard, voorstel.soort) == (Aard.NIEUW, Contactsoort.EMAIL)
    assert [a.waarde for a in thuis.klant.digitale_adressen.all()] == ["noor@example.nl"]


def test_een_ander_adres_op_onze_plek_is_een_voorstel_en_geen_overschrijving(openklant, thuis):
    bij()
    (rij,) = openklant.adressen.rijen.values()
    rij["adres"] = "anders@example.nl"
    (voorstel,) = voorstellen.voorstellen(thuis.klant)
    eigen = thuis.klant.digitale_adressen.get()
    assert (voorstel.aard, voorstel.vervangt) == (Aard.ANDERS, eigen.pk)
    assert eigen.waarde == "noor@example.nl"


def test_wie_afwijst_krijgt_haar_eigen_adres_daar_terug(openklant, thuis):
    bij()
    (rij,) = openklant.adressen.rijen.values()
    rij["adres"] = "anders@example.nl"
    (voorstel,) = voorstellen.voorstellen(thuis.klant)
    voorstellen.wijs_af(thuis.klant, voorstel, op=NU)
    assert voorstellen.voorstellen(thuis.klant) == ()
    bij()
    assert _adressen(openklant) == ["noor@example.nl"]


def test_een_afgewezen_voorstel_komt_alleen_terug_met_een_ander_adres(openklant, kiss, thuis):
    bij()
    rij = zet_daar(openklant, kiss, "oud@example.nl")
    (voorstel,) = voorstellen.voorstellen(thuis.klant)
    voorstellen.wijs_af(thuis.klant, voorstel, op=NU)
    assert voorstellen.voorstellen(thuis.klant) == ()
    rij["adres"] = "nieuwer@example.nl"
    assert len(voorstellen.voorstellen(thuis.klant)) == 1


def test_een_eigen_wijziging_die_nog_onderweg_is_is_geen_voorstel(openklant, thuis):
    bij()
    thuis.noemt_zich("Noortje")
    (rij,) = openklant.adressen.rijen.values()
    rij["adres"] = "anders@example.nl"
    assert voorstellen.voorstellen(thuis.klant) == ()


def test_hetzelfde_nummer_anders_geschreven_is_geen_voorstel(openklant, kiss, thuis):
    thuis.heeft(NieuwTelefoon("06 12345678"))
    daar = zet_daar(openklant, kiss, "noor.werk@example.nl")
    daar |= {"soortDigitaalAdres": "telefoonnummer", "adres": "0612345678"}
    bij()
    assert voorstellen.voorstellen(thuis.klant) == ()
    assert _adressen(openklant) == ["0612345678", "noor@example.nl"]


def test_wat_geen_adres_kan_zijn_wordt_niet_voorgesteld(openklant, kiss, thuis):
    bij()
    zet_daar(openklant, kiss, "noor@")
    assert voorstellen.voorstellen(thuis.klant) == ()


def test_een_voorstel_toont_zijn_waarde_niet_in_een_logregel(openklant, kiss, thuis):
    bij()
    zet_daar(openklant, kiss, "noor.werk@example.nl")
    assert "noor.werk" not in repr(voorstellen.voorstellen(thuis.klant))
