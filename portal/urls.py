"""Where each address of the portal leads."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from portal import gezondheid
from portal.mijn.views import openbaar

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.mijn.urls_openbaar")),
    path("", include("portal.mijn.urls")),
    path("", include("accounts.urls")),
    path("beheer/", admin.site.urls),
    path("health/live", gezondheid.leeft, name="leeft"),
    path("health/ready", gezondheid.gereed, name="gereed"),
    path("metrics", gezondheid.cijfers, name="cijfers"),
    path("taal/", openbaar.taal, name="taal"),
    path("", include("portal.api.urls")),
    path("", include("portal.webhooks.urls")),
    path("registers/", include("portal.registers.urls")),
]

handler400 = "portal.mijn.views.fouten.onjuist"
handler403 = "portal.mijn.views.fouten.verboden"
handler404 = "portal.mijn.views.fouten.onvindbaar"
handler500 = "portal.mijn.views.fouten.mislukt"

if settings.NAGEBOOTST:
    urlpatterns.append(path("nagebootst/", include("accounts.nagebootst.urls")))
