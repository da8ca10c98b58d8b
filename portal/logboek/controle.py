"""Klopt het logboek nog: elke schakel nagerekend in Python, los van de databank die haar maakte."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from accounts.zegel import OngeldigeHandtekening, onderteken, ondertekende_tekst
from portal.logboek.models import Kop, Logregel

BEGIN = bytes(32)
KOP = re.compile(r"[0-9A-Za-z]{1,12}:(?:[0-9a-f]{2})+:[0-9a-f]{64}")
_DOEL = "logboek.kop"


@dataclass(frozen=True)
class Breuk:
    """Waar een keten niet klopt; `volgnummer` is de eerste regel die niet deugt of ontbreekt."""

    organisatie: str
    dag: date
    volgnummer: int
    reden: str

    def __str__(self) -> str:
        return f"{self.organisatie} {self.dag.isoformat()} regel {self.volgnummer}: {self.reden}"


def controleer(
    getekend: Iterable[str] = (), *, dagen: Collection[date] | None = None
) -> list[Breuk]:
    """Alle ketens van deze dagen, of van alle; leeg is goed.

    A chain may grow while it is read. `getekend` are heads that were kept elsewhere: only they find
    a tail that was cut off together with its head, or a chain that was made anew as a whole.
    Raises OngeldigeHandtekening on a head that we did not sign.
    """
    deze = {} if dagen is None else {"dag__in": dagen}
    gelezen = Kop.objects.filter(**deze).order_by("organisatie", "dag")
    koppen = {(kop.organisatie, kop.dag): kop for kop in gelezen}
    breuken = [breuk for kop in koppen.values() if (breuk := _controleer_dag(kop))]
    breuken += _zonder_kop(Logregel.objects.filter(**deze))
    for tekst in getekend:
        breuken += _vergelijk(json.loads(ondertekende_tekst(tekst, _DOEL)), koppen)
    return breuken


def getekende_koppen(sinds: date | None = None) -> list[str]:
    """De koppen van elke organisatie en elke dag vanaf `sinds` (UTC), om elders te bewaren."""
    koppen = Kop.objects.order_by("dag", "organisatie")
    return [
        onderteken(
            json.dumps([kop.organisatie, kop.dag.isoformat(), kop.aantal, _hex(kop.hash)]), _DOEL
        )
        for kop in (koppen if sinds is None else koppen.filter(dag__gte=sinds))
    ]


def koppen_uit(regels: Iterable[str]) -> list[str]:
    """De getekende koppen uit bewaarde regels: kaal, of zoals de verzamelaar van het log ze heeft.

    Raises OngeldigeHandtekening, with the number of the line, when a line holds none.
    """
    koppen = []
    for nummer, regel in enumerate(regels, start=1):
        if regel.strip():
            gevonden = KOP.search(regel)
            if gevonden is None:
                raise OngeldigeHandtekening(f"op regel {nummer} staat geen getekende kop")
            koppen.append(gevonden[0])
    return koppen


def schakel(regel: Logregel, vorige: bytes) -> bytes:
    """De hash die bij deze regel hoort (zelfde tekst als functie logboek_schakel)."""
    ouder = None if regel.parent_span_id is None else _hex(regel.parent_span_id)
    velden = [
        regel.organisatie, regel.dag.isoformat(), regel.volgnummer,
        _hex(regel.trace_id), _hex(regel.span_id), ouder,
        regel.status, regel.naam, regel.start_ms, regel.eind_ms, regel.activiteit,
        regel.betrokkene, regel.afnemer, regel.afdeling, regel.verwerker, regel.doel,
        regel.gegevens, regel.eigen,
    ]  # fmt: skip
    tekst = json.dumps(velden, ensure_ascii=False)
    return hashlib.sha256(vorige + tekst.encode()).digest()


def _controleer_dag(kop: Kop) -> Breuk | None:
    if kop.opgeruimd_op is not None:
        return None
    vorige, verwacht = BEGIN, 1
    for regel in _regels(kop):
        if regel.volgnummer != verwacht:
            return Breuk(kop.organisatie, kop.dag, verwacht, "ontbreekt")
        if bytes(regel.vorige) != vorige or bytes(regel.hash) != schakel(regel, vorige):
            return Breuk(kop.organisatie, kop.dag, verwacht, "is veranderd")
        vorige, verwacht = bytes(regel.hash), verwacht + 1
    return _controleer_staart(kop, vorige, verwacht)


def _controleer_staart(kop: Kop, laatste: bytes, verwacht: int) -> Breuk | None:
    if verwacht <= kop.aantal:
        return Breuk(kop.organisatie, kop.dag, verwacht, "de staart ontbreekt")
    if bytes(kop.hash) != laatste:
        return Breuk(kop.organisatie, kop.dag, kop.aantal, "de kop past er niet bij")
    # The lines before the head: what was added in between is then counted by both.
    einde = _van(kop).aggregate(einde=Max("volgnummer", default=0))["einde"]
    kop.refresh_from_db(fields=["aantal"])
    if einde > kop.aantal:
        return Breuk(kop.organisatie, kop.dag, kop.aantal + 1, "staat na de kop")
    return None


def _van(kop: Kop) -> QuerySet[Logregel]:
    return Logregel.objects.filter(organisatie=kop.organisatie, dag=kop.dag)


def _regels(kop: Kop) -> Iterator[Logregel]:
    """As far as the head that was read reaches: lines that are added now belong to a later head."""
    tot_de_kop = _van(kop).filter(volgnummer__lte=kop.aantal)
    return tot_de_kop.order_by("volgnummer").iterator(chunk_size=5000)


def _zonder_kop(regels: QuerySet[Logregel]) -> list[Breuk]:
    dagen = set(regels.values_list("organisatie", "dag").distinct())
    dagen -= set(Kop.objects.values_list("organisatie", "dag"))
    return [Breuk(*sleutel, 1, "de kop ontbreekt") for sleutel in sorted(dagen)]


def _vergelijk(
    getekend: tuple[str, str, int, str], koppen: dict[tuple[str, date], Kop]
) -> list[Breuk]:
    organisatie, dag_tekst, aantal, hash_ = getekend
    dag = date.fromisoformat(dag_tekst)
    kop = koppen.get((organisatie, dag))
    if kop is None or kop.aantal < aantal:
        ontbreekt = 1 if kop is None else kop.aantal + 1
        return [Breuk(organisatie, dag, ontbreekt, "was er wel toen de kop getekend werd")]
    if kop.opgeruimd_op is not None:
        return []
    regel = Logregel.objects.filter(organisatie=organisatie, dag=dag, volgnummer=aantal).first()
    if regel is None or _hex(regel.hash) != hash_:
        return [Breuk(organisatie, dag, aantal, "is niet de regel die getekend is")]
    return []


def _hex(waarde: bytes | memoryview) -> str:
    return bytes(waarde).hex()
