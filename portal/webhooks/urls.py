"""De openbare adressen van de webhooks."""

from django.urls import path

from portal.webhooks import views

app_name = "webhooks"
urlpatterns = [path("schemas/<slug:naam>.v1.json", views.schema, name="schema")]
