"""The session of who is logged in: reading it, guarding views by it, starting and ending it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib import auth
from django.core.exceptions import PermissionDenied
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.utils import timezone

from accounts.concepten import wis_concepten
from accounts.inlog import Inlog, inlog_van
from accounts.models import Account, Sessie
from accounts.niveaus import Niveau
from accounts.providers import aanbieders
from accounts.sessieopslag import gehasht
from accounts.verhogen import naar_opnieuw

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
INVULTIJD = 900
"""Seconds that filling in a form may add to the freshness of a login."""

VAN_DE_INLOG = frozenset(
    {auth.SESSION_KEY, auth.BACKEND_SESSION_KEY, auth.HASH_SESSION_KEY, "inlog", "ingelogd_op"}
    | {"begonnen", "laatst_actief"}
)
"""What a session holds of the login itself; all else was chosen or opened by the person."""

ingelogd = Signal()
"""Sent after every login with `inlog` and `request`; `portal` keeps a line if there is a klant."""


@dataclass(frozen=True)
class Eis:
    """What an act asks of a login; `vers` is the highest age in seconds, None is any."""

    niveau: Niveau
    vers: int | None = None


def eis_voor(handeling: str) -> Eis:
    """Look an act up in INLOG_HANDELINGEN; raises KeyError for an act that is not in the table."""
    rij = settings.INLOG_HANDELINGEN[handeling]
    return Eis(Niveau(rij["niveau"]), rij.get("vers"))


def volstaat(inlog: Inlog, eis: Eis, *, nu: float, speling: int = 0) -> bool:
    """Is this login high enough and, where asked, fresh enough at `nu` (epoch seconds)."""
    vers = eis.vers is None or nu - inlog.auth_time <= eis.vers + speling
    return inlog.rang >= eis.niveau and vers


def mandaat_reikt(inlog: Inlog, handeling: str) -> bool:
    """May somebody with a mandate do this; who acts for themselves or as an employee always may.

    What a service of the mandate covers stands in `mandaten` of the provider; "*" is every act.
    """
    if not inlog.machtiging:
        return True
    bij = aanbieders().get(inlog.aanbieder)
    mandaten = bij.mandaten if bij else {}
    return any({"*", handeling} & set(mandaten.get(dienst, ())) for dienst in inlog.mandaat)


def vereist(handeling: str) -> Callable[[View[P]], View[P]]:
    """Guard a view by the level and freshness of its act; else it leads to logging in again.

    A POST gets 15 minutes more for the freshness, for the time it takes to fill in a form, and
    what was typed is kept. Staff have no klant and get 403. Raises TypeError for a view that has
    an act already.
    """

    def omhul(view: View[P]) -> View[P]:
        if hasattr(view, "handeling"):  # the other one would be hidden from checks and docs
            raise TypeError("een handeling per view")

        @wraps(view)
        def bewaakt(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            inlog = inlog_van(request)
            if inlog.is_medewerker or not mandaat_reikt(inlog, handeling):
                raise PermissionDenied
            speling = INVULTIJD if request.method == "POST" else 0
            if volstaat(inlog, eis_voor(handeling), nu=timezone.now().timestamp(), speling=speling):
                return view(request, *args, **kwargs)
            return naar_opnieuw(request, handeling)

        bewaakt.handeling = handeling  # type: ignore[attr-defined]  # read by checks and tests
        return cast(View[P], bewaakt)

    return omhul


def begin(request: HttpRequest, account: Account, inlog: Inlog) -> None:
    """Start the session of a login: always a new key, the old one is dead."""
    zelfde = request.session.get(auth.SESSION_KEY) == account.pk
    auth.login(request, account, backend="accounts.oidc.PortaalBackend")
    if zelfde:
        request.session.cycle_key()
    rotate_token(request)
    nu = timezone.now().timestamp()
    request.session.setdefault("ingelogd_op", nu)  # a step-up goes on in the same session
    request.session.update({"inlog": inlog.als_json(), "begonnen": nu, "laatst_actief": nu})
    ingelogd.send(sender=Inlog, inlog=inlog, request=request)


def handel_voor(request: HttpRequest, inlog: Inlog) -> None:
    """Go on for the company or branch of `inlog`, within the same login.

    The session gets a new key, and a form that was made for another one no longer passes: its
    CSRF token is old.
    """
    request.session["inlog"] = inlog.als_json()
    request.session.cycle_key()
    rotate_token(request)


def vergeet_keuzes(request: HttpRequest) -> None:
    """Drop from the session what was open or chosen in it; who is logged in stays."""
    for sleutel in set(request.session.keys()) - VAN_DE_INLOG:
        del request.session[sleutel]


def einde(request: HttpRequest) -> None:
    """End this session and forget what was typed in it."""
    if account := request.session.get(auth.SESSION_KEY):
        wis_concepten(account)
    auth.logout(request)


def beeindig(*, behalve: str | None = None, **van: Any) -> int:
    """End the sessions that match, e.g. `account=` or `subject=`; return how many.

    `behalve` is the key (cookie value) of a session that stays.
    """
    sessies = Sessie.objects.filter(**van)
    return (sessies.exclude(pk=gehasht(behalve)) if behalve else sessies).delete()[0]


def resterend(request: HttpRequest, *, nu: float) -> tuple[int, int]:
    """Seconds until this session ends without activity, and until it ends anyway."""
    sessie = request.session
    laatst, begonnen = sessie.get("laatst_actief"), sessie.get("begonnen")
    if not isinstance(laatst, int | float) or not isinstance(begonnen, int | float):
        return 0, 0
    einde = max(0, int(begonnen + settings.SESSIE_MAXIMUM - nu))
    return min(einde, max(0, int(laatst + settings.SESSIE_INACTIEF - nu))), einde
