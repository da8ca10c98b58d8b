"""Het koppelvlak van de standaard vertrouwt een JWT alleen als alles eraan klopt."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import jwt
import pytest
from django.utils import timezone

from accounts.identiteit import Identiteit, Soort
from portal.api.beheer import Rechten, geef_zgw_geheim, trek_in
from portal.api.models import Toepassing, Token
from portal.api.rechten import Scope, Veld
from portal.klanten.regels import Authenticatie
from tests.api.conftest import (
    ALTIJD,
    BSN_NOOR,
    DE_KORENBLOEM,
    KVK_KORENBLOEM,
    NOOR,
    OP,
    Vrager,
    met_nummer,
    registreer,
)
from tests.mensen import KORENBLOEM_AAN_DE_HAVEN, WATERVEEN

BASIS = "/klanten/api/v1/klanten"
Tekenen = Callable[..., str]


def maak_client(client_id: str = "zaaksysteem", *, organisatie: str = "", **rechten: Any) -> str:
    """Een toepassing met een HS256-geheim; geef dat geheim terug."""
    toepassing, _ = Toepassing.objects.get_or_create(
        naam=f"Client {client_id}",
        defaults={
            "bronorganisatie": organisatie or WATERVEEN,
            "organisatie": "Gemeente Waterveen",
            "client_id": client_id,
        },
    )
    alles = {
        "scopes": list(Scope),
        "doelen": ["zaakbehandeling"],
        "velden": list(Veld),
    }
    return geef_zgw_geheim(
        toepassing, Rechten(**{**alles, **rechten}), verloopt_op=ALTIJD,
        door="beheerder", reden="koppeling", op=OP,
    )  # fmt: skip


def teken(geheim: str, *, alg: str = "HS256", zonder: str = "", **claims: Any) -> str:
    """Een JWT zoals een ZGW-client hem maakt, met wat anders moet zijn anders."""
    nu = int(timezone.now().timestamp())
    alle = {"iss": "zaaksysteem", "iat": nu, "client_id": "zaaksysteem", **claims}
    alle.pop(zonder, None)
    return jwt.encode(alle, geheim, algorithm=alg)


def lees(token: str, klant: UUID) -> Any:
    return Vrager(token, doel=None).get(f"{BASIS}/{klant}")


@pytest.fixture
def noor(db: None, gedeelde_noor: UUID) -> UUID:
    return gedeelde_noor


@pytest.fixture
def geheim(db: None) -> str:
    return maak_client()


def test_een_goede_client_leest_noor_in_de_vorm_van_de_standaard(geheim: str, noor: UUID) -> None:
    antwoord = lees(teken(geheim), noor)
    klant = antwoord.json()
    assert (antwoord.status_code, antwoord["API-Version"]) == (200, "1.0.0")
    assert klant["subjectIdentificatie"] == {"inpBsn": BSN_NOOR}
    assert klant["adres"] == {
        "straatnaam": "Dorpsstraat", "huisnummer": 1, "huisletter": "", "huisnummertoevoeging": "",
        "postcode": "1234AB", "woonplaatsnaam": "Waterveen", "landcode": "6030",
    }  # fmt: skip
    assert (klant["telefoonnummer"], klant["voorkeurstaal"]) == ("+31612345678", "nld")


HAVEN = met_nummer(
    KORENBLOEM_AAN_DE_HAVEN, Identiteit(Soort.VESTIGING, "000037178598", KVK_KORENBLOEM)
)


@pytest.mark.uitgangspunt("PUR-1")
@pytest.mark.parametrize(
    ("wie", "nummers"),
    [
        (NOOR, {"inpBsn": BSN_NOOR}),
        (DE_KORENBLOEM, {"kvkNummer": KVK_KORENBLOEM}),
        (HAVEN, {"kvkNummer": KVK_KORENBLOEM, "vestigingsNummer": "000037178598"}),
    ],
    ids=["mens", "bedrijf", "vestiging"],
)
def test_zonder_het_veld_subjectnummer_gaat_geen_enkel_nummer_uit(
    geheim: str, wie: Authenticatie, nummers: dict[str, str]
) -> None:
    klant = registreer(wie)
    assert lees(teken(geheim), klant).json()["subjectIdentificatie"] == nummers
    velden = [veld for veld in Veld if veld is not Veld.SUBJECTNUMMER]
    zonder = maak_client("zonder", velden=velden)
    gezien = lees(teken(zonder, iss="zonder", client_id="zonder"), klant).json()
    assert (gezien["subjectType"], gezien["subjectIdentificatie"]) == (wie.subjectsoort, {})


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"iat": 1}, "jwt-expired"),
        ({"iat": 99_999_999_999}, "jwt-expired"),
        ({"exp": 1}, "jwt-expired"),
        ({"iat": float("nan")}, "jwt-expired"),
        ({"exp": float("nan")}, "jwt-expired"),
        ({"iat": "nu"}, "jwt-decode-error"),
        ({"zonder": "iat"}, "jwt-decode-error"),
        ({"zonder": "iss"}, "jwt-decode-error"),
        ({"zonder": "client_id"}, "missing-client-identifier"),
        ({"client_id": "iemand-anders"}, "invalid-client-identifier"),
        ({"client_id": "na\x00am"}, "invalid-client-identifier"),
        ({"alg": "HS512"}, "jwt-decode-error"),
        ({"alg": "none"}, "jwt-decode-error"),
    ],
)
def test_een_jwt_dat_niet_klopt_is_401(
    geheim: str, noor: UUID, anders: dict[str, Any], code: str
) -> None:
    sleutel = "" if anders.get("alg") == "none" else geheim
    antwoord = lees(teken(sleutel, **anders), noor)
    assert (antwoord.status_code, antwoord.json()["code"]) == (401, code)
    assert antwoord["WWW-Authenticate"] == "Bearer"


def test_een_ander_geheim_is_geen_handtekening(geheim: str, noor: UUID) -> None:
    assert lees(teken("x" * 48), noor).json()["code"] == "invalid-jwt-signature"
    assert lees("geen.jwt", noor).json()["code"] == "jwt-decode-error"


def test_bij_wisselen_gelden_twee_geheimen_en_na_intrekken_nog_een(noor: UUID) -> None:
    oud, nieuw = maak_client(), maak_client()
    assert [lees(teken(g), noor).status_code for g in (oud, nieuw)] == [200, 200]
    trek_in(Token.objects.order_by("pk")[0], door="beheerder", reden="gewisseld", op=OP)
    assert [lees(teken(g), noor).status_code for g in (oud, nieuw)] == [401, 200]


def test_een_token_van_de_eigen_api_werkt_hier_niet(geef: Callable[..., str], noor: UUID) -> None:
    assert lees(geef(), noor).status_code == 401


def test_een_geheim_werkt_niet_op_de_eigen_api(geheim: str, noor: UUID) -> None:
    assert Vrager(teken(geheim)).get(f"/api/v1/klanten/{noor}").status_code == 401


def test_met_meer_doelen_moet_de_client_kiezen(noor: UUID) -> None:
    geheim = maak_client(doelen=["zaakbehandeling", "uitbetaling"])
    assert lees(teken(geheim), noor).json()["code"] == "doel-ontbreekt"
    gekozen = Vrager(teken(geheim), doel="uitbetaling").get(f"{BASIS}/{noor}").json()
    assert "telefoonnummer" not in gekozen
    assert gekozen["voornaam"] == "Noor"


def test_een_geheim_dat_verliep_is_401(noor: UUID) -> None:
    geheim = maak_client()
    Token.objects.update(verloopt_op=timezone.now() - timedelta(seconds=1))
    assert lees(teken(geheim), noor).status_code == 401
