"""Wat vanzelf gaat: opruimen, waarschuwen en tellen."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.klanten import gevolgen
from portal.klanten.handelingen.opruimen import ruim_gebeurtenissen_op
from portal.klanten.models import Gebeurtenis
from portal.klanten.regels import TeveelOpTeRuimen
from portal.webhooks import alarm, beheer, opruimen
from portal.webhooks.cijfers import WebhookCijfers
from portal.webhooks.geheimen import verzegelde_inlog
from portal.webhooks.models import Abonnement, Baan, Bezorging, Poging, Teller
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


def test_een_clientcertificaat_waarschuwt_voor_zijn_einde(mailoutbox):
    zaaksysteem = abonnement(URL)
    nu = timezone.now()
    certificaat, sleutel = Uitgever().geef("portaal", dagen=7)
    inlog = verzegelde_inlog({"certificaat": certificaat, "sleutel": sleutel})
    Abonnement.objects.update(inlog_verzegeld=inlog)
    zaaksysteem.refresh_from_db()
    dagen = alarm.dagen_certificaat(zaaksysteem, nu)
    assert dagen in {6, 7}
    alarm.waarschuw_dagelijks(nu + (dagen - 3) * DAG)
    assert [mail.subject.split(": ")[-1] for mail in mailoutbox] == [
        "clientcertificaat nog 3 dagen geldig"
    ]


@pytest.mark.parametrize(("dagen", "mails"), [(364, 0), (365, 1), (366, 0), (395, 1)], ids=str)
def test_een_geheim_van_een_jaar_vraagt_om_een_nieuw(mailoutbox, dagen, mails):
    zaaksysteem = abonnement(URL)
    begin = zaaksysteem.geheimen.get().geldig_vanaf
    alarm.waarschuw_dagelijks(begin + dagen * DAG)
    assert len(mailoutbox) == mails
    assert all(zaaksysteem.contact in mail.to for mail in mailoutbox)


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
