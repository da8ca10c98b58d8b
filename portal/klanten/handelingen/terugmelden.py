"""Melden dat een basisregistratie niet klopt; de klant verandert er nooit door."""

import datetime as dt
from uuid import UUID

from portal.klanten import gevolgen
from portal.klanten.handelingen import sleutels
from portal.klanten.handelingen.transactie import constraint_als_regel
from portal.klanten.models import Gebeurtenis, Terugmelding
from portal.klanten.regels import (
    Authenticatie,
    NietGevonden,
    NieuweTerugmelding,
    Terugmeldstatus,
    eis_lopend,
    eis_voldoende_betrouwbaar,
    gaat_vooruit,
)


def meld_terug(
    *,
    melding: NieuweTerugmelding,
    door: Authenticatie,
    sleutel: UUID | None = None,
    op: dt.datetime,
) -> Terugmelding:
    """BREG1: de gemeente hoort dat er een melding is; wat erin staat leest zij apart.

    The same form once more (`sleutel`) returns the first report. Raises SleutelHergebruikt.
    """
    eis_voldoende_betrouwbaar(door)
    with constraint_als_regel():
        formulier = sleutels.neem(sleutel, "meld_terug", melding, door=door, op=op)
        if formulier and formulier.waarde:
            return Terugmelding.objects.get(pk=formulier.waarde)
        rij = Terugmelding.objects.create(
            bronorganisatie=door.bronorganisatie,
            melder_index=door.subject_index,
            status=Terugmeldstatus.ONTVANGEN,
            gemeld_op=op,
            status_op=op,
            **vars(melding),
        )
        sleutels.onthoud_rij(formulier, rij.pk)
        gevolgen.volg_op(_gebeurtenis(rij, door))
        return rij


def _gebeurtenis(rij: Terugmelding, door: Authenticatie) -> Gebeurtenis:
    return Gebeurtenis.objects.create(
        soort=Gebeurtenis.Soort.MELDING_ONTVANGEN,
        bronorganisatie=rij.bronorganisatie,
        onderwerp=rij.pk,
        versie=rij.versie,
        velden=[],
        gebeurd_op=rij.gemeld_op,
        handelende=door.handelende,
        namens=door.namens,
        mandaat=door.mandaat,
        middel=door.middel,
        niveau=door.niveau,
    )


def zet_terugmeldstatus(terugmelding: UUID, *, status: Terugmeldstatus, op: dt.datetime) -> bool:
    """De gemeente of de buur laat weten hoe ver het onderzoek is: alleen vooruit, anders False.

    Raises NietGevonden, TerugmeldingAfgerond.
    """
    with constraint_als_regel():
        rij = Terugmelding.objects.select_for_update().filter(pk=terugmelding).first()
        if rij is None:
            raise NietGevonden
        eis_lopend(rij.status)
        if not gaat_vooruit(rij.status, status):
            return False
        rij.status, rij.status_op = status, op
        rij.save(update_fields=["status", "status_op"])
        return True


def eigen_terugmeldingen(door: Authenticatie) -> list[Terugmelding]:
    """Return the reports of this subject, newest first."""
    eis_voldoende_betrouwbaar(door)
    return list(Terugmelding.objects.van(door).order_by("-gemeld_op", "pk"))
