"""De rijen van het domein, per zelfstandig naamwoord een module."""

from portal.klanten.models.bewaren import Bewaard, Bewaargrond, Wisgegevens
from portal.klanten.models.code import Code, Herstel, afdruk
from portal.klanten.models.digitaal import DigitaalAdres
from portal.klanten.models.gebeurtenis import Gebeurtenis, PlaatsInFeed, Waarde
from portal.klanten.models.herkomst import MetHerkomst
from portal.klanten.models.interactie import (
    REFERENTIETEKENS,
    Afwijkend,
    Interactie,
    Koppeling,
    Proces,
)
from portal.klanten.models.klant import Klant, KlantQuerySet
from portal.klanten.models.naam import Naam
from portal.klanten.models.postadres import Postadres
from portal.klanten.models.rekening import Rekeningnummer
from portal.klanten.models.sleutel import Handelingsleutel
from portal.klanten.models.terugmelding import Terugmelding
from portal.klanten.models.voorkeur import Voorkeur

__all__ = [
    "REFERENTIETEKENS",
    "Afwijkend",
    "Bewaard",
    "Bewaargrond",
    "Code",
    "DigitaalAdres",
    "Gebeurtenis",
    "Handelingsleutel",
    "Herstel",
    "Interactie",
    "Klant",
    "KlantQuerySet",
    "Koppeling",
    "MetHerkomst",
    "Naam",
    "PlaatsInFeed",
    "Postadres",
    "Proces",
    "Rekeningnummer",
    "Terugmelding",
    "Voorkeur",
    "Waarde",
    "Wisgegevens",
    "afdruk",
]
