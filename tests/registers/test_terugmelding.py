"""A terugmelding reaches who keeps the register, and its status comes back."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.klanten import handelingen
from portal.klanten.models import Klant, Terugmelding
from portal.klanten.regels import (
    Bewaarreden,
    NieuweTerugmelding,
    Register,
    Terugmeldstatus,
    Vasthouding,
)
from portal.registers import terugmelding, uitbak
from portal.registers.models import Bijwerking
from tests.mensen import NU
from tests.nep_terugmelding import NepTerugmelding

pytestmark = [pytest.mark.django_db, pytest.mark.lang]
STRAKS = NU + timedelta(hours=1)
NA_MIDDERNACHT = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)
"""Half een hier, op 25 oktober."""


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


@pytest.mark.uitgangspunt("REG-2")
def test_wie_hier_na_middernacht_meldt_meldt_op_die_dag(ontvanger, mens, noor):
    meldt(mens(noor))
    Terugmelding.objects.update(gemeld_op=NA_MIDDERNACHT)
    bij()
    kop = _gemeld(ontvanger)["inhoud"]["terugMeldingHeader"]
    assert (kop["datumMelding"], kop["peilmoment"]) == ("2026-10-25", "2026-10-24T22:30:00Z")


@pytest.mark.uitgangspunt("MIN-4")
def test_van_wie_geen_klant_is_gaat_alleen_de_referentie(ontvanger, mens, noor):
    rij = meldt(mens(noor))
    bij()
    (over,) = _gemeld(ontvanger)["inhoud"]["terugMeldingBody"]["objectIdentificatie"]
    assert over["idWaarde"] == rij.referentie
    assert not Klant.objects.exists()


@pytest.mark.uitgangspunt("MIN-4", "OWN-4")
def test_van_wie_alles_verwijderde_gaat_geen_nummer_ook_zolang_een_dossier_vasthoudt(
    ontvanger, mens, noor
):
    wie = mens(noor)
    wie.noemt_zich("Noor")
    grond = Vasthouding(kenmerk="Z-2026-8", reden=Bewaarreden.OPEN_ZAAK, tot=None, velden=("naam",))
    handelingen.leg_bewaargrond_vast(wie.klant_id, bron="archief", grond=grond, op=NU)
    rij = meldt(wie)
    wie.doet("verwijder_klant")
    assert Klant.objects.get().inactief_op
    bij()
    (over,) = _gemeld(ontvanger)["inhoud"]["terugMeldingBody"]["objectIdentificatie"]
    assert over["idWaarde"] == rij.referentie


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


@pytest.mark.uitgangspunt("REG-2")
def test_de_gemeente_en_de_buur_zetten_de_status_alleen_vooruit(ontvanger, mens, noor):
    """The municipality began before the neighbour knew, and finished while she still examines."""
    wie = mens(noor)
    rij = meldt(wie)
    bij()

    def stand_na(hier: str, daar: str) -> str:
        handelingen.zet_terugmeldstatus(rij.pk, status=Terugmeldstatus(hier), op=NU)
        _gemeld(ontvanger)["status"] = daar
        terugmelding.werk_bij(uitbak.Onderwerp(rij.pk, STRAKS))
        [stand] = handelingen.eigen_terugmeldingen(wie.door)
        assert stand.status_op == NU
        return stand.status

    assert stand_na("in_onderzoek", "Gemeld") == "in_onderzoek"
    assert stand_na("in_onderzoek", "Ingepland") == "in_onderzoek"
    assert stand_na("afgerond", "In Behandeling") == "afgerond"


@pytest.mark.uitgangspunt("REG-2")
def test_wat_hier_tijdens_de_vraag_eindigt_is_voor_de_buur_ook_klaar(
    ontvanger, mens, noor, monkeypatch
):
    rij = meldt(mens(noor))
    bij()
    _gemeld(ontvanger)["status"] = "In Behandeling"
    vraag = terugmelding._vraag_na

    def tegelijk(*wat):
        handelingen.zet_terugmeldstatus(rij.pk, status=Terugmeldstatus.AFGEROND, op=NU)
        return vraag(*wat)

    monkeypatch.setattr(terugmelding, "_vraag_na", tegelijk)
    terugmelding.vraag_alle_na(NU)
    bij()
    assert Terugmelding.objects.get().status == "afgerond"


def test_elk_uur_vragen_maakt_het_wachten_niet_korter(ontvanger, mens, noor):
    meldt(mens(noor))
    ontvanger.stop()
    for _ in range(3):
        uitbak.werk_af(lambda: STRAKS)
        Bijwerking.objects.update(na=STRAKS)
    eerder = Bijwerking.objects.values().get()
    assert terugmelding.vraag_alle_na(STRAKS) == 0
    assert Bijwerking.objects.values().get() == eerder
    assert (eerder["pogingen"], bool(eerder["reden"])) == (3, True)


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
