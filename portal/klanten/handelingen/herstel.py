"""Terugzetten: met de link "dit was ik niet", zonder inloggen (besluiten 10), of zelf."""

import datetime as dt
import json
from typing import Unpack
from uuid import UUID

from accounts.niveaus import Niveau
from accounts.zegel import ontzegel, verzegel
from portal.klanten.handelingen import postadres
from portal.klanten.handelingen.adressen import (
    HERSTELDOEL,
    MOMENTEN,
    maak_tot_standaard,
    verwijder,
    zoek_adres,
)
from portal.klanten.handelingen.berichten import schrijf_aan_alle
from portal.klanten.handelingen.transactie import (
    Beurt,
    Gang,
    constraint_als_regel,
    op_slot,
    voer_uit,
    voer_zelf_uit,
)
from portal.klanten.models import Code, DigitaalAdres, Herstel, Waarde
from portal.klanten.regels import (
    Berichtsoort,
    Contactsoort,
    Herkomst,
    Herstelling,
    LinkVerlopen,
    NietGevonden,
    Stand,
    Uitkomst,
    Via,
)


def kijk_herstellink(token: str, *, op: dt.datetime) -> Contactsoort:
    """Wat de link terugzet, voor de pagina ervoor; verandert niets. Raises LinkVerlopen."""
    herstel = Herstel.objects.met_token(token, op).first()
    if herstel is None:
        raise LinkVerlopen
    return Contactsoort(herstel.soort)


def herstel_met_link(token: str, *, op: dt.datetime) -> Herstelling:
    """Zet de vorige waarde terug, één keer; latere wijzigingen van dat adres vervallen.

    Every confirmed address is told; the caller ends all sessions of the returned subjects. Raises
    LinkVerlopen.
    """
    with constraint_als_regel():
        gevonden = Herstel.objects.met_token(token, op).first()
        klant = op_slot(gevonden.klant_id) if gevonden else None
        herstel = Herstel.objects.met_token(token, op).select_for_update().first()
        if klant is None or herstel is None:
            raise LinkVerlopen

        def zet_terug(beurt: Beurt) -> UUID:
            _maak_ongedaan(beurt, herstel)
            return _zet_terug(beurt, herstel)

        uitkomst = voer_zelf_uit(klant, zet_terug, herkomst=_herkomst(op))
        inhoud = {"gegeven": herstel.soort}
        schrijf_aan_alle(klant, Berichtsoort.GEGEVENS_HERSTELD, op=op, inhoud=inhoud)
        indexen = {klant.subject_index, klant.bedrijf_index, klant.rsin_index} - {""}
        return Herstelling(uitkomst=uitkomst, subjecten=frozenset(indexen))


def herstel_postadres(klant_id: UUID, *, gebeurtenis: UUID, **gang: Unpack[Gang]) -> Uitkomst:
    """BREG2: zet het postadres terug dat deze wijziging verving; het geldt weer vanaf nu.

    Raises NietGevonden when this change of the own klant replaced no address, IntussenGewijzigd
    when the address changed after version `gezien`.
    """

    def zet_terug(beurt: Beurt) -> UUID:
        beurt.eis_gezien(postadres.VELD)
        oud = Waarde.objects.filter(
            klant=beurt.klant, gebeurtenis=gebeurtenis, veld=postadres.VELD
        ).first()
        if oud is None or oud.oude_delen is None:
            raise NietGevonden
        return postadres.zet(beurt, postadres.adres_uit_delen(oud.oude_delen))

    return voer_uit(
        klant_id, zet_terug, handeling="herstel_postadres", inhoud=gebeurtenis, gang=gang
    )


def _herkomst(op: dt.datetime) -> Herkomst:
    return Herkomst(
        door="herstellink", middel="herstellink", niveau=Niveau.GEEN, op=op, via=Via.HERSTEL
    )


def _maak_ongedaan(beurt: Beurt, herstel: Herstel) -> None:
    """Wie het adres kaapte mag niets overhouden: geen voorstel, geen link en geen code."""
    for voorstel in DigitaalAdres.objects.filter(
        klant=beurt.klant, soort=herstel.soort, stand=Stand.VOORGESTELD
    ):
        Code.objects.filter(waarde=voorstel).delete()
        beurt.vernietig(herstel.soort, voorstel)
    Herstel.objects.filter(
        klant=beurt.klant, waarde=herstel.waarde, gemaakt_op__gte=herstel.gemaakt_op
    ).delete()


def _zet_terug(beurt: Beurt, herstel: Herstel) -> UUID:
    """De vorige toestand van het adres: een andere waarde, of dat het er niet was.

    Was the same address added again meanwhile, then what comes back takes its place.
    """
    inhoud = ontzegel(herstel.vorige_verzegeld, HERSTELDOEL, hoort_bij=str(herstel.waarde))
    velden = json.loads(inhoud)
    if velden is None:
        return _haal_weg(beurt, herstel)
    velden |= {veld: velden[veld] and dt.datetime.fromisoformat(velden[veld]) for veld in MOMENTEN}
    bestaand = DigitaalAdres.objects.filter(klant=beurt.klant, pk=herstel.waarde).first()
    rij = bestaand or DigitaalAdres(klant=beurt.klant, soort=herstel.soort)
    oud = rij.waarde
    was_standaard = velden.pop("standaard")
    if dubbel := zoek_adres(beurt.klant, rij.soort, velden["waarde"], behalve=rij):
        was_standaard |= dubbel.standaard
        verwijder(beurt, dubbel)
    for veld, waarde in velden.items():
        setattr(rij, veld, waarde)
    rij.stand, rij.versie = Stand.IN_GEBRUIK, beurt.versie
    rij.save()
    if bestaand is None:
        _volgt_op(rij, herstel)
    beurt.noteer(herstel.soort, rij=rij, oud=oud, nieuw=rij.tekst())
    if was_standaard:
        maak_tot_standaard(beurt, rij)
    return rij.pk


def _volgt_op(rij: DigitaalAdres, herstel: Herstel) -> None:
    """Een teruggezet adres heeft een nieuw id: het oude staat in het wisboek.

    Older links of that address go on to the new row.
    """
    for ouder in Herstel.objects.filter(klant=rij.klant, waarde=herstel.waarde):
        vorige = ontzegel(ouder.vorige_verzegeld, HERSTELDOEL, hoort_bij=str(herstel.waarde))
        ouder.waarde = rij.pk
        ouder.vorige_verzegeld = verzegel(vorige, HERSTELDOEL, hoort_bij=str(rij.pk))
        ouder.save(update_fields=["waarde", "vorige_verzegeld"])


def _haal_weg(beurt: Beurt, herstel: Herstel) -> UUID:
    rij = DigitaalAdres.objects.filter(klant=beurt.klant, pk=herstel.waarde).first()
    if rij is None:
        raise LinkVerlopen
    verwijder(beurt, rij)
    return herstel.waarde
