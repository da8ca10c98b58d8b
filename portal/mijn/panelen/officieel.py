"""Wat er van iemand overblijft zonder eigen gegevens: per basisregistratie andere zinnen.

Een inwoner staat in de BRP, een bedrijf in het Handelsregister, wie met eIDAS komt soms nergens.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.klanten.regels import Subjectsoort
from portal.mijn.toegang import is_bedrijf, subjectsoort_van


@dataclass(frozen=True, kw_only=True)
class Officieel:
    """Wat geldt zonder eigen postadres of naam, en wat de wet elders laat staan; leeg is niets."""

    post: str | Promise
    naam: str | Promise
    wet: str | Promise = ""
    verwijderen: str | Promise
    blijft: str | Promise = ""


BRP = Officieel(
    post=_("Wij sturen uw post naar uw woonadres."),
    naam=_("Wij gebruiken uw officiële naam."),
    wet=_("Post die van de wet naar uw woonadres moet, blijft daarheen gaan."),
    verwijderen=_("U kiest zelf wat weg moet. Uw gegevens in de BRP blijven bestaan."),
    blijft=_(
        "Uw gegevens in de Basisregistratie Personen (BRP). Die moeten wij bewaren van de wet."
    ),
)
HANDELSREGISTER = Officieel(
    post=_("Wij sturen uw post naar het adres in het Handelsregister."),
    naam=_("Wij gebruiken de naam in het Handelsregister."),
    wet=_("Post die van de wet naar het adres in het Handelsregister moet, blijft daarheen gaan."),
    verwijderen=_("U kiest zelf wat weg moet. Wat in het Handelsregister staat, blijft bestaan."),
    blijft=_("Uw gegevens in het Handelsregister. Die bewaart de Kamer van Koophandel."),
)
NERGENS = Officieel(
    post=_("Zonder adres kunnen wij u geen brief sturen."),
    naam=_("Wij gebruiken de naam waarmee u inlogt."),
    verwijderen=_("U kiest zelf wat weg moet."),
)

PER_BRON = {"brp": BRP, "hr": HANDELSREGISTER, "": NERGENS}
"""Bij `Registerbeeld.bron`."""


def officieel_van(request: HttpRequest) -> Officieel:
    """De zinnen die passen bij wie hier is ingelogd of wordt vertegenwoordigd."""
    if is_bedrijf(request):
        return HANDELSREGISTER
    is_mens = subjectsoort_van(request) is Subjectsoort.NATUURLIJK_PERSOON
    return BRP if is_mens else NERGENS
