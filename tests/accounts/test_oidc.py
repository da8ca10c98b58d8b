"""The backend on its own: no settings at rest, no e-mail as key, nothing kept."""

import pytest
from django.contrib.auth import authenticate

from accounts.controles import Afgewezen
from accounts.identiteit import Identiteit, Soort, blinde_index
from accounts.inlog import Inlog
from accounts.models import Account
from accounts.niveaus import Niveau
from accounts.oidc import (
    Inlogantwoord,
    Inlogstart,
    PortaalBackend,
    eis_niet_geblokkeerd,
    eis_zelfde_onderwerp,
)

pytestmark = [pytest.mark.login, pytest.mark.django_db]


def test_de_backend_heeft_geen_instellingen_nodig():
    assert vars(PortaalBackend()) == {}


@pytest.mark.parametrize(
    "naam",
    ["filter_users_by_claims", "create_user", "verify_claims", "describe_user_by_claims",
     "store_tokens", "update_user"],
)  # fmt: skip
def test_niemand_valt_terug_op_email(naam):
    with pytest.raises(NotImplementedError):
        getattr(PortaalBackend(), naam)({"email": "noor@example.org"})


def test_gebruikersnaam_en_wachtwoord_zijn_geen_manier_om_binnen_te_komen(rf):
    assert authenticate(rf.get("/"), username="a", password="b") is None


def test_een_actieve_rij_is_binnen_en_een_geblokkeerde_niet():
    assert PortaalBackend().get_user("onbekend").pk == "onbekend"
    Account.objects.create(pk="er-in")
    Account.objects.create(pk="er-uit", is_active=False)
    assert PortaalBackend().get_user("er-in") == Account(pk="er-in")
    assert PortaalBackend().get_user("er-uit") is None


@pytest.mark.parametrize(
    ("wie", "goed"),
    [
        ({"sub": "a"}, True),
        ({"sub": "b"}, False),
        ({"sub": ""}, False),
        ({}, False),
        ({"sub": 7}, False),
    ],
)
def test_userinfo_van_ander(wie, goed):
    if goed:
        eis_zelfde_onderwerp(wie, {"sub": "a"})
        return
    with pytest.raises(Afgewezen) as fout:
        eis_zelfde_onderwerp(wie, {"sub": "a"})
    assert fout.value.reden == "userinfo_sub"


def test_een_antwoord_toont_zijn_geheimen_niet():
    antwoord = Inlogantwoord(
        vraag=None, code="geheime-code", code_verifier="v-geheim", terugkeer="/"
    )
    assert "geheim" not in repr(antwoord)


def test_beginnen_kan_alleen_met_get():
    assert Inlogstart.http_method_names == ["get"]


@pytest.mark.parametrize("machtiging", [False, True])
def test_een_blokkade_weigert_ook_wie_namens_een_ander_komt(machtiging):
    omar = Identiteit(Soort.BSN, "999990421")
    Account.objects.create(pk=blinde_index(omar), is_active=False)
    inlog = Inlog(
        aanbieder="proef", middel="digid", acr="", rang=Niveau.MIDDEN, auth_time=0,
        identiteit=Identiteit(Soort.BSN, "999990019") if machtiging else omar,
        handelende="999990421" if machtiging else "", machtiging=machtiging,
    )  # fmt: skip
    with pytest.raises(Afgewezen) as fout:
        eis_niet_geblokkeerd(inlog)
    assert fout.value.reden == "geblokkeerd"
