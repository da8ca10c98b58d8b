"""De handdruk: wil deze ontvanger onze berichten, en controleert hij de handtekening?

CNCF HTTP webhooks: consent is a header in the answer to OPTIONS; the status code is not consent.
"""

import datetime as dt
import re
import uuid
from dataclasses import dataclass, field

import aiohttp
from asgiref.sync import async_to_sync
from django.utils import timezone

from portal.webhooks import beheer
from portal.webhooks.abonnementgegevens import Abonnementgegevens, kolommen_van
from portal.webhooks.afzender import afzender, herkomst
from portal.webhooks.bericht import proefbericht, webhook_id
from portal.webhooks.bestemming import eis_url, is_demo_ontvanger, toegestane_netten
from portal.webhooks.bezorging import USER_AGENT, Antwoord, Doel, bezorg, foutsoort, koppen
from portal.webhooks.geheimen import geheim_van, inlog_van
from portal.webhooks.models import Abonnement
from portal.webhooks.pomp.aanmelding import Aanmelding, AanmeldingMislukt
from portal.webhooks.pomp.uitgang import Uitgang
from portal.webhooks.vng import proefnotificatie
from portal.webhooks.vng_kanaal import meld_kanaal_aan

RITME = "120"
"""Messages a minute that we ask for."""
ONBEPERKT = "*"
RITMEVORM = re.compile("[0-9]{1,9}")
"""What we take as a number of messages a minute; more digits than that is no limit."""
VNG_KOPPEN = {"Content-Type": "application/json", "User-Agent": USER_AGENT}
CONTROLEERT_NIET = "De ontvanger controleert de handtekening niet."


@dataclass
class Uitslag:
    """Wat de handdruk opleverde; `fout` is een zin voor de beheerder, `code` die van VNG."""

    toestemming: bool = False
    per_minuut: int | None = None
    aangekomen: bool = False
    fout: str = ""
    code: str = ""
    waarschuwingen: list[str] = field(default_factory=list)


def geef_hand(abonnement: Abonnement, *, door: beheer.Door) -> Uitslag:
    """Vraag toestemming, stuur een testbericht, en zet bij beide ja het abonnement aan."""
    beheer.eis_status(abonnement, *beheer.STATUS)
    uitslag = _nu(abonnement, met_toestemming=True)
    beheer.leg_vast(abonnement, beheer.SOORT.GETEST, door)
    if uitslag.toestemming and uitslag.aangekomen:
        gevraagd = (abonnement.url, uitslag.per_minuut)
        beheer.bevestig(abonnement.pk, door=door, handdruk=gevraagd)
    return uitslag


def proef(gegevens: Abonnementgegevens) -> Uitslag:
    """De handdruk voor er iets bewaard is; raises BestemmingGeweigerd. Buiten een transactie."""
    nieuw = Abonnement(**kolommen_van(gegevens))
    return async_to_sync(handdruk)(nieuw, [], met_toestemming=True)


def stuur_test(abonnement: Abonnement, *, door: beheer.Door) -> Uitslag:
    """Stuur alleen het testbericht; verandert niets aan het abonnement."""
    beheer.eis_status(abonnement, *beheer.STATUS)
    uitslag = _nu(abonnement, met_toestemming=False)
    beheer.leg_vast(abonnement, beheer.SOORT.GETEST, door)
    return uitslag


def _nu(abonnement: Abonnement, *, met_toestemming: bool) -> Uitslag:
    geheimen = _geheimen(abonnement)
    return async_to_sync(handdruk)(abonnement, geheimen, met_toestemming=met_toestemming)


def _geheimen(abonnement: Abonnement) -> list[str]:
    nu = timezone.now()
    return [
        geheim_van(rij.waarde_verzegeld)
        for rij in abonnement.geheimen.order_by("-geldig_vanaf")
        if rij.geldig_tot is None or rij.geldig_tot > nu
    ]


async def handdruk(
    abonnement: Abonnement, geheimen: list[str], *, met_toestemming: bool
) -> Uitslag:
    """Ask and test over one way out of its own; nothing is stored here."""
    eis_url(abonnement.url)
    uitgang, uitslag = Uitgang(toegestane_netten()), Uitslag()
    try:
        gesprek = await Gesprek.begin(uitgang, abonnement, geheimen)
        if abonnement.vorm == Abonnement.Vorm.VNG:
            await gesprek.meld_kanaal_aan(uitslag)
            return uitslag
        if abonnement.vorm == Abonnement.Vorm.VNG_ABONNEE:
            await gesprek.proef_abonnee(uitslag)
            return uitslag
        if met_toestemming:
            await gesprek.vraag_toestemming(uitslag)
        await gesprek.test(uitslag)
    except AanmeldingMislukt as fout:
        uitslag.fout = f"Inloggen bij de ontvanger lukte niet ({fout})."
    finally:
        await uitgang.sluit()
    return uitslag


@dataclass
class Gesprek:
    """One conversation with one receiver."""

    abonnement: Abonnement
    geheimen: list[str]
    sessie: aiohttp.ClientSession
    doel: Doel
    inlog: str | None

    @classmethod
    async def begin(
        cls, uitgang: Uitgang, abonnement: Abonnement, geheimen: list[str]
    ) -> "Gesprek":
        """Log in as a delivery would; raises AanmeldingMislukt."""
        inlog = inlog_van(abonnement.inlog_verzegeld)
        tls = uitgang.tls(
            abonnement.eigen_ca, inlog.get("certificaat", ""), inlog.get("sleutel", "")
        )
        kop = await Aanmelding(uitgang).authorization(
            abonnement.inlogwijze, abonnement.inlog_verzegeld, abonnement.eigen_ca
        )
        sessie = uitgang.sessie(demo=is_demo_ontvanger(abonnement.url))
        doel = Doel(url=abonnement.url, wacht=float(abonnement.wachttijd), tls=tls)
        return cls(abonnement, geheimen, sessie, doel, kop)

    async def vraag_toestemming(self, uitslag: Uitslag) -> None:
        """OPTIONS to the exact URL."""
        vraag = {"WebHook-Request-Origin": herkomst(), "WebHook-Request-Rate": RITME}
        try:
            async with self.sessie.options(
                self.doel.url,
                headers=self._met_inlog({"User-Agent": USER_AGENT, **vraag}),
                ssl=self.doel.tls,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=self.doel.wacht, connect=5),
            ) as antwoord:
                toegestaan = antwoord.headers.get("WebHook-Allowed-Origin", "")
                ritme = antwoord.headers.get("WebHook-Allowed-Rate", ONBEPERKT)
        except (aiohttp.ClientError, OSError, TimeoutError) as fout:
            uitslag.fout = f"De ontvanger antwoordt niet op OPTIONS ({foutsoort(fout)})."
            return
        uitslag.toestemming = toegestaan in {herkomst(), ONBEPERKT}
        uitslag.per_minuut = int(ritme) if RITMEVORM.fullmatch(ritme) else None
        if not uitslag.toestemming:
            uitslag.fout = "De ontvanger gaf geen toestemming (WebHook-Allowed-Origin)."

    async def meld_kanaal_aan(self, uitslag: Uitslag) -> None:
        """A Notificaties API consents by knowing our kanaal; its answer proves the login too."""
        regels = self._met_inlog(VNG_KOPPEN)
        uitslag.fout = await meld_kanaal_aan(self.sessie, self.doel, regels, afzender().adres)
        uitslag.toestemming = uitslag.aangekomen = not uitslag.fout

    async def proef_abonnee(self, uitslag: Uitslag) -> None:
        """An abonnee in VNG's form consents by taking its own `auth`, and nobody else's.

        The same two calls, with the same codes, as Open Notificaties makes.
        """
        inhoud = proefnotificatie(afzender())
        zonder = await bezorg(self.sessie, self.doel, inhoud, VNG_KOPPEN)
        if zonder.status not in {401, 403}:
            uitslag.code = "no-auth-on-callback-url"
            wat = zonder.foutsoort or f"status {zonder.status}"
            uitslag.fout = f"De ontvanger vraagt niet om de autorisatie ({wat})."
            return
        met = await bezorg(self.sessie, self.doel, inhoud, self._met_inlog(VNG_KOPPEN))
        uitslag.aangekomen = met.status is not None and 200 <= met.status < 300
        uitslag.toestemming = uitslag.aangekomen
        if not uitslag.aangekomen:
            uitslag.code = "invalid-callback-url"
            wat = met.foutsoort or f"status {met.status}"
            uitslag.fout = f"Het testbericht is niet aangenomen ({wat})."

    async def test(self, uitslag: Uitslag) -> None:
        """A test message must arrive; the same with one byte changed should be refused."""
        goed = await self._stuur(bedorven=False)
        uitslag.aangekomen = goed.status is not None and 200 <= goed.status < 300
        if not uitslag.aangekomen:
            reden = goed.foutsoort or f"status {goed.status}"
            uitslag.fout = uitslag.fout or f"Het testbericht is niet aangenomen ({reden})."
        else:
            slecht = await self._stuur(bedorven=True)
            if slecht.status is None or not 400 <= slecht.status < 500:
                uitslag.waarschuwingen.append(CONTROLEERT_NIET)

    async def _stuur(self, *, bedorven: bool) -> Antwoord:
        op, id_ = dt.datetime.now(dt.UTC), uuid.uuid4()
        inhoud = proefbericht(id_, op, afzender())
        regels = koppen(
            id_=webhook_id(self.abonnement.uuid, id_),
            op=op,
            inhoud=inhoud,
            geheimen=self.geheimen,
            herkomst=herkomst(),
        )
        if bedorven:
            inhoud = inhoud.replace(b'"1.0"', b'"1.1"', 1)
        return await bezorg(self.sessie, self.doel, inhoud, self._met_inlog(regels))

    def _met_inlog(self, regels: dict[str, str]) -> dict[str, str]:
        return regels if self.inlog is None else regels | {"Authorization": self.inlog}
