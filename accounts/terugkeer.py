"""What happens when somebody comes back from a provider, in the order that matters.

An answer to our own question that fails ends a running session; an answer that nobody here asked
for changes nothing.
"""

import logging
import secrets
from dataclasses import dataclass

from django.contrib import auth
from django.http import HttpRequest
from django.utils import timezone

from accounts.achterkanaal import Budget, ontdek
from accounts.controles import Afgewezen, Inlogvraag
from accounts.identiteit import pseudoniem
from accounts.inlog import Inlog, inlog_of_niets
from accounts.models import Account
from accounts.oidc import Inlogantwoord, terugkeeradres
from accounts.pogingen import Poging, neem
from accounts.providers import Aanbieder
from accounts.sessie import begin, handel_voor

log = logging.getLogger("accounts.inloggen")
FOUTCODES = {"access_denied": "geannuleerd", "login_required": "geannuleerd"}


@dataclass
class Uitkomst:
    """How a return ended: `reden` is empty for a login. `beeindigd`: a running session ended.

    `code` is random, for the help desk: it stands on the page and in the log.
    """

    poging: Poging | None = None
    reden: str = ""
    beeindigd: bool = False
    iemand_anders: bool = False
    code: str = ""


def ontvang(request: HttpRequest, aanbieder: Aanbieder) -> Uitkomst:
    """Handle the answer in this request; starts a session, ends one or leaves it as it was."""
    poging = neem(request, aanbieder.slug, request.GET.get("state", ""))
    if poging is None:
        _meld(logging.WARNING, "inloggen.onbekende_terugkeer", aanbieder)
        return Uitkomst(reden="onbekend")
    nu = timezone.now().timestamp()
    if poging.verlopen(nu):
        _meld(logging.INFO, "inloggen.geweigerd", aanbieder, reden="verlopen")
        return Uitkomst(poging, "verlopen")
    try:
        account, inlog = _ingelogd(request, aanbieder, poging, nu)
    except Afgewezen as fout:
        return _mislukt(request, aanbieder, poging, fout)
    return _gelukt(request, aanbieder, poging, account, inlog)


def _ingelogd(
    request: HttpRequest, aanbieder: Aanbieder, poging: Poging, nu: float
) -> tuple[Account, Inlog]:
    """Return who it is; raises Afgewezen."""
    eis_uitgever_in_antwoord(request.GET.get("iss"), aanbieder)
    if fout := request.GET.get("error"):
        raise Afgewezen(aanbieder.foutcodes.get(fout) or FOUTCODES.get(fout, "storing"))
    if not request.GET.get("code"):
        raise Afgewezen("aanbieder", "geen code")
    vraag = Inlogvraag(
        aanbieder=aanbieder, nonce=poging.nonce, nu=nu, niveau=poging.niveau,
        vers_na=poging.gevraagd_op if poging.vers else None,
    )  # fmt: skip
    antwoord = Inlogantwoord(
        vraag=vraag, code=request.GET["code"], code_verifier=poging.code_verifier,
        terugkeer=terugkeeradres(request, aanbieder),
    )  # fmt: skip
    account = auth.authenticate(request, antwoord=antwoord)
    if not isinstance(account, Account) or antwoord.inlog is None:
        raise antwoord.afgewezen or Afgewezen("aanbieder")
    return account, antwoord.inlog


def eis_uitgever_in_antwoord(iss: str | None, aanbieder: Aanbieder) -> None:
    """RFC 9207: the answer says from whom it is, where that was announced or configured."""
    if aanbieder.iss_parameter == "afwezig":
        return
    beloofd = aanbieder.iss_parameter == "verplicht" or bool(
        ontdek(aanbieder, Budget()).get("authorization_response_iss_parameter_supported")
    )
    if iss != aanbieder.issuer and (beloofd or iss is not None):
        raise Afgewezen("iss_parameter")


def _mislukt(
    request: HttpRequest, aanbieder: Aanbieder, poging: Poging, fout: Afgewezen
) -> Uitkomst:
    beeindigd = request.user.is_authenticated
    if beeindigd:
        auth.logout(request)
    naam = "inloggen.geannuleerd" if fout.reden == "geannuleerd" else "inloggen.geweigerd"
    ernst = logging.ERROR if fout.reden in {"aanbieder", "storing"} else logging.WARNING
    code = secrets.token_hex(4)
    _meld(ernst, naam, aanbieder, reden=fout.reden, code=code, detail=fout.detail,
          niveau_gevraagd=int(poging.niveau), beeindigd=beeindigd)  # fmt: skip
    return Uitkomst(poging, fout.reden, beeindigd, code=code)


def _gelukt(
    request: HttpRequest, aanbieder: Aanbieder, poging: Poging, account: Account, inlog: Inlog
) -> Uitkomst:
    anders = bool(poging.account_van) and poging.account_van != inlog.account_index
    verhoogd = bool(poging.account_van) and not anders
    eerder = inlog_of_niets(request)
    begin(request, account, inlog)
    if eerder and eerder.vestiging_gekozen and eerder.account_index == inlog.account_index:
        handel_voor(request, inlog.voor(eerder.identiteit))
    _meld(logging.INFO, "sessie.verhoogd" if verhoogd else "inloggen.gelukt", aanbieder,
          niveau_gevraagd=int(poging.niveau), niveau=int(inlog.rang), auth_time=inlog.auth_time,
          wie=pseudoniem(inlog.account_index, "log"))  # fmt: skip
    return Uitkomst(poging, iemand_anders=anders)


def _meld(ernst: int, gebeurtenis: str, aanbieder: Aanbieder, **velden: object) -> None:
    """Exactly one line per outcome; fixed words and pseudonyms, never a value of the answer."""
    log.log(ernst, gebeurtenis, extra={"aanbieder": aanbieder.slug, **velden})
