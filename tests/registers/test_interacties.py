"""Interacties at Contactmomenten and Verzoeken: published once, linked in a role, read back."""

import datetime as dt
from datetime import timedelta

import pytest

from portal.klanten import handelingen
from portal.klanten.handelingen.systeem import Systeem, leg_interactie_vast
from portal.klanten.models import Interactie, Proces
from portal.klanten.regels import Contactgegevens, Interactiesoort, Rol
from portal.registers import uitbak
from portal.registers.interacties import lezen, publiceren
from portal.registers.models import Bijwerking, Publicatie
from tests.mensen import NU, WATERVEEN
from tests.nep_contactmomenten import NepContactmomenten
from tests.nep_verzoeken import NepVerzoeken
from tests.registers.conftest import zet

pytestmark = [pytest.mark.django_db, pytest.mark.lang]
MORGEN = dt.datetime.now(dt.UTC) + timedelta(days=1)


@pytest.fixture
def contactmomenten(koppel):
    return koppel(NepContactmomenten())


@pytest.fixture
def verzoeken(koppel):
    return koppel(NepVerzoeken())


@pytest.fixture
def proces(db):
    return Proces.objects.create(
        code="afval", omschrijving="Melding over afval", bewaartermijn=timedelta(days=90)
    )


@pytest.fixture
def thuis(mens, noor):
    wie = mens(noor)
    wie.noemt_zich("Noor")
    return wie


def vraagt(wie, soort: Interactiesoort = Interactiesoort.VRAAG, tekst: str = ""):
    """Someone with klantgegevens leaves a question with the municipality."""
    vast = {"proces": "afval", "bronorganisatie": WATERVEEN, "op": NU}
    return handelingen.ontvang_interactie(
        soort=soort, tekst=tekst, door=wie.door, **vast
    ).interactie


def bij() -> None:
    """Work off the outbox, and see that nothing was left."""
    uitbak.werk_af(lambda: MORGEN)
    assert list(Bijwerking.objects.values_list("buur", "reden")) == []


def _een(bak) -> dict:
    (rij,) = bak.rijen.values()
    return rij


@pytest.mark.uitgangspunt("CARD-5")
def test_een_vraag_wordt_een_contactmoment_van_deze_klant(contactmomenten, proces, thuis):
    vraagt(thuis)
    bij()
    ding, link = _een(contactmomenten.dingen), _een(contactmomenten.koppelingen)
    assert (ding["kanaal"], ding["initiatiefnemer"]) == ("klantportaal", "klant")
    assert ding["registratiedatum"] == "2026-11-20T10:00:00Z"
    assert (link["klant"], link["rol"]) == (
        publiceren.url_van(thuis.klant_id),
        "gesprekspartner",
    )


def test_wat_iemand_vroeg_staat_bij_het_contactmoment(contactmomenten, proces, thuis):
    vraagt(thuis, tekst="Waar laat ik mijn oude verf?")
    bij()
    tekst = _een(contactmomenten.dingen)["tekst"]
    assert tekst["inhoud"] == "Melding over afval\n\nWaar laat ik mijn oude verf?"


def test_een_verzoek_gaat_naar_verzoeken_en_wordt_afgehandeld(
    contactmomenten, verzoeken, proces, thuis
):
    verzoek = vraagt(thuis, Interactiesoort.VERZOEK)
    bij()
    ding = _een(verzoeken.dingen)
    referentie = Interactie.objects.get().referentie
    assert (ding["externeIdentificatie"], ding["status"]) == (referentie, "ontvangen")
    handelingen.sluit_interactie_af(verzoek, op=NU + timedelta(days=3))
    bij()
    assert _een(verzoeken.dingen)["status"] == "afgehandeld"
    assert contactmomenten.dingen.rijen == {}


def zet_anders(thuis, interactie, gegevens):
    """Voor deze ene interactie, in een bladzijde die nu geopend is."""
    gezien = handelingen.afdruk_van_afwijking(Interactie.objects.get(pk=interactie))
    handelingen.overrule(interactie, gegevens=gegevens, gezien=gezien, door=thuis.door, op=NU)


@pytest.mark.uitgangspunt("OVR-1")
def test_een_voorkeur_voor_deze_ene_keer_gaat_mee(contactmomenten, proces, thuis):
    interactie = vraagt(thuis)
    anders = Contactgegevens(voorkeurskanaal="telefoon", voorkeurstaal="en")
    zet_anders(thuis, interactie, anders)
    bij()
    ding = _een(contactmomenten.dingen)
    assert (ding["voorkeurskanaal"], ding["voorkeurstaal"]) == ("telefoon", "eng")
    zet_anders(thuis, interactie, Contactgegevens())
    bij()
    assert _een(contactmomenten.dingen)["voorkeurskanaal"] == ""


@pytest.mark.uitgangspunt("CARD-5")
def test_twee_rollen_zijn_twee_koppelingen(contactmomenten, proces, thuis):
    interactie = vraagt(thuis)
    handelingen.koppel(
        thuis.klant_id, interactie=interactie, rol=Rol.BELANGHEBBENDE, door=thuis.door
    )
    bij()
    bij()
    rollen = sorted(rij["rol"] for rij in contactmomenten.koppelingen.rijen.values())
    assert rollen == ["belanghebbende", "gesprekspartner"]


def test_een_verloren_antwoord_geeft_geen_tweede_verzoek(verzoeken, proces, thuis):
    vraagt(thuis, Interactiesoort.VERZOEK)
    bij()
    Publicatie.objects.all().delete()
    publiceren.meld_aan()
    uitbak.zet_klaar("verzoeken", Interactie.objects.get().pk, op=NU)
    bij()
    assert len(verzoeken.dingen.rijen) == 1


def test_wat_daar_verdween_wordt_opnieuw_gezet(contactmomenten, proces, thuis):
    vraagt(thuis)
    bij()
    contactmomenten.dingen.rijen.clear()
    contactmomenten.koppelingen.rijen.clear()
    uitbak.zet_klaar("contactmomenten", Interactie.objects.get().pk, op=NU)
    bij()
    assert len(contactmomenten.koppelingen.rijen) == 1


@pytest.mark.uitgangspunt("VAL-4")
def test_zonder_klant_gaat_het_contactmoment_zonder_koppeling(contactmomenten, proces, thuis):
    proces.bsn_vrij = True
    proces.save()
    vraagt(thuis)
    bij()
    assert len(contactmomenten.dingen.rijen) == 1
    assert contactmomenten.koppelingen.rijen == {}


def test_na_verwijderen_leidt_geen_koppeling_meer_naar_de_klant(contactmomenten, proces, thuis):
    vraagt(thuis)
    bij()
    thuis.doet("verwijder_klant")
    bij()
    assert contactmomenten.koppelingen.rijen == {}
    assert len(contactmomenten.dingen.rijen) == 1


@pytest.mark.parametrize("elders", [True, False])
def test_wat_een_systeem_vastlegde_zetten_wij_daar_nooit(contactmomenten, proces, thuis, elders):
    """Not when it is made, and not later: that system publishes it, with or without address."""
    ontvangst = leg_interactie_vast(
        proces="afval",
        soort=Interactiesoort.CONTACTMOMENT,
        rol=Rol.INITIATOR,
        extern=f"{contactmomenten.url}/contactmomenten/1" if elders else "",
        klant=thuis.klant_id,
        contact=Contactgegevens(),
        door=Systeem(bronorganisatie=WATERVEEN, naam="systeem 1", op=NU),
    )
    handelingen.sluit_interactie_af(ontvangst.interactie, op=NU + timedelta(days=1))
    bij()
    assert contactmomenten.dingen.rijen == {}


def test_een_buur_die_weg_is_houdt_de_vraag_niet_tegen(contactmomenten, proces, thuis):
    contactmomenten.stop()
    vraagt(thuis)
    uitbak.werk_af(lambda: MORGEN)
    rij = Bijwerking.objects.get()
    assert rij.reden == "geen-verbinding"
    contactmomenten.start()
    assert uitbak.werk_af(lambda: rij.na) == 1
    assert len(contactmomenten.dingen.rijen) == 1


# --- reading ------------------------------------------------------------------------------------
def test_noor_ziet_wat_de_gemeente_van_haar_contacten_weet(
    contactmomenten, verzoeken, proces, thuis
):
    eigen = vraagt(thuis)
    bij()
    elders = verzoeken.dingen.zet(
        {
            "bronorganisatie": WATERVEEN,
            "identificatie": "VERZOEK-2026-7",
            "registratiedatum": "2026-11-21T08:00:00Z",
            "status": "in_behandeling",
            "tekst": "Ik wil een vergunning",
        }
    )
    klant = publiceren.url_van(thuis.klant_id)
    verzoeken.koppelingen.zet({"klant": klant, "verzoek": elders["url"], "rol": "initiator"})
    contacten = lezen.voor_klanten([thuis.klant_id])
    assert [(c.soort, c.kenmerk, c.interactie) for c in contacten.regels] == [
        ("verzoek", "VERZOEK-2026-7", None),
        ("contactmoment", "", eigen),
    ]
    assert not contacten.onvolledig
    assert "vergunning" not in repr(contacten)


def test_een_koppeling_van_een_ander_wordt_niet_getoond(contactmomenten, proces, thuis, omar, mens):
    ander = mens(omar)
    ander.noemt_zich("Omar")
    vraagt(ander)
    bij()
    link = _een(contactmomenten.koppelingen)
    contactmomenten.lijst_koppelingen = lambda v: contactmomenten.koppelingen.bladzijde(v, [link])
    contacten = lezen.voor_klanten([thuis.klant_id])
    assert (contacten.regels, contacten.onvolledig) == ((), True)


def test_een_buur_die_weg_is_kost_een_mededeling(settings, thuis):
    settings.BUREN = {}
    assert not lezen.voor_klanten([thuis.klant_id]).onvolledig
    zet(settings, "verzoeken", "http://127.0.0.1:9")
    assert lezen.voor_klanten([thuis.klant_id]).onvolledig


def test_een_adres_buiten_de_buur_wordt_niet_gevolgd(contactmomenten, thuis):
    klant = publiceren.url_van(thuis.klant_id)
    elders = {"klant": klant, "contactmoment": "http://127.0.0.1:9/x", "rol": "belanghebbende"}
    contactmomenten.koppelingen.zet(elders)
    assert lezen.voor_klanten([thuis.klant_id]).onvolledig
