"""What Logius asks of screens and words (docs/digid.md), and that every view names its act."""

import re
from pathlib import Path

import pytest
from django.conf import settings as instellingen
from django.urls import URLPattern, get_resolver

from accounts.niveaus import Niveau
from accounts.teksten import DIGID_FOUT
from portal.api.poort import VERSIES
from tests.inloggen import inloggen

pytestmark = [pytest.mark.login, pytest.mark.django_db]
SJABLONEN = [p for p in (instellingen.BASE_DIR / "templates").rglob("*.html")
             if "nagebootst" not in p.parts]  # fmt: skip
ALTIJD_MET_LOGIN = {"accounts:opnieuw", "accounts:verlengen"}


def test_digid_fout_is_letterlijk():
    assert DIGID_FOUT == (
        "Inloggen bij deze organisatie is niet gelukt. Probeert u het later nog een keer. Lukt het "
        "nog steeds niet? Log in bij Mijn DigiD. Zo controleert u of uw DigiD goed werkt. Mogelijk "
        "is er een storing bij de organisatie waar u inlogt."
    )


@pytest.mark.parametrize("reden", ["nonce", "handtekening", "token", "exception", "Traceback"])
def test_geen_technische_woorden_op_de_pagina(client, reden):
    naar = inloggen(client, doe="storing")["Location"]
    tekst = re.sub(r"<(head|form|input)[^>]*>.*?(</head>|$)", "", client.get(naar).content.decode())
    hoofd = re.search(r"<main.*?</main>", tekst, re.DOTALL)[0]
    assert reden not in hoofd


def test_in_het_engels_staat_de_nederlandse_digid_tekst_eerst(client):
    client.cookies["taal"] = "en"
    tekst = client.get(inloggen(client, doe="storing")["Location"]).content.decode()
    assert tekst.index(DIGID_FOUT) < tekst.index("Logging in at this organisation did not work.")


@pytest.mark.parametrize(
    "adres", ["/", "/inloggen/geannuleerd/?via=digid", "/inloggen/niveau/?via=digid"]
)
def test_de_naam_van_de_gemeente_staat_bij_de_knop(client, adres):
    assert "U logt in bij: " in client.get(adres).content.decode()


def test_de_knop_is_een_gewone_link_in_hetzelfde_venster():
    for knop in ("openbaar/inlogknop.html", "inloggen/knop.html"):
        tekst = (instellingen.BASE_DIR / "templates" / knop).read_text()
        assert "<a " in tekst
        assert not re.search(r"target=|data-hx-|<iframe|<form", tekst)


@pytest.mark.parametrize("sjabloon", SJABLONEN, ids=[p.name for p in SJABLONEN])
def test_digid_wordt_goed_geschreven_en_alleen_naar_digid_nl_gelinkt(sjabloon: Path):
    tekst = sjabloon.read_text()
    zichtbaar = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", " ", tekst)
    vertaald = " ".join(re.findall(r'translate "([^"]*)"', tekst)) + zichtbaar
    zonder_adres = vertaald.replace("digid.nl", "")
    assert not re.search(r"\b[dD]e DigiD\b(?! app)|Digid|\bdigid\b|DIGID", zonder_adres)
    assert set(re.findall(r"https?://[^\"' ]*digid[^\"' ]*", tekst)) <= {"https://digid.nl"}


def test_er_staat_geen_logo_van_digid_of_eherkenning_in_de_bron():
    namen = [p.name.lower() for p in instellingen.BASE_DIR.glob("portal/static/**/*.svg")]
    namen += [p.name.lower() for p in instellingen.BASE_DIR.glob("assets/themas/**/*")]
    assert not [n for n in namen if re.search("digid|eherkenning|eidas", n)]


@pytest.mark.parametrize(
    ("pagina", "tekst"),
    [
        ("geannuleerd", "U heeft het inloggen geannuleerd"),
        ("mislukt", "Inloggen is niet gelukt"),
        ("niveau", "U moet veiliger inloggen"),
        ("geen-toegang", "U kunt hier niet verder"),
    ],
)
@pytest.mark.parametrize("query", ["", "?via=digid&uit=1", "?via=onzin&handeling=onzin&code=%3Cb"])
def test_elke_uitkomst_heeft_een_pagina_met_een_weg_verder(client, pagina, tekst, query):
    antwoord = client.get(f"/inloggen/{pagina}/{query}")
    assert antwoord.status_code == 200
    assert tekst in antwoord.content.decode()
    assert "<b" not in re.sub(r"<(body|button|br)\b", "", antwoord.content.decode())


def _views(patronen, pad="/", namen=()):
    for patroon in patronen:
        hier = f"{pad}{patroon.pattern}"
        if isinstance(patroon, URLPattern):
            yield ":".join([*namen, patroon.name or hier]), hier, patroon.callback
        else:
            eigen = [patroon.namespace] if patroon.namespace else []
            yield from _views(patroon.url_patterns, hier, (*namen, *eigen))


def achter_de_inlog():
    """Every view that needs a login; what asks for a token and the management guard themselves."""
    return [
        (naam, view)
        for naam, pad, view in _views(get_resolver().url_patterns)
        if getattr(view, "login_required", True)
        and not pad.startswith((*instellingen.INLOG_VRIJE_PADEN, *VERSIES))
    ]


def test_elke_view_noemt_handeling():
    zonder = {
        naam for naam, view in achter_de_inlog()
        if getattr(view, "handeling", None) not in instellingen.INLOG_HANDELINGEN
    }  # fmt: skip
    assert zonder == ALTIJD_MET_LOGIN


def test_elke_handeling_ligt_op_of_boven_de_ondergrens():
    assert all(e["niveau"] >= Niveau.MIDDEN for e in instellingen.INLOG_HANDELINGEN.values())
