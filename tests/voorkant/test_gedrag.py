"""What people do: with the keyboard only, without JavaScript, with forced colours, too slowly."""

import re
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

from portal.klanten.models import DigitaalAdres
from tests.browser import Venster, expect, log_in
from tests.voorkant.paginas import mensen

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NAAM = 'a[href="/mijn-gegevens/naam/"]'


def tab_naar(bladzijde: "Page", kiezer: str) -> None:
    """Press Tab until this has focus; a hundred is more than any page needs."""
    for _ in range(100):
        bladzijde.keyboard.press("Tab")
        if bladzijde.evaluate("(k) => document.activeElement.matches(k)", kiezer):
            return
    pytest.fail(f"met Tab is {kiezer} niet te bereiken")


def op_mijn_gegevens(venster: Venster, **zo: object) -> "Page":
    mensen()
    bladzijde = venster(**zo)
    log_in(bladzijde, "noor", niveau=30)
    bladzijde.goto("/mijn-gegevens/")
    return bladzijde


@pytest.mark.e2e
def test_met_alleen_het_toetsenbord_wijzigt_noor_haar_naam(venster: Venster) -> None:
    bladzijde = op_mijn_gegevens(venster)
    tab_naar(bladzijde, f"{NAAM}[data-hx-get]")
    bladzijde.keyboard.press("Enter")
    invoer = bladzijde.locator(".kg-bewerk input:visible").first
    expect(invoer).to_be_focused()
    bladzijde.keyboard.press("Control+a")
    bladzijde.keyboard.type("Noor Şahin")
    bladzijde.keyboard.press("Enter")
    expect(bladzijde.locator("#melding")).to_contain_text("opgeslagen")
    expect(bladzijde.locator(f"{NAAM}[data-hx-get]").first).to_be_focused()
    expect(bladzijde.locator("#inhoud")).to_contain_text("Noor Şahin")


@pytest.mark.e2e
def test_de_overslaglink_brengt_het_toetsenbord_bij_de_inhoud(venster: Venster) -> None:
    bladzijde = op_mijn_gegevens(venster)
    bladzijde.keyboard.press("Tab")
    expect(bladzijde.locator(".nl-skip-link")).to_be_focused()
    bladzijde.keyboard.press("Enter")
    expect(bladzijde.locator("#inhoud")).to_be_focused()


@pytest.mark.e2e
def test_een_fout_zet_de_invoer_in_beeld_en_annuleren_de_link_terug(venster: Venster) -> None:
    bladzijde = op_mijn_gegevens(venster)
    link = bladzijde.locator(f"{NAAM}[data-hx-get]").first
    link.click()
    invoer = bladzijde.locator(".kg-bewerk input:visible").first
    invoer.fill("x" * 201)
    bladzijde.get_by_role("button", name="Opslaan").click()
    expect(invoer).to_have_attribute("aria-invalid", "true")
    expect(invoer).to_be_focused()
    assert invoer.input_value() == "x" * 201
    bladzijde.get_by_role("link", name="Annuleren").click()
    expect(link).to_be_focused()


def open_twee_rijen(bladzijde: "Page", paneel: str, *rijen: str) -> "Locator":
    """Open the forms of these rows of a panel; gives the second one."""
    details = bladzijde.locator(f"details#{paneel}")
    details.evaluate("el => { el.open = true; }")
    for rij in rijen:
        details.locator(f'a[data-hx-target="#{rij}"]').first.click()
        details.locator(f"#{rij} form").first.wait_for()
    return details.locator(f"#{rijen[-1]}")


@pytest.mark.e2e
@pytest.mark.parametrize("knop", ["Opslaan", "Annuleren"])
def test_wie_een_rij_afrondt_houdt_wat_in_de_andere_gekozen_is(venster: Venster, knop: str) -> None:
    bladzijde = op_mijn_gegevens(venster)
    ander = open_twee_rijen(bladzijde, "voorkeuren", "rij-zaken", "rij-afspraken")
    for rij in (bladzijde.locator("#rij-zaken"), ander):
        rij.locator("[name=keuze][value=post]").check()
    bladzijde.locator("#rij-zaken").get_by_text(knop, exact=True).click()
    expect(bladzijde.locator("#rij-zaken form")).to_have_count(0)
    expect(ander.locator("[name=keuze][value=post]")).to_be_checked()
    ander.get_by_role("button", name="Opslaan").click()
    expect(ander.locator("form")).to_have_count(0)
    expect(ander).to_contain_text("Per brief")


@pytest.mark.e2e
def test_een_open_rij_die_intussen_weg_is_houdt_haar_tekst(venster: Venster) -> None:
    bladzijde = op_mijn_gegevens(venster)
    rij = DigitaalAdres.objects.filter(soort="telefoon").first()
    assert rij
    nummer = open_twee_rijen(bladzijde, "telefoon", "telefoon-nieuw", f"rij-{rij.pk}")
    nummer.locator("[name=code]").fill("123456")
    DigitaalAdres.objects.filter(soort="telefoon").delete()
    bladzijde.locator("#telefoon-nieuw").get_by_role("link", name="Annuleren").click()
    expect(bladzijde.locator("#telefoon-nieuw form")).to_have_count(0)
    expect(nummer.locator("[name=code]")).to_have_value("123456")


@pytest.mark.e2e
def test_een_antwoord_dat_niet_geplaatst_wordt_kost_geen_open_rij(venster: Venster) -> None:
    bladzijde = op_mijn_gegevens(venster)
    ander = open_twee_rijen(bladzijde, "voorkeuren", "rij-zaken", "rij-afspraken")
    ander.locator("[name=keuze][value=post]").check()
    bladzijde.evaluate("addEventListener('htmx:beforeSwap', (e) => e.preventDefault())")
    with bladzijde.expect_response("**/mijn-gegevens/**"):
        bladzijde.locator("#rij-zaken").get_by_text("Annuleren", exact=True).click()
    bladzijde.wait_for_function("!document.querySelector('.htmx-request')")
    expect(ander.locator("[name=keuze][value=post]")).to_be_checked()


@pytest.mark.e2e
def test_zonder_verbinding_blijft_staan_wat_getypt_is(venster: Venster) -> None:
    bladzijde = op_mijn_gegevens(venster)
    bladzijde.locator(f"{NAAM}[data-hx-get]").first.click()
    invoer = bladzijde.locator(".kg-bewerk input:visible").first
    invoer.fill("Noor de Wit")
    bladzijde.route("**/mijn-gegevens/naam/", lambda route: route.fulfill(status=503, body=""))
    bladzijde.get_by_role("button", name="Opslaan").click()
    expect(bladzijde.locator("#storing")).to_be_focused()
    expect(bladzijde.locator("#storing p:visible")).to_contain_text("niet zeker")
    assert invoer.input_value() == "Noor de Wit"


@pytest.mark.e2e
def test_wie_geweigerd_is_leest_dat_er_niets_is_opgeslagen(venster: Venster) -> None:
    bladzijde = op_mijn_gegevens(venster)
    bladzijde.locator(f"{NAAM}[data-hx-get]").first.click()
    bladzijde.route("**/mijn-gegevens/naam/", lambda route: route.fulfill(status=403, body=""))
    bladzijde.get_by_role("button", name="Opslaan").click()
    expect(bladzijde.locator("#storing p:visible")).to_have_text(
        "Er ging iets mis. Uw wijziging is niet opgeslagen. Probeer het opnieuw."
    )


@pytest.mark.e2e
def test_zonder_javascript_wijzigt_noor_haar_naam_na_een_fout(venster: Venster) -> None:
    bladzijde = op_mijn_gegevens(venster, js=False)
    bladzijde.locator(NAAM).first.click()
    naam = bladzijde.locator(".kg-bewerk input:visible").first
    naam.fill("x" * 201)
    bladzijde.get_by_role("button", name="Opslaan").click()
    expect(bladzijde).to_have_title(re.compile("^Fout: "))
    expect(bladzijde.locator('[role="alert"]')).to_be_focused()
    naam.fill("Noor zonder script")
    bladzijde.get_by_role("button", name="Opslaan").click()
    expect(bladzijde.locator(".utrecht-alert--ok")).to_contain_text("opgeslagen")
    expect(bladzijde.locator("#inhoud")).to_contain_text("Noor zonder script")


@pytest.mark.e2e
def test_zonder_javascript_is_in_beeld_wat_net_is_opgeslagen(venster: Venster) -> None:
    bladzijde = op_mijn_gegevens(venster, js=False)
    bladzijde.goto("/contactvoorkeuren/zaken/")
    bladzijde.locator("main [name=keuze][value=post]").check()
    bladzijde.get_by_role("button", name="Opslaan").click()
    expect(bladzijde.locator("#voorkeuren .kg-gelukt")).to_be_in_viewport()
    expect(bladzijde.locator("#rij-zaken")).to_contain_text("Per brief")


@pytest.mark.e2e
def test_zonder_javascript_staat_er_wanneer_de_sessie_eindigt(venster: Venster) -> None:
    bladzijde = op_mijn_gegevens(venster, js=False)
    expect(bladzijde.locator("#inhoud")).to_contain_text("loggen wij u uit als u niets doet")


@pytest.mark.e2e
def test_op_een_breed_scherm_staan_de_koppen_van_een_tabel_naast_elkaar(venster: Venster) -> None:
    bladzijde = venster()
    bladzijde.goto("/cookies/")
    hoogten = "() => [...document.querySelectorAll('thead th')].map((th) => th.offsetTop)"
    assert len(set(bladzijde.evaluate(hoogten))) == 1


@pytest.mark.e2e
def test_met_opgelegde_kleuren_blijft_zichtbaar_waar_men_is(venster: Venster) -> None:
    bladzijde = op_mijn_gegevens(venster, kleuren="active")
    rand = 'getComputedStyle(document.querySelector("{}")).{}'
    hier = bladzijde.evaluate(rand.format("[aria-current=page]", "borderInlineStartColor"))
    elders = bladzijde.evaluate(rand.format(".kg-menu a:not([aria-current])", "color"))
    assert hier != elders
    assert bladzijde.evaluate(rand.format(".kg-band", "borderTopStyle")) == "solid"


@pytest.mark.e2e
def test_op_papier_staat_alles_open_zwart_op_wit_en_zonder_menu(
    venster: Venster, settings: Settings
) -> None:
    settings.THEMA = "zandrijk"
    bladzijde = op_mijn_gegevens(venster)
    band = bladzijde.locator(".kg-band")
    expect(band).to_have_css("background-color", "rgb(26, 92, 42)")
    dicht = bladzijde.locator("details#rekening:not([open]) .kg-rij__waarde").first
    expect(dicht).to_be_attached()
    expect(dicht).to_be_hidden()
    bladzijde.emulate_media(media="print")
    expect(dicht).to_be_visible()
    for weg in (".kg-menu", ".kg-voet", ".kg-rij__acties", "button", ".kg-pad"):
        assert bladzijde.locator(weg).filter(visible=True).count() == 0, weg
    for plek in (band, dicht, bladzijde.locator("h1")):
        expect(plek).to_have_css("color", "rgb(0, 0, 0)")
    vlakken = "els => [...new Set(els.map((el) => getComputedStyle(el).backgroundColor))]"
    gezien = bladzijde.locator("body, body *").filter(visible=True).evaluate_all(vlakken)
    assert set(gezien) <= {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}


@pytest.mark.e2e
def test_wie_stil_zit_wordt_gewaarschuwd_en_blijft_met_een_klik(venster: Venster) -> None:
    bladzijde = op_mijn_gegevens(venster)
    bladzijde.clock.install()
    bladzijde.reload()
    bladzijde.clock.fast_forward("12:55")
    expect(bladzijde.locator("#sessie")).to_be_hidden()
    bladzijde.clock.fast_forward("00:10")
    knop = bladzijde.get_by_role("button", name="Ik ben er nog")
    expect(knop).to_be_focused()
    with bladzijde.expect_response("**/sessie/verlengen/") as antwoord:
        knop.click()
    assert antwoord.value.ok
    expect(bladzijde.locator("#sessie")).to_be_hidden()


@pytest.mark.e2e
def test_wie_blijft_stilzitten_wordt_uitgelogd(venster: Venster) -> None:
    bladzijde = op_mijn_gegevens(venster)
    bladzijde.clock.install()
    bladzijde.reload()
    bladzijde.clock.fast_forward("15:01")
    bladzijde.wait_for_url("**/sessie-verlopen/")
    expect(bladzijde.get_by_role("heading", level=1)).to_have_text("U bent uitgelogd")
    bladzijde.goto("/mijn-gegevens/")
    expect(bladzijde.locator("#inhoud")).not_to_contain_text("Noor de Vries")


@pytest.mark.e2e
def test_een_link_naar_een_dicht_paneel_opent_het(venster: Venster) -> None:
    bladzijde = op_mijn_gegevens(venster)
    bladzijde.goto("/mijn-gegevens/#rekening")
    expect(bladzijde.locator("details#rekening")).to_have_attribute("open", "")
