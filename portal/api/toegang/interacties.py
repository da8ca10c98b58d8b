"""Welke interacties een toepassing mag zien, en wat er dan voor contactgegevens gelden."""

from typing import Any
from uuid import UUID

from django.db import transaction

from portal.api.fouten import Fout
from portal.api.models import Registratie
from portal.api.rechten import Veld
from portal.api.toegang.klanten import leg_vast
from portal.api.toegang.wie import Aanroeper
from portal.klanten.handelingen.afwijken import contact_bij
from portal.klanten.models import Interactie, Koppeling
from portal.klanten.regels import Contactgegevens, NieuwBuitenlandsAdres

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
    """VAL-8: met een gevalideerde klant erbij, of door dit systeem zelf vastgelegd; anders 404."""
    rij = (
        Interactie.objects.filter(pk=interactie_id, bronorganisatie=aanroeper.bronorganisatie)
        .select_related("proces")
        .first()
    )
    if rij is None or not (_eigen(aanroeper, rij.pk) or _gevalideerd(rij)):
        raise Fout("not_found")
    return rij


def _eigen(aanroeper: Aanroeper, onderwerp: UUID) -> bool:
    return Registratie.objects.filter(
        onderwerp=onderwerp, toepassing=aanroeper.rij.toepassing
    ).exists()


def _gevalideerd(interactie: Interactie) -> bool:
    return interactie.klanten.filter(gevalideerd=True, inactief_op=None).exists()


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
        "ontvangenOp": tijd(interactie.ontvangen_op),
        "afgeslotenOp": tijd(interactie.afgesloten_op),
        "klanten": [
            str(pk)
            for pk in interactie.klanten.filter(gevalideerd=True, inactief_op=None)
            .order_by("pk")
            .values_list("pk", flat=True)
            .distinct()
        ],
    }


@transaction.atomic
def contact_van(aanroeper: Aanroeper, interactie: Interactie) -> dict[str, Any]:
    """OVR-2, P11: welke gegevens gelden, met een logregel per klant die erbij hoort."""
    klanten = list(interactie.klanten.values_list("pk", flat=True).distinct())
    geldt = contact_bij(interactie, op=aanroeper.op)
    leg_vast(aanroeper, klanten)
    vorm: dict[str, Any] = {
        naam: getattr(geldt, naam)
        for veld, namen in CONTACTVELD.items()
        if veld in aanroeper.velden
        for naam in namen
    }
    if Veld.POSTADRES in aanroeper.velden:
        vorm["correspondentieadres"] = _regels(geldt)
    return {"registeradresVereist": interactie.proces.vereist_registeradres, **vorm}


def _regels(geldt: Contactgegevens) -> list[str] | None:
    adres = geldt.correspondentieadres
    if adres is None:
        return None
    if isinstance(adres, NieuwBuitenlandsAdres):
        regels = [adres.tav, adres.regel1, adres.regel2, adres.regel3, adres.landcode]
    else:
        nummer = f"{adres.huisnummer}{adres.huisletter}"
        nummer += f"-{adres.toevoeging}" if adres.toevoeging else ""
        straat = adres.straat or str(adres.soort).capitalize()
        regels = [adres.tav, f"{straat} {nummer}", f"{adres.postcode}  {adres.plaats}".strip()]
    return [regel for regel in regels if regel]


def tijd(moment: Any) -> str | None:
    """RFC 3339 in UTC, met `Z`."""
    return None if moment is None else str(moment.isoformat()).replace("+00:00", "Z")
