"""De panelen Telefoonnummers en E-mailadressen."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.klanten.regels import Contactsoort, Stand
from portal.mijn.onderdelen import Actie, Badge, Paneel, Rij
from portal.mijn.opmaak import eigen, opgemaakt
from portal.mijn.paden import pad
from portal.mijn.panelen.nadruk import GEEN, Nadruk
from portal.mijn.toegang import DigitaalAdres, Klant, adressen_van
from portal.mijn.weergave import telefoonnummer


def van_soort(klant: Klant | None, soort: Contactsoort) -> list[DigitaalAdres]:
    """De adressen van deze soort."""
    return [rij for rij in adressen_van(klant) if rij.soort == soort]


def rij_id(adres: DigitaalAdres) -> str:
    """Het id van de rij op het scherm."""
    return f"rij-{adres.pk}"


def nieuw_id(soort: Contactsoort) -> str:
    """Het id van de plek waar een nieuw adres ingevuld wordt."""
    return f"{soort.value}-nieuw"


def tekst(adres: DigitaalAdres) -> str:
    """Schrijf het adres zoals mensen het lezen."""
    if adres.soort == Contactsoort.TELEFOON:
        return telefoonnummer(adres.waarde)
    return adres.waarde


def ding(adres: DigitaalAdres) -> str:
    """HTML: waar een link over gaat, zonder de waarde te noemen."""
    wat = _("telefoonnummer") if adres.soort == Contactsoort.TELEFOON else _("e-mailadres")
    return opgemaakt("{} {}", wat, eigen(adres.omschrijving)) if adres.omschrijving else wat


def telefoon(klant: Klant | None, *, bedrijf: bool = False, nadruk: Nadruk = GEEN) -> Paneel:
    """De telefoonnummers."""
    rijen = van_soort(klant, Contactsoort.TELEFOON)
    aantal = len(rijen)
    return _paneel(
        Contactsoort.TELEFOON,
        rijen,
        nadruk,
        icoon="phone",
        titel=_("Telefoonnummers"),
        ondertitel=ngettext("%(aantal)d nummer", "%(aantal)d nummers", aantal) % {"aantal": aantal}
        if rijen
        else _("Nog niets ingevuld"),
        leeg=_("U heeft nog geen telefoonnummer opgegeven. Dat hoeft ook niet."),
        toevoegen=_("Telefoonnummer toevoegen"),
    )


def email(klant: Klant | None, *, bedrijf: bool = False, nadruk: Nadruk = GEEN) -> Paneel:
    """De e-mailadressen."""
    rijen = van_soort(klant, Contactsoort.EMAIL)
    aantal = len(rijen)
    return _paneel(
        Contactsoort.EMAIL,
        rijen,
        nadruk,
        icoon="mail",
        titel=_("E-mailadressen"),
        ondertitel=ngettext("%(aantal)d adres", "%(aantal)d adressen", aantal) % {"aantal": aantal}
        if rijen
        else _("Nog niets ingevuld"),
        leeg=_("U heeft nog geen e-mailadres opgegeven. Dat hoeft ook niet."),
        toevoegen=_("E-mailadres toevoegen"),
    )


def _paneel(
    soort: Contactsoort,
    rijen: list[DigitaalAdres],
    nadruk: Nadruk,
    *,
    icoon: str,
    titel: str,
    ondertitel: str,
    leeg: str,
    toevoegen: str,
) -> Paneel:
    wacht = sum(rij.stand == Stand.VOORGESTELD for rij in rijen)
    badge = Badge("wacht", _("%(aantal)d nog bevestigen") % {"aantal": wacht}) if wacht else None
    eigen = nadruk.rij in {nieuw_id(soort), *map(rij_id, rijen)}
    nieuw = Actie(
        url=pad(f"mijn:{soort.value}_toevoegen"),
        tekst=toevoegen,
        icoon="plus",
        doel=f"#{nieuw_id(soort)}",
        focus=nadruk.rij == nieuw_id(soort),
    )
    return Paneel(
        id=soort.value,
        icoon=icoon,
        titel=titel,
        ondertitel=ondertitel,
        open=bool(wacht) or eigen,
        badge=badge,
        rijen=[_rij(rij, nadruk) for rij in rijen],
        leeg=leeg,
        toevoegen=[nieuw],
        toevoegen_id=nieuw_id(soort),
    )


def _rij(adres: DigitaalAdres, nadruk: Nadruk) -> Rij:
    telefoon = adres.soort == Contactsoort.TELEFOON
    return Rij(
        id=rij_id(adres),
        label=eigen(adres.omschrijving) or (_("Telefoonnummer") if telefoon else _("E-mailadres")),
        waarde=tekst(adres),
        uitleg=_uitleg(adres),
        badges=_badges(adres),
        acties=_acties(adres, focus=nadruk.rij == rij_id(adres)),
        melding=nadruk.voor(rij_id(adres)),
    )


def _uitleg(adres: DigitaalAdres) -> str:
    if adres.stand != Stand.VOORGESTELD:
        return ""
    if adres.vervangt_id is None:
        return _("Wij gebruiken dit pas als u het bevestigt.")
    if adres.soort == Contactsoort.TELEFOON:
        return _("Tot u dit bevestigt, gebruiken wij uw oude nummer.")
    return _("Tot u dit bevestigt, gebruiken wij uw oude adres.")


def _badges(adres: DigitaalAdres) -> list[Badge]:
    if adres.stand == Stand.VOORGESTELD:
        return [Badge("wacht", _("Nog niet bevestigd"))]
    badges = [Badge("goed", _("Bevestigd"))] if adres.bevestigd_op else []
    if adres.standaard:
        telefoon = adres.soort == Contactsoort.TELEFOON
        eerst = _("Bellen wij het eerst") if telefoon else _("Mailen wij het eerst")
        badges.append(Badge("gewoon", eerst))
    return badges


def _acties(adres: DigitaalAdres, *, focus: bool) -> list[Actie]:
    soort, plek = adres.soort, f"#{rij_id(adres)}"
    wat, hier = ding(adres), reverse(f"mijn:{soort}_wijzigen", args=[adres.pk])
    acties = []
    if adres.stand == Stand.VOORGESTELD:
        acties.append(
            Actie(
                url=f"{hier}bevestigen/", tekst=_("Bevestigen"), ding=wat, icoon="check", doel=plek
            )
        )
    elif not adres.standaard:
        eerst = _("Bel dit eerst") if soort == Contactsoort.TELEFOON else _("Mail dit eerst")
        acties.append(Actie(url=f"{hier}eerst/", tekst=eerst, ding=wat, doel=plek))
    acties += [
        Actie(
            url=hier,
            tekst=_("Wijzigen"),
            ding=wat,
            icoon="pencil",
            doel=plek,
            focus=focus,
        ),
        Actie(
            url=f"{hier}verwijderen/",
            tekst=_("Verwijderen"),
            ding=wat,
            icoon="trash",
            doel=plek,
            gevaar=True,
        ),
    ]
    return acties
