"""De taken op de klok van de werker doen wat de functies beloven, met de ingestelde termijnen."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.contrib.admin.sites import site
from django.core.management import call_command
from django.test import RequestFactory
from pytest_django import Settings

from portal.klanten import gevolgen, handelingen, tasks
from portal.klanten.admin import ProcesForm
from portal.klanten.handelingen import opruimen
from portal.klanten.models import DigitaalAdres, Klant, Proces
from portal.klanten.regels import NieuwEmail, NieuweNaam, Zaak
from tests.klanten.conftest import gang
from tests.mensen import NOOR, NU, OMAR

pytestmark = pytest.mark.django_db


def seconden(na: timedelta) -> int:
    return int((NU + na).timestamp())


def test_de_veger_laat_voorstellen_vervallen(klant_noor: Klant) -> None:
    adres = NieuwEmail("noor@example.nl")
    handelingen.voeg_digitaal_adres_toe(klant_noor.pk, adres=adres, **gang(gezien=1))
    tasks.veeg(seconden(timedelta(days=6)))
    assert DigitaalAdres.objects.exists()
    tasks.veeg(seconden(timedelta(days=7)))
    assert not DigitaalAdres.objects.exists()


def test_de_nachttaak_kent_de_termijn_van_de_gemeente(
    klant_noor: Klant, settings: Settings
) -> None:
    settings.KLANTEN_ONGEBRUIKT_NA = timedelta(days=100)
    tasks.ruim_op(seconden(timedelta(days=99)))
    assert Klant.objects.get().herinnerd_op is None
    tasks.ruim_op(seconden(timedelta(days=100)))
    assert Klant.objects.get().herinnerd_op


def test_wat_bij_een_ander_misgaat_houdt_de_nacht_niet_op(
    klant_noor: Klant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuk(**nacht: object) -> int:
        raise RuntimeError

    monkeypatch.setattr(opruimen, "ruim_interacties_op", stuk)
    with pytest.raises(ExceptionGroup):
        tasks.ruim_op(seconden(timedelta(days=5 * 365)))
    assert Klant.objects.get().herinnerd_op


def test_een_klant_waar_het_misgaat_houdt_de_anderen_niet_op(
    klant_noor: Klant, monkeypatch: pytest.MonkeyPatch
) -> None:
    omar = handelingen.wijzig_naam(None, naam=NieuweNaam("Omar"), **gang(OMAR)).klant

    def bron(klant: UUID) -> list[Zaak]:
        if klant == klant_noor.pk:
            raise RuntimeError
        return []

    monkeypatch.setattr(gevolgen, "_zakenbronnen", {"proef": bron})
    with pytest.raises(ExceptionGroup):
        opruimen.handel_ongebruikt_af(op=NU + timedelta(days=5 * 365))
    assert Klant.objects.get(pk=omar).herinnerd_op


def test_met_een_andere_grens_gaat_de_nacht_alsnog(klant_noor: Klant, settings: Settings) -> None:
    settings.KLANTEN_ONGEBRUIKT_NA = timedelta(0)
    with pytest.raises(ExceptionGroup):
        call_command("ruim_op", hooguit=0, stdout=StringIO())
    assert Klant.objects.get().herinnerd_op is None
    call_command("ruim_op", hooguit=1, stdout=StringIO())
    assert Klant.objects.get().herinnerd_op


def test_het_wisboek_wordt_geschreven_waar_dat_is_ingesteld(
    klant_noor: Klant, settings: Settings, tmp_path: Path
) -> None:
    handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=1))
    settings.KLANTEN_WISBOEK = ""
    tasks.schrijf_wisboek(0)
    settings.KLANTEN_WISBOEK = str(tmp_path / "wisboek")
    tasks.schrijf_wisboek(0)
    assert len((tmp_path / "wisboek").read_text().split("\n")) == 3


def test_wie_alleen_inlogt_laat_ook_van_zich_horen(klant_noor: Klant) -> None:
    handelingen.laat_van_zich_horen(door=NOOR, op=NU + timedelta(days=50))
    assert Klant.objects.get().actief_op == NU + timedelta(days=50)
    handelingen.laat_van_zich_horen(door=NOOR, op=NU + timedelta(days=50, hours=1))
    assert Klant.objects.get().actief_op == NU + timedelta(days=50)


def test_een_proces_heeft_altijd_een_termijn_en_een_reden() -> None:
    invoer = {"code": "tegel", "omschrijving": "Losse tegel", "dagen": "30", "reden": "nieuw"}
    formulier = ProcesForm(invoer)
    assert formulier.is_valid(), formulier.errors
    assert formulier.save().bewaartermijn == timedelta(days=30)
    for weg in ("dagen", "reden"):
        assert not ProcesForm({**invoer, "code": "anders", weg: ""}).is_valid()


def test_de_reden_staat_in_het_logboek_van_het_beheer() -> None:
    formulier = ProcesForm(
        {"code": "tegel", "omschrijving": "Losse tegel", "dagen": "30", "reden": "nieuw"}
    )
    formulier.is_valid()
    beheer = site.get_model_admin(Proces)
    verzoek = RequestFactory().post("/")
    bericht = beheer.construct_change_message(verzoek, formulier, [], add=True)
    assert {"reden": "nieuw"} in bericht
