"""The backend on its own: no settings at rest, no e-mail as key, nothing kept."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied

from accounts import achterkanaal
from accounts.achterkanaal import Antwoord, Budget
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
    geheim_van,
    inlog_uit,
)
from accounts.providers import lees_aanbieder
from tests.accounts.conftest import DIGID

pytestmark = [pytest.mark.login, pytest.mark.django_db]
BIJ = lees_aanbieder("proef", {**DIGID, "issuer": "https://makelaar.example"})


def test_de_backend_heeft_geen_instellingen_nodig():
    assert vars(PortaalBackend()) == {}


@pytest.mark.parametrize(
    "naam",
    ["filter_users_by_claims", "create_user", "verify_claims", "describe_user_by_claims",
     "store_tokens", "update_user"],
)  # fmt: skip
def test_niemand_valt_terug_op_email(naam):
    with pytest.raises(NotImplementedError, match=r"^nooit zoeken op e-mail$"):
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


def test_een_antwoord_toont_ook_niet_wie_er_inlogde_en_noemt_elk_veld_bij_naam():
    antwoord = Inlogantwoord(vraag=None, code="c", code_verifier="v", terugkeer="/")
    assert repr(antwoord) == "Inlogantwoord(vraag=None, terugkeer='/', afgewezen=None)"
    with pytest.raises(TypeError):
        Inlogantwoord(None, "c", "v", "/")


def test_een_weigering_houdt_het_zoeken_naar_een_andere_weg_tegen(rf):
    class Weigert(PortaalBackend):
        def _inlog(self, antwoord):
            raise Afgewezen("nonce")

    antwoord = Inlogantwoord(vraag=None, code="c", code_verifier="v", terugkeer="/")
    with pytest.raises(PermissionDenied):
        Weigert().authenticate(rf.get("/"), antwoord=antwoord)
    assert antwoord.afgewezen.reden == "nonce"


@pytest.mark.parametrize("access_token", [None, 7, "é", ["a"]])
def test_zonder_bruikbaar_access_token_vragen_wij_niet_wie_het_is(access_token):
    with pytest.raises(Afgewezen) as fout:
        PortaalBackend().get_userinfo(access_token, {"sub": "a"}, BIJ, Budget())
    assert (fout.value.reden, fout.value.detail) == ("aanbieder", "geen access_token")


def test_userinfo_die_geen_tekst_is_wordt_geweigerd(monkeypatch):
    monkeypatch.setattr(achterkanaal, "ontdek", lambda *_: {"userinfo_endpoint": "https://m/me"})
    rommel = Antwoord(b"\xff.\xfe.\xfd", "application/jwt; charset=utf-8")
    monkeypatch.setattr(achterkanaal, "roep", lambda *_, **__: rommel)
    with pytest.raises(Afgewezen):
        PortaalBackend().get_userinfo("toegang", {"sub": "a"}, BIJ, Budget())


def test_zonder_geheim_ligt_het_aan_de_aanbieder(monkeypatch):
    monkeypatch.delenv("PROEF_GEHEIM", raising=False)
    velden = {"client_auth": "client_secret_post", "geheim_env": "PROEF_GEHEIM"}
    bij = lees_aanbieder("proef", {**DIGID, **velden, "issuer": "https://makelaar.example"})
    with pytest.raises(Afgewezen) as fout:
        geheim_van(bij)
    assert fout.value.reden == "aanbieder"
    monkeypatch.setenv("PROEF_GEHEIM", "een-geheim")
    assert geheim_van(bij) == "een-geheim"


@pytest.mark.parametrize("sid", [None, 7])
def test_zonder_sid_is_er_geen_sid_om_op_af_te_melden(sid):
    token = {"sub": "a", "acr": "x", "auth_time": 1, "iat": 1, "sid": sid}
    inlog = inlog_uit(token, {"bsn": "999990019"}, BIJ)
    assert inlog.sid_index == ""
    assert inlog_uit({**token, "sid": "s"}, {"bsn": "999990019"}, BIJ).sid_index != ""


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
    assert Account.objects.get().pk == blinde_index(omar)
