"""Wat een mens aan abonnementen doet: elke handeling met een reden, elke een Beheerhandeling.

`wie` is the account or client that acts, `op` the moment, `reden` never empty. Django admin, the
command and the API call these functions and nothing else. Skip and replay stand in `herstel`.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet, Sum

from portal.klanten.regels import IntussenGewijzigd, RegelGeschonden
from portal.webhooks.abonnementgegevens import Abonnementgegevens, eis_inlog, kolommen_van
from portal.webhooks.geheimen import nieuw_geheim, verzegeld_geheim
from portal.webhooks.models import Abonnement, Baan, Beheerhandeling, Bezorging, Geheim
from portal.webhooks.verspreiding import wek

SOORT = Beheerhandeling.Soort
STATUS = Abonnement.Status
LANGSTE_WISSEL = dt.timedelta(days=7)
WISSEL = dt.timedelta(hours=24)
HANDDRUK_NODIG = "nieuw adres: handdruk nodig"


class MagNietNu(RegelGeschonden):
    """Deze handeling past niet bij de stand van het abonnement."""

    code = "past-niet-bij-status"
    melding = "Dat kan nu niet met dit abonnement."


class RedenOntbreekt(RegelGeschonden):
    """Elke handeling van beheer heeft een reden."""

    code = "reden-ontbreekt"
    melding = "Schrijf waarom u dit doet."


@dataclass(frozen=True, kw_only=True)
class Door:
    """Wie handelt, waarom en wanneer; zonder reden bestaat dit niet."""

    wie: str
    reden: str
    op: dt.datetime

    def __post_init__(self) -> None:
        if not self.reden.strip():
            raise RedenOntbreekt(veld="reden")


@transaction.atomic
def maak(
    gegevens: Abonnementgegevens, *, door: Door, geheim: str | None = None
) -> tuple[Abonnement, str]:
    """Maak een abonnement (`concept`) met zijn geheim, dat alleen nu te zien is.

    `geheim` only for the demo, whose receiver knows it already. Raises what kolommen_van raises.
    """
    abonnement = Abonnement(**kolommen_van(gegevens))
    eis_inlog(gegevens)
    abonnement.save()
    geheim = geheim or nieuw_geheim()
    _bewaar_geheim(abonnement, geheim, door.op)
    leg_vast(abonnement, SOORT.GEMAAKT, door)
    return abonnement, geheim


@transaction.atomic
def wijzig(abonnement_id: int, gegevens: Abonnementgegevens, *, door: Door) -> Abonnement:
    """Wijzig adres, keuze of inlogwijze; een ander adres vraagt een nieuwe handdruk."""
    abonnement = op_slot(abonnement_id)
    eis_status(abonnement, *STATUS)
    kolommen = kolommen_van(gegevens) | {"bevestigde_url": stemde_toe(abonnement)}
    if not gegevens.inlog and gegevens.inlogwijze == abonnement.inlogwijze:
        del kolommen["inlog_verzegeld"]
    else:
        eis_inlog(gegevens)
    if kolommen["url"] != kolommen["bevestigde_url"] and abonnement.status != STATUS.CONCEPT:
        kolommen |= {"status": STATUS.GEPAUZEERD, "reden": HANDDRUK_NODIG, "gepauzeerd_tot": None}
    for naam, waarde in kolommen.items():
        setattr(abonnement, naam, waarde)
    abonnement.save(update_fields=list(kolommen))
    leg_vast(abonnement, SOORT.GEWIJZIGD, door)
    return abonnement


@transaction.atomic
def bevestig(
    abonnement_id: int, *, door: Door, handdruk: tuple[str, int | None] | None = None
) -> Abonnement:
    """De ontvanger stemde toe, of een mens noemt in `reden` de afspraak.

    `handdruk` is the address that was asked and how many messages a minute it allows; raises
    IntussenGewijzigd when the address is another by now.
    """
    abonnement = op_slot(abonnement_id)
    eis_status(abonnement, *STATUS)
    if handdruk is not None:
        gevraagd, abonnement.per_minuut = handdruk
        if gevraagd != abonnement.url:
            raise IntussenGewijzigd("Het adres is intussen gewijzigd. Doe de handdruk opnieuw.")
    abonnement.bevestigde_url = abonnement.url
    abonnement.save(update_fields=["per_minuut", "bevestigde_url"])
    _zet_aan(abonnement)
    leg_vast(abonnement, SOORT.BEVESTIGD, door)
    transaction.on_commit(wek, robust=True)
    return abonnement


@transaction.atomic
def pauzeer(abonnement_id: int, *, door: Door, tot: dt.datetime | None = None) -> Abonnement:
    """Er gaat niets meer heen, alles blijft komen; `tot` hervat vanzelf."""
    abonnement = op_slot(abonnement_id)
    eis_status(abonnement, STATUS.ACTIEF)
    abonnement.status, abonnement.gepauzeerd_tot = STATUS.GEPAUZEERD, tot
    abonnement.reden = door.reden
    abonnement.save(update_fields=["status", "gepauzeerd_tot", "reden"])
    leg_vast(abonnement, SOORT.GEPAUZEERD, door)
    return abonnement


@transaction.atomic
def hervat(abonnement_id: int, *, door: Door) -> Abonnement:
    """Alles wat bewaard bleef gaat, op volgorde; ook na uitzetten, en ook wat uitgeput was.

    Raises MagNietNu when the address has changed since the receiver consented.
    """
    abonnement = op_slot(abonnement_id)
    eis_status(abonnement, STATUS.GEPAUZEERD, STATUS.UITGEZET)
    if abonnement.url != stemde_toe(abonnement):
        raise MagNietNu("Het adres is nieuw. Doe eerst de handdruk.")
    _zet_aan(abonnement)
    open_banen_op_slot(abonnement).filter(uitgeput=True).update(opnieuw_op=door.op, uitgeput=False)
    leg_vast(abonnement, SOORT.HERVAT, door)
    transaction.on_commit(wek, robust=True)
    return abonnement


@transaction.atomic
def probeer_nu(abonnement_id: int, *, door: Door) -> Abonnement:
    """Sluit de onderbreker en zet alle banen nu aan de beurt, ook de uitgeputte."""
    abonnement = op_slot(abonnement_id)
    eis_status(abonnement, STATUS.ACTIEF)
    _sluit_onderbreker(abonnement)
    open_banen_op_slot(abonnement).update(opnieuw_op=door.op, uitgeput=False)
    leg_vast(abonnement, SOORT.NU_GEPROBEERD, door)
    transaction.on_commit(wek, robust=True)
    return abonnement


@transaction.atomic
def trek_in(abonnement_id: int, *, open_gezien: int | None, door: Door) -> Abonnement:
    """Einde: open berichten gaan niet meer. Raises IntussenGewijzigd als er meer open staan.

    `open_gezien` None: for who ends it the number does not matter (a form that does not show it).
    """
    abonnement = op_slot(abonnement_id)
    eis_status(abonnement, *STATUS)
    if open_gezien is not None and aantal_open(abonnement) > open_gezien:
        raise IntussenGewijzigd("Er staan intussen meer berichten open. Kijk opnieuw.")
    abonnement.status, abonnement.reden = STATUS.INGETROKKEN, door.reden
    abonnement.save(update_fields=["status", "reden"])
    trek_open_rijen_in(abonnement, door.op)
    leg_vast(abonnement, SOORT.INGETROKKEN, door)
    return abonnement


@transaction.atomic
def trek_open_rijen_in(abonnement: Abonnement, op: dt.datetime) -> None:
    """Wat nog open stond bij een ingetrokken abonnement gaat niet meer."""
    Bezorging.objects.filter(abonnement=abonnement, stand=Bezorging.Stand.OPEN).update(
        stand=Bezorging.Stand.INGETROKKEN, afgehandeld_op=op
    )
    open_banen_op_slot(abonnement).update(openstaand=0)


def open_banen_op_slot(abonnement: Abonnement) -> QuerySet[Baan]:
    """De banen met werk, in de volgorde op slot die ook de bevestiger van de pomp aanhoudt."""
    banen = Baan.objects.filter(abonnement=abonnement, openstaand__gt=0)
    list(banen.order_by("onderwerp").select_for_update().values_list("onderwerp"))
    return banen


@transaction.atomic
def roteer(abonnement_id: int, *, door: Door, oud_nog: dt.timedelta = WISSEL) -> str:
    """Een nieuw geheim ondertekent meteen, het oude nog `oud_nog` mee (hooguit 7 dagen)."""
    if not dt.timedelta(0) <= oud_nog <= LANGSTE_WISSEL:
        raise MagNietNu("Het oude geheim blijft hooguit 7 dagen geldig.")
    return _wissel(abonnement_id, door, door.op + oud_nog, SOORT.GEROTEERD)


@transaction.atomic
def meld_gelekt(abonnement_id: int, *, door: Door) -> str:
    """Het geheim is gelekt: het oude ondertekent nu niet meer, ook niet voor oude berichten."""
    return _wissel(abonnement_id, door, door.op, SOORT.GELEKT)


@transaction.atomic
def zet_informatierijk(abonnement_id: int, *, aan: bool, doel: str, door: Door) -> Abonnement:
    """Waarden in het bericht, alleen voor een doel; nooit een nummer van een persoon."""
    abonnement = op_slot(abonnement_id)
    eis_status(abonnement, *STATUS)
    if aan and not doel:
        raise RegelGeschonden("Noem het doel waarvoor de waarden nodig zijn.", veld="doel")
    abonnement.informatierijk, abonnement.doel = aan, doel if aan else ""
    abonnement.save(update_fields=["informatierijk", "doel"])
    leg_vast(abonnement, SOORT.INFORMATIERIJK_AAN if aan else SOORT.INFORMATIERIJK_UIT, door)
    return abonnement


def aantal_open(abonnement: Abonnement) -> int:
    """Hoeveel berichten er open staan, opgeteld over de banen."""
    som = Baan.objects.filter(abonnement=abonnement).aggregate(n=Sum("openstaand"))["n"]
    return int(som or 0)


def stemde_toe(abonnement: Abonnement) -> str:
    """Het adres dat toestemde; leeg als er nog een handdruk nodig is.

    An empty column after a handshake is the work of a process from before the column (P7): what it
    switched on is the address that stands there.
    """
    wacht = abonnement.status == STATUS.CONCEPT or abonnement.reden == HANDDRUK_NODIG
    return abonnement.bevestigde_url or ("" if wacht else abonnement.url)


def op_slot(abonnement_id: int) -> Abonnement:
    """De rij van het abonnement, op slot; raises Abonnement.DoesNotExist."""
    return Abonnement.objects.select_for_update(no_key=True).get(pk=abonnement_id)


def eis_status(abonnement: Abonnement, *mag: Abonnement.Status) -> None:
    """Een ingetrokken abonnement blijft ingetrokken; verder alleen vanuit `mag`."""
    if abonnement.status == STATUS.INGETROKKEN or abonnement.status not in mag:
        raise MagNietNu


def leg_vast(
    abonnement: Abonnement,
    soort: Beheerhandeling.Soort,
    door: Door,
    *,
    bezorging: Bezorging | None = None,
) -> None:
    """Schrijf de Beheerhandeling, in de transactie van de handeling zelf."""
    Beheerhandeling.objects.create(
        wie=door.wie[:100],
        op=door.op,
        soort=soort,
        abonnement=abonnement,
        bezorging=bezorging,
        onderwerp=bezorging.onderwerp if bezorging else None,
        reden=door.reden.strip()[:300],
    )


def _bewaar_geheim(abonnement: Abonnement, geheim: str, op: dt.datetime) -> None:
    Geheim.objects.create(
        abonnement=abonnement, waarde_verzegeld=verzegeld_geheim(geheim), geldig_vanaf=op
    )


def _wissel(
    abonnement_id: int, door: Door, oud_tot: dt.datetime, soort: Beheerhandeling.Soort
) -> str:
    abonnement, geheim = op_slot(abonnement_id), nieuw_geheim()
    eis_status(abonnement, *STATUS)
    for oud in abonnement.geheimen.all():
        if oud.geldig_tot is None or oud.geldig_tot > oud_tot:
            oud.geldig_tot = oud_tot
            oud.save(update_fields=["geldig_tot"])
    _bewaar_geheim(abonnement, geheim, door.op)
    leg_vast(abonnement, soort, door)
    return geheim


def _zet_aan(abonnement: Abonnement) -> None:
    """Weer actief, met een schone lei: wat eerder misging telt niet meer mee."""
    _sluit_onderbreker(abonnement)
    abonnement.status, abonnement.reden, abonnement.gepauzeerd_tot = STATUS.ACTIEF, "", None
    abonnement.save(update_fields=["status", "reden", "gepauzeerd_tot"])


def _sluit_onderbreker(abonnement: Abonnement) -> None:
    abonnement.mislukt_achtereen, abonnement.mislukt_sinds = 0, None
    abonnement.onderbroken_tot, abonnement.gewaarschuwd_uur = None, 0
    abonnement.save(
        update_fields=["mislukt_achtereen", "mislukt_sinds", "onderbroken_tot", "gewaarschuwd_uur"]
    )
