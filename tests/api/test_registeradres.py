"""Een proces dat het registeradres eist krijgt dat adres, als het doel van de vraag het toelaat."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from portal.klanten.models import Proces
from portal.logboek.activiteiten import Activiteit
from portal.logboek.inzage import gebruik_van
from portal.registers import onderbreker, stand
from tests.api.conftest import BSN_NOOR, Vrager
from tests.nep_brp import PERSONEN, NepBrp
from tests.nep_kvk import NepKvk
from tests.registers.conftest import zet

pytestmark = [pytest.mark.django_db, pytest.mark.lang]
WOONADRES = ["Dorpsstraat 1", "1234 AB WATERVEEN"]
TIJDELIJK = {"postcode": "1235 AB", "huisnummer": 7, "straat": "Havenkade", "plaats": "Waterveen"}


@pytest.fixture
def noor(db: None, gedeelde_noor: UUID) -> UUID:
    return gedeelde_noor


@pytest.fixture(autouse=True)
def bouwvergunning(settings: Any) -> Proces:
    settings.BUREN = {}
    onderbreker.vergeet_alles()
    stand.vergeet_alles()
    return Proces.objects.create(
        code="vergunning", omschrijving="Vergunning", vereist_registeradres=True,
        bewaartermijn=timedelta(days=90),
    )  # fmt: skip


@pytest.fixture
def brp(settings: Any) -> Iterator[NepBrp]:
    with NepBrp() as nep:
        zet(settings, "brp", nep.url)
        yield nep


def geldt(vrager: Vrager, klant: UUID, **contact: object) -> dict[str, Any]:
    vraag = {"proces": "vergunning", "soort": "verzoek", "klant": str(klant), "contact": contact}
    nummer = vrager.stuur("/api/v1/interacties", vraag).json()["id"]
    antwoord = vrager.get(f"/api/v1/interacties/{nummer}/contactgegevens")
    assert antwoord.status_code == 200
    return dict(antwoord.json())


def vragen_aan_registers(klant: UUID) -> list[tuple[Activiteit, str]]:
    soorten = {Activiteit.BRP_BEVRAGEN, Activiteit.KVK_BEVRAGEN}
    return [(g.activiteit, g.doel) for g in gebruik_van(klant) if g.activiteit in soorten]


@pytest.mark.uitgangspunt("REG-5", "OVR-2")
def test_het_woonadres_gaat_voor_en_noor_ziet_dat_het_gelezen_is(
    zaaksysteem: Vrager, noor: UUID, brp: NepBrp
) -> None:
    contact = geldt(zaaksysteem, noor, emailadres="werk@example.nl", correspondentieadres=TIJDELIJK)
    assert contact["correspondentieadres"] == WOONADRES
    assert (contact["adresbron"], contact["registerbeeld"]) == ("brp", "er")
    assert (contact["emailadres"], contact["telefoonnummer"]) == ("werk@example.nl", "+31612345678")
    assert vragen_aan_registers(noor) == [
        (Activiteit.BRP_BEVRAGEN, "Uw aanvraag of zaak behandelen")
    ]


@pytest.mark.uitgangspunt("REG-5")
def test_een_doel_dat_het_niet_toelaat_leest_zelf(geef: Any, noor: UUID, brp: NepBrp) -> None:
    contact = geldt(Vrager(geef(), "berichtgeving"), noor)
    assert contact["correspondentieadres"] is None
    assert (contact["adresbron"], contact["registerbeeld"]) == ("brp", "uit")
    assert vragen_aan_registers(noor) == []


@pytest.mark.uitgangspunt("REG-5", "REG-6")
def test_een_register_dat_weg_is_geeft_geen_ander_adres(
    zaaksysteem: Vrager, noor: UUID, brp: NepBrp
) -> None:
    brp.stop()
    contact = geldt(zaaksysteem, noor, correspondentieadres=TIJDELIJK)
    assert (contact["correspondentieadres"], contact["registerbeeld"]) == (None, "nu-niet")


def test_zonder_koppeling_met_het_register_leest_het_systeem_zelf(
    zaaksysteem: Vrager, noor: UUID
) -> None:
    contact = geldt(zaaksysteem, noor)
    assert (contact["correspondentieadres"], contact["registerbeeld"]) == (None, "uit")
    assert vragen_aan_registers(noor) == []


@pytest.mark.uitgangspunt("REG-5")
@pytest.mark.parametrize(
    ("wat", "verwacht"),
    [
        ({"opschortingBijhouding": {"reden": {"omschrijving": "overlijden"}}}, ("niets", False)),
        ({"opschortingBijhouding": {"reden": {"omschrijving": "emigratie"}}}, ("niets", False)),
        ({"adressering": {"inOnderzoek": {"adresregel1": True}}}, ("er", True)),
        ({"naam": {"inOnderzoek": {"volledigeNaam": True}}}, ("er", False)),
    ],
)
def test_wie_niet_meer_gevolgd_wordt_krijgt_geen_brief_en_twijfel_staat_erbij(
    zaaksysteem: Vrager,
    noor: UUID,
    brp: NepBrp,
    monkeypatch: pytest.MonkeyPatch,
    wat: dict[str, Any],
    verwacht: tuple[str, bool],
) -> None:
    eigen = PERSONEN[BSN_NOOR]
    nieuw = eigen | {deel: eigen.get(deel, {}) | waarde for deel, waarde in wat.items()}
    monkeypatch.setitem(PERSONEN, BSN_NOOR, nieuw)
    contact = geldt(zaaksysteem, noor)
    assert (contact["registerbeeld"], contact["adresInOnderzoek"]) == verwacht
    assert contact["correspondentieadres"] == (WOONADRES if verwacht[0] == "er" else None)


@pytest.mark.uitgangspunt("REG-5")
def test_van_een_bedrijf_geldt_het_adres_in_het_handelsregister(
    zaaksysteem: Vrager, korenbloem: UUID, settings: Any
) -> None:
    with NepKvk() as nep:
        zet(settings, "kvk", nep.url)
        contact = geldt(zaaksysteem, korenbloem)
    assert (contact["adresbron"], contact["registerbeeld"]) == ("handelsregister", "er")
    assert contact["correspondentieadres"]


@pytest.mark.uitgangspunt("PUR-1")
def test_zonder_logregel_wordt_er_niets_gevraagd(
    zaaksysteem: Vrager, noor: UUID, brp: NepBrp, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.logboek.schrijven import NietVastgelegd

    def stuk(*_: object, **__: object) -> None:
        raise NietVastgelegd

    vraag = {"proces": "vergunning", "soort": "verzoek", "klant": str(noor)}
    nummer = zaaksysteem.stuur("/api/v1/interacties", vraag).json()["id"]
    monkeypatch.setattr("portal.api.toegang.registeradres.leg_gebruik_vast", stuk)
    monkeypatch.setattr("portal.api.toegang.registeradres.basisgegevens.persoon", None)
    assert zaaksysteem.get(f"/api/v1/interacties/{nummer}/contactgegevens").status_code == 503


@pytest.mark.uitgangspunt("USE-4")
def test_wie_geen_adres_mag_zien_leest_er_geen(geef: Any, noor: UUID, brp: NepBrp) -> None:
    contact = geldt(Vrager(geef(velden=["naam"])), noor)
    assert "correspondentieadres" not in contact
    assert vragen_aan_registers(noor) == []
