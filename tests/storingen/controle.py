"""Drie bronnen naast elkaar: wat de schrijvers hoorden, wat vastligt, wat er aankwam."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import psycopg

BEZORGINGEN = """
select a.url, z.onderwerp::text, z.volgnummer, coalesce(z.gebeurtenis_id::text, '')
  from webhooks_bezorging z join webhooks_abonnement a on a.id = z.abonnement_id
"""
GESCHIEDENIS = "select onderwerp::text, versie, id::text from klanten_gebeurtenis"


@dataclass
class Verslag:
    """Wat er misging; leeg is goed. `herhaald` is toegestaan, en hoort er bij storingen te zijn."""

    kwijt: list = field(default_factory=list)
    ontbreekt: list = field(default_factory=list)
    spook: list = field(default_factory=list)
    wanorde: list = field(default_factory=list)
    verouderd: list = field(default_factory=list)
    vals: list = field(default_factory=list)
    herhaald: int = 0
    ontvangen: int = 0
    langste_stilte: float = 0.0
    toegezegd: int = 0

    @property
    def fouten(self):
        return {
            naam: waarde[:5]
            for naam in ("kwijt", "ontbreekt", "spook", "wanorde", "verouderd", "vals")
            if (waarde := getattr(self, naam))
        }


def regels(pad):
    """De hele regels van een logboek; een halve laatste regel is nooit geschreven."""
    if not Path(pad).exists():
        return []
    heel = Path(pad).read_text().rpartition("\n")[0]
    return [json.loads(regel) for regel in heel.splitlines()]


def oordeel(url, ontvangst, toezeggingen):
    """Vergelijk; `ontvangst` het logboek van de ontvanger, `toezeggingen` die van de schrijvers."""
    with psycopg.connect(url) as verbinding:
        bezorgingen = verbinding.execute(BEZORGINGEN).fetchall()
        geschiedenis = verbinding.execute(GESCHIEDENIS).fetchall()
    verslag = Verslag()
    bekend = {(onderwerp, versie) for onderwerp, versie, _ in geschiedenis}
    for pad in toezeggingen:
        for regel in regels(pad):
            verslag.toegezegd += 1
            if (regel["klant"], regel["versie"]) not in bekend:
                verslag.kwijt.append(regel)
    _vergelijk(verslag, bezorgingen, regels(ontvangst))
    return verslag


def _vergelijk(verslag, bezorgingen, ontvangen):
    verwacht = {
        ("/" + adres.split("/", 3)[3], onderwerp, nummer): id_
        for adres, onderwerp, nummer, id_ in bezorgingen
    }
    hoogste, gezien = defaultdict(int), set()
    tijden = [regel["op"] for regel in ontvangen]
    verslag.langste_stilte = max((b - a for a, b in pairwise(tijden)), default=0.0)
    for regel in ontvangen:
        if regel["uitkomst"] == "handtekening klopt niet":
            verslag.vals.append(regel["id"])
            continue
        bericht = json.loads(regel["inhoud"])
        baan, nummer = (regel["pad"], bericht["subject"]), int(bericht["sequence"])
        verslag.ontvangen += 1
        if verwacht.get((*baan, nummer), "") not in {bericht["id"], ""}:
            verslag.spook.append((*baan, nummer))
        if (*baan, nummer) in gezien:
            verslag.herhaald += 1
            if nummer < hoogste[baan] and not regel["herhaling"]:
                verslag.verouderd.append((*baan, nummer, hoogste[baan]))
        elif nummer != hoogste[baan] + 1:
            verslag.wanorde.append((*baan, nummer, hoogste[baan]))
        gezien.add((*baan, nummer))
        hoogste[baan] = max(hoogste[baan], nummer)
    verslag.ontbreekt = sorted(set(verwacht) - gezien)
    verslag.spook += sorted(gezien - set(verwacht))
