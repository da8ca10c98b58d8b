"""The portal with one address more: every error page, to look at without breaking anything."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.test import override_settings
from django.urls import include, path

from accounts.grenzen import te_vaak
from portal import urls
from portal.mijn.views import fouten

handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@login_not_required
def fout(request: HttpRequest, status: int) -> HttpResponse:
    """The page of this status as an answer of 200; a 503 as after sending a form."""
    if status == 503:
        request.method = "POST"
        request.POST = QueryDict("waarde=Noortje&sleutel=7e1f")  # type: ignore[assignment]
    request.user.is_authenticated  # noqa: B018 - as a page behind login has looked already
    antwoord = fouten.foutpagina(request, status)
    antwoord.status_code = 200
    return antwoord


@login_not_required
def vaak(request: HttpRequest, wat: str) -> HttpResponse:
    """What who tries too often gets, at the first try."""
    with override_settings(INLOG_PER_MINUUT=0):
        antwoord = te_vaak(request, wat)
    return antwoord or HttpResponse(status=500)


@login_not_required
def druk(request: HttpRequest) -> HttpResponse:
    """What who logs in gets when no place is free."""
    return render(request, "inloggen/druk.html", status=503)


urlpatterns = [
    path("proef/<int:status>/", fout),
    path("proef/te-vaak/<slug:wat>/", vaak),
    path("proef/druk/", druk),
    path("", include(urls)),
]
