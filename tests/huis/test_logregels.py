"""A log line is one line, is whole, and holds no number that belongs to a person."""

import io
import json
import logging
import logging.config
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.test import RequestFactory

from portal.logregels import MASKER, JsonRegel, LeesbareRegel, Masker, gemaskeerd


@pytest.fixture
def logger() -> logging.Logger:
    """A logger of its own, with the handler that settings.LOGGING gives the root."""
    logger = logging.Logger("portal.proef")
    handler = logging.StreamHandler(io.StringIO())
    handler.addFilter(Masker())
    handler.setFormatter(JsonRegel())
    logger.addHandler(handler)
    return logger


def regels(logger: logging.Logger) -> list[dict[str, object]]:
    return [json.loads(regel) for regel in logger.handlers[0].stream.getvalue().splitlines()]


def test_een_regel_is_json_met_tijd_naam_en_velden(logger: logging.Logger) -> None:
    logger.info("klant.gewijzigd", extra={"versie": 3, "velden": "postadres"})

    (regel,) = regels(logger)
    assert regel["bericht"] == "klant.gewijzigd"
    assert (regel["versie"], regel["velden"]) == (3, "postadres")
    assert str(regel["op"]).endswith("+00:00")


def test_een_regeleinde_in_een_waarde_maakt_geen_tweede_regel(logger: logging.Logger) -> None:
    logger.info("pad", extra={"pad": 'x\r\n{"bericht": "inloggen.gelukt"}'})

    assert len(regels(logger)) == 1


@pytest.mark.parametrize("bsn", ["999990019", "999990421"])
@pytest.mark.parametrize("vorm", ["{}", "bsn={}", "BSN{}", "/zoek/{}/", "{}@voorbeeld.nl"])
def test_een_bsn_komt_door_het_net_niet_heen(logger: logging.Logger, bsn: str, vorm: str) -> None:
    waarde = vorm.format(bsn)
    logger.info(waarde)
    logger.info("gezocht: %s", waarde)
    logger.info("gezocht", extra={"term": waarde, "object": [waarde], "getal": int(bsn)})

    assert bsn not in logger.handlers[0].stream.getvalue()


def test_het_geheim_van_een_link_komt_door_het_net_niet_heen(logger: logging.Logger) -> None:
    logger.warning("Forbidden (%s): %s", "CSRF", "/dit-was-ik-niet/Zx9_geheim-1/")

    (regel,) = regels(logger)
    assert regel["bericht"] == f"Forbidden (CSRF): /dit-was-ik-niet/{MASKER}/"


@pytest.mark.parametrize(
    "tekst", ["999990018", "1234567890", "3f2a999990019b", "9999-90019", "12345678"]
)
def test_wat_geen_bsn_kan_zijn_blijft_leesbaar(tekst: str) -> None:
    assert gemaskeerd(tekst) == tekst


def test_de_tekst_van_een_fout_staat_er_niet_in(logger: logging.Logger) -> None:
    try:
        raise IntegrityError("DETAIL: Failing row contains (Noor de Kanarie)")
    except IntegrityError:
        logger.exception("bewaren.mislukt")

    (regel,) = regels(logger)
    assert regel["fout"] == "IntegrityError"
    assert "test_logregels.py" in str(regel["plaats"])
    assert "Kanarie" not in str(regel)


def test_een_leesbare_regel_is_ook_een_regel() -> None:
    record = logging.makeLogRecord({"name": "web", "levelname": "INFO", "msg": "een\ntwee"})

    assert LeesbareRegel().format(record) == "INFO web een\\ntwee"


def test_elke_handler_van_de_instellingen_heeft_het_net() -> None:
    assert all("masker" in h["filters"] for h in settings.LOGGING["handlers"].values())
    assert not any(logger.get("handlers") for logger in settings.LOGGING["loggers"].values())


@pytest.mark.lang
def test_ook_wat_django_zelf_zegt_gaat_door_het_net() -> None:
    programma = (
        "import django, logging; django.setup();"
        "logging.getLogger('django.request').error('Not Found: /999990019')"
    )

    uit = subprocess.run(
        [sys.executable, "-c", programma], capture_output=True, text=True, check=True
    )

    assert "Not Found: /*********" in uit.stderr
    assert "999990019" not in uit.stderr


def test_een_verzoek_met_een_code_in_zijn_adres_komt_niet_in_de_regel(
    logger: logging.Logger, rf: RequestFactory
) -> None:
    logger.warning("Bad Request: /x/", extra={"request": rf.get("/x/?code=geheime-code")})

    assert "geheime-code" not in logger.handlers[0].stream.getvalue()
