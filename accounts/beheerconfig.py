"""Django's admin, with our own site in it."""

from django.contrib.admin.apps import AdminConfig


class BeheerConfig(AdminConfig):
    default_site = "accounts.beheer.Beheersite"
