"""Codes maken, versturen en toetsen."""

import datetime as dt

from django.db import connection, transaction
from django.db.models import F

from portal.klanten.handelingen.berichten import schrijf_aan
from portal.klanten.models import Code, DigitaalAdres, afdruk
from portal.klanten.regels import (
    BEVESTIGEN_BINNEN,
    CLAIMEN_BINNEN,
    PER,
    Authenticatie,
    Berichtsoort,
    Codedoel,
    VerkeerdeCode,
    eis_codevorm,
    eis_niet_te_vaak,
    nieuwe_code,
)

BINNEN = {Codedoel.BEVESTIGEN: BEVESTIGEN_BINNEN, Codedoel.CLAIMEN: CLAIMEN_BINNEN}
BERICHT = {
    Codedoel.BEVESTIGEN: Berichtsoort.BEVESTIGINGSCODE,
    Codedoel.CLAIMEN: Berichtsoort.CLAIMCODE,
}


def stuur_code(
    adres: DigitaalAdres,
    doel: Codedoel,
    *,
    door: Authenticatie,
    op: dt.datetime,
    sessie: str = "",
) -> None:
    """Stuur een nieuwe code naar dit adres; een vorige werkt niet meer. Raises TeVaak."""
    _eis_niet_te_vaak(adres.waarde, door, op=op)
    code = nieuwe_code()
    Code.objects.filter(waarde=adres, doel=doel, gebruikt_op=None).update(verloopt_op=op)
    rij = _rij(adres.waarde, doel, door=door, op=op, sessie=sessie)
    rij.waarde, rij.afdruk = adres, afdruk("code", str(adres.pk), code)
    rij.save()
    schrijf_aan(adres, BERICHT[doel], op=op, geldig=BINNEN[doel], inhoud={"code": code})


def doe_alsof(
    adres: str, doel: Codedoel, *, door: Authenticatie, op: dt.datetime, sessie: str
) -> None:
    """Er is geen adres: doe hetzelfde werk en tel mee, zonder bericht. Raises TeVaak.

    So the time and the limits do not tell whether a reference exists.
    """
    _eis_niet_te_vaak(adres, door, op=op)
    rij = _rij(adres, doel, door=door, op=op, sessie=sessie)
    rij.afdruk = afdruk("code", adres, nieuwe_code())
    rij.save()


def eis_code(
    adres: DigitaalAdres,
    doel: Codedoel,
    code: str,
    *,
    door: Authenticatie,
    op: dt.datetime,
    sessie: str = "",
) -> Code:
    """Geef de Code die bij deze cijfers hoort; elke poging telt, ook als de rest mislukt.

    Call it outside the transaction of the act. Raises VerkeerdeCode.
    """
    kaal = eis_codevorm(code)
    with transaction.atomic():
        open_codes = Code.objects.bruikbaar(op).filter(
            waarde=adres, doel=doel, binding=_binding(door, sessie)
        )
        rij = open_codes.select_for_update().first()
        if rij is None:
            raise VerkeerdeCode
        Code.objects.filter(pk=rij.pk).update(pogingen=F("pogingen") + 1)
    if rij.afdruk != afdruk("code", str(adres.pk), kaal):
        raise VerkeerdeCode
    return rij


def gebruik(rij: Code, *, op: dt.datetime) -> None:
    """Een code werkt één keer, in de transactie van de handeling. Raises VerkeerdeCode."""
    if not Code.objects.filter(pk=rij.pk, gebruikt_op=None).update(gebruikt_op=op):
        raise VerkeerdeCode


def geef_bewijs(rij: Code, *, op: dt.datetime) -> None:
    """De code klopte: vanaf nu heeft het bewijs zijn eigen tijd, hoe lang het typen ook duurde."""
    Code.objects.filter(pk=rij.pk).update(bewezen_op=op, verloopt_op=op + CLAIMEN_BINNEN)


def verbruik_bewijs(
    adres: DigitaalAdres, *, door: Authenticatie, sessie: str, op: dt.datetime
) -> None:
    """Een bewezen claimcode werkt één keer, in haar eigen sessie en binnen haar tijd.

    In the transaction of the act, with the klant locked. Raises VerkeerdeCode.
    """
    bewezen = Code.objects.filter(
        waarde=adres,
        doel=Codedoel.CLAIMEN,
        binding=_binding(door, sessie),
        bewezen_op__isnull=False,
        gebruikt_op=None,
        verloopt_op__gt=op,
    )
    if not bewezen.update(gebruikt_op=op):
        raise VerkeerdeCode


def _rij(adres: str, doel: Codedoel, *, door: Authenticatie, op: dt.datetime, sessie: str) -> Code:
    return Code(
        doel=doel,
        mens=afdruk("mens", door.subject_index),
        adres=afdruk("adres", adres),
        binding=_binding(door, sessie),
        gemaakt_op=op,
        verloopt_op=op + BINNEN[doel],
    )


def _eis_niet_te_vaak(adres: str, door: Authenticatie, *, op: dt.datetime) -> None:
    """Wie tegelijk om een code vraagt, telt na elkaar: de tweede ziet die van de eerste.

    One act may send codes to more addresses: with the lock of the person first, in each of them,
    two acts of one person never wait for each other's address.
    """
    for wie in (afdruk("mens", door.subject_index), afdruk("adres", adres)):
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [wie])
    vandaag = Code.objects.filter(gemaakt_op__gt=op - PER)
    van_adres = vandaag.filter(adres=afdruk("adres", adres)).order_by("-gemaakt_op")
    vorige = van_adres.first()
    eis_niet_te_vaak(
        vandaag_adres=van_adres.count(),
        vandaag_mens=vandaag.filter(mens=afdruk("mens", door.subject_index)).count(),
        vorige=vorige.gemaakt_op if vorige else None,
        op=op,
    )


def _binding(door: Authenticatie, sessie: str) -> str:
    return afdruk("binding", door.subject_index, sessie)
