"""Wat een handeling teruggeeft, en wat er aan een mens geschreven moet worden."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Uitkomst:
    """Hoe het afliep: om welke klant en waarde het ging en welke versie de klant nu heeft.

    `gewijzigd` is False when nothing was different; `herhaald` is True when this form had been
    sent before and the result is that of the first time.
    """

    klant: UUID
    versie: int
    waarde: UUID | None = None
    gewijzigd: bool = True
    herhaald: bool = False


class Berichtsoort(StrEnum):
    """Waarover wij een mens schrijven; de tekst zelf staat in `portal.berichten`."""

    BEVESTIGINGSCODE = "bevestigingscode"
    CLAIMCODE = "claimcode"
    CONTACTGEGEVEN_GEWIJZIGD = "contactgegeven_gewijzigd"
    REKENINGNUMMER_GEWIJZIGD = "rekeningnummer_gewijzigd"
    GEGEVENS_HERSTELD = "gegevens_hersteld"
    KLANT_VERWIJDERD = "klant_verwijderd"
    ONGEBRUIKT_EERSTE = "ongebruikt_eerste"
    ONGEBRUIKT_TWEEDE = "ongebruikt_tweede"


@dataclass(frozen=True, kw_only=True)
class Bericht:
    """Eén bericht aan een mens; gaat in dezelfde transactie de uitbak in (besluiten 5).

    `aan_soort` is "email" or "telefoon", `aan` that address; after `geldig_tot` sending it makes
    no sense. `inhoud` has plain texts by name: `code`, `token` (of the link "dit was ik niet"),
    `gegeven` (which kind changed), `ingaat_op`, `verwijderd_op` (ISO 8601), `referentie`. It holds
    secrets: seal before storing, never log.
    """

    soort: Berichtsoort
    aan_soort: str
    aan: str = field(repr=False)
    taal: str
    op: dt.datetime
    geldig_tot: dt.datetime
    inhoud: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, kw_only=True)
class Herstelling:
    """Na "dit was ik niet": van wie alle sessies nu moeten eindigen.

    `subjecten` are the indexes under which somebody may have been logged in for this klant: its
    subject, and for a branch also its company.
    """

    uitkomst: Uitkomst
    subjecten: frozenset[str]
