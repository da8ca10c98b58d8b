"""Open Klant gelijk maken aan onze klant: lezen, vergelijken, alleen het verschil schrijven.

Safe to repeat at any point: every step looks before it writes. What other systems put there stays.
"""

from typing import TypeGuard
from uuid import UUID

from portal.klanten.models import Klant
from portal.klanten.regels import dag
from portal.registers.models import Afgewezen, Koppeling
from portal.registers.openklant import partijen, vormen
from portal.registers.openklant.omzetting import (
    ONZE_SOORT,
    REFERENTIE,
    Gewenst,
    canoniek,
    gewenst,
)
from portal.registers.uitbak import Onderwerp
from portal.registers.verbinding import OnbruikbaarAntwoord

Inhoud = dict[str, object]


def werk_bij(wat: Onderwerp) -> None:
    """Bring Open Klant to the present state of this klant; a klant that is gone goes there too.

    Raises Buurstoring; then the outbox tries again later.
    """
    klant = Klant.objects.met_waarden().filter(pk=wat.id).first()
    if klant is None:
        ruim_op(wat.id)
    elif klant.gevalideerd:
        naar = gewenst(klant, vandaag=dag(wat.op))
        koppeling = partijen.koppeling_van(klant, naar)
        _maak_gelijk(koppeling, naar)
        koppeling.versie, koppeling.niet_gedragen = klant.versie, list(naar.niet_gedragen)
        koppeling.save(update_fields=["versie", "niet_gedragen", "gezet"])


def _maak_gelijk(koppeling: Koppeling, naar: Gewenst) -> None:
    adressen = _adressen(koppeling.partij, naar)
    partij = _lees(koppeling.partij)
    _rekening(koppeling, naar, partij)
    if partij.correspondentieadres and not _zelfde_vorm(partij.correspondentieadres, naar.adres):
        vormen.wijzig_partij(partij.uuid, {"correspondentieadres": None})
        partij = _lees(koppeling.partij)
    wens = _wens(partij, naar, adressen.get(naar.voorkeur), koppeling.rekening)
    verschil = {
        veld: waarde
        for veld, (waarde, daar) in wens.items()
        if waarde != daar and (waarde or veld in koppeling.gezet)
    }
    if verschil:
        vormen.wijzig_partij(partij.uuid, _volledig(partij, verschil))
    if koppeling.eigen and partij.indicatie_actief != naar.actief:
        verschil = {"soortPartij": partij.soort_partij, "indicatieActief": naar.actief}
        vormen.wijzig_partij(partij.uuid, verschil)
    gevuld = {veld for veld, (waarde, _) in wens.items() if waarde}
    koppeling.gezet = sorted(gevuld | set(koppeling.gezet))


def _lees(sleutel: UUID) -> vormen.Partij:
    partij = vormen.lees_partij(sleutel)
    if partij is None:
        raise OnbruikbaarAntwoord("verdwenen")
    return partij


def _zelfde_vorm(daar: dict[str, str | int | None], naar: dict[str, str | int] | None) -> bool:
    """Trap: a group sent in part keeps what is not named, so another form starts empty.

    No address of ours says nothing about theirs: emptying is decided by `gezet`.
    """
    gevuld = {veld for veld, waarde in daar.items() if waarde}
    return naar is None or gevuld <= naar.keys()


def _wens(
    partij: vormen.Partij, naar: Gewenst, voorkeur: UUID | None, rekening: UUID | None
) -> dict[str, tuple[object, object]]:
    """Per field of the partij: what we want there, and what is there; empty means nothing."""
    adres = {v: w for v, w in (partij.correspondentieadres or {}).items() if w}
    mail, bank = partij.voorkeurs_digitaal_adres, partij.voorkeurs_rekeningnummer
    return {
        "partijIdentificatie": (naar.naam, _naam_daar(partij)),
        "voorkeurstaal": (naar.taal, partij.voorkeurstaal),
        "correspondentieadres": (naar.adres or {}, adres),
        "voorkeursDigitaalAdres": (voorkeur, mail and mail.uuid),
        "voorkeursRekeningnummer": (rekening, bank and bank.uuid),
    }


def _naam_daar(partij: vormen.Partij) -> str:
    naam = (partij.partij_identificatie or {}).get("contactnaam")
    delen = naam if isinstance(naam, dict) else {}
    heel = delen.get("voornaam", "")
    return heel if naam == partijen.contactnaam(heel) else "\0".join(map(str, delen.values()))


def _volledig(partij: vormen.Partij, verschil: Inhoud) -> Inhoud:
    """Return the body of the PATCH; an emptied value is sent as empty, never left out (trap)."""
    uit: Inhoud = {"soortPartij": partij.soort_partij}
    for veld, waarde in verschil.items():
        if veld == "partijIdentificatie":
            werk = (partij.partij_identificatie or {}).get("werkteVoorPartij")
            vast: Inhoud = {"werkteVoorPartij": {"uuid": werk["uuid"]}} if _is_groep(werk) else {}
            uit[veld] = {**vast, "contactnaam": partijen.contactnaam(str(waarde))}
        elif veld == "voorkeurstaal":
            uit[veld] = waarde
        elif isinstance(waarde, UUID):
            uit[veld] = {"uuid": str(waarde)}
        else:
            uit[veld] = waarde or None
    return uit


def _is_groep(waarde: object) -> TypeGuard[dict[str, object]]:
    return isinstance(waarde, dict)


def _adressen(partij: UUID, naar: Gewenst) -> dict[str, UUID]:
    """Make our addresses equal; return the uuid there by our referentie.

    An equal address that is already there is not added again: without a referentie it becomes
    ours, with that of another system it is left as it is and only pointed at.
    """
    daar = vormen.adressen_van(partij)
    _wis_vervallen(daar, naar)
    uit: dict[str, UUID] = {}
    for referentie, inhoud in naar.digitaal.items():
        rij = next((a for a in daar if a.referentie == referentie), None) or next(
            (a for a in daar if _gelijk(a, inhoud)), None
        )
        if rij and rij.referentie and rij.referentie != referentie:
            uit[referentie] = rij.uuid
            continue
        if rij is None or rij.referentie != referentie or rij.stand != inhoud:
            vol: Inhoud = {**inhoud, "referentie": referentie, "verstrektDoorBetrokkene": None}
            vol["verstrektDoorPartij"] = {"uuid": str(partij)}
            rij = vormen.zet_adres(rij.uuid if rij else None, vol)
        uit[referentie] = rij.uuid
    return uit


def _wis_vervallen(daar: list[vormen.DigitaalAdres], naar: Gewenst) -> None:
    """Trap: leaving an address out of a list only unlinks it; ours are deleted themselves."""
    for adres in daar:
        if adres.referentie.startswith(REFERENTIE) and adres.referentie not in naar.digitaal:
            vormen.wis("digitaleadressen", adres.uuid)


def _gelijk(adres: vormen.DigitaalAdres, inhoud: dict[str, str | bool | None]) -> bool:
    soort = ONZE_SOORT.get(adres.soort_digitaal_adres)
    if soort is None or adres.soort_digitaal_adres != inhoud["soortDigitaalAdres"]:
        return False
    return canoniek(soort, adres.adres).casefold() == str(inhoud["adres"]).casefold()


def _rekening(koppeling: Koppeling, naar: Gewenst, partij: vormen.Partij) -> None:
    """One bank account of ours; kept in the link at once, so that a repeat does not add another."""
    if naar.rekening is None:
        if koppeling.rekening:
            vormen.wis("rekeningnummers", koppeling.rekening)
        koppeling.rekening = None
    else:
        koppeling.rekening = _gezette_rekening(koppeling.rekening, naar.rekening, partij)
    koppeling.save(update_fields=["rekening"])


def _gezette_rekening(onze: UUID | None, wens: dict[str, str], partij: vormen.Partij) -> UUID:
    kandidaten = [onze] if onze else [rij.uuid for rij in partij.rekeningnummers or []]
    for sleutel in kandidaten:
        daar = vormen.lees_rekening(sleutel)
        if daar and (daar.iban, daar.bic) == (wens["iban"], wens.get("bic", "")):
            return sleutel
        if daar and sleutel == onze:
            return vormen.zet_rekening(sleutel, dict(wens)).uuid
    return vormen.zet_rekening(None, {"partij": {"uuid": str(partij.uuid)}, **wens}).uuid


def ruim_op(klant: UUID) -> None:
    """The klant is gone: what is ours goes there, the partij too if nothing of others is on it."""
    koppeling = Koppeling.objects.filter(klant=klant).first()
    partij = vormen.lees_partij(koppeling.partij) if koppeling else None
    if koppeling and partij:
        vreemd = _wis_onze(koppeling)
        if koppeling.eigen and not (vreemd or partij.betrokkenen):
            vormen.wis("partijen", partij.uuid)
        elif koppeling.gezet:
            leeg: Inhoud = dict.fromkeys(koppeling.gezet, "")
            vormen.wijzig_partij(partij.uuid, _volledig(partij, leeg))
    Koppeling.objects.filter(klant=klant).delete()
    Afgewezen.objects.filter(klant=klant).delete()


def _wis_onze(koppeling: Koppeling) -> bool:
    """Delete what is ours; return whether something of others remains."""
    vreemd = False
    for adres in vormen.adressen_van(koppeling.partij):
        if adres.referentie.startswith(REFERENTIE):
            vormen.wis("digitaleadressen", adres.uuid)
        else:
            vreemd = True
    if koppeling.rekening:
        vormen.wis("rekeningnummers", koppeling.rekening)
    return vreemd or bool(_lees(koppeling.partij).rekeningnummers)
