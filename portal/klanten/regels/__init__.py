"""De uitgangspunten als zuivere functies: één regel per functie, met zijn code.

Geen Django, geen databank, geen klok. Wie wil weten wat mag, leest dit eerst.
"""

from portal.klanten.regels.adres import Adressoort, NieuwBuitenlandsAdres, NieuwPostadres
from portal.klanten.regels.contact import (
    HOOGUIT_PER_SOORT,
    Contactsoort,
    NieuwDigitaalAdres,
    NieuwEmail,
    NieuwTelefoon,
    Stand,
)
from portal.klanten.regels.fouten import (
    BIJ_CONSTRAINT,
    BestaatAl,
    EvenBezet,
    GevalideerdeKlantBestaat,
    IntussenGewijzigd,
    NietGevonden,
    OngeldigeWaarde,
    OnvoldoendeBetrouwbaar,
    RegelGeschonden,
    SleutelHergebruikt,
    Teveel,
)
from portal.klanten.regels.naam import NieuweNaam
from portal.klanten.regels.rekening import AFKOELING, NieuwRekeningnummer
from portal.klanten.regels.tekst import regel_tekst
from portal.klanten.regels.uitkomst import Bericht, Berichtsoort, Uitkomst
from portal.klanten.regels.voorkeur import NieuweVoorkeur, Voorkeurskanaal, Voorkeursoort
from portal.klanten.regels.wie import (
    ONDERGRENS,
    Authenticatie,
    Herkomst,
    Subjectsoort,
    Via,
    als_vraag,
    eis_ongewijzigd,
    eis_voldoende_betrouwbaar,
    mag_relateren,
)

__all__ = [
    "AFKOELING",
    "BIJ_CONSTRAINT",
    "HOOGUIT_PER_SOORT",
    "ONDERGRENS",
    "Adressoort",
    "Authenticatie",
    "Bericht",
    "Berichtsoort",
    "BestaatAl",
    "Contactsoort",
    "EvenBezet",
    "GevalideerdeKlantBestaat",
    "Herkomst",
    "IntussenGewijzigd",
    "NietGevonden",
    "NieuwBuitenlandsAdres",
    "NieuwDigitaalAdres",
    "NieuwEmail",
    "NieuwPostadres",
    "NieuwRekeningnummer",
    "NieuwTelefoon",
    "NieuweNaam",
    "NieuweVoorkeur",
    "OngeldigeWaarde",
    "OnvoldoendeBetrouwbaar",
    "RegelGeschonden",
    "SleutelHergebruikt",
    "Stand",
    "Subjectsoort",
    "Teveel",
    "Uitkomst",
    "Via",
    "Voorkeurskanaal",
    "Voorkeursoort",
    "als_vraag",
    "eis_ongewijzigd",
    "eis_voldoende_betrouwbaar",
    "mag_relateren",
    "regel_tekst",
]
