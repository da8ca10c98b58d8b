"""De eenmalige sleutel van een formulier, in de transactie van de handeling."""

import datetime as dt
from uuid import UUID

from django.utils.crypto import salted_hmac

from portal.klanten.models import Handelingsleutel
from portal.klanten.regels import Authenticatie, SleutelHergebruikt, Uitkomst


def neem(
    sleutel: UUID | None,
    handeling: str,
    inhoud: object,
    *,
    door: Authenticatie | None,
    op: dt.datetime,
) -> Handelingsleutel | None:
    """Eén formulier, één keer gedaan: wie de sleutel als tweede neemt, wacht op de eerste.

    ON CONFLICT DO NOTHING waits for the transaction that holds the key; when that one fails, the
    key is ours after all. `door` is None for who is not logged in. Returns None without a key.
    Raises SleutelHergebruikt when it came before with other content or from somebody else.
    """
    if sleutel is None:
        return None
    afdruk = _afdruk(sleutel, handeling, inhoud, door)
    nieuw = Handelingsleutel(sleutel=sleutel, handeling=handeling, inhoud=afdruk, gebruikt_op=op)
    Handelingsleutel.objects.bulk_create([nieuw], ignore_conflicts=True)
    rij = Handelingsleutel.objects.select_for_update().get(pk=sleutel)
    if rij.inhoud != afdruk:
        raise SleutelHergebruikt
    return rij


def al_gedaan(sleutel: UUID | None) -> bool:
    """Of dit formulier al eens slaagde; dan telt wat erin staat niet nog een keer.

    An act on a klant leaves the klant; a report or a notification leaves its row.
    """
    if sleutel is None:
        return False
    rij = Handelingsleutel.objects.filter(sleutel=sleutel)
    return rij.exclude(klant=None, waarde=None).exists()


def eerdere(klant: UUID, sleutel: Handelingsleutel) -> Uitkomst:
    """Return what the form led to the first time."""
    return Uitkomst(
        klant=klant,
        versie=sleutel.versie or 0,
        waarde=sleutel.waarde,
        gewijzigd=sleutel.gewijzigd,
        herhaald=True,
    )


def onthoud(sleutel: Handelingsleutel, uitkomst: Uitkomst) -> None:
    """Keep what the form led to, in the transaction of the act."""
    sleutel.klant, sleutel.versie = uitkomst.klant, uitkomst.versie
    sleutel.waarde, sleutel.gewijzigd = uitkomst.waarde, uitkomst.gewijzigd
    sleutel.save(update_fields=["klant", "versie", "waarde", "gewijzigd"])


def onthoud_rij(sleutel: Handelingsleutel | None, rij: UUID) -> None:
    """Keep which row this form made; the row is no value of a klant."""
    if sleutel is not None:
        sleutel.waarde = rij
        sleutel.save(update_fields=["waarde"])


def _afdruk(sleutel: UUID, handeling: str, inhoud: object, door: Authenticatie | None) -> str:
    """Afdruk met sleutel van wie wat verstuurt; de inhoud is er niet uit terug te rekenen."""
    wie = [door.subject_index, door.handelende] if door else []
    tekst = repr([handeling, str(sleutel), *wie, repr(inhoud)])
    return salted_hmac("klanten.sleutel", tekst, algorithm="sha256").hexdigest()
