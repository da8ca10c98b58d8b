"""Het paneel Rekeningnummer: verborgen tot iemand het vraagt."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.klanten.regels import Stand
from portal.mijn.onderdelen import Actie, Badge, Paneel, Rij
from portal.mijn.opmaak import opgemaakt, zin
from portal.mijn.paden import pad
from portal.mijn.panelen.nadruk import GEEN, Nadruk
from portal.mijn.templatetags.portaal import datum
from portal.mijn.toegang import Klant, Rekeningnummer, rekeningnummers_van
from portal.mijn.weergave import rekeningnummer, rekeningnummer_verborgen

RIJ = "rij-rekening"
RIJ_NIEUW = "rij-rekening-nieuw"


def paneel(
    klant: Klant | None, *, bedrijf: bool = False, nadruk: Nadruk = GEEN, getoond: bool = False
) -> Paneel:
    """Het nummer in gebruik en het nummer dat nog ingaat; `getoond` laat alle tekens zien."""
    rijen = {rij.stand: rij for rij in rekeningnummers_van(klant)}
    nu, straks = rijen.get(Stand.IN_GEBRUIK), rijen.get(Stand.VOORGESTELD)
    acties = [_wijzig(nadruk, bestaat=bool(nu))]
    getekend = []
    if nu:
        getekend.append(_rij(nu, nadruk, acties, getoond=getoond))
    if straks:
        getekend.append(_straks(straks, nadruk, getoond=getoond, alleen=not nu))
    return Paneel(
        id="rekening",
        icoon="building-bank",
        titel=_("Rekeningnummer"),
        ondertitel=_("Hierop krijgt u geld van de gemeente"),
        open=nadruk.rij in {RIJ, RIJ_NIEUW} or bool(straks),
        badge=Badge("wacht", _("Gaat nog in")) if straks else None,
        rijen=getekend or [_leeg(nadruk)],
    )


def _rij(rij: Rekeningnummer, nadruk: Nadruk, acties: list[Actie], *, getoond: bool) -> Rij:
    return Rij(
        id=RIJ,
        label=_("Rekeningnummer (IBAN)"),
        waarde=_nummer(rij, getoond=getoond),
        uitleg=_op_naam(rij),
        acties=[*([] if getoond else [_laat_zien()]), *acties, _verwijder(rij, RIJ)],
        melding=nadruk.voor(RIJ),
    )


def _straks(rij: Rekeningnummer, nadruk: Nadruk, *, getoond: bool, alleen: bool) -> Rij:
    vanaf = _("Vanaf %(datum)s betalen wij op dit nummer.") % {"datum": datum(rij.ingaat_op)}
    return Rij(
        id=RIJ_NIEUW,
        label=_("Nieuw rekeningnummer"),
        waarde=_nummer(rij, getoond=getoond),
        uitleg=opgemaakt("{} {}", _op_naam(rij), vanaf),
        badges=[Badge("wacht", _("Gaat nog in"))],
        acties=[
            *([_laat_zien()] if alleen and not getoond else []),
            _verwijder(rij, RIJ_NIEUW, focus=nadruk.rij == RIJ_NIEUW),
        ],
        melding=nadruk.voor(RIJ_NIEUW),
    )


def _leeg(nadruk: Nadruk) -> Rij:
    return Rij(
        id=RIJ,
        label=_("Rekeningnummer (IBAN)"),
        waarde=_("Niet ingevuld. Dat hoeft ook niet."),
        acties=[_wijzig(nadruk, bestaat=False)],
        melding=nadruk.voor(RIJ),
        persoonlijk=False,
    )


def _nummer(rij: Rekeningnummer, *, getoond: bool) -> str:
    return rekeningnummer(rij.iban) if getoond else rekeningnummer_verborgen(rij.iban)


def _op_naam(rij: Rekeningnummer) -> str:
    return zin(_("Op naam van %(naam)s."), naam=rij.tenaamstelling)


def _laat_zien() -> Actie:
    return Actie(
        url=pad("mijn:rekening_tonen"),
        tekst=_("Laat zien"),
        ding=_("rekeningnummer"),
        icoon="eye",
        doel="#rekening",
        post=True,
    )


def _wijzig(nadruk: Nadruk, *, bestaat: bool) -> Actie:
    return Actie(
        url=pad("mijn:rekening"),
        tekst=_("Wijzigen") if bestaat else _("Toevoegen"),
        ding=_("rekeningnummer"),
        icoon="pencil" if bestaat else "plus",
        doel=f"#{RIJ}",
        focus=nadruk.rij == RIJ,
    )


def _verwijder(rij: Rekeningnummer, plek: str, *, focus: bool = False) -> Actie:
    return Actie(
        url=reverse("mijn:rekening_verwijderen", args=[rij.pk]),
        tekst=_("Verwijderen"),
        ding=_("rekeningnummer"),
        icoon="trash",
        doel=f"#{plek}",
        gevaar=True,
        focus=focus,
    )
