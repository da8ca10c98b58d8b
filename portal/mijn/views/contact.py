"""Telefoonnummers en e-mailadressen: toevoegen, wijzigen, het eerst gebruiken, verwijderen."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.sessie import vereist
from portal.klanten import handelingen
from portal.klanten.regels import Contactsoort, Stand
from portal.mijn.bewerken import Bewerking, Staat, bewerk, formulier_voor, staat_van
from portal.mijn.forms.contact import ContactFormulier, EmailFormulier, TelefoonFormulier
from portal.mijn.forms.eenmalig import EenmaligFormulier
from portal.mijn.opmaak import opgemaakt, zin
from portal.mijn.panelen.contact import nieuw_id, rij_id, tekst, van_soort
from portal.mijn.toegang import DigitaalAdres, Klant, eigen_klant
from portal.mijn.views.teksten import TEKSTEN

FORMULIEREN: dict[Contactsoort, type[ContactFormulier]] = {
    Contactsoort.TELEFOON: TelefoonFormulier,
    Contactsoort.EMAIL: EmailFormulier,
}


@vereist("contactgegevens")
@require_http_methods(["GET", "POST"])
def toevoegen(request: HttpRequest, soort: Contactsoort) -> HttpResponse:
    """Een nieuw adres; het telt pas na bevestiging."""
    klant = eigen_klant(request)
    woorden = TEKSTEN[soort]
    formulier = formulier_voor(request, FORMULIEREN[soort], klant, rij=nieuw_id(soort))
    bewerking = Bewerking(
        handeling="contactgegevens",
        titel=str(woorden.toevoegen),
        rij=nieuw_id(soort),
        paneel=soort.value,
        gelukt=str(woorden.toegevoegd),
        in_lijst=False,
    )
    return bewerk(
        request,
        formulier,
        bewerking,
        lambda gang: handelingen.voeg_digitaal_adres_toe(
            klant.pk if klant else None, adres=formulier.nieuw, **gang
        ),
    )


@vereist("contactgegevens")
@require_http_methods(["GET", "POST"])
def wijzigen(request: HttpRequest, soort: Contactsoort, waarde: UUID) -> HttpResponse:
    """Een ander adres in plaats hiervan; leegmaken vraagt of het weg mag."""
    klant, adres = eigen_adres(request, soort, waarde)
    begin = {"waarde": tekst(adres), "omschrijving": adres.omschrijving}
    formulier = formulier_voor(request, FORMULIEREN[soort], klant, rij=rij_id(adres), **begin)
    if formulier.wil_verwijderen():
        return _vraag_verwijderen(request, soort, klant, adres, verstuurd=False)
    woorden = TEKSTEN[soort]
    bewerking = Bewerking(
        handeling="contactgegevens",
        titel=str(woorden.wijzigen),
        rij=rij_id(adres),
        paneel=soort.value,
        gelukt=str(woorden.gewijzigd),
        staat=lambda: _staat(request, soort, waarde),
    )
    return bewerk(
        request,
        formulier,
        bewerking,
        lambda gang: handelingen.wijzig_digitaal_adres(
            klant.pk, waarde=adres.pk, adres=formulier.nieuw, **gang
        ),
    )


@vereist("contactgegevens")
@require_http_methods(["GET", "POST"])
def eerst(request: HttpRequest, soort: Contactsoort, waarde: UUID) -> HttpResponse:
    """Dit adres het eerst gebruiken."""
    klant, adres = eigen_adres(request, soort, waarde)
    if adres.stand != Stand.IN_GEBRUIK:
        raise Http404
    woorden = TEKSTEN[soort]
    formulier = formulier_voor(request, EenmaligFormulier, klant, rij=rij_id(adres))
    bewerking = Bewerking(
        handeling="contactgegevens",
        titel=str(woorden.eerst),
        rij=rij_id(adres),
        paneel=soort.value,
        uitleg=zin(woorden.vraag_eerst, waarde=tekst(adres)),
        knop=str(woorden.knop_eerst),
        gelukt=str(woorden.is_eerst),
    )
    return bewerk(
        request,
        formulier,
        bewerking,
        lambda gang: handelingen.maak_standaard(klant.pk, waarde=adres.pk, **gang),
    )


@vereist("contactgegevens")
@require_http_methods(["GET", "POST"])
def verwijderen(request: HttpRequest, soort: Contactsoort, waarde: UUID) -> HttpResponse:
    """Dit adres weg, na een vraag."""
    klant, adres = eigen_adres(request, soort, waarde)
    return _vraag_verwijderen(request, soort, klant, adres, verstuurd=request.method == "POST")


def _vraag_verwijderen(
    request: HttpRequest,
    soort: Contactsoort,
    klant: Klant,
    adres: DigitaalAdres,
    *,
    verstuurd: bool,
) -> HttpResponse:
    woorden = TEKSTEN[soort]
    gegevens = request.POST if verstuurd else None
    formulier = EenmaligFormulier.voor(klant, gegevens, rij=rij_id(adres))
    laatste = len(van_soort(klant, soort)) == 1
    vraag = zin(woorden.vraag_verwijderen, waarde=tekst(adres))
    bewerking = Bewerking(
        handeling="contactgegevens",
        titel=str(woorden.verwijderen),
        rij=rij_id(adres),
        paneel=soort.value,
        uitleg=opgemaakt("{} {}", vraag, woorden.laatste) if laatste else vraag,
        knop=_("Ja, verwijderen"),
        gevaar=True,
        gelukt=str(woorden.verwijderd),
        url=reverse(f"mijn:{soort.value}_verwijderen", args=[adres.pk]),
    )
    return bewerk(
        request,
        formulier,
        bewerking,
        lambda gang: handelingen.verwijder_digitaal_adres(klant.pk, waarde=adres.pk, **gang),
    )


def eigen_adres(
    request: HttpRequest, soort: Contactsoort, waarde: UUID
) -> tuple[Klant, DigitaalAdres]:
    """Zoek het adres bij de eigen klant; dat van een ander bestaat niet."""
    klant = eigen_klant(request)
    for adres in van_soort(klant, soort):
        if klant and adres.pk == waarde:
            return klant, adres
    raise Http404


def _staat(request: HttpRequest, soort: Contactsoort, waarde: UUID) -> Staat | None:
    adres = eigen_adres(request, soort, waarde)[1]
    return staat_van(request, adres, tekst(adres))
