"""Het paneel Naam; bij een bedrijf het contactpunt."""

from django.utils.translation import gettext as _

from portal.mijn.onderdelen import Actie, Paneel, Rij
from portal.mijn.paden import pad
from portal.mijn.panelen.nadruk import GEEN, Nadruk
from portal.mijn.panelen.register import GEEN_REGISTER, Registerbeeld, naamrij
from portal.mijn.toegang import Klant, Naam

RIJ = "rij-naam"


def paneel(
    klant: Klant | None,
    *,
    bedrijf: bool = False,
    nadruk: Nadruk = GEEN,
    register: Registerbeeld = GEEN_REGISTER,
) -> Paneel:
    """Hoe wij iemand noemen, of welk contactpunt van het bedrijf dit is."""
    naam = getattr(klant, "naam", None)
    rijen = [_contactpunt(naam, nadruk) if bedrijf else _naam(naam, nadruk)]
    if bedrijf and naam:
        rijen += _van_het_bedrijf(naam)
    rijen += naamrij(register)
    return Paneel(
        id="naam",
        icoon="users" if bedrijf else "user",
        titel=_("Contactpunt") if bedrijf else _("Naam"),
        ondertitel=_("Wie wij in uw bedrijf bereiken") if bedrijf else _("Hoe wij u noemen"),
        open=True,
        rijen=rijen,
        toevoegen=[_alle_contactpunten()] if bedrijf else [],
    )


def _naam(naam: Naam | None, nadruk: Nadruk) -> Rij:
    waarde = naam.waarde if naam else ""
    return Rij(
        id=RIJ,
        label=_("Zo noemen wij u"),
        waarde=waarde or _("Niet ingevuld. Dat hoeft ook niet."),
        uitleg=_("Deze naam gebruiken wij in brieven en aan de telefoon.") if waarde else "",
        acties=_acties(_("uw naam"), bestaat=bool(waarde), focus=nadruk.rij == RIJ),
        melding=nadruk.voor(RIJ),
        persoonlijk=bool(waarde),
    )


def _contactpunt(naam: Naam | None, nadruk: Nadruk) -> Rij:
    waarde = naam.waarde if naam else ""
    return Rij(
        id=RIJ,
        label=_("Naam van het contactpunt"),
        waarde=waarde or _("Niet ingevuld. Dat hoeft ook niet."),
        acties=_acties(_("het contactpunt"), bestaat=bool(waarde), focus=nadruk.rij == RIJ),
        melding=nadruk.voor(RIJ),
        persoonlijk=bool(waarde),
    )


def _van_het_bedrijf(naam: Naam) -> list[Rij]:
    paren = [
        ("rij-functie", _("Functie"), naam.functie),
        ("rij-bedrijfsnaam", _("Naam van uw bedrijf"), naam.bedrijfsnaam),
    ]
    return [Rij(id=id_, label=label, waarde=waarde) for id_, label, waarde in paren if waarde]


def _acties(ding: str, *, bestaat: bool, focus: bool) -> list[Actie]:
    wijzig = Actie(
        url=pad("mijn:naam"),
        tekst=_("Wijzigen") if bestaat else _("Invullen"),
        ding=ding,
        icoon="pencil" if bestaat else "plus",
        doel=f"#{RIJ}",
        focus=focus,
    )
    if not bestaat:
        return [wijzig]
    weg = Actie(
        url=pad("mijn:naam_verwijderen"),
        tekst=_("Verwijderen"),
        ding=ding,
        icoon="trash",
        doel=f"#{RIJ}",
        gevaar=True,
    )
    return [wijzig, weg]


def _alle_contactpunten() -> Actie:
    return Actie(
        url=pad("mijn:contactpunten"), tekst=_("Alle contactpunten"), icoon="chevron-right"
    )
