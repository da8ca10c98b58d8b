"""Soorten meldingen en verzoeken, in te stellen door de functioneel beheerder."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone

from portal.klanten.models import Proces
from portal.klanten.toestand import te_lang_open


class ProcesForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """De termijn in dagen, en bij elke wijziging een reden."""

    dagen = forms.IntegerField(
        label="Bewaren na het einde (dagen)", min_value=1, max_value=365 * 20
    )
    reden = forms.CharField(label="Waarom deze wijziging", max_length=200)

    class Meta:
        model = Proces
        fields = ("code", "omschrijving", "bsn_vrij", "vereist_registeradres", "open_kanaal")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["dagen"].initial = self.instance.bewaartermijn.days

    def _post_clean(self) -> None:
        """Before the model is checked: its constraint wants the term too."""
        if dagen := self.cleaned_data.get("dagen"):
            self.instance.bewaartermijn = dt.timedelta(days=dagen)
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, without a stub


@admin.register(Proces)
class ProcesAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Toevoegen en wijzigen; een proces met interacties gaat niet weg (PROTECT)."""

    form = ProcesForm
    list_display = (
        "omschrijving", "code", "bsn_vrij", "open_kanaal", "vereist_registeradres", "te_lang_open",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proces]:
        """With how many of each are open for too long (docs/besluiten/0123)."""
        open_ = te_lang_open(timezone.now()).filter(proces=OuterRef("pk")).order_by()
        aantal = open_.values("proces").annotate(aantal=Count("pk")).values("aantal")
        alle: QuerySet[Proces] = super().get_queryset(request)
        return alle.annotate(aantal_te_lang_open=Subquery(aantal))

    @admin.display(description="te lang open")
    def te_lang_open(self, proces: Any) -> int:
        """Meldingen en vragen met gegevens, die niemand afsloot."""
        return proces.aantal_te_lang_open or 0

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """The reason stands in Django's log, beside the names of what changed."""
        bericht = super().construct_change_message(request, form, formsets, add)
        return [*bericht, {"reden": form.cleaned_data["reden"]}]
