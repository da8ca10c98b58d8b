"""Where each address of the portal leads."""

from django.urls import URLPattern, URLResolver, include, path

from portal.mijn.views import openbaar

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.mijn.urls_openbaar")),
    path("taal/", openbaar.taal, name="taal"),
]
