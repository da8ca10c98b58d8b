"""Zonder JavaScript, in het Engels, in twee tabbladen, zonder inlog, en voor een bedrijf."""

import pytest

from portal.klanten.models import Interactie, Klant
from tests.browser import expect
from tests.verhalen.mens import Verhaal

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


def test_alles_kan_zonder_javascript(venster):
    noor = Verhaal(venster(js=False), js=False)
    noor.gegeven_ingelogd()
    noor.als_men_gaat_naar("/mijn-gegevens/")
    noor.als_men_kiest("Telefoonnummer toevoegen", in_paneel="telefoon")
    noor.als_men_invult(Telefoonnummer="06 abc")
    noor.als_men_opslaat()
    noor.dan_ziet_men("Er klopt iets niet", "Gebruik cijfers, geen letters.")
    assert noor.bladzijde.title().startswith("Fout: ")
    noor.als_men_invult(Telefoonnummer="06 12 34 56 78")
    noor.als_men_opslaat()
    noor.dan_staat_er_opgeslagen("Uw gegevens zijn opgeslagen.")
    noor.dan_ziet_men("06 12 34 56 78", "Nog niet bevestigd")
    noor.als_men_kiest("Verwijderen", in_paneel="telefoon")
    noor.als_men_opslaat("Ja, verwijderen")
    noor.dan_staat_er_opgeslagen("Uw telefoonnummer is verwijderd.")


def zonder_script(route):
    """Playwright stops scripts but leaves `noscript` hidden; a browser without scripts shows it."""
    antwoord = route.fetch(max_redirects=0)
    tekst = antwoord.text().replace("<noscript>", "<div>").replace("</noscript>", "</div>")
    route.fulfill(response=antwoord, body=tekst)


def test_zonder_javascript_blijft_staan_wat_men_typte_bij_blijf_ingelogd(venster):
    noor = Verhaal(venster(js=False), js=False)
    noor.gegeven_ingelogd()
    noor.bladzijde.route("**/email/toevoegen/", zonder_script)
    noor.als_men_gaat_naar("/mijn-gegevens/email/toevoegen/")
    noor.dan_ziet_men("U bent ingelogd tot")
    noor.als_men_invult(**{"E-mailadres": "noortje@example.org"})
    noor.als_men_opslaat("Blijf ingelogd")
    expect(noor.bladzijde.get_by_label("E-mailadres").first).to_have_value("noortje@example.org")


@pytest.mark.uitgangspunt("INT-4")
def test_het_hele_scherm_is_er_in_het_engels(venster):
    noor = Verhaal(venster(taal="en-GB"))
    noor.gegeven_ingelogd_in_het_engels()
    noor.als_men_gaat_naar("/mijn-gegevens/naam/")
    noor.als_men_invult(What_we_call_you="Noor")
    noor.als_men_opslaat("Save")
    noor.dan_ziet_men("Your details have been saved.")
    assert noor.bladzijde.locator("html").get_attribute("lang") == "en"


def test_in_twee_tabbladen_kiest_noor_zelf_wat_klopt(venster):
    noor = Verhaal(venster())
    noor.gegeven_ingelogd()
    noor.als_men_gaat_naar("/mijn-gegevens/naam/")
    ander = Verhaal(noor.bladzijde.context.new_page())
    ander.als_men_gaat_naar("/mijn-gegevens/naam/")
    ander.als_men_invult(Zo_noemen_wij_u="Noortje")
    ander.als_men_opslaat()
    ander.dan_ziet_men("Noortje")
    noor.als_men_gaat_naar("/mijn-gegevens/naam/")
    ander.als_men_gaat_naar("/mijn-gegevens/naam/")
    ander.als_men_invult(Zo_noemen_wij_u="Nora")
    ander.als_men_opslaat()
    ander.dan_ziet_men("Nora")
    noor.als_men_invult(Zo_noemen_wij_u="Eleonora")
    noor.als_men_opslaat()
    noor.dan_ziet_men("Iemand wijzigde dit net ook", "Nora", "Eleonora")
    noor.als_men_aankruist("Wat u invulde:")
    noor.als_men_opslaat()
    noor.dan_ziet_men("Eleonora")
    assert Klant.objects.get().naam.waarde == "Eleonora"


@pytest.mark.uitgangspunt("MIN-2")
def test_een_melding_zonder_gegevens_geeft_een_kenmerk(venster, straat):
    iemand = Verhaal(venster())
    iemand.als_men_gaat_naar("/meldingen/nieuw/")
    iemand.als_men_uit_de_lijst_kiest("Waarover gaat het?", "Iets kapot op straat")
    iemand.als_men_opslaat("Versturen")
    iemand.dan_ziet_men("Uw kenmerk is", "Wij weten niet wie u bent.")
    assert Klant.objects.count() == 0


@pytest.mark.uitgangspunt("VAL-5")
def test_noor_zet_een_eerdere_melding_bij_haar_gegevens(venster, straat, werker, gemeente):
    iemand = Verhaal(venster())
    iemand.als_men_gaat_naar("/meldingen/nieuw/")
    iemand.als_men_uit_de_lijst_kiest("Waarover gaat het?", "Iets kapot op straat")
    iemand.als_men_invult(Uw_voornaam="Noor")
    iemand.als_men_invult(**{"Uw e-mailadres of telefoonnummer": "noor@example.org"})
    iemand.als_men_opslaat("Versturen")
    iemand.dan_ziet_men("Uw kenmerk is")
    noor = Verhaal(venster())
    noor.gegeven_ingelogd()
    noor.als_men_gaat_naar("/meldingen/koppelen/")
    noor.als_men_invult(Kenmerk_van_uw_melding=Interactie.objects.get().referentie)
    noor.als_men_opslaat("Stuur mij een code")
    noor.als_men_invult(Code=gemeente.code_voor("noor@example.org"))
    noor.als_men_opslaat("Verder")
    noor.als_men_aankruist("Naam: Noor")
    noor.als_men_opslaat("Zet bij mijn gegevens")
    noor.dan_ziet_men("Uw melding staat nu bij uw gegevens.")
    assert Klant.objects.get().gevalideerd is True


@pytest.mark.uitgangspunt("CARD-2")
def test_de_bakkerij_heeft_twee_contactpunten_en_verwijdert_er_een(venster, werker, gemeente):
    bakker = Verhaal(venster())
    bakker.gegeven_ingelogd("korenbloem", middel="eherkenning")
    for naam in ("Administratie", "Directie"):
        bakker.als_men_gaat_naar("/mijn-gegevens/contactpunten/toevoegen/")
        bakker.als_men_invult(Naam_van_het_contactpunt=naam)
        bakker.als_men_opslaat()
        bakker.dan_ziet_men("Het contactpunt is toegevoegd.", naam)
    bakker.als_men_gaat_naar("/mijn-gegevens/contactpunten/")
    bakker.als_men_opslaat("Open Administratie")
    bakker.bladzijde.wait_for_url("**/mijn-gegevens/")
    bakker.dan_ziet_men("Administratie")
    bakker.als_men_gaat_naar("/verwijderen/")
    bakker.als_men_aankruist("Alles van dit contactpunt")
    bakker.als_men_opslaat("Verder")
    bakker.als_men_opslaat("Ja, verwijder deze gegevens")
    bakker.dan_ziet_men("Uw gegevens zijn verwijderd")
    bakker.als_men_gaat_naar("/mijn-gegevens/contactpunten/")
    expect(bakker.bladzijde.locator(".kg-tegels h2")).to_have_text(["Directie"])
    bakker.dan_gebeurt(lambda: gemeente.versies() == [1, 1, 2])


def test_een_lopende_zaak_houdt_tegen_en_dat_staat_er(venster):
    from tests.mijn import vulling

    klant = vulling.vul_noor()
    vulling.houd_vast(klant, "ZAAK-2026-0001")
    noor = Verhaal(venster())
    noor.gegeven_ingelogd()
    noor.als_men_gaat_naar("/verwijderen/")
    noor.dan_ziet_men("Wat nog niet weg kan")
    noor.als_men_aankruist("Alles wat ik zelf heb ingevuld")
    noor.als_men_opslaat("Verder")
    noor.als_men_opslaat("Ja, verwijder deze gegevens")
    noor.dan_ziet_men("Uw gegevens zijn niet meer in gebruik", "ZAAK-2026-0001")
    assert Klant.objects.get().inactief_op is not None
