"""The page for the functional manager: how each neighbour is, and what still waits for it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse

from portal.registers import stand
from portal.registers.models import Buurstand


@admin.register(Buurstand)
class BuurstandAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """A list to look at: every neighbour the product knows, also those never asked anything."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Buurstand | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Buurstand | None = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show `stand.stand()` in the frame of the management site."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "Buren",
            "opts": self.opts,
            "regels": stand.stand(),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/registers/buren.html", context)
