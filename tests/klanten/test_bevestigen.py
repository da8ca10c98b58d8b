"""Een nieuw adres telt pas als de klant de code eruit haalde; een vorig adres kan terug."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from portal.klanten import handelingen
from portal.klanten.models import (
    Code,
    DigitaalAdres,
    Gebeurtenis,
    Klant,
    Waarde,
    Wisgegevens,
)
from portal.klanten.regels import (
    Bericht,
    BestaatAl,
    LinkVerlopen,
    NieuwEmail,
    NieuwRekeningnummer,
    TeVaak,
    VerkeerdeCode,
)
from tests.klanten.conftest import bevestigd_adres, gang
from tests.mensen import NOOR, NU

pytestmark = pytest.mark.django_db

MINUUT = timedelta(minutes=1)


def stel_voor(klant: Klant, adres: str = "noor@example.nl") -> DigitaalAdres:
    klant.refresh_from_db()
    uitkomst = handelingen.voeg_digitaal_adres_toe(
        klant.pk, adres=NieuwEmail(adres), **gang(gezien=klant.versie)
    )
    return DigitaalAdres.objects.get(pk=uitkomst.waarde)


def andere(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_de_juiste_code_neemt_het_adres_in_gebruik(klant_noor: Klant, post: list[Bericht]) -> None:
    adres = stel_voor(klant_noor)
    assert (post[-1].soort, post[-1].aan) == ("bevestigingscode", "noor@example.nl")
    uitkomst = handelingen.bevestig(
        klant_noor.pk, waarde=adres.pk, code=post[-1].inhoud["code"], **gang(gezien=2)
    )
    adres.refresh_from_db()
    assert (adres.stand, adres.standaard, adres.bevestigd_op) == ("in_gebruik", True, NU)
    assert Gebeurtenis.objects.get(versie=uitkomst.versie).soort == "klant.bevestigd"


def test_een_code_van_zes_cijfers_staat_nergens_leesbaar(
    klant_noor: Klant, post: list[Bericht]
) -> None:
    stel_voor(klant_noor)
    code = post[-1].inhoud["code"]
    assert (len(code), code.isdigit()) == (6, True)
    assert code not in repr(list(Code.objects.values())) + repr(post[-1])


@pytest.mark.parametrize("na", [15 * MINUUT, timedelta(days=1)])
def test_na_een_kwartier_werkt_de_code_niet_meer(
    klant_noor: Klant, post: list[Bericht], na: timedelta
) -> None:
    adres = stel_voor(klant_noor)
    code = post[-1].inhoud["code"]
    with pytest.raises(VerkeerdeCode):
        handelingen.bevestig(klant_noor.pk, waarde=adres.pk, code=code, **gang(gezien=2, na=na))
    net_op_tijd = gang(gezien=2, na=15 * MINUUT - timedelta(seconds=1))
    handelingen.bevestig(klant_noor.pk, waarde=adres.pk, code=code, **net_op_tijd)


def test_na_vijf_verkeerde_pogingen_helpt_ook_de_juiste_code_niet(
    klant_noor: Klant, post: list[Bericht]
) -> None:
    adres = stel_voor(klant_noor)
    code = post[-1].inhoud["code"]
    for _ in range(5):
        with pytest.raises(VerkeerdeCode):
            handelingen.bevestig(
                klant_noor.pk, waarde=adres.pk, code=andere(code), **gang(gezien=2)
            )
    with pytest.raises(VerkeerdeCode):
        handelingen.bevestig(klant_noor.pk, waarde=adres.pk, code=code, **gang(gezien=2))


def test_een_code_hoort_bij_haar_eigen_adres(klant_noor: Klant, post: list[Bericht]) -> None:
    stel_voor(klant_noor)
    code = post[-1].inhoud["code"]
    ander = stel_voor(klant_noor, "noor@voorbeeld.nl")
    if post[-1].inhoud["code"] != code:
        with pytest.raises(VerkeerdeCode):
            handelingen.bevestig(klant_noor.pk, waarde=ander.pk, code=code, **gang(gezien=3))


def test_een_nieuwe_code_maakt_de_vorige_waardeloos(klant_noor: Klant, post: list[Bericht]) -> None:
    adres = stel_voor(klant_noor)
    eerste = post[-1].inhoud["code"]
    handelingen.stuur_code_opnieuw(klant_noor.pk, waarde=adres.pk, **gang(gezien=2, na=MINUUT))
    tweede = post[-1].inhoud["code"]
    if eerste != tweede:
        with pytest.raises(VerkeerdeCode):
            handelingen.bevestig(
                klant_noor.pk, waarde=adres.pk, code=eerste, **gang(gezien=2, na=MINUUT)
            )
    handelingen.bevestig(klant_noor.pk, waarde=adres.pk, code=tweede, **gang(gezien=2, na=MINUUT))


def test_een_tweede_code_komt_pas_na_een_minuut(klant_noor: Klant) -> None:
    adres = stel_voor(klant_noor)
    with pytest.raises(TeVaak):
        handelingen.stuur_code_opnieuw(klant_noor.pk, waarde=adres.pk, **gang(gezien=2))


def test_een_adres_krijgt_hooguit_tien_codes_per_dag(klant_noor: Klant) -> None:
    adres = stel_voor(klant_noor)
    for keer in range(1, 10):
        handelingen.stuur_code_opnieuw(
            klant_noor.pk, waarde=adres.pk, **gang(gezien=2, na=keer * MINUUT)
        )
    with pytest.raises(TeVaak):
        handelingen.stuur_code_opnieuw(
            klant_noor.pk, waarde=adres.pk, **gang(gezien=2, na=60 * MINUUT)
        )
    handelingen.stuur_code_opnieuw(
        klant_noor.pk, waarde=adres.pk, **gang(gezien=2, na=timedelta(days=1))
    )


def test_hetzelfde_formulier_nog_eens_telt_niet_als_poging(
    klant_noor: Klant, post: list[Bericht]
) -> None:
    adres, sleutel = stel_voor(klant_noor), uuid4()
    code = post[-1].inhoud["code"]
    eerste = handelingen.bevestig(
        klant_noor.pk, waarde=adres.pk, code=code, **gang(gezien=2, sleutel=sleutel)
    )
    nog_eens = handelingen.bevestig(
        klant_noor.pk, waarde=adres.pk, code=code, **gang(gezien=2, sleutel=sleutel)
    )
    assert nog_eens == replace(eerste, herhaald=True)


def test_het_oude_adres_blijft_in_gebruik_tot_het_nieuwe_bevestigd_is(
    klant_noor: Klant, adres_noor: DigitaalAdres, post: list[Bericht]
) -> None:
    nieuw = handelingen.wijzig_digitaal_adres(
        klant_noor.pk, waarde=adres_noor.pk, adres=NieuwEmail("nieuw@example.nl"), **gang(gezien=3)
    )
    adres_noor.refresh_from_db()
    assert (adres_noor.waarde, adres_noor.stand) == ("noor@example.nl", "in_gebruik")
    assert nieuw.waarde
    code = post[-1].inhoud["code"]
    handelingen.bevestig(klant_noor.pk, waarde=nieuw.waarde, code=code, **gang(gezien=4))
    adres_noor.refresh_from_db()
    assert (adres_noor.waarde, adres_noor.standaard) == ("nieuw@example.nl", True)
    assert DigitaalAdres.objects.count() == 1
    assert (post[-1].soort, post[-1].aan) == ("contactgegeven_gewijzigd", "noor@example.nl")


def test_met_de_link_komt_het_oude_adres_terug(
    klant_noor: Klant, adres_noor: DigitaalAdres, post: list[Bericht]
) -> None:
    token = kaap(klant_noor, adres_noor, post)
    assert handelingen.kijk_herstellink(token, op=NU) == "email"
    herstelling = handelingen.herstel_met_link(token, op=NU + timedelta(days=9))
    adres_noor.refresh_from_db()
    assert (adres_noor.waarde, adres_noor.bevestigd_op) == ("noor@example.nl", NU)
    assert (adres_noor.gegeven_door, herstelling.subjecten) == (
        NOOR.handelende,
        {NOOR.subject_index},
    )
    assert (post[-1].soort, post[-1].aan) == ("gegevens_hersteld", "noor@example.nl")


def kaap(klant: Klant, adres: DigitaalAdres, post: list[Bericht]) -> str:
    """Iemand achter Noors toetsenbord vervangt haar adres; geeft het token uit haar post."""
    klant.refresh_from_db()
    nieuw = handelingen.wijzig_digitaal_adres(
        klant.pk,
        waarde=adres.pk,
        adres=NieuwEmail(f"kaper{klant.versie}@example.nl"),
        **gang(gezien=klant.versie),
    )
    assert nieuw.waarde
    code = post[-1].inhoud["code"]
    handelingen.bevestig(klant.pk, waarde=nieuw.waarde, code=code, **gang(gezien=nieuw.versie))
    return post[-1].inhoud["token"]


def test_wie_al_bevestigd_was_hoort_van_een_adres_erbij_en_kan_het_weghalen(
    klant_noor: Klant, adres_noor: DigitaalAdres, post: list[Bericht]
) -> None:
    kaper = bevestigd_adres(klant_noor, NieuwEmail("kaper@example.nl"), post)
    handelingen.maak_standaard(klant_noor.pk, waarde=kaper.pk, **gang(gezien=5))
    assert (post[-1].soort, post[-1].aan) == ("contactgegeven_gewijzigd", "noor@example.nl")
    token = post[-1].inhoud["token"]
    handelingen.herstel_met_link(token, op=NU)
    rij = DigitaalAdres.objects.get()
    assert (rij.waarde, rij.standaard) == ("noor@example.nl", True)
    with pytest.raises(LinkVerlopen):
        handelingen.herstel_met_link(token, op=NU)


def test_de_link_werkt_een_keer_en_tien_dagen(
    klant_noor: Klant, adres_noor: DigitaalAdres, post: list[Bericht]
) -> None:
    token = kaap(klant_noor, adres_noor, post)
    with pytest.raises(LinkVerlopen):
        handelingen.herstel_met_link(token, op=NU + timedelta(days=10))
    handelingen.herstel_met_link(token, op=NU)
    with pytest.raises(LinkVerlopen):
        handelingen.herstel_met_link(token, op=NU)


def test_wie_het_adres_kaapte_kan_het_herstel_niet_weer_ongedaan_maken(
    klant_noor: Klant, adres_noor: DigitaalAdres, post: list[Bericht]
) -> None:
    van_noor = kaap(klant_noor, adres_noor, post)
    van_de_kaper = kaap(klant_noor, adres_noor, post)
    handelingen.herstel_met_link(van_noor, op=NU)
    with pytest.raises(LinkVerlopen):
        handelingen.herstel_met_link(van_de_kaper, op=NU)
    adres_noor.refresh_from_db()
    assert adres_noor.waarde == "noor@example.nl"


def test_ook_een_verwijderd_adres_kan_terug(
    klant_noor: Klant, adres_noor: DigitaalAdres, post: list[Bericht]
) -> None:
    handelingen.verwijder_digitaal_adres(klant_noor.pk, waarde=adres_noor.pk, **gang(gezien=3))
    assert not DigitaalAdres.objects.exists()
    handelingen.herstel_met_link(post[-1].inhoud["token"], op=NU)
    terug = DigitaalAdres.objects.get()
    assert (terug.waarde, terug.standaard) == ("noor@example.nl", True)
    assert not Wisgegevens.objects.filter(afdruk=Wisgegevens.afdruk_van(terug.pk)).exists()


@pytest.mark.parametrize("gekaapt", [True, False])
def test_wat_intussen_opnieuw_werd_toegevoegd_staat_na_het_herstel_niet_dubbel(
    klant_noor: Klant, adres_noor: DigitaalAdres, post: list[Bericht], gekaapt: bool
) -> None:
    """Noor's address was replaced, or removed; she adds it again before she opens the link."""
    if gekaapt:
        token = kaap(klant_noor, adres_noor, post)
    else:
        handelingen.verwijder_digitaal_adres(klant_noor.pk, waarde=adres_noor.pk, **gang(gezien=3))
        token = post[-1].inhoud["token"]
    klant_noor.refresh_from_db()
    later = gang(gezien=klant_noor.versie, na=timedelta(minutes=2))
    weer = handelingen.voeg_digitaal_adres_toe(
        klant_noor.pk, adres=NieuwEmail("Noor@example.nl"), **later
    )
    assert weer.waarde
    code, verder = post[-1].inhoud["code"], later | {"gezien": weer.versie}
    handelingen.bevestig(klant_noor.pk, waarde=weer.waarde, code=code, **verder)
    handelingen.herstel_met_link(token, op=NU + timedelta(minutes=3))
    rij = DigitaalAdres.objects.get()
    assert (rij.waarde, rij.standaard, rij.bevestigd_op) == ("noor@example.nl", True, NU)


def test_een_oudere_link_zet_ook_na_het_terugzetten_de_oudere_waarde_terug(
    klant_noor: Klant, adres_noor: DigitaalAdres, post: list[Bericht]
) -> None:
    kaap(klant_noor, adres_noor, post)
    gekaapt = next(b.inhoud["token"] for b in post if b.inhoud.get("token"))
    klant_noor.refresh_from_db()
    verder = gang(gezien=klant_noor.versie, na=timedelta(minutes=2))
    handelingen.verwijder_digitaal_adres(klant_noor.pk, waarde=adres_noor.pk, **verder)
    handelingen.herstel_met_link(post[-1].inhoud["token"], op=NU + timedelta(minutes=3))
    handelingen.herstel_met_link(gekaapt, op=NU + timedelta(minutes=4))
    assert [rij.waarde for rij in DigitaalAdres.objects.all()] == ["noor@example.nl"]


@pytest.mark.uitgangspunt("OWN-5")
def test_een_vervangen_adres_verdwijnt_met_zijn_opvolger_uit_de_geschiedenis(
    klant_noor: Klant, adres_noor: DigitaalAdres, post: list[Bericht]
) -> None:
    kaap(klant_noor, adres_noor, post)
    klant_noor.refresh_from_db()
    handelingen.verwijder_digitaal_adres(
        klant_noor.pk, waarde=adres_noor.pk, **gang(gezien=klant_noor.versie)
    )
    assert [waarde.veld for waarde in Waarde.objects.all()] == ["naam"]


def test_van_elke_soort_is_er_een_standaard(
    klant_noor: Klant, adres_noor: DigitaalAdres, post: list[Bericht]
) -> None:
    tweede = bevestigd_adres(klant_noor, NieuwEmail("tweede@example.nl"), post)
    assert not tweede.standaard
    handelingen.maak_standaard(klant_noor.pk, waarde=tweede.pk, **gang(gezien=5))
    standaard = DigitaalAdres.objects.filter(standaard=True).values_list("waarde", flat=True)
    assert list(standaard) == ["tweede@example.nl"]


def test_hetzelfde_adres_kan_er_geen_twee_keer_staan(
    klant_noor: Klant, adres_noor: DigitaalAdres
) -> None:
    with pytest.raises(BestaatAl):
        stel_voor(klant_noor, "Noor@Example.NL")


def test_een_gewijzigd_rekeningnummer_wacht_en_alle_adressen_horen_ervan(
    klant_noor: Klant, adres_noor: DigitaalAdres, post: list[Bericht]
) -> None:
    eerste = NieuwRekeningnummer(iban="NL91ABNA0417164300", tenaamstelling="N. Jansen")
    handelingen.wijzig_rekeningnummer(klant_noor.pk, rekening=eerste, **gang(gezien=3))
    tweede = NieuwRekeningnummer(iban="DE89 3704 0044 0532 0130 00", tenaamstelling="N. Jansen")
    handelingen.wijzig_rekeningnummer(klant_noor.pk, rekening=tweede, **gang(gezien=4))
    rijen = klant_noor.rekeningnummers.values_list("iban", "stand", "ingaat_op")
    assert set(rijen) == {
        ("NL91ABNA0417164300", "in_gebruik", NU),
        ("DE89370400440532013000", "voorgesteld", NU + timedelta(days=3)),
    }
    assert (post[-1].soort, post[-1].aan) == ("rekeningnummer_gewijzigd", "noor@example.nl")
