"""Table 1.1: what the library lets through, a real provider process forges and we refuse."""

import pytest

from accounts import achterkanaal
from accounts.models import Account
from accounts.sessieopslag import SessionStore

pytestmark = [pytest.mark.login, pytest.mark.django_db, pytest.mark.lang]
AC = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
GEWEIGERD = [
    ("1 uitgever van een ander", {"claims": {"iss": "https://elders.example"}}, "uitgever"),
    ("1 uitgever met schuine streep", {"claims": {"iss": "@issuer/"}}, "uitgever"),
    ("1 geen uitgever", {"zonder": ["iss"]}, "vormen"),
    ("1 uitgever is een getal", {"claims": {"iss": 7}}, "uitgever"),
    ("2 bestemd voor een ander", {"claims": {"aud": "ander"}}, "bestemming"),
    ("2 geen bestemming", {"zonder": ["aud"]}, "vormen"),
    ("2 bestemming is een object", {"claims": {"aud": {"a": 1}}}, "bestemming"),
    ("3 meer bestemmingen zonder azp", {"claims": {"aud": ["proef-client", "b"]}}, "azp"),
    ("3 azp van een ander", {"claims": {"aud": ["proef-client", "b"], "azp": "b"}}, "azp"),
    ("3 een bestemming, azp van een ander", {"claims": {"azp": "b"}}, "azp"),
    ("4 geen einde", {"zonder": ["exp"]}, "vormen"),
    ("4 geen uitgiftetijd", {"zonder": ["iat"]}, "vormen"),
    ("4 te lang geleden uitgegeven", {"claims": {"iat": "@-700", "exp": "@+60"}}, "tijden"),
    ("4 te lang geldig", {"claims": {"exp": "@+4000"}}, "tijden"),
    ("4 einde als tekst", {"claims": {"exp": "9999999999"}}, "vormen"),
    ("4 einde van 400 cijfers", {"claims": {"exp": int("9" * 400)}}, "vormen"),
    ("4 einde is waar", {"claims": {"exp": True}}, "tijden"),
    ("5 verlopen", {"claims": {"iat": "@-300", "exp": "@-65"}}, "tijden"),
    ("6 uit de toekomst", {"claims": {"iat": "@+75", "exp": "@+300"}}, "tijden"),
    ("6 nog niet geldig", {"claims": {"nbf": "@+75"}}, "tijden"),
    ("7 andere nonce", {"claims": {"nonce": "anders"}}, "nonce"),
    ("7 geen nonce", {"zonder": ["nonce"]}, "nonce"),
    ("7 nonce is een lijst", {"claims": {"nonce": ["a"]}}, "nonce"),
    ("8 userinfo van een ander", {"userinfo": {"claims": {"sub": "sub-2"}}}, "userinfo_sub"),
    ("8 userinfo zonder onderwerp", {"userinfo": {"zonder": ["sub"]}}, "userinfo_sub"),
    ("10 geen niveau", {"zonder": ["acr"]}, "niveau"),
    ("10 onbekend niveau", {"claims": {"acr": "hoog"}}, "niveau"),
    ("10 te laag niveau", {"claims": {"acr": f"{AC}PasswordProtectedTransport"}}, "niveau"),
    ("10 niveau is een lijst", {"claims": {"acr": [f"{AC}Smartcard"]}}, "niveau"),
    ("12 represents", {"claims": {"represents": {"sub": "x"}}}, "vertegenwoordiging"),
    ("12 represents in userinfo", {"userinfo": {"claims": {"represents": {}}}},
     "vertegenwoordiging"),
    ("13 alg none", {"alg": "none", "sleutel": "none"}, "algoritme"),
    ("13 HS256 met het geheim", {"alg": "HS256", "sleutel": "hs:geheim"}, "algoritme"),
    ("13 HS256 met onze sleutel", {"alg": "HS256", "sleutel": "hs:publiek"}, "algoritme"),
    ("13 niet op de lijst", {"alg": "RS512"}, "algoritme"),
    ("15 onbekende kid", {"kop": {"kid": "weg"}}, "sleutel"),
    ("15 getekend met een andere sleutel", {"sleutel": "vreemd", "kop": {"kid": "rsa"}}, "sleutel"),
    ("16 sleutel zonder kid", {"jwks": [{"van": "rsa", "kid": None}]}, "sleutel"),
    ("17 twee sleutels passen", {"jwks": [{"van": "rsa"}, {"van": "vreemd", "kid": "rsa"}]},
     "sleutel"),
    ("17 sleutel om te versleutelen", {"jwks": [{"van": "rsa", "use": "enc"}]}, "sleutel"),
    ("17 sleutel voor een ander alg", {"jwks": [{"van": "rsa", "alg": "PS256"}]}, "sleutel"),
    ("18 te kleine sleutel", {"sleutel": "klein", "jwks": [{"van": "klein"}]}, "sleutel"),
    ("18 sleutel van een andere soort", {"kop": {"kid": "ec"}, "jwks": [{"van": "ec"}]}, "sleutel"),
    ("19 userinfo 500", {"userinfo": {"status": 500}}, "aanbieder"),
    ("19 userinfo is een lijst", {"userinfo": {"body": "[]"}}, "aanbieder"),
    ("19 userinfo is geen JSON", {"userinfo": {"body": "<html>"}}, "aanbieder"),
    ("19 token 400", {"weiger": True}, "aanbieder"),
    ("19 token 500", {"token": {"status": 500}}, "aanbieder"),
    ("19 token 302", {"token": {"status": 302, "koppen": {"Location": "/"}}}, "aanbieder"),
    ("19 token zonder id_token", {"token": {"zonder": ["id_token"]}}, "aanbieder"),
    ("19 token zonder access_token", {"token": {"zonder": ["access_token"]}}, "aanbieder"),
    ("19 id_token is een getal", {"rauw": 7}, "aanbieder"),
    ("19 id_token is rommel", {"rauw": "a.b.c"}, "vormen"),
    ("19 id_token is leeg", {"rauw": ""}, "vormen"),
    ("19 inhoud is een lijst", {"inhoud": ["a"]}, "sleutel"),
    ("19 diep genest", {"token": {"body": "[" * 60_000}}, "aanbieder"),
    ("19 te groot", {"token": {"vul": 70_000}}, "aanbieder"),
    ("20 userinfo-jwt van een ander", {"userinfo": {"jwt": True, "claims": {"iss": "x"}}},
     "uitgever"),
    ("20 userinfo-jwt voor een ander", {"userinfo": {"jwt": True, "claims": {"aud": "x"}}},
     "bestemming"),
    ("20 userinfo-jwt zonder onderwerp", {"userinfo": {"jwt": True, "zonder": ["sub"]}}, "vormen"),
    ("onderwerp te lang", {"claims": {"sub": "a" * 256}}, "onderwerp"),
    ("onderwerp leeg", {"claims": {"sub": ""}}, "onderwerp"),
    ("onderwerp is een getal", {"claims": {"sub": 7}}, "onderwerp"),
    ("bsn zonder elfproef", {"persoon": {"bsn": "999990018"}}, "identiteit"),
    ("bsn is een getal", {"persoon": {"bsn": 999990019}}, "identiteit"),
    ("bsn van 5.000 cijfers", {"persoon": {"bsn": "9" * 5000}}, "identiteit"),
    ("geen bsn", {"persoon": {"naam": "Noor"}}, "identiteit"),
    ("jwks 500", {"jwks_http": {"status": 500}}, "aanbieder"),
    ("jwks zonder lijst", {"jwks_http": {"body": '{"keys": {}}'}}, "aanbieder"),
]  # fmt: skip


def sessie_van(client):
    return SessionStore(client.cookies["sessie"].value)


def redenen(caplog):
    return [r.reden for r in caplog.records if getattr(r, "reden", "")]


@pytest.mark.parametrize(
    ("opdracht", "reden"), [(o, r) for _, o, r in GEWEIGERD], ids=[n for n, _, _ in GEWEIGERD]
)
def test_een_vervalsing_wordt_geweigerd(client, aanbieder, caplog, opdracht, reden):
    if opdracht.get("claims", {}).get("iss") == "@issuer/":
        opdracht = {"claims": {"iss": f"{aanbieder.issuer}/"}}
    aanbieder.opdracht(**opdracht)
    antwoord = aanbieder.heen_en_terug(client)
    assert antwoord.status_code == 302
    assert antwoord["Location"].startswith("/inloggen/")
    assert "inlog" not in sessie_van(client)
    assert (redenen(caplog), Account.objects.count()) == ([reden], 0)


GOED = [
    ("zoals het hoort", {}),
    ("3 lijst van een", {"claims": {"aud": ["proef-client"]}}),
    ("3 lijst met onze azp", {"claims": {"aud": ["proef-client", "b"], "azp": "proef-client"}}),
    ("5 net verlopen", {"claims": {"iat": "@-100", "exp": "@-50"}}),
    ("6 iets voor", {"claims": {"iat": "@+50", "nbf": "@+50"}}),
    ("14 PS256", {"alg": "PS256"}),
    ("16 beide zonder kid", {"kop_zonder": ["kid"], "jwks": [{"van": "rsa", "kid": None}]}),
    ("17 een sleutel om te versleutelen ernaast",
     {"jwks": [{"van": "rsa"}, {"van": "vreemd", "use": "enc", "kid": "rsa"}]}),
    ("20 userinfo als jwt", {"userinfo": {"jwt": True, "claims": {"nonce": "x"}}}),
    ("hoger dan gevraagd", {"claims": {"acr": f"{AC}SmartcardPKI"}}),
]  # fmt: skip


@pytest.mark.parametrize("opdracht", [o for _, o in GOED], ids=[naam for naam, _ in GOED])
def test_een_goed_antwoord_werkt(client, aanbieder, opdracht):
    aanbieder.opdracht(**opdracht)
    assert aanbieder.heen_en_terug(client)["Location"] == "/overzicht/"
    assert sessie_van(client)["inlog"]["identiteit"] == ["bsn", "999990019", ""]


def test_9_email_is_geen_sleutel(client, aanbieder):
    adres = {"email": "noor@example.org"}
    aanbieder.opdracht(persoon={"bsn": "999990019", **adres})
    aanbieder.heen_en_terug(client)
    eerst = sessie_van(client)["_auth_user_id"]
    aanbieder.opdracht(persoon={"bsn": "999990421", **adres})
    aanbieder.heen_en_terug(client)
    assert sessie_van(client)["_auth_user_id"] != eerst


def test_algoritme_es256_werkt_als_het_op_de_lijst_staat(client, aanbieder):
    aanbieder.stel_in(algoritmen=["ES256"])
    aanbieder.opdracht(alg="ES256", sleutel="ec", jwks=[{"van": "ec"}])
    assert aanbieder.heen_en_terug(client)["Location"] == "/overzicht/"


def test_15_sleutel_gedraaid_wordt_met_een_keer_ophalen_gevonden(client, aanbieder):
    aanbieder.heen_en_terug(client)
    voor = aanbieder.teller("jwks")
    aanbieder.opdracht(sleutel="vreemd", jwks=[{"van": "vreemd"}])
    for bewaard in achterkanaal._voorraad.values():
        bewaard.opgehaald -= achterkanaal.OPNIEUW
    assert aanbieder.heen_en_terug(client)["Location"] == "/overzicht/"
    assert aanbieder.teller("jwks") == voor + 1


def test_15_sleutel_storm_haalt_hooguit_een_keer_per_30_seconden(client, aanbieder):
    aanbieder.opdracht(kop={"kid": "weg"})
    for _ in range(4):
        aanbieder.heen_en_terug(client)
    assert aanbieder.teller("jwks") == 1


def test_sleutel_alleen_van_issuer(client, aanbieder):
    elders = {"jku": f"{aanbieder.issuer}/elders", "x5u": f"{aanbieder.issuer}/elders"}
    aanbieder.opdracht(kop=elders, sleutel="vreemd")
    assert "mislukt" in aanbieder.heen_en_terug(client)["Location"]
    assert aanbieder.teller("elders") == 0
