"""The addresses of the stand-in provider; included only where it is installed."""

from django.urls import path

from accounts.nagebootst import views

app_name = "nagebootst"
urlpatterns = [
    path("<slug:middel>/.well-known/openid-configuration", views.ontdekking, name="ontdekking"),
    path("<slug:middel>/jwks", views.jwks, name="jwks"),
    path("<slug:middel>/authorize", views.authorize, name="authorize"),
    path("<slug:middel>/token", views.token, name="token"),
    path("<slug:middel>/userinfo", views.userinfo, name="userinfo"),
    path("<slug:middel>/uitloggen", views.uitloggen, name="uitloggen"),
]
