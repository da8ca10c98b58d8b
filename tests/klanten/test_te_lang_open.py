"""Wat niemand afsluit houdt gegevens vast: de beheerder hoort hoeveel, en ziet waarvan."""

from datetime import timedelta

import pytest
from django.contrib.admin import site
from django.test import RequestFactory

from portal.klanten import bevindingen, handelingen, toestand
from portal.klanten.admin import ProcesAdmin
from portal.klanten.handelingen import Ontvangst, opruimen
from portal.klanten.models import Interactie, Klant, Proces
from portal.klanten.regels import Contactgegevens, HoudOpDeHoogte, Interactiesoort, NieuwEmail
from tests.mensen import NOOR, NU, WATERVEEN

pytestmark = [pytest.mark.django_db, pytest.mark.uitgangspunt("USE-8")]

DAG = timedelta(days=1)
JAAR = NU + 365 * DAG
OMAR_MELDT = HoudOpDeHoogte("Omar", NieuwEmail("omar@example.nl"))


@pytest.fixture(autouse=True)
def processen() -> None:
    for code in ("tegel", "feest"):
        Proces.objects.create(
            code=code, omschrijving=code, open_kanaal=True, bewaartermijn=30 * DAG
        )


def meld(proces: str = "tegel", **anders: object) -> Ontvangst:
    return handelingen.ontvang_interactie(
        proces=proces,
        soort=Interactiesoort.MELDING,
        bronorganisatie=WATERVEEN,
        **{"contact": OMAR_MELDT, "op": NU} | anders,  # type: ignore[arg-type]
    )


def zin() -> str:
    return toestand.bevindingen(JAAR)["te lang open"].zin


def test_na_een_jaar_open_is_het_een_bevinding_en_er_verdwijnt_niets() -> None:
    for _ in range(2):
        meld()
    assert toestand.bevindingen(JAAR - timedelta(microseconds=1)) == {}
    assert zin() == "2 meldingen of vragen met gegevens staan langer dan 365 dagen open"
    assert opruimen.ruim_interacties_op(op=JAAR + 9 * 365 * DAG) == 0
    assert Klant.objects.count() == 2


def test_wie_haar_afsluit_hoort_er_niet_meer_van() -> None:
    ontvangst = meld()
    handelingen.sluit_interactie_af(ontvangst.interactie, op=NU + 300 * DAG)
    assert toestand.bevindingen(JAAR) == {}


def test_zonder_gegevens_blijft_er_ook_niets_bewaard(klant_noor: Klant) -> None:
    meld(contact=None)
    van_noor = meld(contact=None, door=NOOR)
    assert Interactie.objects.get(pk=van_noor.interactie).klanten.get() == klant_noor
    assert toestand.bevindingen(JAAR) == {}


def test_een_afwijking_van_een_klant_telt_wel(klant_noor: Klant) -> None:
    rij = Interactie.objects.get(pk=meld(contact=None, door=NOOR).interactie)
    gezien = handelingen.afdruk_van_afwijking(rij)
    anders = Contactgegevens(voornaam="Studio Noor")
    handelingen.overrule(rij.pk, gegevens=anders, gezien=gezien, door=NOOR, op=NU)
    assert zin().startswith("1 meldingen")


def test_de_gemeente_kiest_hoe_lang_te_lang_is(settings: object) -> None:
    meld()
    settings.KLANTEN_TE_LANG_OPEN = 366 * DAG  # type: ignore[attr-defined]
    assert toestand.bevindingen(JAAR) == {}


def test_de_wacht_kijkt_ernaar_en_noemt_niemand() -> None:
    ontvangst = meld()
    bevinding = bevindingen.alle(JAAR)["te lang open"]
    assert "_sluit" in bevinding.doe
    for geheim in (ontvangst.referentie, str(ontvangst.interactie), "omar@example.nl"):
        assert geheim not in bevinding.zin + bevinding.doe


def test_het_beheer_telt_per_proces(time_machine: object) -> None:
    meld(), meld(), meld("feest", op=NU + 2 * DAG)
    time_machine.move_to(JAAR)  # type: ignore[attr-defined]
    beheer = ProcesAdmin(Proces, site)
    telt = {p.code: beheer.te_lang_open(p) for p in beheer.get_queryset(RequestFactory().get("/"))}
    assert telt == {"tegel": 2, "feest": 0}
