"""Een terugmelding naar wie de basisregistratie bijhoudt, en haar status terug naar de inwoner.

Shape of the draft standard 0.2 of Logius. The doubted value is not stored, so it is not sent: who
examines the report looks in the register. There is no published list of names of attributes; those
below are ours.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.db.models import Exists, OuterRef, Value
from pydantic import Field

from accounts.identiteit import Identiteit, Soort, ontzegel_identiteit
from portal.klanten import handelingen
from portal.klanten.models import Klant, Terugmelding
from portal.klanten.regels import (
    NietGevonden,
    Register,
    TerugmeldingAfgerond,
    Terugmeldstatus,
    dag,
)
from portal.registers import instellingen, uitbak
from portal.registers.models import Publicatie
from portal.registers.uitbak import Onderwerp
from portal.registers.verbinding import Antwoordvorm, Vraag, buur, vraag

BUUR = "terugmelding"
REGISTERS = {
    Register.BRP: ("Basisregistratie Personen", "BRP", "RvIG"),
    Register.HR: ("Handelsregister", "HR", "Kamer van Koophandel"),
}
OBJECTEN = {
    Soort.BSN: ("persoon", "urn:brp:persoon:bsn"),
    Soort.KVK: ("onderneming", "urn:hr:onderneming:kvknummer"),
    Soort.VESTIGING: ("vestiging", "urn:hr:vestiging:vestigingsnummer"),
}
STATUS = {
    "gemeld": Terugmeldstatus.ONTVANGEN,
    "in behandeling": Terugmeldstatus.IN_ONDERZOEK,
    "ingepland": Terugmeldstatus.IN_ONDERZOEK,
    "onvoldoende contactinformatie": Terugmeldstatus.IN_ONDERZOEK,
    "ingetrokken": Terugmeldstatus.AFGEROND,
    "afgehandeld": Terugmeldstatus.AFGEROND,
}
Inhoud = dict[str, object]


class _Ontvangen(Antwoordvorm):
    terug_melding_referentie: UUID
    referentie_kenmerk: str | None = None
    status: Annotated[str, Field(max_length=60)]


def werk_bij(wat: Onderwerp) -> None:
    """Send a report once, and afterwards ask how it is; one that is gone here is left alone.

    Raises Buurstoring; then the outbox tries again later.
    """
    rij = Terugmelding.objects.filter(pk=wat.id).first()
    if rij is None:
        return
    verzonden = Publicatie.objects.filter(interactie=rij.pk, buur=BUUR).first()
    antwoord = _vraag_na(rij, verzonden.url) if verzonden else _verzend(rij)
    if status := STATUS.get(antwoord.status.lower()):
        with suppress(TerugmeldingAfgerond, NietGevonden):  # meanwhile ended here: nothing to do
            handelingen.zet_terugmeldstatus(rij.pk, status=status, op=wat.op)


def vraag_alle_na(op: datetime) -> int:
    """Put a question in the outbox for each report that is not finished yet; return how many.

    One that waits there already keeps its turn and its reason.
    """
    if not instellingen.is_gekoppeld(BUUR):
        return 0
    open_staand = Terugmelding.objects.exclude(status=Terugmeldstatus.AFGEROND).exclude(
        uitbak.wacht_al(Value(BUUR), OuterRef("pk"))
    )
    for sleutel in (sleutels := list(open_staand.values_list("pk", flat=True))):
        uitbak.zet_klaar(BUUR, sleutel, op=op)
    return len(sleutels)


def vergeet_vervallen() -> int:
    """Forget where a report was sent once the report itself has ended; return how many."""
    weg = ~Exists(Terugmelding.objects.filter(pk=OuterRef("interactie")))
    return Publicatie.objects.filter(weg, buur=BUUR).delete()[0]


def _verzend(rij: Terugmelding) -> _Ontvangen:
    wat = Vraag("POST", "/terugmelding", inhoud=als_bericht(rij))
    antwoord = vraag(buur(BUUR), wat, _Ontvangen, _over(rij))
    Publicatie.objects.create(
        interactie=rij.pk, buur=BUUR, url=str(antwoord.terug_melding_referentie)
    )
    return antwoord


def _vraag_na(rij: Terugmelding, referentie: str) -> _Ontvangen:
    wat = Vraag("GET", "/terugmelding", zoek={"terugMeldingReferentie": referentie})
    return vraag(buur(BUUR), wat, _Ontvangen, _over(rij))


def _over(rij: Terugmelding) -> Callable[[_Ontvangen], bool]:
    return lambda antwoord: antwoord.referentie_kenmerk in {None, rij.referentie}


def als_bericht(rij: Terugmelding) -> Inhoud:
    """Return the report in the shape of the standard."""
    return {
        "terugMeldingHeader": _kop(rij),
        "terugMeldingBody": {
            "objectIdentificatie": [_object(rij)],
            "terugMeldingGegevens": [
                {
                    "attribuutUrn": f"urn:klantportaal:{rij.register}:{rij.gegeven}",
                    "betwijfeldeWaarde": "",
                    "voorgesteldeWaarde": rij.voorstel,
                    "bijlages": [],
                    "eigenvelden": {"toelichting": rij.toelichting},
                }
            ],
        },
    }


def _kop(rij: Terugmelding) -> Inhoud:
    naam, code, houder = REGISTERS[Register(rij.register)]
    registratie = {"naam": naam, "code": code, "houder": houder, "basisRegistratieCode": code}
    return {
        "registratie": registratie,
        "melder": {"naam": rij.contact} if rij.contact else {},
        "datumMelding": dag(rij.gemeld_op).isoformat(),
        "peilmoment": rij.gemeld_op.isoformat().replace("+00:00", "Z"),
        "referentiekenmerk": rij.referentie,
        "meldingBron": "klantportaal",
    }


def _object(rij: Terugmelding) -> Inhoud:
    """About whom: the number, if this person has a klant here; else our reference only (MIN-4)."""
    identiteit = _identiteit(rij)
    if identiteit is None or identiteit.soort not in OBJECTEN:
        urn = "urn:klantportaal:terugmelding:referentie"
        return {"objectType": "melding", "attribuutUrn": urn, "idWaarde": rij.referentie}
    soort, urn = OBJECTEN[identiteit.soort]
    return {"objectType": soort, "attribuutUrn": urn, "idWaarde": identiteit.onthul()}


def _identiteit(rij: Terugmelding) -> Identiteit | None:
    """OWN-4: of whoever deleted their data no number leaves, dossier or not."""
    melders = Klant.objects.klantbeeld().filter(
        bronorganisatie=rij.bronorganisatie, subject_index=rij.melder_index
    )
    klant = melders.first()
    if klant is None:
        return None
    return ontzegel_identiteit(klant.subject_verzegeld, klant.subject_index)
