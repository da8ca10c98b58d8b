"""How fast the API answers with 10,000, 100,000 and 1,000,000 klanten (`make bench-api`).

Each request goes through the WSGI handler of the product in this process: `cpu_ms` is processor
time of the web process for one request, without the database server.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from portal.ingebed import tijdelijke_databank

UIT = Path(__file__).parents[2] / "var" / "bench" / "api.json"
STANDEN = (10_000, 100_000, 1_000_000)
KEER = 250
RONDES = 4
"""Of several rounds the quietest counts: other work on the machine is not what we measure."""


def main() -> None:
    """Run it all on a server of our own; `--standen=N` stops after N sizes."""
    aantal = next((int(a[10:]) for a in sys.argv if a.startswith("--standen=")), len(STANDEN))
    standen = STANDEN[:aantal]
    os.environ |= {"TESTEN": "1", "DB_STATEMENT_TIMEOUT": "10min"}
    os.environ |= {"API_PER_MINUUT": "100000000", "API_ZOEKEN_PER_MINUUT": "100000000"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    with tijdelijke_databank() as url:
        os.environ["DATABASE_URL"] = url
        import django

        django.setup()
        _meet_alles(standen)


def _meet_alles(standen: tuple[int, ...]) -> None:
    from django.core.management import call_command

    from tests.bench.api_vullen import vul

    call_command("migrate", verbosity=0)
    uitslag: dict[str, Any] = {}
    geladen = 0
    for stand in standen:
        begin = time.monotonic()
        # One in eleven numbers fails the 11-proof and is left out.
        tot = stand * 11 // 10 + 20
        mensen = vul(geladen, tot)
        print(f"{stand} klanten in {time.monotonic() - begin:.0f} s", flush=True)  # noqa: T201
        _maak_rustig()
        uitslag[str(stand)] = _meet(mensen)
        geladen = tot
    _schrijf(uitslag, standen)


def _maak_rustig() -> None:
    """What a load leaves to do (visibility, dirty pages) is not part of a request."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
        cursor.execute("checkpoint")


def _schrijf(uitslag: dict[str, Any], standen: tuple[int, ...]) -> None:
    """The figures with the most klanten on top, growth beside them, all of it below."""
    eerste, laatste = uitslag[str(standen[0])], uitslag[str(standen[-1])]
    if standen == STANDEN:
        for naam, cijfers in laatste.items():
            cijfers["growth_10k_to_1m"] = round(cijfers["p50_ms"] / eerste[naam]["p50_ms"], 2)
    UIT.parent.mkdir(parents=True, exist_ok=True)
    UIT.write_text(json.dumps({**laatste, "per_stand": uitslag}, indent=1))
    for stand, cijfers in uitslag.items():
        for naam, een in cijfers.items():
            print(stand, naam, een)  # noqa: T201


def _meet(mensen: list[Any]) -> dict[str, Any]:
    sleutel, jwt = _tokens()
    eigen = {"HTTP_AUTHORIZATION": f"Bearer {sleutel}", "HTTP_DOEL": "berichtgeving"}
    vloer = _cijfers(_vloer(), [("GET", f"/{m.id}", None, {}) for m in mensen])
    vragen = {
        "read_by_id": [("GET", f"/api/v1/klanten/{m.id}", None, eigen) for m in mensen],
        "search_by_bsn": [
            ("POST", "/api/v1/klanten/_zoek", {"burgerservicenummer": m.bsn}, eigen) for m in mensen
        ],
        "list_20": [("GET", "/api/v1/klanten", None, eigen)] * 400,
        "change": _wijzigingen(jwt),
    }
    from django.core.handlers.wsgi import WSGIHandler

    app = WSGIHandler()
    uitslag = {naam: _cijfers(app, deze) for naam, deze in vragen.items()}
    uitslag["read_by_id_without_line"] = _zonder_regel(app, vragen["read_by_id"])
    for cijfers in uitslag.values():
        cijfers["ratio_to_floor"] = round(cijfers["cpu_ms"] / vloer["cpu_ms"], 2)
    return {**uitslag, "floor": vloer}


Vraag = tuple[str, str, Any, dict[str, str]]


def _cijfers(app: Callable[..., Any], vragen: list[Vraag]) -> dict[str, float]:
    """Processor time and latency per request, and how many statements one request sends."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for vraag in vragen[:50]:
        _stel(app, vraag)
    rondes = [_ronde(app, vragen[n::RONDES][:KEER]) for n in range(RONDES)]
    with CaptureQueriesContext(connection) as gevangen:
        _stel(app, vragen[0])
    opdrachten = [q["sql"] for q in gevangen if q["sql"] not in {"BEGIN", "COMMIT"}]
    beste = min(rondes, key=lambda ronde: ronde["p50_ms"])
    return {**beste, "cpu_ms": min(r["cpu_ms"] for r in rondes), "queries": len(opdrachten)}


def _ronde(app: Callable[..., Any], vragen: list[Vraag]) -> dict[str, float]:
    duren = []
    cpu = time.process_time()
    for vraag in vragen:
        begin = time.perf_counter()
        _stel(app, vraag)
        duren.append((time.perf_counter() - begin) * 1000)
    cpu = (time.process_time() - cpu) * 1000 / len(duren)
    return {
        "cpu_ms": round(cpu, 3),
        "p50_ms": round(statistics.median(duren), 3),
        "p99_ms": round(statistics.quantiles(duren, n=100)[98], 3),
    }


def _stel(app: Callable[..., Any], vraag: Vraag) -> None:
    methode, pad, lichaam, koppen = vraag
    ruw = b"" if lichaam is None else json.dumps(lichaam).encode()
    omgeving = {
        "REQUEST_METHOD": methode, "PATH_INFO": pad, "QUERY_STRING": "", "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(ruw)),
        "wsgi.input": BytesIO(ruw), "wsgi.url_scheme": "http", "SERVER_PROTOCOL": "HTTP/1.1",
        **koppen,
    }  # fmt: skip
    gezien: list[str] = []
    antwoord = app(omgeving, lambda status, _: gezien.append(status))
    inhoud = b"".join(antwoord)
    antwoord.close()
    if gezien[0][:3] not in {"200", "201"}:
        raise RuntimeError(f"{methode} {pad}: {gezien[0]} {inhoud[:300]!r}")


def _vloer() -> Callable[..., Any]:
    """A bare Django view that does one indexed SELECT; no middleware at all."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import override_settings

    with override_settings(MIDDLEWARE=[]):
        handler = WSGIHandler()

    def app(omgeving: dict[str, Any], begin: Any) -> Any:
        with override_settings(ROOT_URLCONF="tests.bench.api_vloer"):
            return handler(omgeving, begin)

    return app


def _zonder_regel(app: Callable[..., Any], vragen: list[Vraag]) -> dict[str, float]:
    from unittest.mock import patch

    with patch("portal.api.toegang.klanten.leg_vast"):
        return _cijfers(app, vragen)


def _tokens() -> tuple[str, str]:
    from django.utils import timezone

    from portal.api.beheer import Rechten, geef_token, geef_zgw_geheim
    from portal.api.models import Toepassing
    from portal.api.rechten import Scope, Veld
    from tests.bench.api_vullen import OP, WATERVEEN

    toepassing, _ = Toepassing.objects.get_or_create(
        naam="Meting",
        defaults={"bronorganisatie": WATERVEEN, "organisatie": "Proef", "client_id": "meting"},
    )
    rechten = Rechten(scopes=list(Scope), doelen=["berichtgeving"], velden=list(Veld))
    wat: dict[str, Any] = {
        "verloopt_op": timezone.now() + timedelta(days=1), "door": "meting", "reden": "meting",
        "op": OP,
    }  # fmt: skip
    return geef_token(toepassing, rechten, **wat), geef_zgw_geheim(toepassing, rechten, **wat)


def _wijzigingen(geheim: str) -> list[Vraag]:
    """A system changes the phone number of a klant that it recorded: rule, rows, event, line."""
    import jwt
    from django.test import Client

    from tests.bench.api_vullen import WATERVEEN

    token = jwt.encode(
        {"iss": "meting", "iat": int(time.time()), "client_id": "meting"}, geheim, "HS256"
    )
    koppen = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    klant = Client(headers={"Authorization": f"Bearer {token}"}).post(
        "/klanten/api/v1/klanten",
        {"bronorganisatie": WATERVEEN, "websiteUrl": "", "voornaam": "Sam"},
        content_type="application/json",
    )
    pad = "/klanten/api/v1/klanten/" + klant.json()["url"].rsplit("/", 1)[1]
    return [
        ("PATCH", pad, {"telefoonnummer": f"+31612{n:06d}"}, koppen) for n in range(10_000, 10_400)
    ]


if __name__ == "__main__":
    main()
