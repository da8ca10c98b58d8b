"""Wat vanzelf gebeurt als de tijd verstrijkt; elk een functie met de klok als argument.

Each returns how many it handled. What deletes values of people or writes to them takes `hooguit`:
when there is more to do it raises TeveelOpTeRuimen and does nothing, for then the clock or a
setting is wrong. `ruim_gebeurtenissen_op` does so many and leaves the rest to the next night;
reports that were dealt with, codes and links have no limit.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from functools import partial
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet

from portal.klanten import gevolgen
from portal.klanten.handelingen.berichten import schrijf_aan_alle
from portal.klanten.handelingen.transactie import (
    Beurt,
    constraint_als_regel,
    op_slot,
    schrijf_in_wisboek,
    voer_zelf_uit,
)
from portal.klanten.handelingen.verwijderen import (
    ruim_verlopen_gronden_op,
    vanzelf,
    verwijder_geheel,
)
from portal.klanten.models import (
    Bewaard,
    Bewaargrond,
    Code,
    DigitaalAdres,
    Gebeurtenis,
    Handelingsleutel,
    Herstel,
    Interactie,
    Klant,
    Rekeningnummer,
    Terugmelding,
    Waarde,
    Wisgegevens,
)
from portal.klanten.regels import (
    GEBEURTENIS_BEWAREN,
    HOOGUIT_PER_KEER,
    ONGEBRUIKT_NA,
    PER,
    SLEUTEL_BEWAREN,
    TERUGMELDING_BEWAREN,
    TUSSEN_HERINNERINGEN,
    VOORSTEL_VERVALT,
    WISBOEK_BEWAREN,
    Berichtsoort,
    Stand,
    Terugmeldstatus,
    dag,
    eis_niet_te_veel,
)
from portal.klanten.stappen import doe_elke_stap


def laat_rekeningen_ingaan(*, op: dt.datetime, hooguit: int = HOOGUIT_PER_KEER) -> int:
    """Een rekeningnummer waarvan de afkoeling voorbij is, komt in gebruik."""
    rijp = Rekeningnummer.objects.filter(stand=Stand.VOORGESTELD, ingaat_op__lte=op)
    return _per_klant(rijp.values_list("klant_id", flat=True), _laat_ingaan, op=op, hooguit=hooguit)


def laat_voorstellen_vervallen(*, op: dt.datetime, hooguit: int = HOOGUIT_PER_KEER) -> int:
    """Een voorgesteld adres dat een week lang niemand bevestigde, verdwijnt."""
    oud = _vervallen_voorstellen(op)
    return _per_klant(
        oud.values_list("klant_id", flat=True), _laat_vervallen, op=op, hooguit=hooguit
    )


def ruim_gronden_op(*, op: dt.datetime, hooguit: int = HOOGUIT_PER_KEER) -> int:
    """OWN-4: wat geen dossier meer vasthoudt, wordt vernietigd; daarna ook de klant.

    Returns how many klanten went; `hooguit` counts those, not the values that were set apart.
    """
    van_kracht = Bewaargrond.objects.van_kracht(dag(op)).filter(klant=OuterRef("pk"))
    rijp = Klant.objects.exclude(inactief_op=None).exclude(Exists(van_kracht))
    eis_niet_te_veel(rijp.count(), hooguit=hooguit)
    bewaard = Klant.objects.filter(Exists(Bewaard.objects.filter(klant=OuterRef("pk"))))
    sleutels = {*rijp.values_list("pk", flat=True), *bewaard.values_list("pk", flat=True)}
    return _elk(sleutels, lambda sleutel: ruim_verlopen_gronden_op(sleutel, op=op) is not None)


def ruim_interacties_op(*, op: dt.datetime, hooguit: int = HOOGUIT_PER_KEER) -> int:
    """USE-8: na haar termijn gaat een interactie weg, met afwijking en losse klant."""
    sleutels = list(Interactie.objects.vervallen(op).values_list("pk", flat=True))
    eis_niet_te_veel(len(sleutels), hooguit=hooguit)
    return _elk(sleutels, partial(_ruim_interactie_op, op=op))


def ruim_losse_klanten_op(
    *,
    op: dt.datetime,
    termijn: dt.timedelta = ONGEBRUIKT_NA,
    hooguit: int = HOOGUIT_PER_KEER,
) -> int:
    """USE-8: wie een systeem vastlegde en nergens bij hoort, gaat na `termijn` zonder wijziging.

    With an interactie, that one's term counts (`ruim_interacties_op`).
    """
    los = Klant.objects.filter(
        gevalideerd=False, inactief_op=None, actief_op__lte=op - termijn, koppelingen=None
    )

    def ruim_op(beurt: Beurt) -> None:
        if los.filter(pk=beurt.klant.pk).exists():
            verwijder_geheel(beurt, zaken=())

    return _per_klant(los.values_list("pk", flat=True), ruim_op, op=op, hooguit=hooguit)


def ruim_terugmeldingen_op(*, op: dt.datetime) -> int:
    """Een afgeronde terugmelding blijft een jaar, zodat de melder kan zien wat eruit kwam."""
    klaar = Terugmelding.objects.filter(status=Terugmeldstatus.AFGEROND)
    oud = klaar.filter(status_op__lte=op - TERUGMELDING_BEWAREN)
    with constraint_als_regel():
        sleutels = list(oud.select_for_update().values_list("pk", flat=True))
        gevolgen.eindig_terugmeldingen(sleutels, op=op)
        return Terugmelding.objects.filter(pk__in=sleutels).delete()[0]


def handel_ongebruikt_af(
    *,
    op: dt.datetime,
    termijn: dt.timedelta = ONGEBRUIKT_NA,
    hooguit: int = HOOGUIT_PER_KEER,
) -> int:
    """Besluiten 22: zonder teken van leven twee berichten, een maand ertussen, dan weg."""
    sleutels = list(_aan_de_beurt(op, termijn).values_list("pk", flat=True))
    eis_niet_te_veel(len(sleutels), hooguit=hooguit)
    return _elk(sleutels, partial(_handel_ongebruikt_af, op=op, termijn=termijn))


def ruim_gebeurtenissen_op(*, op: dt.datetime, hooguit: int = 100 * HOOGUIT_PER_KEER) -> int:
    """Besluiten 14: van een verwijderde klant blijven de feiten negentig dagen, of tot bezorgd.

    What still has to be delivered is told by `gevolgen.bij_opruimen`.
    """
    weg = (
        Gebeurtenis.objects.exclude(onderwerp__in=Klant.objects.values("pk"))
        .values("onderwerp")
        .annotate(laatst=Max("gebeurd_op"))
        .filter(laatst__lte=op - GEBEURTENIS_BEWAREN)
    )
    onderwerpen = set(weg.values_list("onderwerp", flat=True)[:hooguit])
    rijp = onderwerpen - gevolgen.nog_nodig(onderwerpen, op=op)
    return Gebeurtenis.objects.filter(onderwerp__in=rijp).delete()[0]


def ruim_bewijs_op(*, op: dt.datetime) -> int:
    """Codes en sleutels van formulieren gaan na een dag, herstellinks na hun tien dagen."""
    rijen = [
        Code.objects.filter(gemaakt_op__lte=op - PER),
        Herstel.objects.filter(verloopt_op__lte=op),
        Handelingsleutel.objects.filter(gebruikt_op__lte=op - SLEUTEL_BEWAREN),
        Wisgegevens.objects.filter(gewist_op__lte=op - WISBOEK_BEWAREN),
    ]
    return sum(vraag.delete()[0] for vraag in rijen)


def _elk(sleutels: Collection[UUID], werk: Callable[[UUID], bool]) -> int:
    """Doe het werk voor elk, ook als het bij een ander mislukt; geef bij hoeveel er iets gebeurde.

    Raises ExceptionGroup, after all of them.
    """
    gedaan: list[bool] = []
    doe_elke_stap(*(lambda sleutel=s: gedaan.append(werk(sleutel)) for s in sleutels))
    return sum(gedaan)


def _ruim_interactie_op(interactie: UUID, *, op: dt.datetime) -> bool:
    """Wie er nog een andere interactie heeft lopen, blijft daarvoor bestaan."""
    with constraint_als_regel():
        rij = Interactie.objects.vervallen(op).select_for_update().filter(pk=interactie).first()
        if rij is None:
            return False
        betrokken = list(rij.klanten.values_list("pk", flat=True))
        rij.delete()
        for sleutel in sorted(set(betrokken)):  # one order for every lock
            klant = op_slot(sleutel)
            if klant is None or klant.gevalideerd or klant.inactief_op:
                continue
            if not klant.koppelingen.exists():
                weg = partial(verwijder_geheel, zaken=())
                voer_zelf_uit(klant, weg, herkomst=vanzelf(op))
    return True


def _per_klant(
    klanten: Iterable[UUID], werk: Callable[[Beurt], None], *, op: dt.datetime, hooguit: int
) -> int:
    """Doe `werk` voor elke klant in een eigen transactie; elk één Gebeurtenis.

    `werk` looks again: what the list of `klanten` was made from may have changed before the lock.
    """
    sleutels = set(klanten)
    eis_niet_te_veel(len(sleutels), hooguit=hooguit)

    def doe(sleutel: UUID) -> bool:
        with constraint_als_regel():
            klant = op_slot(sleutel)
            if klant is None:
                return False
            return voer_zelf_uit(klant, werk, herkomst=vanzelf(op)).gewijzigd

    return _elk(sleutels, doe)


def _laat_ingaan(beurt: Beurt) -> None:
    """De rij in gebruik houdt haar id en krijgt het nieuwe nummer met zijn herkomst."""
    nieuw = Rekeningnummer.objects.filter(
        klant=beurt.klant, stand=Stand.VOORGESTELD, ingaat_op__lte=beurt.herkomst.op
    ).first()
    if nieuw is None:
        return
    oud = Rekeningnummer.objects.filter(klant=beurt.klant, stand=Stand.IN_GEBRUIK).first()
    if oud is not None:
        Waarde.objects.filter(klant=beurt.klant, waarde=oud.pk).update(waarde=nieuw.pk)
        schrijf_in_wisboek(oud.pk, op=beurt.herkomst.op)
        oud.delete()
    nieuw.stand, nieuw.versie = Stand.IN_GEBRUIK, beurt.versie
    nieuw.save(update_fields=["stand", "versie"])
    beurt.velden.add("rekeningnummer")


def _vervallen_voorstellen(op: dt.datetime) -> "QuerySet[DigitaalAdres]":
    return DigitaalAdres.objects.filter(
        stand=Stand.VOORGESTELD, gegeven_op__lte=op - VOORSTEL_VERVALT
    )


def _laat_vervallen(beurt: Beurt) -> None:
    for rij in _vervallen_voorstellen(beurt.herkomst.op).filter(klant=beurt.klant):
        beurt.vernietig(rij.soort, rij)


def _aan_de_beurt(op: dt.datetime, termijn: dt.timedelta) -> "QuerySet[Klant]":
    """Ongebruikt, en niet het laatste `TUSSEN_HERINNERINGEN` nog aangeschreven."""
    pas = op - TUSSEN_HERINNERINGEN
    klanten = Klant.objects.ongebruikt(op - termijn).exclude(nogmaals_herinnerd_op__gt=pas)
    return klanten.exclude(nogmaals_herinnerd_op=None, herinnerd_op__gt=pas)


def _handel_ongebruikt_af(klant_id: UUID, *, op: dt.datetime, termijn: dt.timedelta) -> bool:
    """Eén stap: eerste bericht, tweede bericht, of verwijderen; onder het slot opnieuw bekeken.

    Zwijgt de bron van zaken, dan komt de volgende ronde vanzelf.
    """
    zaken = gevolgen.zaken_van(klant_id)
    with constraint_als_regel():
        beurt = _aan_de_beurt(op, termijn).filter(pk=klant_id)
        klant = beurt.select_for_update().first()
        if klant is None:
            return False
        if klant.nogmaals_herinnerd_op:
            if zaken is not None:
                weg = partial(verwijder_geheel, zaken=zaken)
                voer_zelf_uit(klant, weg, herkomst=vanzelf(op))
        elif klant.herinnerd_op:
            klant.nogmaals_herinnerd_op = op
            _herinner(klant, Berichtsoort.ONGEBRUIKT_TWEEDE, op=op)
        else:
            klant.herinnerd_op = op
            _herinner(klant, Berichtsoort.ONGEBRUIKT_EERSTE, op=op)
    return True


def _herinner(klant: Klant, soort: Berichtsoort, *, op: dt.datetime) -> None:
    klant.save(update_fields=["herinnerd_op", "nogmaals_herinnerd_op"])
    stappen = 2 if soort is Berichtsoort.ONGEBRUIKT_EERSTE else 1
    inhoud = {"verwijderd_op": (op + stappen * TUSSEN_HERINNERINGEN).isoformat()}
    schrijf_aan_alle(klant, soort, op=op, inhoud=inhoud)
