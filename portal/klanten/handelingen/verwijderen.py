"""De klant verwijderen: wat mag nu, en de rest vanzelf zodra geen dossier haar meer vasthoudt."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Unpack
from uuid import UUID

from accounts.niveaus import Niveau
from portal.klanten.handelingen.adressen import verwijder_met_bericht
from portal.klanten.handelingen.berichten import schrijf_aan_alle
from portal.klanten.handelingen.dossiers import (
    ververs_gronden,
    voer_verwijdering_uit,
    zaken_nu,
)
from portal.klanten.handelingen.transactie import (
    Beurt,
    Gang,
    MetTekst,
    constraint_als_regel,
    op_slot,
    voer_uit,
    voer_zelf_uit,
)
from portal.klanten.models import (
    Bewaargrond,
    DigitaalAdres,
    Gebeurtenis,
    Herstel,
    Klant,
    Naam,
    Postadres,
)
from portal.klanten.regels import (
    VANZELF,
    Berichtsoort,
    Bewaarreden,
    Herkomst,
    NietGevonden,
    Uitkomst,
    Vasthouding,
    Via,
    Zaak,
    dag,
    eis_ongewijzigd,
    houdt_veld,
    tot_wanneer,
)


def verwijder_klant(klant_id: UUID, **gang: Unpack[Gang]) -> Uitkomst:
    """OWN-3: alles weg wat geen dossier vasthoudt; de rest blijft apart en gaat later vanzelf.

    The source of zaken is asked first, outside the transaction; while it does not answer the
    request waits. Afterwards the klant is gone (deleted), or `inactief_op` (held, see
    `vasthoudingen`) or `verwijdering_gevraagd_op` (waits) is set. Raises IntussenGewijzigd when
    anything changed after version `gezien`.
    """
    zaken = zaken_nu(klant_id, gang)

    def haal_weg(beurt: Beurt) -> None:
        eis_ongewijzigd(gezien=beurt.gezien, gewijzigd=beurt.klant.versie)
        if zaken is None:
            _wacht(beurt)
        else:
            verwijder_geheel(beurt, zaken)

    return voer_uit(klant_id, haal_weg, handeling="verwijder_klant", inhoud=None, gang=gang)


def verwijder_waarden(
    klant_id: UUID, *, waarden: Collection[UUID], **gang: Unpack[Gang]
) -> Uitkomst:
    """OWN-5: deze waarden weg, van welke soort ook, in één Gebeurtenis; allemaal, of geen.

    Raises NietGevonden, IntussenGewijzigd, BronZwijgt.
    """

    def haal_weg(beurt: Beurt) -> None:
        rijen = [(veld, rij) for veld, rij in alle_waarden(beurt.klant) if rij.pk in waarden]
        if len(rijen) != len(set(waarden)):
            raise NietGevonden
        for _veld, rij in rijen:
            beurt.eis_rij_gezien(rij)
        for veld, rij in sorted(rijen, key=_is_standaard):
            if isinstance(rij, DigitaalAdres):
                verwijder_met_bericht(beurt, rij)
            else:
                beurt.verwijder(veld, rij)

    inhoud = sorted(str(waarde) for waarde in waarden)
    return voer_verwijdering_uit(
        klant_id, haal_weg, handeling="verwijder_waarden", inhoud=inhoud, gang=gang
    )


def hervat_verwijdering(klant_id: UUID, *, zaken: Sequence[Zaak], op: dt.datetime) -> Uitkomst:
    """De bron van zaken antwoordt weer: voer het wachtende verzoek uit. Raises NietGevonden."""
    with constraint_als_regel():
        klant = op_slot(klant_id)
        if klant is None or klant.verwijdering_gevraagd_op is None or klant.inactief_op:
            raise NietGevonden
        return voer_zelf_uit(
            klant, lambda beurt: verwijder_geheel(beurt, zaken), herkomst=vanzelf(op)
        )


def trek_verwijdering_in(klant_id: UUID, **gang: Unpack[Gang]) -> Uitkomst:
    """Een verzoek dat nog wacht op de bron van zaken gaat niet door. Raises NietGevonden."""

    def trek_in(beurt: Beurt) -> None:
        if beurt.klant.verwijdering_gevraagd_op is None:
            raise NietGevonden
        beurt.klant.verwijdering_gevraagd_op = None
        beurt.klant.save(update_fields=["verwijdering_gevraagd_op"])
        beurt.velden.add("verwijdering")

    return voer_uit(klant_id, trek_in, handeling="trek_verwijdering_in", inhoud=None, gang=gang)


def wachtende_verwijderingen() -> list[UUID]:
    """Return the klanten whose deletion waits for the source of zaken, oldest request first."""
    wachten = Klant.objects.filter(inactief_op=None).exclude(verwijdering_gevraagd_op=None)
    return list(wachten.order_by("verwijdering_gevraagd_op").values_list("pk", flat=True))


def vasthoudingen(klant_id: UUID, *, op: dt.datetime) -> list[Vasthouding]:
    """OWN-4: welke dossiers de klant vasthouden, om welke reden en tot wanneer."""
    gronden = Bewaargrond.objects.van_kracht(dag(op)).filter(klant=klant_id).order_by("tot", "pk")
    return [
        Vasthouding(
            kenmerk=grond.kenmerk,
            reden=Bewaarreden(grond.reden),
            tot=grond.tot,
            velden=tuple(grond.velden),
        )
        for grond in gronden
    ]


def vroegst_weg(klant_id: UUID, *, op: dt.datetime) -> dt.date | None:
    """OWN-4: de dag waarop niets meer vasthoudt; None als die onbekend is."""
    return tot_wanneer(grond.tot for grond in vasthoudingen(klant_id, op=op))


def ruim_verlopen_gronden_op(klant_id: UUID, *, op: dt.datetime) -> Uitkomst | None:
    """OWN-4: vernietig wat geen dossier meer vasthoudt; is niets over, dan ook de klant.

    Returns None when nothing changed for the outside (values set apart left no trace to report).
    """
    with constraint_als_regel():
        klant = op_slot(klant_id)
        if klant is None:
            return None
        vast = vasthoudingen(klant_id, op=op)
        for bewaard in klant.bewaarde_waarden.all():
            if not any(houdt_veld(grond.velden, bewaard.veld) for grond in vast):
                bewaard.delete()
        if klant.inactief_op is None or vast:
            return None
        return voer_zelf_uit(klant, _verwijderd, herkomst=vanzelf(op))


def vanzelf(op: dt.datetime) -> Herkomst:
    """De herkomst van wat het portaal zelf doet: een termijn, een datum, een regel."""
    return Herkomst(door="portaal", middel=VANZELF, niveau=Niveau.GEEN, op=op, via=Via.PORTAAL)


def verwijder_stil(beurt: Beurt) -> None:
    """Vernietig alles, ook wat een dossier vasthoudt: zij ging op in een ander, of was al weg."""
    for veld, rij in alle_waarden(beurt.klant):
        beurt.vernietig(veld, rij)
    _verwijderd(beurt)


def _is_standaard(deel: tuple[str, MetTekst]) -> bool:
    """De standaard gaat het laatst: wie haar opvolgt, gaat dan niet zelf nog weg."""
    return isinstance(deel[1], DigitaalAdres) and deel[1].standaard


def _wacht(beurt: Beurt) -> None:
    beurt.klant.verwijdering_gevraagd_op = beurt.herkomst.op
    beurt.klant.save(update_fields=["verwijdering_gevraagd_op"])
    beurt.velden.add("verwijdering")


def verwijder_geheel(beurt: Beurt, zaken: Sequence[Zaak]) -> None:
    """Verwijder in een lopende beurt alles wat mag, met de rest apart; elk adres hoort ervan."""
    klant, op = beurt.klant, beurt.herkomst.op
    ververs_gronden(klant, zaken, op=op)
    inhoud = {"verwijderd_op": op.isoformat()}
    schrijf_aan_alle(klant, Berichtsoort.KLANT_VERWIJDERD, op=op, inhoud=inhoud)
    for veld, rij in alle_waarden(klant):
        beurt.verwijder(veld, rij)
    Herstel.objects.filter(klant=klant).delete()
    if vasthoudingen(klant.pk, op=op):
        klant.inactief_op = klant.verwijdering_gevraagd_op = op
        klant.save(update_fields=["inactief_op", "verwijdering_gevraagd_op"])
        beurt.velden.add("verwijdering")
    else:
        _verwijderd(beurt)


def _verwijderd(beurt: Beurt) -> None:
    """De laatste Gebeurtenis is een grafsteen: geen waarden, ook geen namen van velden."""
    beurt.soort = Gebeurtenis.Soort.VERWIJDERD
    beurt.velden.clear()
    beurt.waarden.clear()


def alle_waarden(klant: Klant) -> list[tuple[str, MetTekst]]:
    """Elke waarde van de klant met de naam van haar veld."""
    return [
        *(("naam", rij) for rij in Naam.objects.filter(klant=klant)),
        *((rij.soort, rij) for rij in klant.digitale_adressen.all()),
        *(("postadres", rij) for rij in Postadres.objects.filter(klant=klant)),
        *(("rekeningnummer", rij) for rij in klant.rekeningnummers.all()),
        *(("voorkeuren", rij) for rij in klant.voorkeuren.all()),
    ]
