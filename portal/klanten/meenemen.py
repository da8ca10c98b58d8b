"""Alles wat van de klant is in één bestand, voor mens en machine: meenemen en elders overnemen.

The shape is published as `meenemen.schema.json`; `handelingen.neem_over` reads it back.
"""

import datetime as dt
from typing import Any

from django.db.models import Model

from portal.klanten.handelingen.overnemen import HERKOMST, SOORTEN
from portal.klanten.models import (
    Afwijkend,
    Gebeurtenis,
    Klant,
    Koppeling,
    Terugmelding,
)
from portal.klanten.regels import Authenticatie, dag

VERSIE = 1


def exporteer(klant: Klant, *, door: Authenticatie, op: dt.datetime) -> dict[str, Any]:
    """OWN-6: alle eigen gegevens met hun herkomst, als gewone JSON-waarden.

    Texts of registers are not ours and are not in it (REG-1); the number of the subject never is.
    """
    return {
        "versie": VERSIE,
        "gemaakt_op": op.isoformat(),
        "klant": _velden(
            klant,
            "klantnummer bronorganisatie subjectsoort gevalideerd_op gevalideerd_middel"
            " gevalideerd_niveau versie",
        ),
        "klantgegevens": _klantgegevens(klant),
        "geschiedenis": [_gebeurtenis(rij) for rij in _gebeurtenissen(klant)],
        "interacties": [_interactie(rij) for rij in klant.koppelingen.order_by("pk")],
        "bewaargronden": [
            _velden(grond, "kenmerk reden velden tot")
            for grond in klant.bewaargronden.van_kracht(dag(op)).order_by("pk")
        ],
        "terugmeldingen": [
            _velden(
                rij, "referentie register gegeven toelichting voorstel contact status gemeld_op"
            )
            for rij in Terugmelding.objects.van(door).order_by("gemeld_op")
        ],
    }


def _klantgegevens(klant: Klant) -> dict[str, list[dict[str, Any]]]:
    """Per soort een lijst, ook waar er hooguit één is; met herkomst, zonder interne sleutels."""
    return {
        soort: sorted(
            (
                _velden(rij, " ".join([*velden, *HERKOMST]))
                for rij in model._default_manager.filter(klant=klant)
            ),
            key=lambda deel: [str(waarde) for waarde in deel.values()],
        )
        for soort, (model, velden) in SOORTEN.items()
    }


def _gebeurtenissen(klant: Klant) -> list[Gebeurtenis]:
    vraag = Gebeurtenis.objects.filter(onderwerp=klant.pk).order_by("versie")
    return list(vraag.prefetch_related("waarden"))


def _gebeurtenis(rij: Gebeurtenis) -> dict[str, Any]:
    feit = _velden(rij, "versie soort velden gebeurd_op handelende namens mandaat middel niveau")
    return {**feit, "waarden": [_velden(waarde, "veld oud nieuw") for waarde in rij.waarden.all()]}


def _interactie(koppeling: Koppeling) -> dict[str, Any]:
    interactie = koppeling.interactie
    afwijkend = Afwijkend.objects.filter(interactie=interactie).first()
    eigen = "voornaam emailadres telefoonnummer correspondentieadres voorkeurskanaal voorkeurstaal"
    return {
        **_velden(interactie, "referentie soort tekst ontvangen_op afgesloten_op bewaren_tot"),
        "proces": interactie.proces.omschrijving,
        "rol": koppeling.rol,
        "afwijkend": _velden(afwijkend, " ".join([eigen, *HERKOMST])) if afwijkend else None,
    }


def _velden(rij: Model, namen: str) -> dict[str, Any]:
    return {naam: _json(getattr(rij, naam)) for naam in namen.split()}


def _json(waarde: Any) -> Any:
    if isinstance(waarde, dt.datetime | dt.date):
        return waarde.isoformat()
    return waarde
