"""Where each address of logging in leads; the fixed pages before the slug of a provider."""

from django.urls import path

from accounts import uitgang, views

app_name = "accounts"
urlpatterns = [
    path("inloggen/opnieuw/", views.opnieuw, name="opnieuw"),
    path("inloggen/geannuleerd/", views.uitkomst, {"pagina": "geannuleerd"}, name="geannuleerd"),
    path("inloggen/mislukt/", views.uitkomst, {"pagina": "mislukt"}, name="mislukt"),
    path("inloggen/niveau/", views.uitkomst, {"pagina": "niveau"}, name="niveau"),
    path("inloggen/geen-toegang/", views.uitkomst, {"pagina": "geen_toegang"}, name="geen_toegang"),
    path("inloggen/sleutels/", uitgang.openbare_sleutels, name="sleutels"),
    path("inloggen/<slug:slug>/", views.start, name="start"),
    path("inloggen/<slug:slug>/terug/", views.terug, name="terug"),
    path("inloggen/<slug:slug>/afgemeld/", uitgang.afgemeld, name="afgemeld"),
    path("sessie/verlengen/", uitgang.verlengen, name="verlengen"),
    path("uitloggen/", uitgang.uitloggen, name="uitloggen"),
    path("uitgelogd/", uitgang.uitgelogd, name="uitgelogd"),
    path("sessie-verlopen/", uitgang.sessie_verlopen, name="sessie_verlopen"),
]
