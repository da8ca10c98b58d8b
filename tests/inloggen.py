"""Log in as a person through the stand-in provider, the way a browser does."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

AC = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
EH = "urn:etoegang:core:assurance-class:"
LOA = "http://eidas.europa.eu/LoA/"
NIVEAUS = {
    "digid": {10: f"{AC}PasswordProtectedTransport", 25: f"{AC}MobileTwoFactorContract",
              30: f"{AC}Smartcard", 40: f"{AC}SmartcardPKI"},
    "eherkenning": {10: f"{EH}loa1", 20: f"{EH}loa2", 25: f"{EH}loa2plus", 30: f"{EH}loa3",
                    40: f"{EH}loa4"},
    "eidas": {20: f"{LOA}low", 30: f"{LOA}substantial", 40: f"{LOA}high"},
    "medewerker": {30: "urn:eigen-regie:mfa"},
}  # fmt: skip
NIVEAUS["machtigen"] = NIVEAUS["digid"]


def vraag(client: Client, middel: str = "digid", **query: str) -> str:
    """Start a login; return the address at the provider the browser is sent to."""
    antwoord = client.get(f"/inloggen/{middel}/?{urlencode(query)}")
    assert antwoord.status_code == 302, antwoord.status_code
    return antwoord["Location"]


def kies(client: Client, adres: str, **velden: str) -> HttpResponse:
    """Choose at the stand-in and let the browser go back; return the answer of our callback."""
    antwoord = client.post(adres, {"doe": "inloggen", **velden})
    assert antwoord.status_code == 302, antwoord.status_code
    return client.get(antwoord["Location"])


def inloggen(
    client: Client,
    persoon: str = "noor",
    *,
    niveau: int = 30,
    middel: str = "digid",
    doe: str = "inloggen",
    **query: str,
) -> HttpResponse:
    """Log `client` in as a test person; return the answer of our callback.

    Persons (accounts/nagebootst/personen.py): noor, omar, zuid (digid); korenbloem,
    korenbloem-2, korenbloem-winkel, stichting (eherkenning); omar-voor-noor (machtigen); erika,
    noor-be, firma (eidas); beheerder, lezer, zonder-rol (medewerker).
    """
    adres = vraag(client, middel, **query)
    return kies(client, adres, persoon=persoon, niveau=NIVEAUS[middel][niveau], doe=doe)
