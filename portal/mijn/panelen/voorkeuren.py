"""Het paneel Zo houden wij contact: kanaal per soort bericht, en de taal."""

from django.utils.translation import gettext as _

from portal.klanten.regels import Voorkeursoort
from portal.mijn.forms.voorkeuren import KANALEN, LABELS
from portal.mijn.onderdelen import Actie, Paneel, Rij
from portal.mijn.paden import pad
from portal.mijn.panelen.nadruk import GEEN, Nadruk
from portal.mijn.toegang import Klant, voorkeuren_van
from portal.mijn.weergave import taal

VOLGORDE = [
    Voorkeursoort.ALGEMEEN,
    Voorkeursoort.ZAKEN,
    Voorkeursoort.BETALINGEN,
    Voorkeursoort.AFSPRAKEN,
    Voorkeursoort.TAAL,
]


def rij_id(soort: Voorkeursoort) -> str:
    """Het id van de rij van deze voorkeur."""
    return f"rij-{soort.value}"


def paneel(klant: Klant | None, *, bedrijf: bool = False, nadruk: Nadruk = GEEN) -> Paneel:
    """Alle keuzes, ook die nog niet gemaakt zijn."""
    gekozen = {rij.soort: rij.keuze for rij in voorkeuren_van(klant)}
    ids = {rij_id(soort) for soort in VOLGORDE}
    return Paneel(
        id="voorkeuren",
        icoon="bell",
        titel=_("Zo houden wij contact"),
        ondertitel=_("Brieven, herinneringen en taal"),
        open=nadruk.rij in ids,
        rijen=[_rij(soort, gekozen.get(soort.value, ""), nadruk) for soort in VOLGORDE],
    )


def tekst(soort: Voorkeursoort, keuze: str) -> str:
    """Schrijf een keuze zoals mensen haar lezen."""
    if not keuze:
        return _("Nog niet gekozen")
    return taal(keuze) if soort is Voorkeursoort.TAAL else str(dict(KANALEN)[keuze])


def _rij(soort: Voorkeursoort, keuze: str, nadruk: Nadruk) -> Rij:
    plek = rij_id(soort)
    return Rij(
        id=plek,
        label=str(LABELS[soort]),
        waarde=tekst(soort, keuze),
        acties=[
            Actie(
                url=pad("mijn:voorkeur", soort.value),
                tekst=_("Wijzigen") if keuze else _("Kiezen"),
                ding=str(LABELS[soort]).lower(),
                icoon="pencil",
                doel=f"#{plek}",
                focus=nadruk.rij == plek,
            )
        ],
        melding=nadruk.voor(plek),
        persoonlijk=False,
    )
