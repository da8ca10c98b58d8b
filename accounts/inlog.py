"""Who is logged in, as the session remembers it: means, level, identity, mandate."""

from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.identiteit import Identiteit, Soort, blinde_index, blinde_indexen, pseudoniem
from accounts.niveaus import Niveau

CONTEXT_VERSIE = 1


@dataclass(frozen=True, kw_only=True)
class Inlog:
    """The outcome of one real login; lives sealed in the session and nowhere else.

    `identiteit` is the person or company the session is about. `handelende` is who acts for it:
    the pseudonym of an employee, or the BSN of a gemachtigde (then `machtiging` is true); empty
    for somebody who acts for themselves. `auth_time` is in epoch seconds, `mandaat` holds the
    service ids the mandate is for. `vestiging_gekozen`: the login was for the whole company, and
    the person chose the branch in `identiteit` here (docs/besluiten/0086).
    """

    aanbieder: str
    middel: str
    acr: str
    rang: Niveau
    auth_time: int
    identiteit: Identiteit
    handelende: str = field(default="", repr=False)
    machtiging: bool = False
    mandaat: tuple[str, ...] = ()
    rollen: tuple[str, ...] = ()
    sid_index: str = ""
    sub_index: str = ""
    vestiging_gekozen: bool = False

    @property
    def ingelogd_als(self) -> Identiteit:
        """Whom the provider named: the whole company also while acting for one branch of it."""
        bedrijf = self.identiteit.bedrijf()
        return bedrijf if self.vestiging_gekozen and bedrijf else self.identiteit

    @property
    def account_index(self) -> str:
        """The key of the principal: subject and who acts; two employees are two principals."""
        return blinde_index(self.ingelogd_als, handelende=self.handelende)

    @property
    def ingelogd_index(self) -> str:
        """The key of whom the provider named; log-ins and sessions are kept under it."""
        return blinde_index(self.ingelogd_als)

    @property
    def sessie_indexen(self) -> set[str]:
        """The keys of all sessions about this person or company; a branch counts its company in."""
        wie = self.ingelogd_als
        return {index for een in (wie, wie.bedrijf() or wie) for index in blinde_indexen(een)}

    @property
    def subject_index(self) -> str:
        """The key of the person, company or branch alone that is acted for now."""
        return blinde_index(self.identiteit)

    @property
    def mag_vestiging_kiezen(self) -> bool:
        """May this login choose between the company and its branches: not when it is restricted."""
        return self.ingelogd_als.soort is Soort.KVK

    def voor(self, wie: Identiteit) -> Self:
        """Act for this company or branch within the same login; raises ValueError for another."""
        hier = self.ingelogd_als
        if wie != hier and not (self.mag_vestiging_kiezen and wie.bedrijf() == hier):
            raise ValueError("niet binnen deze inlog")
        return replace(self, identiteit=wie, vestiging_gekozen=wie != hier)

    @property
    def handelende_pseudoniem(self) -> str:
        """A fixed sign for who acts, that says nothing and differs per municipality."""
        return pseudoniem(self.handelende or self.identiteit.onthul(), "handelende")

    @property
    def is_medewerker(self) -> bool:
        return self.identiteit.soort is Soort.MEDEWERKER

    def als_json(self) -> dict[str, Any]:
        """Return what goes into the sealed session."""
        return {
            "versie": CONTEXT_VERSIE,
            "subject": self.ingelogd_index,
            "aanbieder": self.aanbieder,
            "middel": self.middel,
            "acr": self.acr,
            "rang": int(self.rang),
            "auth_time": self.auth_time,
            "identiteit": [*self.identiteit.delen()],
            "handelende": self.handelende,
            "machtiging": self.machtiging,
            "mandaat": list(self.mandaat),
            "rollen": list(self.rollen),
            "sid_index": self.sid_index,
            "sub_index": self.sub_index,
            "vestiging_gekozen": self.vestiging_gekozen,
        }

    @classmethod
    def uit_json(cls, gegevens: dict[str, Any]) -> Self:
        """Rebuild from the session; raises ValueError for a context of another version."""
        if gegevens.get("versie") != CONTEXT_VERSIE:
            raise ValueError("context van een andere versie")
        soort, waarde, kvk = gegevens["identiteit"]
        zelfde = ("aanbieder", "middel", "acr", "auth_time", "handelende", "machtiging",
                  "sid_index", "sub_index")  # fmt: skip
        return cls(
            rang=Niveau(gegevens["rang"]),
            identiteit=Identiteit(Soort(soort), waarde, kvk),
            mandaat=tuple(gegevens["mandaat"]),
            rollen=tuple(gegevens["rollen"]),
            vestiging_gekozen=gegevens.get("vestiging_gekozen", False),
            **{naam: gegevens[naam] for naam in zelfde},
        )


class NietIngelogd(PermissionDenied):
    """There is no login in this session; the middleware should have sent the person away."""


def inlog_of_niets(request: HttpRequest) -> Inlog | None:
    """Return the login of this session, or None."""
    gegevens = request.session.get("inlog")
    if not (gegevens and request.user.is_authenticated):
        return None
    gelezen, inlog = getattr(request, "_inlog", (None, None))
    if gelezen is not gegevens:  # read once a request; a new login is a new object
        inlog = _lees(gegevens)
        request._inlog = gegevens, inlog  # type: ignore[attr-defined]
    return inlog


def _lees(gegevens: dict[str, Any]) -> Inlog | None:
    try:
        return Inlog.uit_json(gegevens)
    except (ValueError, KeyError):
        return None


def inlog_van(request: HttpRequest) -> Inlog:
    """Return the login of this session; raises NietIngelogd."""
    inlog = inlog_of_niets(request)
    if inlog is None:
        raise NietIngelogd
    return inlog
