"""Een nieuw e-mailadres of telefoonnummer bevestigen met de code die erheen ging."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.grenzen import CODE, begrensd
from accounts.sessie import vereist
from portal.klanten import handelingen
from portal.klanten.regels import Contactsoort, Stand
from portal.mijn.antwoord import vertrek
from portal.mijn.bewaren import bewaar
from portal.mijn.bewerken import Bewerking, Tweede, bewerk, formulier_voor, gang_van, na_opslaan
from portal.mijn.forms.contact import BevestigFormulier
from portal.mijn.forms.eenmalig import EenmaligFormulier
from portal.mijn.opmaak import zin
from portal.mijn.panelen.contact import rij_id, tekst
from portal.mijn.toegang import DigitaalAdres, Klant
from portal.mijn.views.contact import eigen_adres
from portal.mijn.views.teksten import TEKSTEN


@vereist("bevestigen")
@begrensd(CODE, alleen_post=True)
@require_http_methods(["GET", "POST"])
def bevestigen(request: HttpRequest, soort: Contactsoort, waarde: uuid.UUID) -> HttpResponse:
    """De code invullen; wie al bevestigd heeft, hoort dat."""
    klant, adres = eigen_adres(request, soort, waarde)
    if adres.stand == Stand.IN_GEBRUIK:
        return na_opslaan(request, _bewerking(klant, adres), str(TEKSTEN[soort].bevestigd))
    formulier = formulier_voor(request, BevestigFormulier, klant, rij=rij_id(adres))
    return bewerk(
        request,
        formulier,
        _bewerking(klant, adres),
        lambda gang: handelingen.bevestig(
            klant.pk, waarde=adres.pk, code=formulier.cleaned_data["code"], **gang
        ),
    )


@vereist("bevestigen")
@require_POST
def nieuwe_code(request: HttpRequest, soort: Contactsoort, waarde: uuid.UUID) -> HttpResponse:
    """Nog een code sturen; de vorige werkt dan niet meer."""
    klant, adres = eigen_adres(request, soort, waarde)
    formulier = EenmaligFormulier.voor(klant, request.POST, rij=rij_id(adres))
    verstuurd = None
    if formulier.is_valid():
        gang = gang_van(request, "bevestigen", formulier)
        verstuurd = bewaar(
            formulier, lambda: handelingen.stuur_code_opnieuw(klant.pk, waarde=adres.pk, **gang)
        )
    if verstuurd:
        messages.success(request, _("Wij stuurden een nieuwe code."))
    else:
        redenen = formulier.non_field_errors() or [_("Dit is intussen veranderd. Kijk opnieuw.")]
        messages.error(request, str(redenen[0]))
    return vertrek(request, reverse(f"mijn:{soort.value}_bevestigen", args=[adres.pk]))


def _bewerking(klant: Klant, adres: DigitaalAdres) -> Bewerking:
    soort = Contactsoort(adres.soort)
    woorden = TEKSTEN[soort]
    return Bewerking(
        handeling="bevestigen",
        titel=str(woorden.bevestigen),
        rij=rij_id(adres),
        paneel=soort.value,
        uitleg=zin(woorden.verstuurd, waarde=tekst(adres)),
        knop=_("Bevestigen"),
        gelukt=str(woorden.bevestigd),
        tweede=Tweede(
            url=reverse(f"mijn:{soort.value}_nieuwe_code", args=[adres.pk]),
            tekst=_("Stuur een nieuwe code"),
            klant=klant.pk,
            gezien=klant.versie,
            sleutel=uuid.uuid4(),
        ),
    )
