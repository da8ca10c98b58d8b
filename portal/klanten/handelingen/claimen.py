"""Van niet-gevalideerd naar gevalideerd: bewijzen dat de gegevens van jou zijn (conflict C2)."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypedDict, Unpack
from uuid import UUID

from portal.klanten import gevolgen
from portal.klanten.handelingen import codes, naam, postadres, sleutels, voorkeuren
from portal.klanten.handelingen.adressen import (
    als_nieuw,
    nieuw_voorstel,
    stel_adres_voor,
    stel_in_gebruik,
    zoek_adres,
)
from portal.klanten.handelingen.transactie import (
    Beurt,
    Gang,
    MetTekst,
    constraint_als_regel,
    op_slot,
    rond_af,
    valideer,
    voer_uit,
)
from portal.klanten.handelingen.verwijderen import alle_waarden, vanzelf, verwijder_stil
from portal.klanten.models import (
    REFERENTIETEKENS,
    DigitaalAdres,
    Gebeurtenis,
    Klant,
    Koppeling,
    Naam,
    Postadres,
    Voorkeur,
)
from portal.klanten.regels import (
    Authenticatie,
    Codedoel,
    Herkomst,
    NieuweNaam,
    NieuweVoorkeur,
    Stand,
    TeVaak,
    Uitkomst,
    VerkeerdeCode,
    Voorkeursoort,
    eis_voldoende_betrouwbaar,
)


class Claim(TypedDict):
    """Wie claimt, in welke sessie (een ondoorzichtige sleutel ervan) en wanneer."""

    door: Authenticatie
    sessie: str
    op: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Claimbaar:
    """Wat de klant na het bewijs ziet: elke waarde (id, veld, tekst) om te houden of te laten."""

    waarden: Sequence[tuple[UUID, str, str]]


def begin_claim(referentie: str, **claim: Unpack[Claim]) -> None:
    """Stuur een code naar het adres dat bij deze referentie is achtergelaten, als dat er is.

    Returns nothing and refuses nothing about the reference: the answer never tells whether it
    exists, has an address, or has had too many codes. Raises OnvoldoendeBetrouwbaar.
    """
    eis_voldoende_betrouwbaar(claim["door"])
    with constraint_als_regel():
        adres = _adres_bij(referentie, claim["door"])
        with suppress(TeVaak):
            if adres is None:
                codes.doe_alsof(referentie, Codedoel.CLAIMEN, **claim)
            else:
                codes.stuur_code(adres, Codedoel.CLAIMEN, **claim)


def bewijs_claim(referentie: str, *, code: str, **claim: Unpack[Claim]) -> Claimbaar:
    """Met de juiste code, in dezelfde sessie, ziet de klant wat er te claimen is.

    Raises VerkeerdeCode for everything else: one answer for a wrong code, an unknown reference and
    another person's klant.
    """
    eis_voldoende_betrouwbaar(claim["door"])
    adres = _adres_bij(referentie, claim["door"])
    if adres is None:
        raise VerkeerdeCode
    rij = codes.eis_code(adres, Codedoel.CLAIMEN, code, **claim)
    codes.geef_bewijs(rij, op=claim["op"])
    waarden = [(rij.pk, veld, rij.tekst()) for veld, rij in alle_waarden(adres.klant)]
    return Claimbaar(waarden=waarden)


def wat_vervalt(referentie: str, *, in_klant: Klant, door: Authenticatie) -> dict[UUID, str]:
    """De eigen waarde die verdwijnt voor elke waarde die de klant bij `voeg_samen` kan houden.

    Only what would really change; an address or number comes next to the others. `in_klant` is a
    klant of `door`.
    """
    eigen = {_plaats(rij): rij.tekst() for _veld, rij in alle_waarden(in_klant)}
    adres = _adres_bij(referentie, door)
    nieuw = [rij for _veld, rij in alle_waarden(adres.klant)] if adres else []
    return {
        rij.pk: eigen[_plaats(rij)]
        for rij in nieuw
        if eigen.get(_plaats(rij), rij.tekst()) != rij.tekst()
    }


def claim_klant(
    referentie: str,
    *,
    houd: Sequence[UUID] = (),
    sleutel: UUID | None = None,
    **claim: Unpack[Claim],
) -> Uitkomst:
    """DOEL2a: neem over wat de klant per waarde koos; de rest wordt vernietigd, de uuid blijft.

    Within ten minutes after `bewijs_claim` in the same session. The same form once more (`sleutel`)
    returns the first result. Raises VerkeerdeCode, SleutelHergebruikt, and GevalideerdeKlantBestaat
    when `voeg_samen` is the way.
    """
    eis_voldoende_betrouwbaar(claim["door"])
    with constraint_als_regel():
        inhoud = (referentie, [*houd])
        formulier = sleutels.neem(
            sleutel, "claim_klant", inhoud, door=claim["door"], op=claim["op"]
        )
        if formulier and formulier.klant:
            return sleutels.eerdere(formulier.klant, formulier)
        adres = _bewezen(referentie, claim)
        klant, herkomst = adres.klant, Herkomst.van(claim["door"], op=claim["op"])
        valideer(klant, claim["door"], op=claim["op"])
        soort = Gebeurtenis.Soort.GECLAIMD
        beurt = Beurt(klant, klant.versie + 1, klant.versie, herkomst, soort, {"gevalideerd"})
        for veld, rij in alle_waarden(klant):
            if rij.pk in houd:
                _neem_over(beurt, veld, rij, bewezen=adres)
            else:
                beurt.vernietig(veld, rij)
        uitkomst = rond_af(beurt)
        if formulier:
            sleutels.onthoud(formulier, uitkomst)
        return uitkomst


def voeg_samen(
    referentie: str,
    *,
    in_klant: UUID,
    gezien: int,
    houd: Sequence[UUID] = (),
    sleutel: UUID | None = None,
    **claim: Unpack[Claim],
) -> Uitkomst:
    """VAL-5: de gekozen waarden gaan naar de eigen klant; de geclaimde klant verdwijnt.

    A name, postal address or preference that is chosen replaces the own one (`wat_vervalt`); what
    is not chosen stays as it is. The address that received the code counts as confirmed, any other
    gets a code of its own. The interactions move along. The same form once more (`sleutel`) returns
    the first result. Raises VerkeerdeCode, NietGevonden, Teveel, SleutelHergebruikt, and
    IntussenGewijzigd when what it replaces changed after version `gezien`.
    """

    def neem_op(beurt: Beurt) -> None:
        adres = _bewezen(referentie, claim)
        for _veld, rij in alle_waarden(adres.klant):
            if rij.pk in houd:
                _voeg_toe(beurt, rij, bewezen=adres, door=claim["door"])
        _verhuis(adres.klant, beurt.klant)
        _ruim_bron_op(adres.klant, op=claim["op"])

    gang: Gang = {"door": claim["door"], "gezien": gezien, "sleutel": sleutel, "op": claim["op"]}
    inhoud = (referentie, [*houd])
    return voer_uit(in_klant, neem_op, handeling="voeg_samen", inhoud=inhoud, gang=gang)


def _adres_bij(referentie: str, door: Authenticatie) -> DigitaalAdres | None:
    """Het adres dat de melder achterliet; alleen van een niet-gevalideerde klant, hier.

    What a system recorded later does not receive the code.
    """
    kaal = "".join(teken for teken in referentie[:30].upper() if teken in REFERENTIETEKENS)
    return (
        DigitaalAdres.objects.filter(
            klant__gevalideerd=False,
            klant__interacties__referentie=kaal,
            klant__bronorganisatie=door.bronorganisatie,
        )
        .select_related("klant")
        .order_by("gegeven_op", "soort", "pk")
        .first()
    )


def _bewezen(referentie: str, claim: Claim) -> DigitaalAdres:
    """Het bewezen adres, met de klant op slot en de code verbruikt; anders VerkeerdeCode."""
    adres = _adres_bij(referentie, claim["door"])
    klant = op_slot(adres.klant_id) if adres else None
    if adres is None or klant is None or klant.gevalideerd:
        raise VerkeerdeCode
    codes.verbruik_bewijs(adres, **claim)
    adres.klant = klant
    return adres


def _neem_over(beurt: Beurt, veld: str, rij: MetTekst, *, bewezen: DigitaalAdres) -> None:
    """Een gehouden waarde komt nu van deze sessie; alleen het bewezen adres is bevestigd."""
    beurt.geef_herkomst(rij)
    if isinstance(rij, DigitaalAdres):
        is_bewezen = rij.pk == bewezen.pk
        rij.stand = Stand.IN_GEBRUIK if is_bewezen else Stand.VOORGESTELD
        rij.standaard = is_bewezen
        rij.bevestigd_op = beurt.herkomst.op if is_bewezen else None
        rij.bevestigd_wijze = "claim" if is_bewezen else ""
    rij.save()
    beurt.noteer(veld, rij=rij, oud=rij.tekst(), nieuw=rij.tekst())


def _plaats(rij: MetTekst) -> str:
    """Wat er van een klant maar één is, heeft een naam; van een adres kunnen er meer zijn."""
    return str(rij) if isinstance(rij, Naam | Postadres | Voorkeur) else str(rij.pk)


def _voeg_toe(beurt: Beurt, rij: MetTekst, *, bewezen: DigitaalAdres, door: Authenticatie) -> None:
    """Schrijf één gehouden waarde bij de eigen klant; een rekeningnummer is er nooit bij."""
    match rij:
        case Naam():
            beurt.eis_gezien(naam.VELD)
            naam.zet(beurt, NieuweNaam(rij.waarde, rij.functie, rij.bedrijfsnaam))
        case DigitaalAdres():
            _voeg_adres_toe(beurt, rij, is_bewezen=rij.pk == bewezen.pk, door=door)
        case Postadres():
            beurt.eis_gezien(postadres.VELD)
            postadres.zet(beurt, postadres.als_adres(rij))
        case Voorkeur():
            voorkeuren.eis_gezien(beurt, [rij.soort])
            voorkeuren.zet(beurt, NieuweVoorkeur(Voorkeursoort(rij.soort), rij.keuze))


def _voeg_adres_toe(
    beurt: Beurt, rij: DigitaalAdres, *, is_bewezen: bool, door: Authenticatie
) -> None:
    """Het bewezen adres is in gebruik, ook als het hier nog wachtte; een ander is een voorstel."""
    bekend = zoek_adres(beurt.klant, rij.soort, rij.waarde)
    if bekend and (bekend.stand == Stand.IN_GEBRUIK or not is_bewezen):
        return
    if is_bewezen:
        stel_in_gebruik(beurt, bekend or nieuw_voorstel(beurt, als_nieuw(rij)), wijze="claim")
    else:
        stel_adres_voor(beurt, als_nieuw(rij), door=door)


def _verhuis(bron: Klant, doel: Klant) -> None:
    """Interacties gaan mee; een rol die de eigen klant al had blijft één koppeling."""
    for koppeling in bron.koppelingen.all():
        Koppeling.objects.get_or_create(
            klant=doel, interactie=koppeling.interactie, rol=koppeling.rol
        )
        gevolgen.volg_interactie_op(koppeling.interactie_id)
    bron.koppelingen.all().delete()


def _ruim_bron_op(bron: Klant, *, op: dt.datetime) -> None:
    soort = Gebeurtenis.Soort.GEWIJZIGD
    beurt = Beurt(bron, bron.versie + 1, bron.versie, vanzelf(op), soort)
    verwijder_stil(beurt)
    rond_af(beurt)
