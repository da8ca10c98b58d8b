"""Een bestand aanvragen, op de achtergrond maken, ophalen, en weer vergeten."""

import base64
import datetime as dt
import json
from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.exceptions import AlreadyEnqueued

from accounts.limieten import tel
from accounts.zegel import ontzegel, verzegel
from portal.klanten.meenemen import exporteer
from portal.logboek.inzage import gebruik_van
from portal.mijn.downloads.bestand import als_csv, als_pdf
from portal.mijn.downloads.inhoud import delen, gebruiksdeel
from portal.mijn.models import Download
from portal.mijn.templatetags.portaal import moment
from portal.mijn.toegang import Gebeurtenis, Klant, klant_voor_taak

DOEL = "mijn.download"
GELDIG = dt.timedelta(hours=24)
PER_DAG = 5
SOORTEN = {
    Download.Vorm.PDF: ("application/pdf", "pdf"),
    Download.Vorm.JSON: ("application/json", "json"),
    Download.Vorm.CSV: ("text/csv; charset=utf-8", "csv"),
    Download.Vorm.GEBRUIK: ("text/csv; charset=utf-8", "csv"),
}


class TeveelDownloads(Exception):
    """Er loopt er al een, of er zijn er vandaag genoeg gemaakt."""


def vraag_aan(klant: Klant, *, account: str, vorm: Download.Vorm, op: dt.datetime) -> Download:
    """Vraag een bestand aan; één tegelijk en vijf per dag. Raises TeveelDownloads."""
    if tel(f"download:{account}", venster_s=86_400, maximum=PER_DAG, op=op):
        raise TeveelDownloads
    try:
        with transaction.atomic():
            download = Download.objects.create(
                onderwerp=klant.pk,
                account=account,
                vorm=vorm,
                taal=translation.get_language() or settings.LANGUAGE_CODE,
                gevraagd_op=op,
                verloopt_op=op + GELDIG,
            )
            transaction.on_commit(wek, robust=True)
    except IntegrityError:
        raise TeveelDownloads from None
    return download


def wek() -> None:
    """Wek de werker; de veger van elke minuut vindt wat bleef liggen."""
    from portal.mijn.tasks import maak_downloads

    with suppress(AlreadyEnqueued):
        maak_downloads.configure(queueing_lock="mijn.maak_downloads").defer()


def maak(download: Download, *, op: dt.datetime) -> None:
    """Maak het bestand en leg het verzegeld weg; is de klant weg, dan is er niets te maken."""
    gevonden = klant_voor_taak(download.onderwerp)
    if gevonden is None:
        is_mislukt(download)
        return
    klant, door = gevonden
    _meld_voortgang(download, 20)
    with translation.override(download.taal):
        gegevens = exporteer(klant, door=door, op=op)
        _meld_voortgang(download, 50)
        inhoud = _bestand(download, gegevens, op=op)
    _meld_voortgang(download, 90)
    tekst = base64.b64encode(inhoud).decode()
    Download.objects.filter(pk=download.pk, stand=Download.Stand.BEZIG).update(
        stand=Download.Stand.KLAAR,
        voortgang=100,
        klaar_op=op,
        inhoud_verzegeld=verzegel(tekst, DOEL, hoort_bij=str(download.pk)),
    )


def is_mislukt(download: Download) -> None:
    """Dit bestand komt er niet; is het intussen door een ander gemaakt, dan blijft het."""
    bezig = Download.objects.filter(pk=download.pk, stand=Download.Stand.BEZIG)
    bezig.update(stand=Download.Stand.MISLUKT)


def open_bestand(download: Download) -> bytes:
    """Geef de inhoud van een klaar bestand."""
    return base64.b64decode(
        ontzegel(download.inhoud_verzegeld, DOEL, hoort_bij=str(download.pk)), validate=True
    )


def wis_bij_verwijdering(gebeurtenis: Gebeurtenis) -> None:
    """OWN-5: met de klant gaan ook de bestanden die van haar gemaakt zijn."""
    if gebeurtenis.soort == Gebeurtenis.Soort.VERWIJDERD:
        Download.objects.filter(onderwerp=gebeurtenis.onderwerp).delete()


def ruim_op(op: dt.datetime) -> int:
    """Verwijder verlopen bestanden; geef hoeveel."""
    return Download.objects.filter(verloopt_op__lte=op).delete()[0]


def _bestand(download: Download, gegevens: dict[str, object], *, op: dt.datetime) -> bytes:
    gebruik = gebruik_van(download.onderwerp, hooguit=None)
    match download.vorm:
        case Download.Vorm.JSON:
            return json.dumps(gegevens, ensure_ascii=False, indent=2).encode()
        case Download.Vorm.GEBRUIK:
            return als_csv([gebruiksdeel(gebruik)])
        case Download.Vorm.CSV:
            return als_csv(delen(gegevens, gebruik))
    voet = _("Gemaakt op %(moment)s door %(organisatie)s.") % {
        "moment": moment(op),
        "organisatie": settings.ORGANISATIE_NAAM,
    }
    return als_pdf(
        delen(gegevens, gebruik),
        titel=_("Uw gegevens bij %(organisatie)s") % {"organisatie": settings.ORGANISATIE_NAAM},
        taal=download.taal,
        leeg=_("Er is niets."),
        voet=voet,
    )


def _meld_voortgang(download: Download, procent: int) -> None:
    Download.objects.filter(pk=download.pk).update(voortgang=procent)


def eigen_downloads(account: str, onderwerp: UUID, *, op: dt.datetime) -> list[Download]:
    """De bestanden van deze inlog over deze klant die nog te halen zijn, de nieuwste eerst."""
    eigen = Download.objects.filter(account=account, onderwerp=onderwerp, verloopt_op__gt=op)
    return list(eigen.defer("inhoud_verzegeld").order_by("-gevraagd_op"))
