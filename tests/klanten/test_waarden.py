"""Wat een klant intypt: precies bewaard in NFC, of netjes geweigerd; nooit iets ertussenin."""

# ruff: noqa: RUF001 - deze tekens lijken op andere, en juist daarom staan zij hier
import unicodedata
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.klanten.regels import (
    Adressoort,
    NieuwBuitenlandsAdres,
    NieuwEmail,
    NieuweNaam,
    NieuweTerugmelding,
    NieuweVoorkeur,
    NieuwPostadres,
    NieuwRekeningnummer,
    NieuwTelefoon,
    OngeldigeWaarde,
    Register,
    Voorkeursoort,
    regel_tekst,
)

LATIJN = "".join(chr(punt) for punt in range(0xC0, 0x250) if chr(punt).isalpha()) + "ȘșȚț"
NAMEN = [
    "N",
    ".",
    "van 't Hoff",
    "d’Hondt–Smit",
    "de la van der Berg",
    "null",
    "山田太郎",
    "Ελένη",
    "محمد",
    "👩‍👩‍👧‍👦",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "=1+1",
    "' or 1=1 --",
    " Noor ",
    "a" * 200,
]
STUURTEKENS = ["\x00", "\n", "\r", "\x1b", "\x85", "\u2028", "\u2029", "\ud800", "\x7f"]


@pytest.mark.uitgangspunt("INT-2")
@pytest.mark.parametrize("naam", [*NAMEN, *LATIJN[::7]])
def test_een_naam_blijft_zoals_hij_getypt_is(naam: str) -> None:
    assert NieuweNaam(naam).waarde == naam


@pytest.mark.parametrize("letter", LATIJN[::5])
def test_losse_accenten_worden_een_letter(letter: str) -> None:
    assert NieuweNaam(unicodedata.normalize("NFD", letter)).waarde == letter


@pytest.mark.parametrize("naam", ["", " ", "\u00a0\u2003", "a" * 201, "a" * 5000])
def test_geen_naam_of_een_te_lange_wordt_geweigerd(naam: str) -> None:
    with pytest.raises(OngeldigeWaarde) as fout:
        NieuweNaam(naam)
    assert fout.value.veld == "waarde"


@pytest.mark.parametrize("teken", STUURTEKENS)
@pytest.mark.parametrize(
    "maak",
    [
        lambda tekst: NieuweNaam(tekst),
        lambda tekst: NieuwEmail(f"a{tekst}@example.nl"),
        lambda tekst: NieuwTelefoon(f"0612345{tekst}678"),
        lambda tekst: NieuwBuitenlandsAdres(landcode="DE", regel1=tekst),
        lambda tekst: NieuwPostadres(postcode="1234AB", huisnummer=1, straat=tekst),
        lambda tekst: NieuwRekeningnummer(iban="NL91ABNA0417164300", tenaamstelling=tekst),
    ],
)
def test_stuurtekens_worden_geweigerd(maak: Callable[[str], object], teken: str) -> None:
    with pytest.raises(OngeldigeWaarde):
        maak(f"a{teken}b")


@pytest.mark.lang
@given(st.text(max_size=300))
def test_elke_tekst_komt_er_in_nfc_uit_of_wordt_geweigerd(tekst: str) -> None:
    verwacht = {unicodedata.normalize("NFC", tekst), ""}
    with suppress(OngeldigeWaarde):
        assert regel_tekst(tekst, veld="naam", hooguit=200) in verwacht


@pytest.mark.parametrize(
    ("getypt", "bewaard"),
    [
        ("noor@example.nl", "noor@example.nl"),
        ("Noor.O'Brien+gemeente@Example.NL", "Noor.O'Brien+gemeente@example.nl"),
        ("ελένη@παράδειγμα.gr", "ελένη@παράδειγμα.gr"),
        (" noor@example.nl ", "noor@example.nl"),
    ],
)
def test_een_emailadres_wordt_bewaard(getypt: str, bewaard: str) -> None:
    assert NieuwEmail(getypt).waarde == bewaard


@pytest.mark.parametrize(
    "getypt",
    [
        "",
        "noor",
        "noor@localhost",
        "noor@[127.0.0.1]",
        '"<b>"@example.nl',
        "a" * 65 + "@example.nl",
        "noor@" + "a" * 250 + ".nl",
        "a@b@example.nl",
        "noor@example.nl\nBcc: x@example.nl",
        "noor@xn--.nl",
    ],
)
def test_wat_geen_emailadres_is_wordt_geweigerd(getypt: str) -> None:
    with pytest.raises(OngeldigeWaarde):
        NieuwEmail(getypt)


@pytest.mark.uitgangspunt("INT-2")
@pytest.mark.parametrize(
    ("getypt", "bewaard"),
    [
        ("06 12345678", "+31612345678"),
        ("010-4171717", "+31104171717"),
        ("0031 6 12345678", "+31612345678"),
        ("+49 30 901820", "+4930901820"),
        ("+81 3-3213-1111", "+81332131111"),
        ("+55 61 3411-1200", "+556134111200"),
        ("+383 44 123 456", "+38344123456"),
    ],
)
def test_een_telefoonnummer_van_elk_land_wordt_bewaard(getypt: str, bewaard: str) -> None:
    assert NieuwTelefoon(getypt).waarde == bewaard


@pytest.mark.parametrize(
    "getypt",
    [
        "112",
        "0800-1234",
        "0900-8844",
        "14 0 30",
        "06 CALLNOOR",
        "0612345678 ext 3",
        "06123",
        "٠٦١٢٣٤٥٦٧٨",
        "1" * 5000,
        "+999 123456789",
    ],
)
def test_wat_geen_eigen_telefoonnummer_is_wordt_geweigerd(getypt: str) -> None:
    with pytest.raises(OngeldigeWaarde):
        NieuwTelefoon(getypt)


@pytest.mark.uitgangspunt("INT-2")
@pytest.mark.parametrize(
    ("iban", "bic"),
    [
        ("nl91 abna 0417 1643 00", "ABNANL2A"),
        ("DE89370400440532013000", "COBADEFFXXX"),
        ("XK051212012345678906", ""),
        ("BR1500000000000010932840814P2", ""),
        ("GR1601101250000000012300695", "ETHNGRAA"),
    ],
)
def test_een_iban_van_elk_land_wordt_bewaard(iban: str, bic: str) -> None:
    rekening = NieuwRekeningnummer(iban=iban, tenaamstelling="N. Jansen")
    assert rekening.iban == iban.replace(" ", "").upper()
    assert rekening.bic.startswith(bic)


@pytest.mark.parametrize(
    "iban",
    ["", "NL92ABNA0417164300", "NL91ABNA041716430", "9" * 5000, "XX00", "NL91ABNA04171643٠٠"],
)
def test_een_verkeerd_iban_wordt_geweigerd(iban: str) -> None:
    with pytest.raises(OngeldigeWaarde) as fout:
        NieuwRekeningnummer(iban=iban, tenaamstelling="N. Jansen")
    assert fout.value.veld == "iban"


@pytest.mark.parametrize(
    ("postcode", "bewaard"), [("1234 ab", "1234AB"), ("1234AB", "1234AB"), (" 1234ab", "1234AB")]
)
def test_een_postcode_wordt_in_een_vorm_bewaard(postcode: str, bewaard: str) -> None:
    assert NieuwPostadres(postcode=postcode, huisnummer=5).postcode == bewaard


@pytest.mark.parametrize(
    ("veld", "velden"),
    [
        ("postcode", {"postcode": "0234AB"}),
        ("postcode", {"postcode": "1234SS"}),
        ("postcode", {"postcode": "12345"}),
        ("postcode", {"postcode": "１２３４AB"}),
        ("huisnummer", {"huisnummer": 0}),
        ("huisnummer", {"huisnummer": 100_000}),
        ("huisnummer", {"huisnummer": True}),
        ("huisletter", {"huisletter": "ab"}),
        ("toevoeging", {"toevoeging": "bis/2"}),
        ("straat", {"straat": "a" * 81}),
        ("soort", {"soort": Adressoort.BUITENLAND}),
    ],
)
def test_een_verkeerd_nederlands_adres_noemt_het_veld(veld: str, velden: dict[str, object]) -> None:
    with pytest.raises(OngeldigeWaarde) as fout:
        NieuwPostadres(**{"postcode": "1234AB", "huisnummer": 1, **velden})  # type: ignore[arg-type]
    assert fout.value.veld == veld


@pytest.mark.uitgangspunt("INT-2")
@pytest.mark.parametrize(
    ("land", "regels"),
    [
        ("DE", ["Unter den Linden 77", "10117 Berlin"]),
        ("JP", ["東京都千代田区千代田1-1"]),
        ("GR", ["Ερμού 1", "105 63 Αθήνα"]),
        ("BR", ["Praça dos Três Poderes", "Brasília - DF", "70150-900"]),
        ("XK", ["Rruga Luan Haradinaj 12", "10000 Prishtinë"]),
    ],
)
def test_een_buitenlands_adres_wordt_niet_nagemeten(land: str, regels: list[str]) -> None:
    velden = {f"regel{nummer}": regel for nummer, regel in enumerate(regels, 1)}
    adres = NieuwBuitenlandsAdres(landcode=land, **velden)
    assert [adres.regel1, adres.regel2, adres.regel3][: len(regels)] == regels


@pytest.mark.parametrize("land", ["NL", "ZZ", "de", "", "DEU"])
def test_een_onbekend_land_wordt_geweigerd(land: str) -> None:
    with pytest.raises(OngeldigeWaarde):
        NieuwBuitenlandsAdres(landcode=land, regel1="Straat 1")


@pytest.mark.uitgangspunt("INT-4")
@pytest.mark.parametrize("taal", ["nl", "en", "fy", "haw"])
def test_een_taal_heeft_de_kortste_code_die_er_is(taal: str) -> None:
    assert NieuweVoorkeur(Voorkeursoort.TAAL, taal).keuze == taal


@pytest.mark.parametrize("keuze", ["nld", "zz", "NL", "nederlands", ""])
def test_een_onbekende_taal_wordt_geweigerd(keuze: str) -> None:
    with pytest.raises(OngeldigeWaarde):
        NieuweVoorkeur(Voorkeursoort.TAAL, keuze)


@pytest.mark.parametrize("gegeven", ["", "geboorte datum", "a" * 61, "<b>"])
def test_een_terugmelding_noemt_een_element_en_geen_waarde(gegeven: str) -> None:
    with pytest.raises(OngeldigeWaarde):
        NieuweTerugmelding(register=Register.BRP, gegeven=gegeven, toelichting="Klopt niet")


@pytest.mark.uitgangspunt("INT-2")
@pytest.mark.parametrize(
    ("adres", "regels"),
    [
        (
            NieuwPostadres(
                postcode="1234ab", huisnummer=12, huisletter="a", toevoeging="2", straat="Kade",
                plaats="Waterveen", tav="Studio Noor",
            ),
            ["Studio Noor", "Kade 12A-2", "1234 AB  Waterveen"],
        ),
        (NieuwPostadres(postcode="1234AB", huisnummer=12), ["12", "1234 AB"]),
        (
            NieuwPostadres(soort=Adressoort.POSTBUS, postcode="1234AB", huisnummer=7, plaats="W"),
            ["Postbus 7", "1234 AB  W"],
        ),
        (
            NieuwBuitenlandsAdres(regel1="Weg 1", regel3="10115 Berlin", landcode="DE"),
            ["Weg 1", "10115 Berlin", "DE"],
        ),
    ],
)  # fmt: skip
def test_een_adres_staat_overal_zoals_op_een_envelop(
    adres: NieuwPostadres | NieuwBuitenlandsAdres, regels: list[str]
) -> None:
    assert adres.regels() == regels
