"""Van een vraag naar de klanten die deze toepassing mag zien, en de regel die daarvan blijft."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_noop

from portal.api.fouten import Fout
from portal.api.toegang.wie import Aanroeper
from portal.logboek.activiteiten import Activiteit
from portal.logboek.schrijven import Gebruik, leg_gebruik_vast

LEES = (Path(__file__).parent / "lees.sql").read_text()
TEL = "select count(*) from klanten_klant k where k.bronorganisatie = %(organisatie)s"
VINDBAAR = "k.gevalideerd and k.inactief_op is null and k.gevalideerd_niveau >= %(niveau)s"
ZELF_VASTGELEGD = """not k.gevalideerd and k.inactief_op is null and exists (
    select from api_registratie r where r.onderwerp = k.id and r.toepassing_id = %(toepassing)s)"""
NAAM = gettext_noop("Klantgegevens verstrekt aan een systeem van de gemeente")

Klantrij = dict[str, Any]
"""Eén klant zoals `lees.sql` haar geeft: kolommen bij hun naam, waarden als lijsten daarbinnen."""


def zoek(
    aanroeper: Aanroeper,
    voorwaarde: str,
    waarden: Mapping[str, Any],
    *,
    slot: str = "",
    welke: str = VINDBAAR,
) -> list[Klantrij]:
    """USE-1, USE-7: gevalideerde klanten van de eigen organisatie, zeker genoeg vastgelegd.

    `voorwaarde` and `slot` (order, limit) are SQL of ours; values go as parameters.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"{LEES} and ({welke}) and {voorwaarde} {slot}", {**_vaste(aanroeper), **waarden}
        )
        return [json.loads(rij) for (rij,) in cursor.fetchall()]


def _vaste(aanroeper: Aanroeper) -> dict[str, Any]:
    return {
        "organisatie": aanroeper.bronorganisatie,
        "niveau": settings.API_MINIMUMNIVEAU,
        "toepassing": aanroeper.rij.toepassing,
    }


def aantal(aanroeper: Aanroeper, voorwaarde: str, waarden: Mapping[str, Any]) -> int:
    """Hoeveel klanten `zoek` zonder grens zou geven; telt, en leest niets van hen."""
    with connection.cursor() as cursor:
        cursor.execute(f"{TEL} and {VINDBAAR} and {voorwaarde}", {**_vaste(aanroeper), **waarden})
        return int(cursor.fetchone()[0])


def geef(
    aanroeper: Aanroeper,
    voorwaarde: str,
    waarden: Mapping[str, Any],
    *,
    slot: str = "",
    welke: str = VINDBAAR,
    gegevens: Collection[str] | None = None,
) -> list[Klantrij]:
    """P11: lees en leg in dezelfde transactie vast wie ze kreeg; lukt dat niet, dan krijgt niemand.

    `gegevens`: what kinds of data go out; default all that this caller may see.
    """
    with transaction.atomic():
        rijen = zoek(aanroeper, voorwaarde, waarden, slot=slot, welke=welke)
        leg_vast(aanroeper, [UUID(rij["id"]) for rij in rijen], gegevens)
    return rijen


def geef_een(
    aanroeper: Aanroeper,
    klant_id: UUID,
    *,
    gegevens: Collection[str] | None = None,
    ook_eigen: bool = True,
) -> Klantrij:
    """De klant met dit nummer; raises Fout 404, ook voor die van een ander.

    `ook_eigen`: a niet-gevalideerde klant too, for the system that recorded her and no other.
    """
    welke = f"{VINDBAAR} or {ZELF_VASTGELEGD}" if ook_eigen else VINDBAAR
    rijen = geef(aanroeper, "k.id = %(id)s", {"id": klant_id}, gegevens=gegevens, welke=welke)
    if not rijen:
        raise Fout("not_found")
    return rijen[0]


def zelf_vastgelegd(aanroeper: Aanroeper, klant_id: UUID) -> Klantrij:
    """De niet-gevalideerde klant die dit systeem vastlegde, om te wijzigen.

    Raises Fout 403 for a gevalideerde klant that the caller could find, 404 for everything else.
    """
    waarden = {"id": klant_id}
    if rijen := zoek(aanroeper, "k.id = %(id)s", waarden, welke=ZELF_VASTGELEGD):
        return rijen[0]
    if zoek(aanroeper, "k.id = %(id)s", waarden):
        raise Fout("permission_denied", "Deze gegevens beheert de klant zelf.")
    raise Fout("not_found")


def leg_vast(
    aanroeper: Aanroeper, onderwerpen: list[UUID], gegevens: Collection[str] | None = None
) -> None:
    """PUR-1: één regel per persoon, met doel en soorten gegevens."""
    gebruik = Gebruik(
        activiteit=Activiteit.VERSTREKKEN,
        naam=NAAM,
        doel=aanroeper.doeltekst,
        gegevens=aanroeper.velden if gegevens is None else gegevens,
        spoor=aanroeper.spoor,
    )
    leg_gebruik_vast(onderwerpen, gebruik=gebruik, door=aanroeper.gebruiker(), op=aanroeper.op)
