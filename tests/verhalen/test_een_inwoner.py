"""Noor en haar gegevens: van de eerste keer inloggen tot alles weer weg."""

import pytest

from portal.klanten.regels import NieuwPostadres
from tests.browser import expect
from tests.mijn.vulling import NOOR, vul
from tests.verhalen.mens import Verhaal
from tests.verhalen.wachten import tot

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


@pytest.fixture
def noor(venster, werker):
    return Verhaal(venster())


@pytest.mark.uitgangspunt("OWN-1", "OWN-7", "VAL-3")
def test_noor_vult_haar_postadres_en_emailadres_in_en_verwijdert_alles(noor, gemeente):
    noor.gegeven_ingelogd()
    noor.dan_ziet_men("Wij hebben nog geen gegevens van u. U hoeft niets in te vullen.")
    noor.als_men_gaat_naar("/mijn-gegevens/")
    noor.als_men_kiest("Toevoegen", in_paneel="adres")
    noor.als_men_invult(Postcode="1234 AB", Nummer="12", Straat="Kerkstraat", Plaats="Waterveen")
    noor.als_men_opslaat()
    noor.dan_staat_er_opgeslagen("Daarom weten wij zeker dat ze van u komen.")
    noor.dan_ziet_men("Kerkstraat")
    noor.als_men_kiest("E-mailadres toevoegen", in_paneel="email")
    noor.als_men_invult(**{"E-mailadres": "noor@example.org"})
    noor.als_men_opslaat()
    noor.dan_staat_er_opgeslagen("Uw e-mailadres is opgeslagen.")
    noor.dan_ziet_men("Nog niet bevestigd")
    noor.dan_gebeurt(lambda: len(gemeente.versies()) == 2)
    noor.als_men_gaat_naar("/verwijderen/")
    noor.als_men_aankruist("Alles wat ik zelf heb ingevuld")
    noor.als_men_opslaat("Verder")
    noor.dan_ziet_men("U kunt dit niet terugdraaien.")
    noor.als_men_opslaat("Ja, verwijder deze gegevens")
    noor.dan_ziet_men("Uw gegevens zijn verwijderd", "Uw kenmerk is")
    noor.dan_gebeurt(lambda: len(gemeente.versies()) == 3)
    assert gemeente.versies() == [1, 2, 3]
    noor.als_men_uitlogt()
    noor.dan_ziet_men("U bent uitgelogd")


def test_drie_wijzigingen_terwijl_de_ontvanger_stilstaat_komen_op_volgorde_aan(noor, gemeente):
    gemeente.stop()
    noor.gegeven_ingelogd()
    for naam in ("Noor", "Noortje", "Eleonora"):
        noor.als_men_gaat_naar("/mijn-gegevens/naam/")
        noor.als_men_invult(Zo_noemen_wij_u=naam)
        noor.als_men_opslaat()
        noor.dan_ziet_men("is opgeslagen", naam) if naam != "Noor" else noor.dan_ziet_men(naam)
    noor.als_men_gaat_naar("/gebruik/")
    noor.dan_ziet_men("Nog niet. Wij blijven het proberen.")
    gemeente.begin()
    tot(lambda: len(gemeente.versies()) == 3, hooguit=90)
    assert gemeente.versies() == [1, 2, 3]


@pytest.mark.uitgangspunt("VAL-1")
def test_een_nieuw_emailadres_wordt_bevestigd_en_door_het_oude_adres_teruggedraaid(
    noor, gemeente, venster
):
    noor.gegeven_ingelogd()
    _bevestig(noor, gemeente, "noor@example.org", "E-mailadres toevoegen")
    noor.als_men_kiest("Wijzigen", in_paneel="email")
    noor.als_men_invult(**{"E-mailadres": "kaper@example.org"})
    noor.als_men_opslaat()
    noor.dan_ziet_men("Tot u dit bevestigt, gebruiken wij uw oude adres.")
    noor.als_men_kiest("Bevestigen", in_paneel="email")
    noor.als_men_invult(Code=gemeente.code_voor("kaper@example.org"))
    noor.als_men_opslaat("Bevestigen")
    noor.dan_staat_er_opgeslagen("Uw e-mailadres is bevestigd.")
    bericht = tot(lambda: gemeente.post_aan("noor@example.org", "dit-was-ik-niet"))
    ander = Verhaal(venster())
    ander.als_men_gaat_naar(next(deel for deel in bericht.split() if "dit-was-ik-niet" in deel))
    ander.dan_ziet_men("Wij zetten uw oude e-mailadres terug.")
    ander.als_men_opslaat("Ja, zet mijn oude e-mailadres terug")
    ander.dan_ziet_men("Wij hebben uw oude gegeven teruggezet")
    noor.als_men_gaat_naar("/mijn-gegevens/")
    noor.dan_ziet_men_niet("kaper@example.org")


def test_noor_verhuist_haar_post_uit_nederland_naar_brussel(noor, gemeente):
    vul(NOOR, NieuwPostadres(postcode="1234AB", huisnummer=12, straat="Kerkstraat", plaats="Dorp"))
    noor.gegeven_ingelogd()
    noor.als_men_gaat_naar("/mijn-gegevens/")
    noor.dan_ziet_men("Kerkstraat")
    noor.als_men_kiest("Wijzigen", in_paneel="adres")
    noor.als_men_kiest("Adres in een ander land", in_paneel="adres")
    noor.als_men_invult(Regel_1="Rue de la Loi 155", Regel_2="1040 Brussel")
    noor.als_men_uit_de_lijst_kiest("Land", "België")
    noor.als_men_opslaat()
    noor.dan_ziet_men("Rue de la Loi 155", "België")
    noor.dan_ziet_men_niet("Kerkstraat")
    noor.als_men_kiest("Wijzigen", in_paneel="adres")
    expect(noor.bladzijde.get_by_label("Regel 2")).to_have_value("1040 Brussel")
    noor.dan_gebeurt(lambda: gemeente.velden() == [["postadres"], ["postadres"]])


def test_voor_het_rekeningnummer_logt_noor_zekerder_in_en_houdt_wat_zij_typte(
    noor, gemeente, settings
):
    zoals_het_hoort = settings.INLOG_HANDELINGEN
    noor.gegeven_ingelogd(niveau=25)
    settings.INLOG_HANDELINGEN = zoals_het_hoort | {"rekeningnummer": {"niveau": 25}}
    noor.als_men_gaat_naar("/mijn-gegevens/rekening/")
    noor.als_men_invult(
        **{"Rekeningnummer (IBAN)": "NL91 ABNA 0417 1643 00"}, Op_naam_van="N. Vries"
    )
    settings.INLOG_HANDELINGEN = zoals_het_hoort
    noor.als_men_opslaat("Verder")
    noor.dan_ziet_men("U moet veiliger inloggen", "U wilt uw rekeningnummer wijzigen.")
    noor.als_men_kiest("Inloggen met")
    noor.als_men_opslaat("Inloggen")
    expect(noor.bladzijde.get_by_label("Rekeningnummer (IBAN)")).to_have_value(
        "NL91 ABNA 0417 1643 00"
    )
    noor.als_men_opslaat("Verder")
    noor.dan_ziet_men("Klopt dit?", "N. Vries", "Wij betalen vanaf nu op dit nummer.")
    noor.als_men_opslaat("Ja, wijzig mijn rekeningnummer")
    noor.dan_ziet_men("Uw gegevens zijn opgeslagen.", "NL••")
    noor.dan_ziet_men_niet("NL91")
    noor.als_men_kiest("Laat zien", in_paneel="rekening")
    noor.dan_staat_er_opgeslagen("Uw rekeningnummer staat nu op het scherm.")


@pytest.mark.uitgangspunt("OWN-6")
def test_noor_neemt_haar_gegevens_mee(noor, gemeente):
    noor.gegeven_ingelogd()
    noor.als_men_gaat_naar("/mijn-gegevens/naam/")
    noor.als_men_invult(Zo_noemen_wij_u="Noor")
    noor.als_men_opslaat()
    noor.als_men_gaat_naar("/downloaden/")
    noor.als_men_aankruist("Bestand voor een computer (json)")
    noor.als_men_opslaat("Maak mijn bestand")
    noor.dan_ziet_men("Uw bestand is klaar.")
    with noor.bladzijde.expect_download() as wacht:
        noor.als_men_kiest("Download")
    assert '"Noor"' in wacht.value.path().read_text()


def _bevestig(noor, gemeente, adres, link):
    noor.als_men_gaat_naar("/mijn-gegevens/")
    noor.als_men_kiest(link, in_paneel="email")
    noor.als_men_invult(**{"E-mailadres": adres})
    noor.als_men_opslaat()
    noor.dan_staat_er_opgeslagen("opgeslagen")
    noor.als_men_kiest("Bevestigen", in_paneel="email")
    noor.als_men_invult(Code=gemeente.code_voor(adres))
    noor.als_men_opslaat("Bevestigen")
    noor.dan_staat_er_opgeslagen("Uw e-mailadres is bevestigd.")
