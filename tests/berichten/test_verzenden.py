"""Een beloofd bericht komt aan, ook na pech, en daarna weet niemand meer wat erin stond."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from portal.berichten import tasks, verzenden
from portal.berichten.models import Bericht
from portal.berichten.verzenden import geef_op, ruim_op, verzend_een


class Storing(EmailBackend):
    """Een mailserver die weigert zoals de test het wil."""

    fout = None

    def send_messages(self, email_messages):
        raise Storing.fout


@pytest.fixture
def storing(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Storing"

    def stoor(fout):
        Storing.fout = fout

    return stoor


def test_een_bericht_komt_aan_en_wordt_gewist(beloof, nu):
    bericht = beloof()
    assert verzend_een(nu) is True
    bericht.refresh_from_db()
    assert mail.outbox[0].to == ["noor@example.org"]
    assert "048213" in mail.outbox[0].body
    assert (bericht.stand, bericht.inhoud_verzegeld) == ("verzonden", "")


def test_een_verzonden_bericht_gaat_niet_nog_eens(beloof, nu):
    beloof()
    verzend_een(nu)
    assert verzend_een(nu + timedelta(minutes=5)) is False
    assert len(mail.outbox) == 1


@pytest.mark.uitgangspunt("MIN-6")
def test_het_onderwerp_draagt_niets_van_een_mens(beloof, nu):
    beloof()
    verzend_een(nu)
    assert mail.outbox[0].subject == "Uw code voor Gemeente Waterveen"


@pytest.mark.uitgangspunt("MIN-6")
def test_in_de_tabel_staan_adres_en_code_niet_leesbaar(beloof):
    rij = str(vars(beloof()))
    assert "noor@" not in rij
    assert "048213" not in rij


@pytest.mark.uitgangspunt("INT-4")
def test_een_taal_die_wij_niet_schrijven_wordt_nederlands(beloof, nu):
    beloof(taal="fr")
    verzend_een(nu)
    assert "Uw code is" in mail.outbox[0].body


@pytest.mark.parametrize(
    "fout",
    [
        ConnectionRefusedError(),
        smtplib.SMTPServerDisconnected("weg"),
        smtplib.SMTPDataError(451, b"later"),
        smtplib.SMTPRecipientsRefused({"noor@example.org": (450, b"vol")}),
        smtplib.SMTPAuthenticationError(535, b"wachtwoord"),
        smtplib.SMTPSenderRefused(550, b"afzender", "portaal@example.org"),
        smtplib.SMTPHeloError(501, b"wie"),
        smtplib.SMTPConnectError(554, b"nee"),
    ],
)
def test_na_pech_gaat_het_later_opnieuw(beloof, nu, storing, settings, fout):
    beloof()
    storing(fout)
    verzend_een(nu)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert verzend_een(nu + timedelta(seconds=59)) is False
    assert verzend_een(nu + timedelta(seconds=60)) is True
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "fout",
    [
        smtplib.SMTPDataError(554, b"geweigerd"),
        smtplib.SMTPRecipientsRefused({"noor@example.org": (550, b"noor@example.org onbekend")}),
    ],
)
def test_wat_nooit_aankomt_wordt_opgegeven_en_gewist(beloof, nu, storing, caplog, fout):
    bericht = beloof()
    storing(fout)
    verzend_een(nu)
    bericht.refresh_from_db()
    assert (bericht.stand, bericht.inhoud_verzegeld) == ("opgegeven", "")
    assert "noor" not in caplog.text
    assert [regel.levelname for regel in caplog.records] == ["ERROR"]


def test_een_verlopen_code_gaat_niet_meer_uit(beloof, nu):
    bericht = beloof()
    later = nu + timedelta(minutes=15)
    assert verzend_een(later) is False
    assert geef_op(later) == 1
    bericht.refresh_from_db()
    assert (bericht.stand, bericht.inhoud_verzegeld) == ("opgegeven", "")


def test_een_onleesbaar_bericht_houdt_de_rest_niet_op(beloof, nu):
    Bericht.objects.filter(pk=beloof().pk).update(inhoud_verzegeld="kapot$AAAA")
    beloof(op=nu + timedelta(seconds=1))
    while verzend_een(nu + timedelta(seconds=2)):
        pass
    assert len(mail.outbox) == 1


def test_opruimen_haalt_alleen_oude_afgeronde_rijen_weg(beloof, nu):
    beloof()
    verzend_een(nu)
    beloof()
    assert ruim_op(nu + timedelta(days=29)) == 0
    assert ruim_op(nu + timedelta(days=31)) == 1


def test_de_veger_verzendt_ook_als_het_opruimen_misgaat(beloof, nu, monkeypatch):
    def stuk(op):
        raise RuntimeError

    beloof()
    monkeypatch.setattr(verzenden, "ruim_op", stuk)
    monkeypatch.setattr(tasks.timezone, "now", lambda: nu)
    with pytest.raises(ExceptionGroup):
        tasks.veeg(int(nu.timestamp()))
    assert len(mail.outbox) == 1


def test_een_bericht_waar_het_op_stukloopt_houdt_de_andere_niet_op(beloof, nu, settings):
    settings.SMS_WEG = "notfynl"
    sms = beloof(kanaal="sms", aan="+31612345678")
    beloof()

    assert [verzend_een(nu) for _ in range(3)] == [True, True, False]

    sms.refresh_from_db()
    assert (sms.stand, sms.pogingen) == (Bericht.Stand.WACHT, 1)
    assert len(mail.outbox) == 1
