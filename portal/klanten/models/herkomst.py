"""Wat elke bewaarde waarde van zichzelf weet: wie haar gaf, hoe zeker, wanneer, waarlangs."""

import uuid
from functools import cache
from typing import Self

from django.db import connection, models
from django.db.models import Q

from portal.klanten.regels import Herkomst, Via


class MetHerkomst(models.Model):
    """USE-6: geen waarde zonder herkomst; `versie` is die van de klant bij de laatste wijziging.

    `id` is random, so an address in a URL tells nothing; `gegeven_door` is a pseudonym.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    versie = models.PositiveIntegerField()
    gegeven_door = models.CharField(max_length=100)
    middel = models.CharField(max_length=20)
    niveau = models.PositiveSmallIntegerField()
    gegeven_op = models.DateTimeField()
    gegeven_via = models.CharField(max_length=20, choices=[(via.value, via.value) for via in Via])

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(gegeven_door="") & ~Q(middel="") & ~Q(gegeven_via=""),
                name="%(class)s_waarde_heeft_herkomst",
            )
        ]

    @classmethod
    def rijen_van(cls, klant: uuid.UUID) -> list[Self]:
        """Alle rijen van deze klant, op de volgorde van het model.

        The question is Django's own, written once a process: writing it costs more than asking it.
        """
        sql, velden = _vraag(cls)
        with connection.cursor() as cursor:
            cursor.execute(sql, [klant])
            return [cls.from_db(connection.alias, velden, rij) for rij in cursor.fetchall()]

    def krijgt(self, herkomst: Herkomst) -> None:
        """Schrijf wie de waarde gaf; slaat niets op."""
        self.gegeven_door = herkomst.door
        self.middel = herkomst.middel
        self.niveau = herkomst.niveau
        self.gegeven_op = herkomst.op
        self.gegeven_via = herkomst.via


@cache
def _vraag(model: type[MetHerkomst]) -> tuple[str, list[str]]:
    vraag = model._default_manager.filter(Q(klant=uuid.UUID(int=0))).query
    return vraag.sql_with_params()[0], [veld.attname for veld in model._meta.concrete_fields]
