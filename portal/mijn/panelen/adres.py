"""Het paneel Adres: waar de post heen gaat."""

from django.utils.translation import gettext as _

from portal.klanten.regels import Adressoort
from portal.mijn.onderdelen import Actie, Paneel, Rij
from portal.mijn.paden import pad
from portal.mijn.panelen.nadruk import GEEN, Nadruk
from portal.mijn.panelen.officieel import PER_BRON, Officieel
from portal.mijn.panelen.register import GEEN_REGISTER, Registerbeeld, adresrij
from portal.mijn.templatetags.portaal import datum
from portal.mijn.toegang import Klant, Postadres
from portal.mijn.weergave import adrestekst

RIJ = "rij-postadres"


def paneel(
    klant: Klant | None,
    *,
    bedrijf: bool = False,
    nadruk: Nadruk = GEEN,
    register: Registerbeeld = GEEN_REGISTER,
) -> Paneel:
    """REG-4: het adres dat de klant zelf koos; het register houdt zijn eigen adres."""
    adres, officieel = getattr(klant, "postadres", None), PER_BRON[register.bron]
    eigen = _rij(adres, nadruk, officieel) if adres else _leeg(nadruk, officieel)
    return Paneel(
        id="adres",
        icoon="home",
        titel=_("Adres"),
        ondertitel=_("Waar wij uw post naartoe sturen"),
        open=nadruk.rij == RIJ,
        rijen=[*adresrij(register), eigen],
    )


def _rij(adres: Postadres, nadruk: Nadruk, officieel: Officieel) -> Rij:
    return Rij(
        id=RIJ,
        label=_("Postadres"),
        waarde=adrestekst(adres),
        uitleg=_uitleg(adres, officieel),
        acties=[_wijzig(_("Wijzigen"), "pencil", nadruk, adres), _verwijder()],
        melding=nadruk.voor(RIJ),
    )


def _leeg(nadruk: Nadruk, officieel: Officieel) -> Rij:
    return Rij(
        id=RIJ,
        label=_("Postadres"),
        waarde=f"{_('Niet ingevuld.')} {officieel.post}",
        acties=[_wijzig(_("Toevoegen"), "plus", nadruk)],
        melding=nadruk.voor(RIJ),
        persoonlijk=False,
    )


def _uitleg(adres: Postadres, officieel: Officieel) -> str:
    delen = [_("Hier sturen wij uw post naartoe.")]
    if adres.geldig_vanaf:
        delen.append(_("Vanaf %(datum)s.") % {"datum": datum(adres.geldig_vanaf)})
    if adres.geldig_tot:
        delen.append(_("Tot %(datum)s.") % {"datum": datum(adres.geldig_tot)})
    return " ".join([*delen, str(officieel.wet)]).strip()


def _wijzig(tekst: str, icoon: str, nadruk: Nadruk, adres: Postadres | None = None) -> Actie:
    """Naar het formulier van de soort adres die er staat."""
    buitenland = adres is not None and adres.soort == Adressoort.BUITENLAND
    return Actie(
        url=pad("mijn:adres_buitenland" if buitenland else "mijn:adres"),
        tekst=tekst,
        ding=_("postadres"),
        icoon=icoon,
        doel=f"#{RIJ}",
        focus=nadruk.rij == RIJ,
    )


def _verwijder() -> Actie:
    return Actie(
        url=pad("mijn:adres_verwijderen"),
        tekst=_("Verwijderen"),
        ding=_("postadres"),
        icoon="trash",
        doel=f"#{RIJ}",
        gevaar=True,
    )
