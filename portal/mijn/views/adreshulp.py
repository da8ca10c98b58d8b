"""Adreshulp: straat en plaats bij postcode en nummer, bij het invullen; nooit een voorwaarde."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.inlog import inlog_van
from accounts.limieten import tel
from accounts.sessie import vereist
from portal.klanten.regels import Adressoort
from portal.mijn.forms.postadres import PostadresFormulier
from portal.mijn.panelen.adres import RIJ
from portal.registers import basisgegevens

PER_TIEN_MINUTEN = 60
NIETS = 204


@vereist("postadres")
@require_POST
def adreshulp(request: HttpRequest) -> HttpResponse:
    """Vul straat en plaats in als zij nog leeg zijn; anders verandert er niets (204)."""
    gevonden = _zoek(request)
    if gevonden is None:
        return HttpResponse(status=NIETS)
    straat, plaats = gevonden
    formulier = PostadresFormulier(
        initial={"straat": straat, "plaats": plaats}, auto_id=f"{RIJ}-%s"
    )
    for naam in ("straat", "plaats"):
        formulier.fields[naam].widget.attrs["data-hx-swap-oob"] = "true"
    return render(request, "mijn/adreshulp.html", {"formulier": formulier})


def _zoek(request: HttpRequest) -> tuple[str, str] | None:
    """De ene straat en plaats bij wat er staat; None als er geen of meer dan één is."""
    velden = request.POST
    ingevuld = velden.get("straat", "").strip() or velden.get("plaats", "").strip()
    if ingevuld or velden.get("soort") != Adressoort.STRAAT or not _mag(request):
        return None
    beeld = basisgegevens.adressen(velden.get("postcode", ""), velden.get("huisnummer", ""))
    plekken = {(adres.straat, adres.plaats) for adres in beeld.waarde or ()}
    return plekken.pop() if len(plekken) == 1 else None


def _mag(request: HttpRequest) -> bool:
    sleutel = f"adreshulp:{inlog_van(request).account_index}"
    return not tel(sleutel, venster_s=600, maximum=PER_TIEN_MINUTEN, op=timezone.now())
