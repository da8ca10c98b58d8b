"""Voor één interactie andere contactgegevens, en wat er dan geldt."""

import datetime as dt
from dataclasses import fields
from typing import Any
from uuid import UUID

from portal.klanten import gevolgen
from portal.klanten.handelingen.postadres import adres_uit_delen, als_adres, in_delen
from portal.klanten.handelingen.transactie import constraint_als_regel
from portal.klanten.models import Afwijkend, DigitaalAdres, Interactie, Klant, afdruk
from portal.klanten.regels import (
    Authenticatie,
    Contactgegevens,
    Contactsoort,
    Herkomst,
    IntussenGewijzigd,
    NietGevonden,
    Voorkeursoort,
    dag,
    eis_voldoende_betrouwbaar,
    los_op,
    wijkt_af,
)

VELDEN = [veld.name for veld in fields(Contactgegevens)]


def overrule(
    interactie: UUID,
    *,
    gegevens: Contactgegevens,
    gezien: str,
    door: Authenticatie,
    op: dt.datetime,
) -> Contactgegevens:
    """KLUIT04: deze contactgegevens gelden voor deze ene interactie; de klant verandert niet.

    An empty field restores the default; what equals the default is not stored. Returns what is
    stored now. Raises NietGevonden for an interaction that is not one's own, and IntussenGewijzigd
    when it holds something else than at `gezien` (`afdruk_van_afwijking`) and than is asked for.
    """
    eis_voldoende_betrouwbaar(door)
    with constraint_als_regel():
        eigen = Klant.objects.van(door).klantbeeld()
        rij = Interactie.objects.filter(pk=interactie).select_for_update().first()
        klant = next(iter(rij.op_rol(eigen)), None) if rij else None
        if rij is None or klant is None:
            raise NietGevonden
        afwijking = wijkt_af(gegevens, standaard=standaard_van(klant, op=op))
        if gezien != afdruk_van_afwijking(rij) and afwijking != afwijking_van(rij):
            raise IntussenGewijzigd
        schrijf_afwijking(rij, afwijking, herkomst=Herkomst.van(door, op=op))
        gevolgen.volg_interactie_op(rij.pk)
        return afwijking


def contact_bij(interactie: Interactie, klant: Klant | None, *, op: dt.datetime) -> Contactgegevens:
    """KLUIT04, BREG2: hoe deze klant bij deze interactie heet en te bereiken is.

    Wie mag vragen, kiest de klant. The address of a register is not kept here, so none is given.
    """
    return los_op(
        afwijkend=afwijking_van(interactie),
        klant=standaard_van(klant, op=op) if klant else Contactgegevens(),
        vereist_registeradres=interactie.proces.vereist_registeradres,
    )


def schrijf_afwijking(
    interactie: Interactie, gegevens: Contactgegevens, *, herkomst: Herkomst
) -> None:
    """Bewaar wat afwijkt, en niets als er niets afwijkt."""
    rij = Afwijkend.objects.filter(interactie=interactie).first()
    if gegevens.leeg():
        if rij is not None:
            rij.delete()
        return
    rij = rij or Afwijkend(interactie=interactie, versie=0)
    for veld in VELDEN:
        setattr(rij, veld, getattr(gegevens, veld))
    adres = gegevens.correspondentieadres
    rij.correspondentieadres = in_delen(adres) if adres else None
    rij.krijgt(herkomst)
    rij.versie += 1
    rij.save()


def afwijking_van(interactie: Interactie) -> Contactgegevens:
    """Wat er voor deze interactie afwijkt; leeg als er niets afwijkt."""
    rij = Afwijkend.objects.filter(interactie=interactie).first()
    if rij is None:
        return Contactgegevens()
    velden: dict[str, Any] = {veld: getattr(rij, veld) for veld in VELDEN}
    delen = rij.correspondentieadres
    velden["correspondentieadres"] = adres_uit_delen(delen) if delen else None
    return Contactgegevens(**velden)


def afdruk_van_afwijking(interactie: Interactie) -> str:
    """Afdruk (hex) van wat er nu afwijkt: gelijk bij dezelfde waarden, en niet terug te rekenen.

    Of the values and no number of a version: that of a row starts anew after the row went.
    """
    return afdruk("afwijking", str(interactie.pk), repr(afwijking_van(interactie)))


def standaard_van(klant: Klant, *, op: dt.datetime) -> Contactgegevens:
    """Wat er bij deze klant geldt zonder afwijking: wat in gebruik is, en vandaag geldig."""
    met = Klant.objects.met_waarden().get(pk=klant.pk)
    in_gebruik: dict[str, str] = {}
    for adres in DigitaalAdres.objects.in_gebruik().filter(klant=klant).order_by("-standaard"):
        in_gebruik.setdefault(adres.soort, adres.waarde)
    keuzes = {voorkeur.soort: voorkeur.keuze for voorkeur in met.voorkeuren.all()}
    post = getattr(met, "postadres", None)
    naam = getattr(met, "naam", None)
    return Contactgegevens(
        voornaam=naam.waarde if naam else "",
        emailadres=in_gebruik.get(Contactsoort.EMAIL, ""),
        telefoonnummer=in_gebruik.get(Contactsoort.TELEFOON, ""),
        correspondentieadres=als_adres(post) if post and post.geldig(dag(op)) else None,
        voorkeurskanaal=keuzes.get(Voorkeursoort.ALGEMEEN, ""),
        voorkeurstaal=keuzes.get(Voorkeursoort.TAAL, ""),
    )
