"""De ontvangers van docs/ontvanger: in Python en in JavaScript doen zij hetzelfde."""

import datetime as dt
import json
import shutil
import subprocess
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook

from tests.nep_gemeente.server import ontvanger as python_ontvanger
from tests.storingen.opstelling import vrije_poort, wacht
from tests.webhooks.test_bericht import FEITEN, GEHEIM, ID, VAN, VORIG_GEHEIM, bericht

pytestmark = pytest.mark.lang

JS = Path(__file__).resolve().parents[2] / "docs" / "ontvanger" / "ontvanger.js"


def node():
    """Node van deze machine, of die van het wheel dat `make assets` neerzet."""
    gevonden = shutil.which("node") or shutil.which("node", path=".venv/bin")
    assert gevonden, "Node ontbreekt; draai `make assets`"
    return gevonden


def koppen(inhoud, *, op=None, geheim=GEHEIM, **meer):
    op = op or dt.datetime.now(dt.UTC)
    return {
        "webhook-id": str(ID),
        "webhook-timestamp": str(int(op.timestamp())),
        "webhook-signature": Webhook(geheim).sign(str(ID), op, inhoud.decode()),
        **meer,
    }


@pytest.fixture(params=["python", "javascript"])
def ontvang(request, tmp_path, socket_enabled):
    """`ontvang(inhoud, koppen)` geeft de status; `.postvak()` de nummers die bewaard zijn."""
    if request.param == "python":
        yield from _python(tmp_path)
    else:
        yield from _javascript(tmp_path)


def _python(tmp_path):
    ontvanger = python_ontvanger.Ontvanger(GEHEIM, str(tmp_path / "postvak.sqlite3"))
    doe = lambda inhoud, kop: ontvanger.ontvang(inhoud, kop)[0]  # noqa: E731 - een regel
    yield doe, lambda: [b["sequence"] for b in ontvanger.te_verwerken()]
    ontvanger.sluit()


def _javascript(tmp_path):
    poort, postvak = vrije_poort(), tmp_path / "postvak.jsonl"
    proces = subprocess.Popen(
        [node(), str(JS), str(poort)],
        env={"GEHEIM": GEHEIM, "POSTVAK": str(postvak)},
        stderr=subprocess.DEVNULL,
    )

    def doe(inhoud, kop):
        vraag = urllib.request.Request(f"http://127.0.0.1:{poort}/", data=inhoud, headers=kop)
        try:
            with urllib.request.urlopen(vraag, timeout=5) as antwoord:  # noqa: S310 - onze server
                return antwoord.status
        except urllib.error.HTTPError as fout:
            with fout:
                return fout.code
        except OSError:
            return None

    def nummers():
        regels = postvak.read_text().splitlines() if postvak.exists() else []
        return [json.loads(regel)["sequence"] for regel in regels]

    wacht(lambda: doe(b"", {}) == 401, 10, "node luistert")
    yield doe, nummers
    proces.kill()
    proces.wait()


def _stuur(ontvang, volgnummer, van=VAN, **meer):
    inhoud = bericht(replace(FEITEN, volgnummer=volgnummer), van)
    return ontvang[0](inhoud, koppen(inhoud, **meer))


def test_wat_nieuw_is_wordt_bewaard_en_een_herhaling_niet(ontvang):
    assert [_stuur(ontvang, n) for n in (1, 2, 2, 1, 3)] == [204] * 5
    assert ontvang[1]() == ["0000000001", "0000000002", "0000000003"]


def test_na_het_terugzetten_van_het_portaal_tellen_de_nummers_opnieuw(ontvang):
    teruggezet = replace(VAN, epoch=VAN.epoch + 1)
    for nummer, van in ((1, VAN), (3, VAN), (3, teruggezet), (2, teruggezet), (4, teruggezet)):
        _stuur(ontvang, nummer, van)
    assert [int(nummer) for nummer in ontvang[1]()] == [1, 3, 3, 4]


def test_wat_een_mens_herhaalt_telt_wel(ontvang):
    for n in (1, 2):
        _stuur(ontvang, n)
    assert _stuur(ontvang, 1, **{"webhook-replay": "true"}) == 204
    assert ontvang[1]() == ["0000000001", "0000000002", "0000000001"]


def test_wat_niet_klopt_wordt_geweigerd_en_niet_bewaard(ontvang):
    inhoud = bericht(FEITEN, VAN)
    goed = koppen(inhoud)
    lang_geleden = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=6)
    for kop, lichaam in (
        ({}, inhoud),
        (goed, inhoud + b" "),
        (koppen(inhoud, geheim=VORIG_GEHEIM), inhoud),
        (koppen(inhoud, op=lang_geleden), inhoud),
        (goed | {"webhook-signature": "v1"}, inhoud),
        (goed | {"webhook-signature": "v2," + goed["webhook-signature"][3:]}, inhoud),
        (goed | {"webhook-timestamp": "nu"}, inhoud),
    ):
        assert ontvang[0](lichaam, kop) == 401
    assert ontvang[1]() == []


def test_bij_een_wissel_volstaat_een_van_de_twee_handtekeningen(ontvang):
    inhoud, op = bericht(FEITEN, VAN), dt.datetime.now(dt.UTC)
    kop = koppen(inhoud, op=op)
    ander = koppen(inhoud, op=op, geheim=VORIG_GEHEIM)["webhook-signature"]
    kop["webhook-signature"] = f"{ander} {kop['webhook-signature']}"
    assert ontvang[0](inhoud, kop) == 204
