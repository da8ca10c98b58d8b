"""Een systeem legt contacten vast en vraagt welke gegevens erbij gelden."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from portal.klanten import handelingen
from portal.klanten.models import Afwijkend, Gebeurtenis, Interactie, Koppeling, Proces
from portal.klanten.regels import HoudOpDeHoogte, Interactiesoort, NieuwTelefoon, Rol
from portal.logboek.inzage import gebruik_van
from tests.api.conftest import OP, Vrager
from tests.mensen import HEUVELLAND, WATERVEEN

BASIS = "/api/v1/interacties"


@pytest.fixture
def noor(db: None, gedeelde_noor: UUID) -> UUID:
    return gedeelde_noor


@pytest.fixture
def melding(db: None) -> Proces:
    return Proces.objects.create(
        code="melding", omschrijving="Melding", bewaartermijn=timedelta(days=90)
    )


def leg_vast(vrager: Vrager, **anders: object) -> dict[str, object]:
    vraag = {"proces": "melding", "soort": "melding", **anders}
    antwoord = vrager.stuur(BASIS, vraag)
    assert antwoord.status_code == 201, antwoord.content
    assert antwoord["Location"].endswith(f"{BASIS}/{antwoord.json()['id']}")
    return dict(antwoord.json())


@pytest.mark.uitgangspunt("MIN-2")
def test_een_melding_kan_zonder_klant_en_zonder_enig_gegeven(
    zaaksysteem: Vrager, melding: Proces
) -> None:
    vast = leg_vast(zaaksysteem)
    assert vast["klanten"] == []
    assert not Afwijkend.objects.exists()
    assert zaaksysteem.get(f"{BASIS}/{vast['id']}").json() == vast


@pytest.mark.uitgangspunt("OVR-1", "OVR-2", "OVR-3")
def test_wat_afwijkt_geldt_alleen_voor_deze_interactie(
    zaaksysteem: Vrager, melding: Proces, noor: UUID
) -> None:
    gebeurtenissen = Gebeurtenis.objects.count()
    contact = {"voornaam": "Noor", "emailadres": "werk@example.nl"}
    vast = leg_vast(zaaksysteem, klant=str(noor), contact=contact)
    geldt = zaaksysteem.get(f"{BASIS}/{vast['id']}/contactgegevens").json()
    assert (geldt["emailadres"], geldt["telefoonnummer"]) == ("werk@example.nl", "+31612345678")
    assert Afwijkend.objects.get().voornaam == ""
    assert Gebeurtenis.objects.count() == gebeurtenissen


@pytest.mark.uitgangspunt("OVR-1", "OVR-2", "INT-2")
@pytest.mark.parametrize(
    ("adres", "regels"),
    [
        (
            {"postcode": "1235 ab", "huisnummer": 7, "straat": "Havenkade", "plaats": "Waterveen"},
            ["Havenkade 7", "1235 AB  Waterveen"],
        ),
        (
            {"soort": "buitenland", "regels": ["Hauptstraße 1", "10115 Berlin"], "land": "DE"},
            ["Hauptstraße 1", "10115 Berlin", "DE"],
        ),
    ],
)
def test_ook_een_adres_kan_voor_een_keer_anders_zijn(
    zaaksysteem: Vrager, melding: Proces, noor: UUID, adres: object, regels: list[str]
) -> None:
    anders = leg_vast(zaaksysteem, klant=str(noor), contact={"correspondentieadres": adres})
    gewoon = leg_vast(zaaksysteem, klant=str(noor))
    geldt, standaard = (
        zaaksysteem.get(f"{BASIS}/{vast['id']}/contactgegevens").json() for vast in (anders, gewoon)
    )
    assert (geldt["correspondentieadres"], geldt["adresbron"]) == (regels, "interactie")
    assert standaard["correspondentieadres"] == ["Dorpsstraat 1", "1234 AB  Waterveen"]
    assert standaard["adresbron"] == "klant"


@pytest.mark.uitgangspunt("PUR-1")
def test_wie_contactgegevens_vraagt_staat_in_het_logboek(
    zaaksysteem: Vrager, melding: Proces, noor: UUID
) -> None:
    vast = leg_vast(zaaksysteem, klant=str(noor))
    zaaksysteem.get(f"{BASIS}/{vast['id']}/contactgegevens")
    assert [g.doel for g in gebruik_van(noor) if not g.eigen] == ["Uw aanvraag of zaak behandelen"]


@pytest.mark.uitgangspunt("USE-5", "USE-3", "USE-6")
def test_drie_interacties_staan_in_het_klantbeeld(
    zaaksysteem: Vrager, melding: Proces, noor: UUID
) -> None:
    nummers = {leg_vast(zaaksysteem, klant=str(noor))["id"] for _ in range(3)}
    beeld = zaaksysteem.get(f"/api/v1/klanten/{noor}/klantbeeld").json()
    assert {i["id"] for i in beeld["interacties"]} == nummers
    waarden = [beeld["naam"], beeld["postadres"], *beeld["digitaleAdressen"], *beeld["voorkeuren"]]
    herkomst = {"door", "middel", "niveau", "gegevenOp", "via"}
    assert len(waarden) == 4
    assert all(set(waarde["herkomst"]) == herkomst for waarde in waarden)
    assert {waarde["herkomst"]["niveau"] for waarde in waarden} == {30}


@pytest.mark.uitgangspunt("USE-4")
def test_zonder_het_recht_op_interacties_staan_ze_niet_in_het_klantbeeld(
    geef: Callable[..., str], noor: UUID
) -> None:
    beeld = Vrager(geef(velden=["naam"])).get(f"/api/v1/klanten/{noor}/klantbeeld").json()
    assert "interacties" not in beeld


@pytest.mark.uitgangspunt("VAL-8")
def test_wat_een_ander_systeem_zonder_klant_vastlegde_bestaat_niet(
    geef: Callable[..., str], melding: Proces, zaaksysteem: Vrager
) -> None:
    vast = leg_vast(zaaksysteem, contact={"voornaam": "Iemand"})
    for ander in (Vrager(geef(naam="Ander")), Vrager(geef(organisatie=HEUVELLAND))):
        gezocht = ander.stuur(f"{BASIS}/_zoek", {"referentie": vast["referentie"]})
        assert gezocht.json() == {"interacties": []}
        for pad in ("", "/contactgegevens"):
            assert ander.get(f"{BASIS}/{vast['id']}{pad}").status_code == 404


@pytest.mark.uitgangspunt("CARD-5", "VAL-4")
def test_een_klant_die_niet_kan_wordt_geweigerd_en_er_blijft_niets(
    zaaksysteem: Vrager, melding: Proces, noor: UUID
) -> None:
    Proces.objects.create(
        code="anoniem", omschrijving="Anoniem", bsn_vrij=True, bewaartermijn=timedelta(days=9)
    )
    for anders in ({"klant": str(uuid4())}, {"proces": "anoniem", "klant": str(noor)}):
        vraag = {"proces": "melding", "soort": "melding", **anders}
        antwoord = zaaksysteem.stuur(BASIS, vraag)
        assert (antwoord.status_code, antwoord.json()["invalidParams"][0]["name"]) == (400, "klant")
    assert not Interactie.objects.exists()


@pytest.mark.parametrize(
    "anders",
    [
        {"proces": "bestaat-niet"},
        {"soort": "praatje"},
        {"rol": "baas"},
        {"contact": {"emailadres": "geen adres"}},
        {"contact": {"telefoonnummer": "112"}},
        {"contact": {"bsn": "999990019"}},
        {"contact": {"correspondentieadres": {"postcode": "1234AB"}}},
        {"contact": {"correspondentieadres": {"postcode": "1234AB", "huisnummer": "1"}}},
        {"contact": {"correspondentieadres": {"soort": "buitenland", "land": "DE"}}},
        {"contact": {"correspondentieadres": {"regels": ["Hauptstraße 1"], "land": "DE"}}},
        {
            "contact": {
                "correspondentieadres": {"postcode": "1234AB", "huisnummer": 1, "land": "DE"}
            }
        },
        {"extern": "x" * 201},
    ],
)
def test_een_interactie_die_niet_klopt_is_400(
    zaaksysteem: Vrager, melding: Proces, anders: dict[str, object]
) -> None:
    antwoord = zaaksysteem.stuur(BASIS, {"proces": "melding", "soort": "melding", **anders})
    assert antwoord.status_code == 400
    assert antwoord.json()["invalidParams"]


@pytest.mark.lang
@pytest.mark.uitgangspunt("CARD-5", "OVR-2")
@pytest.mark.parametrize(
    ("rol", "later"),
    [
        (Rol.INITIATOR, Rol.BELANGHEBBENDE),
        (Rol.INITIATOR, Rol.MEDE_INITIATOR),
        (Rol.MEDE_INITIATOR, Rol.GESPREKSPARTNER),
        (Rol.GESPREKSPARTNER, Rol.BELANGHEBBENDE),
    ],
)
def test_van_twee_klanten_gaat_voor_wie_het_vroeg(
    zaaksysteem: Vrager, melding: Proces, noor: UUID, omar: UUID, rol: Rol, later: Rol
) -> None:
    """Both ways round: by number one of the two would always come out wrong."""
    for eerst, ander, naam in ((noor, omar, "Noor"), (omar, noor, "Omar")):
        vast = leg_vast(zaaksysteem, klant=str(ander), rol=later.value)
        Koppeling.objects.create(klant_id=eerst, interactie_id=vast["id"], rol=rol)
        pad = f"{BASIS}/{vast['id']}"
        assert zaaksysteem.get(pad).json()["klanten"] == [str(eerst), str(ander)]
        assert zaaksysteem.get(f"{pad}/contactgegevens").json()["voornaam"] == naam


@pytest.mark.uitgangspunt("CARD-5")
def test_in_dezelfde_rol_gaat_voor_wie_er_eerder_bij_kwam(
    zaaksysteem: Vrager, melding: Proces, noor: UUID, omar: UUID
) -> None:
    for eerst, ander in ((noor, omar), (omar, noor)):
        vast = leg_vast(zaaksysteem, klant=str(eerst))
        for rol in (Rol.INITIATOR, Rol.BELANGHEBBENDE):
            Koppeling.objects.create(klant_id=ander, interactie_id=vast["id"], rol=rol)
        klanten = zaaksysteem.get(f"{BASIS}/{vast['id']}").json()["klanten"]
        assert klanten == [str(eerst), str(ander)]


def test_afsluiten_begint_de_termijn_en_kan_een_keer(zaaksysteem: Vrager, melding: Proces) -> None:
    pad = f"{BASIS}/{leg_vast(zaaksysteem)['id']}/_sluit"
    assert zaaksysteem.stuur(pad, {}).json()["afgeslotenOp"]
    assert zaaksysteem.stuur(pad, {}).status_code == 404


def test_alleen_wie_een_interactie_vastlegde_sluit_haar(
    geef: Callable[..., str], melding: Proces, zaaksysteem: Vrager, noor: UUID
) -> None:
    """Noor is known to all, so another system reads this contact; closing starts its term."""
    pad = f"{BASIS}/{leg_vast(zaaksysteem, klant=str(noor))['id']}"
    ander = Vrager(geef(naam="Ander"))
    assert ander.get(pad).status_code == 200
    assert ander.stuur(f"{pad}/_sluit", {}).status_code == 403
    assert zaaksysteem.get(pad).json()["afgeslotenOp"] is None


@pytest.mark.uitgangspunt("VAL-8")
def test_wat_iemand_zelf_achterliet_behandelt_elk_systeem_van_de_gemeente(
    geef: Callable[..., str], melding: Proces
) -> None:
    Proces.objects.update(open_kanaal=True)
    ontvangst = handelingen.ontvang_interactie(
        proces="melding", soort=Interactiesoort.MELDING, bronorganisatie=WATERVEEN,
        contact=HoudOpDeHoogte("Fatima", NieuwTelefoon("06 87654321")), op=OP,
    )  # fmt: skip
    pad = f"{BASIS}/{ontvangst.interactie}"
    geldt = Vrager(geef()).get(f"{pad}/contactgegevens").json()
    assert (geldt["voornaam"], geldt["telefoonnummer"]) == ("Fatima", "+31687654321")
    gezocht = {"referentie": ontvangst.referentie}
    gevonden = Vrager(geef()).stuur(f"{BASIS}/_zoek", gezocht).json()["interacties"]
    assert [rij["id"] for rij in gevonden] == [str(ontvangst.interactie)]
    buur = Vrager(geef(organisatie=HEUVELLAND))
    assert buur.stuur(f"{BASIS}/_zoek", gezocht).json() == {"interacties": []}
    assert buur.get(pad).status_code == 404
    assert Vrager(geef()).stuur(f"{pad}/_sluit", {}).status_code == 200


@pytest.mark.uitgangspunt("USE-7")
def test_wie_te_laag_is_vastgelegd_wordt_ook_langs_een_interactie_niet_gevonden(
    zaaksysteem: Vrager, melding: Proces, noor: UUID, settings: Any, geef: Callable[..., str]
) -> None:
    contact = {"emailadres": "werk@example.nl"}
    pad = f"{BASIS}/{leg_vast(zaaksysteem, klant=str(noor), contact=contact)['id']}"
    settings.API_MINIMUMNIVEAU = 40
    assert zaaksysteem.get(pad).json()["klanten"] == []
    geldt = zaaksysteem.get(f"{pad}/contactgegevens").json()
    assert (geldt["emailadres"], geldt["telefoonnummer"]) == ("werk@example.nl", "")
    assert Vrager(geef(naam="Ander")).get(pad).status_code == 404
