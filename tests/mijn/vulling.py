"""Mensen met gegevens, gemaakt langs de handelingen: zoals het portaal ze zelf zou maken."""

import re
from dataclasses import replace
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from accounts.identiteit import Identiteit, Soort, blinde_index, pseudoniem, verzegel_identiteit
from accounts.niveaus import Niveau
from portal.klanten import handelingen
from portal.klanten.models import Klant
from portal.klanten.regels import (
    Authenticatie,
    Bericht,
    Bewaarreden,
    NieuwBuitenlandsAdres,
    NieuwEmail,
    NieuweNaam,
    NieuweVoorkeur,
    NieuwRekeningnummer,
    NieuwTelefoon,
    Subjectsoort,
    Vasthouding,
    Voorkeursoort,
)

NOOR = Identiteit(Soort.BSN, "999990019")
KORENBLOEM = Identiteit(Soort.KVK, "90000011")


def authenticatie(identiteit: Identiteit, *, middel: str = "digid", als: str = "") -> Authenticatie:
    """Wie dit is, zoals de deur van de schermen het ook zegt."""
    bedrijf = identiteit.bedrijf()
    return Authenticatie(
        bronorganisatie=settings.ORGANISATIE_RSIN,
        subjectsoort=Subjectsoort.NIET_NATUURLIJK_PERSOON
        if bedrijf
        else Subjectsoort.NATUURLIJK_PERSOON,
        subject_index=blinde_index(identiteit),
        subject_verzegeld=verzegel_identiteit(identiteit),
        bedrijf_index=blinde_index(bedrijf) if bedrijf else "",
        middel=middel,
        niveau=Niveau.SUBSTANTIEEL,
        vereist=Niveau.MIDDEN,
        handelende=pseudoniem(als or identiteit.onthul(), "handelende"),
    )


def vul(identiteit: Identiteit, *waarden, middel: str = "digid", als: str = "") -> Klant:
    """Laat deze mens alles in één keer invullen."""
    deze = gang(authenticatie(identiteit, middel=middel, als=als))
    return Klant.objects.get(pk=handelingen.registreer_klant(waarden=waarden, **deze).klant)


def vul_noor() -> Klant:
    """Noor vulde alles in; haar e-mailadres van het werk is nog niet bevestigd."""
    return vul(
        NOOR,
        NieuweNaam("Noor de Vries"),
        NieuwBuitenlandsAdres(
            tav="Studio Noor",
            regel1="Rue de la Loi 155, bus 3",
            regel2="1040 Brussel",
            landcode="BE",
        ),
        NieuwTelefoon("0612345678", omschrijving="Mobiel"),
        NieuwTelefoon("+32470123456", omschrijving="In Brussel"),
        NieuwEmail("noor.devries@example.org", omschrijving="Privé"),
        NieuwRekeningnummer(iban="NL91ABNA0417164300", tenaamstelling="N. de Vries"),
        NieuweVoorkeur(Voorkeursoort.ALGEMEEN, "email"),
        NieuweVoorkeur(Voorkeursoort.TAAL, "nl"),
    )


def vul_korenbloem() -> Klant:
    """De bakkerij heeft een contactpunt voor de administratie."""
    naam = NieuweNaam("Administratie", functie="Facturen", bedrijfsnaam="Bakkerij De Korenbloem")
    return vul(
        KORENBLOEM, naam, NieuwTelefoon("020 123 45 67"), middel="eherkenning", als="pseudo-1"
    )


def bevestig_alles(klant: Klant, codes: dict[str, str], *, wie: Identiteit = NOOR) -> None:
    """Vul voor elk voorstel de code in die erheen ging (zie `luister_naar_codes`)."""
    for rij in klant.digitale_adressen.filter(stand="voorgesteld"):
        deze = gang(authenticatie(wie))
        handelingen.bevestig(klant.pk, waarde=rij.pk, code=codes[rij.waarde], **deze)


def houd_vast(klant: Klant, kenmerk: str) -> None:
    """Een systeem van de gemeente meldt dat er nog een zaak van deze klant is."""
    grond = Vasthouding(kenmerk=kenmerk, reden=Bewaarreden.OPGEGEVEN, tot=None)
    handelingen.leg_bewaargrond_vast(klant.pk, bron="test", grond=grond, op=timezone.now())


class Codes(dict):
    """Vangt de codes die het domein stuurt, per adres, en de tokens; hang aan `bij_elk_bericht`."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    def __call__(self, bericht: Bericht) -> None:
        if "token" in bericht.inhoud:
            self.tokens.append(bericht.inhoud["token"])
        if "code" in bericht.inhoud:
            self[bericht.aan] = bericht.inhoud["code"]


def code_uit(tekst: str) -> str:
    """De code van zes cijfers uit een bericht."""
    return re.search(r"\b(\d{6})\b", tekst)[1]


def gang(door: Authenticatie) -> handelingen.Gang:
    """Wat een handeling van deze mens nu meekrijgt."""
    klant = Klant.objects.van(door).first()
    gezien = klant.versie if klant else 0
    wie = replace(door, vereist=Niveau.MIDDEN)
    return {"door": wie, "gezien": gezien, "sleutel": uuid4(), "op": timezone.now()}
