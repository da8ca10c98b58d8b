"""De tegels van het overzicht: elk met een regel die een klik kan schelen."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.klanten.regels import Contactsoort, Voorkeursoort
from portal.mijn.onderdelen import Tegel
from portal.mijn.paden import pad
from portal.mijn.panelen.laatste import gebruikt, gewijzigd
from portal.mijn.panelen.officieel import Officieel
from portal.mijn.panelen.voorkeuren import VOLGORDE
from portal.mijn.panelen.voorkeuren import tekst as keuzetekst
from portal.mijn.toegang import DigitaalAdres, Klant, adressen_van, voorkeuren_van
from portal.registers.instellingen import is_gekoppeld


@dataclass(frozen=True, kw_only=True)
class Recht(Tegel):
    """Een regel onder Uw rechten; `gevaar` is rood."""

    gevaar: bool = False


def tegels(klant: Klant | None) -> list[Tegel]:
    """Alle tegels waarvan de bladzijde bestaat."""
    regels = [
        ("user", _("Mijn gegevens"), "gegevens", wat_er_staat(klant, adressen_van(klant))),
        ("message", _("Contactvoorkeuren"), "contactvoorkeuren", _voorkeur(klant)),
        ("file-text", _("Meldingen"), "meldingen", _("Vraag ons iets of meld iets")),
        (
            "eye",
            _("Wie gebruikte mijn gegevens?"),
            "gebruik",
            gebruikt(klant) or _("Zie wie keek, en waarom"),
        ),
        (
            "history",
            _("Geschiedenis"),
            "geschiedenis",
            gewijzigd(klant) or _("Zie wat er veranderde"),
        ),
        ("download", _("Gegevens downloaden"), "downloaden", _("Als pdf of als bestand")),
        ("trash", _("Gegevens verwijderen"), "verwijderen", _("U kiest zelf wat weg moet")),
    ]
    return [
        Tegel(icoon=icoon, titel=titel, url=adres, regel=regel)
        for icoon, titel, naam, regel in regels
        if (adres := _adres(naam))
    ]


def rechten(officieel: Officieel) -> list[Recht]:
    """Wat iemand met al zijn gegevens kan, onder aan Mijn gegevens."""
    regels = [
        ("download", _("Download uw gegevens"), "downloaden", _("Als pdf of als bestand."), False),
        (
            "history",
            _("Bekijk wat er is veranderd"),
            "geschiedenis",
            _("U ziet wie iets wijzigde en kunt een oude waarde terugzetten."),
            False,
        ),
        *(_elders() if is_gekoppeld("openklant") else []),
        (
            "trash",
            _("Verwijder uw gegevens"),
            "verwijderen",
            str(officieel.verwijderen),
            True,
        ),
    ]
    return [
        Recht(icoon=icoon, titel=titel, url=adres, regel=regel, gevaar=gevaar)
        for icoon, titel, naam, regel, gevaar in regels
        if (adres := _adres(naam))
    ]


def _elders() -> list[tuple[str, str, str, str, bool]]:
    titel, regel = _("Kijk wat de gemeente elders van u heeft"), _("U kiest of wij het overnemen.")
    return [("user", titel, "voorstellen", regel, False)]


def wat_er_staat(klant: Klant | None, adressen: Iterable[DigitaalAdres]) -> str:
    """Tel wat er ingevuld is: 2 telefoonnummers, 1 e-mailadres, 1 postadres."""
    soorten = [adres.soort for adres in adressen]
    telefoons, emails = (soorten.count(s) for s in (Contactsoort.TELEFOON, Contactsoort.EMAIL))
    delen = [
        ngettext("%(n)d telefoonnummer", "%(n)d telefoonnummers", telefoons) % {"n": telefoons},
        ngettext("%(n)d e-mailadres", "%(n)d e-mailadressen", emails) % {"n": emails},
        _("1 postadres"),
    ]
    er_is = [telefoons, emails, getattr(klant, "postadres", None)]
    gevuld = [deel for deel, is_er in zip(delen, er_is, strict=True) if is_er]
    return ", ".join(gevuld) or _("Nog niets ingevuld")


def _voorkeur(klant: Klant | None) -> str:
    keuzes = {rij.soort: rij.keuze for rij in voorkeuren_van(klant)}
    keuze = keuzes.get(Voorkeursoort.ALGEMEEN.value, "")
    if keuzes and not keuze:
        return _("%(n)d van de %(alle)d keuzes gemaakt") % {"n": len(keuzes), "alle": len(VOLGORDE)}
    return keuzetekst(Voorkeursoort.ALGEMEEN, keuze)


def _adres(naam: str) -> str:
    try:
        return pad(f"mijn:{naam}")
    except NoReverseMatch:
        return ""
