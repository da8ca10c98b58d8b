"""Een contact met de gemeente vastleggen, met niet meer gegevens dan het nodig heeft."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from accounts.niveaus import Niveau
from portal.klanten import gevolgen
from portal.klanten.handelingen import sleutels
from portal.klanten.handelingen.afwijken import schrijf_afwijking, standaard_van
from portal.klanten.handelingen.transactie import (
    Beurt,
    constraint_als_regel,
    rond_af,
    vrij_klantnummer,
)
from portal.klanten.models import (
    DigitaalAdres,
    Gebeurtenis,
    Interactie,
    Klant,
    Koppeling,
    Naam,
    Proces,
)
from portal.klanten.regels import (
    Authenticatie,
    Contactgegevens,
    Contactsoort,
    Herkomst,
    HoudOpDeHoogte,
    Interactiesoort,
    NietGevonden,
    ProcesGesloten,
    Rol,
    Stand,
    Via,
    eis_voldoende_betrouwbaar,
    mag_relateren,
    regel_tekst,
    tekst_met_regels,
    wijkt_af,
)

TEKST_HOOGUIT = 2000


@dataclass(frozen=True, kw_only=True)
class Ontvangst:
    """Wat er is vastgelegd; met `referentie` kan de melder er later op terugkomen."""

    interactie: UUID
    referentie: str
    klant: UUID | None = None


def ontvang_interactie(
    *,
    proces: str,
    soort: Interactiesoort,
    bronorganisatie: str,
    tekst: str = "",
    contact: HoudOpDeHoogte | None = None,
    door: Authenticatie | None = None,
    eigen: UUID | None = None,
    sleutel: UUID | None = None,
    op: dt.datetime,
) -> Ontvangst:
    """KLUIT02, VAST2: leg een interactie vast, met of zonder klant, met of zonder contactgegevens.

    `tekst` is what somebody asks or reports, at most TEKST_HOOGUIT characters. Without `contact`
    nothing else personal is stored. In a process without BSN no klant is linked, not even for who
    is logged in (VAL-4). Who has a gevalideerde klant is linked to it, and differing contact data
    count for this interaction only. Everybody else becomes a niet-gevalideerde klant.
    `eigen` is the contact point that a company has open; without it the only one counts, and who
    has more is linked to none.
    The same form once more (`sleutel`) returns the first receipt. Raises NietGevonden (unknown
    process), ProcesGesloten (log in first), SleutelHergebruikt, OngeldigeWaarde (`tekst`).
    """
    schoon = tekst_met_regels(tekst, veld="tekst", hooguit=TEKST_HOOGUIT)
    with constraint_als_regel():
        inhoud = (proces, soort, contact, *([schoon] if schoon else []))
        formulier = sleutels.neem(sleutel, "ontvang_interactie", inhoud, door=door, op=op)
        if formulier and formulier.waarde:
            return _eerdere(formulier.waarde)
        interactie = Interactie.objects.create(
            bronorganisatie=bronorganisatie,
            proces=_proces(proces, ingelogd=door is not None),
            soort=soort,
            ontvangen_op=op,
            tekst=schoon or None,
        )
        koppelbaar = None if interactie.proces.bsn_vrij else door
        klant = _eigen_klant(koppelbaar, eigen) if koppelbaar else None
        klant = _verbind(interactie, contact, klant, koppelbaar, op=op)
        sleutels.onthoud_rij(formulier, interactie.pk)
        gevolgen.volg_interactie_op(interactie.pk)
        return _ontvangst(interactie, klant)


def sluit_interactie_af(interactie: UUID, *, op: dt.datetime) -> None:
    """USE-8: vanaf nu telt de bewaartermijn van het proces. Raises NietGevonden."""
    with constraint_als_regel():
        rij = Interactie.objects.select_for_update().filter(pk=interactie, afgesloten_op=None)
        gevonden = rij.first()
        if gevonden is None:
            raise NietGevonden
        gevonden.afgesloten_op = op
        gevonden.bewaren_tot = op + gevonden.proces.bewaartermijn
        gevonden.save(update_fields=["afgesloten_op", "bewaren_tot"])
        gevolgen.volg_interactie_op(gevonden.pk)


def koppel(klant_id: UUID, *, interactie: UUID, rol: Rol, door: Authenticatie) -> None:
    """REL1: zet de eigen klant in een rol bij een interactie waar hij al bij hoort.

    Raises NietGevonden, KoppelingBestaat.
    """
    eis_voldoende_betrouwbaar(door)
    with constraint_als_regel():
        klant = Klant.objects.van(door).klantbeeld().filter(pk=klant_id).first()
        eigen = Interactie.objects.filter(pk=interactie, klanten=klant).first() if klant else None
        if klant is None or eigen is None:
            raise NietGevonden
        Koppeling.objects.create(klant=klant, interactie=eigen, rol=rol)
        gevolgen.volg_interactie_op(eigen.pk)


def eigen_interacties(door: Authenticatie) -> Sequence[Interactie]:
    """USE-5: alle interacties van de eigen klanten, de nieuwste eerst."""
    vraag = Interactie.objects.filter(klanten__in=Klant.objects.van(door)).distinct()
    return list(vraag.select_related("proces", "afwijkend").order_by("-ontvangen_op", "pk"))


def _proces(code: str, *, ingelogd: bool) -> Proces:
    """Raises NietGevonden, ProcesGesloten."""
    kaal = regel_tekst(code, veld="proces", hooguit=40)
    gekozen = Proces.objects.filter(code=kaal).first()
    if gekozen is None:
        raise NietGevonden
    if not (ingelogd or gekozen.open_kanaal):
        raise ProcesGesloten
    return gekozen


def _eerdere(interactie: UUID) -> Ontvangst:
    rij = Interactie.objects.get(pk=interactie)
    return _ontvangst(rij, rij.klanten.first())


def _ontvangst(interactie: Interactie, klant: Klant | None) -> Ontvangst:
    return Ontvangst(
        interactie=interactie.pk,
        referentie=interactie.referentie,
        klant=klant.pk if klant else None,
    )


def _verbind(
    interactie: Interactie,
    contact: HoudOpDeHoogte | None,
    eigen: Klant | None,
    door: Authenticatie | None,
    *,
    op: dt.datetime,
) -> Klant | None:
    """Wie erbij hoort: de eigen gevalideerde klant, een niet-gevalideerde, of niemand."""
    if eigen is not None:
        Koppeling.objects.create(klant=eigen, interactie=interactie, rol=Rol.INITIATOR)
        if contact is not None and door is not None:
            gegevens = wijkt_af(_gegevens(contact), standaard=standaard_van(eigen, op=op))
            schrijf_afwijking(interactie, gegevens, herkomst=Herkomst.van(door, op=op))
        return eigen
    if contact is None:
        return None
    if interactie.proces.bsn_vrij:
        schrijf_afwijking(interactie, _gegevens(contact), herkomst=anoniem(op))
        return None
    klant = _niet_gevalideerd(interactie.bronorganisatie, contact, op=op)
    Koppeling.objects.create(klant=klant, interactie=interactie, rol=Rol.INITIATOR)
    return klant


def _eigen_klant(door: Authenticatie, gekozen: UUID | None) -> Klant | None:
    """De klant om aan te koppelen: zeker genoeg, en één; een bedrijf met meer koos er een."""
    if not mag_relateren(door):
        return None
    vraag = Klant.objects.van(door).klantbeeld()
    eigen = list((vraag.filter(pk=gekozen) if gekozen else vraag)[:2])
    return eigen[0] if len(eigen) == 1 else None


def anoniem(op: dt.datetime) -> Herkomst:
    """De herkomst van wat iemand gaf die niet (of niet zeker genoeg) bekend is."""
    return Herkomst(door="anoniem", middel="geen", niveau=Niveau.GEEN, op=op, via=Via.INTERACTIE)


def _gegevens(contact: HoudOpDeHoogte) -> Contactgegevens:
    if contact.adres.soort is Contactsoort.EMAIL:
        return Contactgegevens(voornaam=contact.voornaam, emailadres=contact.adres.waarde)
    return Contactgegevens(voornaam=contact.voornaam, telefoonnummer=contact.adres.waarde)


def _niet_gevalideerd(bronorganisatie: str, contact: HoudOpDeHoogte, *, op: dt.datetime) -> Klant:
    """DOEL2: een klant zonder subject; wie hij zegt te zijn is tekst en geen koppeling."""
    klant = Klant.objects.create(
        bronorganisatie=bronorganisatie,
        klantnummer=vrij_klantnummer(bronorganisatie),
        actief_op=op,
    )
    beurt = Beurt(klant, 1, 0, anoniem(op), Gebeurtenis.Soort.AANGEMAAKT)
    naam = Naam(klant=klant, waarde=contact.voornaam)
    adres = DigitaalAdres(
        klant=klant,
        soort=contact.adres.soort,
        waarde=contact.adres.waarde,
        stand=Stand.IN_GEBRUIK,
        standaard=True,
    )
    for veld, rij in (("naam", naam), (adres.soort, adres)):
        beurt.geef_herkomst(rij)
        rij.save()
        beurt.noteer(veld, rij=rij, nieuw=rij.tekst())
    rond_af(beurt)
    return klant
