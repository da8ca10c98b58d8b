"""Van verzoek naar eigen klanten: de enige deur van de schermen.

Geen id van een klant in een adres: wat niet van u is, bestaat niet.
"""

import datetime as dt
import re
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.identiteit import Identiteit, Soort, blinde_index, pseudoniem, verzegel_identiteit
from accounts.inlog import Inlog, inlog_van
from accounts.models import Inlogregel
from accounts.niveaus import Niveau
from accounts.sessie import eis_voor, handel_voor, vergeet_keuzes
from portal.klanten.models import (
    DigitaalAdres,
    Gebeurtenis,
    Interactie,
    Klant,
    Naam,
    Postadres,
    Proces,
    Rekeningnummer,
    Voorkeur,
    Waarde,
)
from portal.klanten.models.klant import KlantQuerySet
from portal.klanten.regels import OVERGENOMEN, Authenticatie, Subjectsoort
from portal.mijn.opmaak import zin

# Wat de schermen als type nodig hebben komt ook door deze deur.
__all__ = [
    "DigitaalAdres",
    "Gebeurtenis",
    "Interactie",
    "Klant",
    "Naam",
    "Postadres",
    "Rekeningnummer",
    "Voorkeur",
    "Waarde",
    "adressen_van",
    "authenticatie_van",
    "eigen_klant",
    "eigen_klanten",
    "gebeurtenissen_van",
    "gekozen_klant",
    "handel_namens",
    "is_bedrijf",
    "klant_voor_taak",
    "laatst_gewijzigd",
    "namens_wie",
    "open_contactpunt",
    "processen_voor",
    "rekeningnummers_van",
    "subjecten_zonder_klant",
    "subjectsoort_van",
    "voorkeuren_van",
]  # fmt: skip

SUBJECTSOORT = {
    Soort.BSN: Subjectsoort.NATUURLIJK_PERSOON,
    Soort.KVK: Subjectsoort.NIET_NATUURLIJK_PERSOON,
    Soort.RSIN: Subjectsoort.NIET_NATUURLIJK_PERSOON,
    Soort.VESTIGING: Subjectsoort.VESTIGING,
    Soort.EIDAS: Subjectsoort.BUITENLANDS,
    Soort.EIDAS_ORGANISATIE: Subjectsoort.BUITENLANDS,
}
NUMMER_BIJ_OVERNAME = {
    Subjectsoort.NATUURLIJK_PERSOON: Soort.BSN,
    Subjectsoort.NIET_NATUURLIJK_PERSOON: Soort.KVK,
    Subjectsoort.VESTIGING: Soort.VESTIGING,
}
"""Een nummer uit het buitenland kan in elk portaal een ander zijn, dus dat gaat niet over."""
LAND_ONBEKEND = "ZZ"
CONTACTPUNT = "contactpunt"
VESTIGINGSNAAM = "vestigingsnaam"


def authenticatie_van(request: HttpRequest, handeling: str = "inzien") -> Authenticatie:
    """Wie hier inlogde, namens wie, hoe zeker dat is en voor deze handeling moet zijn.

    Raises NietIngelogd without a login, KeyError for an unknown handeling or for staff, who have
    no klant.
    """
    inlog = inlog_van(request)
    wie = inlog.identiteit
    return Authenticatie(
        bronorganisatie=settings.ORGANISATIE_RSIN,
        subjectsoort=SUBJECTSOORT[wie.soort],
        subject_index=inlog.subject_index,
        subject_verzegeld=verzegel_identiteit(wie),
        bedrijf_index=_bedrijf_index(wie),
        rsin_index=inlog.subject_index if wie.soort is Soort.RSIN else "",
        land=_land(wie),
        organisatie=wie.soort is Soort.EIDAS_ORGANISATIE,
        middel=inlog.middel,
        niveau=inlog.rang,
        vereist=eis_voor(handeling).niveau,
        handelende=inlog.handelende_pseudoniem,
        namens=_namens(inlog),
        mandaat=" ".join(inlog.mandaat),
    )


def authenticatie_voor_overname(soort: Subjectsoort, nummer: str, niveau: Niveau) -> Authenticatie:
    """Van wie een meegenomen bestand is; `niveau` staat erin. Alleen voor `manage.py neem_over`.

    The only door without a log-in: who runs the command says whose file it is. `nummer` of a branch
    is its number, a space, and the KvK number. Raises ValueError, which does not name it.
    """
    eigen, _spatie, kvk = nummer.strip().partition(" ")
    wie = Identiteit(NUMMER_BIJ_OVERNAME[soort], eigen, kvk)
    index = blinde_index(wie)
    return Authenticatie(
        bronorganisatie=settings.ORGANISATIE_RSIN,
        subjectsoort=SUBJECTSOORT[wie.soort],
        subject_index=index,
        subject_verzegeld=verzegel_identiteit(wie),
        bedrijf_index=_bedrijf_index(wie),
        rsin_index=index if wie.soort is Soort.RSIN else "",
        middel=OVERGENOMEN,
        niveau=niveau,
        vereist=eis_voor("inzien").niveau,
        handelende=OVERGENOMEN,
    )


def _bedrijf_index(wie: Identiteit) -> str:
    """De index van het KvK-nummer; een bedrijf met alleen een RSIN is daarmee te vinden."""
    bedrijf = wie if wie.soort is Soort.RSIN else wie.bedrijf()
    return blinde_index(bedrijf) if bedrijf else ""


def _land(wie: Identiteit) -> str:
    """INT-3: het land dat een eIDAS-nummer vooraan noemt (ISO 3166-1, twee letters)."""
    if SUBJECTSOORT[wie.soort] is not Subjectsoort.BUITENLANDS:
        return ""
    gevonden = re.match("([A-Z]{2})/", wie.onthul())
    return gevonden[1] if gevonden else LAND_ONBEKEND


def _namens(inlog: Inlog) -> str:
    """Het pseudoniem van namens wie er gehandeld wordt; leeg voor wie dat voor zichzelf doet."""
    return pseudoniem(inlog.identiteit.onthul(), "handelende") if inlog.handelende else ""


def namens_wie(request: HttpRequest) -> str:
    """HTML: namens wie deze persoon handelt; leeg voor wie het voor zichzelf doet."""
    inlog = inlog_van(request)
    nummer = inlog.identiteit.onthul()
    if inlog.machtiging:
        return _("U handelt namens iemand anders (burgerservicenummer eindigt op %s)") % nummer[-3:]
    if inlog.identiteit.soort is Soort.VESTIGING:
        gekozen = request.session.get(VESTIGINGSNAAM, "") if inlog.vestiging_gekozen else ""
        return zin(_("U handelt namens vestiging %s"), f"{gekozen} {nummer}".strip())
    bedrijf = {Soort.KVK: "KVK", Soort.RSIN: "RSIN"}.get(inlog.identiteit.soort)
    return zin(_("U handelt namens bedrijf %s"), f"{bedrijf} {nummer}") if bedrijf else ""


def handel_namens(request: HttpRequest, vestiging: Identiteit | None, *, naam: str = "") -> None:
    """Handel in deze sessie verder voor deze vestiging (None: het hele bedrijf), die `naam` heet.

    What was open or chosen for the other one is forgotten; what was typed in a form comes back
    there only. Raises ValueError outside the login.
    """
    inlog = inlog_van(request)
    inlog = inlog.voor(vestiging or inlog.ingelogd_als)
    vergeet_keuzes(request)
    request.session[VESTIGINGSNAAM] = naam
    handel_voor(request, inlog)


def subjectsoort_van(request: HttpRequest) -> Subjectsoort:
    """Wat hier is ingelogd of vertegenwoordigd wordt; raises as `authenticatie_van`."""
    return SUBJECTSOORT[inlog_van(request).identiteit.soort]


def is_bedrijf(request: HttpRequest) -> bool:
    """Of hier een bedrijf of vestiging is ingelogd."""
    soort = subjectsoort_van(request)
    return soort in {Subjectsoort.NIET_NATUURLIJK_PERSOON, Subjectsoort.VESTIGING}


def eigen_klanten(request: HttpRequest) -> KlantQuerySet:
    """KLUIT01: elke weg van een verzoek naar een klant begint hier."""
    return Klant.objects.van(authenticatie_van(request))


def subjecten_zonder_klant() -> list[str]:
    """De indexen van wie wij inlogs bewaren maar die geen klant meer is."""
    klant = Klant.objects.filter(
        Q(subject_index=OuterRef("subject")) | Q(bedrijf_index=OuterRef("subject"))
    )
    zonder = Inlogregel.objects.filter(~Exists(klant))
    return list(zonder.values_list("subject", flat=True).distinct())


def eigen_klant(request: HttpRequest) -> Klant | None:
    """De klant van wie hier inlogde; bij een bedrijf het geopende contactpunt.

    With name and address; the lists are asked when a page shows them (`adressen_van` and so on).
    None for who has saved nothing yet.
    """
    klanten = eigen_klanten(request).select_related("naam", "postadres").order_by("klantnummer")
    geopend = request.session.get(CONTACTPUNT)
    klant = klanten.filter(pk=geopend).first() if geopend else None
    klant = klant or klanten.first()
    request.klant = klant  # type: ignore[attr-defined]  # for the name in the band of the page
    return klant


def adressen_van(klant: Klant | None) -> list[DigitaalAdres]:
    """De e-mailadressen en telefoonnummers, van elke stand."""
    return klant.rijen(DigitaalAdres) if klant else []


def rekeningnummers_van(klant: Klant | None) -> list[Rekeningnummer]:
    """Het rekeningnummer in gebruik, en dat wat nog ingaat."""
    return klant.rijen(Rekeningnummer) if klant else []


def voorkeuren_van(klant: Klant | None) -> list[Voorkeur]:
    """De keuzes die de klant maakte."""
    return klant.rijen(Voorkeur) if klant else []


def gekozen_klant(request: HttpRequest) -> Klant | None:
    """De klant waar iets nieuws bij hoort: het geopende contactpunt, of de enige die er is.

    None also for a company with more contact points that has opened none: then nobody chose.
    """
    klant = eigen_klant(request)
    if klant is None or request.session.get(CONTACTPUNT) == str(klant.pk):
        return klant
    return klant if eigen_klanten(request).count() == 1 else None


def gebeurtenissen_van(klant: Klant) -> list[Gebeurtenis]:
    """De laatste 500 dingen die met de eigen klant gebeurden, met oude en nieuwe waarden."""
    return list(_nieuwste_eerst(klant).prefetch_related("waarden")[:500])


def laatst_gewijzigd(klant: Klant) -> dt.datetime | None:
    """Wanneer er voor het laatst iets met de eigen klant gebeurde."""
    return _nieuwste_eerst(klant).values_list("gebeurd_op", flat=True).first()


def _nieuwste_eerst(klant: Klant) -> QuerySet[Gebeurtenis]:
    return Gebeurtenis.objects.filter(onderwerp=klant.pk).order_by("-versie")


def klant_voor_taak(klant_id: UUID) -> tuple[Klant, Authenticatie] | None:
    """De klant van een taak die zij zelf vroeg, en namens wie de taak leest; None als zij weg is.

    Only for a task whose row was made behind `eigen_klant`; there is no request any more.
    """
    klant = Klant.objects.met_waarden().filter(pk=klant_id, gevalideerd=True).first()
    if klant is None:
        return None
    door = Authenticatie(
        bronorganisatie=klant.bronorganisatie,
        subjectsoort=Subjectsoort(klant.subjectsoort),
        subject_index=klant.subject_index,
        subject_verzegeld=klant.subject_verzegeld,
        bedrijf_index=klant.bedrijf_index,
        rsin_index=klant.rsin_index,
        middel=klant.gevalideerd_middel,
        niveau=Niveau(klant.gevalideerd_niveau or 0),
        vereist=eis_voor("exporteren").niveau,
        handelende="portaal",
    )
    return klant, door


def processen_voor(*, ingelogd: bool) -> list[tuple[str, str]]:
    """Waarover iemand iets kan melden of vragen, als (code, omschrijving)."""
    open_voor_wie = Proces.objects.all() if ingelogd else Proces.objects.filter(open_kanaal=True)
    return list(open_voor_wie.order_by("omschrijving").values_list("code", "omschrijving"))


def open_contactpunt(request: HttpRequest, klant: UUID) -> None:
    """Ga in deze sessie verder met dit contactpunt; van een ander heeft het geen gevolg."""
    request.session[CONTACTPUNT] = str(klant)
