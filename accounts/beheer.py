"""The management site: entered through the staff's own OpenID provider, on its own path and host.

There is no password to guess: who is not logged in as staff is sent to the provider.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.inlog import inlog_of_niets
from accounts.providers import aanbieders
from accounts.uitgang import uitloggen

PAD = "/beheer/"
OOK_OP_BEHEER = ("/inloggen/", "/nagebootst/", "/uitloggen/", "/uitgelogd/", "/sessie", "/static/",
                 "/health/", "/taal/")  # fmt: skip


def medewerkersmiddel() -> str:
    """The slug of the staff's provider; raises Http404 without one."""
    slug = next((a.slug for a in aanbieders().values() if a.middel == "medewerker"), None)
    if slug is None:
        raise Http404
    return slug


class Beheersite(admin.AdminSite):
    """Only for staff who came in through their provider and have a role."""

    site_header = site_title = "Beheer"
    site_url = None

    def has_permission(self, request: HttpRequest) -> bool:
        inlog = inlog_of_niets(request)
        return bool(inlog and inlog.is_medewerker and super().has_permission(request))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send on to the provider; staff without a role get 403, not a circle of logins."""
        inlog = inlog_of_niets(request)
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        if inlog and inlog.is_medewerker:
            raise PermissionDenied
        vraag = urlencode({"next": request.GET.get("next", reverse("admin:index"))})
        start = reverse("accounts:start", args=[medewerkersmiddel()])
        return HttpResponseRedirect(f"{start}?{vraag}")

    def logout(  # type: ignore[override]  # no page, but a redirect
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        """Logging out goes one way, for everybody."""
        return uitloggen(request)

    def get_urls(self) -> list[Any]:
        """There is no password to change."""
        return [
            url for url in super().get_urls() if "password" not in (getattr(url, "name", "") or "")
        ]


def groep(naam: str) -> Group:
    """The group of a role, with the rights that BEHEER_RECHTEN gives it on what the site shows."""
    gevonden, _ = Group.objects.get_or_create(name=naam)
    gevonden.permissions.set(_rechten(settings.BEHEER_RECHTEN.get(naam, ())))
    return gevonden


def _rechten(acties: Iterable[str]) -> list[Permission]:
    modellen = list(admin.site._registry)
    soorten = ContentType.objects.get_for_models(*modellen, for_concrete_models=False)
    namen = {
        (soort.pk, f"{actie}_{model._meta.model_name}")
        for model, soort in soorten.items()
        for actie in acties
    }
    rechten = Permission.objects.filter(content_type__in=soorten.values())
    return [recht for recht in rechten if (recht.content_type_id, recht.codename) in namen]


class Beheerpoort:
    """The management site exists on BEHEER_HOST only, and little else exists there.

    Without BEHEER_HOST there is no management, but for the demo, which has one host.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host, hier = settings.BEHEER_HOST, request.get_host()
        beheer = request.path.startswith(PAD)
        if beheer and hier != host and (host or not settings.DEMO):
            raise Http404
        if host and hier == host and not beheer:
            if request.path == "/":
                return HttpResponseRedirect(PAD)
            if not request.path.startswith(OOK_OP_BEHEER):
                raise Http404
        return self.get_response(request)
