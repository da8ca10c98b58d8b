"""Hoe elke handeling verloopt: sleutel, slot, versie, rijen, Gebeurtenis, gevolgen; of niets."""

import datetime as dt
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypedDict
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Value
from psycopg.errors import DeadlockDetected, LockNotAvailable

from portal.klanten import gevolgen, regels
from portal.klanten.handelingen import sleutels
from portal.klanten.models import (
    Bewaargrond,
    DigitaalAdres,
    Gebeurtenis,
    Klant,
    MetHerkomst,
    Naam,
    PlaatsInFeed,
    Postadres,
    Rekeningnummer,
    Voorkeur,
    Waarde,
    Wisgegevens,
)
from portal.klanten.regels import Authenticatie, Herkomst, Uitkomst


class Gang(TypedDict):
    """Wat elke handeling van een klant meekrijgt.

    `door`: who, at which level, for whom. `gezien`: the version of the klant that the form was
    made from, 0 when there was none. `sleutel`: the one-time key of the form. `op`: the moment.
    """

    door: Authenticatie
    gezien: int
    sleutel: UUID | None
    op: dt.datetime


MetTekst = Naam | DigitaalAdres | Postadres | Rekeningnummer | Voorkeur


@dataclass
class Beurt:
    """Eén lopende handeling op een klant die op slot zit; `versie` is de versie die zij maakt."""

    klant: Klant
    versie: int
    gezien: int
    herkomst: Herkomst
    soort: Gebeurtenis.Soort
    velden: set[str] = field(default_factory=set)
    waarden: list[Waarde] = field(default_factory=list)

    def eis_gezien(self, veld: str) -> None:
        """KLUIT01: dit veld veranderde niet sinds de versie die de klant zag."""
        laatste = (
            Gebeurtenis.objects.filter(onderwerp=self.klant.pk, velden__contains=[veld])
            .order_by("-versie")
            .values_list("versie", flat=True)
            .first()
        )
        regels.eis_ongewijzigd(gezien=self.gezien, gewijzigd=laatste or 0)

    def eis_rij_gezien(self, rij: MetHerkomst) -> None:
        """KLUIT01: deze waarde veranderde niet sinds de versie die de klant zag."""
        regels.eis_ongewijzigd(gezien=self.gezien, gewijzigd=rij.versie)

    def geef_herkomst(self, rij: MetHerkomst) -> None:
        """USE-6: deze waarde komt van wie nu handelt, in deze versie; slaat niets op."""
        rij.krijgt(self.herkomst)
        rij.versie = self.versie

    def noteer(
        self,
        veld: str,
        *,
        rij: MetHerkomst,
        oud: str = "",
        nieuw: str = "",
        oude_delen: Mapping[str, object] | None = None,
    ) -> None:
        """Zet dit veld in de Gebeurtenis, met de oude en nieuwe waarde in de geschiedenis.

        `oude_delen`: the parts of an old value that its text does not give back.
        """
        self.velden.add(veld)
        waarde = Waarde(klant=self.klant, veld=veld, waarde=rij.pk, oud=oud, nieuw=nieuw)
        waarde.oude_delen = oude_delen
        self.waarden.append(waarde)

    def vernietig(self, veld: str, rij: MetTekst) -> None:
        """OWN-5: de rij weg, en haar waarden ook uit de geschiedenis; alleen het feit blijft."""
        Waarde.objects.filter(klant=self.klant, waarde=rij.pk).delete()
        schrijf_in_wisboek(rij.pk, op=self.herkomst.op)
        rij.delete()
        self.velden.add(veld)

    def verwijder(self, veld: str, rij: MetTekst) -> None:
        """OWN-4: vernietig de waarde, of zet haar apart zolang een dossier haar vasthoudt."""
        op = self.herkomst.op
        gronden = Bewaargrond.objects.van_kracht(regels.dag(op)).filter(klant=self.klant)
        if any(regels.houdt_veld(grond.velden, veld) for grond in gronden):
            self.klant.bewaarde_waarden.create(veld=veld, waarde=rij.tekst(), sinds=op)
        self.vernietig(veld, rij)


Werk = Callable[[Beurt], UUID | None]


def voer_uit(
    klant_id: UUID | None, werk: Werk, *, handeling: str, inhoud: object, gang: Gang
) -> Uitkomst:
    """Doe `werk` op de eigen klant (None: de eerste keer opslaan maakt haar), of helemaal niets.

    `handeling` names the act and `inhoud` is what the form holds: the same `sleutel` with the same
    of both returns the first result, else raises SleutelHergebruikt. Raises any RegelGeschonden;
    then nothing was written.
    """
    regels.eis_voldoende_betrouwbaar(gang["door"])
    with constraint_als_regel():
        sleutel = sleutels.neem(
            gang["sleutel"], handeling, inhoud, door=gang["door"], op=gang["op"]
        )
        if sleutel and sleutel.klant:
            return sleutels.eerdere(sleutel.klant, sleutel)
        beurt = _begin(klant_id, gang)
        waarde = werk(beurt)
        uitkomst = rond_af(beurt, waarde)
        if sleutel:
            sleutels.onthoud(sleutel, uitkomst)
        return uitkomst


def voer_zelf_uit(klant: Klant, werk: Werk, *, herkomst: Herkomst) -> Uitkomst:
    """Doe `werk` zonder dat er iemand is ingelogd: een link, een termijn, een bewaargrond.

    `klant` must be locked by the caller, in the transaction that this joins.
    """
    soort = Gebeurtenis.Soort.GEWIJZIGD
    beurt = Beurt(klant, klant.versie + 1, klant.versie, herkomst, soort)
    return rond_af(beurt, werk(beurt))


def geef_teken_van_leven(klant: Klant, *, op: dt.datetime) -> None:
    """Wie iets doet gebruikt zijn gegevens nog: een herinnering vervalt."""
    klant.actief_op, klant.herinnerd_op, klant.nogmaals_herinnerd_op = op, None, None
    klant.save(update_fields=["actief_op", "herinnerd_op", "nogmaals_herinnerd_op"])


def schrijf_in_wisboek(sleutel: UUID, *, op: dt.datetime) -> None:
    """Onthoud dat de rij met deze id gewist is, ook na het terugzetten van een reservekopie."""
    Wisgegevens.objects.get_or_create(
        afdruk=Wisgegevens.afdruk_van(sleutel), defaults={"gewist_op": op}
    )


def op_slot(klant_id: UUID) -> Klant | None:
    """Return the klant, locked until the end of the transaction, or None when it is gone."""
    return Klant.objects.select_for_update().filter(pk=klant_id).first()


@contextmanager
def constraint_als_regel() -> Iterator[None]:
    """De transactie van één handeling; wat de databank weigert wordt hier een RegelGeschonden.

    What she refuses otherwise is a bug and stays an IntegrityError, without the row in its text.
    """
    try:
        with transaction.atomic(), gevolgen.handeling():
            yield
    except IntegrityError as fout:
        naam = getattr(getattr(fout.__cause__, "diag", None), "constraint_name", None)
        if naam not in regels.BIJ_CONSTRAINT:
            raise IntegrityError(f"constraint {naam}") from None
        raise regels.BIJ_CONSTRAINT[naam] from None
    except OperationalError as fout:
        if not isinstance(fout.__cause__, LockNotAvailable | DeadlockDetected):
            raise
        raise regels.EvenBezet from None


def rond_af(beurt: Beurt, waarde: UUID | None = None) -> Uitkomst:
    """OWN-7: precies één Gebeurtenis als er iets veranderde, met alles wat erop volgt."""
    klant = beurt.klant
    gewijzigd = bool(beurt.velden) or beurt.soort != Gebeurtenis.Soort.GEWIJZIGD
    if gewijzigd:
        klant.versie = beurt.versie
        klant.save(update_fields=["versie"])
        leg_vast(beurt)
        if beurt.soort == Gebeurtenis.Soort.VERWIJDERD:
            schrijf_in_wisboek(klant.pk, op=beurt.herkomst.op)
            Klant.objects.filter(pk=klant.pk).delete()
    return Uitkomst(klant=klant.pk, versie=klant.versie, waarde=waarde, gewijzigd=gewijzigd)


def leg_vast(beurt: Beurt) -> Gebeurtenis:
    """Schrijf de Gebeurtenis met haar waarden en roep de gevolgen aan."""
    herkomst, klant = beurt.herkomst, beurt.klant
    gebeurtenis = Gebeurtenis.objects.create(
        soort=beurt.soort,
        bronorganisatie=klant.bronorganisatie,
        onderwerp=klant.pk,
        subjectsoort=klant.subjectsoort,
        versie=beurt.versie,
        velden=sorted(beurt.velden),
        gebeurd_op=herkomst.op,
        handelende=herkomst.door,
        namens=herkomst.namens,
        mandaat=herkomst.mandaat,
        middel=herkomst.middel,
        niveau=herkomst.niveau,
        transactie=PlaatsInFeed(Value(klant.pk), Value(beurt.versie - 1)),
    )
    for waarde in beurt.waarden:
        waarde.gebeurtenis = gebeurtenis
    Waarde.objects.bulk_create(beurt.waarden)
    gevolgen.volg_op(gebeurtenis)
    return gebeurtenis


def _begin(klant_id: UUID | None, gang: Gang) -> Beurt:
    """Zet de eigen klant op slot, of maak haar; die van een ander bestaat niet."""
    herkomst = Herkomst.van(gang["door"], op=gang["op"])
    if klant_id is None:
        nieuw = _maak_klant(gang["door"], op=gang["op"])
        return Beurt(nieuw, 1, gang["gezien"], herkomst, Gebeurtenis.Soort.AANGEMAAKT)
    klant = Klant.objects.van(gang["door"]).select_for_update().filter(pk=klant_id).first()
    if klant is None:
        raise regels.NietGevonden
    if klant.inactief_op:
        raise regels.WordtVerwijderd
    geef_teken_van_leven(klant, op=gang["op"])
    if gang["door"].niveau > (klant.gevalideerd_niveau or 0):
        _verhoog_niveau(klant, gang["door"], op=gang["op"])
    return Beurt(klant, klant.versie + 1, gang["gezien"], herkomst, Gebeurtenis.Soort.GEWIJZIGD)


def _maak_klant(door: Authenticatie, *, op: dt.datetime) -> Klant:
    """DOEL1: wie zeker genoeg is ingelogd en opslaat, wordt een gevalideerde klant."""
    nummer = vrij_klantnummer(door.bronorganisatie)
    klant = Klant(bronorganisatie=door.bronorganisatie, klantnummer=nummer)
    valideer(klant, door, op=op)
    return klant


def valideer(klant: Klant, door: Authenticatie, *, op: dt.datetime) -> None:
    """VAST1: koppel de klant aan het subject dat hier is ingelogd, en sla haar op."""
    klant.subjectsoort = door.subjectsoort
    klant.subject_index = door.subject_index
    klant.subject_verzegeld = door.subject_verzegeld
    klant.subject_land = door.land
    klant.persoon = door.persoon
    klant.bedrijf_index = door.bedrijf_index
    klant.rsin_index = door.rsin_index
    klant.gevalideerd = True
    klant.gevalideerd_op = klant.actief_op = op
    klant.gevalideerd_middel = door.middel
    klant.gevalideerd_niveau = door.niveau
    klant.save()


def _verhoog_niveau(klant: Klant, door: Authenticatie, *, op: dt.datetime) -> None:
    """BETR1: wie zekerder is ingelogd bevestigt de klant; van wie zij is verandert nooit.

    A company may edit the klant of its branch, which stays that of the branch.
    """
    klant.gevalideerd_op = op
    klant.gevalideerd_middel = door.middel
    klant.gevalideerd_niveau = door.niveau
    klant.save(update_fields=["gevalideerd_op", "gevalideerd_middel", "gevalideerd_niveau"])


def vrij_klantnummer(bronorganisatie: str) -> str:
    """Return a random number of eight digits that this organisation has not given out yet."""
    while True:
        nummer = f"{secrets.randbelow(90_000_000) + 10_000_000}"
        bezet = Klant.objects.filter(bronorganisatie=bronorganisatie, klantnummer=nummer)
        if not bezet.exists():
            return nummer
