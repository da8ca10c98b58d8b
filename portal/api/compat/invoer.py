"""Van een body van de Klanten API 1.0.0 naar waarden van het domein, of een reden waarom niet."""

from typing import Any

import pycountry

from portal.api.compat.omzetting import NEDERLAND, landen
from portal.api.compat.vormen import (
    BinnenlandsAdres,
    BuitenlandsAdres,
    KlantAdres,
    KlantVelden,
    Postadres,
)
from portal.api.fouten import Fout, VeldFout, ongeldig
from portal.klanten.handelingen.systeem import Waarde
from portal.klanten.regels import (
    Adressoort,
    NieuwBuitenlandsAdres,
    NieuwEmail,
    NieuweNaam,
    NieuweVoorkeur,
    NieuwPostadres,
    NieuwTelefoon,
    OngeldigeWaarde,
    Voorkeursoort,
)

BUSSEN = {"postbus": Adressoort.POSTBUS, "antwoordnummer": Adressoort.ANTWOORDNUMMER}

POSTADRESTYPE = {
    "postbusnummer": Adressoort.POSTBUS,
    "antwoordnummer": Adressoort.ANTWOORDNUMMER,
}


def eis_geen_subject(vraag: KlantVelden) -> None:
    """C1, VAL-1: geen token koppelt een klant aan een subject, welk token ook; raises Fout 403."""
    if vraag.subject or vraag.subjectType or vraag.subjectIdentificatie is not None:
        raise Fout("onvoldoende-authenticatie")


def waarden_van(vraag: KlantVelden) -> list[Waarde]:
    """De waarden in een body; raises Fout 400 met elk veld dat niet klopt."""
    if vraag.rekeningnummer is not None:
        reden = "Een rekeningnummer hoort bij iemand van wie vaststaat wie hij is."
        raise ongeldig(VeldFout("rekeningnummer", "invalid", reden))
    makers = {
        "voornaam": _naam,
        "emailadres": lambda v: NieuwEmail(v.emailadres) if v.emailadres else None,
        "telefoonnummer": lambda v: NieuwTelefoon(v.telefoonnummer) if v.telefoonnummer else None,
        "adres": _adres,
        "voorkeurstaal": _taal,
        "voorkeurskanaal": _kanaal,
    }
    waarden: list[Waarde] = []
    fouten: list[VeldFout] = []
    for veld, maak in makers.items():
        try:
            if (waarde := maak(vraag)) is not None:
                waarden.append(waarde)
        except OngeldigeWaarde as fout:
            fouten.append(VeldFout(veld, "invalid", str(fout.melding)))
    if fouten:
        raise ongeldig(*fouten)
    return waarden


def _naam(vraag: KlantVelden) -> NieuweNaam | None:
    delen = (vraag.voornaam, vraag.voorvoegselAchternaam, vraag.achternaam)
    waarde = " ".join(filter(None, delen))
    if not (waarde or vraag.functie or vraag.bedrijfsnaam):
        return None
    return NieuweNaam(waarde, functie=vraag.functie, bedrijfsnaam=vraag.bedrijfsnaam)


def _taal(vraag: KlantVelden) -> NieuweVoorkeur | None:
    """ISO 639-2, B of T, naar de kortste code (omzetting)."""
    code = vraag.voorkeurstaal.lower()
    if not code:
        return None
    taal: Any = pycountry.languages.get(alpha_3=code) or pycountry.languages.get(bibliographic=code)
    kort = getattr(taal, "alpha_2", code) if taal else code
    return NieuweVoorkeur(Voorkeursoort.TAAL, kort)


def _kanaal(vraag: KlantVelden) -> NieuweVoorkeur | None:
    kanaal = vraag.voorkeurskanaal
    return NieuweVoorkeur(Voorkeursoort.ALGEMEEN, kanaal) if kanaal else None


def _adres(vraag: KlantVelden) -> NieuwPostadres | NieuwBuitenlandsAdres | None:
    """Het volle adres gaat voor het korte."""
    match vraag.correspondentieadres:
        case BinnenlandsAdres() as vol:
            return NieuwPostadres(
                postcode=vol.postcode or "",
                huisnummer=vol.huisnummer,
                huisletter=vol.huisletter or "",
                toevoeging=vol.huisnummertoevoeging or "",
                straat=vol.naamOpenbareRuimte,
                plaats=vol.woonplaats,
            )
        case Postadres() as bus:
            return NieuwPostadres(
                soort=POSTADRESTYPE[bus.postadrestype],
                postcode=bus.postcode,
                huisnummer=bus.nummer,
                plaats=bus.woonplaats,
            )
        case BuitenlandsAdres() as ver:
            regels = (ver.regel1 or "", ver.regel2 or "", ver.regel3 or "")
            return _buitenlands(ver.landcode, *regels)
    return _kort_adres(vraag.adres) if vraag.adres else None


def _kort_adres(adres: KlantAdres) -> NieuwPostadres | NieuwBuitenlandsAdres | None:
    if not any(adres.model_dump().values()):
        return None
    if adres.landcode not in {"", NEDERLAND}:
        return _buitenlands(adres.landcode, adres.straatnaam, adres.woonplaatsnaam, "")
    soort = BUSSEN.get(adres.straatnaam.lower(), Adressoort.STRAAT)
    return NieuwPostadres(
        soort=soort,
        postcode=adres.postcode,
        huisnummer=adres.huisnummer or 0,
        huisletter=adres.huisletter,
        toevoeging=adres.huisnummertoevoeging,
        straat=adres.straatnaam if soort is Adressoort.STRAAT else "",
        plaats=adres.woonplaatsnaam,
    )


def _buitenlands(code: str, regel1: str, regel2: str, regel3: str) -> NieuwBuitenlandsAdres:
    iso = next((iso for iso, (brp, _) in landen().items() if brp == code), "")
    if not iso:
        raise OngeldigeWaarde("Dit land staat niet in de landentabel.", veld="adres.landcode")
    return NieuwBuitenlandsAdres(regel1=regel1, regel2=regel2, regel3=regel3, landcode=iso)
