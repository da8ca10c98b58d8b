"""Wat een basisregistratie zegt: alleen lezen, naast de eigen gegevens en nooit ermee verward."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.inlog import inlog_van
from portal.klanten.regels import Subjectsoort
from portal.logboek.activiteiten import Activiteit
from portal.mijn.bevraging import vraag_na
from portal.mijn.onderdelen import Actie, Badge, Rij
from portal.mijn.paden import pad
from portal.mijn.toegang import subjectsoort_van
from portal.registers import basisgegevens

BRP, KVK = Activiteit.BRP_BEVRAGEN, Activiteit.KVK_BEVRAGEN


@dataclass(frozen=True, kw_only=True)
class Registerbeeld:
    """Naam en adres volgens BRP of Handelsregister; leeg wat er niet is of niet gekoppeld."""

    bron: str = ""
    naam: str = ""
    adres: str = ""
    nu_niet: bool = False
    onderzoek: bool = False
    verlopen: bool = False


GEEN_REGISTER = Registerbeeld()


def lees(request: HttpRequest) -> Registerbeeld:
    """Vraag het register van wie hier is ingelogd; een storing geeft nooit een fout."""
    soort = subjectsoort_van(request)
    identiteit = inlog_van(request).identiteit
    if soort is Subjectsoort.NATUURLIJK_PERSOON:
        mens = vraag_na(request, BRP, lambda: basisgegevens.persoon(identiteit))
        naam = mens.waarde.naam if mens.waarde else ""
        adres = "\n".join(mens.waarde.adresregels) if mens.waarde else ""
        return Registerbeeld(
            bron="brp",
            naam=naam,
            adres=adres,
            nu_niet=mens.nu_niet,
            onderzoek=bool(mens.waarde and mens.waarde.in_onderzoek),
            verlopen=bool(mens.waarde and mens.waarde.woont_niet_op_adres),
        )
    if soort is Subjectsoort.NIET_NATUURLIJK_PERSOON:
        zaak = vraag_na(request, KVK, lambda: basisgegevens.onderneming(identiteit))
        naam = zaak.waarde.naam if zaak.waarde else ""
        adres = "\n".join(zaak.waarde.adresregels) if zaak.waarde else ""
        return Registerbeeld(bron="hr", naam=naam, adres=adres, nu_niet=zaak.nu_niet)
    if soort is Subjectsoort.VESTIGING:
        plek = vraag_na(request, KVK, lambda: basisgegevens.vestiging(identiteit))
        naam, adres = (plek.waarde.naam, plek.waarde.adres) if plek.waarde else ("", "")
        return Registerbeeld(bron="hr", naam=naam, adres=adres, nu_niet=plek.nu_niet)
    return Registerbeeld()


def naamrij(beeld: Registerbeeld) -> list[Rij]:
    """De naam volgens het register, als die er is."""
    label = _("Officiële naam") if beeld.bron == "brp" else _("Naam in het Handelsregister")
    gegeven = "naam" if beeld.bron == "brp" else "bedrijf"
    return _rij(beeld, "register-naam", label, beeld.naam, gegeven)


def adresrij(beeld: Registerbeeld) -> list[Rij]:
    """Het adres volgens het register, als dat er is."""
    label = _("Woonadres") if beeld.bron == "brp" else _("Adres in het Handelsregister")
    gegeven = "adres" if beeld.bron == "brp" else "bedrijf"
    return _rij(beeld, "register-adres", label, beeld.adres, gegeven)


def _rij(beeld: Registerbeeld, plek: str, label: str, waarde: str, gegeven: str) -> list[Rij]:
    if beeld.nu_niet:
        tekst = (
            _("Wij kunnen uw gegevens uit de BRP nu niet laten zien. Probeer het later.")
            if beeld.bron == "brp"
            else _("Wij kunnen uw gegevens uit het Handelsregister nu niet laten zien.")
        )
        return [Rij(id=plek, label=label, waarde=tekst, persoonlijk=False)]
    if not waarde:
        return []
    badge = _("Uit de BRP") if beeld.bron == "brp" else _("Uit het Handelsregister")
    klopt_niet = Actie(
        url=pad("mijn:klopt_niet", gegeven),
        tekst=_("Klopt dit niet?"),
        ding=label.lower(),
    )
    badges = [Badge("bron", badge)]
    if beeld.onderzoek:
        badges.append(Badge("wacht", _("In onderzoek")))
    if beeld.verlopen and plek == "register-adres":
        badges.append(Badge("wacht", _("U woont hier niet volgens de gemeente")))
    return [Rij(id=plek, label=label, waarde=waarde, badges=badges, acties=[klopt_niet])]
