"""Print a `.env` for docker-compose with fresh secrets: `make env` keeps one that exists."""

import secrets
import sys

from portal.demo.omgeving import GEHEIMEN

WACHTWOORDEN = ("DATABANK_WACHTWOORD", "KEYCLOAK_BEHEER_WACHTWOORD", "KEYCLOAK_CLIENT_GEHEIM")

if __name__ == "__main__":
    geheimen = {naam: maak() for naam, maak in GEHEIMEN.items()}
    geheimen |= {naam: secrets.token_urlsafe(24) for naam in WACHTWOORDEN}
    sys.stdout.writelines(f"{naam}={waarde}\n" for naam, waarde in geheimen.items())
