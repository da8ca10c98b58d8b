"""Van wat het domein wil zeggen naar een bericht in de uitbak; hangt aan de haak van klanten."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext

from portal.berichten.klaarzetten import zet_klaar
from portal.klanten.regels import Bericht

KANAAL = {"email": "email", "telefoon": "sms"}
DATUMS = ("ingaat_op", "verwijderd_op")
LEEG = dict.fromkeys(("code", "gegeven", "referentie", "link", *DATUMS), "")


def neem_aan(bericht: Bericht) -> None:
    """Zet een bericht van het domein in de uitbak, in de transactie van de handeling."""
    minuten = int((bericht.geldig_tot - bericht.op).total_seconds()) // 60
    zet_klaar(
        soort=bericht.soort.value,
        kanaal=KANAAL[bericht.aan_soort],
        aan=bericht.aan,
        taal=bericht.taal,
        gegevens=_leesbaar(bericht.inhoud, bericht.taal, bericht.op) | {"minuten": minuten},
        op=bericht.op,
        geldig_tot=bericht.geldig_tot,
    )


def _leesbaar(inhoud: Mapping[str, str], taal: str, op: datetime) -> dict[str, str]:
    """Maak leesbaar wat het domein kaal geeft: datums in de taal van de klant, een hele link."""
    met_taal = taal if taal in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(met_taal):
        datums = {naam: _datum(inhoud[naam]) for naam in DATUMS if inhoud.get(naam)}
        moment = gettext("%(datum)s om %(tijd)s uur") % {
            "datum": date_format(timezone.localtime(op), "j F Y"),
            "tijd": date_format(timezone.localtime(op), gettext("H.i")),
        }
    rest = {naam: tekst for naam, tekst in inhoud.items() if naam != "token"}
    return LEEG | rest | datums | {"moment": moment, "link": _link(inhoud.get("token", ""))}


def _datum(tekst: str) -> str:
    moment = parse_datetime(tekst)
    return date_format(timezone.localtime(moment) if moment else tekst, "j F Y")


def _link(token: str) -> str:
    """Het adres van de bladzijde "dit was ik niet"; de POST van die bladzijde doet het pas."""
    return settings.PORTAAL_URL + reverse("mijn:dit_was_ik_niet", args=[token]) if token else ""
