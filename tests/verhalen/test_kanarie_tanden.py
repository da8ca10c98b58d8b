"""De kanarie vindt wat er geplant wordt: in elke vorm, en op elke plaats."""

import base64
import json
import logging
from urllib.parse import quote

import pytest
from django.db import connection

from tests.kanarie import Buit, kijk_mee, leg_databank, leg_opslag, luister

BSN, IBAN, POST, PERSOON = (
    "999990019",
    "NL91ABNA0417164300",
    "kwikstaart+post@example.org",
    "DE/NL/test-0001",
)
BIJ_ELKAAR = {"bsn": BSN, "iban": IBAN, "e-mail": POST, "eidas": PERSOON, "naam": "Nachtegaal"}
INDEXED_DB = """(waarde) => new Promise((klaar) => {
  const vraag = indexedDB.open("proef", 1)
  vraag.onupgradeneeded = () => vraag.result.createObjectStore("kast").add({waarde}, 1)
  vraag.onsuccess = () => { vraag.result.close(); klaar() }
})"""


def gevonden(tekst):
    buit = Buit(BIJ_ELKAAR)
    buit.leg("hier", tekst)
    return buit.gevonden().get("hier", set())


@pytest.mark.parametrize(("naam", "waarde"), BIJ_ELKAAR.items())
@pytest.mark.parametrize("ervoor", ["", "x", "xx", "xxx"])
def test_elke_waarde_wordt_in_elke_codering_gevonden(naam, waarde, ervoor):
    inhoud = f"{ervoor}{waarde}{ervoor[:1]}"
    for vorm in (inhoud, inhoud[::-1], quote(inhoud, safe=""), inhoud.upper(),
                 base64.b64encode(inhoud.encode()).decode(),
                 base64.urlsafe_b64encode(inhoud.encode()).decode().rstrip("="),
                 inhoud.encode().hex(), inhoud.encode().hex().upper(), json.dumps(inhoud),
                 ):  # fmt: skip
        assert gevonden(f'{{"a": "{vorm}"}}') >= {naam}, vorm


@pytest.mark.parametrize(
    ("naam", "vorm"),
    [("bsn", "999 990 019"), ("bsn", "9999.90.019"), ("bsn", "999-990-019"),
     ("bsn", "99 99%2090019"), ("bsn", "999\u00a0990\u00a0019"), ("bsn", "999&nbsp;990&nbsp;019"),
     ("iban", "NL91 ABNA 0417 1643 00"), ("iban", "nl91+abna+0417+1643+00"),
     ("e-mail", "kwikstaart&#43;post&#64;example.org"), ("eidas", "DE\\u002fNL\\u002ftest-0001")],
)  # fmt: skip
def test_een_gespatieerde_of_omschreven_waarde_wordt_gevonden(naam, vorm):
    assert naam in gevonden(vorm)


@pytest.mark.parametrize(
    "anders", ["999990020", "9999900", "NL•• •••• 4300", "019 990 99", "DE/NL"]
)
def test_wat_er_op_lijkt_is_geen_lek(anders):
    assert gevonden(anders) == set()


def test_wat_mag_is_geen_lek_en_wat_mocht_maar_er_niet_lag_wordt_genoemd():
    buit = Buit(BIJ_ELKAAR)
    buit.leg("post aan", POST)
    buit.leg("webhook", BSN)
    mag = {"post aan": ["e-mail"], "titel": ["naam"]}
    assert buit.lekken(mag) == ["bsn in webhook"]
    assert buit.overbodig(mag) == ["naam in titel"]


def test_een_regel_in_het_log_wordt_gevonden_ook_als_het_masker_haar_redde():
    buit = Buit(BIJ_ELKAAR)
    with luister(buit):
        logging.getLogger("proef").info("nummer %s", BSN)
        logging.getLogger("proef").warning("past", extra={"aan": POST})
    ruw, geschreven = "log zonder masker", "log zoals geschreven"
    assert buit.lekken({}) == [f"bsn in {ruw}", f"e-mail in {geschreven}", f"e-mail in {ruw}"]


@pytest.mark.django_db
def test_een_waarde_in_een_kolom_wordt_gevonden_ook_als_bytes():
    buit = Buit(BIJ_ELKAAR)
    with connection.cursor() as cursor:
        cursor.execute("create table proef (tekst text, json jsonb, bytes bytea)")
        cursor.execute("insert into proef values (%s, %s, %s)",
                       [f"a\t{BSN}", json.dumps({"aan": POST}), IBAN.encode()])  # fmt: skip
        leg_databank(buit, "dump")
        cursor.execute("drop table proef")
    lekken = ["bsn in dump proef.tekst", "e-mail in dump proef.json", "iban in dump proef.bytes"]
    assert buit.lekken({}) == lekken


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("plaats", "plant"),
    [
        ("opslag van de browser", "(w) => localStorage.setItem('x', w)"),
        ("opslag van de browser", "(w) => sessionStorage.setItem('x', btoa(w))"),
        ("opslag van de browser", "(w) => history.replaceState({x: w}, '')"),
        ("opslag van de browser", INDEXED_DB),
        ("opslag van de browser", "async (w) => (await caches.open(w)).put('/', new Response())"),
        ("cookies", "(w) => { document.cookie = `x=${w}` }"),
        ("titel", "(w) => { document.title = `Van ${w}` }"),
        ("adres", "(w) => fetch(`/bestaat-niet/?wie=${w}`)"),
    ],
)  # fmt: skip
def test_een_waarde_in_de_browser_wordt_gevonden(venster, plaats, plant):
    buit, bladzijde = Buit({"bsn": BSN}), venster()
    kijk_mee(buit, bladzijde)
    bladzijde.goto("/")
    leg_opslag(buit, bladzijde)
    assert buit.lekken({}) == []
    bladzijde.evaluate(plant, BSN)
    leg_opslag(buit, bladzijde)
    assert f"bsn in {plaats}" in buit.lekken({})
