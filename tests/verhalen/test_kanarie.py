"""Een reis langs alles; daarna ligt geen waarde buiten de plaatsen die zij nodig heeft."""

import httpx
import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError

from portal.berichten.models import Bericht
from portal.mijn.views import gegevens, naam
from tests.api.conftest import geef  # noqa: F401 - fixture
from tests.kanarie import Buit, kijk_mee, leg_databank, leg_opslag, log_van_de_databank, luister
from tests.verhalen.mens import Verhaal
from tests.verhalen.wachten import tot

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

NUMMERS = {
    "bsn": "999990019",
    "bsn van Omar": "999990421",
    "kvk": "90000011",
    "vestiging": "000090000011",
    "eidas": "DE/NL/test-0001",
    "geboortedatum": "1980-02-29",
}
WAARDEN = {
    "naam": "Kwikstaart",
    "straat": "Nachtegaallaan",
    "e-mail": "nachtuilpost@example.org",
    "telefoon": "612340987",
    "iban": "0417164300",
}
VRAAG = "gierzwaluwnest"
KANARIES = NUMMERS | WAARDEN | {"vraag": VRAAG}
ADRES, SMS = WAARDEN["e-mail"], f"+31{WAARDEN['telefoon']}"
NAAM = "/mijn-gegevens/naam/"
PAGINAS = [
    "/overzicht/",
    "/mijn-gegevens/",
    "/namens-wie/",
    "/contactvoorkeuren/",
    "/meldingen/",
    "/meldingen/nieuw/",
    "/geschiedenis/",
    "/gebruik/",
    "/downloaden/",
    "/beveiliging/",
    "/verwijderen/",
]
KOLOMMEN = {  # the data of a klant stand open in their own columns: the municipality uses them
    "klanten_naam.waarde": ["naam"],
    "klanten_postadres.straat": ["straat"],
    "klanten_digitaaladres.waarde": ["e-mail", "telefoon"],
}
GESCHIEDENIS = "klanten_waarde.nieuw"  # what the person sees under "Geschiedenis"
TOEGESTAAN = {
    **{f"onderweg {kolom}": namen for kolom, namen in KOLOMMEN.items()},
    f"onderweg {GESCHIEDENIS}": ["naam", "straat", "e-mail", "telefoon"],
    **{f"databank {kolom}": namen for kolom, namen in KOLOMMEN.items()},
    "databank klanten_rekeningnummer.iban": ["iban"],
    "databank klanten_rekeningnummer.tenaamstelling": ["naam"],
    f"databank {GESCHIEDENIS}": list(WAARDEN),
    # A message goes to an address; what it says names nobody.
    "post aan": ["e-mail", "telefoon"],
    # One's own form comes back with what one typed, and the page says for which branch one acts.
    "foutpagina 409 van noor": ["naam"],
    "foutpagina 503 van noor": ["naam"],
    "foutpagina 404 van korenbloem-winkel": ["kvk", "vestiging"],
}
"""Where a value may be read; nothing at all after deletion, and a BSN nowhere."""
DUMPS = ("onderweg", "databank", "na verwijderen")
ANDERE_PLAATSEN = {
    "adres", "titel", "cookies", "opslag van de browser", "webhook", "foutpagina van de api",
    "post aan", "post onderwerp", "post tekst", "log zoals geschreven", "log zonder masker",
    "log van de databank", "log van de werker", "cijfers",
    *(f"foutpagina {status} van noor" for status in (400, 403, 404, 405, 409, 413, 429, 500, 503)),
    *(f"foutpagina 404 van {wie}" for wie in ("korenbloem-winkel", "omar-voor-noor", "erika")),
}  # fmt: skip


class Reis:
    """Eén mens op reis; na elke stap is opgeraapt wat er in de browser lag."""

    def __init__(self, buit, bladzijde, middel, wie):
        self.buit, self.bladzijde, self.wie = buit, bladzijde, wie
        self.mens = Verhaal(bladzijde)
        kijk_mee(buit, bladzijde)
        self.mens.gegeven_ingelogd(wie, middel=middel, niveau=30)

    def raap_op(self):
        leg_opslag(self.buit, self.bladzijde)

    def vul_in(self, adres, knop="Opslaan", **velden):
        self.mens.als_men_gaat_naar(adres)
        self.mens.als_men_invult(**velden)
        self.raap_op()
        self.mens.als_men_opslaat(knop)

    def bevestig(self, paneel, code):
        self.mens.als_men_gaat_naar("/mijn-gegevens/")
        self.mens.als_men_kiest("Bevestigen", in_paneel=paneel)
        self.mens.als_men_invult(Code=code)
        self.mens.als_men_opslaat("Bevestigen")
        self.mens.dan_ziet_men("is bevestigd")

    def bekijk(self, paginas):
        for pagina in paginas:
            self.mens.als_men_gaat_naar(pagina)
            self.raap_op()

    def fout(self, status, adres, **keuzes):
        """Lok een fout uit, met alle waarden in het formulier tenzij anders gezegd."""
        antwoord = self.stuur(adres, **keuzes)
        assert antwoord.status == status
        self.buit.leg(f"foutpagina {status} van {self.wie}", antwoord.text(), str(antwoord.headers))

    def stuur(self, adres, *, method="POST", form=KANARIES):
        """Met de cookies van deze browser, en zonder een omleiding te volgen."""
        form = None if method == "GET" else form
        return self.bladzijde.request.fetch(adres, method=method, form=form, max_redirects=0)

    def formulier(self, adres):
        """Wat de browser van dit formulier zou versturen."""
        soep = BeautifulSoup(self.bladzijde.request.get(adres).text(), "html.parser")
        invoer = soep.select("main form.kg-formulier input[name]")
        return {veld["name"]: veld.get("value", "") for veld in invoer}

    def vertrek(self):
        self.mens.als_men_uitlogt()
        self.raap_op()


def noor_vult_alles_in(noor, gemeente):
    noor.vul_in(NAAM, Zo_noemen_wij_u="Noortje Kwikstaart")
    noor.mens.dan_ziet_men("Noortje Kwikstaart")
    noor.vul_in("/mijn-gegevens/adres/", Postcode="1234 AB", Nummer="12",
                Straat="Nachtegaallaan", Plaats="Waterveen")  # fmt: skip
    noor.mens.dan_ziet_men("Nachtegaallaan")
    noor.vul_in("/mijn-gegevens/email/toevoegen/", **{"E-mailadres": ADRES})
    noor.bevestig("email", gemeente.code_voor(ADRES))
    noor.vul_in("/mijn-gegevens/telefoon/toevoegen/", Telefoonnummer="06 12 34 09 87")
    noor.bevestig("telefoon", gemeente.code_voor(SMS))
    rekening = {"Rekeningnummer (IBAN)": "NL91 ABNA 0417 1643 00", "Op naam van": "N. Kwikstaart"}
    noor.vul_in("/mijn-gegevens/rekening/", "Verder", **rekening)
    noor.mens.dan_ziet_men("Klopt dit?")
    leg_databank(noor.buit, "onderweg")  # the typed number waits in the session
    noor.mens.als_men_opslaat("Ja, wijzig mijn rekeningnummer")
    noor.mens.dan_ziet_men("NL••")
    noor.raap_op()


def noor_stelt_een_vraag(noor):
    noor.mens.als_men_gaat_naar("/meldingen/nieuw/")
    noor.mens.als_men_uit_de_lijst_kiest("Waarover gaat het?", "Iets kapot op straat")
    noor.mens.als_men_invult(**{"Wat wilt u melden of vragen?": f"Wie haalt het {VRAAG} weg?"})
    noor.raap_op()
    noor.mens.als_men_opslaat("Versturen")
    noor.mens.als_men_gaat_naar("/meldingen/")
    noor.mens.dan_ziet_men(VRAAG)


def noor_ziet_fouten(noor, settings, monkeypatch):
    noor.fout(400, "/overzicht/?x=%01")
    noor.fout(403, NAAM)
    noor.fout(404, "/bestaat-niet/", method="GET")
    noor.fout(405, "/overzicht/", form=noor.formulier(NAAM) | KANARIES)
    noor.fout(413, NAAM, form={naam: f"{w} " * 4000 for naam, w in KANARIES.items()})
    eerste_tab, tweede_tab = noor.formulier(NAAM), noor.formulier(NAAM)
    noor.stuur(NAAM, form=tweede_tab | {"waarde": "Noor Kwikstaart"})
    noor.fout(409, NAAM, form=eerste_tab | {"waarde": "N. Kwikstaart"})
    geheim = "; ".join(KANARIES.values())
    with monkeypatch.context() as kapot:
        kapot.setattr(gegevens, "rechten", stuk(RuntimeError(geheim)))
        noor.fout(500, "/mijn-gegevens/", method="GET")
        kapot.setattr(naam, "bewerk", stuk(OperationalError(f"DETAIL: {geheim}")))
        noor.fout(503, NAAM, form=tweede_tab | {"waarde": "Noortje Kwikstaart"})
    settings.INLOG_PER_MINUUT = 0
    noor.fout(429, "/inloggen/digid/", method="GET")


def stuk(fout):
    def doe(*_):
        raise fout

    return doe


def een_systeem_vraagt(buit, portaal, sleutel):
    """Het zaaksysteem zoekt Noor op nummer, ook een keer verkeerd; alleen de fout is voor ons."""
    koppen = {"Authorization": f"Bearer {sleutel}", "Doel": "zaakbehandeling"}
    zoek = f"{portaal}/api/v1/klanten/_zoek"
    goed = httpx.post(zoek, json={"burgerservicenummer": NUMMERS["bsn"]}, headers=koppen)
    assert WAARDEN["naam"] in goed.text
    fout = httpx.post(zoek, json=KANARIES, headers=koppen)
    assert fout.status_code == 400
    buit.leg("foutpagina van de api", fout.text, str(fout.headers))


def anderen_reizen_ook(buit, venster):
    for middel, wie in (("eherkenning", "korenbloem-winkel"), ("machtigen", "omar-voor-noor"),
                        ("eidas", "erika")):  # fmt: skip
        reis = Reis(buit, venster(), middel, wie)
        reis.bekijk(PAGINAS[:4])
        reis.fout(404, "/bestaat-niet/", method="GET")
        reis.vertrek()


def raap_post_op(buit, gemeente):
    tot(lambda: not Bericht.objects.filter(stand="wacht").exists())
    alles = gemeente.alles()
    buit.leg("webhook", *map(str, alles["ontvangen"]))
    for post in alles["post"]:
        buit.leg("post aan", post["aan"])
        buit.leg("post onderwerp", post["onderwerp"])
        buit.leg("post tekst", post["tekst"])


def raap_cijfers_op(buit, portaal, settings):
    settings.METRICS_TOKEN = "van-prometheus"
    koppen = {"Authorization": "Bearer van-prometheus"}
    buit.leg("cijfers", httpx.get(f"{portaal}/metrics", headers=koppen).raise_for_status().text)


def noor_verwijdert_alles(noor):
    noor.mens.als_men_gaat_naar("/verwijderen/")
    noor.mens.als_men_aankruist("Alles wat ik zelf heb ingevuld")
    noor.mens.als_men_opslaat("Verder")
    noor.mens.als_men_opslaat("Ja, verwijder deze gegevens")
    noor.mens.dan_ziet_men("Uw gegevens zijn verwijderd")


@pytest.mark.uitgangspunt("MIN-6")
def test_na_een_reis_langs_alles_ligt_geen_kanarie_waar_zij_niet_hoort(
    venster, straat, werker, gemeente, werkerlog, portaal, settings, monkeypatch, geef  # noqa: F811 - fixture
):  # fmt: skip
    buit = Buit(KANARIES)
    begin = log_van_de_databank().stat().st_size
    with luister(buit):
        noor = Reis(buit, venster(), "digid", "noor")
        noor_vult_alles_in(noor, gemeente)
        noor_stelt_een_vraag(noor)
        noor.bekijk(PAGINAS)
        een_systeem_vraagt(buit, portaal, geef())
        anderen_reizen_ook(buit, venster)
        leg_databank(buit, "databank")
        raap_post_op(buit, gemeente)
        raap_cijfers_op(buit, portaal, settings)
        noor_ziet_fouten(noor, settings, monkeypatch)
        noor_verwijdert_alles(noor)
        noor.vertrek()
        raap_post_op(buit, gemeente)
        leg_databank(buit, "na verwijderen")
    buit.leg("log van de databank", log_van_de_databank().read_bytes()[begin:].decode())
    buit.leg("log van de werker", werkerlog.read_text())
    leeg = {plaats for plaats in ANDERE_PLAATSEN if not buit.omvang(plaats)}
    assert leeg == set(), "hier is niets opgeraapt"
    assert {plaats for plaats in buit.plaatsen if not plaats.startswith(DUMPS)} == ANDERE_PLAATSEN
    assert buit.lekken(TOEGESTAAN) == []
    assert buit.overbodig(TOEGESTAAN) == []
