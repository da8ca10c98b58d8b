"""Wie een paar gegevens kiest, verliest die alle of geen; een zaak houdt ook een keuze vast."""

from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from portal.klanten import gevolgen, handelingen
from portal.klanten.models import Bewaard, DigitaalAdres, Gebeurtenis, Klant, Naam, Voorkeur
from portal.klanten.regels import (
    Bericht,
    BronZwijgt,
    IntussenGewijzigd,
    NietGevonden,
    NieuwEmail,
    NieuweNaam,
    NieuweVoorkeur,
    Voorkeursoort,
    Zaak,
)
from tests.klanten.conftest import bevestigd_adres, gang
from tests.mensen import OMAR

pytestmark = [pytest.mark.django_db, pytest.mark.uitgangspunt("OWN-5")]

ENGELS = NieuweVoorkeur(Voorkeursoort.TAAL, "en")


@pytest.fixture
def keuze(klant_noor: Klant) -> Voorkeur:
    """Noor leest het liefst Engels: versie 2."""
    handelingen.wijzig_voorkeuren(klant_noor.pk, keuzes=[ENGELS], **gang(gezien=1))
    return Voorkeur.objects.get()


def test_alles_wat_gekozen_is_gaat_in_een_wijziging_weg(klant_noor: Klant, keuze: Voorkeur) -> None:
    waarden = [keuze.pk, Naam.objects.get().pk]
    handelingen.verwijder_waarden(klant_noor.pk, waarden=waarden, **gang(gezien=2))
    assert not Naam.objects.exists()
    assert not Voorkeur.objects.exists()
    assert Gebeurtenis.objects.get(versie=3).velden == ["naam", "voorkeuren"]


@pytest.mark.uitgangspunt("OWN-3")
def test_een_voorkeur_blijft_apart_zolang_een_zaak_loopt(
    klant_noor: Klant, keuze: Voorkeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_zaak = Zaak(identificatie="ZAAK-1")
    monkeypatch.setattr(gevolgen, "_zakenbronnen", {"proef": lambda klant: [open_zaak]})
    handelingen.verwijder_waarden(klant_noor.pk, waarden=[keuze.pk], **gang(gezien=2))
    assert [(rij.veld, rij.waarde) for rij in Bewaard.objects.all()] == [("voorkeuren", "taal: en")]


@pytest.mark.uitgangspunt("OWN-3")
def test_zwijgt_de_bron_dan_gaat_er_niets_weg(
    klant_noor: Klant, keuze: Voorkeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gevolgen, "_zakenbronnen", {"proef": lambda klant: None})
    with pytest.raises(BronZwijgt):
        handelingen.verwijder_waarden(klant_noor.pk, waarden=[keuze.pk], **gang(gezien=2))
    assert Voorkeur.objects.get() == keuze


@pytest.mark.django_db(transaction=True)
def test_de_bron_van_zaken_wordt_buiten_de_transactie_gevraagd(
    echte_transacties: None, keuze: Voorkeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    erbinnen: list[bool] = []

    def bron(klant: UUID) -> list[Zaak]:
        erbinnen.append(connection.in_atomic_block)
        return []

    monkeypatch.setattr(gevolgen, "_zakenbronnen", {"proef": bron})
    handelingen.verwijder_waarden(keuze.klant_id, waarden=[keuze.pk], **gang(gezien=2))
    assert erbinnen == [False]


def test_wie_een_oude_waarde_zag_verliest_niets(klant_noor: Klant, keuze: Voorkeur) -> None:
    naam = Naam.objects.get()
    handelingen.wijzig_naam(klant_noor.pk, naam=NieuweNaam("Noortje"), **gang(gezien=2))
    with pytest.raises(IntussenGewijzigd):
        handelingen.verwijder_waarden(klant_noor.pk, waarden=[keuze.pk, naam.pk], **gang(gezien=2))
    assert (Naam.objects.count(), Voorkeur.objects.count()) == (1, 1)


def test_wat_er_niet_is_of_van_een_ander_is_gaat_niet_weg(
    klant_noor: Klant, keuze: Voorkeur
) -> None:
    omar = handelingen.wijzig_naam(None, naam=NieuweNaam("Omar"), **gang(OMAR)).klant
    for klant, wie, waarde in [
        (klant_noor.pk, gang(gezien=2), uuid4()),
        (omar, gang(OMAR, gezien=1), keuze.pk),
    ]:
        with pytest.raises(NietGevonden), transaction.atomic():
            handelingen.verwijder_waarden(klant, waarden=[waarde], **wie)
    assert Voorkeur.objects.exists()


def test_van_wat_blijft_is_er_weer_een_standaard(
    klant_noor: Klant, adres_noor: DigitaalAdres, post: list[Bericht]
) -> None:
    tweede = bevestigd_adres(klant_noor, NieuwEmail("noor@werk.example.nl"), post)
    derde = bevestigd_adres(klant_noor, NieuwEmail("noor@club.example.nl"), post)
    klant_noor.refresh_from_db()
    handelingen.verwijder_waarden(
        klant_noor.pk, waarden=[adres_noor.pk, tweede.pk], **gang(gezien=klant_noor.versie)
    )
    over = DigitaalAdres.objects.get()
    assert (over.pk, over.standaard) == (derde.pk, True)
    assert {bericht.aan for bericht in post[-2:]} == {adres_noor.waarde, tweede.waarde}


def test_een_adres_gaat_weg_met_het_voorstel_dat_het_zou_vervangen(
    klant_noor: Klant, adres_noor: DigitaalAdres
) -> None:
    anders = NieuwEmail("noor@anders.example.nl")
    nieuw = handelingen.wijzig_digitaal_adres(
        klant_noor.pk, waarde=adres_noor.pk, adres=anders, **gang(gezien=3)
    )
    assert nieuw.waarde
    handelingen.verwijder_waarden(
        klant_noor.pk, waarden=[adres_noor.pk, nieuw.waarde], **gang(gezien=4)
    )
    assert not DigitaalAdres.objects.exists()
