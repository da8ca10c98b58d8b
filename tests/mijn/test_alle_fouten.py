"""Wie zich op twee plaatsen vergist, hoort dat in één keer en niet na elke verbetering opnieuw."""

import datetime as dt

import pytest

from portal.klanten.models import Klant, Proces, Terugmelding
from tests.mijn import vulling
from tests.mijn.conftest import inhoud_van

ADRES, REKENING, MELDEN = "/mijn-gegevens/adres/", "/mijn-gegevens/rekening/", "/meldingen/nieuw/"
GOED_ADRES = {"soort": "straat", "postcode": "2316 XC", "huisnummer": "12"}


def fouten(antwoord):
    """De velden waarbij een fout staat, zoals iemand die niet ziet ze vindt."""
    return {veld["name"] for veld in inhoud_van(antwoord).select('[aria-invalid="true"]')}


@pytest.mark.parametrize(
    ("adres", "ingevuld", "fout"),
    [
        (
            ADRES,
            {"soort": "straat", "postcode": "12 AB", "huisletter": "7", "toevoeging": "#"},
            {"postcode", "huisnummer", "huisletter", "toevoeging"},
        ),
        (ADRES, GOED_ADRES | {"toevoeging": "te lang", "geldig_tot": "gisteren"},
         {"toevoeging", "geldig_tot"}),
        (REKENING, {"iban": "NL00 ABNA 0417 1643 00", "tenaamstelling": ""},
         {"iban", "tenaamstelling"}),
    ],
)  # fmt: skip
def test_elke_fout_staat_er_in_een_keer(noor, adres, ingevuld, fout):
    antwoord = noor.verstuur(adres, **ingevuld)
    assert antwoord.status_code == 422
    assert fouten(antwoord) == fout
    assert not Klant.objects.exists()


def test_ook_wie_niet_ingelogd_is_hoort_alles_in_een_keer(niemand):
    Proces.objects.create(
        code="straat", omschrijving="Straat", bewaartermijn=dt.timedelta(30), open_kanaal=True
    )
    for naam in ("", "\u2003"):
        antwoord = niemand.verstuur(MELDEN, voornaam=naam, bereik="06 12")
        assert fouten(antwoord) == {"proces", "voornaam", "bereik"}


@pytest.mark.uitgangspunt("REG-2")
def test_wat_er_niet_klopt_mag_in_meer_regels(noor):
    vulling.vul_noor()
    noor.verstuur("/mijn-gegevens/klopt-niet/naam/", toelichting="Het is Noor.\r\n\r\nNiet Nora.")
    assert Terugmelding.objects.get().toelichting == "Het is Noor.\n\nNiet Nora."
