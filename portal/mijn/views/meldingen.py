"""Meldingen en vragen: zonder gegevens, met een naam en één adres, of met wat wij al weten."""

import uuid

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.grenzen import adres_van
from accounts.inlog import Inlog, inlog_of_niets
from accounts.limieten import tel
from accounts.sessie import eis_voor, mandaat_reikt, vereist, volstaat
from portal.gemeente import gemeente
from portal.klanten import handelingen
from portal.klanten.handelingen.sleutels import al_gedaan
from portal.klanten.regels import (
    Authenticatie,
    Interactiesoort,
    IntussenGewijzigd,
    RegelGeschonden,
    SleutelHergebruikt,
)
from portal.mijn.antwoord import toon, vertrek
from portal.mijn.bewerken import Bewerking, Staat, eerder_getypt, staat_van, toon_conflict
from portal.mijn.forms.afwijken import AfwijkFormulier, afwijking_in_woorden, begin_van
from portal.mijn.forms.meldingen import MeldingFormulier
from portal.mijn.toegang import (
    Interactie,
    Klant,
    authenticatie_van,
    eigen_klant,
    eigen_klanten,
    gekozen_klant,
    processen_voor,
)
from portal.mijn.views.fouten import foutpagina
from portal.mijn.weergave import adrestekst
from portal.registers.interacties import lezen

PER_TIEN_MINUTEN = 10
ANDERS = gettext_noop("Dit geldt nu voor deze melding.")
MAG_NIET = (
    gettext_lazy("U kunt zo geen melding doen"),
    gettext_lazy(
        "U bent ingelogd als medewerker, of uw machtiging is hier niet voor. "
        "Log uit. Een melding kan ook zonder inloggen."
    ),
)


@vereist("inzien")
@require_safe
def meldingen(request: HttpRequest) -> HttpResponse:
    """De eigen meldingen, vragen en doorgegeven fouten, met hun stand."""
    door = authenticatie_van(request)
    eigen = handelingen.eigen_interacties(door)
    elders = lezen.voor_klanten(eigen_klanten(request).values_list("pk", flat=True))
    bekend = {interactie.pk for interactie in eigen}
    return toon(
        request,
        "mijn/meldingen.html",
        klant=eigen_klant(request),
        interacties=eigen,
        contacten=[contact for contact in elders.regels if contact.interactie not in bekend],
        onvolledig=elders.onvolledig,
        terugmeldingen=handelingen.eigen_terugmeldingen(door),
    )


@login_not_required
@require_http_methods(["GET", "POST"])
def melding_nieuw(request: HttpRequest) -> HttpResponse:
    """Een melding of vraag doen; wie is ingelogd hoeft niets in te vullen."""
    inlog = inlog_of_niets(request)
    if inlog and (inlog.is_medewerker or not mandaat_reikt(inlog, "overrulen")):
        return foutpagina(request, 403, MAG_NIET)
    ingelogd = inlog is not None and _mag_inzien(inlog)
    klant = gekozen_klant(request) if ingelogd else None
    processen = processen_voor(ingelogd=ingelogd)
    formulier = MeldingFormulier(
        request.POST if request.method == "POST" else None,
        processen=processen,
        initial={"sleutel": uuid.uuid4()}
        | (eerder_getypt(request, MeldingFormulier) if ingelogd else {}),
        auto_id="melding-%s",
    )
    if formulier.is_bound and formulier.is_valid():
        door = authenticatie_van(request) if ingelogd else None
        if antwoord := _ontvang(request, formulier, door, klant):
            return antwoord
    return toon(
        request,
        "mijn/melding_nieuw.html",
        formulier=formulier,
        klant=klant,
        ingelogd=ingelogd,
        processen=processen,
        status=429 if formulier.te_veel else 0,
    )


def _mag_inzien(inlog: Inlog) -> bool:
    """Wie daarvoor te laag is ingelogd, is hier niemand: geen naam en niets van een klant."""
    return volstaat(inlog, eis_voor("inzien"), nu=timezone.now().timestamp())


@vereist("overrulen")
@require_http_methods(["GET", "POST"])
def melding(request: HttpRequest, interactie: uuid.UUID) -> HttpResponse:
    """Eén eigen melding: hoe wij iemand hiervoor bereiken, en dat voor deze keer anders zetten."""
    rij = _eigen(request, interactie)
    eigen_klant(request)  # its name stands in the band
    formulier = _afwijkformulier(request, rij)
    if formulier.is_bound and formulier.laat_staan():
        return vertrek(request, reverse("mijn:meldingen"), _("Er is niets gewijzigd."))
    if formulier.is_bound and formulier.is_valid() and _overrule(request, rij, formulier):
        return vertrek(request, reverse("mijn:meldingen"), _(ANDERS))
    if formulier.conflict:
        return toon_conflict(request, formulier, _bewerking(request, interactie))
    contact = handelingen.contact_bij(rij, _klant_bij(request, rij), op=timezone.now())
    adres = contact.correspondentieadres
    return toon(
        request,
        "mijn/melding.html",
        formulier=formulier,
        interactie=rij,
        contact=contact,
        postadres=adrestekst(adres) if adres else "",
    )


def _ontvang(
    request: HttpRequest,
    formulier: MeldingFormulier,
    door: Authenticatie | None,
    klant: Klant | None,
) -> HttpResponse | None:
    """Leg vast en toon het kenmerk, ook wie nog eens verstuurt; None als een regel nee zegt."""
    op = timezone.now()
    wie = door.subject_index if door else adres_van(request)
    sleutel = formulier.cleaned_data["sleutel"]
    if not al_gedaan(sleutel) and tel(
        f"melding:{wie}", venster_s=600, maximum=PER_TIEN_MINUTEN, op=op
    ):
        formulier.meld_te_veel(gemeente().telefoon)
        return None
    try:
        ontvangst = handelingen.ontvang_interactie(
            proces=formulier.cleaned_data["proces"],
            soort=Interactiesoort(formulier.cleaned_data["soort"]),
            bronorganisatie=settings.ORGANISATIE_RSIN,
            tekst=formulier.cleaned_data["tekst"],
            contact=formulier.contact,
            door=door,
            eigen=klant.pk if klant else None,
            sleutel=sleutel,
            op=op,
        )
    except SleutelHergebruikt:
        formulier.meld_al_verstuurd()
        return None
    except RegelGeschonden as fout:
        formulier.add_error(None, fout.in_taal(gettext))
        return None
    return toon(
        request,
        "mijn/melding_ontvangen.html",
        referentie=ontvangst.referentie,
        contact=formulier.contact,
        gekoppeld=ontvangst.klant is not None and door is not None,
    )


def _klant_bij(request: HttpRequest, rij: Interactie) -> Klant | None:
    """De eigen klant bij deze melding; hoort er een ander bij, dan blijft die van die ander."""
    return next(iter(rij.op_rol(eigen_klanten(request).filter(inactief_op=None))), None)


def _eigen(request: HttpRequest, interactie: uuid.UUID) -> Interactie:
    """Zoek de melding bij de eigen klanten; die van een ander bestaat niet."""
    for rij in handelingen.eigen_interacties(authenticatie_van(request)):
        if rij.pk == interactie:
            return rij
    raise Http404


def _afwijkformulier(request: HttpRequest, rij: Interactie) -> AfwijkFormulier:
    """Het formulier met wat er nu afwijkt, of met wat verstuurd is; met de afdruk van wat er is."""
    begin = begin_van(handelingen.afwijking_van(rij)) | {
        "getoond": handelingen.afdruk_van_afwijking(rij)
    }
    typte = eerder_getypt(request, AfwijkFormulier)
    verstuurd = request.POST if request.method == "POST" else None
    formulier = AfwijkFormulier.voor(None, verstuurd, rij="afwijk", **begin | typte)
    if rij.proces.vereist_registeradres:
        formulier.zonder_adres()
    return formulier


def _overrule(request: HttpRequest, rij: Interactie, formulier: AfwijkFormulier) -> bool:
    """Zet wat er is ingevuld; een regel die nee zegt komt in het formulier."""
    try:
        handelingen.overrule(
            rij.pk,
            gegevens=formulier.nieuw,
            gezien=formulier.cleaned_data["getoond"],
            door=authenticatie_van(request, "overrulen"),
            op=timezone.now(),
        )
    except IntussenGewijzigd:
        formulier.meld_conflict()
        return False
    except RegelGeschonden as fout:
        formulier.add_error(None, fout.in_taal(gettext))
        return False
    return True


def _bewerking(request: HttpRequest, interactie: uuid.UUID) -> Bewerking:
    """Wat de conflictpagina van deze melding weet."""

    def staat() -> Staat | None:
        rij = _eigen(request, interactie)
        tekst = afwijking_in_woorden(handelingen.afwijking_van(rij))
        return staat_van(request, getattr(rij, "afwijkend", None), tekst)

    return Bewerking(
        handeling="overrulen",
        titel=_("Hoe bereiken wij u hiervoor?"),
        rij="afwijk",
        paneel="",
        gelukt=_(ANDERS),
        terug=reverse("mijn:meldingen"),
        boven=(_("Meldingen"), "mijn:meldingen"),
        staat=staat,
    )
