"""The building blocks: one way to draw a field, a row, a panel; what was typed stays text."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django_htmx.middleware import HtmxDetails

from portal.mijn.invoer import Invoertekenaar
from portal.mijn.onderdelen import Actie, Badge, Paneel, Rij
from portal.mijn.templatetags.onderdelen import paneel
from portal.mijn.templatetags.portaal import datum, kloktijd, moment, tijd
from tests.mensen import NU


class Proef(forms.Form):
    nummer = forms.CharField(label="Telefoonnummer", help_text="Begin met +.", max_length=5)
    kanaal = forms.ChoiceField(
        label="Hoe", choices=[("post", "Per brief"), ("sms", "Per sms")], widget=forms.RadioSelect
    )
    akkoord = forms.BooleanField(label="Ik ga akkoord", required=False)
    sleutel = forms.CharField(widget=forms.HiddenInput)


def teken(sjabloon: str, *, htmx: bool = False, **context: Any) -> Tag:
    verzoek = RequestFactory().get("/", headers={"HX-Request": "true"} if htmx else {})
    verzoek.htmx = HtmxDetails(verzoek)
    return BeautifulSoup(render_to_string(sjabloon, {**context, "request": verzoek}), "html.parser")


def veld(formulier: forms.Form, naam: str, **zo: Any) -> Tag:
    return teken("componenten/veld.html", veld=formulier[naam], **zo)


def getekend(een: Paneel) -> Tag:
    return BeautifulSoup(paneel(Context({"csrf_token": TOKEN}), een), "html.parser")


TOKEN = "t-1"
FOUT = {"nummer": "06 abc <b>", "kanaal": "sms", "sleutel": "k"}


def test_een_fout_staat_tussen_uitleg_en_invoer_en_wordt_voorgelezen() -> None:
    soep = veld(Proef(FOUT), "nummer")
    volgorde = [e.get("id") or e.name for e in soep.select("label, p, div[id], input")]
    assert volgorde == ["label", "hulp-id_nummer", "fout-id_nummer", "id_nummer"]
    invoer = soep.select_one("input")
    assert invoer["aria-describedby"] == "fout-id_nummer hulp-id_nummer"
    assert (invoer["aria-invalid"], invoer["value"]) == ("true", "06 abc <b>")


def test_een_verplicht_veld_zegt_dat_zonder_de_browser_te_laten_weigeren() -> None:
    invoer = veld(Proef(), "nummer").select_one("input")
    assert invoer["aria-required"] == "true"
    assert not invoer.has_attr("required")
    assert "aria-invalid" not in invoer.attrs


def test_keuzes_staan_in_een_groep_met_een_opschrift() -> None:
    groep = veld(Proef(), "kanaal").select_one("fieldset")
    assert groep.legend.get_text(strip=True) == "Hoe"
    assert {e["for"] for e in groep.select("label")} == {e["id"] for e in groep.select("input")}


def test_een_vinkje_heeft_zijn_tekst_ernaast_en_een_verborgen_veld_toont_niets() -> None:
    assert veld(Proef(), "akkoord").select_one("input + label").get_text() == "Ik ga akkoord"
    assert veld(Proef(), "sleutel").get_text(strip=True) == ""


@pytest.mark.parametrize(
    ("ingevuld", "htmx", "verwacht"),
    [(FOUT, False, True), (FOUT, True, False), ({"sleutel": "k"}, True, True)],
)
def test_het_foutoverzicht_komt_zonder_htmx_of_bij_meer_fouten(
    ingevuld: dict[str, str], htmx: bool, verwacht: bool
) -> None:
    formulier = Proef(MultiValueDict({naam: [waarde] for naam, waarde in ingevuld.items()}))
    formulier.full_clean()
    overzicht = teken("componenten/foutoverzicht.html", htmx=htmx, formulier=formulier)
    assert bool(overzicht.select("[role=alert]")) is verwacht


def test_een_keuzelijst_is_die_van_django() -> None:
    class Land(forms.Form):
        land = forms.ChoiceField(
            choices=[("", "Kies <een>"), ("BE", "België"), ("NL", "Nederland")]
        )

    formulier = Land({"land": "BE"})
    ons = veld(formulier, "land").select_one("select")
    django = BeautifulSoup(formulier["land"].as_widget(), "html.parser").select_one("select")
    assert [(o["value"], o.has_attr("selected"), o.text) for o in ons.select("option")] == [
        (o["value"], o.has_attr("selected"), o.text) for o in django.select("option")
    ]
    assert (ons["name"], ons["id"]) == (django["name"], django["id"])


@pytest.mark.parametrize("waarde", [None, "", "0", 0, False, True, "a\" <b> & 'c'", "٣ €"])
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput(attrs={"dir": "auto", "data-focus": "", "aria-invalid": False}),
        forms.HiddenInput(),
        forms.EmailInput(attrs={"required": True, "title": '"<&'}),
        forms.NumberInput(attrs={"min": 0}),
        forms.CheckboxInput(),
        forms.CheckboxInput(attrs={"value": "ja"}),
    ],
    ids=lambda widget: type(widget).__name__,
)
def test_een_invoerveld_is_dat_van_django(widget: forms.Widget, waarde: object) -> None:
    ons = widget.render("naam<", waarde, {"id": "n-1"}, Invoertekenaar())
    assert ons == widget.render("naam<", waarde, {"id": "n-1"}, DjangoTemplates())


@pytest.mark.parametrize("veld", [forms.ChoiceField, forms.MultipleChoiceField])
def test_een_keuze_is_die_van_django_los_en_in_de_hele_groep(veld: type[forms.Field]) -> None:
    vorm = forms.CheckboxSelectMultiple if veld is forms.MultipleChoiceField else forms.RadioSelect

    class Hoe(forms.Form):
        hoe = veld(choices=[("post", "Per brief"), ("<sms>", "Per <sms>")], widget=vorm)

    def html(tekenaar: DjangoTemplates) -> list[str]:
        hoe = Hoe({"hoe": "<sms>"}, renderer=tekenaar)["hoe"]
        return [str(hoe), *(keuze.tag() for keuze in hoe.subwidgets)]

    assert html(Invoertekenaar()) == html(DjangoTemplates())


def test_het_overzicht_wijst_elke_fout_aan_ook_in_een_groep() -> None:
    formulier = Proef({"sleutel": "k"})
    soep = teken("componenten/foutoverzicht.html", formulier=formulier)
    assert [a["href"] for a in soep.select("a")] == ["#id_nummer", "#id_kanaal_0"]


@pytest.mark.parametrize(("htmx", "verwacht"), [(True, ["id_nummer"]), (False, [])])
def test_na_een_wissel_gaat_de_aandacht_naar_het_enige_foute_veld(
    htmx: bool, verwacht: list[str]
) -> None:
    formulier = Proef(FOUT)
    formulier.full_clean()
    soep = teken("componenten/veld.html", htmx=htmx, veld=formulier["nummer"])
    assert [e["id"] for e in soep.select("[data-focus]")] == verwacht


def test_een_rij_vertaalt_een_waarde_niet_en_toont_opmaak_als_tekst() -> None:
    rij = Rij(
        id="tel-1",
        label="Mobiel",
        waarde="<script>1</script>",
        badges=[Badge("goed", "Bevestigd")],
        acties=[Actie(url="/x/", tekst="Wijzigen", ding="telefoonnummer", doel="#tel-1")],
        melding="Opgeslagen.",
    )
    soep = getekend(Paneel(id="tel", icoon="phone", titel="Telefoon", rijen=[rij]))
    waarde = soep.select_one(".kg-rij__tekst")
    assert (waarde.get_text(), waarde["translate"], waarde["dir"]) == (rij.waarde, "no", "auto")
    assert soep.select_one("#tel-1")["data-melding"] == "Opgeslagen."
    assert soep.select_one("a").get_text() == "Wijzigen telefoonnummer"


def test_wat_iets_laat_zien_is_een_knop_met_een_token() -> None:
    actie = Actie(url="/x/?a=1&b=2", tekst="Laat zien", ding="IBAN", doel="#rekening", post=True)
    soep = getekend(Paneel(id="iban", icoon="eye", titel="IBAN", toevoegen=[actie]))
    formulier = soep.select_one("form[method=post]")
    assert (formulier["action"], formulier["data-hx-post"]) == (f"{actie.url}#rekening", actie.url)
    assert formulier.select_one("[name=csrfmiddlewaretoken]")["value"] == TOKEN
    assert formulier.select_one("button").get_text() == "Laat zien IBAN"


def test_een_leeg_paneel_zegt_dat_het_leeg_is() -> None:
    soep = getekend(
        Paneel(id="tel", icoon="phone", titel="Telefoon", leeg="U heeft nog geen nummer.")
    )
    assert soep.select_one("summary > h2").get_text() == "Telefoon"
    assert "U heeft nog geen nummer." in soep.get_text()
    assert not soep.select_one("details").has_attr("open")


def test_datum_en_tijd_staan_uitgeschreven_in_beide_talen() -> None:
    with translation.override("nl"):
        assert moment(NU) == "20 november 2026 om 11.00 uur"
        assert tijd(NU).startswith('<time datetime="2026-11-20T10:00:00+00:00">')
    with translation.override("en"):
        assert (datum(NU), kloktijd(NU)) == ("20 November 2026", "11:00")
        assert moment(NU) == "20 November 2026 at 11:00"


def test_zonder_moment_staat_er_niets() -> None:
    assert (datum(None), moment(None), tijd(None)) == ("", "", "")
