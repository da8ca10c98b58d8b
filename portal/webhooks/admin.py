"""Abonnementen in het beheerscherm: elke handeling via `beheer`, met een reden."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.klanten.regels import RegelGeschonden
from portal.webhooks import beheer, handdruk, herstel, overzicht
from portal.webhooks.admin_forms import AbonnementForm, HandelingForm
from portal.webhooks.models import Abonnement, Beheerhandeling

Doe = Callable[[Abonnement, HandelingForm, beheer.Door], str]


def _hand(doe: Callable[..., handdruk.Uitslag]) -> Doe:
    def geef(abonnement: Abonnement, form: HandelingForm, door: beheer.Door) -> str:
        uitslag = doe(abonnement, door=door)
        if uitslag.fout:
            raise RegelGeschonden(uitslag.fout)
        return " ".join(uitslag.waarschuwingen) or _("De ontvanger nam het testbericht aan.")

    return geef


def _gewoon(doe: Callable[..., object], *velden: tuple[str, str], **vast: object) -> Doe:
    def voer_uit(abonnement: Abonnement, form: HandelingForm, door: beheer.Door) -> str:
        keuze = {naar: form.cleaned_data[van] for van, naar in velden}
        uit = doe(abonnement.pk, door=door, **keuze, **vast)
        return _("%d berichten gaan nog eens.") % uit if isinstance(uit, int) else _("Gedaan.")

    return voer_uit


DOEN: dict[str, Doe] = {
    "geef_hand": _hand(handdruk.geef_hand),
    "stuur_test": _hand(handdruk.stuur_test),
    "bevestig": _gewoon(beheer.bevestig),
    "pauzeer": _gewoon(beheer.pauzeer, ("moment", "tot")),
    "hervat": _gewoon(beheer.hervat),
    "probeer_nu": _gewoon(beheer.probeer_nu),
    "sla_over": _gewoon(herstel.sla_over, ("onderwerp", "onderwerp")),
    "herhaal_een": _gewoon(
        herstel.herhaal_een, ("onderwerp", "onderwerp"), ("volgnummer", "volgnummer")
    ),
    "herhaal_onderwerp": _gewoon(herstel.herhaal_onderwerp, ("onderwerp", "onderwerp")),
    "herhaal_sinds": _gewoon(herstel.herhaal_sinds, ("moment", "sinds")),
    "informatierijk_aan": _gewoon(beheer.zet_informatierijk, ("doel", "doel"), aan=True),
    "informatierijk_uit": _gewoon(beheer.zet_informatierijk, aan=False, doel=""),
    "trek_in": _gewoon(beheer.trek_in, ("open_gezien", "open_gezien")),
}
GEHEIMEN = {"roteer": beheer.roteer, "meld_gelekt": beheer.meld_gelekt}


@admin.register(Abonnement)
class AbonnementAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Lijst met stand, pagina met banen en pogingen, en één formulier voor handelingen."""

    form = AbonnementForm
    change_form_template = "admin/webhooks/abonnement.html"
    list_display = [
        "naam",
        "status",
        "open_berichten",
        "wacht_sinds",
        "gelukt_op",
        "per_minuut",
    ]
    list_filter = ["status", "vorm"]
    search_fields = ["naam", "contact"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Abonnement]:
        return overzicht.met_cijfers(super().get_queryset(request))

    @admin.display(description="open", ordering="aantal_open")
    def open_berichten(self, obj: Abonnement) -> int:
        return int(getattr(obj, "aantal_open", 0) or 0)

    @admin.display(description="wacht sinds", ordering="oudste")
    def wacht_sinds(self, obj: Abonnement) -> object:
        return getattr(obj, "oudste", None) or "-"

    def has_delete_permission(self, request: HttpRequest, obj: Abonnement | None = None) -> bool:
        """Een abonnement wordt ingetrokken, nooit verwijderd."""
        return False

    def get_urls(self) -> list[URLPattern]:
        doe = self.admin_site.admin_view(require_POST(self.handeling))
        return [path("<int:pk>/handeling/", doe, name="webhooks_handeling"), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        abonnement = get_object_or_404(Abonnement, pk=object_id)
        aantal = beheer.aantal_open(abonnement)
        stand = {
            "abonnement": abonnement,
            "aantal_open": aantal,
            "oudste": overzicht.oudste_open(abonnement),
            "banen": overzicht.wachtende_banen(abonnement),
            "pogingen": overzicht.laatste_pogingen(abonnement),
            "handelingen": abonnement.beheerhandelingen.order_by("-op")[: overzicht.HOOGUIT],
            "handeling_form": HandelingForm(initial={"open_gezien": aantal}),
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **stand})

    def save_model(self, request: HttpRequest, obj: Abonnement, form: Any, change: bool) -> None:
        """Bewaar via beheer; alleen gekozen kolommen, nooit de stand van de onderbreker."""
        door = beheer.Door(
            wie=str(request.user.pk), reden=form.cleaned_data["reden"], op=timezone.now()
        )
        if change:
            beheer.wijzig(obj.pk, form.gegevens(), door=door)
            return
        gemaakt, geheim = beheer.maak(form.gegevens(), door=door)
        obj.pk, obj.uuid = gemaakt.pk, gemaakt.uuid
        request.webhookgeheim = geheim  # type: ignore[attr-defined]  # this request only

    def response_add(
        self, request: HttpRequest, obj: Abonnement, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._toon_geheim(request, obj, request.webhookgeheim)  # type: ignore[attr-defined]

    def handeling(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Voer één handeling uit; een regel die nee zegt wordt een melding."""
        abonnement = get_object_or_404(Abonnement, pk=pk)
        terug = HttpResponseRedirect(reverse("admin:webhooks_abonnement_change", args=[pk]))
        form = HandelingForm(request.POST)
        if not self.has_change_permission(request, abonnement) or not form.is_valid():
            for veld, meldingen in form.errors.items():
                kop = f"{form[veld].label}: " if veld in form.fields else ""
                messages.error(request, kop + " ".join(map(str, meldingen)))
            return terug
        wat, door = form.cleaned_data["handeling"], form.door(str(request.user.pk))
        try:
            if wat in GEHEIMEN:
                return self._toon_geheim(request, abonnement, GEHEIMEN[wat](pk, door=door))
            messages.success(request, DOEN[wat](abonnement, form, door))
        except RegelGeschonden as fout:
            messages.error(request, fout.melding)
        return terug

    def _toon_geheim(
        self, request: HttpRequest, abonnement: Abonnement, geheim: str
    ) -> HttpResponse:
        return toon_geheim(
            request,
            geheim,
            titel=_("Geheim van %s") % abonnement.naam,
            uitleg=_(
                "Geef dit geheim langs een veilige weg aan de ontvanger. U ziet het alleen nu."
            ),
            verder=reverse("admin:webhooks_abonnement_change", args=[abonnement.pk]),
        )


def toon_geheim(
    request: HttpRequest, geheim: str, *, titel: str, uitleg: str, verder: str
) -> HttpResponse:
    """Het geheim staat alleen in dit ene antwoord, dat niemand bewaart; `verder` is een adres."""
    gegevens = {
        **admin.site.each_context(request),
        "title": titel,
        "subtitle": None,
        "geheim": geheim,
        "uitleg": uitleg,
        "verder": verder,
    }
    antwoord = TemplateResponse(request, "admin/geheim.html", gegevens)
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord


@admin.register(Beheerhandeling)
class BeheerhandelingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Alleen lezen: het spoor van beheer."""

    list_display = ["op", "abonnement", "soort", "wie", "reden"]
    list_filter = ["soort"]
    search_fields = ["wie"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
