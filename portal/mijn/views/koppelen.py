"""Koppelen: een eerdere melding bij de eigen gegevens zetten, in drie stappen."""

import secrets
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.grenzen import CODE, begrensd
from accounts.inlog import inlog_van
from accounts.limieten import tel
from accounts.sessie import vereist
from portal.klanten import handelingen
from portal.klanten.handelingen.claimen import Claim
from portal.klanten.regels import RegelGeschonden, VerkeerdeCode
from portal.mijn.antwoord import toon, vertrek
from portal.mijn.bewaren import bewaar
from portal.mijn.bewerken import eerder_getypt, formulier_voor
from portal.mijn.forms.eenmalig import afdruk_van
from portal.mijn.forms.meldingen import ClaimcodeFormulier, HoudFormulier, ReferentieFormulier
from portal.mijn.geschiedenis import label, leesbaar
from portal.mijn.opmaak import eigen, opgemaakt, zin
from portal.mijn.toegang import Klant, authenticatie_van, eigen_klant, gekozen_klant

CLAIM, SESSIE = "claim", "claim_sessie"
PER_INLOG, PER_DAG = 5, 10
GELUKT = gettext_noop("Uw melding staat nu bij uw gegevens.")
TE_LAAT = gettext_noop(
    "De tijd is voorbij, of de code is al gebruikt. Vul het kenmerk opnieuw in. "
    "Dan sturen wij een nieuwe code."
)


@vereist("claimen")
@require_http_methods(["GET", "POST"])
def koppelen(request: HttpRequest) -> HttpResponse:
    """Stap 1: het kenmerk; het antwoord is altijd hetzelfde, wat er ook bestaat."""
    eigen_klant(request)  # its name stands in the band
    formulier = ReferentieFormulier(
        request.POST if request.method == "POST" else None,
        initial=eerder_getypt(request, ReferentieFormulier),
        auto_id="koppelen-%s",
    )
    if formulier.is_bound and formulier.is_valid():
        try:
            _stuur_code(request, formulier.cleaned_data["referentie"])
        except RegelGeschonden as fout:
            formulier.add_error(None, fout.in_taal(gettext))
        else:
            return vertrek(request, reverse("mijn:koppelen_code"))
    return toon(request, "mijn/koppelen.html", formulier=formulier)


@vereist("claimen")
@begrensd(CODE, alleen_post=True)
@require_http_methods(["GET", "POST"])
def koppelen_code(request: HttpRequest) -> HttpResponse:
    """Stap 2: de code; één antwoord voor alles wat niet klopt."""
    eigen_klant(request)  # its name stands in the band
    formulier = ClaimcodeFormulier(
        request.POST if request.method == "POST" else None,
        initial=eerder_getypt(request, ClaimcodeFormulier),
        auto_id="koppelen-%s",
    )
    if formulier.is_bound and formulier.is_valid():
        claim = request.session.get(CLAIM, {})
        try:
            gevonden = handelingen.bewijs_claim(
                claim.get("referentie", ""), code=formulier.cleaned_data["code"], **_claim(request)
            )
        except VerkeerdeCode as fout:
            formulier.add_error("code", fout.in_taal(gettext))
        else:
            waarden = [[str(pk), veld, tekst] for pk, veld, tekst in gevonden.waarden]
            request.session[CLAIM] = {**claim, "waarden": waarden}
            return vertrek(request, reverse("mijn:koppelen_kiezen"))
    return toon(request, "mijn/koppelen_code.html", formulier=formulier)


@vereist("claimen")
@require_http_methods(["GET", "POST"])
def koppelen_kiezen(request: HttpRequest) -> HttpResponse:
    """Stap 3: per waarde zeggen of zij klopt; pas dan wordt er iets van iemand.

    Who keeps an address adds it to the own data, so the login is as fresh as for that.
    """
    claim = request.session.get(CLAIM, {})
    if "waarden" not in claim:
        return _al_gedaan(request, claim) or vertrek(request, reverse("mijn:koppelen"))
    klant = gekozen_klant(request)
    formulier = formulier_voor(request, HoudFormulier, klant, rij="koppelen")
    formulier.bied_aan(_keuzes(request, claim, klant))
    if formulier.is_bound and formulier.is_valid():
        antwoord = bewaar(formulier, lambda: _koppel(request, claim, formulier))
        if antwoord:
            return antwoord
    if formulier.conflict:
        klant = gekozen_klant(request)
        formulier.bied_aan(_keuzes(request, claim, klant))
        formulier.begin_opnieuw(klant, sleutel=uuid.uuid4())
    return toon(
        request, "mijn/koppelen_kiezen.html", formulier=formulier, samenvoegen=klant is not None
    )


def _stuur_code(request: HttpRequest, referentie: str) -> None:
    """Stuur een code, tenzij er al te veel gevraagd zijn; het antwoord is hetzelfde."""
    if not _te_vaak(request):
        handelingen.begin_claim(referentie, **_claim(request))
        request.session[CLAIM] = {"referentie": referentie}


def _keuzes(
    request: HttpRequest, claim: dict[str, Any], klant: Klant | None
) -> list[tuple[str, str]]:
    """Elke waarde in woorden, en wat er van de eigen klant voor verdwijnt."""
    door, vervalt = authenticatie_van(request, "claimen"), {}
    if klant is not None:
        vervalt = handelingen.wat_vervalt(claim["referentie"], in_klant=klant, door=door)
    keuzes: list[tuple[str, str]] = []
    for pk, veld, tekst in claim["waarden"]:
        regel = opgemaakt("{}: {}", label(veld, tekst), eigen(leesbaar(veld, tekst)))
        if oud := leesbaar(veld, vervalt.get(uuid.UUID(pk), "")):
            regel = zin(_("%(nieuw)s (komt in de plaats van: %(oud)s)"), nieuw=regel, oud=oud)
        keuzes.append((pk, regel))
    return keuzes


def _koppel(request: HttpRequest, claim: dict[str, Any], formulier: HoudFormulier) -> HttpResponse:
    """Neem over wat gekozen is, in een nieuwe klant of in die op het scherm stond; en ga verder."""
    gegevens, wie = formulier.cleaned_data, _claim(request)
    houd, sleutel = [uuid.UUID(pk) for pk in gegevens["houd"]], gegevens["sleutel"]
    referentie, in_klant, gezien = claim["referentie"], gegevens["klant"], gegevens["gezien"]
    try:
        if in_klant is None:
            handelingen.claim_klant(referentie, houd=houd, sleutel=sleutel, **wie)
        else:
            handelingen.voeg_samen(
                referentie, in_klant=in_klant, gezien=gezien, houd=houd, sleutel=sleutel, **wie
            )
    except VerkeerdeCode:
        messages.error(request, _(TE_LAAT))
        request.session.pop(CLAIM, None)
        return vertrek(request, reverse("mijn:koppelen"))
    request.session[CLAIM] = {"gedaan": _verstuurd(request)}
    return vertrek(request, reverse("mijn:meldingen"), _(GELUKT))


def _al_gedaan(request: HttpRequest, claim: dict[str, Any]) -> HttpResponse | None:
    """Wie na het koppelen hetzelfde formulier nog eens stuurt, hoort weer dat het gelukt is."""
    if "gedaan" in claim and _verstuurd(request) == claim["gedaan"]:
        return vertrek(request, reverse("mijn:meldingen"), _(GELUKT))
    return None


def _verstuurd(request: HttpRequest) -> str:
    """Afdruk van het verstuurde formulier en wat erin is aangekruist."""
    return afdruk_van([request.POST.get("sleutel"), *sorted(request.POST.getlist("houd"))])


def _claim(request: HttpRequest) -> Claim:
    """Wie claimt, in welke sessie; die blijft dezelfde als iemand tussendoor opnieuw inlogt."""
    sessie = request.session.setdefault(SESSIE, secrets.token_urlsafe(16))
    return Claim(door=authenticatie_van(request, "claimen"), sessie=sessie, op=timezone.now())


def _te_vaak(request: HttpRequest) -> bool:
    """Vijf keer per inlog en tien keer per dag per mens; het antwoord zegt daar niets over.

    Who goes on for another branch is still that person in that login (docs/besluiten/0086).
    """
    op, sessie = timezone.now(), request.session
    mens = f"claim:{inlog_van(request).account_index}"
    inlog = f"{mens}:{sessie.get('ingelogd_op', sessie['begonnen'])}"
    te_vaak = tel(inlog, venster_s=10_800, maximum=PER_INLOG, op=op)
    return bool(te_vaak or tel(mens, venster_s=86_400, maximum=PER_DAG, op=op))
