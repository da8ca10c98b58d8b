"""The dance with a provider: start, back, and who it turns out to be.

mozilla-django-oidc carries state, nonce, PKCE and the round trip. Every check on an answer is ours
(accounts.controles, accounts.sleutels, accounts.claims), because the library has hardly any.
"""

import hmac
import os
from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.generic import View
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import OIDCAuthenticationRequestView

from accounts import achterkanaal, claims, sleutels
from accounts.achterkanaal import Budget
from accounts.beheer import groep
from accounts.controles import (
    CONTROLES,
    Afgewezen,
    Claims,
    Inlogvraag,
    is_onderwerp,
    moment_van_inloggen,
    niveau_van,
)
from accounts.identiteit import Identiteit, Soort, pseudoniem
from accounts.inlog import Inlog
from accounts.models import Account
from accounts.niveaus import Niveau
from accounts.pogingen import vul_aan
from accounts.providers import Aanbieder, waarde_op
from accounts.toegang import Principaal

ID_TOKEN = ("iss", "aud", "sub", "exp", "iat")
USERINFO = ("iss", "aud", "sub")


def terugkeeradres(request: HttpRequest, aanbieder: Aanbieder) -> str:
    """The one exact address the provider sends the person back to."""
    return request.build_absolute_uri(reverse("accounts:terug", args=[aanbieder.slug]))


@dataclass(kw_only=True)
class Inlogantwoord:
    """An answer that came back for `vraag`; the backend fills in who it is or why not."""

    vraag: Inlogvraag
    code: str = field(repr=False)
    code_verifier: str = field(repr=False)
    terugkeer: str
    inlog: Inlog | None = field(default=None, repr=False)
    afgewezen: Afgewezen | None = None


class PortaalBackend(OIDCAuthenticationBackend):  # type: ignore[misc]  # the library has no types
    """Turns an answer of a provider into a principal, or refuses it with a name."""

    def __init__(self) -> None:
        """Django makes one for every request: no settings, no discovery here."""

    def authenticate(self, request: HttpRequest, antwoord: Inlogantwoord) -> Account:
        """Return who logged in; raises PermissionDenied, with the reason in `antwoord`."""
        try:
            antwoord.inlog = self._inlog(antwoord)
            return self.get_or_create_user(antwoord.inlog, antwoord.vraag.aanbieder)
        except Afgewezen as fout:
            antwoord.afgewezen = fout
            raise PermissionDenied from None

    def _inlog(self, antwoord: Inlogantwoord) -> Inlog:
        vraag, budget = antwoord.vraag, Budget()
        tokens = self.get_token(antwoord, budget)
        token = self.verify_token(tokens.get("id_token"), vraag, budget)
        wie = token
        if vraag.aanbieder.claims_uit == "userinfo":
            wie = self.get_userinfo(tokens.get("access_token"), token, vraag.aanbieder, budget)
        return inlog_uit(token, wie, vraag.aanbieder)

    def get_token(self, antwoord: Inlogantwoord, budget: Budget) -> dict[str, Any]:
        """Exchange the code, making ourselves known in exactly one way."""
        aanbieder = antwoord.vraag.aanbieder
        eindpunt = str(achterkanaal.ontdek(aanbieder, budget)["token_endpoint"])
        velden = {
            "grant_type": "authorization_code",
            "code": antwoord.code,
            "redirect_uri": antwoord.terugkeer,
            "code_verifier": antwoord.code_verifier,
            "client_id": aanbieder.client_id,
        }
        opties: dict[str, Any] = {"data": velden}
        if aanbieder.client_auth == "client_secret_basic":
            opties["auth"] = (aanbieder.client_id, geheim_van(aanbieder))
        elif aanbieder.client_auth == "client_secret_post":
            velden["client_secret"] = geheim_van(aanbieder)
        else:
            soort = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            assertie = sleutels.assertie(aanbieder, eindpunt)
            velden |= {"client_assertion_type": soort, "client_assertion": assertie}
        return achterkanaal.als_object(
            achterkanaal.roep(aanbieder, "POST", eindpunt, budget, **opties)
        )

    def verify_token(self, token: object, vraag: Inlogvraag, budget: Budget) -> Claims:
        """Signature first, then every named check; raises Afgewezen."""
        inhoud = sleutels.geverifieerd(token, vraag.aanbieder, budget, vereist=ID_TOKEN)
        for controle in CONTROLES:
            controle(inhoud, vraag)
        return inhoud

    def get_userinfo(
        self, access_token: object, token: Claims, aanbieder: Aanbieder, budget: Budget
    ) -> Claims:
        """Ask who it is; the answer must be about the subject of the ID token."""
        if not isinstance(access_token, str) or not access_token.isascii():
            raise Afgewezen("aanbieder", "geen access_token")
        url = str(achterkanaal.ontdek(aanbieder, budget)["userinfo_endpoint"])
        kop = {"Authorization": f"Bearer {access_token}"}
        antwoord = achterkanaal.roep(aanbieder, "GET", url, budget, headers=kop)
        if antwoord.soort.startswith("application/jwt"):
            tekst = antwoord.inhoud.decode("ascii", "replace")
            wie = sleutels.geverifieerd(tekst, aanbieder, budget, vereist=USERINFO)
        else:
            wie = achterkanaal.als_object(antwoord)
        eis_zelfde_onderwerp(wie, token)
        if aanbieder.onverwachte_vertegenwoordiging(wie):
            raise Afgewezen("vertegenwoordiging")
        return wie

    def get_or_create_user(self, inlog: Inlog, aanbieder: Aanbieder) -> Account:
        """Return the principal: a stored row for staff, else one that lives in the session only."""
        eis_niet_geblokkeerd(inlog)
        if not inlog.is_medewerker:
            return Account(pk=inlog.account_index)
        rollen = aanbieder.rollen
        groepen = {rollen.groepen[rol] for rol in inlog.rollen} if rollen else set()
        wie = Principaal(inlog.identiteit).verzegeld()
        account, _ = Account.objects.update_or_create(
            pk=inlog.account_index,
            defaults={"is_staff": bool(groepen), "wie_verzegeld": wie},
        )
        account.groups.set([groep(naam) for naam in sorted(groepen)])
        return account

    def get_user(self, index: str) -> Account | None:
        """Return the principal of a session; None puts a blocked person out at the next request."""
        account = Account.objects.filter(pk=index).first() or Account(pk=index)
        return account if account.is_active else None

    def _niet_gebruikt(self, *_: object) -> NoReturn:
        raise NotImplementedError("nooit zoeken op e-mail")

    filter_users_by_claims = create_user = verify_claims = _niet_gebruikt
    describe_user_by_claims = store_tokens = update_user = _niet_gebruikt


def geheim_van(aanbieder: Aanbieder) -> str:
    """The client secret of this provider; raises Afgewezen("aanbieder") when there is none."""
    geheim = os.environ.get(aanbieder.geheim_env)
    if not geheim:
        raise Afgewezen("aanbieder", "geen geheim")
    return geheim


def eis_zelfde_onderwerp(wie: Claims, token: Claims) -> None:
    """Userinfo is about the person of the ID token; raises Afgewezen("userinfo_sub")."""
    sub = wie.get("sub")
    if not is_onderwerp(sub) or not hmac.compare_digest(str(sub), str(token["sub"])):
        raise Afgewezen("userinfo_sub")


def inlog_uit(token: Claims, wie: Claims, aanbieder: Aanbieder) -> Inlog:
    """Put together what the session remembers; raises Afgewezen."""
    identiteit = claims.identiteit_uit(wie, aanbieder)
    handelende = claims.handelende_uit(wie, aanbieder, identiteit)
    machtiging = bool(handelende) and aanbieder.vertegenwoordiging == "machtigen"
    sid = token.get("sid")
    return Inlog(
        aanbieder=aanbieder.slug,
        middel=aanbieder.middel,
        acr=str(waarde_op(token, aanbieder.acr_pad)),
        rang=niveau_van(token, aanbieder),
        auth_time=moment_van_inloggen(token, aanbieder),
        identiteit=identiteit,
        handelende=handelende,
        machtiging=machtiging,
        mandaat=claims.mandaat_uit(wie, aanbieder) if machtiging else (),
        rollen=claims.rollen_uit(wie, aanbieder),
        sid_index=pseudoniem(sid, "sid") if isinstance(sid, str) else "",
        sub_index=pseudoniem(token["sub"], "sub"),
    )


def eis_niet_geblokkeerd(inlog: Inlog) -> None:
    """Raises Afgewezen("geblokkeerd") for the principal or, with a mandate, for who acts.

    A block is looked up under every index key and stored again under the first one.
    """
    principalen = [Principaal(inlog.identiteit, inlog.handelende)]
    if inlog.machtiging:
        principalen.append(Principaal(Identiteit(Soort.BSN, inlog.handelende)))
    for wie in principalen:
        if Account.objects.filter(pk__in=wie.indexen, is_active=False).exists():
            blokkade = {"is_active": False, "wie_verzegeld": wie.verzegeld()}
            Account.objects.update_or_create(pk=wie.indexen[0], defaults=blokkade)
            raise Afgewezen("geblokkeerd")


class Inlogstart(OIDCAuthenticationRequestView):  # type: ignore[misc]  # the library has no types
    """Send the person to the provider; what was asked stays in the session under the state."""

    http_method_names = ["get"]

    def __init__(self, **kwargs: Any) -> None:
        """No settings here: the provider is known when the request is."""
        View.__init__(self, **kwargs)

    def vraag(
        self, request: HttpRequest, aanbieder: Aanbieder, niveau: Niveau, **poging: Any
    ) -> HttpResponse:
        """Return the redirect; raises Afgewezen when the provider cannot be reached."""
        ontdekt = achterkanaal.ontdek(aanbieder, Budget())
        self.aanbieder, self.niveau, self.vers = aanbieder, niveau, bool(poging["vers"])
        self.OIDC_OP_AUTH_ENDPOINT = ontdekt["authorization_endpoint"]
        self.OIDC_RP_CLIENT_ID = aanbieder.client_id
        antwoord: HttpResponse = super().get(request)
        state = parse_qs(urlsplit(antwoord["Location"]).query)["state"][0]
        vul_aan(request, state, aanbieder=aanbieder.slug, niveau=int(niveau),
                gevraagd_op=timezone.now().timestamp(), **poging)  # fmt: skip
        return antwoord

    def get_settings(self, attr: str, *args: Any) -> Any:
        """The callback of the library is replaced by ours in `get_extra_params`."""
        if attr == "OIDC_AUTHENTICATION_CALLBACK_URL":
            return "accounts:mislukt"
        return super().get_settings(attr, *args)

    def get_extra_params(self, request: HttpRequest) -> dict[str, str]:
        """What this provider is asked; nothing here comes from the request's query."""
        extra = {
            **self.aanbieder.extra_vraag,
            "scope": " ".join(self.aanbieder.scopes),
            "redirect_uri": terugkeeradres(request, self.aanbieder),
            "acr_values": self.aanbieder.te_vragen(self.niveau) or "",
            "prompt": "login",
            "ui_locales": (get_language() or "nl")[:2],
        }
        return extra | ({"max_age": "0"} if self.vers else {})
