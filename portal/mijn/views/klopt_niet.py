"""Klopt dit niet: waar een gegeven uit een register vandaan komt, en een fout doorgeven."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.limieten import tel
from accounts.sessie import vereist
from portal.klanten import handelingen
from portal.klanten.handelingen.sleutels import al_gedaan
from portal.klanten.regels import RegelGeschonden, Register, SleutelHergebruikt, TeVaak
from portal.mijn.antwoord import toon, vertrek
from portal.mijn.bewerken import formulier_voor
from portal.mijn.forms.eenmalig import NOG_EENS
from portal.mijn.forms.klopt_niet import KloptNietFormulier
from portal.mijn.toegang import authenticatie_van, eigen_klant

GEGEVENS = {
    "naam": (Register.BRP, "naam"),
    "adres": (Register.BRP, "verblijfplaats"),
    "bedrijf": (Register.HR, "onderneming"),
}
PER_DAG = 10
TE_VEEL = gettext_noop("U gaf vandaag al veel fouten door. Bel ons, of wacht een dag.")


@vereist("terugmelden")
@require_http_methods(["GET", "POST"])
def klopt_niet(request: HttpRequest, gegeven: str) -> HttpResponse:
    """REG-2: een melding aan de gemeente, met een stand; de klant verandert er niet door."""
    if gegeven not in GEGEVENS:
        raise Http404
    register, element = GEGEVENS[gegeven]
    formulier = formulier_voor(request, KloptNietFormulier, eigen_klant(request), rij="klopt-niet")
    formulier.register, formulier.gegeven = register, element
    if formulier.is_bound and formulier.is_valid():
        return _meld(request, formulier)
    return _toon(request, formulier)


def _meld(request: HttpRequest, formulier: KloptNietFormulier) -> HttpResponse:
    """Leg de melding één keer vast, ook als het formulier twee keer verstuurd wordt."""
    op, door = timezone.now(), authenticatie_van(request, "terugmelden")
    sleutel, wie = formulier.cleaned_data["sleutel"], f"terugmelding:{door.subject_index}"
    try:
        if not al_gedaan(sleutel) and tel(wie, venster_s=86_400, maximum=PER_DAG, op=op):
            raise TeVaak(TE_VEEL)
        handelingen.meld_terug(melding=formulier.nieuw, door=door, sleutel=sleutel, op=op)
    except SleutelHergebruikt:
        formulier.add_error(None, NOG_EENS)
        formulier.begin_opnieuw(eigen_klant(request), sleutel=uuid.uuid4())
        return _toon(request, formulier)
    except RegelGeschonden as fout:
        formulier.add_error(None, fout.in_taal(gettext))
        return _toon(request, formulier)
    klaar = _("Wij hebben uw melding ontvangen. U ziet hier hoe ver wij zijn.")
    return vertrek(request, reverse("mijn:meldingen"), klaar)


def _toon(request: HttpRequest, formulier: KloptNietFormulier) -> HttpResponse:
    register = formulier.register.value
    return toon(
        request,
        "mijn/klopt_niet.html",
        formulier=formulier,
        register=register,
        gegeven=formulier.gegeven,
    )
