"""Onze interacties bij Contactmomenten en Verzoeken: het ding, en zijn koppeling aan de klant.

What is sent: kind, moment, name of the process with what was asked or reported, preferences
overruled for this one (KLUIT04), and the address of the klant on the Klanten API. No contact data:
those are read through our API.
"""

from datetime import datetime
from functools import partial
from uuid import UUID

import pycountry
from django.conf import settings
from django.db.models import Exists, OuterRef

from portal.klanten.models import Interactie
from portal.klanten.regels import Interactiesoort, Rol
from portal.registers import uitbak
from portal.registers.instellingen import is_gekoppeld
from portal.registers.interacties.vormen import TALEN, Ding, Dingen, Link, Links, Taal
from portal.registers.models import Publicatie
from portal.registers.uitbak import Onderwerp
from portal.registers.verbinding import Geweigerd, Vraag, buur, pad_van, vraag, zend

BUREN = tuple(taal.buur for taal in TALEN)
KANAAL = "klantportaal"
Inhoud = dict[str, object]


def meld_aan() -> None:
    """Tell the outbox who brings these neighbours up to date; call it in `apps.ready()`."""
    for taal in TALEN:
        uitbak.bij(taal.buur, partial(werk_bij, taal))


def buren_van(interactie: UUID) -> tuple[str, ...]:
    """Return the neighbour that keeps interacties of this kind; none for what a system recorded.

    Older rows do not know who recorded them: those with `extern` are of a system.
    """
    rij = Interactie.objects.filter(pk=interactie, van_systeem=False, extern="").first()
    return tuple(t.buur for t in TALEN if rij and Interactiesoort(rij.soort) in t.soorten)


def url_van(klant: UUID) -> str:
    """Return the address of a klant on the Klanten API, which stays the same through a claim."""
    return f"{settings.PORTAAL_URL.rstrip('/')}/klanten/api/v1/klanten/{klant}"


def werk_bij(taal: Taal, wat: Onderwerp) -> None:
    """Bring one interactie up to date there; what has gone here goes there too.

    A subject that is no interactie, and never was published, is a klant who left.

    Raises Buurstoring; then the outbox tries again later.
    """
    interactie = Interactie.objects.filter(pk=wat.id).select_related("proces", "afwijkend").first()
    gepubliceerd = Publicatie.objects.filter(interactie=wat.id, buur=taal.buur).first()
    if interactie is None and gepubliceerd:
        _trek_terug(taal, gepubliceerd)
    elif interactie is None:
        ontkoppel(taal, wat.id)
    else:
        url = _zet_ding(taal, interactie)
        _zet_koppelingen(taal, interactie, url)


def ontkoppel(taal: Taal, klant: UUID) -> None:
    """The klant is gone: no link may lead to an address that answers 404."""
    for link in _links(taal, klant=url_van(klant)):
        _wis(taal, link.url)


def ruim_vervallen_op(op: datetime) -> int:
    """USE-8: promise to take back there what ended here; return how many.

    What waits in the outbox already keeps its turn and its reason.
    """
    weg = ~Exists(Interactie.objects.filter(pk=OuterRef("interactie")))
    buren = [naam for naam in BUREN if is_gekoppeld(naam)]
    nieuw = ~uitbak.wacht_al(OuterRef("buur"), OuterRef("interactie"))
    rijen = list(Publicatie.objects.filter(weg, nieuw, buur__in=buren))
    for rij in rijen:
        uitbak.zet_klaar(rij.buur, rij.interactie, op=op)
    return len(rijen)


def _trek_terug(taal: Taal, rij: Publicatie) -> None:
    """Our links go, then the thing; where it may not go (a zaak holds it) what it says does.

    The standards know DELETE for both. No contact data was ever there.
    """
    onze = url_van(rij.interactie).rsplit("/", 1)[0]
    for link in _links(taal, **{taal.ding: rij.url}):
        if link.klant.startswith(onze):
            _wis(taal, link.url)
    try:
        _wis(taal, rij.url)
    except Geweigerd:
        _maak_leeg(taal, rij.url)
    rij.delete()


def _maak_leeg(taal: Taal, url: str) -> None:
    """What was written goes too; what the standards demand in a body goes along as it is there."""
    bron = buur(taal.buur)
    pad = pad_van(bron, url)
    daar = vraag(bron, Vraag("GET", pad), Ding)
    vast = {"bronorganisatie": daar.bronorganisatie, "status": daar.status}
    inhoud: Inhoud = {veld: waarde for veld, waarde in vast.items() if waarde}
    inhoud |= dict.fromkeys(taal.overruled, "")
    inhoud["tekst"] = _als_tekst(taal, "")
    vraag(bron, Vraag("PATCH", pad, inhoud=inhoud), Ding)


def _zet_ding(taal: Taal, interactie: Interactie) -> str:
    inhoud = _als_ding(taal, interactie)
    bekend = Publicatie.objects.filter(interactie=interactie.pk, buur=taal.buur).first()
    url = bekend.url if bekend else _eerder_gemaakt(taal, interactie, inhoud)
    bron = buur(taal.buur)
    try:
        methode, pad = ("PATCH", pad_van(bron, url)) if url else ("POST", taal.pad)
        ding = vraag(bron, Vraag(methode, pad, inhoud=inhoud), Ding)
    except Geweigerd as nee:
        if not url or nee.status != 404:
            raise
        ding = vraag(bron, Vraag("POST", taal.pad, inhoud=inhoud), Ding)
    Publicatie.objects.update_or_create(
        interactie=interactie.pk, defaults={"buur": taal.buur, "url": ding.url}
    )
    return ding.url


def _eerder_gemaakt(taal: Taal, interactie: Interactie, inhoud: Inhoud) -> str:
    """POST is not idempotent: after a lost answer, look before making it again."""
    zoek: dict[str, str | int] = {"bronorganisatie": interactie.bronorganisatie}
    if taal.ding == "verzoek":
        zoek["externeIdentificatie"] = interactie.referentie
    else:
        zoek |= {"registratiedatum": str(inhoud["registratiedatum"]), "kanaal": KANAAL}
    gevonden = vraag(buur(taal.buur), Vraag("GET", taal.pad, zoek=zoek), Dingen).results
    eigen = [
        ding
        for ding in gevonden
        if ding.bronorganisatie == interactie.bronorganisatie
        and (ding.externe_identificatie == interactie.referentie or ding.kanaal == KANAAL)
    ]
    vrij = [d.url for d in eigen if not Publicatie.objects.filter(url=d.url).exists()]
    return vrij[0] if vrij else ""


def _als_ding(taal: Taal, interactie: Interactie) -> Inhoud:
    afwijkend = getattr(interactie, "afwijkend", None)
    vast: Inhoud = {
        "bronorganisatie": interactie.bronorganisatie,
        "registratiedatum": _moment(interactie.ontvangen_op),
        "voorkeurskanaal": afwijkend.voorkeurskanaal if afwijkend else "",
        "tekst": _als_tekst(taal, _tekst(interactie)),
    }
    if taal.ding == "verzoek":
        return {
            **vast,
            "externeIdentificatie": interactie.referentie,
            "status": "afgehandeld" if interactie.afgesloten_op else "ontvangen",
        }
    return {
        **vast,
        "kanaal": KANAAL,
        "voorkeurstaal": _drie_letters(afwijkend.voorkeurstaal) if afwijkend else "",
        "initiatiefnemer": "klant",
    }


def _tekst(interactie: Interactie) -> str:
    """The subject, and below it what the person wrote, if anything."""
    return "\n\n".join(filter(None, (interactie.proces.omschrijving, interactie.tekst)))


def _als_tekst(taal: Taal, tekst: str) -> str | dict[str, str]:
    """A text as this API takes it: as it is, or with its format."""
    return tekst if taal.ding == "verzoek" else {"inhoud": tekst, "formaat": "plain"}


def _moment(op: datetime) -> str:
    return op.isoformat().replace("+00:00", "Z")


def _drie_letters(code: str) -> str:
    """ISO 639-2/T, as the implementations have it: nl → nld."""
    gevonden = pycountry.languages.get(alpha_2=code) if len(code) == 2 else None
    return str(gevonden.alpha_3) if gevonden else code


def _zet_koppelingen(taal: Taal, interactie: Interactie, url: str) -> None:
    """Only klanten with a known subject are linked; what is too much there goes, if it is ours."""
    rijen = interactie.koppelingen.filter(klant__gevalideerd=True, klant__inactief_op=None)
    wens = {(url_van(rij.klant_id), taal.rollen[Rol(rij.rol)]) for rij in rijen}
    daar = {(link.klant, link.rol): link for link in _links(taal, **{taal.ding: url})}
    onze = url_van(interactie.pk).rsplit("/", 1)[0]
    for (klant, rol), link in daar.items():
        if (klant, rol) not in wens and klant.startswith(onze):
            _wis(taal, link.url)
    for klant, rol in sorted(wens - daar.keys()):
        inhoud: Inhoud = {taal.ding: url, "klant": klant, "rol": rol}
        vraag(buur(taal.buur), Vraag("POST", taal.koppelpad, inhoud=inhoud), Link)


def _links(taal: Taal, **zoek: str) -> list[Link]:
    """Return the links of one klant or one thing, and see that they are."""

    def past(antwoord: Links) -> bool:
        return all(
            getattr(link, veld) == waarde
            for link in antwoord.results
            for veld, waarde in zoek.items()
        )

    bron, uit, pad = buur(taal.buur), list[Link](), taal.koppelpad
    wat = Vraag("GET", pad, zoek=dict(zoek))
    for _ in range(10):
        blad = vraag(bron, wat, Links, past)
        uit += blad.results
        if blad.volgende is None:
            break
        wat = Vraag("GET", pad_van(bron, blad.volgende), zoek=dict(zoek))
    return uit


def _wis(taal: Taal, url: str) -> None:
    bron = buur(taal.buur)
    try:
        zend(bron, Vraag("DELETE", pad_van(bron, url)))
    except Geweigerd as nee:
        if nee.status != 404:
            raise
