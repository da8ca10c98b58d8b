"""Wie tegelijk komt, bij twee webprocessen: altijd één uitkomst, nooit een halve, nooit een 500."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import httpx
import pytest

from tests.storingen.mens import NAAM, Formulier
from tests.storingen.opstelling import wacht

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(120)]
AANTAL = 10
VERWIJDEREN, CONTROLE = "/verwijderen/", "/verwijderen/controle/"
KIEZEN = "/meldingen/koppelen/kiezen/"
VERWIJDERD = "select onderwerp from klanten_gebeurtenis where soort = 'klant.verwijderd'"
STAND = """
select (select count(*) from klanten_klant), (select count(*) from klanten_gebeurtenis),
       (select coalesce(max(versie), 0) from klanten_gebeurtenis)
"""


@pytest.fixture
def huis(storm):
    storm.web()
    return storm


def tegelijk(daden):
    """Doe alles op hetzelfde moment; geeft de statussen, gesorteerd."""
    start = Barrier(len(daden))

    def een(daad):
        start.wait()
        return daad().status_code

    with ThreadPoolExecutor(len(daden)) as draden:
        return sorted(draden.map(een, daden))


def vensters(huis, volgnummer, aantal=AANTAL):
    """Evenveel ingelogde vensters van dezelfde persoon bij beide webprocessen."""
    open_ = [huis.mens(volgnummer, poort=huis.webpoorten[i % 2]) for i in range(aantal)]
    for venster in open_:
        venster.log_in()
    return open_


def met_een_klant(huis, volgnummer, aantal=AANTAL):
    open_ = vensters(huis, volgnummer, aantal)
    assert open_[0].wijzig(open_[0].open_formulier())
    return open_


def stuur_naam(venster, formulier, waarde):
    return lambda: venster.stuur(NAAM, {**formulier.velden, "waarde": waarde})


def test_acht_keer_tegelijk_voor_het_eerst_inloggen_geeft_acht_sessies_van_een_mens(huis):
    aantal = 8  # vier tegelijk per proces: meer wijst INLOG_TEGELIJK beleefd af
    open_ = [huis.mens(101, poort=huis.webpoorten[i % 2]) for i in range(aantal)]
    assert tegelijk([venster.log_in for venster in open_]) == [302] * aantal
    for nummer, venster in enumerate(open_):  # elke sessie werkt ook bij het andere proces
        venster.ga_naar(huis.webpoorten[(nummer + 1) % 2])
    assert {venster.vraag("/overzicht/").status_code for venster in open_} == {200}
    assert huis.vraag(STAND) == [(0, 0, 0)]


def test_tien_keer_tegelijk_voor_het_eerst_opslaan_geeft_een_klant(huis):
    open_ = vensters(huis, 102)
    formulieren = [venster.open_formulier() for venster in open_]
    daden = [
        stuur_naam(v, f, f"Kanarie 102 {i}")
        for i, (v, f) in enumerate(zip(open_, formulieren, strict=True))
    ]
    assert tegelijk(daden) == [200] + [409] * (AANTAL - 1)
    assert huis.vraag(STAND) == [(1, 1, 1)]


def test_tien_keer_hetzelfde_formulier_geeft_tien_keer_ja_en_een_versie(huis):
    open_ = met_een_klant(huis, 103, 2)
    formulier = open_[0].open_formulier()
    sessie = dict(open_[0]._http.cookies)
    open_[1]._http.cookies.update(sessie)
    daden = [stuur_naam(open_[i % 2], formulier, "Kanarie 103 x") for i in range(AANTAL)]
    assert tegelijk(daden) == [200] * AANTAL
    assert huis.vraag(STAND) == [(1, 2, 2)]


def test_van_tien_verschillende_wijzigingen_wint_er_een(huis):
    open_ = met_een_klant(huis, 104)
    formulieren = [venster.open_formulier() for venster in open_]
    daden = [
        stuur_naam(v, f, f"Kanarie 104 {i}")
        for i, (v, f) in enumerate(zip(open_, formulieren, strict=True))
    ]
    assert tegelijk(daden) == [200] + [409] * (AANTAL - 1)
    assert huis.vraag(STAND) == [(1, 2, 2)]


def test_tien_keer_tegelijk_verwijderen_en_wijzigen_eindigt_met_een_verwijdering(huis):
    open_ = met_een_klant(huis, 105)
    formulieren = []
    for venster in open_[: AANTAL // 2]:
        venster.verstuur(VERWIJDEREN, weg="alles")
        formulieren.append(Formulier.uit(venster.vraag(CONTROLE).text))
    wijzigend = open_[AANTAL // 2 :]
    namen = [venster.open_formulier() for venster in wijzigend]
    weg = [
        lambda v=v, f=f: v._http.post(CONTROLE, data=f.velden)
        for v, f in zip(open_, formulieren, strict=False)
    ]
    anders = [
        stuur_naam(v, f, f"Kanarie 105 {i}")
        for i, (v, f) in enumerate(zip(wijzigend, namen, strict=True))
    ]
    assert not set(tegelijk(weg + anders)) - {200, 303, 404, 409}
    if not huis.vraag(VERWIJDERD):  # iedereen zag iets ouds: dan lukt het nu, alleen
        open_[0].verstuur(VERWIJDEREN, weg="alles")
        assert open_[0].verstuur(CONTROLE).status_code == 303
    (onderwerp,) = (rij[0] for rij in huis.vraag(VERWIJDERD))  # precies één
    laatste = huis.vraag(
        "select soort from klanten_gebeurtenis where onderwerp = %s order by versie desc limit 1",
        onderwerp,
    )
    assert laatste == [("klant.verwijderd",)]
    assert huis.vraag("select count(*) from klanten_klant where id = %s", onderwerp) == [(0,)]


def test_tien_keer_tegelijk_claimen_geeft_een_claim(huis):
    huis.ontvanger()
    huis.werker()
    huis.proces("straat")
    noor, zelfde = vensters(huis, 106, 2)
    velden = {
        "proces": "straat",
        "soort": "melding",
        "voornaam": "Noor",
        "bereik": "noor@example.org",
    }
    huis.mens(107).verstuur("/meldingen/nieuw/", **velden)
    referentie = huis.vraag("select referentie from klanten_interactie")[0][0]
    noor.verstuur("/meldingen/koppelen/", referentie=referentie)
    code = wacht_op_code(huis)
    assert noor.verstuur("/meldingen/koppelen/code/", code=code).headers["location"] == KIEZEN
    zelfde._http.cookies.update(dict(noor._http.cookies))
    bladzijde = noor.vraag(KIEZEN).text
    velden = Formulier.uit(bladzijde).velden
    velden["houd"] = re.findall(r'name="houd" value="([^"]+)"', bladzijde)
    daden = [lambda v=v: v._http.post(KIEZEN, data=velden) for v in [noor, zelfde] * (AANTAL // 2)]
    statussen = tegelijk(daden)
    assert not set(statussen) - {200, 303, 409, 422}
    assert 303 in statussen
    geclaimd = "select count(*) from klanten_gebeurtenis where soort = 'klant.geclaimd'"
    assert huis.vraag(geclaimd) == [(1,)]
    assert huis.vraag("select count(*) from klanten_klant where gevalideerd") == [(1,)]


def wacht_op_code(huis):
    gevonden = []

    def gekomen():
        teksten = [post["tekst"] for post in huis.stand()["post"]]
        gevonden[:] = [c for tekst in teksten for c in re.findall(r"\b\d{6}\b", tekst)]
        return bool(gevonden)

    wacht(gekomen, 40, "de code komt aan")
    return gevonden[0]


def terwijl(vragen, daad, *, nog=5):
    """Laat iedereen doorvragen terwijl `daad` gebeurt, en daarna nog een paar keer.

    Returns the statuses of what was asked before and during the act, and of what was asked after.
    """
    begonnen, gedaan = Barrier(len(vragen) + 1), Event()

    def blijf_vragen(vraag):
        antwoorden, rest = [(time.monotonic(), vraag())], nog
        begonnen.wait()
        while rest:
            rest -= gedaan.is_set()
            antwoorden.append((time.monotonic(), vraag()))
        return antwoorden

    with ThreadPoolExecutor(len(vragen)) as draden:
        lopend = [draden.submit(blijf_vragen, vraag) for vraag in vragen]
        begonnen.wait()
        daad()
        einde = time.monotonic()
        gedaan.set()
        alle = [antwoord for taak in lopend for antwoord in taak.result()]
    return {s for op, s in alle if op <= einde}, {s for op, s in alle if op > einde}


def test_wie_doorvraagt_terwijl_hij_overal_uitlogt_ziet_daarna_niets_meer(huis):
    hier, *vensters_ = vensters(huis, 109, 5)
    vragen = [lambda v=v: v.vraag("/overzicht/").status_code for v in vensters_]
    eerst, daarna = terwijl(vragen, lambda: uitloggen(hier))
    assert 200 in eerst
    assert eerst <= {200, 302, 303}
    assert daarna <= {302, 303}


def test_een_systeem_dat_doorvraagt_krijgt_na_het_intrekken_niets_meer(huis):
    reden = ("--reden", "proef")
    sleutel = huis.beheer("token", "maak", "zaken", "--scope", "wijzigingen.lezen", *reden)
    prefix = sleutel.split("_")[1]
    koppen = {"Authorization": f"Bearer {sleutel}"}
    adressen = [f"http://127.0.0.1:{poort}/api/v1/wijzigingen" for poort in huis.webpoorten]
    clients = [httpx.Client(headers=koppen, timeout=20) for _ in adressen * 2]
    vragen = [
        lambda c=c, a=a: c.get(a).status_code for c, a in zip(clients, adressen * 2, strict=True)
    ]
    eerst, daarna = terwijl(vragen, lambda: huis.beheer("token", "trek-in", prefix, *reden))
    for client in clients:
        client.close()
    assert 200 in eerst
    assert eerst <= {200, 401, 429}
    assert daarna == {401}


def test_wie_overal_uitlogt_is_bij_het_andere_proces_meteen_weg(huis):
    hier, daar = vensters(huis, 108, 2)
    assert daar.vraag("/overzicht/").status_code == 200
    uitloggen(hier)
    assert daar.vraag("/overzicht/").status_code in {302, 303}


def uitloggen(venster):
    velden = Formulier.uit(venster.vraag("/beveiliging/").text).velden
    token = {"csrfmiddlewaretoken": velden["csrfmiddlewaretoken"]}
    antwoord = venster._http.post("/beveiliging/uitloggen/", data=token)
    assert antwoord.status_code in {302, 303}


def test_een_ingetrokken_token_werkt_bij_geen_van_beide_processen_nog(huis):
    reden = ("--reden", "proef")
    sleutel = huis.beheer("token", "maak", "zaken", "--scope", "wijzigingen.lezen", *reden)
    adressen = [f"http://127.0.0.1:{poort}/api/v1/wijzigingen" for poort in huis.webpoorten]
    koppen = {"Authorization": f"Bearer {sleutel}"}
    voor = {httpx.get(adres, headers=koppen, timeout=20).status_code for adres in adressen}
    prefix = sleutel.split("_")[1]
    huis.beheer("token", "trek-in", prefix, *reden)
    na = {httpx.get(adres, headers=koppen, timeout=20).status_code for adres in adressen}
    assert voor == {200}
    assert na == {401}
