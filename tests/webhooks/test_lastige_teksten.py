"""Elke lastige tekst in een informatierijk bericht: strenge JSON, een kloppende handtekening.

Ook bij herhalen teken voor teken hetzelfde bericht. Een informatiearm bericht draagt nooit een
waarde (`test_bericht.py`).
"""

import datetime as dt
import hmac
import json
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.utils import timezone

from portal.klanten.handelingen import registreer_klant
from portal.klanten.regels import NieuwBuitenlandsAdres, NieuweNaam, OngeldigeWaarde
from portal.webhooks import alarm, beheer
from portal.webhooks.abonnementgegevens import gegevens_van
from portal.webhooks.herstel import herhaal_sinds
from portal.webhooks.models import Abonnement, Bezorging
from portal.webhooks.pomp.hek import pomp_achter_hek
from tests.mensen import NOOR
from tests.mijn.lastig import TEKSTEN, VERBODEN
from tests.webhooks.conftest import GEHEIM, abonnement, door, maak_abonnement

ALLEMAAL = [pytest.param(TEKSTEN, id="alles", marks=pytest.mark.lang)]


def passend(teksten, hooguit=80):
    """Wat hiervan bewaard kan zijn, zoals het bewaard is."""
    gelezen = (unicodedata.normalize("NFC", tekst) for tekst in teksten)
    goed = (t for t in gelezen if t.strip() and not VERBODEN & set(t) and len(t) <= hooguit)
    return list(dict.fromkeys(goed))


@sync_to_async
def bevolk(namen):
    """Voor elke tekst een klant die zo heet en daar woont: onderwerp -> de waarden in woorden."""
    mensen = {}
    for nummer, naam in enumerate(namen):
        wie = replace(NOOR, subject_index=f"index-{nummer}", subject_verzegeld=f"zegel-{nummer}")
        tav, regel1, regel2 = namen[nummer - 1], namen[nummer - 2], namen[nummer - 3]
        adres = NieuwBuitenlandsAdres(tav=tav, regel1=regel1, regel2=regel2, landcode="BE")
        uitkomst = registreer_klant(
            waarden=[NieuweNaam(naam), adres], door=wie, gezien=0, sleutel=None, op=timezone.now()
        )
        postadres = ", ".join((tav, regel1, regel2, "BE"))
        mensen[str(uitkomst.klant)] = {"naam": [naam], "postadres": [postadres]}
    connection.close()
    return mensen


def streng(inhoud):
    """Lees zoals een strenge ontvanger: geen dubbele sleutel, geen NaN, geen los surrogaat."""

    def enkel(paren):
        assert len(dict(paren)) == len(paren)
        return dict(paren)

    def geen_getal(naam):
        raise ValueError(naam)

    inhoud.encode("utf-8", "strict")
    return json.loads(inhoud, object_pairs_hook=enkel, parse_constant=geen_getal)


def ondertekend(kop, inhoud):
    """Reken de handtekening zelf na, zonder de bibliotheek die haar zette."""
    id_, moment, handtekeningen = (
        kop[f"webhook-{deel}"] for deel in ("id", "timestamp", "signature")
    )
    geheim = b64decode(GEHEIM.removeprefix("whsec_"))
    tekst = f"{id_}.{moment}.".encode() + inhoud
    som = b64encode(hmac.new(geheim, tekst, sha256).digest()).decode()
    return f"v1,{som}" in handtekeningen.split(" ")


class Onthouder:
    """Onthoudt van elke poging de bytes en of de handtekening over precies die bytes klopt."""

    def __init__(self, gemeente):
        self.pogingen, self._neem_aan = [], gemeente._neem_aan
        gemeente._neem_aan = self

    def __call__(self, request, inhoud):
        kop = {naam.lower(): waarde for naam, waarde in request.headers.items()}
        self.pogingen.append((kop["webhook-id"], inhoud, ondertekend(kop, inhoud)))
        return self._neem_aan(request, inhoud)


@pytest.fixture
def pogingen(gemeente):
    return Onthouder(gemeente).pogingen


@pytest.mark.asyncio
@pytest.mark.timeout(600)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("teksten", ALLEMAAL)
async def test_elke_waarde_komt_ongeschonden_aan_en_bij_herhalen_dezelfde_bytes(
    werker, gemeente, pogingen, teksten
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    zet = sync_to_async(beheer.zet_informatierijk)
    await zet(zaaksysteem.pk, aan=True, doel="zaakbehandeling", door=door())
    mensen = await bevolk(passend(teksten))
    begin = timezone.now() - dt.timedelta(hours=1)
    await bezorg_alles(werker, zaaksysteem.pk)
    eerst = dict(pogingen_zonder_som(pogingen))
    aantal = await sync_to_async(herhaal_sinds)(zaaksysteem.pk, begin, door=door())
    await bezorg_alles(werker, zaaksysteem.pk)

    assert aantal == len(mensen) == len(eerst)
    assert len(pogingen) == 2 * len(mensen)
    assert {gelukt for *_, gelukt in pogingen} == {True}
    assert dict(pogingen_zonder_som(pogingen[len(mensen) :])) == eerst
    berichten = [streng(inhoud.decode("utf-8", "strict")) for inhoud in eerst.values()]
    assert {b["subject"]: b["data"]["waarden"] for b in berichten} == mensen
    assert not await Bezorging.objects.filter(stand=Bezorging.Stand.OPEN).aexists()


async def bezorg_alles(werker, abonnement):
    """A turn of the pump ends after its time: on a busy machine before the work does."""
    while await Bezorging.objects.filter(stand=Bezorging.Stand.OPEN).aexists():
        await pomp_achter_hek(werker, abonnement)


def pogingen_zonder_som(pogingen):
    return [(id_, inhoud) for id_, inhoud, _ in pogingen]


@pytest.mark.django_db
@pytest.mark.parametrize("veld", ["naam", "contact"])
@pytest.mark.parametrize("tekst", ["a\r\nBcc: b@example.org", "a\nb", "\u2028", " "])
def test_een_naam_of_contact_dat_geen_mailkop_kan_zijn_wordt_geweigerd(veld, tekst):
    goed = {"url": "https://zaken.waterveen.nl/webhook", "naam": "Zaken"}
    gegevens = replace(gegevens_van(abonnement(**goed)), **{veld: tekst})
    with pytest.raises(OngeldigeWaarde) as fout:
        beheer.maak(gegevens, door=door())
    assert fout.value.veld == veld


@pytest.mark.django_db
@pytest.mark.parametrize("teksten", ALLEMAAL)
def test_wie_lastig_heet_krijgt_toch_een_alarm(mailoutbox, settings, teksten):
    settings.BEHEER_EMAIL = "beheer@example.org"
    namen = passend(teksten)
    zaaksysteem = abonnement("https://zaken.waterveen.nl/webhook")
    sinds = timezone.now() - dt.timedelta(hours=25)
    for naam in namen:
        gegevens = replace(gegevens_van(zaaksysteem), naam=naam)
        beheer.wijzig(zaaksysteem.pk, gegevens, door=door())
        Abonnement.objects.update(mislukt_sinds=sinds, gewaarschuwd_uur=0)
        alarm.waarschuw(timezone.now())
    assert len(mailoutbox) == len(namen)
    for naam, mail in zip(namen, mailoutbox, strict=True):
        assert naam in mail.subject
        assert f"Abonnement: {naam} " in mail.body
    assert {tuple(mail.to) for mail in mailoutbox} == {
        ("beheer@example.org", "zaaksysteem@waterveen.example")
    }
