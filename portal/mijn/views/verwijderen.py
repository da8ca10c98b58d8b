"""Verwijderen in drie stappen: kiezen, nakijken, klaar; er gaat niets half weg."""

import datetime as dt
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.sessie import vereist
from portal.klanten import handelingen
from portal.klanten.handelingen import Gang
from portal.klanten.regels import Uitkomst
from portal.mijn.antwoord import toon, vertrek
from portal.mijn.bewaren import bewaar
from portal.mijn.bewerken import Bewerking, bewerk, eerder_getypt, formulier_voor, gang_van
from portal.mijn.forms.eenmalig import ControleFormulier, EenmaligFormulier, afdruk_van
from portal.mijn.forms.verwijderen import Gegeven, KiesFormulier, gegevens_van, is_alles
from portal.mijn.panelen.officieel import officieel_van
from portal.mijn.toegang import Klant, eigen_klant, is_bedrijf
from portal.mijn.vasthouden import wat_houdt_vast

KEUZE = "verwijderen_keuze"
KLAAR = "verwijderen_klaar"


@vereist("verwijderen")
@require_http_methods(["GET", "POST"])
def verwijderen(request: HttpRequest) -> HttpResponse:
    """Stap 1: kiezen wat weg moet; er gebeurt nog niets."""
    klant = eigen_klant(request)
    formulier = KiesFormulier(
        request.POST if request.method == "POST" else None,
        gegevens=gegevens_van(klant),
        bedrijf=is_bedrijf(request),
        initial=eerder_getypt(request, KiesFormulier),
    )
    if formulier.is_bound and formulier.is_valid():
        request.session[KEUZE] = formulier.cleaned_data["weg"]
        return vertrek(request, reverse("mijn:verwijderen_controle"))
    vast = wat_houdt_vast(request, klant, op=timezone.now()) if klant else None
    return toon(request, "mijn/verwijderen.html", klant=klant, formulier=formulier, vast=vast)


@vereist("verwijderen")
@require_http_methods(["GET", "POST"])
def verwijderen_controle(request: HttpRequest) -> HttpResponse:
    """Stap 2: nakijken; pas deze POST verwijdert, en kijkt opnieuw wat er weg mag."""
    klant, keuze = eigen_klant(request), request.session.get(KEUZE) or []
    gekozen, alles = _gekozen(klant, keuze), is_alles(klant, keuze)
    if klant is None or not (gekozen or alles):
        return vertrek(request, reverse("mijn:verwijderen"))
    gegevens = request.POST if request.method == "POST" else None
    formulier = ControleFormulier.voor(
        klant, gegevens, rij="verwijderen", getoond=afdruk_van(sorted(keuze))
    )
    if formulier.is_bound and formulier.is_valid():
        gang = gang_van(request, "verwijderen", formulier)
        uitkomst = bewaar(formulier, lambda: _verwijder(klant, keuze, gang))
        if uitkomst:
            return _klaar(request, uitkomst, alles=alles)
    if formulier.conflict:
        formulier.begin_opnieuw(klant, sleutel=uuid.uuid4())
    return toon(
        request,
        "mijn/verwijderen_controle.html",
        formulier=formulier,
        gekozen=gekozen,
        soorten={gegeven.soort for gegeven in gekozen},
        alles=alles,
        officieel=officieel_van(request),
        vast=wat_houdt_vast(request, klant, op=timezone.now()),
        laatste_email=_laatste(klant, gekozen, "email"),
        laatste_telefoon=_laatste(klant, gekozen, "telefoon"),
    )


@vereist("verwijderen")
@require_http_methods(["GET", "POST"])
def verwijderen_intrekken(request: HttpRequest) -> HttpResponse:
    """Wie nog wacht op de bron van zaken, mag zich bedenken."""
    klant = eigen_klant(request)
    if klant is None:
        raise Http404
    if klant.inactief_op or not klant.verwijdering_gevraagd_op:
        blijft = "" if klant.inactief_op else _("Wij verwijderen uw gegevens niet.")
        return vertrek(request, reverse("mijn:gegevens"), blijft)
    formulier = formulier_voor(request, EenmaligFormulier, klant, rij="intrekken")
    bewerking = Bewerking(
        handeling="verwijderen",
        titel=_("Toch niet verwijderen"),
        rij="intrekken",
        paneel="naam",
        uitleg=_("Wij hebben nog niets verwijderd. Wilt u uw gegevens houden?"),
        knop=_("Ja, houd mijn gegevens"),
        terug=reverse("mijn:gegevens"),
        gelukt=_("Wij verwijderen uw gegevens niet."),
        in_lijst=False,
    )
    trek_in = handelingen.trek_verwijdering_in
    return bewerk(request, formulier, bewerking, lambda gang: trek_in(klant.pk, **gang))


@vereist("inzien")
@require_safe
def verwijderen_klaar(request: HttpRequest) -> HttpResponse:
    """Stap 3: wat er gebeurd is, met een kenmerk; verversen mag."""
    klaar = request.session.get(KLAAR)
    if not klaar:
        return vertrek(request, reverse("mijn:overzicht"))
    op = dt.datetime.fromtimestamp(klaar["moment"], dt.UTC)
    tot = dt.date.fromisoformat(klaar["tot"]) if klaar["tot"] else None
    return toon(request, "mijn/verwijderen_klaar.html", **{**klaar, "tot": tot}, op=op)


def _gekozen(klant: Klant | None, keuze: list[str]) -> list[Gegeven]:
    """Wat er nog is van de keuze, opnieuw gezocht bij de eigen klant."""
    gegevens = gegevens_van(klant)
    if is_alles(klant, keuze):
        return gegevens
    return [gegeven for gegeven in gegevens if gegeven.sleutel in keuze]


def _verwijder(klant: Klant, keuze: list[str], gang: Gang) -> Uitkomst:
    """Alles wat gekozen is in één handeling; wie alle vakjes aankruist, blijft zelf klant."""
    if is_alles(klant, keuze):
        return handelingen.verwijder_klant(klant.pk, **gang)
    waarden = [waarde for gegeven in _gekozen(klant, keuze) for waarde in gegeven.waarden]
    return handelingen.verwijder_waarden(klant.pk, waarden=waarden, **gang)


def _laatste(klant: Klant, gekozen: list[Gegeven], soort: str) -> bool:
    """Of met deze keuze het laatste adres van deze soort weggaat."""
    er_zijn = sum(gegeven.soort == soort for gegeven in gegevens_van(klant))
    return er_zijn > 0 and er_zijn == sum(gegeven.soort == soort for gegeven in gekozen)


def _klaar(request: HttpRequest, uitkomst: Uitkomst, *, alles: bool) -> HttpResponse:
    op = timezone.now()
    kenmerk = f"{op:%Y}-{uitkomst.klant.hex[:6].upper()}-{uitkomst.versie}"
    request.session.pop(KEUZE, None)
    gronden = handelingen.vasthoudingen(uitkomst.klant, op=op) if alles else []
    tot = handelingen.vroegst_weg(uitkomst.klant, op=op) if alles else None
    request.session[KLAAR] = {
        "kenmerk": kenmerk,
        "alles": alles,
        "moment": op.timestamp(),
        "wacht": uitkomst.klant in handelingen.wachtende_verwijderingen(),
        "zaken": [grond.kenmerk for grond in gronden],
        "tot": tot.isoformat() if tot else "",
    }
    return vertrek(request, reverse("mijn:verwijderen_klaar"))
