"""Gebeurtenis -> bericht: bij wie, wanneer, welke velden; nooit de waarden.

A body is a pure function of columns that never change, so every try gives the same bytes. `VORM`
names the format; whoever changes it keeps the older builder as long as a Bezorging of it is open.
CloudEvents 1.0, structured JSON, NL GOV profile.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from portal.klanten.models import Gebeurtenis

VORM = 1
MAX_BYTES = 20_000
SOORT = Gebeurtenis.Soort
OVERGESLAGEN = "bericht-overgeslagen"
TEST = "test"
TYPEN: dict[str, str] = {
    SOORT.AANGEMAAKT: "klant-aangemaakt",
    SOORT.GEWIJZIGD: "klant-gewijzigd",
    SOORT.BEVESTIGD: "klant-bevestigd",
    SOORT.GECLAIMD: "klant-geclaimd",
    SOORT.VERWIJDERD: "klant-verwijderd",
    SOORT.MELDING_ONTVANGEN: "melding-ontvangen",
}
"""Soort van de Gebeurtenis -> laatste deel van `type`, en naam van het schema."""
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
VELDNAMEN = {"email": "emailadres", "telefoon": "telefoonnummer"}
"""Waar de naam in een Gebeurtenis anders is dan die in de API."""


@dataclass(frozen=True, kw_only=True)
class Afzender:
    """Wat in elk bericht hetzelfde is: bron (URN), adres van het portaal, epoch na herstel."""

    bron: str
    adres: str
    epoch: int


@dataclass(frozen=True, kw_only=True)
class Feiten:
    """De kolommen waaruit een bericht ontstaat; `slaat_over` alleen bij een overgeslagen bericht.

    `abonnement` is the uuid of the abonnement, `gebeurtenis` that of the Gebeurtenis.
    """

    abonnement: UUID
    onderwerp: UUID
    volgnummer: int
    gebeurtenis: UUID | None
    soort: str
    subjectsoort: str
    gebeurd_op: dt.datetime
    versie: int
    velden: tuple[str, ...]
    slaat_over: int | None = None

    @property
    def id(self) -> UUID:
        """Het id van het bericht: dat van de Gebeurtenis, of een vast id van de melding."""
        return self.gebeurtenis or uuid5(self.abonnement, f"{self.onderwerp}/{self.volgnummer}")


def bericht(feiten: Feiten, van: Afzender, waarden: Mapping[str, object] | None = None) -> bytes:
    """KLUIT02: één regel JSON; `waarden` alleen voor een informatierijk abonnement."""
    soort = OVERGESLAGEN if feiten.slaat_over is not None else TYPEN[feiten.soort]
    inhoud = _overgeslagen(feiten, van) if soort == OVERGESLAGEN else _gewijzigd(feiten, van)
    if waarden is not None:
        inhoud["waarden"] = dict(sorted(waarden.items()))
    envelop = _envelop(soort, feiten.id, feiten.gebeurd_op, van, str(feiten.onderwerp))
    envelop |= {
        "partitionkey": str(feiten.onderwerp),
        "sequence": nummer(feiten.volgnummer),
        "sequencetype": "PerAbonnementEnSubject",
        "data": inhoud,
    }
    return als_bytes(envelop)


def proefbericht(id_: UUID, op: dt.datetime, van: Afzender) -> bytes:
    """Het bericht van de handdruk: buiten elke baan, dus zonder volgnummer."""
    return als_bytes(_envelop(TEST, id_, op, van, None) | {"data": {"epoch": van.epoch}})


def veldnaam(veld: str) -> str:
    """De naam van een veld zoals de API het noemt."""
    return VELDNAMEN.get(veld, veld)


def webhook_id(abonnement: UUID, bericht_id: UUID) -> UUID:
    """Hetzelfde bij elke poging, een ander per abonnement."""
    return uuid5(abonnement, str(bericht_id))


def nummer(volgnummer: int) -> str:
    """Tien cijfers, zodat de volgorde van tekst die van getallen is."""
    return f"{volgnummer:010d}"


def tijdstip(op: dt.datetime) -> str:
    """RFC 3339 in UTC, altijd met microseconden."""
    return op.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def adres_van(onderwerp: UUID, van: Afzender) -> str:
    """Waar de ontvanger de klant leest."""
    return f"{van.adres}/api/v1/klanten/{onderwerp}"


def als_bytes(waarde: Mapping[str, object]) -> bytes:
    """Vaste volgorde van sleutels, geen spaties, letters zoals ze zijn."""
    return _json(waarde).encode()


def _envelop(
    soort: str, id_: UUID, op: dt.datetime, van: Afzender, onderwerp: str | None
) -> dict[str, object]:
    return {
        "specversion": "1.0",
        "id": str(id_),
        "source": van.bron,
        "type": f"nl.klanten.{soort}",
        **({"subject": onderwerp} if onderwerp else {}),
        "time": tijdstip(op),
        "datacontenttype": "application/json",
        "dataschema": f"{van.adres}/schemas/{soort}.v1.json",
    }


def _gewijzigd(feiten: Feiten, van: Afzender) -> dict[str, object]:
    if feiten.soort == SOORT.MELDING_ONTVANGEN:
        waarover = {"melding": str(feiten.onderwerp)}
    else:
        waarover = {"klant": adres_van(feiten.onderwerp, van)}
    return {
        **waarover,
        "versie": feiten.versie,
        "epoch": van.epoch,
        "gewijzigd": sorted(map(veldnaam, feiten.velden)),
    }


def _overgeslagen(feiten: Feiten, van: Afzender) -> dict[str, object]:
    return {
        "overgeslagen": [nummer(feiten.slaat_over or 0)],
        "klant": adres_van(feiten.onderwerp, van),
        "epoch": van.epoch,
    }
