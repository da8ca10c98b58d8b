"""Wat het laatst gebeurde, als regel op een tegel: gewijzigd, gebruikt, ingelogd."""

import datetime as dt

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.inlog import inlog_van
from accounts.inlogregels import regels_van
from portal.logboek.inzage import gebruik_van
from portal.mijn.templatetags.portaal import datum
from portal.mijn.toegang import Klant, laatst_gewijzigd


def gewijzigd(klant: Klant | None) -> str:
    """USE-6: wanneer er voor het laatst iets veranderde."""
    op = laatst_gewijzigd(klant) if klant else None
    return _("Laatste wijziging: %(datum)s") % {"datum": datum(op)} if op else ""


def gebruikt(klant: Klant | None) -> str:
    """PUR-1: welke afdeling het laatst keek, en wanneer; wat men zelf deed, telt niet."""
    if klant is None:
        return ""
    for gebruik in gebruik_van(klant.pk, hooguit=1, ook_eigen=False):
        wie = gebruik.afdeling or gebruik.organisatie
        return _("Laatste keer: %(wie)s, %(datum)s") % {"wie": wie, "datum": datum(gebruik.op)}
    return _("Nog niemand")


def vorige_inlog(request: HttpRequest) -> dt.datetime | None:
    """De inlog van deze mens zelf van voor deze sessie; None als wij er geen bewaren.

    Not of a colleague who acts for the same company, and no step-up within this session.
    """
    inlog, sessie = inlog_van(request), request.session
    begin = dt.datetime.fromtimestamp(sessie.get("ingelogd_op", sessie["begonnen"]), dt.UTC)
    eigen = regels_van(inlog.ingelogd_index, op=timezone.now()).filter(
        handelende=inlog.handelende_pseudoniem, op__lt=begin
    )
    return eigen.values_list("op", flat=True).first()
