"""De klanten van de demo, gemaakt zoals een klant het zelf doet: door de handelingen.

De nummers zijn die van de nagebootste inlog (accounts.nagebootst.personen). `Testpersoon Zuid`
heeft nog niets: daarmee is een eerste keer te zien.
"""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from accounts.identiteit import Identiteit, Soort, blinde_index, pseudoniem, verzegel_identiteit
from accounts.niveaus import Niveau
from portal.klanten.handelingen import registreer_klant
from portal.klanten.handelingen.klant import NieuweWaarde
from portal.klanten.models import Gebeurtenis, Proces
from portal.klanten.regels import (
    Authenticatie,
    NieuwEmail,
    NieuweNaam,
    NieuweVoorkeur,
    NieuwPostadres,
    NieuwTelefoon,
    Subjectsoort,
    Voorkeursoort,
)

NOOR = Identiteit(Soort.BSN, "999990019")
OMAR = Identiteit(Soort.BSN, "999990421")
KORENBLOEM = Identiteit(Soort.KVK, "90000011")
BAKKER = "pseudo-1"
PROCESSEN = (
    ("losse-tegel", "Losse stoeptegel", {"open_kanaal": True}),
    (
        "overlast",
        "Overlast in uw buurt (anoniem)",
        {"open_kanaal": True, "bsn_vrij": True},
    ),
    ("vergunning", "Vraag over een vergunning", {"vereist_registeradres": True}),
)
"""Soorten meldingen en vragen: open, zonder BSN, en met het adres van het register."""

INWONERS: dict[Identiteit, Sequence[NieuweWaarde]] = {
    NOOR: (
        NieuweNaam("Noor"),
        NieuwPostadres(postcode="1234 AB", huisnummer=12, straat="Waterlaan", plaats="Waterveen"),
        NieuwEmail("noor@waterveen.example", "thuis"),
        NieuwTelefoon("06 12345678", "mobiel"),
        NieuweVoorkeur(Voorkeursoort.TAAL, "nl"),
    ),
    OMAR: (NieuweNaam("Omar"), NieuwTelefoon("+49 30 901820")),
}
CONTACTPUNTEN: Sequence[Sequence[NieuweWaarde]] = (
    (
        NieuweNaam("Administratie", "boekhouding", "Bakkerij De Korenbloem"),
        NieuwEmail("administratie@korenbloem.example", "facturen"),
    ),
    (
        NieuweNaam("Directie", "eigenaar", "Bakkerij De Korenbloem"),
        NieuwTelefoon("020 555 01 23"),
    ),
)


def _inwoner(wie: Identiteit) -> Authenticatie:
    return Authenticatie(
        bronorganisatie=settings.ORGANISATIE_RSIN,
        subjectsoort=Subjectsoort.NATUURLIJK_PERSOON,
        subject_index=blinde_index(wie),
        subject_verzegeld=verzegel_identiteit(wie),
        middel="digid",
        niveau=Niveau.SUBSTANTIEEL,
        vereist=Niveau.MIDDEN,
        handelende=pseudoniem(wie.onthul(), "handelende"),
    )


def _onderneming(wie: Identiteit, handelende: str) -> Authenticatie:
    return Authenticatie(
        bronorganisatie=settings.ORGANISATIE_RSIN,
        subjectsoort=Subjectsoort.NIET_NATUURLIJK_PERSOON,
        subject_index=blinde_index(wie),
        subject_verzegeld=verzegel_identiteit(wie),
        bedrijf_index=blinde_index(wie),
        middel="eherkenning",
        niveau=Niveau.SUBSTANTIEEL,
        vereist=Niveau.MIDDEN,
        handelende=pseudoniem(handelende, "handelende"),
    )


def laad_processen() -> None:
    """Soorten meldingen om mee te proberen; een melding blijft dertig dagen na het einde."""
    termijn = dt.timedelta(days=30)
    for code, omschrijving, hoe in PROCESSEN:
        Proces.objects.create(code=code, omschrijving=omschrijving, bewaartermijn=termijn, **hoe)


def laad_klanten(*, op: dt.datetime) -> list[UUID]:
    """Maak de klanten in een lege databank; geef wie er nu is bijgekomen.

    Een databank waarin ooit iets gebeurde blijft zoals zij is: wie in de demo zijn gegevens
    verwijdert, vindt ze na een nieuwe start niet terug.
    """
    if Gebeurtenis.objects.exists():
        return []
    laad_processen()
    deuren = [(_inwoner(wie), waarden) for wie, waarden in INWONERS.items()]
    deuren += [(_onderneming(KORENBLOEM, BAKKER), waarden) for waarden in CONTACTPUNTEN]
    return [
        registreer_klant(waarden=waarden, door=door, gezien=0, sleutel=None, op=op).klant
        for door, waarden in deuren
    ]
