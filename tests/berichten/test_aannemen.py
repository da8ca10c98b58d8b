"""Van wat het domein wil zeggen naar een leesbaar bericht in de taal van de klant."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from portal.berichten.aannemen import LEEG, neem_aan
from portal.berichten.models import Bericht
from portal.berichten.opstellen import stel_op
from portal.berichten.verzenden import verzend_een
from portal.klanten.regels import Bericht as Vraag
from portal.klanten.regels import Berichtsoort

NU = datetime(2026, 11, 21, 9, 12, tzinfo=UTC)
INHOUD = {
    "code": "048213",
    "token": "een-token",
    "gegeven": "email",
    "ingaat_op": "2026-11-24T09:12:00+00:00",
    "verwijderd_op": "2026-12-21T09:12:00+00:00",
    "referentie": "4K7RT2MX9B",
}


def schrijf(soort, *, taal="nl", aan_soort="email"):
    aan = "noor@example.org" if aan_soort == "email" else "+31612345678"
    neem_aan(
        Vraag(
            soort=soort,
            aan_soort=aan_soort,
            aan=aan,
            taal=taal,
            op=NU,
            geldig_tot=NU + timedelta(minutes=15),
            inhoud=INHOUD,
        )
    )
    return Bericht.objects.get()


@pytest.mark.lang
@pytest.mark.django_db
@pytest.mark.uitgangspunt("INT-4")
@pytest.mark.parametrize("taal", ["nl", "en", "fr"])
@pytest.mark.parametrize("aan_soort", ["email", "telefoon"])
@pytest.mark.parametrize("soort", list(Berichtsoort))
def test_elke_soort_is_er_als_mail_en_als_sms_in_elke_taal(soort, aan_soort, taal):
    bericht = schrijf(soort, taal=taal, aan_soort=aan_soort)
    assert bericht.kanaal == ("email" if aan_soort == "email" else "sms")


@pytest.mark.django_db
@pytest.mark.uitgangspunt("MIN-6")
@pytest.mark.parametrize("soort", list(Berichtsoort))
def test_geen_onderwerp_draagt_iets_van_een_mens(soort):
    schrijf(soort)
    verzend_een(NU)
    onderwerp = mail.outbox[0].subject
    assert not [waarde for waarde in [*INHOUD.values(), "noor"] if waarde in onderwerp]


@pytest.mark.django_db
def test_de_melding_aan_het_oude_adres_noemt_moment_en_link_en_geen_waarde():
    schrijf(Berichtsoort.CONTACTGEGEVEN_GEWIJZIGD)
    verzend_een(NU)
    tekst = mail.outbox[0].body
    assert "21 november 2026 om 10.12 uur" in tekst
    assert "/dit-was-ik-niet/een-token/" in tekst
    assert "noor@" not in tekst


@pytest.mark.parametrize("kanaal", ["email", "sms"])
@pytest.mark.parametrize(
    "soort",
    [
        Berichtsoort.CONTACTGEGEVEN_GEWIJZIGD,
        Berichtsoort.REKENINGNUMMER_GEWIJZIGD,
        Berichtsoort.GEGEVENS_HERSTELD,
        Berichtsoort.KLANT_VERWIJDERD,
    ],
)
def test_wie_het_niet_zelf_deed_leest_welk_nummer_te_bellen(soort, kanaal):
    _onderwerp, tekst = stel_op(soort.value, kanaal, "nl", LEEG | {"moment": "vandaag"})
    assert "14 000" in tekst


@pytest.mark.django_db
def test_in_het_engels_staat_er_geen_nederlands():
    schrijf(Berichtsoort.BEVESTIGINGSCODE, taal="en")
    verzend_een(NU)
    tekst = mail.outbox[0].body
    assert "Your code is" in tekst
    assert "15 minutes" in tekst
    assert "Uw code" not in tekst
