"""Zaken hold klantgegevens back: asked for by body, of the right person, and on time."""

import datetime as dt
from datetime import timedelta

import pytest

from accounts.identiteit import Identiteit, Soort
from portal.klanten import handelingen
from portal.klanten.handelingen.opruimen import ruim_gronden_op
from portal.klanten.models import Bewaargrond, Klant
from portal.klanten.regels import Bewaarreden, Zaak
from portal.registers import gronden, zaken
from portal.registers.verbinding import OnbruikbaarAntwoord
from tests.mensen import NU
from tests.nep_kvk import NepKvk
from tests.nep_zaken import NepZaken
from tests.registers.conftest import zet

pytestmark = pytest.mark.django_db
UUR = timedelta(hours=1)


@pytest.fixture
def zaaksysteem(koppel):
    return koppel(NepZaken())


@pytest.fixture
def thuis(mens, noor):
    wie = mens(noor)
    wie.noemt_zich("Noor")
    return wie


def test_de_zaken_van_noor_worden_gevonden(zaaksysteem, noor):
    zaaksysteem.zaak(
        "ZAAK-1",
        betrokkene="999990019",
        einddatum="2026-02-01",
        archiefnominatie="vernietigen",
        archiefactiedatum="2031-02-01",
    )
    assert zaken.zaken_van(noor) == (
        Zaak(
            identificatie="ZAAK-1",
            einddatum=dt.date(2026, 2, 1),
            archiefnominatie="vernietigen",
            archiefactiedatum=dt.date(2031, 2, 1),
            archiefstatus="nog_te_archiveren",
        ),
    )


@pytest.mark.uitgangspunt("MIN-6")
def test_het_nummer_staat_in_de_inhoud_en_niet_in_het_adres(zaaksysteem, noor):
    zaken.zaken_van(noor)
    (verzoek,) = zaaksysteem.verzoeken
    assert "999990019" in verzoek.inhoud.values()
    assert "999990019" not in verzoek.pad + str(verzoek.zoek)


def test_honderdvijftig_zaken_staan_op_twee_bladen(zaaksysteem, noor):
    for nummer in range(150):
        zaaksysteem.zaak(f"ZAAK-{nummer}", betrokkene="999990019")
    assert len(zaken.zaken_van(noor)) == 150


def test_een_bedrijf_wordt_op_kvk_nummer_en_rsin_gezocht(koppel, zaaksysteem):
    koppel(NepKvk())
    zaaksysteem.zaak("ZAAK-KVK", betrokkene="68750110")
    zaaksysteem.zaak("ZAAK-RSIN", betrokkene="857587973")
    gevonden = zaken.zaken_van(Identiteit(Soort.KVK, "68750110"))
    assert {zaak.identificatie for zaak in gevonden} == {"ZAAK-KVK", "ZAAK-RSIN"}


def test_een_zaak_van_een_ander_wordt_niet_gebruikt(zaaksysteem, noor, monkeypatch):
    url = zaaksysteem.zaak("ZAAK-1", betrokkene="999990019")
    monkeypatch.setattr("tests.nep_zaken._rol", lambda *_: {**_rol_van_omar(url)})
    with pytest.raises(OnbruikbaarAntwoord, match="ander-subject"):
        zaken.zaken_van(noor)


def _rol_van_omar(url: str) -> dict:
    return {
        "url": f"{url}/rol",
        "uuid": url.rsplit("/", 1)[-1],
        "zaak": url,
        "betrokkeneType": "natuurlijk_persoon",
        "roltype": "https://catalogi.waterveen.example/roltypen/1",
        "roltoelichting": "",
        "omschrijving": "Initiator",
        "omschrijvingGeneriek": "initiator",
        "registratiedatum": "2026-01-10T09:00:00Z",
        "statussen": [],
        "betrokkeneIdentificatie": {"inpBsn": "999990421"},
    }


def test_een_volgend_blad_ergens_anders_wordt_niet_gevolgd(zaaksysteem, noor, monkeypatch):
    for nummer in range(101):
        zaaksysteem.zaak(f"ZAAK-{nummer}", betrokkene="999990019")
    monkeypatch.setattr(NepZaken, "url", "http://127.0.0.1:9/elders")
    with pytest.raises(OnbruikbaarAntwoord, match="vreemd-adres"):
        zaken.zaken_van(noor)


@pytest.mark.uitgangspunt("OWN-3")
def test_zonder_bron_van_zaken_houdt_niets_vast(settings, noor):
    settings.BUREN = {}
    assert zaken.zaken_van(noor) == ()


@pytest.mark.uitgangspunt("OWN-3")
def test_een_bron_die_weg_is_laat_de_verwijdering_wachten(zaaksysteem, thuis, noor):
    zaaksysteem.stop()
    thuis.doet("verwijder_klant")
    assert handelingen.wachtende_verwijderingen() == [thuis.klant_id]
    assert gronden.controleer(NU + UUR) == 0
    zaaksysteem.start()
    assert gronden.controleer(NU + UUR) == 1
    assert not Klant.objects.filter(pk=thuis.klant_id).exists()


@pytest.mark.uitgangspunt("OWN-3")
def test_wie_verwijdert_vraagt_vanzelf_naar_zaken(zaaksysteem, thuis):
    zaaksysteem.zaak("ZAAK-1", betrokkene="999990019")
    thuis.doet("verwijder_klant")
    assert Bewaargrond.objects.get().kenmerk == "ZAAK-1"
    assert Klant.objects.get(pk=thuis.klant_id).inactief_op


@pytest.mark.uitgangspunt("OWN-3")
def test_een_bron_die_uit_de_instellingen_valt_laat_niets_los(zaaksysteem, thuis, settings):
    url = zaaksysteem.zaak("ZAAK-1", betrokkene="999990019")
    thuis.doet("verwijder_klant")
    settings.BUREN = {}
    assert gronden.controleer(NU + UUR) == 0
    assert gronden.controleer_zaak(url.rsplit("/", 1)[-1], NU + UUR) == 0
    assert gronden.zaken_bij(thuis.klant_id) is None
    assert Bewaargrond.objects.get().kenmerk == "ZAAK-1"


@pytest.mark.uitgangspunt("OWN-4")
def test_een_zaak_die_sluit_met_een_datum_laat_de_gegevens_op_tijd_los(zaaksysteem, thuis, noor):
    url = zaaksysteem.zaak("ZAAK-1", betrokkene="999990019")
    thuis.doet("verwijder_klant")
    assert Bewaargrond.objects.get().reden == Bewaarreden.OPEN_ZAAK
    zaaksysteem.wijzig(
        url,
        einddatum="2026-11-20",
        archiefnominatie="vernietigen",
        archiefactiedatum="2026-12-01",
    )
    gronden.controleer(NU + UUR)
    assert Bewaargrond.objects.get().tot == dt.date(2026, 12, 1)
    ruim_gronden_op(op=NU + timedelta(days=10))
    assert Klant.objects.filter(pk=thuis.klant_id).exists()
    ruim_gronden_op(op=NU + timedelta(days=11))
    assert not Klant.objects.filter(pk=thuis.klant_id).exists()


def test_wie_niet_weg_wil_wordt_niet_opgezocht(zaaksysteem, thuis):
    zaaksysteem.verzoeken.clear()
    assert gronden.controleer(NU + UUR) == 0
    assert zaaksysteem.verzoeken == []


def test_zonder_handelsregister_telt_alleen_het_kvk_nummer(zaaksysteem, settings):
    zet(settings, "zaken", zaaksysteem.url)
    zaken.zaken_van(Identiteit(Soort.KVK, "68750110"))
    assert len(zaaksysteem.verzoeken) == 1


def test_wie_uit_het_buitenland_komt_is_in_zaken_niet_te_vinden(zaaksysteem):
    assert zaken.zaken_van(Identiteit(Soort.EIDAS, "DE/NL/test-0001")) == ()
    assert zaaksysteem.verzoeken == []
