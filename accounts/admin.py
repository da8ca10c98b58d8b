"""Wat aan iemands toegang gedaan is: alleen te lezen; doen gaat met `manage.py account`."""

from django.contrib import admin
from django.http import HttpRequest

from accounts.models import Toegangshandeling


@admin.register(Toegangshandeling)
class ToegangshandelingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Het spoor, nieuwste eerst; te zoeken op de index die `account toon` geeft."""

    list_display = ["op", "soort", "account", "door", "reden"]
    list_filter = ["soort"]
    search_fields = ["account", "door"]
    ordering = ["-op"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Toegangshandeling | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Toegangshandeling | None = None
    ) -> bool:
        return False
