"""Acting for somebody else: refused unless built, shown when it is, and never mixed up."""

import pytest

from accounts.identiteit import Soort
from portal.mijn.toegang import authenticatie_van
from tests.accounts.test_inloggen import inlog_in
from tests.accounts.test_vervalsingen import redenen
from tests.inloggen import inloggen

pytestmark = [pytest.mark.login, pytest.mark.django_db]
LEGAL, ACTING = "urn:nl-eid-gdi:1.0:LegalSubjectID", "urn:nl-eid-gdi:1.0:ActingSubjectID"
SIGNALEN = [
    {"represents": {"sub": "999990421"}},
    {"represents": []},
    {"acting_nin": "999990421"},
    {LEGAL: "999990019", ACTING: "999990421"},
    {"urn:nl-eid-gdi:1.1:RepresentationType": "urn:nl-eid-gdi:1.1:RT:Zorg"},
    {"sel_uid": "999990421"},
    {"representeeBSN": "999990421"},
    {"aanvrager": {"bsn": "999990421"}},
]
BEDRIJF = {
    "middel": "eherkenning",
    "naam": "eHerkenning",
    "identiteit": {"kvk": ["kvk"]},
    "handelende": ["wie"],
    "acr_in": "eherkenning",
    "scopes": ["openid"],
}
MACHTIGEN = {
    "vertegenwoordiging": "machtigen",
    "identiteit": {"bsn": ["nin"]},
    "gemachtigde": ["acting_nin"],
    "mandaat": ["dienst"],
    "mandaten": {"dienst-1": ["inzien"]},
}


@pytest.mark.parametrize("plek", ["id_token", "userinfo"])
@pytest.mark.parametrize("signaal", SIGNALEN, ids=[min(s) for s in SIGNALEN])
def test_vertegenwoordiging_geweigerd(client, aanbieder, caplog, signaal, plek):
    aanbieder.stel_in(vertegenwoordigde=["aanvrager", "bsn"])
    wat = {"claims": signaal} if plek == "id_token" else {"userinfo": {"claims": signaal}}
    aanbieder.opdracht(**wat)
    assert aanbieder.heen_en_terug(client)["Location"].startswith("/inloggen/geen-toegang/")
    assert redenen(caplog) == ["vertegenwoordiging"]


def test_dezelfde_waarde_bij_wie_handelt_en_wie_het_betreft_is_geen_vertegenwoordiging(
    client, aanbieder
):
    aanbieder.opdracht(userinfo={"claims": {LEGAL: "999990019", ACTING: "999990019"}})
    assert aanbieder.heen_en_terug(client)["Location"] == "/overzicht/"


@pytest.mark.parametrize(
    ("extra", "naar"),
    [
        ({}, "/overzicht/"),
        ({"eherkenning_intermediate_kvknr": "90000022"}, "/inloggen/geen-toegang/?via=proef"),
        ({"representeeBSN": "999990421"}, "/inloggen/geen-toegang/?via=proef"),
        ({"represents": {"sub": "90000011"}}, "/inloggen/geen-toegang/?via=proef"),
        ({"bsn": "999990019"}, "/inloggen/geen-toegang/?via=proef"),
        ({"wie": ""}, "/inloggen/geen-toegang/?via=proef"),
        ({"wie": 7}, "/inloggen/geen-toegang/?via=proef"),
    ],
)
def test_een_bedrijf_met_een_medewerker_is_gewoon_en_een_keten_niet(client, aanbieder, extra, naar):
    aanbieder.stel_in(**BEDRIJF)
    aanbieder.opdracht(persoon={"kvk": "90000011", "wie": "p1", **extra})
    assert aanbieder.heen_en_terug(client)["Location"] == naar


@pytest.mark.parametrize(
    ("represents", "goed"),
    [
        ({"sub": "90000011"}, True),
        ({"sub": "90000011", "represents": {"sub": "90000022"}}, False),
        ([{"sub": "90000011"}], False),
    ],
)
def test_eherkenning_in_de_vorm_van_nl_gov(client, aanbieder, represents, goed):
    aanbieder.stel_in(**{**BEDRIJF, "identiteit": {"kvk": ["represents", "sub"]}})
    aanbieder.opdracht(persoon={"represents": represents, "wie": "p1"})
    assert (aanbieder.heen_en_terug(client)["Location"] == "/overzicht/") is goed


@pytest.mark.parametrize(
    ("claims", "reden"),
    [
        ({"nin": "999990019", "acting_nin": "999990421", "dienst": "dienst-1"}, None),
        ({"nin": "999990019", "acting_nin": "999990019"}, None),
        ({"nin": "999990019", "acting_nin": "999990421", "dienst": "andere"}, "vertegenwoordiging"),
        ({"nin": "999990019", "acting_nin": "999990421"}, "vertegenwoordiging"),
        ({"nin": "999990019"}, "identiteit"),
        ({"nin": "999990019", "acting_nin": "1"}, "identiteit"),
        ({"acting_nin": "999990421", "dienst": "dienst-1"}, "identiteit"),
        ({"nin": "999990019", "acting_nin": "999990421", "dienst": "dienst-1",
          "representeeBSN": "999990482"}, "vertegenwoordiging"),
    ],
)  # fmt: skip
def test_machtigen_verwisselt_de_twee_nooit(client, aanbieder, caplog, claims, reden):
    aanbieder.stel_in(**MACHTIGEN)
    aanbieder.opdracht(persoon=claims)
    aanbieder.heen_en_terug(client)
    assert redenen(caplog) == ([reden] if reden else [])
    if reden is None:
        inlog = inlog_in(client)
        assert inlog.identiteit.onthul() == claims["nin"]
        assert inlog.machtiging is (claims["nin"] != claims["acting_nin"])


def test_het_mandaat_wordt_per_handeling_nagegaan(client, aanbieder):
    aanbieder.stel_in(**MACHTIGEN)
    wie = {"nin": "999990019", "acting_nin": "999990421", "dienst": ["dienst-1", "andere"]}
    aanbieder.opdracht(persoon=wie)
    aanbieder.heen_en_terug(client)
    assert client.get("/overzicht/").status_code == 200
    assert client.get("/mijn-gegevens/naam/").status_code == 403


def test_een_mandaat_dat_uit_de_configuratie_verdween_reikt_nergens_meer(client, aanbieder):
    aanbieder.stel_in(**MACHTIGEN)
    aanbieder.opdracht(
        persoon={"nin": "999990019", "acting_nin": "999990421", "dienst": "dienst-1"}
    )
    aanbieder.heen_en_terug(client)
    aanbieder.stel_in(**{**MACHTIGEN, "mandaten": {}})
    assert client.get("/overzicht/").status_code == 403


@pytest.mark.parametrize(
    ("middel", "persoon", "tekst"),
    [
        ("machtigen", "omar-voor-noor", "U handelt namens iemand anders"),
        (
            "eherkenning",
            "korenbloem",
            'U handelt namens bedrijf <span translate="no" dir="auto">KVK 90000011',
        ),
        (
            "eherkenning",
            "korenbloem-winkel",
            'U handelt namens vestiging <span translate="no" dir="auto">000090000011',
        ),
    ],
)
def test_op_het_scherm_staat_namens_wie(client, middel, persoon, tekst):
    inloggen(client, persoon, middel=middel)
    assert tekst in client.get("/overzicht/").content.decode()


def test_wie_voor_zichzelf_handelt_ziet_dat_niet(client):
    inloggen(client, "noor")
    assert "U handelt namens" not in client.get("/overzicht/").content.decode()


@pytest.mark.uitgangspunt("VAL-1")
def test_elke_handeling_kent_wie_handelde_en_namens_wie(client, rf):
    inloggen(client, "omar-voor-noor", middel="machtigen")
    verzoek = rf.get("/")
    verzoek.session, verzoek.user = client.session, type("U", (), {"is_authenticated": True})()
    wie = authenticatie_van(verzoek, "naam")
    inlog = inlog_in(client)
    assert wie.subject_index == inlog.subject_index
    assert wie.handelende == inlog.handelende_pseudoniem
    assert wie.namens
    assert wie.namens != wie.handelende
    assert wie.mandaat


@pytest.mark.parametrize(
    ("waarde", "goed"),
    [
        ("s00000000:999990019", True),
        ("s00000001:999990019", False),
        ("999990019", False),
        (["s00000000:999990019"], False),
        ("s00000000:", False),
    ],
)
def test_sectorcode_anders(client, aanbieder, waarde, goed):
    aanbieder.stel_in(sectorcode="s00000000")
    aanbieder.opdracht(persoon={"bsn": waarde})
    assert (aanbieder.heen_en_terug(client)["Location"] == "/overzicht/") is goed


TWEE = {"identiteit": {"bsn": ["bsn"], "eidas": ["pseudo"]}}
QUALIFIER = {
    "identiteit": {"kvk": ["legal"], "rsin": ["legal"], "vestiging": ["vest"]},
    "soort_pad": ["soort"],
    "soorten": {"KvKnr": "kvk", "RSIN": "rsin"},
}


@pytest.mark.parametrize(
    ("instelling", "persoon", "reden"),
    [
        (TWEE, {"bsn": "999990019"}, None),
        (TWEE, {"pseudo": "DE/NL/1"}, None),
        (TWEE, {"bsn": "999990019", "pseudo": "DE/NL/1"}, "identiteit"),
        (TWEE, {}, "identiteit"),
        (TWEE, {"bsn": "999990019", "kvk": "90000011"}, "identiteit"),
        ({**BEDRIJF, **QUALIFIER}, {"legal": "90000011", "soort": "KvKnr", "wie": "p"}, None),
        ({**BEDRIJF, **QUALIFIER}, {"legal": "823288444", "soort": "RSIN", "wie": "p"}, None),
        ({**BEDRIJF, **QUALIFIER}, {"legal": "90000011", "soort": "x", "wie": "p"}, "identiteit"),
        ({**BEDRIJF, **QUALIFIER}, {"legal": "90000011", "wie": "p"}, "identiteit"),
        ({**BEDRIJF, **QUALIFIER}, {"legal": "90000011", "soort": ["KvKnr"], "wie": "p"},
         "identiteit"),
        ({**BEDRIJF, **QUALIFIER}, {"legal": "823288444", "soort": "RSIN", "wie": "p",
                                    "vest": "000090000011"}, "identiteit"),
        ({**BEDRIJF, **QUALIFIER}, {"legal": "90000011", "soort": "KvKnr", "wie": "p",
                                    "vest": "1"}, "identiteit"),
    ],
)  # fmt: skip
def test_identiteit_tegenstrijdig_of_niet_van_deze_aanbieder(
    client, aanbieder, caplog, instelling, persoon, reden
):
    aanbieder.stel_in(**instelling)
    aanbieder.opdracht(persoon=persoon)
    aanbieder.heen_en_terug(client)
    assert redenen(caplog) == ([reden] if reden else [])
    assert (inlog_in(client) is not None) is (reden is None)


@pytest.mark.parametrize(
    "naam",
    [
        "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr",
        "eherkenning_vestigingsnr",
        "vestiging",
    ],
)
def test_een_beperking_tot_een_vestiging_opent_nooit_het_hele_bedrijf(
    client, aanbieder, caplog, naam
):
    wie = {"kvk": "90000011", "wie": "p1", naam: "000090000011"}
    aanbieder.stel_in(**BEDRIJF)
    aanbieder.opdracht(persoon=wie)
    aanbieder.heen_en_terug(client)
    assert (redenen(caplog), inlog_in(client)) == (["identiteit"], None)
    aanbieder.stel_in(**{**BEDRIJF, "identiteit": {"kvk": ["kvk"], "vestiging": [naam]}})
    aanbieder.heen_en_terug(client)
    assert inlog_in(client).identiteit.soort is Soort.VESTIGING


def test_claims_uit_het_id_token_kunnen_ook(client, aanbieder):
    aanbieder.stel_in(claims_uit="id_token")
    aanbieder.opdracht(claims={"bsn": "999990019"})
    assert aanbieder.heen_en_terug(client)["Location"] == "/overzicht/"
    assert aanbieder.teller("userinfo") == 0


@pytest.mark.parametrize(
    ("persoon", "middel", "wel", "niet"),
    [
        ("noor", "digid", "/inloggen/digid/", "/inloggen/machtigen/"),
        ("omar-voor-noor", "machtigen", "/inloggen/machtigen/", "/inloggen/digid/"),
    ],
)
def test_wie_zekerder_moet_inloggen_doet_dat_in_dezelfde_rol(client, persoon, middel, wel, niet):
    inloggen(client, persoon, middel=middel, niveau=25)
    tekst = client.get("/mijn-gegevens/rekening/", follow=True).content.decode()
    assert "U moet veiliger inloggen" in tekst
    assert wel in tekst
    assert niet not in tekst
