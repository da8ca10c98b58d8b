"""Onze klant in de woorden van Open Klant: zuivere omzetting, niets wordt stil afgekapt.

What a field there cannot hold is left out and named in `niet_gedragen` (C12).
"""

import datetime as dt
import re
from dataclasses import dataclass, field

import pycountry

from portal.klanten.models import DigitaalAdres, Klant, Postadres
from portal.klanten.regels import (
    Adressoort,
    Contactsoort,
    NieuwEmail,
    NieuwTelefoon,
    OngeldigeWaarde,
    Stand,
    Voorkeurskanaal,
    Voorkeursoort,
    dag,
)

REFERENTIE = "klantportaal-"
LANGSTE_ADRES = 80
_TELEFOON = re.compile(r"\+[0-9]{9,15}")
SOORT = {Contactsoort.EMAIL: "email", Contactsoort.TELEFOON: "telefoonnummer"}
ONZE_SOORT = {daar: hier for hier, daar in SOORT.items()}
_KANAAL = {
    Voorkeurskanaal.EMAIL: "email",
    Voorkeurskanaal.TELEFOON: "telefoonnummer",
    Voorkeurskanaal.SMS: "telefoonnummer",
}
Adres = dict[str, str | int]


@dataclass(frozen=True)
class Gewenst:
    """Hoe het in Open Klant hoort te staan.

    `digitaal` is by our referentie; `standaard` last in order. `voorkeur` is the referentie of the
    preferred address, empty when there is none. `adres` None means: no address.
    """

    actief: bool
    naam: str = field(repr=False)
    taal: str
    adres: Adres | None = field(repr=False)
    digitaal: dict[str, dict[str, str | bool | None]] = field(repr=False)
    voorkeur: str
    rekening: dict[str, str] | None = field(repr=False)
    niet_gedragen: tuple[str, ...]


def gewenst(klant: Klant, *, vandaag: dt.date) -> Gewenst:
    """Return what Open Klant must hold of this klant today; only values that are in use."""
    in_gebruik = [a for a in klant.digitale_adressen.all() if a.stand == Stand.IN_GEBRUIK]
    past = [adres for adres in in_gebruik if _past(adres)]
    keuzes = {voorkeur.soort: voorkeur.keuze for voorkeur in klant.voorkeuren.all()}
    kanaal = keuzes.get(Voorkeursoort.ALGEMEEN, "")
    niet = {f"{a.soort}-past-niet" for a in in_gebruik if a not in past}
    if kanaal and Voorkeurskanaal(kanaal) not in _KANAAL:
        niet.add(f"voorkeur-{kanaal}")
    naam, post = getattr(klant, "naam", None), getattr(klant, "postadres", None)
    if naam and naam.functie:
        niet.add("functie")
    if post and post.tav:
        niet.add("tav")
    return Gewenst(
        actief=klant.inactief_op is None,
        naam=naam.waarde if naam else "",
        taal=_taal(keuzes.get(Voorkeursoort.TAAL, "")),
        adres=_adres(post, vandaag),
        digitaal={referentie(a): _digitaal(a) for a in sorted(past, key=lambda a: a.standaard)},
        voorkeur=_voorkeur(past, kanaal),
        rekening=_rekening(klant),
        niet_gedragen=tuple(sorted(niet)),
    )


def canoniek(soort: Contactsoort, waarde: str) -> str:
    """Return a value of theirs as we would write it; empty when it cannot be one of ours."""
    vorm = NieuwEmail if soort is Contactsoort.EMAIL else NieuwTelefoon
    try:
        return vorm(waarde).waarde
    except OngeldigeWaarde:
        return ""


def referentie(adres: DigitaalAdres) -> str:
    """Return how we recognise our own address there (49 characters)."""
    return f"{REFERENTIE}{adres.pk}"


def _past(adres: DigitaalAdres) -> bool:
    if adres.soort == Contactsoort.TELEFOON:
        return _TELEFOON.fullmatch(adres.waarde) is not None
    return len(adres.waarde) <= LANGSTE_ADRES


def _digitaal(adres: DigitaalAdres) -> dict[str, str | bool | None]:
    bevestigd = adres.bevestigd_op
    return {
        "soortDigitaalAdres": SOORT[Contactsoort(adres.soort)],
        "adres": adres.waarde,
        "omschrijving": adres.omschrijving,
        "isStandaardAdres": adres.standaard,
        "verificatieDatum": dag(bevestigd).isoformat() if bevestigd else None,
    }


def _voorkeur(adressen: list[DigitaalAdres], kanaal: str) -> str:
    soort = _KANAAL.get(Voorkeurskanaal(kanaal)) if kanaal else None
    passend = [a for a in adressen if SOORT[Contactsoort(a.soort)] == soort and a.standaard]
    return referentie(passend[0]) if passend else ""


def _taal(code: str) -> str:
    """Two letters become the three of ISO 639-2/T: nl → nld."""
    gevonden = pycountry.languages.get(alpha_2=code) if len(code) == 2 else None
    return str(gevonden.alpha_3) if gevonden else code


def _rekening(klant: Klant) -> dict[str, str] | None:
    for rij in klant.rekeningnummers.all():
        if rij.stand == Stand.IN_GEBRUIK:
            return {"iban": rij.iban, **({"bic": rij.bic} if rij.bic else {})}
    return None


def _adres(rij: Postadres | None, vandaag: dt.date) -> Adres | None:
    """BAG parts, or lines with a country: one form at a time, never mixed."""
    if rij is None or not rij.geldig(vandaag):
        return None
    if rij.soort == Adressoort.BUITENLAND:
        regels = {"adresregel1": rij.regel1, "adresregel2": rij.regel2, "adresregel3": rij.regel3}
        return {**{k: v for k, v in regels.items() if v}, "land": rij.landcode}
    postcode = f"{rij.postcode[:4]} {rij.postcode[4:]}"
    if rij.soort != Adressoort.STRAAT:
        naam = f"{Adressoort(rij.soort).capitalize()} {rij.huisnummer}"
        return {"adresregel1": naam, "adresregel2": f"{postcode}  {rij.plaats.upper()}"}
    toevoeging = " ".join(deel for deel in (rij.huisletter, rij.toevoeging) if deel)
    delen: Adres = {
        "straatnaam": rij.straat,
        "huisnummer": rij.huisnummer or 0,
        "postcode": postcode,
        "stad": rij.plaats,
    }
    return {**delen, **({"huisnummertoevoeging": toevoeging} if toevoeging else {})}
