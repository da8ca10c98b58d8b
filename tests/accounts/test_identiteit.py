"""Een open nummer heeft één schrijfwijze, toont zichzelf niet en is alleen op index te vinden."""

import base64
import dataclasses
import json
import logging
import pickle
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.identiteit import (
    Identiteit,
    OngeldigNummer,
    Soort,
    Verwisseld,
    blinde_index,
    blinde_indexen,
    elfproef,
    ontzegel_identiteit,
    pseudoniem,
    verzegel_identiteit,
)

pytestmark = pytest.mark.login
NOOR = Identiteit(Soort.BSN, "999990019")
BAKKERIJ = Identiteit(Soort.KVK, "90000011")
WINKEL = Identiteit(Soort.VESTIGING, "000037178598", "90000011")


@pytest.mark.parametrize(
    ("soort", "waarde", "kvk"),
    [
        (Soort.BSN, "999990019", ""),
        (Soort.KVK, "90000011", ""),
        (Soort.RSIN, "823288444", ""),
        (Soort.VESTIGING, "000037178598", "90000011"),
        (Soort.EIDAS, "DE/NL/test-0001", ""),
        (Soort.EIDAS, "a" * 255, ""),
        (Soort.EIDAS_ORGANISATIE, "NL/NTR/90000011", ""),
    ],
)
def test_identiteit_vorm_een_goede_waarde_mag(soort, waarde, kvk):
    assert Identiteit(soort, waarde, kvk).onthul() == waarde


@pytest.mark.parametrize(
    ("soort", "waarde", "kvk"),
    [
        (Soort.BSN, "999990018", ""),
        (Soort.BSN, "000000000", ""),
        (Soort.BSN, "99999001", ""),
        (Soort.BSN, "9999900199", ""),
        (Soort.BSN, "999990019\n", ""),
        (Soort.BSN, " 999990019", ""),
        (Soort.BSN, "٩٩٩٩٩٠٠١٩", ""),
        (Soort.BSN, 999990019, ""),
        (Soort.BSN, None, ""),
        (Soort.BSN, "9" * 5000, ""),
        (Soort.BSN, "999990019", "90000011"),
        (Soort.RSIN, "823288445", ""),
        (Soort.KVK, "9000001", ""),
        (Soort.KVK, "900000111", ""),
        (Soort.KVK, "9000001a", ""),
        (Soort.VESTIGING, "000037178598", ""),
        (Soort.VESTIGING, "37178598", "90000011"),
        (Soort.VESTIGING, "000037178598", "9000001"),
        (Soort.VESTIGING, "000037178598", 90000011),
        (Soort.EIDAS, "", ""),
        (Soort.EIDAS, " x", ""),
        (Soort.EIDAS, "a\x00b", ""),
        (Soort.EIDAS, "e\u0301", ""),
        (Soort.EIDAS, "a" * 256, ""),
        (Soort.EIDAS_ORGANISATIE, "nl/NTR/1", ""),
        (Soort.EIDAS_ORGANISATIE, "NL/NTR", ""),
        (Soort.EIDAS_ORGANISATIE, "NL/NTR/" + "1" * 300, ""),
    ],
)
def test_identiteit_vorm_een_andere_schrijfwijze_mag_niet(soort, waarde, kvk):
    with pytest.raises(OngeldigNummer) as fout:
        Identiteit(soort, waarde, kvk)
    assert str(waarde) not in str(fout.value) or not waarde


@pytest.mark.lang
@given(soort=st.sampled_from(Soort), waarde=st.text() | st.integers() | st.none())
def test_identiteit_vorm_willekeurige_invoer_geeft_nooit_een_andere_fout(soort, waarde):
    try:
        identiteit = Identiteit(soort, waarde)
    except OngeldigNummer:
        return
    assert identiteit.onthul() == waarde
    assert waarde.isprintable()


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_de_elfproef_telt_gewogen(nummer):
    som = sum(g * int(c) for g, c in zip([9, 8, 7, 6, 5, 4, 3, 2, -1], nummer, strict=True))
    assert elfproef(nummer) == (som % 11 == 0 and int(nummer) > 0)


@pytest.mark.parametrize("schrijf", [repr, str, "{}".format, "%s".__mod__, lambda i: f"{i!r}"])
def test_geheim_type_verbergt_zich(schrijf):
    assert schrijf(NOOR) == "Identiteit(bsn ***)"


def test_geheim_type_verbergt_zich_in_een_logregel(caplog):
    logging.getLogger("proef").warning("wie: %s", NOOR)
    assert "Identiteit(bsn ***)" in caplog.text
    assert "999990019" not in caplog.text


def test_geheim_type_verbergt_zich_in_een_traceback():
    try:
        raise RuntimeError(NOOR)
    except RuntimeError as fout:
        tekst = "".join(
            traceback.TracebackException.from_exception(fout, capture_locals=True).format()
        )
    assert "999990019" not in tekst


@pytest.mark.parametrize("naar_buiten", [json.dumps, pickle.dumps])
def test_geheim_type_gaat_het_proces_niet_uit(naar_buiten):
    with pytest.raises(TypeError):
        naar_buiten(NOOR)
    with pytest.raises(TypeError, match=r"^een open nummer gaat het proces niet uit$"):
        pickle.dumps(NOOR)


def test_een_identiteit_ligt_vast():
    with pytest.raises(dataclasses.FrozenInstanceError):
        NOOR.soort = Soort.RSIN


def test_het_bedrijf_van_een_vestiging_is_haar_kvk():
    assert WINKEL.bedrijf() == BAKKERIJ
    assert BAKKERIJ.bedrijf() == BAKKERIJ
    assert NOOR.bedrijf() is None


def test_gelijke_nummers_van_andere_soort_of_gemeente_hebben_een_andere_index():
    alle = {
        blinde_index(NOOR),
        blinde_index(NOOR, organisatie="001234567"),
        blinde_index(NOOR, handelende="pseudo-1"),
        blinde_index(NOOR, handelende="pseudo-2"),
        blinde_index(Identiteit(Soort.RSIN, "999990019")),
        blinde_index(Identiteit(Soort.EIDAS, "999990019")),
        blinde_index(WINKEL),
        blinde_index(Identiteit(Soort.VESTIGING, "000037178598", "90000022")),
    }
    assert len(alle) == 8
    assert not any("999990019" in index for index in alle)


def test_de_index_is_vast_en_past_in_de_kolom():
    assert blinde_index(NOOR) == blinde_index(Identiteit(Soort.BSN, "999990019"))
    assert blinde_index(NOOR).startswith("proef1$")
    assert len(blinde_index(NOOR)) == 71


def test_gezocht_wordt_met_elke_sleutel_en_geschreven_met_de_eerste(settings):
    oud = blinde_index(NOOR)
    nieuw = base64.b64encode(b"n" * 32).decode()
    settings.PORTAAL_INDEXSLEUTELS = f"i2:{nieuw},{settings.PORTAAL_INDEXSLEUTELS}"
    assert blinde_indexen(NOOR) == [blinde_index(NOOR), oud]
    assert blinde_index(NOOR).startswith("i2$")


@pytest.mark.parametrize("wie", [NOOR, BAKKERIJ, WINKEL])
def test_zegel_en_index_horen_bij_elkaar(wie):
    assert ontzegel_identiteit(verzegel_identiteit(wie), blinde_index(wie)) == wie


def test_een_verwisselde_waarde_wordt_gevonden():
    with pytest.raises(Verwisseld, match=r"^index en verzegelde waarde horen niet bij elkaar$"):
        ontzegel_identiteit(verzegel_identiteit(NOOR), blinde_index(BAKKERIJ))


def test_een_pseudoniem_verschilt_per_doel_en_gemeente(settings):
    hier = pseudoniem("x", "handelende")
    assert hier == pseudoniem("x", "handelende")
    assert len(hier) == 32
    settings.ORGANISATIE_RSIN = "001234567"
    assert len({hier, pseudoniem("x", "log"), pseudoniem("x", "handelende")}) == 3


@pytest.mark.parametrize(
    ("gemaakt", "vast"),
    [
        (
            lambda: blinde_index(NOOR),
            "proef1$a7ccf9fdcc5eb96aa21f8b49ee52a50bb6626253b9119793f6146f719db660e3",
        ),
        (
            lambda: blinde_index(WINKEL),
            "proef1$730c4ae01ad25806e0557897c53baf5f15ae3a14d64d7a7eccb46b8653e1de1f",
        ),
        (
            lambda: blinde_index(NOOR, handelende="pseudo-1"),
            "proef1$9768b1f78e2f29c1d949e7d4730aebc6751e692042b426c4f9e950d6a1891095",
        ),
        (lambda: pseudoniem("x", "handelende"), "ab22260ff9fdd343341ab9848d5a9384"),
    ],
)
def test_een_index_blijft_wat_hij_was_anders_is_niemand_meer_te_vinden(gemaakt, vast):
    assert gemaakt() == vast


def test_wat_vroeger_verzegeld_is_gaat_nog_open():
    vroeger = (
        "proef1$OZjuEk/49T4nm6dp/rH51y+F1D4chC5vnRH9XZliNDkfKdk7Dgv2brn2O7PbyZrFmIUm15GOL"
        "c3TfwapZ/daQkal7bkP"
    )
    assert ontzegel_identiteit(vroeger, blinde_index(WINKEL)) == WINKEL


def test_de_namen_van_de_soorten_zijn_die_van_de_configuratie():
    assert [soort.value for soort in Soort] == [
        "bsn", "kvk", "rsin", "vestiging", "eidas", "eidas_organisatie", "medewerker",
    ]  # fmt: skip


def test_een_pseudoniem_van_een_teken_is_er_ook_een():
    assert Identiteit(Soort.EIDAS, "a").onthul() == "a"
