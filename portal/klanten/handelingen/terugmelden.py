"""Melden dat een basisregistratie niet klopt; de klant verandert er nooit door."""

import datetime as dt
from uuid import UUID

from portal.klanten import gevolgen
from portal.klanten.handelingen.transactie import constraint_als_regel
from portal.klanten.models import Gebeurtenis, Terugmelding
from portal.klanten.regels import (
    Authenticatie,
    NietGevonden,
    NieuweTerugmelding,
    Terugmeldstatus,
    eis_voldoende_betrouwbaar,
)


def meld_terug(
    *, melding: NieuweTerugmelding, door: Authenticatie, op: dt.datetime
) -> Terugmelding:
    """BREG1: de gemeente hoort dat er een melding is; wat erin staat leest zij apart."""
    eis_voldoende_betrouwbaar(door)
    with constraint_als_regel():
        rij = Terugmelding.objects.create(
            bronorganisatie=door.bronorganisatie,
            melder_index=door.subject_index,
            status=Terugmeldstatus.ONTVANGEN,
            gemeld_op=op,
            status_op=op,
            **vars(melding),
        )
        gevolgen.volg_op(
            Gebeurtenis.objects.create(
                soort=Gebeurtenis.Soort.MELDING_ONTVANGEN,
                bronorganisatie=rij.bronorganisatie,
                onderwerp=rij.pk,
                versie=rij.versie,
                velden=[],
                gebeurd_op=op,
                handelende=door.handelende,
                namens=door.namens,
                mandaat=door.mandaat,
                middel=door.middel,
                niveau=door.niveau,
            )
        )
        return rij


def zet_terugmeldstatus(terugmelding: UUID, *, status: Terugmeldstatus, op: dt.datetime) -> None:
    """De gemeente laat weten hoe ver het onderzoek is. Raises NietGevonden."""
    gewijzigd = Terugmelding.objects.filter(pk=terugmelding).update(status=status, status_op=op)
    if not gewijzigd:
        raise NietGevonden


def eigen_terugmeldingen(door: Authenticatie) -> list[Terugmelding]:
    """Return the reports of this subject, newest first."""
    eis_voldoende_betrouwbaar(door)
    return list(Terugmelding.objects.van(door).order_by("-gemeld_op", "pk"))
