"""Veel mensen en tabbladen tegelijk, met echte draden op een echte PostgreSQL."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from portal.klanten import gevolgen, handelingen
from portal.klanten.handelingen.claimen import Claim
from portal.klanten.models import (
    Code,
    DigitaalAdres,
    Gebeurtenis,
    Herstel,
    Interactie,
    Klant,
    Naam,
    Proces,
)
from portal.klanten.regels import (
    Bericht,
    GevalideerdeKlantBestaat,
    HoudOpDeHoogte,
    Interactiesoort,
    IntussenGewijzigd,
    LinkVerlopen,
    NietGevonden,
    NieuwEmail,
    NieuweNaam,
    Uitkomst,
    VerkeerdeCode,
)
from tests.klanten.conftest import gang
from tests.klanten.test_bevestigen import andere, kaap
from tests.mensen import DE_KORENBLOEM, NOOR, NU, OMAR, WATERVEEN

pytestmark = pytest.mark.lang

Tegelijk = Callable[[int, Callable[[int], object]], list[object]]


@pytest.fixture(autouse=True)
def stille_post(monkeypatch: pytest.MonkeyPatch) -> list[Bericht]:
    """Deze tests gaan over rijen van het domein; wat erop volgt heeft eigen tests."""
    berichten: list[Bericht] = []
    monkeypatch.setattr(gevolgen, "_verzenders", {"proef": berichten.append})
    monkeypatch.setattr(gevolgen, "_gevolgen", {})
    return berichten


def soorten(uitkomsten: list[object]) -> Counter[type]:
    return Counter(type(uitkomst) for uitkomst in uitkomsten)


@pytest.mark.uitgangspunt("CARD-1")
def test_honderd_keer_tegelijk_voor_het_eerst_opslaan_geeft_een_klant(tegelijk: Tegelijk) -> None:
    def eerste(nummer: int) -> Uitkomst:
        return handelingen.wijzig_naam(None, naam=NieuweNaam(f"Noor {nummer}"), **gang())

    uitkomsten = tegelijk(100, eerste)
    assert soorten(uitkomsten) == {Uitkomst: 1, GevalideerdeKlantBestaat: 99}
    assert (Klant.objects.count(), Naam.objects.count(), Gebeurtenis.objects.count()) == (1, 1, 1)


@pytest.mark.uitgangspunt("CARD-2")
def test_tien_contactpunten_tegelijk_zijn_er_tien(tegelijk: Tegelijk) -> None:
    def registreer(nummer: int) -> Uitkomst:
        return handelingen.registreer_klant(**gang(DE_KORENBLOEM))

    assert soorten(tegelijk(10, registreer)) == {Uitkomst: 10}
    assert Klant.objects.values("klantnummer").distinct().count() == 10


def test_tien_keer_tegelijk_hetzelfde_formulier_verandert_een_keer_iets(
    tegelijk: Tegelijk,
) -> None:
    sleutel = uuid4()

    def verstuur(nummer: int) -> Uitkomst:
        return handelingen.registreer_klant(**gang(DE_KORENBLOEM, sleutel=sleutel))

    uitkomsten = tegelijk(10, verstuur)
    assert soorten(uitkomsten) == {Uitkomst: 10}
    assert len({uitkomst.klant for uitkomst in uitkomsten if isinstance(uitkomst, Uitkomst)}) == 1
    assert (Klant.objects.count(), Gebeurtenis.objects.count()) == (1, 1)


def test_van_tien_tabbladen_wint_er_een_en_niets_wordt_stil_overschreven(
    tegelijk: Tegelijk,
) -> None:
    klant = handelingen.wijzig_naam(None, naam=NieuweNaam("Noor"), **gang()).klant

    def wijzig(nummer: int) -> Uitkomst:
        naam = NieuweNaam(f"Noor {nummer}")
        return handelingen.wijzig_naam(klant, naam=naam, **gang(gezien=1))

    assert soorten(tegelijk(10, wijzig)) == {Uitkomst: 1, IntussenGewijzigd: 9}
    assert list(Gebeurtenis.objects.values_list("versie", flat=True).order_by("versie")) == [1, 2]


@pytest.mark.uitgangspunt("OWN-7")
def test_versies_blijven_zonder_gaten_als_velden_tegelijk_veranderen(tegelijk: Tegelijk) -> None:
    klant = handelingen.wijzig_naam(None, naam=NieuweNaam("Noor"), **gang()).klant

    def voeg_toe(nummer: int) -> Uitkomst:
        adres = NieuwEmail(f"noor{nummer}@example.nl")
        return handelingen.voeg_digitaal_adres_toe(klant, adres=adres, **gang(gezien=1))

    assert soorten(tegelijk(10, voeg_toe)) == {Uitkomst: 10}
    versies = Gebeurtenis.objects.order_by("versie").values_list("versie", flat=True)
    assert list(versies) == list(range(1, 12))
    assert Klant.objects.get().versie == 11


def test_van_tien_codes_tegelijk_naar_een_adres_gaat_er_een_uit(
    tegelijk: Tegelijk, stille_post: list[Bericht]
) -> None:
    referentie = melding_van_omar()

    def vraag(nummer: int) -> None:
        handelingen.begin_claim(referentie, door=OMAR, sessie=f"{nummer}", op=NU)

    tegelijk(10, vraag)
    assert (len(stille_post), Code.objects.count()) == (1, 1)


@pytest.mark.uitgangspunt("VAL-5")
def test_van_vijftig_claims_tegelijk_slaagt_er_een(
    tegelijk: Tegelijk, stille_post: list[Bericht]
) -> None:
    referentie = melding_van_omar()
    handelingen.begin_claim(referentie, door=OMAR, sessie="a", op=NU)
    code = stille_post[-1].inhoud["code"]
    handelingen.bewijs_claim(referentie, code=code, door=OMAR, sessie="a", op=NU)

    def claim(nummer: int) -> Uitkomst:
        return handelingen.claim_klant(referentie, door=OMAR, sessie="a", op=NU)

    assert soorten(tegelijk(50, claim)) == {Uitkomst: 1, VerkeerdeCode: 49}
    assert Gebeurtenis.objects.filter(soort="klant.geclaimd").count() == 1
    assert Klant.objects.get().subject_index == OMAR.subject_index


@pytest.mark.uitgangspunt("VAL-5")
def test_ook_van_vijftig_mensen_met_elk_een_bewijs_wint_er_een(
    tegelijk: Tegelijk, stille_post: list[Bericht]
) -> None:
    referentie = melding_van_omar()
    mensen = [replace(OMAR, subject_index=f"index-{nummer}") for nummer in range(50)]
    bewijzen: list[Code] = []
    for mens in mensen:  # zonder de daggrens, die vijftig bewijzen van één adres verbiedt
        handelingen.begin_claim(referentie, door=mens, sessie="a", op=NU)
        Code.objects.update(bewezen_op=NU)
        bewijzen.append(Code.objects.get())
        Code.objects.all().delete()
    Code.objects.bulk_create(bewijzen)

    def claim(nummer: int) -> Uitkomst:
        return handelingen.claim_klant(referentie, door=mensen[nummer], sessie="a", op=NU)

    assert soorten(tegelijk(50, claim)) == {Uitkomst: 1, VerkeerdeCode: 49}


@pytest.mark.uitgangspunt("VAL-5")
@pytest.mark.parametrize("eigen", [False, True], ids=["claimen", "samenvoegen"])
def test_tien_keer_tegelijk_hetzelfde_claimformulier_is_een_keer_klaar(
    tegelijk: Tegelijk, stille_post: list[Bericht], eigen: bool
) -> None:
    klant = None
    if eigen:
        klant = handelingen.wijzig_naam(None, naam=NieuweNaam("O."), **gang(OMAR)).klant
    referentie, sleutel = melding_van_omar(), uuid4()
    claim: Claim = {"door": OMAR, "sessie": "a", "op": NU}
    handelingen.begin_claim(referentie, **claim)
    code = stille_post[-1].inhoud["code"]
    te_kiezen = handelingen.bewijs_claim(referentie, code=code, **claim)
    houd = [waarde for waarde, _veld, _tekst in te_kiezen.waarden]

    def verstuur(nummer: int) -> Uitkomst:
        if klant:
            return handelingen.voeg_samen(
                referentie, in_klant=klant, gezien=1, houd=houd, sleutel=sleutel, **claim
            )
        return handelingen.claim_klant(referentie, houd=houd, sleutel=sleutel, **claim)

    uitkomsten = tegelijk(10, verstuur)
    assert soorten(uitkomsten) == {Uitkomst: 10}
    assert sum(not u.herhaald for u in uitkomsten if isinstance(u, Uitkomst)) == 1
    omar = Klant.objects.get()
    assert (omar.versie, omar.naam.waarde) == (2, "Omar")


def melding_van_omar() -> str:
    Proces.objects.create(
        code="losse-tegel", omschrijving="Tegel", open_kanaal=True, bewaartermijn=timedelta(days=30)
    )
    ontvangst = handelingen.ontvang_interactie(
        proces="losse-tegel",
        soort=Interactiesoort.MELDING,
        bronorganisatie=WATERVEEN,
        contact=HoudOpDeHoogte("Omar", NieuwEmail("omar@example.nl")),
        op=NU,
    )
    return Interactie.objects.get(pk=ontvangst.interactie).referentie


def test_twintig_keer_tegelijk_raden_telt_als_vijf_pogingen(
    tegelijk: Tegelijk, stille_post: list[Bericht]
) -> None:
    klant = handelingen.wijzig_naam(None, naam=NieuweNaam("Noor"), **gang()).klant
    adres = NieuwEmail("noor@example.nl")
    waarde = handelingen.voeg_digitaal_adres_toe(klant, adres=adres, **gang(gezien=1)).waarde
    assert waarde
    fout = andere(stille_post[-1].inhoud["code"])

    def raad(nummer: int) -> Uitkomst:
        return handelingen.bevestig(klant, waarde=waarde, code=fout, **gang(gezien=2))

    assert soorten(tegelijk(20, raad)) == {VerkeerdeCode: 20}
    assert Code.objects.get().pogingen == 5


def test_een_code_bevestigt_maar_een_keer(tegelijk: Tegelijk, stille_post: list[Bericht]) -> None:
    klant = handelingen.wijzig_naam(None, naam=NieuweNaam("Noor"), **gang()).klant
    adres = NieuwEmail("noor@example.nl")
    waarde = handelingen.voeg_digitaal_adres_toe(klant, adres=adres, **gang(gezien=1)).waarde
    assert waarde
    code = stille_post[-1].inhoud["code"]

    def bevestig(nummer: int) -> Uitkomst:
        return handelingen.bevestig(klant, waarde=waarde, code=code, **gang(gezien=2))

    assert soorten(tegelijk(5, bevestig))[Uitkomst] == 1
    assert Gebeurtenis.objects.filter(soort="klant.bevestigd").count() == 1


def test_de_herstellink_werkt_ook_tegelijk_maar_een_keer(
    tegelijk: Tegelijk, stille_post: list[Bericht]
) -> None:
    klant = Klant.objects.get(
        pk=handelingen.wijzig_naam(None, naam=NieuweNaam("Noor"), **gang()).klant
    )
    adres = NieuwEmail("noor@example.nl")
    waarde = handelingen.voeg_digitaal_adres_toe(klant.pk, adres=adres, **gang(gezien=1)).waarde
    assert waarde
    code = stille_post[-1].inhoud["code"]
    handelingen.bevestig(klant.pk, waarde=waarde, code=code, **gang(gezien=2))
    token = kaap(klant, DigitaalAdres.objects.get(), stille_post)

    def herstel(nummer: int) -> object:
        return handelingen.herstel_met_link(token, op=NU)

    assert soorten(tegelijk(10, herstel))[LinkVerlopen] == 9
    assert not Herstel.objects.exists()


@pytest.mark.uitgangspunt("OWN-7")
def test_na_de_verwijdering_komt_niets_meer(tegelijk: Tegelijk) -> None:
    klant = handelingen.wijzig_naam(None, naam=NieuweNaam("Noor"), **gang()).klant

    def doe(nummer: int) -> Uitkomst:
        if nummer == 0:
            return handelingen.verwijder_klant(klant, **gang(gezien=1))
        naam = NieuweNaam(f"Noor {nummer}")
        return handelingen.wijzig_naam(klant, naam=naam, **gang(gezien=1))

    uitkomsten = tegelijk(10, doe)
    assert soorten(uitkomsten)[Uitkomst] == 1
    assert set(soorten(uitkomsten)) <= {Uitkomst, NietGevonden, IntussenGewijzigd}
    laatste = Gebeurtenis.objects.order_by("-versie").first()
    assert laatste
    assert laatste.versie == 2
    assert Klant.objects.van(NOOR).exists() == (laatste.soort != "klant.verwijderd")
