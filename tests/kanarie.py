"""Zoekt de waarden van een reis op elke plaats waar zij niet horen, in elke vorm.

A canary is a value that stands nowhere else: who finds it, found a leak. `Buit` holds what was
collected per place; `lekken` says what stands there and may not (issue 9 point 3, MIN-6).
"""

import base64
import io
import logging
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.db import connection

from portal.logregels import JsonRegel, Masker, velden_van

if TYPE_CHECKING:
    from playwright.sync_api import Page

TUSSEN = r"(?:[\s.\-_/+]|%20|&nbsp;|\\u00a0)?"
"""What people and templates put between the digits of a number."""
LEESTEKEN = r"(?:[^0-9a-z]|%[0-9a-f]{2}|\\u00[0-9a-f]{2}|&#x?[0-9a-f]+;){0,3}"
"""Any spelling of a character in a value that is no letter or digit."""

Toegestaan = Mapping[str, Collection[str]]


def _gespeld(waarde: str) -> str:
    """The pattern of a value in plain text: spaced, dotted, escaped for a URL, JSON or HTML."""
    tussen = TUSSEN if any(teken.isdigit() for teken in waarde) else ""
    tekens = [re.escape(teken) if teken.isalnum() else LEESTEKEN for teken in waarde]
    return tussen.join(tekens)


def _base64(waarde: str) -> Iterator[str]:
    """What any base64 around this value must hold, at each of the three places it may begin."""
    for ervoor, weg in ((0, 0), (1, 2), (2, 3)):
        inhoud = b"\0" * ervoor + waarde.encode()
        kern = base64.b64encode(inhoud).decode().rstrip("=")[weg:]
        kern = kern if len(inhoud) % 3 == 0 else kern[:-1]
        yield from (kern, kern.translate(str.maketrans("+/", "-_")))


def patroon(waarde: str) -> re.Pattern[str]:
    """Finds a value plain, spaced, dotted, escaped, reversed, in base64 and in hex."""
    vast = [waarde[::-1], waarde.encode().hex(), quote(waarde, safe="")]
    letterlijk = "|".join(re.escape(vorm) for vorm in vast)
    gecodeerd = "|".join(re.escape(kern) for kern in _base64(waarde))
    return re.compile(f"(?i:{_gespeld(waarde)}|{letterlijk})|{gecodeerd}")


class Buit:
    """Wat er onderweg op elke plaats lag, en wat daarvan een kanarie is."""

    def __init__(self, waarden: Mapping[str, str]) -> None:
        self._patronen = {naam: patroon(waarde) for naam, waarde in waarden.items()}
        self._plaatsen: dict[str, list[str]] = defaultdict(list)

    def leg(self, plaats: str, *teksten: str) -> None:
        """Leg erbij wat op deze plaats te lezen is."""
        self._plaatsen[plaats] += teksten

    def omvang(self, plaats: str) -> int:
        """Het aantal tekens dat hier lag: een lege plaats bewijst niets."""
        return sum(map(len, self._plaatsen[plaats]))

    @property
    def plaatsen(self) -> set[str]:
        return set(self._plaatsen)

    def gevonden(self) -> dict[str, set[str]]:
        """Per plaats de namen van de kanaries die er te lezen zijn."""
        uit = {}
        for plaats, teksten in self._plaatsen.items():
            geheel = "\n".join(teksten)
            namen = {naam for naam, zoek in self._patronen.items() if zoek.search(geheel)}
            uit |= {plaats: namen} if namen else {}
        return uit

    def lekken(self, toegestaan: Toegestaan) -> list[str]:
        """Wat ergens ligt en daar niet mag; namen en plaatsen, nooit de waarde zelf."""
        return sorted(
            f"{naam} in {plaats}"
            for plaats, namen in self.gevonden().items()
            for naam in namen - set(toegestaan.get(plaats, ()))
        )

    def overbodig(self, toegestaan: Toegestaan) -> list[str]:
        """Wat ergens mag liggen maar er niet lag: dan is de lijst te ruim, of de reis te kort."""
        gevonden = self.gevonden()
        return sorted(
            f"{naam} in {plaats}"
            for plaats, namen in toegestaan.items()
            for naam in set(namen) - gevonden.get(plaats, set())
        )


class Open(logging.Formatter):
    """What a caller of the log gave, before the mask; the text of an exception is never written."""

    def format(self, record: logging.LogRecord) -> str:
        return f"{record.name} {record.getMessage()} {velden_van(record)}"


@contextmanager
def luister(buit: Buit) -> Iterator[None]:
    """Take every log line of this process twice: as it is written, and without the mask."""
    regels, ruw = io.StringIO(), io.StringIO()
    geschreven, open_ = logging.StreamHandler(regels), logging.StreamHandler(ruw)
    geschreven.addFilter(Masker())
    geschreven.setFormatter(JsonRegel())
    open_.setFormatter(Open())
    wortel = logging.getLogger()
    stand = wortel.level
    wortel.setLevel(logging.INFO)
    wortel.handlers[:0] = [open_, geschreven]  # the mask changes the record: the open one is first
    try:
        yield
    finally:
        wortel.setLevel(stand)
        wortel.removeHandler(open_)
        wortel.removeHandler(geschreven)
        buit.leg("log zoals geschreven", regels.getvalue())
        buit.leg("log zonder masker", ruw.getvalue())


def leg_databank(buit: Buit, soort: str) -> None:
    """Dump every table the way pg_dump does (COPY), kept apart per column."""
    with connection.cursor() as cursor:
        for tabel in connection.introspection.table_names(cursor):
            naam = connection.ops.quote_name(tabel)
            with cursor.copy(f"copy {naam} to stdout (header)") as stroom:
                dump = b"".join(bytes(blok) for blok in stroom).decode()
            kop, *rijen = [regel.split("\t") for regel in dump.splitlines()]
            for kolom, waarden in zip(kop, zip(*rijen, strict=True), strict=False):
                buit.leg(f"{soort} {tabel}.{kolom}", *waarden)


def log_van_de_databank() -> Path:
    """The file to which the embedded server writes its own lines."""
    with connection.cursor() as cursor:
        cursor.execute("show data_directory")
        return Path(cursor.fetchone()[0]).parent / "pg.log"


OPSLAG = """async () => {
  const rijen = [document.cookie, JSON.stringify(history.state), window.name,
                 JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})]
  for (const {name, version} of await indexedDB.databases()) {
    const bank = await new Promise((klaar, fout) => {
      const vraag = indexedDB.open(name, version)
      vraag.onsuccess = () => klaar(vraag.result)
      vraag.onerror = () => fout(vraag.error)
    })
    for (const kast of bank.objectStoreNames) {
      const vraag = bank.transaction(kast).objectStore(kast).getAll()
      rijen.push(kast + JSON.stringify(await new Promise((klaar) => {
        vraag.onsuccess = () => klaar(vraag.result)
      })))
    }
    bank.close()
  }
  for (const naam of await caches.keys()) {
    const kast = await caches.open(naam)
    for (const vraag of await kast.keys())
      rijen.push(naam + vraag.url + await (await kast.match(vraag)).text())
  }
  return rijen.join("\\n")
}"""
"""Everything a page of ours can leave behind in the browser."""
TITELS = """addEventListener("DOMContentLoaded", () => {
  const meld = () => kanarieTitel(document.title)
  new MutationObserver(meld).observe(document.head, {subtree: true, childList: true})
  meld()
})"""


def kijk_mee(buit: Buit, bladzijde: "Page") -> None:
    """Take every address that this browser asks, is sent to or names, and every title it shows."""
    context = bladzijde.context
    koppen = ("location", "hx-redirect", "hx-location", "hx-push-url", "hx-replace-url", "refresh")
    context.set_default_timeout(30_000)  # ms: a journey may also be made on a busy machine
    context.expose_binding("kanarieTitel", lambda _, titel: buit.leg("titel", titel))
    context.add_init_script(TITELS)
    context.on("request", lambda v: buit.leg("adres", v.url, v.headers.get("referer", "")))
    context.on(
        "response", lambda a: buit.leg("adres", *(a.headers.get(naam, "") for naam in koppen))
    )


def leg_opslag(buit: Buit, bladzijde: "Page") -> None:
    """Take what the browser keeps at this moment."""
    buit.leg("opslag van de browser", bladzijde.evaluate(OPSLAG))
    buit.leg("cookies", *(f"{c['name']}={c['value']}" for c in bladzijde.context.cookies()))
