"""A browser that translates a page leaves alone what a person filled in; the rest it may read.

Every page of `paginas.py` that needs no browser, and every page behind a link on one of those, with
values that stand nowhere else in the texts.
"""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, NavigableString
from django.test import Client
from pytest_django import Settings

from portal.klanten.models import Interactie, Klant, Proces
from portal.klanten.regels import (
    NieuwBuitenlandsAdres,
    NieuwEmail,
    NieuweNaam,
    NieuwRekeningnummer,
    NieuwTelefoon,
)
from portal.mijn.opmaak import zin
from tests.mijn.conftest import KORENBLOEM, NOOR, Mens, luister_naar_codes
from tests.mijn.vulling import Codes, bevestig_alles, vul
from tests.voorkant.paginas import LIJST

pytestmark = pytest.mark.lang

KANARIES = (
    "kwikstaart", "winterkoning", "lepelaar", "nachtegaal", "roodborst", "zwaluw", "nachtuil",
    "12 34 09 87", "43 00", "ijsvogel", "specht", "boomklever", "grutto",
    "korenbloem aan de haven", "havenkade", "noor.werk", "020 123 45 67", "123 45 68", "123 45 69",
)  # fmt: skip
"""Pieces of what `vul_alles`, `meld` and the fixture `toneel` fill in."""
APART = {"translate": "no", "dir": "auto"}
ELDERS = ("/inloggen/", "/sessie-verlopen/", "/uitgelogd/", "/static/")


def los(bladzijde: str) -> list[str]:
    """Texts of this HTML that hold a canary and are not set apart; what one types is."""
    soep = BeautifulSoup(bladzijde, "html.parser")
    return [
        tekst
        for tekst in soep.find_all(string=True)
        if _is_tekst(tekst)
        and any(kanarie in _plat(tekst) for kanarie in KANARIES)
        and not tekst.find_parent(attrs=APART)
        and not tekst.find_parent(["textarea"])
    ]


def _is_tekst(tekst: Any) -> bool:
    return type(tekst) is NavigableString


def _plat(tekst: str) -> str:
    return tekst.replace("\xa0", " ").lower()


def vul_alles() -> None:
    """Noor and the bakery, with a canary in every field."""
    Proces.objects.create(
        code="afval",
        omschrijving="Afval op straat",
        bewaartermijn=timedelta(days=90),
        open_kanaal=True,
    )
    with luister_naar_codes() as codes:
        noor = vul(
            NOOR,
            NieuweNaam("Kwikstaart"),
            NieuwBuitenlandsAdres(
                tav="Lepelaar", regel1="Nachtegaal 9", regel2="1040 Roodborst", landcode="BE"
            ),
            NieuwTelefoon("0612340987", omschrijving="Zwaluw"),
            NieuwTelefoon("020 123 45 67", omschrijving="Zwaluw thuis"),
            NieuwEmail("nachtuil@example.org", omschrijving="Zwaluw"),
            NieuwRekeningnummer(iban="NL91ABNA0417164300", tenaamstelling="K. Winterkoning"),
        )
        bevestig_alles(noor, codes)
    mens = Mens().log_in(NOOR)
    mens.verstuur("/mijn-gegevens/naam/", waarde="Kwikstaart Lepelaar")
    mens.verstuur("/mijn-gegevens/telefoon/toevoegen/", waarde="020 123 45 68")
    wie = {"middel": "eherkenning", "als": "pseudo-1"}
    ijsvogel = NieuweNaam("IJsvogel", functie="Specht", bedrijfsnaam="Boomklever")
    vul(KORENBLOEM, ijsvogel, NieuwTelefoon("020 123 45 69"), **wie)
    vul(KORENBLOEM, NieuweNaam("IJsvogel twee", functie="Specht"), **wie)


def paden(wie: str) -> list[str]:
    """The pages of the list that this person sees by only asking for them."""
    return [pagina.pad for pagina in LIJST if pagina.wie in {wie, ""} and pagina.stap is None]


def loop(mens: Client, adressen: list[str]) -> dict[str, list[str]]:
    """Visit these pages and all that they link to; per address what is not set apart."""
    te_doen, gezien = list(adressen), set()
    gevonden: dict[str, list[str]] = {}
    while te_doen:
        adres = te_doen.pop().partition("#")[0]
        if adres in gezien or adres.startswith(ELDERS):
            continue
        gezien.add(adres)
        antwoord = mens.get(adres, follow=True)
        if not antwoord.headers["Content-Type"].startswith("text/html"):
            continue
        bladzijde = antwoord.content.decode()
        soep = BeautifulSoup(bladzijde, "html.parser")
        te_doen += [str(link["href"]) for link in soep.select('main a[href^="/"]')]
        if klachten := los(bladzijde):
            gevonden[adres] = klachten
    return gevonden


@pytest.fixture
def gevuld(db: None, toneel: None) -> None:
    vul_alles()


@pytest.mark.lang
@pytest.mark.usefixtures("gevuld")
@pytest.mark.parametrize(
    ("wie", "identiteit", "inlog"),
    [
        ("noor", NOOR, {}),
        ("korenbloem", KORENBLOEM, {"middel": "eherkenning", "als": "pseudo-1"}),
    ],
)
def test_geen_bladzijde_laat_een_persoonlijke_waarde_vertalen(
    wie: str, identiteit: Any, inlog: dict[str, str]
) -> None:
    mens = Mens().log_in(identiteit, **inlog)
    assert loop(mens, paden(wie)) == {}
    assert mens.get("/overzicht/").status_code == 200  # still the same login at the end


@pytest.mark.usefixtures("gevuld")
def test_een_vestiging_in_de_band_wordt_niet_vertaald() -> None:
    bakker = Mens().log_in(KORENBLOEM, middel="eherkenning", als="pseudo-1")
    bakker.verstuur("/namens-wie/", wie="000090000022")
    assert "De Korenbloem aan de haven" in bakker.lees("/namens-wie/")
    assert loop(bakker, ["/overzicht/", "/namens-wie/"]) == {}


@pytest.mark.usefixtures("gevuld")
def test_de_controle_voor_het_verwijderen_zet_elke_waarde_apart() -> None:
    noor = Mens().log_in(NOOR)
    keuzes = [vak["value"] for vak in _vakjes(noor, "/verwijderen/") if vak["value"] != "alles"]
    bladzijde = noor.get(noor.verstuur("/verwijderen/", weg=keuzes).url).content.decode()
    assert "Nachtegaal 9" in bladzijde
    assert los(bladzijde) == []


@pytest.mark.usefixtures("gevuld")
def test_wat_een_melding_meebrengt_staat_apart_ook_als_het_iets_vervangt() -> None:
    noor = Mens().log_in(NOOR)
    with luister_naar_codes() as codes:
        _koppel_tot_kiezen(noor, codes)
    bladzijde = noor.get("/meldingen/koppelen/kiezen/").content.decode()
    assert "komt in de plaats van" in bladzijde
    assert "grutto@example.org" in bladzijde
    assert los(bladzijde) == []


@pytest.mark.usefixtures("gevuld")
def test_ook_een_lange_keuzelijst_met_vestigingen_wordt_niet_vertaald(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from portal.mijn.forms import namens_wie

    monkeypatch.setattr(namens_wie, "LIJST_VANAF", 1)
    bakker = Mens().log_in(KORENBLOEM, middel="eherkenning", als="pseudo-1")
    bladzijde = bakker.get("/namens-wie/").content.decode()
    assert ">De Korenbloem aan de haven (000090000022), Havenkade" in bladzijde
    assert los(bladzijde) == []


def test_een_losse_waarde_wordt_gevonden() -> None:
    apart = '<p>Uw naam is <b translate="no" dir="auto">Kwikstaart</b>.</p>'
    assert los(apart) == []
    assert los(apart.replace(' dir="auto"', "")) == ["Kwikstaart"]


def test_een_waarde_in_een_zin_blijft_tekst(settings: Settings) -> None:
    assert zin("Wilt u 100%% <%(wat)s>?", wat="<i>") == (
        'Wilt u 100% &lt;<span translate="no" dir="auto">&lt;i&gt;</span>&gt;?'
    )


def _vakjes(mens: Client, adres: str) -> list[Any]:
    soep = BeautifulSoup(mens.get(adres).content, "html.parser")
    return list(soep.select('main input[type="checkbox"]'))


def _koppel_tot_kiezen(noor: Mens, codes: Codes) -> None:
    """Someone reported something as Grutto; Noor shows that it was she."""
    velden = {"proces": "afval", "voornaam": "Grutto", "bereik": "grutto@example.org"}
    Mens().verstuur("/meldingen/nieuw/", **velden)
    assert Klant.objects.filter(gevalideerd=False).exists()
    melding = Interactie.objects.get()
    noor.verstuur("/meldingen/koppelen/", referentie=melding.referentie)
    noor.verstuur("/meldingen/koppelen/code/", code=codes["grutto@example.org"])
