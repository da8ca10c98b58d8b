"""Addresses of the public pages."""

from django.urls import path

from portal.mijn.views import openbaar

app_name = "openbaar"
urlpatterns = [
    path("", openbaar.start, name="start"),
    path("hulp/", openbaar.hulp, name="hulp"),
    path("privacy/", openbaar.pagina, {"naam": "privacy"}, name="privacy"),
    path("cookies/", openbaar.cookies, name="cookies"),
    path(
        "toegankelijkheid/", openbaar.pagina, {"naam": "toegankelijkheid"}, name="toegankelijkheid"
    ),
    path("kwetsbaarheid/", openbaar.pagina, {"naam": "kwetsbaarheid"}, name="kwetsbaarheid"),
    path("welke-gegevens/", openbaar.welke_gegevens, name="welke_gegevens"),
    path(".well-known/security.txt", openbaar.beveiligingscontact, name="security_txt"),
    path("robots.txt", openbaar.robots, name="robots"),
]
