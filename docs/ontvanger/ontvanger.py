"""Een ontvanger om over te nemen: controleren, ontdubbelen, volgorde bewaken, klant ophalen.

Nodig: Python 3.11, `pip install standardwebhooks`. Wat aankomt staat in SQLite voordat het
antwoord 204 vertrekt; daarna doet `te_verwerken` er iets mee. Meer hoeft een ontvanger niet.
"""

import json
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

TABELLEN = """
create table if not exists gezien (
  epoch integer, subject text, sequence text not null, primary key (epoch, subject)
);
create table if not exists postvak (
  nummer integer primary key, webhook_id text not null, type text not null, inhoud text not null,
  verwerkt integer not null default 0
);
"""


class Ontvanger:
    """Neemt webhooks van het klantportaal aan; `geheim` is de `whsec_…` van het abonnement."""

    def __init__(self, geheim: str, bestand: str = "postvak.sqlite3") -> None:
        self._webhook = Webhook(geheim)
        self._db = sqlite3.connect(bestand, isolation_level=None)
        self._db.executescript(TABELLEN)

    def ontvang(self, inhoud: bytes, koppen: Mapping[str, str]) -> tuple[int, str]:
        """Geef de HTTP-status voor het antwoord, en een woord voor het eigen logboek."""
        try:
            bericht = self._webhook.verify(inhoud, dict(koppen))
        except (WebhookVerificationError, ValueError):
            return 401, "handtekening klopt niet"
        kop = {naam.lower(): waarde for naam, waarde in koppen.items()}
        return 204, self._bewaar(bericht, inhoud.decode(), kop)

    def _bewaar(self, bericht: dict[str, Any], inhoud: str, kop: Mapping[str, str]) -> str:
        """Alles in één transactie: pas als het vaststaat, krijgt het portaal antwoord."""
        with self._db:
            self._db.execute("begin immediate")
            if "sequence" in bericht and kop.get("webhook-replay") != "true":
                if not self._is_nieuw(bericht):
                    return "had ik al"
                self._db.execute(
                    "insert into gezien values (?, ?, ?)"
                    " on conflict do update set sequence = excluded.sequence",
                    (bericht["data"]["epoch"], bericht["subject"], bericht["sequence"]),
                )
            self._db.execute(
                "insert into postvak (webhook_id, type, inhoud) values (?, ?, ?)",
                (kop["webhook-id"], bericht["type"], inhoud),
            )
        return "nieuw"

    def _is_nieuw(self, bericht: Mapping[str, Any]) -> bool:
        """Tien cijfers met voorloopnullen: de volgorde van tekst is die van getallen.

        Is het portaal teruggezet, dan tellen de nummers opnieuw, onder een ander epoch.
        """
        rij = self._db.execute(
            "select sequence from gezien where epoch = ? and subject = ?",
            (bericht["data"]["epoch"], bericht["subject"]),
        ).fetchone()
        return rij is None or bericht["sequence"] > rij[0]

    def te_verwerken(self) -> Iterator[dict[str, Any]]:
        """Geef wat nog niet verwerkt is, op volgorde; afgevinkt als de lus verder gaat."""
        rijen = self._db.execute(
            "select nummer, inhoud from postvak where not verwerkt order by nummer"
        ).fetchall()
        for nummer, inhoud in rijen:
            yield json.loads(inhoud)
            self._db.execute("update postvak set verwerkt = 1 where nummer = ?", (nummer,))

    def sluit(self) -> None:
        self._db.close()


def stem_toe(koppen: Mapping[str, str], portaal: str) -> dict[str, str]:
    """Geef de koppen voor het antwoord op OPTIONS; leeg als een ander dan `portaal` het vraagt."""
    kop = {naam.lower(): waarde for naam, waarde in koppen.items()}
    if kop.get("webhook-request-origin") != portaal:
        return {}
    return {
        "Allow": "POST, OPTIONS",
        "WebHook-Allowed-Origin": portaal,
        "WebHook-Allowed-Rate": "*",
    }


def haal_klant(bericht: Mapping[str, Any], token: str, doel: str) -> dict[str, Any] | None:
    """Lees de klant van nu bij het portaal; None als die verwijderd is. Noem het doel erbij."""
    vraag = urllib.request.Request(  # noqa: S310 - de URL staat in een bericht met handtekening
        bericht["data"]["klant"], headers={"Authorization": f"Bearer {token}", "Doel": doel}
    )
    try:
        with urllib.request.urlopen(vraag, timeout=10) as antwoord:  # noqa: S310 - zie boven
            klant: dict[str, Any] = json.load(antwoord)
            return klant
    except urllib.error.HTTPError as fout:
        if fout.code == 404:
            return None
        raise
