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
SLEUTELS = """
select sleutel::text, klant::text, versie from klanten_handelingsleutel where klant is not null
"""
WAARDEN = """
select g.onderwerp::text, g.versie, w.nieuw
  from klanten_waarde w join klanten_gebeurtenis g on g.id = w.gebeurtenis_id
 where w.nieuw <> ''
"""
STANDEN = """
select k.id::text, k.versie, max(g.versie), count(*), min(g.versie)
  from klanten_klant k left join klanten_gebeurtenis g on g.onderwerp = k.id group by k.id
"""
ZONDER_BEZORGING = """
select g.onderwerp::text, g.versie, a.id
  from klanten_gebeurtenis g cross join webhooks_abonnement a
 where not exists (select from webhooks_bezorging z
                    where z.gebeurtenis_id = g.id and z.abonnement_id = a.id)
"""
TE_LAAT = "select count(*) from webhooks_poging where foutsoort = 'te-laat'"
VRAGEN = (BEZORGINGEN, GESCHIEDENIS, SLEUTELS, WAARDEN, STANDEN, ZONDER_BEZORGING, TE_LAAT)
SOORTEN = ("kwijt", "ontbreekt", "spook", "wanorde", "verouderd", "vals", "gaten", "dubbel")


@dataclass
class Verslag:
    """Wat er misging; leeg is goed. `herhaald` is toegestaan, en hoort er bij storingen te zijn."""

    kwijt: list = field(default_factory=list)
    ontbreekt: list = field(default_factory=list)
    spook: list = field(default_factory=list)
    wanorde: list = field(default_factory=list)
    verouderd: list = field(default_factory=list)
    vals: list = field(default_factory=list)
    gaten: list = field(default_factory=list)
    dubbel: list = field(default_factory=list)
    herhaald: int = 0
    ontvangen: int = 0
    langste_stilte: float = 0.0
    toegezegd: int = 0
    te_laat: int = 0

    @property
    def fouten(self):
        return {naam: waarde[:5] for naam in SOORTEN if (waarde := getattr(self, naam))}


def regels(pad):
    """De hele regels van een logboek; een halve laatste regel is nooit geschreven."""
    if not Path(pad).exists():
        return []
    heel = Path(pad).read_text().rpartition("\n")[0]
    return [json.loads(regel) for regel in heel.splitlines()]


def oordeel(url, ontvangst, toezeggingen):
    """Vergelijk; `ontvangst` het logboek van de ontvanger, `toezeggingen` die van de schrijvers."""
    with psycopg.connect(url) as verbinding:
        alles = lees(verbinding.cursor())
    gezegd = [regel for pad in toezeggingen for regel in regels(pad)]
    return weeg(alles, regels(ontvangst), gezegd)


def lees(cursor):
    """Wat er vastligt: per vraag haar rijen."""
    alles = {}
    for vraag in VRAGEN:
        cursor.execute(vraag)
        alles[vraag] = cursor.fetchall()
    return alles


def weeg(alles, ontvangen, toegezegd):
    """Leg wat vastligt naast de regels van de ontvanger en die van de schrijvers."""
    verslag = Verslag(te_laat=alles[TE_LAAT][0][0])
    _eis_toezeggingen(verslag, alles, toegezegd)
    _eis_zonder_gaten(verslag, alles)
    _vergelijk(verslag, alles[BEZORGINGEN], ontvangen)
    verslag.ontbreekt += alles[ZONDER_BEZORGING]
    return verslag


def waarom_dood(verslag, gedaan, *, toezeggingen, doden):
    """Waarom deze storm niets bewijst; leeg als er van alles omviel en dat te merken was.

    `gedaan` telt per streek van de nemesis hoe vaak zij lukte.
    """
    gevallen = gedaan["web"], gedaan["werker"]
    eisen = {
        f"minder dan {toezeggingen} toegezegd": verslag.toegezegd >= toezeggingen,
        f"minder dan {doden} keer kill -9": sum(gevallen) >= doden,
        "bijna alleen web of bijna alleen werkers": min(gevallen) >= doden / 5,
        "de databank viel niet om": gedaan["databank"] and gedaan["achterkant"],
        "minder ontvangen dan toegezegd": verslag.ontvangen > verslag.toegezegd,
        "niets kwam twee keer": verslag.herhaald,
        "geen ontvanger hing langer dan de pomp wacht": verslag.te_laat,
    }
    return [wat for wat, voldaan in eisen.items() if not voldaan]


def _eis_toezeggingen(verslag, alles, toezeggingen):
    """Wat opgeslagen heette staat er, met die waarde; één formulier maakte één versie."""
    bekend = {(onderwerp, versie) for onderwerp, versie, _ in alles[GESCHIEDENIS]}
    sleutels = {sleutel: (klant, versie) for sleutel, klant, versie in alles[SLEUTELS]}
    waarden = defaultdict(list)
    for onderwerp, versie, nieuw in alles[WAARDEN]:
        waarden[nieuw].append((onderwerp, versie))
    for regel in toezeggingen:
        verslag.toegezegd += 1
        plek = sleutels.get(regel["sleutel"]) if "sleutel" in regel else (regel["klant"],)
        plek = plek and (plek[0], regel["versie"])
        geschreven = waarden[regel["waarde"]] if "waarde" in regel else [plek]
        if plek not in bekend or plek not in geschreven:
            verslag.kwijt.append(regel)
    verslag.dubbel = [plekken for plekken in waarden.values() if len(plekken) > 1]


def _eis_zonder_gaten(verslag, alles):
    """Versies 1, 2, 3 ..., en de klant staat op de laatste."""
    for klant, versie, hoogste, aantal, laagste in alles[STANDEN]:
        if (versie, laagste, aantal) != (hoogste, 1, hoogste):
            verslag.gaten.append((klant, versie, hoogste, aantal))


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
