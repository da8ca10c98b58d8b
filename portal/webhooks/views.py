"""Wat ontvangers openbaar kunnen lezen: de schema's van de berichten."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.webhooks.afzender import afzender
from portal.webhooks.schemas import schema as maak_schema


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def schema(request: HttpRequest, naam: str) -> JsonResponse:
    """Geef het JSON-schema waar `dataschema` in een bericht naar wijst."""
    inhoud = maak_schema(naam, afzender().adres)
    if inhoud is None:
        raise Http404
    return JsonResponse(
        inhoud, content_type="application/schema+json", json_dumps_params={"indent": 1}
    )
