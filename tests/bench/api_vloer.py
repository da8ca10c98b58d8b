"""The floor of the measurement: one view, one indexed SELECT."""

from uuid import UUID

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path


def lees(request: HttpRequest, klant: UUID) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("select klantnummer from klanten_klant where id = %s", [klant])
        return JsonResponse({"klantnummer": cursor.fetchone()[0]})


urlpatterns = [path("<uuid:klant>", lees)]
