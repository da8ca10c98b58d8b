"""Back-channel logout: a good message ends exactly that session, anything else gets 400."""

import pytest
from django.test import Client

from accounts.models import Sessie

pytestmark = [pytest.mark.login, pytest.mark.django_db]
EVENTS = {"http://schemas.openid.net/event/backchannel-logout": {}}
ADRES = "/inloggen/proef/afgemeld/"


def bericht(aanbieder, *weg, **anders):
    inhoud = {
        "iss": aanbieder.issuer, "aud": "proef-client", "iat": "@+0", "exp": "@+120", "jti": "een",
        "sub": "sub-1", "sid": "sid-1", "events": EVENTS, **anders,
    }  # fmt: skip
    return {naam: waarde for naam, waarde in inhoud.items() if naam not in weg}


def meld(aanbieder, inhoud, **kop):
    return Client().post(ADRES, {"logout_token": aanbieder.onderteken(inhoud, **kop)})


@pytest.fixture
def ingelogd(client, aanbieder):
    aanbieder.heen_en_terug(client)
    return client


def is_binnen(client):
    return client.get("/inloggen/opnieuw/?handeling=naam").status_code == 200


@pytest.mark.parametrize("weg", [(), ("sid",), ("sub",)])
def test_uitloggen_door_aanbieder_beeindigt_alleen_die_sessie(ingelogd, aanbieder, weg):
    ander = Client()
    tweede = {"claims": {"sub": "sub-2"}}
    aanbieder.opdracht(claims={"sub": "sub-2", "sid": "sid-2"}, userinfo=tweede)
    aanbieder.heen_en_terug(ander)
    antwoord = meld(aanbieder, bericht(aanbieder, *weg))
    assert (antwoord.status_code, antwoord.content) == (200, b"")
    assert "no-store" in antwoord["Cache-Control"]
    assert not is_binnen(ingelogd)
    assert is_binnen(ander)


@pytest.mark.lang
@pytest.mark.parametrize(
    ("weg", "anders"),
    [
        ((), {"nonce": "n"}),
        (("events",), {}),
        ((), {"events": {}}),
        ((), {"events": [*EVENTS]}),
        ((), {"events": {next(iter(EVENTS)): "x"}}),
        ((), {"iat": "@-181"}),
        ((), {"iat": "@+61"}),
        ((), {"exp": "@-61"}),
        ((), {"aud": "ander"}),
        ((), {"iss": "https://elders.example"}),
        (("jti",), {}),
        ((), {"jti": 7}),
        (("exp",), {}),
        (("iat",), {}),
        (("sub", "sid"), {}),
        (("sub",), {"sid": 7}),
    ],
)
def test_een_verkeerd_bericht_krijgt_400_en_verandert_niets(ingelogd, aanbieder, weg, anders):
    assert meld(aanbieder, bericht(aanbieder, *weg, **anders)).status_code == 400
    assert is_binnen(ingelogd)


def test_een_vreemde_handtekening_krijgt_400(ingelogd, aanbieder):
    vals = {"sleutel": "vreemd", "kop": {"kid": "rsa"}}
    assert meld(aanbieder, bericht(aanbieder), **vals).status_code == 400
    assert is_binnen(ingelogd)


def test_een_herhaling_krijgt_400(client, aanbieder):
    assert meld(aanbieder, bericht(aanbieder)).status_code == 200
    aanbieder.heen_en_terug(client)
    assert meld(aanbieder, bericht(aanbieder)).status_code == 400
    assert is_binnen(client)


def test_zonder_exp_als_de_aanbieder_zo_is_ingesteld(ingelogd, aanbieder):
    aanbieder.stel_in(logout_zonder_exp=True)
    assert meld(aanbieder, bericht(aanbieder, "exp")).status_code == 200
    assert not is_binnen(ingelogd)


@pytest.mark.parametrize("velden", [{}, {"logout_token": ""}, {"logout_token": "a.b.c"}])
def test_rommel_krijgt_400(aanbieder, velden):
    assert Client().post(ADRES, velden).status_code == 400


def test_een_onbekende_aanbieder_krijgt_400_en_get_405(aanbieder):
    assert Client().post("/inloggen/onbekend/afgemeld/", {}).status_code == 400
    assert Client().get(ADRES).status_code == 405


def test_een_bericht_met_alleen_een_id_token_werkt_niet(ingelogd, aanbieder):
    """An ID token has a nonce and no events: it may never pass for a logout."""
    inhoud = bericht(aanbieder, "events", "jti", nonce="n")
    assert meld(aanbieder, inhoud).status_code == 400
    assert Sessie.objects.exclude(account="").exists()
