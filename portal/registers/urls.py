"""What neighbours may ask of us."""

from django.urls import path

from portal.registers import views

app_name = "registers"
urlpatterns = [path("notificaties/zaken", views.ontvang, name="notificaties")]
