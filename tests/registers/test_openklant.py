"""A klant reaches Open Klant: her own values, whole, and nobody else's touched."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.identiteit import Identiteit, Soort
from portal.klanten.models import DigitaalAdres, Rekeningnummer
from portal.klanten.regels import (
    NieuwBuitenlandsAdres,
    NieuwEmail,
    NieuweVoorkeur,
    NieuwPostadres,
    NieuwRekeningnummer,
    NieuwTelefoon,
    Stand,
    Voorkeursoort,
)
from portal.registers import uitbak
from portal.registers.models import Bijwerking, Koppeling
from tests.mensen import NU
from tests.nep_openklant import NepOpenKlant

pytestmark = [pytest.mark.django_db, pytest.mark.lang]

ADRES = NieuwPostadres(
    postcode="1234 AB", huisnummer=1, huisletter="a", straat="Dorpsstraat", plaats="Waterveen"
)


@pytest.fixture
def openklant(koppel):
    return koppel(NepOpenKlant())


@pytest.fixture
def noor_thuis(openklant, mens, noor):
    """Noor has a name; Open Klant has not heard of it yet."""
    wie = mens(noor)
    wie.noemt_zich("Noortje")
    return wie


def bij(na: timedelta = timedelta()) -> None:
    """Work off the outbox, and see that nothing was left."""
    uitbak.werk_af(lambda: NU + timedelta(hours=1) + na)
    assert list(Bijwerking.objects.values_list("reden", flat=True)) == []


def _partij(openklant: NepOpenKlant) -> dict:
    (partij,) = [p for p in openklant.partijen.rijen.values() if p["soortPartij"] != "organisatie"]
    return partij


def _adressen(openklant: NepOpenKlant) -> dict[str, bool]:
    return {rij["adres"]: rij["isStandaardAdres"] for rij in openklant.adressen.rijen.values()}


def test_een_adres_dat_hier_na_middernacht_bevestigd_is_is_van_die_dag(openklant, noor_thuis):
    half_een = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)
    noor_thuis.heeft(NieuwEmail("noor@example.nl"))
    DigitaalAdres.objects.update(bevestigd_op=half_een)
    bij()
    (adres,) = openklant.adressen.rijen.values()
    assert adres["verificatieDatum"] == "2026-10-25"


def test_opslaan_zet_een_bijwerking_klaar_zonder_open_klant_te_bellen(openklant, noor_thuis):
    rij = Bijwerking.objects.get()
    assert (rij.buur, rij.onderwerp) == ("openklant", noor_thuis.klant_id)
    assert openklant.verzoeken == []


def test_noor_wordt_een_partij_met_haar_naam_en_nummer(openklant, noor_thuis):
    bij()
    partij = _partij(openklant)
    assert partij["partijIdentificatie"]["contactnaam"]["voornaam"] == "Noortje"
    (nummer,) = openklant.identificatoren.rijen.values()
    assert nummer["partijIdentificator"] == {
        "codeRegister": "brp",
        "codeObjecttype": "natuurlijk_persoon",
        "codeSoortObjectId": "bsn",
        "objectId": "999990019",
    }
    assert partij["indicatieGeheimhouding"] is None


def test_wat_zij_geeft_staat_er_helemaal(openklant, noor_thuis):
    noor_thuis.heeft(NieuwEmail("noor@example.nl"))
    noor_thuis.heeft(NieuwTelefoon("06 12345678"))
    noor_thuis.doet("wijzig_postadres", adres=ADRES)
    noor_thuis.doet(
        "wijzig_voorkeuren",
        keuzes=[
            NieuweVoorkeur(Voorkeursoort.TAAL, "nl"),
            NieuweVoorkeur(Voorkeursoort.ALGEMEEN, "telefoon"),
        ],
    )
    bij()
    partij = _partij(openklant)
    assert _adressen(openklant) == {"noor@example.nl": True, "+31612345678": True}
    assert partij["voorkeurstaal"] == "nld"
    telefoon = openklant.adressen.rijen[partij["voorkeursDigitaalAdres"]["uuid"]]
    assert telefoon["adres"] == "+31612345678"
    assert partij["correspondentieadres"] == {
        "straatnaam": "Dorpsstraat",
        "huisnummer": 1,
        "huisnummertoevoeging": "A",
        "postcode": "1234 AB",
        "stad": "Waterveen",
    }


def test_een_voorgesteld_adres_gaat_nog_niet(openklant, noor_thuis):
    noor_thuis.doet("voeg_digitaal_adres_toe", adres=NieuwEmail("nieuw@example.nl"))
    bij()
    assert openklant.adressen.rijen == {}


def test_een_rekeningnummer_gaat_mee_zodra_het_ingaat(openklant, noor_thuis):
    rekening = NieuwRekeningnummer(iban="NL91 ABNA 0417 1643 00", tenaamstelling="N. de Wit")
    noor_thuis.doet("wijzig_rekeningnummer", rekening=rekening)
    Rekeningnummer.objects.update(stand=Stand.IN_GEBRUIK)
    bij()
    bij()
    (rij,) = openklant.rekeningen.rijen.values()
    assert rij["iban"] == "NL91ABNA0417164300"
    assert _partij(openklant)["voorkeursRekeningnummer"]["uuid"] == rij["uuid"]


def test_twee_keer_bijwerken_schrijft_de_tweede_keer_niets(openklant, noor_thuis):
    noor_thuis.heeft(NieuwEmail("noor@example.nl"))
    noor_thuis.doet("wijzig_postadres", adres=ADRES)
    bij()
    openklant.verzoeken.clear()
    uitbak.zet_klaar("openklant", noor_thuis.klant_id, op=NU)
    bij()
    assert {verzoek.methode for verzoek in openklant.verzoeken} == {"GET"}


def test_een_gewiste_waarde_verdwijnt_ook_daar(openklant, noor_thuis):
    """Trap: an emptied value that is filtered out stays for ever."""
    adres = noor_thuis.heeft(NieuwEmail("noor@example.nl"))
    noor_thuis.doet("wijzig_postadres", adres=ADRES)
    bij()
    noor_thuis.doet("verwijder_naam")
    noor_thuis.doet("verwijder_postadres")
    noor_thuis.doet("verwijder_digitaal_adres", waarde=adres)
    bij()
    partij = _partij(openklant)
    assert partij["partijIdentificatie"]["contactnaam"]["voornaam"] == ""
    assert partij["correspondentieadres"] is None
    assert openklant.adressen.rijen == {}


def test_een_ander_soort_adres_laat_niets_van_het_oude_staan(openklant, noor_thuis):
    """Trap: an address group that is sent in part keeps the rest."""
    noor_thuis.doet("wijzig_postadres", adres=ADRES)
    bij()
    buiten = NieuwBuitenlandsAdres(landcode="DE", regel1="Hauptstr. 1", regel2="10115 Berlin")
    noor_thuis.doet("wijzig_postadres", adres=buiten)
    bij()
    assert _partij(openklant)["correspondentieadres"] == {
        "adresregel1": "Hauptstr. 1",
        "adresregel2": "10115 Berlin",
        "land": "DE",
    }


def test_een_andere_standaard_wisselt_de_vlag(openklant, noor_thuis):
    """Trap: two competing marks; both follow the klant's one choice."""
    noor_thuis.heeft(NieuwEmail("een@example.nl"))
    tweede = noor_thuis.heeft(NieuwEmail("twee@example.nl"))
    keuze = NieuweVoorkeur(Voorkeursoort.ALGEMEEN, "email")
    noor_thuis.doet("wijzig_voorkeuren", keuzes=[keuze])
    bij()
    noor_thuis.doet("maak_standaard", waarde=tweede)
    bij()
    assert _adressen(openklant) == {"een@example.nl": False, "twee@example.nl": True}
    voorkeur = _partij(openklant)["voorkeursDigitaalAdres"]["uuid"]
    assert openklant.adressen.rijen[voorkeur]["adres"] == "twee@example.nl"


def test_een_mens_is_een_partij_hoe_vaak_er_ook_wordt_bijgewerkt(openklant, noor_thuis):
    """Trap: one partij per role, so one person many partijen."""
    bij()
    Koppeling.objects.all().delete()
    noor_thuis.noemt_zich("Noor")
    bij()
    assert len(openklant.partijen.rijen) == 1
    assert Koppeling.objects.get().eigen is False


def test_wat_open_klant_niet_kan_dragen_wordt_genoemd_en_niet_afgekapt(openklant, noor_thuis):
    lang = f"{'n' * 60}@{'d' * 30}.example.nl"
    noor_thuis.heeft(NieuwEmail(lang))
    keuze = NieuweVoorkeur(Voorkeursoort.ALGEMEEN, "post")
    noor_thuis.doet("wijzig_voorkeuren", keuzes=[keuze])
    bij()
    assert openklant.adressen.rijen == {}
    assert Koppeling.objects.get().niet_gedragen == ["email-past-niet", "voorkeur-post"]


def test_een_bedrijf_is_een_organisatie_met_een_contactpersoon_per_klant(openklant, mens, bakkerij):
    for naam in ("Administratie", "Directie"):
        mens(bakkerij).noemt_zich(naam)
    bij()
    soorten = sorted(p["soortPartij"] for p in openklant.partijen.rijen.values())
    assert soorten == ["contactpersoon", "contactpersoon", "organisatie"]
    werk = {
        p["partijIdentificatie"]["werkteVoorPartij"]["uuid"]
        for p in openklant.partijen.rijen.values()
        if p["soortPartij"] == "contactpersoon"
    }
    assert len(werk) == 1


def test_een_vestiging_hangt_onder_haar_bedrijf(openklant, mens, werkplaats):
    mens(werkplaats).noemt_zich("Werkplaats")
    bij()
    nummers = {
        rij["partijIdentificator"]["codeSoortObjectId"]: rij
        for rij in openklant.identificatoren.rijen.values()
    }
    boven = nummers["vestigingsnummer"]["subIdentificatorVan"]
    assert boven["uuid"] == nummers["kvk_nummer"]["uuid"]


def test_wie_geen_nummer_heeft_wordt_een_partij_zonder(openklant, mens):
    erika = mens(Identiteit(Soort.EIDAS, "DE/NL/test-0001"))
    erika.noemt_zich("Erika")
    bij()
    assert openklant.identificatoren.rijen == {}
    assert _partij(openklant)["soortPartij"] == "persoon"
