"""Eén schaal; een onbekend niveau is geen niveau."""

import pytest

from accounts.niveaus import (
    DIGID,
    EHERKENNING,
    EIDAS,
    STANDAARD,
    STELSEL_TOEGANG,
    Niveau,
    rang,
    te_vragen,
)

pytestmark = pytest.mark.login
LOW = "http://eidas.europa.eu/LoA/low"
AC = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
EH = "urn:etoegang:core:assurance-class:"


@pytest.mark.parametrize(
    ("tabel", "acr", "verwacht"),
    [
        (DIGID, f"{AC}PasswordProtectedTransport", 10),
        (DIGID, f"{AC}MobileTwoFactorContract", 25),
        (DIGID, f"{AC}Smartcard", 30),
        (DIGID, f"{AC}SmartcardPKI", 40),
        (EHERKENNING, f"{EH}loa1", 10),
        (EHERKENNING, f"{EH}loa2", 20),
        (EHERKENNING, f"{EH}loa2plus", 25),
        (EHERKENNING, f"{EH}loa3", 30),
        (EHERKENNING, f"{EH}loa4", 40),
        (EIDAS, LOW, 20),
        (EIDAS, "http://eidas.europa.eu/LoA/substantial", 30),
        (EIDAS, "http://eidas.europa.eu/LoA/high", 40),
        (STELSEL_TOEGANG, "http://eID.logius.nl/LoA/basic", 10),
        (STELSEL_TOEGANG, LOW, 25),
        (STELSEL_TOEGANG, "http://eidas.europa.eu/LoA/substantial", 30),
        (STELSEL_TOEGANG, "http://eidas.europa.eu/LoA/high", 40),
    ],
)
def test_niveau_tabel_elke_uri_heeft_bij_zijn_aanbieder_zijn_rang(tabel, acr, verwacht):
    assert rang(acr, tabel) == verwacht
    assert isinstance(rang(acr, tabel), Niveau)


@pytest.mark.parametrize(
    "acr",
    [None, "", "onbekend", f"{EH}loa3", f"{AC}smartcard", f"{AC}Smartcard ", 30, [], {}, True],
)
def test_niveau_tabel_een_vreemde_waarde_is_geen_niveau(acr):
    assert rang(acr, DIGID) is Niveau.GEEN


def test_de_schaal_loopt_op_en_heeft_vaste_getallen():
    assert [n.value for n in Niveau] == [0, 10, 20, 25, 30, 40]


@pytest.mark.parametrize(
    ("minimaal", "acr"),
    [
        (Niveau.BASIS, f"{EH}loa1"),
        (Niveau.MIDDEN, f"{EH}loa2plus"),
        (Niveau.SUBSTANTIEEL, f"{EH}loa3"),
        (Niveau.HOOG, f"{EH}loa4"),
    ],
)
def test_gevraagd_wordt_het_laagste_niveau_dat_volstaat(minimaal, acr):
    assert te_vragen(minimaal, EHERKENNING) == acr


def test_gevraagd_wordt_niets_als_het_middel_zo_hoog_niet_komt():
    assert te_vragen(Niveau.HOOG, {"laag": Niveau.LAAG}) is None


def test_elk_middel_begint_met_zijn_eigen_tabel():
    assert STANDAARD == {"digid": DIGID, "eherkenning": EHERKENNING, "eidas": EIDAS}
