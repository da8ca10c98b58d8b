"""Wat in Open Klant anders staat dan bij ons: een voorstel aan de klant, nooit een overschrijving.

Read live when the klant looks, and not stored. Only "no, not mine" is remembered, as a print.
A klant whose last change has not reached Open Klant yet gets no proposals: they would be her own.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from accounts.identiteit import pseudoniem
from portal.klanten.models import DigitaalAdres, Klant
from portal.klanten.regels import Contactsoort, Stand
from portal.registers import uitbak
from portal.registers.models import Afgewezen, Koppeling
from portal.registers.openklant import vormen
from portal.registers.openklant.omzetting import ONZE_SOORT, REFERENTIE, canoniek


class Aard(StrEnum):
    """NIEUW: another system added an address. ANDERS: ours was changed there."""

    NIEUW = "nieuw"
    ANDERS = "anders"


@dataclass(frozen=True)
class Voorstel:
    """Eén adres uit Open Klant om over te nemen of af te wijzen.

    `daar` is the uuid of the address there, `vervangt` our own value that differs (None: NIEUW).
    Taking over is an ordinary act of the klant (`handelingen`), so it is confirmed like any other.
    """

    daar: UUID
    aard: Aard
    soort: Contactsoort
    waarde: str = field(repr=False)
    vervangt: UUID | None = None

    @property
    def afdruk(self) -> str:
        """Return a keyed print of the value: to remember a no, and to see what a person saw."""
        return pseudoniem(self.waarde.casefold(), "openklant.voorstel")


def voorstellen(klant: Klant) -> tuple[Voorstel, ...]:
    """Return what Open Klant holds that this klant does not; raises Buurstoring.

    `klant` must come through the caller's own door: nothing is checked here.
    """
    koppeling = Koppeling.objects.filter(klant=klant.pk, versie=klant.versie).first()
    if koppeling is None:
        return ()
    onze = {f"{REFERENTIE}{rij.pk}": rij for rij in klant.digitale_adressen.all()}
    bekend = {(rij.soort, rij.waarde.casefold()) for rij in onze.values()}
    nee = {(rij.adres, rij.afdruk) for rij in Afgewezen.objects.filter(klant=klant.pk)}
    uit = []
    for adres in vormen.adressen_van(koppeling.partij):
        soort = ONZE_SOORT.get(adres.soort_digitaal_adres)
        waarde = canoniek(soort, adres.adres) if soort else ""
        if soort is None or not waarde or (soort, waarde.casefold()) in bekend:
            continue
        voorstel = _voorstel(adres, soort, waarde, onze.get(adres.referentie))
        if voorstel and (voorstel.daar, voorstel.afdruk) not in nee:
            uit.append(voorstel)
    return tuple(uit)


def _voorstel(
    adres: vormen.DigitaalAdres, soort: Contactsoort, waarde: str, eigen: DigitaalAdres | None
) -> Voorstel | None:
    """None while our own value is still being confirmed: it is on its way there."""
    if eigen is not None and eigen.stand != Stand.IN_GEBRUIK:
        return None
    aard = Aard.ANDERS if eigen else Aard.NIEUW
    return Voorstel(adres.uuid, aard, soort, waarde, eigen.pk if eigen else None)


def wijs_af(klant: Klant, voorstel: Voorstel, *, op: datetime) -> None:
    """De klant wil dit niet: niet meer voorstellen, en wat van ons was daar weer goedzetten."""
    Afgewezen.objects.update_or_create(
        klant=klant.pk,
        adres=voorstel.daar,
        defaults={"afdruk": voorstel.afdruk, "op": op},
    )
    if voorstel.aard is Aard.ANDERS:
        uitbak.zet_klaar("openklant", klant.pk, op=op)
