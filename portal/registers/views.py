"""Where the routeringcomponent of the municipality tells us that a zaak changed."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.registers import notificaties
from portal.registers.instellingen import instelling
from portal.registers.tasks import controleer_zaak


@login_not_required
@csrf_exempt
@require_POST
def ontvang(request: HttpRequest) -> HttpResponse:
    """204 for every message that is one, also one that does not concern us or was here before."""
    if nee := _weigering(request):
        return nee
    try:
        bericht = notificaties.lees(request.body)
    except notificaties.OngeldigBericht:
        return _fout(HTTPStatus.BAD_REQUEST, "ongeldig-bericht")
    with transaction.atomic():
        zaak = bericht.zaak()
        if zaak and notificaties.is_nieuw(bericht, op=timezone.now()):
            controleer_zaak.defer(zaak=zaak)
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"API-version": "1.0.0"})


def _weigering(request: HttpRequest) -> HttpResponse | None:
    """The agreed word in Authorization, compared in constant time; off as long as none is set."""
    verwacht = instelling("notificaties")["ontvangst"]
    gegeven = request.headers.get("Authorization", "")
    if not gegeven:
        return _fout(HTTPStatus.UNAUTHORIZED, "niet-ingelogd")
    if not verwacht or not constant_time_compare(gegeven, verwacht):
        return _fout(HTTPStatus.FORBIDDEN, "geen-toegang")
    return None


def _fout(status: HTTPStatus, code: str) -> HttpResponse:
    inhoud: dict[str, object] = {
        "type": f"urn:klantportaal:fout:{code}",
        "code": code,
        "title": status.phrase,
        "status": status.value,
        "detail": code,
        "instance": "urn:klantportaal:notificaties",
        **({"invalid-params": []} if status == HTTPStatus.BAD_REQUEST else {}),
    }
    return JsonResponse(inhoud, status=status, content_type="application/problem+json")
