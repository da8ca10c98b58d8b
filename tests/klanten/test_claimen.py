"""Van niet-gevalideerd naar gevalideerd: alleen met bewijs, en per waarde door de klant gekozen."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest

from accounts.niveaus import Niveau
from portal.klanten import handelingen
from portal.klanten.handelingen import Claimbaar, systeem
from portal.klanten.handelingen.claimen import Claim
from portal.klanten.handelingen.systeem import Systeem
from portal.klanten.models import (
    Code,
    DigitaalAdres,
    Gebeurtenis,
    Interactie,
    Klant,
    Naam,
    Postadres,
    Proces,
    Voorkeur,
)
from portal.klanten.regels import (
    Authenticatie,
    Bericht,
    GevalideerdeKlantBestaat,
    HoudOpDeHoogte,
    Interactiesoort,
    IntussenGewijzigd,
    NieuwEmail,
    NieuweNaam,
    NieuweVoorkeur,
    NieuwPostadres,
    NieuwTelefoon,
    OnvoldoendeBetrouwbaar,
    SleutelHergebruikt,
    Uitkomst,
    VerkeerdeCode,
    Voorkeursoort,
)
from tests.klanten.conftest import gang
from tests.mensen import DE_KORENBLOEM, HEUVELLAND, NOOR, NU, OMAR, WATERVEEN

pytestmark = [pytest.mark.django_db, pytest.mark.uitgangspunt("VAL-5")]

MINUUT = dt.timedelta(minutes=1)


@pytest.fixture
def melding(db: None) -> Interactie:
    """Omar meldde een losse tegel zonder in te loggen, en liet zijn e-mailadres achter."""
    Proces.objects.create(
        code="losse-tegel", omschrijving="Tegel", open_kanaal=True, bewaartermijn=30 * 1440 * MINUUT
    )
    ontvangst = handelingen.ontvang_interactie(
        proces="losse-tegel",
        soort=Interactiesoort.MELDING,
        bronorganisatie=WATERVEEN,
        contact=HoudOpDeHoogte("Omar", NieuwEmail("omar@example.nl")),
        op=NU,
    )
    return Interactie.objects.get(pk=ontvangst.interactie)


def claim(door: Authenticatie = OMAR, *, sessie: str = "a", na: dt.timedelta = 0 * MINUUT) -> Claim:
    return {"door": door, "sessie": sessie, "op": NU + na}


def bewijs(melding: Interactie, post: list[Bericht], **wie: Authenticatie) -> Claimbaar:
    handelingen.begin_claim(melding.referentie, **claim(**wie))
    code = post[-1].inhoud["code"]
    return handelingen.bewijs_claim(melding.referentie, code=code, **claim(**wie))


def test_na_bewijs_wordt_de_klant_van_omar_en_houdt_zij_haar_uuid(
    melding: Interactie, post: list[Bericht]
) -> None:
    te_kiezen = bewijs(melding, post)
    assert [(veld, tekst) for _, veld, tekst in te_kiezen.waarden] == [
        ("naam", "Omar"),
        ("email", "omar@example.nl"),
    ]
    voor = Klant.objects.get()
    houd = [sleutel for sleutel, _, _ in te_kiezen.waarden]
    uitkomst = handelingen.claim_klant(melding.referentie, houd=houd, **claim())
    klant = Klant.objects.get()
    assert (klant.pk, klant.gevalideerd, klant.subject_index) == (voor.pk, True, OMAR.subject_index)
    gebeurtenis = Gebeurtenis.objects.get(versie=uitkomst.versie)
    assert (gebeurtenis.soort, gebeurtenis.velden) == (
        "klant.geclaimd",
        ["email", "gevalideerd", "naam"],
    )
    adres = DigitaalAdres.objects.get()
    assert (adres.gegeven_door, adres.bevestigd_wijze) == (OMAR.handelende, "claim")


def test_wat_omar_niet_kiest_gaat_niet_mee(melding: Interactie, post: list[Bericht]) -> None:
    te_kiezen = bewijs(melding, post)
    alleen_naam = [te_kiezen.waarden[0][0]]
    handelingen.claim_klant(melding.referentie, houd=alleen_naam, **claim())
    assert (Naam.objects.count(), DigitaalAdres.objects.count()) == (1, 0)


def test_zonder_bewijs_wordt_niets_geclaimd(melding: Interactie, post: list[Bericht]) -> None:
    handelingen.begin_claim(melding.referentie, **claim())
    with pytest.raises(VerkeerdeCode):
        handelingen.claim_klant(melding.referentie, **claim())


def test_een_te_lage_inlog_claimt_niet(melding: Interactie) -> None:
    laag = replace(OMAR, niveau=Niveau.LAAG)
    with pytest.raises(OnvoldoendeBetrouwbaar):
        handelingen.begin_claim(melding.referentie, **claim(laag))


@pytest.mark.parametrize("door", [NOOR, replace(OMAR, bronorganisatie=HEUVELLAND)])
def test_met_de_code_van_een_ander_lukt_het_niet(
    melding: Interactie, post: list[Bericht], door: Authenticatie
) -> None:
    handelingen.begin_claim(melding.referentie, **claim())
    code = post[-1].inhoud["code"]
    with pytest.raises(VerkeerdeCode):
        handelingen.bewijs_claim(melding.referentie, code=code, **claim(door))


def test_een_code_werkt_alleen_in_haar_eigen_sessie(
    melding: Interactie, post: list[Bericht]
) -> None:
    handelingen.begin_claim(melding.referentie, **claim())
    code = post[-1].inhoud["code"]
    with pytest.raises(VerkeerdeCode):
        handelingen.bewijs_claim(melding.referentie, code=code, **claim(sessie="b"))
    handelingen.bewijs_claim(melding.referentie, code=code, **claim())
    with pytest.raises(VerkeerdeCode):
        handelingen.claim_klant(melding.referentie, **claim(sessie="b"))


def test_na_tien_minuten_werkt_de_code_niet_meer(melding: Interactie, post: list[Bericht]) -> None:
    bewijs(melding, post)
    with pytest.raises(VerkeerdeCode):
        handelingen.claim_klant(melding.referentie, **claim(na=10 * MINUUT))


def test_te_veel_codes_is_van_buiten_niet_te_zien(melding: Interactie, post: list[Bericht]) -> None:
    handelingen.begin_claim(melding.referentie, **claim())
    handelingen.begin_claim(melding.referentie, **claim())
    assert len(post) == 1


def test_een_referentie_mag_met_spaties_en_kleine_letters(
    melding: Interactie, post: list[Bericht]
) -> None:
    getypt = f" {melding.referentie[:5].lower()}-{melding.referentie[5:]} "
    handelingen.begin_claim(getypt, **claim())
    assert len(post) == 1


def test_een_tweede_keer_claimen_lukt_niet(melding: Interactie, post: list[Bericht]) -> None:
    bewijs(melding, post)
    handelingen.claim_klant(melding.referentie, **claim())
    with pytest.raises(VerkeerdeCode):
        handelingen.claim_klant(melding.referentie, **claim())


def test_hetzelfde_formulier_geeft_de_eerste_uitkomst_en_van_een_ander_niet(
    melding: Interactie, post: list[Bericht]
) -> None:
    bewijs(melding, post)
    sleutel = uuid4()
    eerst = handelingen.claim_klant(melding.referentie, sleutel=sleutel, **claim())
    nog_eens = handelingen.claim_klant(melding.referentie, sleutel=sleutel, **claim())
    assert nog_eens == replace(eerst, herhaald=True)
    for anders in ({**claim(NOOR)}, {**claim(), "houd": [uuid4()]}):
        with pytest.raises(SleutelHergebruikt):
            handelingen.claim_klant(melding.referentie, sleutel=sleutel, **anders)
    laag = replace(OMAR, niveau=Niveau.LAAG)
    with pytest.raises(OnvoldoendeBetrouwbaar):
        handelingen.claim_klant(melding.referentie, sleutel=sleutel, **claim(laag))


def test_het_bewijs_heeft_zijn_eigen_tien_minuten(melding: Interactie, post: list[Bericht]) -> None:
    handelingen.begin_claim(melding.referentie, **claim())
    code = post[-1].inhoud["code"]
    handelingen.bewijs_claim(melding.referentie, code=code, **claim(na=9 * MINUUT))
    handelingen.claim_klant(melding.referentie, **claim(na=18 * MINUUT))
    assert Klant.objects.get().gevalideerd


@pytest.mark.parametrize("referentie", ["BCDFGHJKMN", "", "\x00", "' or 1=1", "B" * 5000, "\ud800"])
def test_een_onbekende_referentie_geeft_hetzelfde_antwoord(
    post: list[Bericht], referentie: str
) -> None:
    handelingen.begin_claim(referentie, **claim())
    assert (post, Code.objects.count()) == ([], 1)
    with pytest.raises(VerkeerdeCode) as onbekend:
        handelingen.bewijs_claim(referentie, code="123456", **claim())
    assert onbekend.value.melding == VerkeerdeCode().melding


def test_wie_al_klant_is_voegt_samen_en_kiest_zelf(
    melding: Interactie, post: list[Bericht]
) -> None:
    eigen = handelingen.wijzig_naam(None, naam=NieuweNaam("Omar B."), **gang(OMAR)).klant
    te_kiezen = bewijs(melding, post)
    with pytest.raises(GevalideerdeKlantBestaat):
        handelingen.claim_klant(melding.referentie, **claim())
    alleen_naam = [te_kiezen.waarden[0][0]]
    wie = claim()
    handelingen.voeg_samen(melding.referentie, in_klant=eigen, gezien=1, houd=alleen_naam, **wie)
    assert Klant.objects.get().pk == eigen
    assert (Naam.objects.get().waarde, DigitaalAdres.objects.count()) == ("Omar", 0)
    assert [klant.pk for klant in melding.klanten.all()] == [eigen]


@pytest.fixture
def klant_omar(db: None, post: list[Bericht]) -> Klant:
    """Omar is al klant, met een bevestigd adres van zijn werk."""
    klant = Klant.objects.get(
        pk=handelingen.wijzig_naam(None, naam=NieuweNaam("Omar"), **gang(OMAR)).klant
    )
    handelingen.voeg_digitaal_adres_toe(
        klant.pk, adres=NieuwEmail("omar@werk.example.nl"), **gang(OMAR, gezien=1)
    )
    werk = DigitaalAdres.objects.get(klant=klant)
    code = post[-1].inhoud["code"]
    handelingen.bevestig(klant.pk, waarde=werk.pk, code=code, **gang(OMAR, gezien=2))
    return klant


def voeg_alles_samen(melding: Interactie, post: list[Bericht], klant: Klant) -> Uitkomst:
    """Omar bewijst het adres en houdt alles wat bij de melding stond, binnen dezelfde minuut."""
    houd = [sleutel for sleutel, _, _ in bewijs(melding, post).waarden]
    klant.refresh_from_db()
    return handelingen.voeg_samen(
        melding.referentie, in_klant=klant.pk, gezien=klant.versie, houd=houd, **claim()
    )


def test_het_adres_dat_de_code_kreeg_is_meteen_bevestigd(
    melding: Interactie, klant_omar: Klant, post: list[Bericht]
) -> None:
    voeg_alles_samen(melding, post, klant_omar)
    nieuw = DigitaalAdres.objects.get(waarde="omar@example.nl")
    assert (nieuw.klant, nieuw.stand, nieuw.bevestigd_wijze) == (klant_omar, "in_gebruik", "claim")
    assert [(bericht.soort, bericht.aan) for bericht in post[-2:]] == [
        ("claimcode", "omar@example.nl"),
        ("contactgegeven_gewijzigd", "omar@werk.example.nl"),
    ]
    handelingen.herstel_met_link(post[-1].inhoud["token"], op=NU)
    assert [rij.waarde for rij in DigitaalAdres.objects.all()] == ["omar@werk.example.nl"]


def test_wat_omar_al_had_houdt_het_samenvoegen_niet_tegen(
    melding: Interactie, klant_omar: Klant, post: list[Bericht]
) -> None:
    DigitaalAdres.objects.filter(klant=klant_omar).update(waarde="Omar@example.nl")
    voor = DigitaalAdres.objects.get(klant=klant_omar)
    uitkomst = voeg_alles_samen(melding, post, klant_omar)
    assert (uitkomst.gewijzigd, melding.klanten.get()) == (False, klant_omar)
    nu = DigitaalAdres.objects.get()
    assert (nu.pk, nu.versie, nu.waarde) == (voor.pk, voor.versie, "Omar@example.nl")


def test_een_adres_dat_hier_nog_wachtte_is_met_de_claim_bevestigd(
    melding: Interactie, klant_omar: Klant, post: list[Bericht]
) -> None:
    adres = NieuwEmail("omar@example.nl")
    wacht = handelingen.voeg_digitaal_adres_toe(klant_omar.pk, adres=adres, **gang(OMAR, gezien=3))
    houd = [sleutel for sleutel, _, _ in bewijs_na(melding, post, na=2 * MINUUT).waarden]
    handelingen.voeg_samen(
        melding.referentie, in_klant=klant_omar.pk, gezien=4, houd=houd, **claim(na=2 * MINUUT)
    )
    rij = DigitaalAdres.objects.get(waarde="omar@example.nl")
    assert (rij.pk, rij.stand) == (wacht.waarde, "in_gebruik")


def bewijs_na(melding: Interactie, post: list[Bericht], *, na: dt.timedelta) -> Claimbaar:
    handelingen.begin_claim(melding.referentie, **claim(na=na))
    code = post[-1].inhoud["code"]
    return handelingen.bewijs_claim(melding.referentie, code=code, **claim(na=na))


def test_een_adres_dat_niet_bewezen_is_wacht_na_de_claim(
    melding: Interactie, post: list[Bericht]
) -> None:
    los = melding.klanten.get()
    waarden = [NieuweNaam("Omar"), NieuwEmail("omar@example.nl"), NieuwTelefoon("06 12345678")]
    balie = Systeem(bronorganisatie=WATERVEEN, naam="balie", op=NU + MINUUT)
    systeem.vervang_zonder_subject(los.pk, waarden, gezien=los.versie, door=balie)
    houd = [sleutel for sleutel, _, _ in bewijs(melding, post).waarden]
    handelingen.claim_klant(melding.referentie, houd=houd, **claim())
    rij = DigitaalAdres.objects.get(soort="telefoon")
    assert (rij.stand, rij.standaard) == ("voorgesteld", False)
    assert (rij.bevestigd_op, rij.bevestigd_wijze) == (None, "")


def test_ook_wat_een_systeem_vastlegde_gaat_mee(
    melding: Interactie, klant_omar: Klant, post: list[Bericht]
) -> None:
    """De balie schreef bij de melding ook een postadres, een taal en een telefoonnummer op."""
    los = melding.klanten.get()
    door = Systeem(bronorganisatie=WATERVEEN, naam="balie", op=NU + MINUUT)
    post_adres = NieuwPostadres(postcode="1234 AB", huisnummer=7, straat="Kade", plaats="W")
    systeem.vervang_zonder_subject(
        los.pk,
        [
            NieuweNaam("Omar"),
            NieuwEmail("omar@example.nl"),
            NieuwTelefoon("06 12345678"),
            post_adres,
            NieuweVoorkeur(Voorkeursoort.TAAL, "en"),
        ],
        gezien=los.versie,
        door=door,
    )
    eigen = klant_omar.pk
    taal = [NieuweVoorkeur(Voorkeursoort.TAAL, "nl")]
    handelingen.wijzig_voorkeuren(eigen, keuzes=taal, **gang(OMAR, gezien=3))
    vervalt = handelingen.wat_vervalt(melding.referentie, in_klant=klant_omar, door=OMAR)
    assert list(vervalt.values()) == ["taal: nl"]
    houd = [sleutel for sleutel, _, _ in bewijs(melding, post).waarden]
    with pytest.raises(IntussenGewijzigd):
        handelingen.voeg_samen(melding.referentie, in_klant=eigen, gezien=3, houd=houd, **claim())
    handelingen.voeg_samen(melding.referentie, in_klant=eigen, gezien=4, houd=houd, **claim())
    assert Postadres.objects.get().klant == klant_omar
    assert Voorkeur.objects.get().keuze == "en"
    telefoon = DigitaalAdres.objects.get(soort="telefoon")
    assert (telefoon.stand, post[-1].soort, post[-1].aan) == (
        "voorgesteld",
        "bevestigingscode",
        "+31612345678",
    )


def test_een_bedrijf_mag_ook_naast_zijn_andere_klanten_claimen(
    melding: Interactie, post: list[Bericht]
) -> None:
    handelingen.registreer_klant(waarden=[NieuweNaam("Winkel")], **gang(DE_KORENBLOEM))
    bewijs(melding, post, door=DE_KORENBLOEM)
    handelingen.claim_klant(melding.referentie, **claim(DE_KORENBLOEM))
    assert Klant.objects.van(DE_KORENBLOEM).count() == 2
