"""After a full journey no number stands anywhere but in its sealed places."""

import base64
import io
import logging
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from portal.berichten.verzenden import verzend_een
from portal.logregels import JsonRegel, Masker
from portal.mijn.views import gegevens
from tests.inloggen import inloggen
from tests.mijn.conftest import Mens

pytestmark = [pytest.mark.login, pytest.mark.django_db, pytest.mark.lang]
NUMMERS = ["999990019", "999990421", "90000011", "000090000011"]
PAGINAS = [
    "/overzicht/",
    "/mijn-gegevens/",
    "/mijn-gegevens/naam/",
    "/mijn-gegevens/voorstellen/",
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
FOUTEN = [("get", "/bestaat-niet/"), ("get", "/uitloggen/"), ("post", "/overzicht/"),
          ("get", "/inloggen/opnieuw/?handeling=onzin"), ("get", "/mijn-gegevens/rekening/tonen/"),
          ]  # fmt: skip


def vormen(nummer):
    """A number as it may hide: plain, spaced, dotted, encoded, reversed."""
    drie = [nummer[i : i + 3] for i in range(0, len(nummer), 3)]
    gecodeerd = base64.b64encode(nummer.encode()).decode().rstrip("=")
    gescheiden = [teken.join(drie) for teken in ("", " ", ".", "%20")]
    return [*gescheiden, nummer[::-1], gecodeerd, nummer.encode().hex()]


def gevonden_in(tekst):
    return sorted({n for n in NUMMERS for vorm in vormen(n) if vorm in tekst})


@pytest.fixture
def log():
    """Everything that is logged, from every logger, without the mask and its formatter."""
    uit = io.StringIO()
    ruw = logging.StreamHandler(uit)
    ruw.setFormatter(logging.Formatter("%(message)s %(args)s %(exc_text)s"))
    wortel = logging.getLogger()
    wortel.addHandler(ruw)
    yield uit
    wortel.removeHandler(ruw)


class Reis(Mens):
    """Remembers every address, every title and every error page on the way."""

    def __init__(self):
        super().__init__(raise_request_exception=False)
        self.adressen, self.titels, self.foutpaginas = [], [], []

    def request(self, **request):
        antwoord = super().request(**request)
        self.adressen += [f"{request['PATH_INFO']}?{request.get('QUERY_STRING', '')}"]
        self.adressen += [antwoord.get("Location", "") + antwoord.get("HX-Redirect", "")]
        tekst = b"".join(antwoord).decode()
        self.titels += re.findall(r"<title>(.*?)</title>", tekst, re.DOTALL)
        if antwoord.status_code >= 400:
            self.foutpaginas.append((antwoord.status_code, tekst.partition("<main")[2]))
        return antwoord


def hele_databank():
    """Every row of every table as text."""
    with connection.cursor() as cursor:
        tabellen = connection.introspection.table_names(cursor)
        delen = []
        for tabel in tabellen:
            cursor.execute(f'select t::text from "{tabel}" t')  # noqa: S608 - our own tables
            delen += [rij[0] for rij in cursor.fetchall()]
    return "\n".join(delen)


def reis(**inlog):
    client = Reis()
    inloggen(client, doe="annuleren", **inlog)
    inloggen(client, niveau=10 if inlog["middel"] != "eidas" else 20, **inlog)
    inloggen(client, niveau=30, **inlog)
    for pagina in PAGINAS:
        client.get(pagina)
    client.verstuur("/mijn-gegevens/naam/", waarde="Noor")
    client.verstuur("/mijn-gegevens/email/toevoegen/", waarde="noor@example.org")
    inloggen(client, niveau=30, handeling="verwijderen", **inlog)
    client.get("/inloggen/digid/terug/?code=a&state=b")
    for methode, pad in FOUTEN:
        getattr(client, methode)(pad)
    while verzend_een(timezone.now()):
        pass
    tussendoor = hele_databank()
    client.post("/uitloggen/")
    return client, tussendoor


def hele_voorraad():
    """Every key and value of the cache, as text."""
    return "\n".join(f"{sleutel} {waarde!r}" for sleutel, waarde in cache._cache.items())


def hele_post():
    """Everything that was mailed, headers included."""
    return "\n".join(str(bericht.message()) for bericht in mail.outbox)


@pytest.mark.uitgangspunt("MIN-6")
@pytest.mark.parametrize(
    ("middel", "persoon"),
    [("digid", "noor"), ("machtigen", "omar-voor-noor"), ("eherkenning", "korenbloem-winkel"),
     ("eidas", "noor-be")],
)  # fmt: skip
def test_kanarie_geen_nummer_buiten_de_verzegelde_plaatsen(log, monkeypatch, middel, persoon):
    monkeypatch.setattr(gegevens, "rechten", _kapot)  # the page of all data is a 500
    client, tussendoor = reis(middel=middel, persoon=persoon)
    assert len(client.adressen) > 40
    assert {404, 405, 500} <= {status for status, _ in client.foutpaginas}
    assert gevonden_in("\n".join(tekst for _, tekst in client.foutpaginas)) == []
    assert hele_voorraad()
    assert gevonden_in(hele_voorraad()) == []
    assert mail.outbox
    assert gevonden_in(hele_post()) == []
    assert gevonden_in("\n".join(client.adressen)) == []
    assert gevonden_in("\n".join(client.titels)) == []
    assert gevonden_in(log.getvalue()) == []
    assert gevonden_in(tussendoor) == []
    assert gevonden_in(hele_databank()) == []


def _kapot():
    raise RuntimeError("kapot")


def test_de_kanarie_heeft_tanden():
    assert gevonden_in("bsn=999990019") == ["999990019"]
    assert gevonden_in(base64.b64encode(b"999990421").decode()) == ["999990421"]
    assert gevonden_in("910 099 999") == []
    assert gevonden_in("421 099 999"[::-1]) == []
    assert gevonden_in("999990421"[::-1]) == ["999990421"]


def test_het_net_onder_het_log_maskeert_wat_toch_ontsnapt():
    uit = io.StringIO()
    net = logging.StreamHandler(uit)
    net.addFilter(Masker())
    net.setFormatter(JsonRegel())
    logger = logging.Logger("proef")
    logger.addHandler(net)
    logger.warning("nummer 999990019", extra={"nummer": "999990421"})
    assert gevonden_in(uit.getvalue()) == []
