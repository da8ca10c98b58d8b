"""Which sealed values and indexes there are, and moving them to a new key.

A value carries the id of its key, so an interrupted rotation goes on where it stopped, and it can
run while people work: a row is replaced only if it still holds what was read. Indexes are made
anew in batches with the table locked, with web and worker processes stopped.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from accounts.identiteit import Identiteit, Soort, blinde_indexen, ontzegel_identiteit
from accounts.models import Account
from accounts.toegang import principaal_van
from accounts.zegel import Onleesbaar, VerzegeldVeld, ontzegel, sleutel_van, sleutelbos, verzegel

PER_KEER = 5000


@dataclass(frozen=True)
class Kolom:
    """A column with sealed values; `hoort_bij` names the column they are bound to, or is empty."""

    model: type[models.Model]
    veld: str
    doel: str
    hoort_bij: str = ""

    def __str__(self) -> str:
        return f"{self.model._meta.label}.{self.veld}"

    @property
    def tabel(self) -> str:
        return self.model._meta.db_table


def kolommen() -> list[Kolom]:
    """Every column that holds sealed values: the sealed fields, and VERZEGELDE_KOLOMMEN."""
    gevonden = [
        Kolom(model, veld.attname, veld.doel)
        for model in apps.get_models()
        for veld in model._meta.local_concrete_fields
        if isinstance(veld, VerzegeldVeld)
    ]
    return gevonden + [
        Kolom(apps.get_model(model), veld, doel, bij)
        for model, veld, doel, bij in settings.VERZEGELDE_KOLOMMEN
    ]


def _rijen(kolom: Kolom, waar: str, *waarden: Any) -> list[tuple[Any, str, str]]:
    """Return key, sealed value and what it is bound to, straight from the table."""
    pk = kolom.model._meta.pk
    bij = f"{kolom.hoort_bij}::text" if kolom.hoort_bij else "''"
    vraag = f"select {pk.column}, {kolom.veld}, {bij} from {kolom.tabel} where {waar}"  # noqa: S608 - names of our own models
    with connection.cursor() as cursor:
        cursor.execute(vraag, waarden)
        rijen: list[tuple[Any, str, str]] = cursor.fetchall()
    return rijen


def per_sleutel(kolom: Kolom) -> Counter[str]:
    """How many values each key id sealed in this column."""
    vraag = (
        f"select split_part({kolom.veld}, '$', 1), count(*) from {kolom.tabel}"  # noqa: S608 - as above
        f" where {kolom.veld} <> '' group by 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(vraag)
        return Counter(dict(cursor.fetchall()))


def onleesbaar(kolom: Kolom, *, hooguit: int = 1000) -> int:
    """How many values of a sample do not open."""
    rijen = _rijen(kolom, f"{kolom.veld} <> '' order by random() limit %s", hooguit)
    return sum(not _gaat_open(kolom, verzegeld, bij) for _, verzegeld, bij in rijen)


def _gaat_open(kolom: Kolom, verzegeld: str, bij: str) -> bool:
    try:
        ontzegel(verzegeld, kolom.doel, hoort_bij=bij)
    except Onleesbaar:
        return False
    return True


def herzegel(kolom: Kolom) -> Iterator[int]:
    """Seal every value with the first key, 5,000 at a time; yields how many after each batch.

    Raises Onleesbaar at a value that does not open: find out why before you go on.
    """
    eerste = next(iter(sleutelbos(settings.PORTAAL_GEGEVENSSLEUTELS)))
    pk = kolom.model._meta.pk
    soort = pk.rel_db_type(connection)
    zet = (
        f"update {kolom.tabel} t set {kolom.veld} = n.nieuw from"  # noqa: S608 - as above
        f" unnest(%s::{soort}[], %s::text[], %s::text[]) as n(pk, oud, nieuw)"
        f" where t.{pk.column} = n.pk and t.{kolom.veld} = n.oud"
    )
    waar = f"{kolom.veld} <> '' and {kolom.veld} not like %s order by 1 limit %s"
    while rijen := _rijen(kolom, waar, f"{eerste}$%", PER_KEER):
        nieuw = [
            verzegel(ontzegel(v, kolom.doel, hoort_bij=bij), kolom.doel, hoort_bij=bij)
            for _, v, bij in rijen
        ]
        with connection.cursor() as cursor:
            cursor.execute(zet, [[r[0] for r in rijen], [r[1] for r in rijen], nieuw])
        yield len(rijen)


def _indexen(wie: Identiteit) -> tuple[str, str, str]:
    """Subject, company and RSIN index of an identity, under the first key."""
    subject = blinde_indexen(wie)[0]
    bedrijf = wie if wie.soort is Soort.RSIN else wie.bedrijf()
    rsin = subject if wie.soort is Soort.RSIN else ""
    return subject, blinde_indexen(bedrijf)[0] if bedrijf else "", rsin


def verkeerde_indexen() -> int:
    """How many klanten have an index that does not belong to their sealed number."""
    model, fout = apps.get_model(settings.INDEX_MODEL), 0
    velden = ("subject_verzegeld", "subject_index")
    for verzegeld, index in model.objects.exclude(subject_index="").values_list(*velden).iterator():
        try:
            ontzegel_identiteit(verzegeld, index)
        except Onleesbaar:
            fout += 1
    return fout


OUD = "subject_index <> '' and subject_index not like %s"


def te_herindexeren() -> int:
    """How many klanten have an index that was not made with the first key."""
    eerste = next(iter(sleutelbos(settings.PORTAAL_INDEXSLEUTELS)))
    tabel = apps.get_model(settings.INDEX_MODEL)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {tabel} where {OUD}", [f"{eerste}$%"])  # noqa: S608 - as above
        return int(cursor.fetchone()[0])


def herindexeer() -> Iterator[int]:
    """Make every index under the first key, 5,000 klanten at a time; yields how many after each.

    Every batch is one transaction with what refers to its subjects, so stopping loses nothing and
    the next run goes on. An RSIN index beside a KvK number cannot be made again, since the RSIN
    itself is not kept: it is emptied. Raises Onleesbaar before anything changed when a number does
    not open or does not belong to its index.
    """
    if fout := verkeerde_indexen():
        raise Onleesbaar(f"{fout} nummers gaan niet open of horen niet bij hun index")
    while aantal := _herindexeer_deel():
        yield aantal


@transaction.atomic
def _herindexeer_deel() -> int:
    tabel = apps.get_model(settings.INDEX_MODEL)._meta.db_table
    eerste = next(iter(sleutelbos(settings.PORTAAL_INDEXSLEUTELS)))
    with connection.cursor() as cursor:
        cursor.execute(f"lock table {tabel} in share row exclusive mode")
        cursor.execute(
            "select id, subject_index, bedrijf_index, subject_verzegeld"  # noqa: S608 - as above
            f" from {tabel} where {OUD} order by id limit %s",
            [f"{eerste}$%", PER_KEER],
        )
        rijen = cursor.fetchall()
        if not rijen:
            return 0
        nieuw = [_indexen(ontzegel_identiteit(zegel, index)) for _, index, _, zegel in rijen]
        cursor.execute(f"alter table {tabel} disable trigger user")  # they keep a subject as it is
        cursor.execute(
            f"update {tabel} t set subject_index = n.s, bedrijf_index = n.b, rsin_index = n.r"  # noqa: S608 - as above
            " from unnest(%s::uuid[], %s::text[], %s::text[], %s::text[]) as n(pk, s, b, r)"
            " where t.id = n.pk",
            [[r[0] for r in rijen], *map(list, zip(*nieuw, strict=True))],
        )
        cursor.execute(f"alter table {tabel} enable trigger user")
        van = {r[1]: n[0] for r, n in zip(rijen, nieuw, strict=True)}
        van |= {r[2]: n[1] for r, n in zip(rijen, nieuw, strict=True) if r[2]}
        for model, veld in settings.INDEX_VOLGERS:
            _volg(cursor, model, veld, van)
    return len(rijen)


@transaction.atomic
def herindexeer_accounts() -> tuple[int, int]:
    """Give each account its index under the first key, with all that names it.

    Returns how many moved, and how many could not: who is in no row by number (staff that did not
    log in since we keep it) stays under the old key. Raises Onleesbaar before anything changed.
    """
    eerste = next(iter(sleutelbos(settings.PORTAAL_INDEXSLEUTELS)))
    oud = Account.objects.exclude(pk__startswith=f"{eerste}$").select_for_update()
    bekend = [rij for rij in oud if rij.wie_verzegeld]
    van = {rij.pk: principaal_van(rij).indexen[0] for rij in bekend}
    for rij in bekend:
        nieuw, _ = Account.objects.get_or_create(pk=van[rij.pk])
        nieuw.is_active = rij.is_active and nieuw.is_active
        nieuw.is_staff = rij.is_staff or nieuw.is_staff
        nieuw.wie_verzegeld = rij.wie_verzegeld
        nieuw.save(update_fields=["is_active", "is_staff", "wie_verzegeld"])
        nieuw.groups.add(*rij.groups.all())
    with connection.cursor() as cursor:
        for model, veld in settings.ACCOUNT_VOLGERS:
            _volg(cursor, model, veld, van)
    Account.objects.filter(pk__in=van).delete()
    return len(van), Account.objects.exclude(pk__startswith=f"{eerste}$").count()


def _volg(cursor: Any, model: str, veld: str, van: dict[str, str]) -> None:
    """Let a column that refers to a subject, or to its company, follow the new index."""
    tabel = apps.get_model(model)._meta.db_table
    cursor.execute(
        f"update {tabel} t set {veld} = n.nieuw from"  # noqa: S608 - as above
        f" unnest(%s::text[], %s::text[]) as n(oud, nieuw) where t.{veld} = n.oud",
        [list(van), list(van.values())],
    )


def oude_sleutels(kolom: Kolom) -> int:
    """How many values of this column were not sealed with the first key."""
    eerste = next(iter(sleutelbos(settings.PORTAAL_GEGEVENSSLEUTELS)))
    tellingen = per_sleutel(kolom)
    return tellingen.total() - tellingen[sleutel_van(f"{eerste}$")]
