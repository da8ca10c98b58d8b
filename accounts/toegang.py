"""Wie er niet meer in mag, wie uitgelogd wordt, en wie een medewerker was (docs/handboek.md).

Every act has a reason and leaves a Toegangshandeling; a number is read, sealed, and never shown but
by `onthul`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.identiteit import Identiteit, Soort, blinde_indexen, pseudoniemen
from accounts.models import Account, Sessie, Toegangshandeling
from accounts.sessie import beeindig
from accounts.zegel import Onleesbaar, ontzegel, sleutelbos, verzegel

SOORT = Toegangshandeling.Soort
DOEL = "account"


class NietGevonden(LookupError):
    """Er is geen account met deze index, of zijn nummer is nooit bewaard."""


@dataclass(frozen=True)
class Principaal:
    """Wie inlogt: een mens of bedrijf, en bij een bedrijf wie er namens handelt."""

    identiteit: Identiteit
    handelende: str = ""

    @property
    def indexen(self) -> list[str]:
        """De index van zijn account onder elke sleutel van de bos, de huidige eerst."""
        return blinde_indexen(self.identiteit, handelende=self.handelende)

    def verzegeld(self) -> str:
        """Zoals het naast de index in een rij mag staan."""
        return verzegel(json.dumps([*self.identiteit.delen(), self.handelende]), DOEL)


@dataclass(frozen=True, kw_only=True)
class Door:
    """Wie handelt, waarom en wanneer; raises ValueError zonder reden."""

    door: str
    reden: str
    op: datetime

    def __post_init__(self) -> None:
        if not self.reden.strip():
            raise ValueError("geef een reden")


@dataclass(frozen=True, kw_only=True)
class Spoor:
    """Hoe iemand onder één sleutel heet: in de databank, en in het log (`wie`)."""

    sleutel: str
    index: str
    in_het_log: str
    geblokkeerd: bool
    sessies: int


def sporen(wie: Principaal) -> Iterator[Spoor]:
    """Waaraan iemand te herkennen is onder elke sleutel van de bos."""
    in_het_log = pseudoniemen(wie.indexen, "log")
    kids = sleutelbos(settings.PORTAAL_INDEXSLEUTELS)
    for kid, index, teken in zip(kids, wie.indexen, in_het_log, strict=True):
        yield Spoor(
            sleutel=kid,
            index=index,
            in_het_log=teken,
            geblokkeerd=Account.objects.filter(pk=index, is_active=False).exists(),
            sessies=Sessie.objects.filter(account=index).count(),
        )


@transaction.atomic
def blokkeer(wie: Principaal, *, door: Door) -> int:
    """Niet meer naar binnen, en nu uit elke sessie; geef hoeveel sessies eindigden."""
    index = wie.indexen[0]
    Account.objects.update_or_create(
        pk=index, defaults={"is_active": False, "wie_verzegeld": wie.verzegeld()}
    )
    _leg_vast(SOORT.GEBLOKKEERD, index, door)
    return beeindig(account__in=wie.indexen)


@transaction.atomic
def deblokkeer(wie: Principaal, *, door: Door) -> None:
    """Weer naar binnen; van wie geen medewerker is, blijft geen rij. Raises NietGevonden."""
    rijen = Account.objects.filter(pk__in=wie.indexen, is_active=False)
    medewerkers = rijen.filter(is_staff=True).update(is_active=True)
    anderen, _ = rijen.delete()
    if not medewerkers + anderen:
        raise NietGevonden
    _leg_vast(SOORT.VRIJGEGEVEN, wie.indexen[0], door)


@transaction.atomic
def log_uit(wie: Principaal | None, *, door: Door) -> int:
    """Beëindig de sessies van één, of zonder `wie` van iedereen; geef hoeveel."""
    _leg_vast(SOORT.UITGELOGD, wie.indexen[0] if wie else "", door)
    return beeindig(account__in=wie.indexen) if wie else beeindig()


@transaction.atomic
def onthul(index: str, *, door: Door) -> Principaal:
    """Wie dit account is; raises NietGevonden, Onleesbaar. Ook dit kijken wordt vastgelegd."""
    account = Account.objects.filter(pk=index).exclude(wie_verzegeld="").first()
    if account is None:
        raise NietGevonden
    wie = principaal_van(account)
    _leg_vast(SOORT.ONTHULD, index, door)
    return wie


def principaal_van(account: Account) -> Principaal:
    """Open wie bij deze rij hoort; raises Onleesbaar, ook als het een ander blijkt te zijn.

    A row of before a change of key is only recognised while its key is in the ring.
    """
    soort, waarde, kvk, handelende = json.loads(ontzegel(account.wie_verzegeld, DOEL))
    wie = Principaal(Identiteit(Soort(soort), waarde, kvk), handelende)
    if account.pk not in wie.indexen:
        raise Onleesbaar("account en verzegelde waarde horen niet bij elkaar")
    return wie


def _leg_vast(soort: Toegangshandeling.Soort, account: str, door: Door) -> None:
    Toegangshandeling.objects.create(
        soort=soort,
        account=account,
        door=door.door[:100],
        reden=door.reden.strip()[:300],
        op=door.op,
    )
