"""Het rekeningnummer: invullen, nakijken, opslaan; met een zekerder login."""

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.sessie import vereist
from portal.klanten import handelingen
from portal.klanten.regels import Stand
from portal.mijn.antwoord import toon, vertrek
from portal.mijn.bewerken import Bewerking, Staat, bewerk, formulier_voor, staat_van, toon_formulier
from portal.mijn.forms.eenmalig import EenmaligFormulier, afdruk_van
from portal.mijn.forms.rekening import RekeningControleFormulier, RekeningFormulier
from portal.mijn.panelen.rekening import RIJ
from portal.mijn.toegang import Klant, Rekeningnummer, eigen_klant, rekeningnummers_van
from portal.mijn.weergave import rekeningnummer

IN_SESSIE = "rekening_controle"
VELDEN = ("klant", "gezien", "sleutel", "iban", "tenaamstelling")


@vereist("rekeningnummer")
@require_http_methods(["GET", "POST"])
def rekening(request: HttpRequest) -> HttpResponse:
    """Het nummer invullen; daarna eerst nakijken, er wordt hier niets opgeslagen."""
    klant = eigen_klant(request)
    stond = _in_gebruik(klant)
    begin = {"tenaamstelling": stond.tenaamstelling} if stond else {}
    formulier = formulier_voor(request, RekeningFormulier, klant, rij=RIJ, **begin)
    if formulier.is_bound and formulier.is_valid():
        request.session[IN_SESSIE] = {veld: request.POST.get(veld, "") for veld in VELDEN}
        return vertrek(request, reverse("mijn:rekening_controle"))
    return toon_formulier(request, formulier, _bewerking(request, knop=_("Verder")))


@vereist("rekeningnummer")
@require_http_methods(["GET", "POST"])
def rekening_controle(request: HttpRequest) -> HttpResponse:
    """Klopt dit? Pas de POST van deze bladzijde slaat op wat hier staat."""
    ingevuld = request.session.get(IN_SESSIE)
    if not ingevuld:
        return vertrek(request, reverse("mijn:rekening"))
    klant = eigen_klant(request)
    formulier = _controle(request, klant, ingevuld)
    if not formulier.is_valid():
        return vertrek(request, reverse("mijn:rekening"))
    if request.method == "GET" or not formulier.is_dezelfde_keuze():
        return _klopt_dit(request, formulier, klant)
    antwoord = bewerk(
        request,
        formulier,
        _bewerking(request, terug=reverse("mijn:gegevens") + "#rekening"),
        lambda gang: handelingen.wijzig_rekeningnummer(
            klant.pk if klant else None,
            rekening=formulier.nieuw,
            afkoeling=settings.KLANTEN_AFKOELING,
            **gang,
        ),
    )
    if not formulier.errors and not formulier.conflict:
        request.session.pop(IN_SESSIE, None)
    return antwoord


@vereist("rekeningnummer")
@require_http_methods(["GET", "POST"])
def rekening_verwijderen(request: HttpRequest, waarde: uuid.UUID) -> HttpResponse:
    """Dit nummer weg, na een vraag."""
    klant = eigen_klant(request)
    rij = next((rij for rij in rekeningnummers_van(klant) if rij.pk == waarde), None)
    if klant is None or rij is None:
        raise Http404
    plek = RIJ if rij == _in_gebruik(klant) else f"{RIJ}-nieuw"
    formulier = formulier_voor(request, EenmaligFormulier, klant, rij=plek)
    bewerking = Bewerking(
        handeling="rekeningnummer",
        titel=_("Rekeningnummer verwijderen"),
        rij=plek,
        paneel="rekening",
        uitleg=_("Wilt u dit rekeningnummer verwijderen? Wij kunnen u dan geen geld overmaken."),
        knop=_("Ja, verwijderen"),
        gevaar=True,
        gelukt=_("Uw rekeningnummer is verwijderd."),
    )
    return bewerk(
        request,
        formulier,
        bewerking,
        lambda gang: handelingen.verwijder_rekeningnummer(klant.pk, waarde=rij.pk, **gang),
    )


def _bewerking(request: HttpRequest, *, knop: str = "", terug: str = "") -> Bewerking:
    return Bewerking(
        handeling="rekeningnummer",
        titel=_("Rekeningnummer wijzigen"),
        rij=RIJ,
        paneel="rekening",
        knop=knop,
        terug=terug,
        url=reverse("mijn:rekening_controle") if terug else "",
        gelukt=_("Uw rekeningnummer is opgeslagen. Wij laten het u ook weten."),
        staat=lambda: _staat(request),
    )


def _klopt_dit(
    request: HttpRequest, formulier: RekeningControleFormulier, klant: Klant | None
) -> HttpResponse:
    """Toon wat de sessie nu heeft; na een ander tabblad is dat iets anders dan de mens zag."""
    if request.method == "POST":
        formulier.meld_conflict()
    wacht = klant is not None and handelingen.wacht_met_ingaan(klant.pk)
    ingaat_op = timezone.now() + settings.KLANTEN_AFKOELING if wacht else None
    return toon(
        request,
        "mijn/rekening_controle.html",
        nieuw=formulier.nieuw,
        iban=rekeningnummer(formulier.nieuw.iban),
        ingaat_op=ingaat_op,
        formulier=formulier,
        getoond=formulier.initial["getoond"],
    )


def _controle(
    request: HttpRequest, klant: Klant | None, ingevuld: dict[str, str]
) -> RekeningControleFormulier:
    nu = afdruk_van([ingevuld["iban"], ingevuld["tenaamstelling"]])
    gegevens = {**_gegevens(request, ingevuld), "getoond": request.POST.get("getoond", "")}
    return RekeningControleFormulier.voor(klant, gegevens, rij=RIJ, getoond=nu)


def _gegevens(request: HttpRequest, ingevuld: dict[str, str]) -> dict[str, str]:
    """Wat ingevuld was; op de conflictpagina komt de keuze met een nieuwe versie en sleutel mee."""
    keuze = {veld: request.POST[veld] for veld in ("conflict", "welke") if veld in request.POST}
    if keuze:
        keuze |= {veld: request.POST.get(veld, "") for veld in ("klant", "gezien", "sleutel")}
    return {**ingevuld, **keuze}


def _in_gebruik(klant: Klant | None) -> Rekeningnummer | None:
    return next((rij for rij in rekeningnummers_van(klant) if rij.stand == Stand.IN_GEBRUIK), None)


def _staat(request: HttpRequest) -> Staat | None:
    rij = _in_gebruik(eigen_klant(request))
    return staat_van(request, rij, rekeningnummer(rij.iban) if rij else "")
