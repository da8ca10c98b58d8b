"""Keys are replaced without losing a number: before, during and after everything still opens."""

import io

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, models

from accounts import rotatie
from accounts.identiteit import blinde_index, ontzegel_identiteit
from accounts.models import Concept, Inlogregel
from accounts.zegel import Onleesbaar, VerzegeldVeld, sleutelbos
from portal.klanten.models import Klant
from tests.inloggen import inloggen
from tests.mijn.conftest import Mens
from tests.mijn.vulling import KORENBLOEM, NOOR, vul_korenbloem, vul_noor

pytestmark = [pytest.mark.login, pytest.mark.django_db, pytest.mark.lang]
NIEUW = "nieuw:bmlldXdlLWluZGV4c2xldXRlbC0zMi1ieXRlcyEhISE="


def draai(*wat):
    uit = io.StringIO()
    call_command("sleutels", *wat, stdout=uit)
    return uit.getvalue()


@pytest.fixture
def klanten(client):
    vul_noor()
    vul_korenbloem()
    inloggen(client, "noor")
    for nummer in range(3):
        Concept.objects.create(
            sleutel=str(nummer), account="a", velden="{}", bewaard_op="2026-01-01T00:00Z"
        )


def test_maak_geeft_een_sleutel_die_in_de_bos_past():
    regel = draai("maak", "--naam", "g7").strip()
    assert [len(s) for s in sleutelbos(regel).values()] == [32]
    assert regel.startswith("g7:")
    assert draai("maak") != draai("maak")


def test_elke_kolom_met_een_zegel_is_bekend():
    bekend = {str(kolom) for kolom in rotatie.kolommen()}
    verzegeld = {
        f"{model._meta.label}.{veld.attname}"
        for model in apps.get_models()
        for veld in model._meta.local_concrete_fields
        if isinstance(veld, VerzegeldVeld)
        or (isinstance(veld, models.TextField) and veld.name.endswith("_verzegeld"))
    }
    assert verzegeld == bekend


@pytest.mark.usefixtures("klanten")
def test_controleer_is_tevreden_als_alles_opengaat():
    uit = draai("controleer")
    assert "klanten.Klant.subject_verzegeld  proef1: 2" in uit
    assert "indexen die niet bij hun nummer horen: 0" in uit


@pytest.mark.usefixtures("klanten")
def test_controleer_vindt_een_verwisselde_waarde():
    een, twee = Klant.objects.order_by("pk")
    Klant.objects.filter(pk=een.pk).update(subject_verzegeld=twee.subject_verzegeld)
    with pytest.raises(CommandError) as fout:
        draai("controleer")
    assert fout.value.returncode == 1


@pytest.mark.usefixtures("klanten")
def test_controleer_vindt_een_sleutel_die_kwijt_is(settings):
    settings.PORTAAL_GEGEVENSSLEUTELS = NIEUW
    with pytest.raises(CommandError):
        draai("controleer")


@pytest.mark.usefixtures("klanten")
def test_roteer_gegevens_en_dan_kan_de_oude_sleutel_weg(settings, client):
    settings.PORTAAL_GEGEVENSSLEUTELS = f"{NIEUW},{settings.PORTAAL_GEGEVENSSLEUTELS}"
    uit = draai("roteer-gegevens")
    assert "[##############################] 2/2 klanten.Klant.subject_verzegeld" in uit
    assert sum(rotatie.oude_sleutels(kolom) for kolom in rotatie.kolommen()) == 0
    settings.PORTAAL_GEGEVENSSLEUTELS = NIEUW
    draai("controleer")
    for klant in Klant.objects.all():
        assert ontzegel_identiteit(klant.subject_verzegeld, klant.subject_index) in (
            NOOR, KORENBLOEM,
        )  # fmt: skip
    assert {c.velden for c in Concept.objects.all()} == {"{}"}


OUD = settings.PORTAAL_GEGEVENSSLEUTELS
ACHTERAAN, VOORAAN = f"{OUD},{NIEUW}", f"{NIEUW},{OUD}"


@pytest.mark.parametrize(
    ("schrijft", "leest", "gaat_open"),
    [
        (OUD, ACHTERAAN, True),
        (ACHTERAAN, OUD, True),
        (ACHTERAAN, VOORAAN, True),
        (VOORAAN, ACHTERAAN, True),
        (VOORAAN, OUD, False),  # why it takes two steps
    ],
    ids=["een-nieuw", "een-oud", "twee-nieuw", "twee-oud", "in-een-stap"],
)
def test_bij_elke_stap_leest_het_ene_proces_wat_het_andere_schreef(
    settings, client, schrijft, leest, gaat_open
):
    settings.PORTAAL_GEGEVENSSLEUTELS = schrijft
    vul_noor()
    inloggen(client, "noor")

    settings.PORTAAL_GEGEVENSSLEUTELS = leest
    assert (client.get("/overzicht/").status_code == 200) is gaat_open


@pytest.mark.usefixtures("klanten")
def test_roteer_gegevens_gaat_verder_waar_het_stopte(settings, monkeypatch):
    monkeypatch.setattr(rotatie, "PER_KEER", 1)
    settings.PORTAAL_GEGEVENSSLEUTELS = f"{NIEUW},{settings.PORTAAL_GEGEVENSSLEUTELS}"
    kolom = next(k for k in rotatie.kolommen() if str(k) == "accounts.Concept.velden")
    assert next(rotatie.herzegel(kolom)) == 1
    assert rotatie.per_sleutel(kolom) == {"nieuw": 1, "proef1": 2}
    assert sum(rotatie.herzegel(kolom)) == 2
    assert sum(rotatie.herzegel(kolom)) == 0


@pytest.mark.usefixtures("klanten")
def test_wat_tijdens_het_roteren_wijzigt_wordt_niet_overschreven(settings, monkeypatch):
    settings.PORTAAL_GEGEVENSSLEUTELS = f"{NIEUW},{settings.PORTAAL_GEGEVENSSLEUTELS}"
    kolom = next(k for k in rotatie.kolommen() if str(k) == "accounts.Concept.velden")
    echt = rotatie.verzegel

    def net_gewijzigd(*args, **kwargs):
        Concept.objects.filter(pk="0").update(velden="nieuwer")
        return echt(*args, **kwargs)

    monkeypatch.setattr(rotatie, "verzegel", net_gewijzigd)
    next(rotatie.herzegel(kolom))
    assert Concept.objects.get(pk="0").velden == "nieuwer"


@pytest.mark.usefixtures("klanten")
def test_roteer_index_maakt_elke_index_opnieuw(settings):
    oud = blinde_index(NOOR)
    assert Inlogregel.objects.get().subject == oud
    settings.PORTAAL_INDEXSLEUTELS = f"{NIEUW},{settings.PORTAAL_INDEXSLEUTELS}"
    uit = draai("roteer-index")
    assert "[##############################] 2/2 indexen" in uit
    assert "klaar: 2 klanten" in uit
    assert Klant.objects.filter(subject_index=blinde_index(NOOR)).count() == 1
    assert Klant.objects.filter(bedrijf_index=blinde_index(KORENBLOEM)).count() == 1
    assert Inlogregel.objects.get().subject == blinde_index(NOOR) != oud
    settings.PORTAAL_INDEXSLEUTELS = NIEUW
    draai("controleer")
    assert "klaar: 0 klanten" in draai("roteer-index")


@pytest.mark.usefixtures("klanten")
def test_roteer_index_gaat_verder_waar_het_stopte(settings, monkeypatch):
    monkeypatch.setattr(rotatie, "PER_KEER", 1)
    settings.PORTAAL_INDEXSLEUTELS = f"{NIEUW},{settings.PORTAAL_INDEXSLEUTELS}"
    assert next(rotatie.herindexeer()) == 1
    assert rotatie.te_herindexeren() == 1
    assert list(rotatie.herindexeer()) == [1]
    assert rotatie.te_herindexeren() == 0
    assert not list(rotatie.herindexeer())


def test_inlogregels_van_het_bedrijf_volgen_ook_als_alleen_een_vestiging_klant_is(settings):
    winkel = Mens()
    inloggen(winkel, "korenbloem-winkel", middel="eherkenning")
    winkel.verstuur("/mijn-gegevens/naam/", waarde="Winkel")
    inloggen(Mens(), "korenbloem", middel="eherkenning")
    assert Inlogregel.objects.get().subject == blinde_index(KORENBLOEM)
    settings.PORTAAL_INDEXSLEUTELS = f"{NIEUW},{settings.PORTAAL_INDEXSLEUTELS}"
    draai("roteer-index")
    assert Inlogregel.objects.get().subject == blinde_index(KORENBLOEM)


@pytest.mark.usefixtures("klanten")
def test_roteer_index_met_een_verwisselde_waarde_wijzigt_niets(settings):
    Klant.objects.filter(subjectsoort="natuurlijk_persoon").update(
        subject_verzegeld=Klant.objects.exclude(bedrijf_index="").get().subject_verzegeld
    )
    settings.PORTAAL_INDEXSLEUTELS = f"{NIEUW},{settings.PORTAAL_INDEXSLEUTELS}"
    with pytest.raises(CommandError):
        draai("roteer-index")
    assert not Klant.objects.filter(subject_index__startswith="nieuw$").exists()


@pytest.mark.usefixtures("klanten")
def test_roteren_stopt_bij_een_waarde_die_niet_opengaat(settings):
    with connection.cursor() as cursor:
        cursor.execute("update accounts_concept set velden = 'weg$AAAA' where sleutel = '1'")
    settings.PORTAAL_GEGEVENSSLEUTELS = f"{NIEUW},{settings.PORTAAL_GEGEVENSSLEUTELS}"
    with pytest.raises(CommandError, match=r"accounts\.Concept\.velden"):
        draai("roteer-gegevens")
    kolom = next(k for k in rotatie.kolommen() if str(k) == "accounts.Concept.velden")
    with pytest.raises(Onleesbaar):
        next(rotatie.herzegel(kolom))
