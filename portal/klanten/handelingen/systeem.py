"""Wat een systeem van de gemeente vastlegt: interacties, en klanten zonder subject.

A system is never an authentication of a person: nothing here relates a klant to a subject, and no
value that a gevalideerde klant gave is touched.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from accounts.niveaus import Niveau
from portal.klanten.handelingen import naam, postadres, voorkeuren
from portal.klanten.handelingen.afwijken import schrijf_afwijking, standaard_van
from portal.klanten.handelingen.interacties import Ontvangst
from portal.klanten.handelingen.transactie import (
    Beurt,
    MetTekst,
    constraint_als_regel,
    geef_teken_van_leven,
    rond_af,
    voer_zelf_uit,
    vrij_klantnummer,
)
from portal.klanten.handelingen.verwijderen import alle_waarden, verwijder_geheel
from portal.klanten.models import (
    DigitaalAdres,
    Gebeurtenis,
    Interactie,
    Klant,
    Koppeling,
    Naam,
    Proces,
    Voorkeur,
)
from portal.klanten.regels import (
    VAN_SYSTEEM,
    Contactgegevens,
    Herkomst,
    Interactiesoort,
    NietGevonden,
    NieuwBuitenlandsAdres,
    NieuwDigitaalAdres,
    NieuweNaam,
    NieuweVoorkeur,
    NieuwPostadres,
    OngeldigeWaarde,
    Rol,
    Stand,
    Via,
    eis_ongewijzigd,
    wijkt_af,
)

Waarde = NieuweNaam | NieuwDigitaalAdres | NieuwPostadres | NieuwBuitenlandsAdres | NieuweVoorkeur
"""Geen rekeningnummer: geld gaat niet naar iemand van wie niet vaststaat wie hij is."""


@dataclass(frozen=True, kw_only=True)
class Systeem:
    """Welk systeem (pseudoniem) bij welke organisatie iets vastlegt, en wanneer."""

    bronorganisatie: str
    naam: str
    op: dt.datetime

    def herkomst(self) -> Herkomst:
        """USE-6: een systeem, dus zonder zekerheid over wie de waarde gaf."""
        return Herkomst(
            door=self.naam, middel=VAN_SYSTEEM, niveau=Niveau.GEEN, op=self.op, via=Via.INTERACTIE
        )


def leg_interactie_vast(
    *,
    proces: str,
    soort: Interactiesoort,
    rol: Rol,
    extern: str,
    klant: UUID | None,
    contact: Contactgegevens,
    door: Systeem,
) -> Ontvangst:
    """MIN-2, OVR-1: een interactie met of zonder klant; `contact` geldt alleen voor haar.

    No neighbour is told: what a system recorded, that system publishes.

    Raises NietGevonden (unknown process or klant), OngeldigeWaarde (a klant in a process that is
    free of BSN, VAL-4).
    """
    with constraint_als_regel():
        gekozen = Proces.objects.filter(code=proces).first()
        if gekozen is None:
            raise OngeldigeWaarde("Dit proces bestaat niet.", veld="proces")
        rij = Interactie.objects.create(
            bronorganisatie=door.bronorganisatie,
            proces=gekozen,
            soort=soort,
            extern=extern,
            van_systeem=True,
            ontvangen_op=door.op,
        )
        if klant is not None:
            contact = _koppel(rij, klant, rol, contact, door)
        schrijf_afwijking(rij, contact, herkomst=door.herkomst())
        return Ontvangst(interactie=rij.pk, referentie=rij.referentie, klant=klant)


def _koppel(
    interactie: Interactie, klant: UUID, rol: Rol, contact: Contactgegevens, door: Systeem
) -> Contactgegevens:
    """CARD-5: de klant bestaat bij deze organisatie; terug komt wat er van hem afwijkt (OVR-3)."""
    if interactie.proces.bsn_vrij:
        raise OngeldigeWaarde("Dit proces kent geen klant.", veld="klant")
    eigen = Klant.objects.klantbeeld().filter(bronorganisatie=door.bronorganisatie, pk=klant)
    gevonden = eigen.first()
    if gevonden is None:
        raise OngeldigeWaarde("Deze klant bestaat niet.", veld="klant")
    Koppeling.objects.create(klant=gevonden, interactie=interactie, rol=rol)
    return wijkt_af(contact, standaard=standaard_van(gevonden, op=door.op))


def registreer_zonder_subject(
    waarden: Sequence[Waarde], *, klantnummer: str = "", door: Systeem
) -> Klant:
    """DOEL2, VAST2: een niet-gevalideerde klant; wie hij is, staat niet vast.

    Raises OngeldigeWaarde when the organisation has this `klantnummer` already.
    """
    with constraint_als_regel():
        bekend = Klant.objects.filter(bronorganisatie=door.bronorganisatie)
        if klantnummer and bekend.filter(klantnummer=klantnummer).exists():
            raise OngeldigeWaarde("Dit klantnummer is al gebruikt.", veld="klantnummer")
        klant = Klant.objects.create(
            bronorganisatie=door.bronorganisatie,
            klantnummer=klantnummer or vrij_klantnummer(door.bronorganisatie),
            actief_op=door.op,
        )
        beurt = Beurt(klant, 1, 0, door.herkomst(), Gebeurtenis.Soort.AANGEMAAKT)
        _vul(beurt, waarden)
        rond_af(beurt)
        return klant


def vervang_zonder_subject(
    klant_id: UUID, waarden: Sequence[Waarde], *, gezien: int, door: Systeem
) -> Klant:
    """Zet deze waarden in plaats van alle eerdere; wat gelijk blijft, houdt zijn herkomst.

    Raises NietGevonden, IntussenGewijzigd.
    """
    with constraint_als_regel():
        klant = _op_slot(klant_id, door)
        eis_ongewijzigd(gezien=gezien, gewijzigd=klant.versie)
        geef_teken_van_leven(klant, op=door.op)
        beurt = Beurt(klant, klant.versie + 1, gezien, door.herkomst(), Gebeurtenis.Soort.GEWIJZIGD)
        rijen = alle_waarden(klant)
        gegeven = {_plaats(waarde) for waarde in waarden}
        for veld, rij in rijen:
            if _plaats(rij) not in gegeven:
                beurt.vernietig(veld, rij)
        bestaand = {_plaats(rij) for _, rij in rijen if isinstance(rij, DigitaalAdres)}
        _vul(beurt, [waarde for waarde in waarden if _plaats(waarde) not in bestaand])
        rond_af(beurt)
        return klant


def verwijder_zonder_subject(klant_id: UUID, *, gezien: int, door: Systeem) -> None:
    """OWN-4, OWN-5: alle waarden weg; wat een dossier vasthoudt blijft apart, tot het vanzelf gaat.

    Raises NietGevonden, IntussenGewijzigd.
    """
    with constraint_als_regel():
        klant = _op_slot(klant_id, door)
        eis_ongewijzigd(gezien=gezien, gewijzigd=klant.versie)
        weg = partial(verwijder_geheel, zaken=())
        voer_zelf_uit(klant, weg, herkomst=door.herkomst())


def _op_slot(klant_id: UUID, door: Systeem) -> Klant:
    zonder = Klant.objects.filter(
        gevalideerd=False, inactief_op=None, bronorganisatie=door.bronorganisatie
    )
    klant = zonder.select_for_update().filter(pk=klant_id).first()
    if klant is None:
        raise NietGevonden
    return klant


def _plaats(ding: Waarde | MetTekst) -> tuple[str, str]:
    """Welke plek bij de klant dit inneemt; een ander adres is een andere plek."""
    match ding:
        case NieuweNaam() | Naam():
            return "naam", ""
        case NieuwDigitaalAdres() | DigitaalAdres():
            return ding.soort, ding.waarde
        case NieuweVoorkeur() | Voorkeur():
            return "voorkeuren", ding.soort
    return "postadres", ""


def _vul(beurt: Beurt, waarden: Sequence[Waarde]) -> None:
    for waarde in waarden:
        match waarde:
            case NieuweNaam():
                naam.zet(beurt, waarde)
            case NieuwDigitaalAdres():
                _zet_adres(beurt, waarde)
            case NieuwPostadres() | NieuwBuitenlandsAdres():
                postadres.zet(beurt, waarde)
            case NieuweVoorkeur():
                voorkeuren.zet(beurt, waarde)


def _zet_adres(beurt: Beurt, adres: NieuwDigitaalAdres) -> None:
    """An address of a niet-gevalideerde klant is not confirmed: it serves as it was given."""
    rij = DigitaalAdres(
        klant=beurt.klant,
        soort=adres.soort,
        waarde=adres.waarde,
        stand=Stand.IN_GEBRUIK,
        standaard=True,
    )
    beurt.geef_herkomst(rij)
    rij.save()
    beurt.noteer(adres.soort, rij=rij, nieuw=rij.tekst())
