"""Aan wie een handeling schrijft, en wat; de tekst en het verzenden staan in `portal.berichten`."""

import datetime as dt
from collections.abc import Mapping

from portal.klanten import gevolgen
from portal.klanten.models import DigitaalAdres, Klant, Voorkeur
from portal.klanten.regels import Bericht, Berichtsoort, Voorkeursoort

GELDIG = dt.timedelta(days=3)
"""Zo lang heeft het zin een melding aan iemand nog te verzenden."""


def schrijf_aan(
    adres: DigitaalAdres,
    soort: Berichtsoort,
    *,
    op: dt.datetime,
    inhoud: Mapping[str, str],
    geldig: dt.timedelta = GELDIG,
) -> None:
    """Schrijf aan één adres, in de taal die de klant koos."""
    bericht = Bericht(
        soort=soort,
        aan_soort=adres.soort,
        aan=adres.waarde,
        taal=taal_van(adres.klant),
        op=op,
        geldig_tot=op + geldig,
        inhoud=inhoud,
    )
    gevolgen.schrijf(bericht)


def schrijf_aan_alle(
    klant: Klant, soort: Berichtsoort, *, op: dt.datetime, inhoud: Mapping[str, str]
) -> None:
    """Schrijf aan elk bevestigd adres van de klant."""
    for adres in DigitaalAdres.objects.in_gebruik().filter(klant=klant).exclude(bevestigd_op=None):
        schrijf_aan(adres, soort, op=op, inhoud=inhoud)


def taal_van(klant: Klant) -> str:
    """De taal die de klant koos, anders Nederlands."""
    keuze = Voorkeur.objects.filter(klant=klant, soort=Voorkeursoort.TAAL)
    return keuze.values_list("keuze", flat=True).first() or "nl"
