"""A terugmelding reaches who keeps the register, and its status comes back."""

from datetime import timedelta

import pytest

from portal.klanten import handelingen
from portal.klanten.models import Klant, Terugmelding
from portal.klanten.regels import NieuweTerugmelding, Register
from portal.registers import terugmelding, uitbak
from portal.registers.models import Bijwerking
from tests.mensen import NU
from tests.nep_terugmelding import NepTerugmelding

pytestmark = pytest.mark.django_db
STRAKS = NU + timedelta(hours=1)


@pytest.fixture
def ontvanger(koppel):
    return koppel(NepTerugmelding())


def meldt(wie) -> Terugmelding:
    melding = NieuweTerugmelding(
        register=Register.BRP,
        gegeven="adres",
        toelichting="Het huisnummer is 11",
        voorstel="Dorpsstraat 11",
        contact="noor@example.nl",
    )
    return handelingen.meld_terug(melding=melding, door=wie.door, op=NU)


def bij() -> None:
    uitbak.werk_af(lambda: STRAKS)
    assert not Bijwerking.objects.exists()


def _gemeld(ontvanger) -> dict:
    (rij,) = ontvanger.meldingen.rijen.values()
    return rij


@pytest.mark.uitgangspunt("REG-2")
def test_een_melding_komt_aan_met_voorstel_en_toelichting(ontvanger, mens, noor):
    wie = mens(noor)
    wie.noemt_zich("Noor")
    rij = meldt(wie)
    bij()
    inhoud = _gemeld(ontvanger)["inhoud"]
    (gegeven,) = inhoud["terugMeldingBody"]["terugMeldingGegevens"]
    assert gegeven["voorgesteldeWaarde"] == "Dorpsstraat 11"
    assert inhoud["terugMeldingHeader"]["referentiekenmerk"] == rij.referentie
    (over,) = inhoud["terugMeldingBody"]["objectIdentificatie"]
    assert (over["attribuutUrn"], over["idWaarde"]) == ("urn:brp:persoon:bsn", "999990019")


@pytest.mark.uitgangspunt("MIN-4")
def test_van_wie_geen_klant_is_gaat_alleen_de_referentie(ontvanger, mens, noor):
    rij = meldt(mens(noor))
    bij()
    (over,) = _gemeld(ontvanger)["inhoud"]["terugMeldingBody"]["objectIdentificatie"]
    assert over["idWaarde"] == rij.referentie
    assert not Klant.objects.exists()


@pytest.mark.uitgangspunt("REG-2")
@pytest.mark.parametrize(
    ("daar", "hier"),
    [
        ("Gemeld", "ontvangen"),
        ("In Behandeling", "in_onderzoek"),
        ("Ingepland", "in_onderzoek"),
        ("Onvoldoende ContactInformatie", "in_onderzoek"),
        ("Ingetrokken", "afgerond"),
        ("Afgehandeld", "afgerond"),
    ],
)
def test_de_status_komt_terug_bij_wie_meldde(ontvanger, mens, noor, daar, hier):
    wie = mens(noor)
    meldt(wie)
    bij()
    _gemeld(ontvanger)["status"] = daar
    assert terugmelding.vraag_alle_na(NU) == 1
    bij()
    assert [rij.status for rij in handelingen.eigen_terugmeldingen(wie.door)] == [hier]


def test_een_melding_wordt_een_keer_verzonden(ontvanger, mens, noor):
    meldt(mens(noor))
    for _ in range(3):
        bij()
        terugmelding.vraag_alle_na(NU)
    bij()
    assert len(ontvanger.meldingen.rijen) == 1


def test_wat_is_afgerond_wordt_niet_meer_gevraagd(ontvanger, mens, noor):
    meldt(mens(noor))
    bij()
    _gemeld(ontvanger)["status"] = "Afgehandeld"
    terugmelding.vraag_alle_na(NU)
    bij()
    assert terugmelding.vraag_alle_na(NU) == 0


def test_een_ontvanger_die_weg_is_hoort_het_later(ontvanger, mens, noor):
    ontvanger.stop()
    meldt(mens(noor))
    assert uitbak.werk_af(lambda: STRAKS) == 0
    ontvanger.start()
    na = Bijwerking.objects.get().na
    assert uitbak.werk_af(lambda: na) == 1
    assert _gemeld(ontvanger)["status"] == "Gemeld"


def test_zonder_ontvanger_blijft_de_melding_bij_de_gemeente_zelf(settings, mens, noor):
    settings.BUREN = {}
    meldt(mens(noor))
    assert not Bijwerking.objects.exists()
    assert terugmelding.vraag_alle_na(NU) == 0
