"""Gegevens downloaden: kiezen, wachten met een balk, ophalen met een verse inlog."""

import datetime as dt
import uuid
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from accounts.inlog import inlog_van
from accounts.sessie import vereist
from portal.klanten import meenemen
from portal.logboek.activiteiten import Activiteit
from portal.logboek.schrijven import Gebruik, deze_gemeente, leg_gebruik_vast
from portal.mijn.antwoord import toon, vertrek
from portal.mijn.bewerken import eerder_getypt
from portal.mijn.downloads.aanvragen import (
    SOORTEN,
    TeveelDownloads,
    eigen_downloads,
    open_bestand,
    vraag_aan,
)
from portal.mijn.forms.downloaden import DownloadFormulier
from portal.mijn.models import Download
from portal.mijn.toegang import eigen_klant

TEVEEL = gettext_noop(
    "U heeft vandaag al genoeg bestanden gevraagd, of wij maken er nog een. Probeer het later."
)
SCHEMA = Path(meenemen.__file__).with_name("meenemen.schema.json")


@vereist("exporteren")
@require_http_methods(["GET", "POST"])
def downloaden(request: HttpRequest) -> HttpResponse:
    """Kies een bestand, en zie welke er klaarstaan of nog gemaakt worden."""
    klant, op = eigen_klant(request), timezone.now()
    account = inlog_van(request).account_index
    gegevens = request.POST if request.method == "POST" else None
    formulier = DownloadFormulier(gegevens, initial=eerder_getypt(request, DownloadFormulier))
    if klant and formulier.is_valid():
        vorm = formulier.cleaned_data["vorm"]
        try:
            vraag_aan(klant, account=account, vorm=Download.Vorm(vorm), op=op)
        except TeveelDownloads:
            messages.error(request, _(TEVEEL))
        return vertrek(request, reverse("mijn:downloaden"))
    rij = eigen_downloads(account, klant.pk, op=op) if klant else []
    bezig = any(een.stand == Download.Stand.BEZIG for een in rij)
    return toon(
        request,
        "mijn/downloaden.html",
        "lijst",
        formulier=formulier,
        klant=klant,
        downloads=rij,
        bezig=bezig,
    )


@vereist("exporteren")
@require_safe
def ophalen(request: HttpRequest, download: uuid.UUID) -> HttpResponse:
    """Geef het bestand als bijlage, en leg vast dat het is opgehaald.

    Expired, swept, of someone else or never made: one and the same page, with the way to a new one.
    """
    klant, op = eigen_klant(request), timezone.now()
    van_haar = Download.objects.filter(onderwerp=klant.pk) if klant else Download.objects.none()
    rij = van_haar.filter(
        pk=download,
        account=inlog_van(request).account_index,
        stand=Download.Stand.KLAAR,
        verloopt_op__gt=op,
    ).first()
    if rij is None:
        return toon(request, "mijn/download_weg.html", status=404)
    return _geef(rij, op=op)


def _geef(rij: Download, *, op: dt.datetime) -> HttpResponse:
    gebruik = Gebruik(activiteit=Activiteit.EXPORTEREN, naam="downloaden", eigen=True)
    leg_gebruik_vast([rij.onderwerp], gebruik=gebruik, door=deze_gemeente(), op=op)
    Download.objects.filter(pk=rij.pk, opgehaald_op=None).update(opgehaald_op=op)
    soort, achtervoegsel = SOORTEN[Download.Vorm(rij.vorm)]
    antwoord = HttpResponse(open_bestand(rij), content_type=soort)
    antwoord["Content-Disposition"] = f'attachment; filename="mijn-gegevens.{achtervoegsel}"'
    antwoord["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return antwoord


@login_not_required
@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Het gepubliceerde schema van het JSON-bestand."""
    return HttpResponse(SCHEMA.read_bytes(), content_type="application/schema+json")
