"""Welke terugmeldingen een toepassing mag zien, en de regel die daarvan blijft."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from portal.api.fouten import Fout
from portal.api.rechten import Veld
from portal.api.toegang.interacties import tijd
from portal.api.toegang.klanten import leg_vast
from portal.api.toegang.nummers import open_nummers
from portal.api.toegang.wie import Aanroeper
from portal.klanten.models import Klant, Terugmelding
from portal.klanten.regels import Terugmeldstatus

GEGEVENS = frozenset({Veld.TERUGMELDING, Veld.SUBJECTNUMMER})
TEKSTEN = ("toelichting", "voorstel", "contact")


@transaction.atomic
def lopende(aanroeper: Aanroeper, *, na: UUID | None, hooguit: int) -> list[dict[str, Any]]:
    """Wat nog niet is afgerond, op volgorde van nummer; met een logregel per melder."""
    eigen = Terugmelding.objects.filter(bronorganisatie=aanroeper.bronorganisatie)
    open_staand = eigen.exclude(status=Terugmeldstatus.AFGEROND).order_by("pk")
    rijen = list((open_staand.filter(pk__gt=na) if na else open_staand)[:hooguit])
    return _vormen(aanroeper, rijen)


@transaction.atomic
def een(aanroeper: Aanroeper, nummer: UUID) -> dict[str, Any]:
    """De melding met dit nummer; raises Fout 404, ook voor die van een andere organisatie."""
    return _vormen(aanroeper, [_rij(aanroeper, nummer)])[0]


def stand_van(aanroeper: Aanroeper, nummer: UUID) -> dict[str, Any]:
    """Dezelfde vorm om mee te vergelijken, niet om te geven: zonder regel. Raises Fout 404."""
    rij = _rij(aanroeper, nummer)
    return _vorm(aanroeper, rij, _klanten_van(aanroeper, [rij]).get(rij.melder_index, []))


def _rij(aanroeper: Aanroeper, nummer: UUID) -> Terugmelding:
    eigen = Terugmelding.objects.filter(bronorganisatie=aanroeper.bronorganisatie)
    rij = eigen.filter(pk=nummer).first()
    if rij is None:
        raise Fout("not_found")
    return rij


def _vormen(aanroeper: Aanroeper, rijen: list[Terugmelding]) -> list[dict[str, Any]]:
    """P11: first the lines, then the answer; who has no klant is known by the melding itself."""
    klanten = _klanten_van(aanroeper, rijen)
    onderwerpen = [
        onderwerp
        for rij in rijen
        for onderwerp in [k.pk for k in klanten.get(rij.melder_index, [])] or [rij.pk]
    ]
    leg_vast(aanroeper, onderwerpen, aanroeper.velden & GEGEVENS)
    return [_vorm(aanroeper, rij, klanten.get(rij.melder_index, [])) for rij in rijen]


def _klanten_van(aanroeper: Aanroeper, rijen: list[Terugmelding]) -> dict[str, list[Klant]]:
    """USE-7: who reported, as far as they are a klant that this API may show."""
    gevonden = Klant.objects.klantbeeld(vanaf=settings.API_MINIMUMNIVEAU).filter(
        bronorganisatie=aanroeper.bronorganisatie,
        subject_index__in={rij.melder_index for rij in rijen},
    )
    per: dict[str, list[Klant]] = {}
    for klant in gevonden.order_by("pk"):
        per.setdefault(klant.subject_index, []).append(klant)
    return per


def _vorm(aanroeper: Aanroeper, rij: Terugmelding, klanten: list[Klant]) -> dict[str, Any]:
    vorm: dict[str, Any] = {
        "id": str(rij.pk),
        "referentie": rij.referentie,
        "registratie": rij.register,
        "gegeven": rij.gegeven,
        "status": rij.status,
        "gemeldOp": tijd(rij.gemeld_op),
        "statusOp": tijd(rij.status_op),
    }
    if Veld.TERUGMELDING in aanroeper.velden:
        vorm |= {veld: getattr(rij, veld) for veld in TEKSTEN}
    if Veld.SUBJECTNUMMER in aanroeper.velden and klanten:
        klant = klanten[0]
        nummers = open_nummers(klant.subject_verzegeld, klant.subject_index)
        vorm["subject"] = {"soort": klant.subjectsoort, **nummers}
    return vorm
