"""`make bench-webhooks`: the figures of docs/webhooks.md, each beside a bare client, median of 5.

Writes var/bench/webhooks.json; exits 1 when a demand is missed or the benchmark proved nothing.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

from portal.ingebed.server import vrije_poort
from tests.bench import transactie
from tests.databank import BASIS
from tests.storingen.controle import oordeel
from tests.storingen.opstelling import Opstelling, nemesis, wacht

RONDEN = int(os.environ.get("BENCH_RONDEN", "5"))
EISEN = {
    "ratio_to_bare": (">=", 0.35),
    "ratio_50_subscribers": (">=", 0.25),
    "latency_ms.p50": ("<", 50),
    "latency_ms.p95": ("<=", 150),
    "lost": ("==", 0),
    "out_of_order": ("==", 0),
    "stale_duplicates": ("==", 0),
    "healthy_ratio_one_hanging": (">=", 0.8),
    "healthy_ratio_one_slow": (">=", 0.8),
    "healthy_ratio_one_500": (">=", 0.8),
    "healthy_ratio_dead_backlog_50k": (">=", 0.8),
    "transaction_ratio_5": ("<=", 2.5),
    "transaction_ratio_50": ("<=", 6),
}
VUL = """
with k as (
  select gen_random_uuid() as onderwerp, n from generate_series(1, %(klanten)s) n
), g as (
  insert into klanten_gebeurtenis (id, soort, bronorganisatie, onderwerp, subjectsoort, versie,
                                   velden, gebeurd_op, handelende, middel)
  select gen_random_uuid(), 'klant.gewijzigd', '823288444', k.onderwerp, 'natuurlijk_persoon', v,
         array['emailadres'], now(), '', ''
    from k cross join generate_series(1, %(diep)s) v order by k.n, v
  returning id, onderwerp, versie
), b as (
  insert into webhooks_baan (abonnement_id, onderwerp, volgend_nummer, openstaand, opnieuw_op)
  select a, onderwerp, %(diep)s + 1, %(diep)s, now() from k, unnest(%(abonnementen)s::int[]) a
)
insert into webhooks_bezorging (abonnement_id, onderwerp, volgnummer, gebeurtenis_id, vorm, stand)
select a, onderwerp, versie, id, 1, 'open' from g, unnest(%(abonnementen)s::int[]) a
"""


class Bank(Opstelling):
    """The fault bench's processes, with the lean receiver."""

    def __enter__(self):
        super().__enter__()
        self.omgeving["WEBHOOKS_TIJDSCHAAL"] = "1"
        self._kaal_poort = vrije_poort()
        self.omgeving["WEBHOOKS_DEMO_ONTVANGERS"] += f",http://127.0.0.1:{self._kaal_poort}"
        self.kamer.communicate()
        self.kamer = self._open_kamer()
        self._mager = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.ontvanger", str(self._kaal_poort)], cwd=BASIS
        )
        wacht(lambda: self.haal("/stand") is not None, 10, "de ontvanger antwoordt")
        return self

    def __exit__(self, *fout):
        self._mager.kill()
        self._mager.wait()
        super().__exit__(*fout)

    def adres(self, pad):
        return f"http://127.0.0.1:{self._kaal_poort}{pad}"

    def haal(self, pad):
        try:
            with urllib.request.urlopen(self.adres(pad), timeout=5) as antwoord:  # noqa: S310
                return antwoord.read() or b"{}"
        except OSError:
            return None

    def aantal(self, voorvoegsel):
        aantallen = json.loads(self.haal("/stand"))["aantallen"]
        return sum(n for pad, n in aantallen.items() if pad.startswith(voorvoegsel))

    def abonneer(self, *paden):
        """Paused abonnementen on the lean receiver; gives their ids."""
        from tests.storingen.opstelling import Proces

        Proces(self._baar, "abonnementen", *map(self.adres, paden), herstart=False).wacht_op_einde()
        self.vraag("update webhooks_abonnement set status = 'gepauzeerd'")
        return [rij[0] for rij in self.vraag("select id from webhooks_abonnement order by id")]

    def kaal(self, aantal=6000):
        uit = subprocess.run(
            [sys.executable, "-m", "tests.bench.kaal", self.adres("/kaal"), str(aantal)],
            cwd=BASIS, env=self.omgeving, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return float(uit.stdout)

    def leeg_rijen(self):
        self.haal("/leeg")
        self.vraag("truncate webhooks_poging, webhooks_bezorging, webhooks_baan cascade")
        self.vraag("delete from klanten_gebeurtenis")

    def vul(self, abonnementen, klanten, diep):
        self.vraag(VUL, {"abonnementen": abonnementen, "klanten": klanten, "diep": diep})
        self.vraag("analyze webhooks_bezorging; analyze webhooks_baan")

    def loop_leeg(self, verwacht, voorvoegsel="/ok", grens=120):
        """Deliveries a second from the first one until `verwacht` have arrived."""
        self.vraag(
            "update webhooks_abonnement set status = 'actief', onderbroken_tot = null,"
            " mislukt_achtereen = 0"
        )
        wacht(lambda: self.aantal(voorvoegsel) > 0, 20, "de veger wekt de pompen")
        begin, al = time.perf_counter(), self.aantal(voorvoegsel)
        wacht(lambda: self.aantal(voorvoegsel) >= verwacht, grens, f"{verwacht} aangekomen")
        duur = time.perf_counter() - begin
        self.vraag("update webhooks_abonnement set status = 'gepauzeerd'")
        wacht(self._rustig, 25, "de pompen stoppen")
        return (verwacht - al) / duur

    def _rustig(self):
        return not self.vraag(
            "select 1 from pg_locks where locktype = 'advisory' and classid = 7001 and granted"
        )


def meet_verhouding(bank, aantal_abonnementen, klanten, diep):
    """Ratio of our drain to the bare client around it, one number a round."""
    ids = bank.abonneer(*(f"/ok{n}" for n in range(aantal_abonnementen)))
    bank.werker()
    verhoudingen, kaal = [], bank.kaal()
    for _ in range(RONDEN):
        bank.leeg_rijen()
        bank.vul(ids, klanten, diep)
        ons = bank.loop_leeg(aantal_abonnementen * klanten * diep)
        na = bank.kaal()
        verhoudingen.append(ons / ((kaal + na) / 2))
        zeg(f"{aantal_abonnementen} abonnementen: {ons:.0f}/s, kaal {(kaal + na) / 2:.0f}/s")
        kaal = na
    return statistics.median(verhoudingen)


def meet_gezond(bank, slecht, achterstand=0):
    """Rate of four healthy receivers beside a bad one, against beside a good one."""
    goed = bank.abonneer(*(f"/ok{n}" for n in range(4)))
    extra = bank.abonneer("/zus")[-1]
    bank.werker()
    verhoudingen = []
    for _ in range(RONDEN):
        tempo = {}
        for pad in ("/zus", slecht):
            bank.leeg_rijen()
            bank.vraag(
                "update webhooks_abonnement set url = %s where id = %s",
                bank.adres(pad) if pad.startswith("/") else pad,
                extra,
            )
            if pad != "/zus" and achterstand:
                bank.vul([extra], achterstand, 1)
            bank.vul([*goed, extra], 200, 3)
            tempo[pad] = bank.loop_leeg(4 * 600)
        verhoudingen.append(tempo[slecht] / tempo["/zus"])
        zeg(f"naast {slecht}: {tempo[slecht]:.0f}/s, naast een goede {tempo['/zus']:.0f}/s")
    return statistics.median(verhoudingen)


def meet_vertraging(bank, seconden=15, per_seconde=20):
    """Milliseconds from COMMIT to receipt at twenty changes a second and five receivers."""
    bank.abonneer(*(f"/ok-tijd{n}" for n in range(5)))
    bank.vraag("update webhooks_abonnement set status = 'actief'")
    bank.werker()
    time.sleep(3)
    vastgelegd = transactie.schrijf_rustig(bank, seconden, per_seconde)
    wacht(lambda: bank.aantal("/ok-tijd") >= 5 * len(vastgelegd), 30, "alles is aangekomen")
    momenten = json.loads(bank.haal("/stand"))["momenten"]
    ms = sorted((t - vastgelegd[i]) * 1000 for i in vastgelegd for t in momenten[i])
    procent = statistics.quantiles(ms, n=100, method="inclusive")
    return {
        "p50": round(procent[49], 1),
        "p95": round(procent[94], 1),
        "p99": round(procent[98], 1),
    }


def meet_kill(bank):
    """Twenty random kills; lost, out of order and stale must stay nought."""
    bank.ontvanger()
    paden = [f"/webhook/{n}" for n in range(5)]
    bank.abonnement(*paden, wachttijd=2)
    werkers = [bank.werker(), bank.werker()]
    schrijvers = [bank.schrijver(naam, "--pauze", "0") for naam in "ab"]
    bank.bewaak(2)
    nemesis(bank, werkers, schrijvers, aantal=22, zaad=7)
    einde = time.monotonic() + 40
    while len(bank.ontvangst.read_bytes().splitlines()) < 1100 and time.monotonic() < einde:
        bank.bewaak(0.3)
    for schrijver in schrijvers:
        schrijver.stop()
    bank.wacht_tot_leeg(40)
    verslag = oordeel(bank.url, bank.ontvangst, bank.toezeggingen)
    gestart = sum(p.gestart for p in werkers + schrijvers)
    if verslag.ontvangen < 1000 or not verslag.herhaald or gestart < 20 or verslag.spook:
        sys.exit(f"het storingsdeel bewees niets: {verslag}")
    return verslag


def zeg(regel):
    print(regel, flush=True)  # noqa: T201 - voor wie kijkt


def meet(bank):
    uit = {}

    def deel(naam, doe):
        bank.begin_opnieuw()
        uit[naam] = doe()
        zeg(f"== {naam}: {uit[naam]}")

    deel("ratio_to_bare", lambda: round(meet_verhouding(bank, 5, 200, 3), 3))
    deel("ratio_50_subscribers", lambda: round(meet_verhouding(bank, 50, 40, 2), 3))
    deel("latency_ms", lambda: meet_vertraging(bank))
    for naam, slecht in (("hanging", "/hang"), ("slow", "/traag"), ("500", "/500")):
        deel(f"healthy_ratio_one_{naam}", lambda s=slecht: round(meet_gezond(bank, s), 3))
    dood = f"http://127.0.0.1:{bank.poort}/dood"
    deel("healthy_ratio_dead_backlog_50k", lambda: round(meet_gezond(bank, dood, 50_000), 3))
    for aantal in (5, 50):
        deel(f"transaction_ratio_{aantal}", lambda n=aantal: round(transactie.meet(bank, n), 2))
    bank.begin_opnieuw()
    verslag = meet_kill(bank)
    uit |= {
        "lost": len(verslag.kwijt) + len(verslag.ontbreekt),
        "out_of_order": len(verslag.wanorde),
        "stale_duplicates": len(verslag.verouderd),
    }
    zeg(f"== 22 keer kill -9: {verslag}")
    return uit


def gemist(uit, eisen=EISEN):
    """The demands that this run misses, as sentences."""
    fouten = []
    for sleutel, (teken, grens) in eisen.items():
        naam, _, onder = sleutel.partition(".")
        waarde = uit[naam][onder] if onder else uit[naam]
        goed = {">=": waarde >= grens, "<=": waarde <= grens, "<": waarde < grens}
        if not goed.get(teken, waarde == grens):
            fouten.append(f"{sleutel} is {waarde}, gevraagd {teken} {grens}")
    return fouten


def main():
    os.environ["TESTEN"] = "1"
    with tempfile.TemporaryDirectory(prefix="eigen-regie-", ignore_cleanup_errors=True) as map_:
        os.chmod(map_, 0o711)  # noqa: S103 - de databank draait onder een ander account
        with Bank(map_) as bank:
            uit = meet(bank)
    doel = BASIS / "var" / "bench" / "webhooks.json"
    doel.parent.mkdir(parents=True, exist_ok=True)
    doel.write_text(json.dumps(uit, indent=1) + "\n")
    zeg(json.dumps(uit))
    sys.exit("\n".join(gemist(uit)) or 0)


if __name__ == "__main__":
    main()
