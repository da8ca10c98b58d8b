"""Each named check on its own: it lets the right token pass and refuses just over its border."""

import dataclasses

import pytest

from accounts import controles
from accounts.controles import CONTROLES, Afgewezen, Inlogvraag
from accounts.niveaus import Niveau
from accounts.providers import lees_aanbieder
from tests.accounts.conftest import DIGID

pytestmark = pytest.mark.login
NU = 1_800_000_000
AC = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
BIJ = lees_aanbieder("proef", {**DIGID, "issuer": "https://makelaar.example"})
GOED = {
    "iss": "https://makelaar.example", "aud": "proef-client", "sub": "s", "iat": NU,
    "exp": NU + 300, "nonce": "n", "acr": f"{AC}Smartcard", "auth_time": NU,
}  # fmt: skip


def vraag(**anders):
    return Inlogvraag(
        **{"aanbieder": BIJ, "nonce": "n", "nu": NU, "niveau": Niveau.MIDDEN} | anders
    )


def uitkomst(token, gevraagd=None):
    """The name of the first check that refuses, as the backend would hear it, or None."""
    try:
        for controle in CONTROLES:
            controle(token, gevraagd or vraag())
    except Afgewezen as fout:
        return fout.reden
    return None


def zonder(*namen):
    return {naam: waarde for naam, waarde in GOED.items() if naam not in namen}


def test_een_goed_token_komt_overal_langs():
    assert uitkomst(GOED) is None


def test_token_controles_staan_er_allemaal_en_in_vaste_volgorde():
    assert [c.__name__ for c in CONTROLES] == [
        "vormen", "uitgever", "bestemming", "azp", "tijden", "nonce", "onderwerp", "niveau",
        "versheid", "vertegenwoordiging",
    ]  # fmt: skip


ALLEEN = [
    ("vormen", {**GOED, "auth_time": "nu"}, {}),
    ("uitgever", {**GOED, "iss": "https://makelaar.example/"}, {}),
    ("bestemming", {**GOED, "aud": "proef"}, {}),
    ("azp", {**GOED, "azp": "b"}, {}),
    ("tijden", {**GOED, "exp": NU - 60}, {}),
    ("nonce", {**GOED, "nonce": "m"}, {}),
    ("onderwerp", {**GOED, "sub": ""}, {}),
    ("niveau", {**GOED, "acr": "x"}, {}),
    ("versheid", {**GOED, "auth_time": NU - 61}, {"vers_na": NU}),
    ("vertegenwoordiging", {**GOED, "represents": {}}, {}),
]


@pytest.mark.parametrize(("naam", "token", "anders"), ALLEEN)
def test_token_controles_elke_controle_kan_alleen_weigeren(naam, token, anders):
    gevraagd = vraag(**anders)
    for controle in CONTROLES:
        if controle.__name__ != naam:
            controle(token, gevraagd)
    with pytest.raises(Afgewezen) as fout:
        getattr(controles, naam)(token, gevraagd)
    assert fout.value.reden == naam
    assert str(fout.value) == naam


@pytest.mark.parametrize(
    ("token", "reden"),
    [
        ({**GOED, "exp": NU - 59}, None),
        ({**GOED, "exp": NU - 60}, "tijden"),
        ({**GOED, "exp": NU + 3600}, None),
        ({**GOED, "exp": NU + 3601}, "tijden"),
        ({**GOED, "iat": NU + 60}, None),
        ({**GOED, "iat": NU + 61}, "tijden"),
        ({**GOED, "iat": NU - 600}, None),
        ({**GOED, "iat": NU - 601}, "tijden"),
        ({**GOED, "nbf": NU + 60}, None),
        ({**GOED, "nbf": NU + 61}, "tijden"),
        ({**GOED, "nbf": NU - 10_000}, None),
    ],
)
def test_token_marge_is_zestig_seconden(token, reden):
    assert uitkomst(token) == reden


VORMEN = ["1800000300", 1.8e9, True, None, [], {}, -1, 0, 2**40, int("9" * 400)]


@pytest.mark.parametrize(
    "waarde", VORMEN, ids=[str(type(w).__name__)[:5] + str(i) for i, w in enumerate(VORMEN)]
)
@pytest.mark.parametrize("naam", ["exp", "iat", "nbf", "auth_time"])
def test_token_vormen_een_tijd_is_een_geheel_getal(naam, waarde):
    assert uitkomst({**GOED, naam: waarde}) == "vormen"


def test_token_vormen_de_grootste_tijd_die_nog_een_tijd_is():
    assert uitkomst({**GOED, "auth_time": 2**40 - 1}) is None
    assert uitkomst({**GOED, "auth_time": 1}) is None


@pytest.mark.parametrize("naam", ["exp", "iat"])
def test_token_vormen_een_tijd_ontbreekt(naam):
    assert uitkomst(zonder(naam)) == "vormen"


@pytest.mark.parametrize(
    ("naam", "waarde", "reden"),
    [
        ("iss", 7, "uitgever"),
        ("iss", None, "uitgever"),
        ("iss", ["https://makelaar.example"], "uitgever"),
        ("aud", 7, "bestemming"),
        ("aud", None, "bestemming"),
        ("aud", [], "bestemming"),
        ("aud", ["proef-client"], None),
        ("aud", ["b", "proef-client"], "azp"),
        ("sub", 7, "onderwerp"),
        ("sub", "é", "onderwerp"),
        ("sub", "a" * 255, None),
        ("sub", "a" * 256, "onderwerp"),
        ("nonce", None, "nonce"),
        ("nonce", ["n"], "nonce"),
        ("nonce", "é", "nonce"),
        ("acr", None, "niveau"),
        ("acr", [f"{AC}Smartcard"], "niveau"),
        ("acr", f"{AC}MobileTwoFactorContract", None),
        ("acr", f"{AC}PasswordProtectedTransport", "niveau"),
    ],
)
def test_token_vormen_en_waarden(naam, waarde, reden):
    assert uitkomst({**GOED, naam: waarde}) == reden


def test_azp_van_onszelf_mag_bij_een_en_bij_meer():
    assert uitkomst({**GOED, "azp": "proef-client"}) is None
    assert uitkomst({**GOED, "aud": ["proef-client", "b"], "azp": "proef-client"}) is None


def test_zonder_nonce_in_de_vraag_is_er_geen_goed_antwoord():
    assert uitkomst({**GOED, "nonce": ""}, vraag(nonce="")) == "nonce"


def test_geen_niveau_is_nooit_genoeg_ook_niet_als_er_niets_gevraagd_werd():
    assert uitkomst({**GOED, "acr": "x"}, vraag(niveau=Niveau.GEEN)) == "niveau"
    basis = {**GOED, "acr": f"{AC}PasswordProtectedTransport"}
    assert uitkomst(basis, vraag(niveau=Niveau.BASIS)) is None


@pytest.mark.parametrize(
    ("auth_time", "reden"), [(NU, None), (NU - 60, None), (NU - 61, "versheid"), (None, "versheid")]
)
def test_versheid_telt_vanaf_de_vraag(auth_time, reden):
    token = {**GOED, "auth_time": auth_time} if auth_time else zonder("auth_time")
    assert uitkomst(token, vraag(vers_na=NU)) == reden


def test_versheid_met_uitgiftetijd_als_de_aanbieder_niet_beter_weet():
    bij = lees_aanbieder("p", {**DIGID, "issuer": BIJ.issuer, "auth_time": "uitgiftetijd"})
    assert uitkomst(zonder("auth_time"), vraag(aanbieder=bij, vers_na=NU)) is None
    assert controles.moment_van_inloggen(zonder("auth_time"), bij) == NU
    assert controles.moment_van_inloggen(zonder("auth_time"), BIJ) == 0
    assert controles.moment_van_inloggen({**GOED, "auth_time": 5}, bij) == 5


def test_het_niveau_kan_op_een_ander_pad_staan():
    bij = lees_aanbieder("p", {**DIGID, "issuer": BIJ.issuer, "acr_pad": ["ctx", "a.b"]})
    assert controles.niveau_van({"ctx": {"a.b": f"{AC}Smartcard"}}, bij) is Niveau.SUBSTANTIEEL
    assert controles.niveau_van(GOED, bij) is Niveau.GEEN


def test_een_weigering_houdt_reden_en_bijzonderheid_uit_elkaar():
    fout = Afgewezen("aanbieder", "status 500")
    assert (fout.reden, fout.detail, str(fout)) == ("aanbieder", "status 500", "aanbieder")
    assert Afgewezen("x").detail == ""


def test_een_vraag_ligt_vast():
    with pytest.raises(dataclasses.FrozenInstanceError):
        vraag().nonce = "anders"
    with pytest.raises(TypeError):
        Inlogvraag(BIJ, "n", NU, Niveau.MIDDEN)
