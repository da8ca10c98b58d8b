"""Addresses of the API surfaces; only their documents are open."""

from django.urls import path

from portal.api.compat.notificaties import notificaties
from portal.api.compat.standaard import standaard
from portal.api.documenten import openapi_van, uitleg
from portal.api.eigen import eigen

urlpatterns = [
    path("api/v1/openapi.json", openapi_van(eigen)),
    path("api/v1/docs", uitleg, name="api-uitleg"),
    path("api/v1/", eigen.urls),
    path("klanten/api/v1/openapi.json", openapi_van(standaard)),
    path("klanten/api/v1/", standaard.urls),
    path("notificaties/api/v1/openapi.json", openapi_van(notificaties)),
    path("notificaties/api/v1/", notificaties.urls),
]
