"""`python -m tests.nep_gemeente --poort 8001`: alleen op dit apparaat, tot Ctrl-C."""

import argparse
import os

from aiohttp import web

from tests.nep_gemeente.server import Gemeente

GEHEIM = "whsec_Z2VoZWltLXZhbi13YXRlcnZlZW4temFha3N5c3RlZW0="
"""Voor wie geen geheim meegeeft; `make run` maakt er zelf een."""


def main(argumenten=None):
    lezer = argparse.ArgumentParser(prog="tests.nep_gemeente")
    lezer.add_argument("--poort", type=int, default=8001)
    lezer.add_argument("--adres", default="127.0.0.1")
    lezer.add_argument("--log", help="bestand voor elke ontvangst, weggeschreven voor het antwoord")
    lezer.add_argument("--gedrag", default="goed", help="op elk pad, vanaf het begin")
    keuze = lezer.parse_args(argumenten)
    gemeente = Gemeente(os.environ.get("WEBHOOKS_DEMO_GEHEIM") or GEHEIM, keuze.log, keuze.gedrag)
    web.run_app(
        gemeente.toepassing(),
        host=keuze.adres,
        port=keuze.poort,
        access_log=None,
        print=None,
        handler_cancellation=True,
        shutdown_timeout=1,
    )


if __name__ == "__main__":
    main()
