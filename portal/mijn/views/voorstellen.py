"""Wat de gemeente elders van iemand heeft: overnemen of niet; er verandert niets vanzelf."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.sessie import vereist
from portal.klanten import handelingen
from portal.klanten.handelingen import Gang
from portal.klanten.regels import Contactsoort, NieuwEmail, NieuwTelefoon, Uitkomst
from portal.mijn.antwoord import toon, vertrek
from portal.mijn.bewaren import bewaar
from portal.mijn.bewerken import gang_van
from portal.mijn.forms.voorstellen import VoorstelFormulier
from portal.mijn.toegang import Klant, adressen_van, eigen_klant
from portal.registers.instellingen import is_gekoppeld
from portal.registers.openklant.voorstellen import Voorstel, voorstellen, wijs_af
from portal.registers.verbinding import Buurstoring

VORMEN = {Contactsoort.EMAIL: NieuwEmail, Contactsoort.TELEFOON: NieuwTelefoon}


@dataclass(frozen=True)
class Regel:
    """Eén voorstel met zijn formulier."""

    voorstel: Voorstel
    formulier: VoorstelFormulier


@vereist("contactgegevens")
@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """Laat zien wat elders anders staat; een storing is een mededeling."""
    klant = eigen_klant(request)
    try:
        regels, storing = _regels(klant), False
    except Buurstoring:
        regels, storing = [], True
    return toon(request, "mijn/voorstellen.html", regels=regels, storing=storing)


@vereist("contactgegevens")
@require_POST
def overnemen(request: HttpRequest, daar: UUID) -> HttpResponse:
    """Maak er een eigen waarde van; zij telt pas na bevestiging, zoals elke andere."""
    klant, voorstel, formulier = _gekozen(request, daar)
    if voorstel and formulier.is_valid():
        gang = gang_van(request, "contactgegevens", formulier)
        if uitkomst := bewaar(formulier, lambda: _neem_over(klant, voorstel, gang)):
            adres = reverse(f"mijn:{voorstel.soort}_bevestigen", args=[uitkomst.waarde])
            return vertrek(request, adres)
    return _opnieuw(request, formulier)


@vereist("contactgegevens")
@require_POST
def afwijzen(request: HttpRequest, daar: UUID) -> HttpResponse:
    """Niet overnemen en niet meer vragen; wat van de klant was, zetten wij daar terug."""
    klant, voorstel, formulier = _gekozen(request, daar)
    if voorstel and formulier.is_valid():
        wijs_af(klant, voorstel, op=timezone.now())
        return vertrek(request, reverse("mijn:voorstellen"), _("Wij nemen dit niet over."))
    return _opnieuw(request, formulier)


def _regels(klant: Klant | None) -> list[Regel]:
    return [
        Regel(voorstel, VoorstelFormulier.voor(klant, None, rij=_rij(voorstel), **_begin(voorstel)))
        for voorstel in (voorstellen(klant) if klant and is_gekoppeld("openklant") else ())
    ]


def _gekozen(request: HttpRequest, daar: UUID) -> tuple[Klant, Voorstel | None, VoorstelFormulier]:
    """Lees opnieuw wat er elders staat; None als dat niet meer is wat de klant zag."""
    klant = eigen_klant(request)
    if klant is None or not is_gekoppeld("openklant"):
        raise Http404
    formulier = VoorstelFormulier.voor(klant, request.POST, rij=f"voorstel-{daar}")
    try:
        nu = {(v.daar, v.afdruk): v for v in voorstellen(klant)}
    except Buurstoring:
        nu = {}
    return klant, nu.get((daar, request.POST.get("afdruk", ""))), formulier


def _neem_over(klant: Klant, voorstel: Voorstel, gang: Gang) -> Uitkomst:
    """What we have no omschrijving of there keeps the one that it has here."""
    nieuw = VORMEN[voorstel.soort](voorstel.waarde)
    if voorstel.vervangt is None:
        return handelingen.voeg_digitaal_adres_toe(klant.pk, adres=nieuw, **gang)
    hier = {rij.pk: rij.omschrijving for rij in adressen_van(klant)}
    nieuw = replace(nieuw, omschrijving=hier.get(voorstel.vervangt, ""))
    return handelingen.wijzig_digitaal_adres(
        klant.pk, waarde=voorstel.vervangt, adres=nieuw, **gang
    )


def _opnieuw(request: HttpRequest, formulier: VoorstelFormulier) -> HttpResponse:
    fouten = [str(fout) for lijst in formulier.errors.values() for fout in lijst]
    tekst = fouten[0] if fouten else _("Dit is intussen veranderd. Kijk opnieuw.")
    return vertrek(request, reverse("mijn:voorstellen"), tekst)


def _rij(voorstel: Voorstel) -> str:
    return f"voorstel-{voorstel.daar}"


def _begin(voorstel: Voorstel) -> dict[str, str]:
    return {"afdruk": voorstel.afdruk}
