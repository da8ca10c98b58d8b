"""Wat vanzelf gaat: opruimen, waarschuwen en tellen."""

import datetime as dt
from dataclasses import replace
from unittest.mock import Mock

import pytest
from django.utils import timezone

from portal.klanten import gevolgen
from portal.klanten.handelingen.opruimen import ruim_gebeurtenissen_op
from portal.klanten.models import Gebeurtenis
from portal.klanten.regels import TeveelOpTeRuimen
from portal.webhooks import alarm, beheer, opruimen
from portal.webhooks.abonnementgegevens import gegevens_van
from portal.webhooks.cijfers import WebhookCijfers
from portal.webhooks.geheimen import verzegelde_inlog
from portal.webhooks.models import Abonnement, Baan, Bezorging, Poging, Teller
from portal.webhooks.overzicht import met_cijfers
from portal.webhooks.vng import VORMEN
from tests.webhooks.conftest import abonnement, door, gebeurtenis
from tests.webhooks.tls import Uitgever

pytestmark = pytest.mark.django_db
URL = "https://zaken.waterveen.nl/webhook"
NU = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.UTC)
DAG, UUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.mark.parametrize(("dagen", "blijft"), [(29, 1), (30, 1), (31, 0)])
def test_wat_dertig_dagen_geleden_bezorgd_is_gaat_weg_met_zijn_pogingen(noor, dagen, blijft):
    abonnement(URL)
    gebeurtenis(noor, 1)
    Bezorging.objects.update(stand="bezorgd", afgehandeld_op=NU - dagen * DAG)
    Poging.objects.create(bezorging=Bezorging.objects.get(), op=NU, duur_ms=1, werker="x")
    opruimen.ruim_bezorgingen_op(NU)
    assert (Bezorging.objects.count(), Poging.objects.count()) == (blijft, blijft)


def test_wat_open_staat_gaat_nooit_weg(noor):
    abonnement(URL)
    gebeurtenis(noor, 1)
    Bezorging.objects.update(afgehandeld_op=NU - 400 * DAG)
    opruimen.ruim_bezorgingen_op(NU)
    assert Bezorging.objects.count() == 1


def test_een_feit_blijft_zolang_het_nog_bezorgd_moet_worden(noor, omar):
    abonnement(URL)
    gebeurtenis(noor, 1)
    later = timezone.now() + 400 * DAG
    assert gevolgen.nog_nodig({noor, omar}, op=later) == {noor}
    ruim_gebeurtenissen_op(op=later)
    assert Gebeurtenis.objects.filter(onderwerp=noor).exists()
    Bezorging.objects.all().delete()
    ruim_gebeurtenissen_op(op=later)
    assert not Gebeurtenis.objects.filter(onderwerp=noor).exists()


def test_een_lege_baan_van_een_verwijderde_klant_gaat_weg(noor, omar):
    abonnement(URL)
    gebeurtenis(noor, 1)
    gebeurtenis(omar, 1)
    Bezorging.objects.filter(onderwerp=noor).delete()
    Baan.objects.filter(onderwerp=noor).update(openstaand=0)
    assert opruimen.ruim_banen_op() == 1
    assert Baan.objects.get().onderwerp == omar


def test_een_verkeerde_klok_leegt_het_register_niet(noor, monkeypatch):
    abonnement(URL)
    for versie in (1, 2, 3):
        gebeurtenis(noor, versie)
    Bezorging.objects.update(stand="bezorgd", afgehandeld_op=NU)
    monkeypatch.setattr(opruimen, "HOOGUIT", 1)
    monkeypatch.setattr(opruimen, "PARTIJ", 1)
    with pytest.raises(TeveelOpTeRuimen):
        opruimen.ruim_bezorgingen_op(NU + 999 * DAG)


@pytest.mark.parametrize(
    ("uren", "mails"), [(23, 0), (24, 1), (100, 1), (168, 1), (302, 1), (337, 2)]
)
def test_na_een_dag_storing_krijgt_de_contactpersoon_een_keer_mail(mailoutbox, uren, mails):
    zaaksysteem = abonnement(URL)
    Abonnement.objects.update(mislukt_sinds=NU - uren * UUR, mislukt_achtereen=9)
    alarm.waarschuw(NU)
    alarm.waarschuw(NU)
    assert len(mailoutbox) == mails
    assert all(zaaksysteem.contact in mail.to for mail in mailoutbox)
    zaaksysteem.refresh_from_db()
    assert zaaksysteem.status == ("uitgezet" if uren > 336 else "actief")


def test_een_alarm_noemt_nooit_een_klant(mailoutbox, noor):
    abonnement(URL)
    gebeurtenis(noor, 1)
    Baan.objects.update(geblokkeerd_sinds=NU - 73 * UUR, laatste_fout="422", uitgeput=True)
    alarm.waarschuw_dagelijks(NU)
    assert len(mailoutbox) == 2
    for mail in mailoutbox:
        assert str(noor) not in mail.body + mail.subject
        assert "Berichten die wachten: 1" in mail.body


def _met_certificaat(rij, pem, sleutel="niet nodig"):
    inlog = verzegelde_inlog({"certificaat": pem, "sleutel": sleutel})
    Abonnement.objects.filter(pk=rij.pk).update(inlog_verzegeld=inlog)
    rij.refresh_from_db()
    return rij


def _onderwerpen(mailoutbox):
    return [mail.subject.split(": ", 1)[1] for mail in mailoutbox]


def test_een_clientcertificaat_waarschuwt_voor_zijn_einde_ook_na_een_gemiste_nacht(mailoutbox):
    zaaksysteem = _met_certificaat(abonnement(URL), Uitgever().geef("portaal", dagen=40)[0])
    einde = alarm.einde_certificaat(zaaksysteem)
    for over in (31, 30, 29, 12, 11, -1, -2):  # de nacht van dag 14 is er nooit geweest
        alarm.waarschuw_dagelijks(einde - over * DAG)
    assert _onderwerpen(mailoutbox) == [
        "zaaksysteem: clientcertificaat nog 30 dagen geldig",
        "zaaksysteem: clientcertificaat nog 12 dagen geldig",
        "zaaksysteem: clientcertificaat verlopen",
        "zaaksysteem: clientcertificaat verlopen",
    ]
    assert all("Doe: bewaar een nieuw certificaat" in mail.body for mail in mailoutbox)


def test_een_nieuw_certificaat_waarschuwt_weer_van_voren_af_aan(mailoutbox):
    zaaksysteem = abonnement(URL)
    for dagen in (20, 25):
        _met_certificaat(zaaksysteem, Uitgever().geef("portaal", dagen=dagen)[0])
        alarm.waarschuw_dagelijks(timezone.now())
    assert len(mailoutbox) == 2


def test_een_fout_bij_een_abonnement_maakt_de_andere_alarmen_niet_stil(
    mailoutbox, noor, monkeypatch
):
    _met_certificaat(abonnement(URL, naam="stuk"), "geen pem")
    dicht = abonnement(URL, naam="dicht")
    Abonnement.objects.filter(pk=dicht.pk).update(inlog_verzegeld="weg$AAAA")
    abonnement(URL, naam="vast")
    gebeurtenis(noor, 1)
    Baan.objects.filter(abonnement__naam="vast").update(uitgeput=True)

    def stuk(rij, op):
        raise RuntimeError

    monkeypatch.setattr(alarm, "DAGELIJKS", (stuk, *alarm.DAGELIJKS))
    with pytest.raises(ExceptionGroup):
        alarm.waarschuw_dagelijks(NU)
    assert _onderwerpen(mailoutbox) == [
        "stuk: clientcertificaat is niet te lezen",
        "dicht: clientcertificaat is niet te lezen",
        "vast: 1 banen uitgeput: er wordt niets meer geprobeerd",
    ]


def test_een_mailserver_die_weg_is_houdt_het_uitzetten_niet_tegen(monkeypatch):
    abonnement(URL)
    Abonnement.objects.update(mislukt_sinds=NU - 337 * UUR, mislukt_achtereen=9)
    monkeypatch.setattr(alarm, "send_mail", Mock(side_effect=ConnectionError))
    with pytest.raises(ExceptionGroup):
        alarm.waarschuw(NU)
    assert Abonnement.objects.get().status == "uitgezet"


@pytest.mark.parametrize(
    ("uren", "tot", "mails"), [(23, None, 0), (25, None, 1), (25, 48 * UUR, 0)], ids=str
)
def test_een_vergeten_pauze_komt_elke_nacht_terug(mailoutbox, noor, uren, tot, mails):
    zaaksysteem = abonnement(URL)
    begin = timezone.now()
    beheer.pauzeer(zaaksysteem.pk, door=door(op=begin), tot=tot and begin + tot)
    gebeurtenis(noor, 1)
    alarm.waarschuw_dagelijks(begin + uren * UUR)
    assert len(mailoutbox) == mails
    for mail in mailoutbox:
        assert (
            f"Doe: neem de oorzaak weg, dan: manage.py abonnement hervat {zaaksysteem.pk}"
            in mail.body
        )


def test_een_nieuw_adres_zonder_handdruk_komt_elke_nacht_terug(mailoutbox, noor):
    zaaksysteem = abonnement(URL)
    gegevens = replace(gegevens_van(zaaksysteem), url="https://elders.waterveen.nl/")
    beheer.wijzig(zaaksysteem.pk, gegevens, door=door())
    gebeurtenis(noor, 1)
    alarm.waarschuw_dagelijks(timezone.now() + 25 * UUR)
    (mail,) = mailoutbox
    assert "wacht langer dan een dag op de handdruk" in mail.subject
    assert f"manage.py abonnement handdruk {zaaksysteem.pk}" in mail.body


def test_hervatten_probeert_ook_weer_wat_uitgeput_was(noor):
    zaaksysteem = abonnement(URL)
    gebeurtenis(noor, 1)
    Abonnement.objects.update(status="uitgezet")
    Baan.objects.update(uitgeput=True, opnieuw_op=NU + 999 * DAG)
    beheer.hervat(zaaksysteem.pk, door=door(op=NU))
    baan = Baan.objects.get()
    assert (baan.uitgeput, baan.opnieuw_op) == (False, NU)


def test_een_klant_die_drie_dagen_geweigerd_wordt_wacht_drie_dagen(noor):
    """De volgende poging ligt in de toekomst; het wachten niet."""
    abonnement(URL)
    gebeurtenis(noor, 1)
    nu = timezone.now()
    Baan.objects.update(geblokkeerd_sinds=nu - 3 * DAG, opnieuw_op=nu + 6 * UUR)
    (meting,) = [m for m in WebhookCijfers().collect() if m.name == "webhooks_oudste_seconden"]
    assert meting.samples[0].value == pytest.approx(3 * 86400, abs=60)
    assert met_cijfers(Abonnement.objects.all()).get().oudste == nu - 3 * DAG


def test_bij_een_storing_telt_het_wachten_vanaf_de_eerste_fout(noor):
    abonnement(URL)
    gebeurtenis(noor, 1)
    nu = timezone.now()
    Baan.objects.update(opnieuw_op=nu + UUR)
    Abonnement.objects.update(mislukt_sinds=nu - DAG)
    (meting,) = [m for m in WebhookCijfers().collect() if m.name == "webhooks_oudste_seconden"]
    assert meting.samples[0].value == pytest.approx(86400, abs=60)
    assert met_cijfers(Abonnement.objects.all()).get().oudste == nu - DAG
    Baan.objects.update(openstaand=0)
    assert met_cijfers(Abonnement.objects.all()).get().oudste is None


@pytest.mark.parametrize(("dagen", "mails"), [(364, 0), (365, 1), (366, 0), (395, 1)], ids=str)
def test_een_geheim_van_een_jaar_vraagt_om_een_nieuw(mailoutbox, dagen, mails):
    zaaksysteem = abonnement(URL)
    begin = zaaksysteem.geheimen.get().geldig_vanaf
    alarm.waarschuw_dagelijks(begin + dagen * DAG)
    assert len(mailoutbox) == mails
    assert all(zaaksysteem.contact in mail.to for mail in mailoutbox)


@pytest.mark.parametrize("vorm", sorted(VORMEN))
def test_in_de_vorm_van_vng_ondertekent_niemand_en_hoort_niemand_over_een_geheim(mailoutbox, vorm):
    zaaksysteem = abonnement(URL)
    beheer.roteer(zaaksysteem.pk, door=door(op=NU), oud_nog=2 * DAG)
    Abonnement.objects.update(vorm=vorm)
    for dagen in (1.5, 365):
        alarm.waarschuw_dagelijks(NU + dagen * DAG)
    assert mailoutbox == []


@pytest.mark.parametrize(("uren", "mails"), [(25, 0), (23, 1), (0, 0)])
def test_een_dag_voor_het_einde_van_het_vorige_geheim_hoort_de_ontvanger_dat(
    mailoutbox, uren, mails
):
    zaaksysteem = abonnement(URL)
    beheer.roteer(zaaksysteem.pk, door=door(op=NU), oud_nog=2 * DAG)
    alarm.waarschuw_dagelijks(NU + 2 * DAG - uren * UUR)
    assert len(mailoutbox) == mails


def test_de_cijfers_tellen_wat_wacht_en_wat_er_geprobeerd_is(noor):
    zaaksysteem = abonnement(URL)
    gebeurtenis(noor, 1)
    for label, waarde in (("0.05", 3), ("+Inf", 1)):
        Teller.objects.create(naam="duur", abonnement=zaaksysteem, label=label, waarde=waarde)
    Teller.objects.create(naam="pogingen", abonnement=zaaksysteem, label="bezorgd", waarde=4)
    Teller.objects.create(naam="veeg", waarde=1, op=timezone.now())
    metingen = {
        (s.name, s.labels.get("le", s.labels.get("uitkomst", ""))): s.value
        for meting in WebhookCijfers().collect()
        for s in meting.samples
    }
    assert metingen["webhooks_open", ""] == 1
    assert metingen["webhooks_pogingen_total", "bezorgd"] == 4
    assert metingen["webhooks_duur_seconds_bucket", "0.1"] == 3
    assert metingen["webhooks_duur_seconds_bucket", "+Inf"] == 4
    assert metingen["webhooks_laatste_veeg_seconden", ""] < 60


def test_wat_tijdens_intrekken_nog_net_kwam_sluit_alsnog(noor):
    zaaksysteem = abonnement(URL)
    gebeurtenis(noor, 1)
    Abonnement.objects.update(status="ingetrokken")
    opruimen.ruim_ingetrokken_op(NU)
    assert Bezorging.objects.get().stand == "ingetrokken"
    assert beheer.aantal_open(zaaksysteem) == 0
