"""Geschiedenis: wat er veranderde, en een oude waarde terugzetten."""

import uuid
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.sessie import vereist
from portal.klanten import handelingen
from portal.klanten.handelingen import Gang
from portal.klanten.regels import (
    NieuwDigitaalAdres,
    NieuweNaam,
    NieuweVoorkeur,
    NieuwRekeningnummer,
    Uitkomst,
)
from portal.mijn import geschiedenis as woorden
from portal.mijn.antwoord import toon
from portal.mijn.bewerken import Bewerking, bewerk, formulier_voor
from portal.mijn.forms.eenmalig import EenmaligFormulier
from portal.mijn.opmaak import zin
from portal.mijn.toegang import (
    DigitaalAdres,
    Klant,
    Waarde,
    adressen_van,
    authenticatie_van,
    eigen_klant,
    gebeurtenissen_van,
)

HANDELING = {
    "naam": "naam",
    "postadres": "postadres",
    "email": "contactgegevens",
    "telefoon": "contactgegevens",
    "rekeningnummer": "rekeningnummer",
    "voorkeuren": "voorkeuren",
}


@vereist("inzien")
@require_safe
def geschiedenis(request: HttpRequest) -> HttpResponse:
    """Alles wat er met de gegevens gebeurde, de nieuwste eerst."""
    klant = eigen_klant(request)
    rij = gebeurtenissen_van(klant) if klant else []
    regels = woorden.regels(rij, zelf=authenticatie_van(request).handelende)
    return toon(request, "mijn/geschiedenis.html", klant=klant, regels=regels)


@vereist("herstellen")
@require_http_methods(["GET", "POST"])
def terugzetten(request: HttpRequest, gebeurtenis: uuid.UUID, veld: str) -> HttpResponse:
    """Zet één oude waarde terug, na een vraag; de eisen van die waarde zelf gelden ook."""
    if veld not in HANDELING:
        raise Http404
    return vereist(HANDELING[veld])(_terugzetten)(request, gebeurtenis, veld)


def _terugzetten(request: HttpRequest, gebeurtenis: uuid.UUID, veld: str) -> HttpResponse:
    klant, waarde = _eigen_waarde(request, gebeurtenis, veld)
    oud = woorden.oude_waarde(waarde)
    if oud is None:
        raise Http404
    formulier = formulier_voor(request, EenmaligFormulier, klant, rij="terugzetten")
    tekst = woorden.leesbaar(veld, waarde.oud)
    bewerking = Bewerking(
        handeling=HANDELING[veld],
        titel=_("Een oude waarde terugzetten"),
        rij="terugzetten",
        paneel="naam",
        uitleg=zin(_("Wilt u dit terugzetten: %(waarde)s?"), waarde=tekst),
        knop=_("Ja, zet terug"),
        terug=reverse("mijn:geschiedenis"),
        gelukt=_teruggezet(oud, nu=_rij_van(klant, waarde)),
        in_lijst=False,
    )
    return bewerk(request, formulier, bewerking, lambda gang: _zet(klant, waarde, oud, gang))


def _teruggezet(oud: woorden.Oud, *, nu: DigitaalAdres | None) -> str:
    if not isinstance(oud, NieuwDigitaalAdres):
        return _("De oude waarde is teruggezet.")
    if nu and nu.waarde == oud.waarde:
        return _("Deze waarde stond er al.")
    return _("De oude waarde is teruggezet. U bevestigt haar nog met een code.")


def _zet(klant: Klant, waarde: Waarde, oud: woorden.Oud, gang: Gang) -> Uitkomst:
    match oud:
        case NieuweNaam():
            return handelingen.wijzig_naam(klant.pk, naam=oud, **gang)
        case NieuwRekeningnummer():
            return handelingen.wijzig_rekeningnummer(
                klant.pk, rekening=oud, afkoeling=settings.KLANTEN_AFKOELING, **gang
            )
        case woorden.OudPostadres():
            return handelingen.herstel_postadres(klant.pk, gebeurtenis=oud.gebeurtenis, **gang)
        case NieuweVoorkeur():
            return handelingen.wijzig_voorkeuren(klant.pk, keuzes=[oud], **gang)
        case NieuwDigitaalAdres():
            return _zet_adres(klant, waarde, oud, gang)


def _zet_adres(klant: Klant, waarde: Waarde, oud: NieuwDigitaalAdres, gang: Gang) -> Uitkomst:
    """Op de plaats van de rij die het nu heeft, of als nieuw adres als die rij weg is.

    The history keeps no omschrijving, so that of now stays.
    """
    if rij := _rij_van(klant, waarde):
        oud = replace(oud, omschrijving=rij.omschrijving)
        return handelingen.wijzig_digitaal_adres(klant.pk, waarde=rij.pk, adres=oud, **gang)
    return handelingen.voeg_digitaal_adres_toe(klant.pk, adres=oud, **gang)


def _rij_van(klant: Klant, waarde: Waarde) -> DigitaalAdres | None:
    """The address that this line of the history is about, while it is there."""
    return next((rij for rij in adressen_van(klant) if rij.pk == waarde.waarde), None)


def _eigen_waarde(request: HttpRequest, gebeurtenis: uuid.UUID, veld: str) -> tuple[Klant, Waarde]:
    """Zoek de waarde in de eigen geschiedenis; die van een ander bestaat niet."""
    klant = eigen_klant(request)
    rij: list[Any] = gebeurtenissen_van(klant) if klant else []
    for feit in rij:
        for waarde in feit.waarden.all():
            if klant and feit.pk == gebeurtenis and waarde.veld == veld and waarde.oud:
                return klant, waarde
    raise Http404
