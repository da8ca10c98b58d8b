"""Rechten in het beheerscherm: geven en intrekken met een reden; niets wordt stil gewijzigd."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.api import beheer
from portal.api.models import Rechtenhandeling, Toepassing, Token
from portal.api.rechten import Scope, Veld
from portal.webhooks.admin import toon_geheim

UITLEG = _("Geef deze sleutel langs een veilige weg aan het systeem. U ziet hem alleen nu.")


def _keuze(waarden: object) -> list[tuple[str, str]]:
    return [(str(w), str(w)) for w in waarden]  # type: ignore[attr-defined]


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """Wat een nieuw token mag; de sleutel verschijnt één keer na het opslaan."""

    scopes = forms.MultipleChoiceField(choices=_keuze(Scope), label=_("scopes"))
    doelen = forms.MultipleChoiceField(
        choices=lambda: _keuze(settings.DOELEN), label=_("doelen"), required=False
    )
    velden = forms.MultipleChoiceField(choices=_keuze(Veld), label=_("velden"), required=False)
    zgw = forms.BooleanField(label=_("geheim voor het koppelvlak van de standaard"), required=False)
    reden = forms.CharField(max_length=200, label=_("reden"))

    class Meta:
        model = Token
        fields = ["toepassing", "scopes", "doelen", "velden", "netwerken", "verloopt_op"]
        help_texts = {
            "netwerken": "Leeg: overal vandaan. Anders bijvoorbeeld 10.1.0.0/16,10.2.0.7/32.",
            "verloopt_op": "Daarna werkt de sleutel niet meer.",
        }

    def rechten(self) -> beheer.Rechten:
        """De ingevulde rechten; raises beheer.OngeldigRecht."""
        data = self.cleaned_data
        return beheer.Rechten(
            scopes=data["scopes"],
            doelen=data["doelen"],
            velden=data["velden"],
            netwerken=data["netwerken"] or (),
        )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        try:
            if not self.errors:
                self.rechten()
                if data["zgw"] and not data["toepassing"].client_id:
                    raise beheer.OngeldigRecht(_("de toepassing heeft geen client_id"))
        except beheer.OngeldigRecht as fout:
            raise forms.ValidationError(str(fout)) from fout
        return data


class IntrekkenForm(ActionForm):
    """De reden hoort bij de handeling."""

    reden = forms.CharField(max_length=200, required=False, label=_("reden"))


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Een token wordt gegeven of ingetrokken, nooit veranderd of verwijderd."""

    form = TokenForm
    action_form = IntrekkenForm
    actions = ["trek_in"]
    list_display = ["prefix", "toepassing", "scopes", "verloopt_op", "ingetrokken_op"]
    list_filter = ["toepassing"]

    def has_change_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Token, form: forms.Form, change: bool) -> None:
        """Geef het token via beheer; `response_add` toont de sleutel, één keer."""
        geef = beheer.geef_zgw_geheim if form.cleaned_data["zgw"] else beheer.geef_token
        request.sleutel = geef(  # type: ignore[attr-defined]  # this request only
            obj.toepassing,
            form.rechten(),  # type: ignore[attr-defined]  # TokenForm
            verloopt_op=obj.verloopt_op,
            door=str(request.user.pk),
            reden=form.cleaned_data["reden"],
            op=timezone.now(),
        )
        obj.pk = Token.objects.filter(toepassing=obj.toepassing).latest("pk").pk

    def response_add(
        self, request: HttpRequest, obj: Token, post_url_continue: str | None = None
    ) -> HttpResponse:
        return toon_geheim(
            request,
            request.sleutel,  # type: ignore[attr-defined]  # save_model put it there
            titel=_("Sleutel voor %s") % obj.toepassing,
            uitleg=str(UITLEG),
            verder=reverse("admin:api_token_changelist"),
        )

    @admin.action(description=_("Trek de gekozen tokens in"), permissions=["add"])
    def trek_in(self, request: HttpRequest, queryset: QuerySet[Token]) -> None:
        for token in queryset:
            try:
                beheer.trek_in(
                    token,
                    door=str(request.user.pk),
                    reden=request.POST.get("reden", ""),
                    op=timezone.now(),
                )
            except beheer.OngeldigRecht as fout:
                messages.error(request, f"{token}: {fout}")


class ToepassingForm(forms.ModelForm):  # type: ignore[type-arg]
    """De toepassing met de reden van deze handeling."""

    adres = forms.URLField(required=False, assume_scheme="https", label=_("adres van het systeem"))
    reden = forms.CharField(max_length=200, label=_("reden"))

    class Meta:
        model = Toepassing
        fields = [
            "bronorganisatie", "organisatie", "afdeling", "naam", "adres", "client_id", "actief",
        ]  # fmt: skip

    def clean_client_id(self) -> str | None:
        """Geen naam is None: twee toepassingen mogen er geen hebben."""
        return self.cleaned_data["client_id"] or None


@admin.register(Toepassing)
class ToepassingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Een systeem van de gemeente; stoppen is `actief` uit, nooit verwijderen."""

    form = ToepassingForm
    list_display = ["naam", "organisatie", "afdeling", "actief"]

    def save_model(
        self, request: HttpRequest, obj: Toepassing, form: forms.Form, change: bool
    ) -> None:
        """Bewaar via beheer, met de reden."""
        reden = form.cleaned_data["reden"]
        door = str(request.user.pk)
        beheer.bewaar_toepassing(obj, door=door, reden=reden, op=timezone.now())

    def has_delete_permission(self, request: HttpRequest, obj: Toepassing | None = None) -> bool:
        return False


@admin.register(Rechtenhandeling)
class RechtenhandelingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Wie wat deed en waarom: alleen te lezen."""

    list_display = ["gedaan_op", "soort", "toepassing", "prefix", "door", "reden"]
    search_fields = ["door", "prefix"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Rechtenhandeling | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Rechtenhandeling | None = None
    ) -> bool:
        return False
