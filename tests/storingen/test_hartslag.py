"""Wat de gezondheidscontrole van deploy/ ziet: een werker die hangt, en een die werkt."""

import os
import signal
import subprocess
import time

import pytest
import yaml

from tests.databank import BASIS
from tests.storingen.opstelling import op_deze_machine, wacht

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(120)]
COMPOSE = yaml.safe_load((BASIS / "deploy/productie/docker-compose.yml").read_text())
_, *CONTROLE = COMPOSE["services"]["werker"]["healthcheck"]["test"]


def _gezond(opstelling):
    """De controle van compose, met de dubbele dollar die daar een enkele is."""
    opdracht = [deel.replace("$$", "$") for deel in CONTROLE]
    return subprocess.run(opdracht, env=opstelling.omgeving, check=False).returncode == 0


def test_een_werker_die_hangt_valt_op_en_een_die_weer_werkt_ook(opstelling):
    hartslag = opstelling.map / "hartslag"
    hartslag.unlink(missing_ok=True)
    assert not _gezond(opstelling)
    werker = opstelling.werker()
    wacht(lambda: _gezond(opstelling), op_deze_machine(15), "hij laat zien dat hij werkt")

    werker.sein(signal.SIGSTOP)
    opstelling.bewaak(0.5)
    drie_minuten_terug = time.time() - 180
    os.utime(hartslag, (drie_minuten_terug, drie_minuten_terug))
    opstelling.bewaak(6)
    assert not _gezond(opstelling)

    werker.sein(signal.SIGCONT)
    # a worker whose connections did not outlive the freeze ends, and is started again
    wacht(lambda: opstelling.bewaak(0.1) or _gezond(opstelling), op_deze_machine(30), "weer werk")
