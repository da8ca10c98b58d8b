"""Het model waarmee de levens van klanten vergeleken worden, en wat na elke stap moet kloppen."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition

from portal.klanten.handelingen import Gang
from portal.klanten.models import DigitaalAdres, Gebeurtenis, Klant, Naam, Proces, Waarde
from portal.klanten.regels import Bericht
from tests.mensen import NOOR, NU, OMAR

MENSEN = {"noor": NOOR, "omar": OMAR}
DAG, MINUUT = timedelta(days=1), timedelta(minutes=1)

GEDAAN: Counter[str] = Counter()
GEDAAN_WORDT = (
    "bevestigd",
    "vervangen",
    "hersteld",
    "geclaimd",
    "samengevoegd",
    "verwijderd",
    "bewaard",
    "vervallen",
    "dossier om",
)
"""Wat er in vijfhonderd levens minstens vijf keer gebeurd moet zijn; anders toetst dit niets."""


@dataclass
class Adres:
    """Een adres zoals het model het kent; `id` is dat van de rij."""

    id: UUID
    waarde: str
    bevestigd: bool
    gegeven: timedelta
    code: str = ""
    vervangt: "Adres | None" = None


@dataclass
class Mens:
    """Een klant zoals het model haar kent."""

    id: UUID
    versie: int = 1
    naam: str = ""
    adressen: list[Adres] = field(default_factory=list)
    gehouden: bool = False
    inactief: bool = False


@dataclass
class Link:
    """Een link "dit was ik niet": welke waarde zij terugzet (leeg: haal weg), en van wanneer."""

    token: str
    mens: Mens
    adres: UUID
    waarde: str
    gemaakt: timedelta


class Verhaal(RuleBasedStateMachine):
    """Wat alle stappen delen; het model is een paar dicts."""

    post: list[Bericht] = []

    def __init__(self) -> None:
        super().__init__()
        self.punt = transaction.atomic()
        self.punt.__enter__()
        self.klanten: dict[str, Mens] = {}
        self.versies: dict[UUID, int] = {}
        self.links: list[Link] = []
        self.losse: list[tuple[str, UUID, str, str]] = []
        self.gewist: set[str] = set()
        self.tijd, self.teller = timedelta(), 0
        Proces.objects.create(
            code="tegel", omschrijving="Tegel", open_kanaal=True, bewaartermijn=5 * DAG
        )

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.punt.__exit__(None, None, None)

    def uniek(self, soort: str) -> str:
        self.teller += 1
        return f"{soort}{self.teller}x"

    def gang(self, naam: str, *, gezien: int | None = None) -> Gang:
        self.tijd += MINUUT
        mens = self.klanten.get(naam)
        laatste = mens.versie if mens else 0
        return {
            "door": MENSEN[naam],
            "gezien": laatste if gezien is None else gezien,
            "sleutel": None,
            "op": NU + self.tijd,
        }

    def veranderd(self, mens: Mens) -> None:
        mens.versie += 1
        self.versies[mens.id] = mens.versie

    def weg(self, mens: Mens) -> None:
        self.wis(mens.naam, *(adres.waarde for adres in mens.adressen))
        mens.naam, mens.adressen = "", []

    def wis(self, *waarden: str) -> None:
        self.gewist |= {waarde for waarde in waarden if waarde}

    def adressen(self, *, bevestigd: bool | None = None) -> list[tuple[str, Mens, Adres]]:
        """Elk adres van wie nog actief is; met `bevestigd` alleen die, of juist de voorstellen."""
        return [
            (naam, mens, adres)
            for naam, mens in sorted(self.klanten.items())
            for adres in mens.adressen
            if not mens.inactief and bevestigd in {None, adres.bevestigd}
        ]

    def actief(self, naam: str) -> Mens | None:
        mens = self.klanten.get(naam)
        return mens if mens and not mens.inactief else None

    @invariant()
    def elke_wijziging_is_een_gebeurtenis(self) -> None:
        geteld: dict[UUID, list[int]] = {}
        feiten = Gebeurtenis.objects.order_by("versie").values_list("onderwerp", "versie")
        for onderwerp, versie in feiten:
            geteld.setdefault(onderwerp, []).append(versie)
        assert geteld == {sleutel: list(range(1, n + 1)) for sleutel, n in self.versies.items()}

    @invariant()
    def de_databank_vertelt_hetzelfde_verhaal(self) -> None:
        levend = {mens.id: mens for mens in self.klanten.values()}
        los = {klant: (naam, adres) for _, klant, naam, adres in self.losse}
        klanten = Klant.objects.values_list("pk", "gevalideerd", "versie", "inactief_op")
        assert {(pk, vast, versie, bool(weg)) for pk, vast, versie, weg in klanten} == {
            (pk, True, mens.versie, mens.inactief) for pk, mens in levend.items()
        } | {(pk, False, 1, False) for pk in los}
        namen = dict(Naam.objects.values_list("klant_id", "waarde"))
        assert namen == {pk: mens.naam for pk, mens in levend.items() if mens.naam} | {
            pk: naam for pk, (naam, _) in los.items()
        }
        velden = ("klant_id", "pk", "waarde", "stand", "standaard")
        rijen = list(DigitaalAdres.objects.values_list(*velden))
        assert {rij[:4] for rij in rijen if rij[0] not in los} == {
            (pk, rij.id, rij.waarde, "in_gebruik" if rij.bevestigd else "voorgesteld")
            for pk, mens in levend.items()
            for rij in mens.adressen
        }
        for pk, mens in levend.items():
            standaard = [rij for rij in rijen if rij[0] == pk and rij[4]]
            assert len(standaard) == any(rij.bevestigd for rij in mens.adressen)
        teksten = {tekst for rij in Waarde.objects.values_list("oud", "nieuw") for tekst in rij}
        assert not self.gewist & (teksten | set(namen.values()) | {rij[2] for rij in rijen})

    @precondition(lambda self: self.losse)
    @invariant()
    def niemand_ziet_wat_niet_gevalideerd_is(self) -> None:
        vragen = [Klant.objects.klantbeeld(), *map(Klant.objects.van, MENSEN.values())]
        zichtbaar = {pk for vraag in vragen for pk in vraag.values_list("pk", flat=True)}
        assert not zichtbaar & {klant for _, klant, _, _ in self.losse}
