"""Namens wie: het bedrijf of een vestiging ervan, uzelf of iemand die u machtigde."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.inlog import Inlog, inlog_van
from accounts.providers import Aanbieder, lijst
from accounts.sessie import vereist
from portal.logboek.activiteiten import Activiteit
from portal.mijn import toegang
from portal.mijn.antwoord import toon, vertrek
from portal.mijn.bevraging import vraag_na
from portal.mijn.forms.namens_wie import NamensFormulier
from portal.registers import basisgegevens


@vereist("inzien")
@require_http_methods(["GET", "POST"])
def namens_wie(request: HttpRequest) -> HttpResponse:
    """Kies een vestiging binnen deze inlog, of log in namens iemand anders."""
    inlog = inlog_van(request)
    if not inlog.mag_vestiging_kiezen:
        return _toon(request, inlog)
    beeld = vraag_na(
        request, Activiteit.KVK_BEVRAGEN, lambda: basisgegevens.vestigingen(inlog.ingelogd_als)
    )
    gegevens = request.POST if request.method == "POST" else None
    formulier = NamensFormulier(gegevens, inlog=inlog, vestigingen=beeld.waarde or ())
    if formulier.is_bound and formulier.is_valid():
        return _ga_verder(request, formulier)
    return _toon(request, inlog, formulier, nu_niet=beeld.nu_niet, geen=beeld.waarde is None)


def _toon(
    request: HttpRequest, inlog: Inlog, formulier: NamensFormulier | None = None, **stand: Any
) -> HttpResponse:
    toegang.eigen_klant(request)  # its name stands in the band
    return toon(
        request,
        "mijn/namens_wie.html",
        formulier=formulier,
        inlog=inlog,
        nu=toegang.namens_wie(request),
        anders=_andere_inlogs(inlog),
        **stand,
    )


def _ga_verder(request: HttpRequest, formulier: NamensFormulier) -> HttpResponse:
    """Begin opnieuw bij het overzicht: wat open stond was van een ander."""
    vestiging = formulier.gekozen()
    if vestiging:
        toegang.handel_namens(request, vestiging.identiteit, naam=vestiging.naam)
    else:
        toegang.handel_namens(request, None)
    melding = _("Bovenaan elke bladzijde staat vanaf nu namens wie u handelt.")
    return vertrek(request, reverse("mijn:overzicht"), melding)


def _andere_inlogs(inlog: Inlog) -> list[tuple[Aanbieder, str]]:
    """Voor uzelf of voor een ander: dat zijn twee inlogs, want een machtiging geldt er maar één."""
    if inlog.middel != "digid":
        return []
    zelf = [a for a in lijst() if a.middel == "digid" and a.vertegenwoordiging != "machtigen"]
    ander = [a for a in lijst() if a.middel == "digid" and a.vertegenwoordiging == "machtigen"]
    eerst = [(a, _("Verder voor uzelf")) for a in zelf] if inlog.machtiging else []
    return [*eerst, *((a, _("Verder namens iemand anders")) for a in ander)]
