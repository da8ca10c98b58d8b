"""Koppelen: een eerdere melding bij de eigen gegevens zetten, in drie stappen."""

import secrets
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.grenzen import CODE, begrensd
from accounts.limieten import tel
from accounts.sessie import vereist
from portal.klanten import handelingen
from portal.klanten.handelingen.claimen import Claim
from portal.klanten.regels import RegelGeschonden, VerkeerdeCode
from portal.mijn.antwoord import toon, vertrek
from portal.mijn.bewerken import eerder_getypt
from portal.mijn.forms.meldingen import ClaimcodeFormulier, HoudFormulier, ReferentieFormulier
from portal.mijn.toegang import authenticatie_van, eigen_klant
from portal.mijn.woorden import velden_in_woorden

CLAIM, SESSIE = "claim", "claim_sessie"
PER_SESSIE, PER_DAG = 5, 10


@vereist("claimen")
@require_http_methods(["GET", "POST"])
def koppelen(request: HttpRequest) -> HttpResponse:
    """Stap 1: het kenmerk; het antwoord is altijd hetzelfde, wat er ook bestaat."""
    formulier = ReferentieFormulier(
        request.POST if request.method == "POST" else None,
        initial=eerder_getypt(request, ReferentieFormulier),
        auto_id="koppelen-%s",
    )
    if formulier.is_bound and formulier.is_valid():
        if not _te_vaak(request):
            referentie = formulier.cleaned_data["referentie"]
            handelingen.begin_claim(referentie, **_claim(request))
            request.session[CLAIM] = {"referentie": referentie}
        return vertrek(request, reverse("mijn:koppelen_code"))
    return toon(request, "mijn/koppelen.html", formulier=formulier)


@vereist("claimen")
@begrensd(CODE, alleen_post=True)
@require_http_methods(["GET", "POST"])
def koppelen_code(request: HttpRequest) -> HttpResponse:
    """Stap 2: de code; één antwoord voor alles wat niet klopt."""
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
            klant = eigen_klant(request) if gevonden.samenvoegen_met else None
            in_klant = str(klant.pk) if klant else ""
            request.session[CLAIM] = {**claim, "waarden": waarden, "in_klant": in_klant}
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
        return vertrek(request, reverse("mijn:koppelen"))
    keuzes = [
        (pk, f"{velden_in_woorden([veld]).capitalize()}: {tekst}")
        for pk, veld, tekst in claim["waarden"]
    ]
    verstuurd = request.POST if request.method == "POST" else None
    begin = eerder_getypt(request, HoudFormulier)
    formulier = HoudFormulier(verstuurd, waarden=keuzes, initial=begin, auto_id="koppelen-%s")
    if formulier.is_bound and formulier.is_valid():
        try:
            _koppel(request, claim, formulier.cleaned_data["houd"])
        except RegelGeschonden as fout:
            formulier.add_error(None, fout.in_taal(gettext))
        else:
            request.session.pop(CLAIM, None)
            klaar = _("Uw melding staat nu bij uw gegevens.")
            return vertrek(request, reverse("mijn:meldingen"), klaar)
    return toon(
        request,
        "mijn/koppelen_kiezen.html",
        formulier=formulier,
        samenvoegen=bool(claim["in_klant"]),
    )


def _koppel(request: HttpRequest, claim: dict[str, Any], houd: list[str]) -> None:
    """Neem de gekozen waarden over, in een nieuwe klant of in de klant die er al is."""
    gekozen = [uuid.UUID(pk) for pk in houd]
    if not claim["in_klant"]:
        handelingen.claim_klant(claim["referentie"], houd=gekozen, **_claim(request))
        return
    in_klant = uuid.UUID(claim["in_klant"])
    handelingen.voeg_samen(claim["referentie"], in_klant=in_klant, houd=gekozen, **_claim(request))


def _claim(request: HttpRequest) -> Claim:
    """Wie claimt, in welke sessie; die blijft dezelfde als iemand tussendoor opnieuw inlogt."""
    sessie = request.session.setdefault(SESSIE, secrets.token_urlsafe(16))
    return Claim(door=authenticatie_van(request, "claimen"), sessie=sessie, op=timezone.now())


def _te_vaak(request: HttpRequest) -> bool:
    """Vijf keer per sessie en tien keer per dag per mens; het antwoord zegt daar niets over."""
    op, claim = timezone.now(), _claim(request)
    sessie = tel(f"claim:{claim['sessie']}", venster_s=10_800, maximum=PER_SESSIE, op=op)
    mens = claim["door"].subject_index
    return bool(sessie or tel(f"claim:{mens}", venster_s=86_400, maximum=PER_DAG, op=op))
