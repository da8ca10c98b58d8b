"""Welke interacties een toepassing mag zien, en wat er dan voor contactgegevens gelden."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from portal.api.fouten import Fout
from portal.api.models import Registratie
from portal.api.rechten import Veld
from portal.api.toegang import registeradres
from portal.api.toegang.klanten import leg_vast
from portal.api.toegang.registeradres import Registeradres
from portal.api.toegang.wie import Aanroeper, tel_misser
from portal.klanten.handelingen.afwijken import afwijking_van, contact_bij
from portal.klanten.models import Interactie, Klant, Koppeling

CONTACTVELD = {
    Veld.NAAM: ("voornaam",),
    Veld.EMAIL: ("emailadres",),
    Veld.TELEFOON: ("telefoonnummer",),
    Veld.VOORKEUREN: ("voorkeurskanaal", "voorkeurstaal"),
}


def van_klant(klant_id: UUID) -> list[dict[str, Any]]:
    """USE-5: de interacties van een klant die al gelezen is, nieuwste eerst."""
    koppelingen = (
        Koppeling.objects.filter(klant=klant_id)
        .select_related("interactie__proces")
        .order_by("-interactie__ontvangen_op", "pk")
    )
    return [
        {
            "id": str(k.interactie.pk),
            "soort": k.interactie.soort,
            "rol": k.rol,
            "proces": k.interactie.proces.code,
            "extern": k.interactie.extern,
            "ontvangenOp": tijd(k.interactie.ontvangen_op),
            "afgeslotenOp": tijd(k.interactie.afgesloten_op),
        }
        for k in koppelingen
    ]


def interactie_van(aanroeper: Aanroeper, interactie_id: UUID) -> Interactie:
    """VAL-8: wat een ander systeem zonder vindbare klant vastlegde, is er niet (404).

    What someone left through the portal itself is for the whole organisation to handle.
    """
    rij = _zichtbaar(aanroeper).filter(pk=interactie_id).first()
    if rij is None:
        raise Fout("not_found")
    return rij


@transaction.atomic
def lees(aanroeper: Aanroeper, interactie_id: UUID) -> dict[str, Any]:
    """P11: de interactie met dit nummer, met een logregel per klant; raises Fout 404."""
    return _geef(aanroeper, [interactie_van(aanroeper, interactie_id)])[0]


def _zichtbaar(aanroeper: Aanroeper) -> QuerySet[Interactie]:
    """In one statement: one that may not be seen costs what one that is not there costs."""
    deze = OuterRef("pk")
    eigen = Interactie.objects.filter(bronorganisatie=aanroeper.bronorganisatie)
    mag = ~Exists(_van_een_ander(aanroeper, deze)) | Exists(_vindbaar(deze))
    return eigen.filter(mag).select_related("proces")


def zoek(aanroeper: Aanroeper, referentie: str) -> list[dict[str, Any]]:
    """De interactie met deze referentie, als dit systeem haar mag zien; anders telt een misser."""
    with transaction.atomic():
        gevonden = _geef(aanroeper, list(_zichtbaar(aanroeper).filter(referentie=referentie)))
    if not gevonden:
        tel_misser(aanroeper)
    return gevonden


def _geef(aanroeper: Aanroeper, rijen: list[Interactie]) -> list[dict[str, Any]]:
    """P11, PUR-1: one line per klant that is linked, also one that the form does not name."""
    vormen = [als_vorm(rij) for rij in rijen]
    gekoppeld = Koppeling.objects.filter(interactie__in=rijen).values_list("klant", flat=True)
    leg_vast(aanroeper, list(gekoppeld.distinct()), [Veld.INTERACTIES])
    return vormen


def eis_schrijven(aanroeper: Aanroeper, interactie: Interactie) -> None:
    """Wat een ander systeem vastlegde, sluit dat systeem; raises Fout 403."""
    if _van_een_ander(aanroeper, interactie.pk).exists():
        raise Fout("permission_denied", "Een ander systeem legde deze interactie vast.")


def _van_een_ander(aanroeper: Aanroeper, interactie: UUID | OuterRef) -> QuerySet[Registratie]:
    """Recorded by nobody (a person at the portal) is of nobody else."""
    van = Registratie.objects.filter(onderwerp=interactie)
    return van.exclude(toepassing=aanroeper.rij.toepassing)


def _vindbaar(interactie: Interactie | OuterRef) -> QuerySet[Klant]:
    """USE-7: de gevalideerde klanten die nu zeker genoeg zijn vastgelegd."""
    return Klant.objects.klantbeeld(vanaf=settings.API_MINIMUMNIVEAU).filter(interacties=interactie)


def onthoud(aanroeper: Aanroeper, onderwerp: UUID) -> None:
    """VAL-8: dit systeem legde het vast, en mag het blijven lezen."""
    Registratie.objects.create(onderwerp=onderwerp, toepassing_id=aanroeper.rij.toepassing)


def als_vorm(interactie: Interactie) -> dict[str, Any]:
    """Een interactie zoals de API haar toont."""
    return {
        "id": str(interactie.pk),
        "referentie": interactie.referentie,
        "proces": interactie.proces.code,
        "soort": interactie.soort,
        "extern": interactie.extern,
        "tekst": interactie.tekst,
        "ontvangenOp": tijd(interactie.ontvangen_op),
        "afgeslotenOp": tijd(interactie.afgesloten_op),
        "klanten": [str(klant.pk) for klant in interactie.op_rol(_vindbaar(interactie))],
    }


def contact_van(aanroeper: Aanroeper, interactie: Interactie) -> dict[str, Any]:
    """OVR-2, P11: welke gegevens gelden, met een logregel per klant die erbij hoort.

    Not in a transaction: a register may be asked.
    """
    with transaction.atomic():
        klant = _te_bereiken(interactie)
        leg_vast(aanroeper, list(interactie.klanten.values_list("pk", flat=True).distinct()))
        geldt = contact_bij(interactie, klant, op=aanroeper.op)
        afwijkend = afwijking_van(interactie).correspondentieadres
    vorm: dict[str, Any] = {
        naam: getattr(geldt, naam)
        for veld, namen in CONTACTVELD.items()
        if veld in aanroeper.velden
        for naam in namen
    }
    vereist = interactie.proces.vereist_registeradres
    if Veld.POSTADRES in aanroeper.velden and vereist:
        vorm |= _van_register(registeradres.lees(aanroeper, klant))
    elif Veld.POSTADRES in aanroeper.velden:
        adres = geldt.correspondentieadres
        bron = "interactie" if afwijkend else "klant"
        regels = adres.regels() if adres else None
        vorm |= {"correspondentieadres": regels, "adresbron": bron if regels else None}
    return {"registeradresVereist": vereist, **vorm}


def _te_bereiken(interactie: Interactie) -> Klant | None:
    """USE-7, VAL-8: een klant die zeker genoeg is vastgelegd, of een zonder subject.

    Of more the one that asked goes first (docs/besluiten/0122).
    """
    zonder_subject = Klant.objects.filter(gevalideerd=False, inactief_op=None)
    vindbaar = interactie.op_rol(_vindbaar(interactie))
    return next(iter(vindbaar or interactie.op_rol(zonder_subject)), None)


def _van_register(adres: Registeradres) -> dict[str, Any]:
    return {
        "correspondentieadres": list(adres.regels) or None,
        "adresbron": adres.bron,
        "registerbeeld": adres.beeld,
        "adresInOnderzoek": adres.in_onderzoek,
    }


def tijd(moment: Any) -> str | None:
    """RFC 3339 in UTC, met `Z`."""
    return None if moment is None else str(moment.isoformat()).replace("+00:00", "Z")
