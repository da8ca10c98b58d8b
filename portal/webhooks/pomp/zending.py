"""One try made ready: body, headers, session; every time anew, with what is valid then."""

import datetime as dt
import ssl
from dataclasses import dataclass, field

import aiohttp
from asgiref.sync import sync_to_async

from portal.webhooks.afzender import afzender, herkomst
from portal.webhooks.bericht import Afzender, bericht, webhook_id
from portal.webhooks.bestemming import BestemmingGeweigerd, eis_url, is_demo_ontvanger
from portal.webhooks.bezorging import USER_AGENT, Antwoord, Doel, koppen
from portal.webhooks.geheimen import geheim_van, inlog_van
from portal.webhooks.informatierijk import waarden_voor
from portal.webhooks.pomp.aanmelding import Aanmelding, AanmeldingMislukt
from portal.webhooks.pomp.rijen import Kop, Stand
from portal.webhooks.pomp.uitgang import Uitgang
from portal.webhooks.vng import VORMEN, notificatie


@dataclass(frozen=True)
class Zending:
    """What `bezorg` needs."""

    sessie: aiohttp.ClientSession
    doel: Doel
    inhoud: bytes
    koppen: dict[str, str] = field(repr=False)


@dataclass(frozen=True)
class Vast:
    """What is the same for every message as long as the read state of the abonnement holds."""

    stand: Stand
    doel: Doel
    demo: bool
    van: Afzender
    herkomst: str
    geheimen: list[str] = field(repr=False)


class Opsteller:
    """Makes the Zending of one Kop, or the Antwoord that says why there is none."""

    def __init__(self, uitgang: Uitgang, aanmelding: Aanmelding) -> None:
        self._uitgang, self._aanmelding = uitgang, aanmelding
        self._vast: Vast | None = None

    async def stel_op(self, stand: Stand, kop: Kop) -> Zending | Antwoord:
        """Compose, sign and log in; a fault here counts as a fault of the receiver."""
        try:
            vast = self._voor(stand)
            inlog = await self._aanmelding.authorization(
                stand.inlogwijze, stand.inlog_verzegeld, stand.eigen_ca
            )
        except AanmeldingMislukt as fout:
            return Antwoord(None, 0, foutsoort=str(fout)[:30])
        except BestemmingGeweigerd:
            return Antwoord(None, 0, foutsoort="adres-geweigerd")
        except ssl.SSLError:
            return Antwoord(None, 0, foutsoort="certificaat-onleesbaar")
        inhoud = await self._inhoud(vast, kop)
        regels = self._koppen(vast, kop, inhoud)
        if inlog is not None:
            regels["Authorization"] = inlog
        return Zending(self._uitgang.sessie(demo=vast.demo), vast.doel, inhoud, regels)

    def vergeet_token(self, stand: Stand) -> bool:
        """After a 401: true when a token was dropped, so that trying again makes sense."""
        return self._aanmelding.vergeet(stand.inlog_verzegeld)

    def _voor(self, stand: Stand) -> Vast:
        """Checked and opened once per read state; the address itself is checked per connect."""
        if self._vast is None or self._vast.stand is not stand:
            eis_url(stand.url)
            inlog = inlog_van(stand.inlog_verzegeld)
            tls = self._uitgang.tls(
                stand.eigen_ca, inlog.get("certificaat", ""), inlog.get("sleutel", "")
            )
            self._vast = Vast(
                stand=stand,
                doel=Doel(url=stand.url, wacht=float(stand.wachttijd), tls=tls),
                demo=is_demo_ontvanger(stand.url),
                van=afzender(),
                herkomst=herkomst(),
                geheimen=[geheim_van(verzegeld) for verzegeld in stand.geheimen],
            )
        return self._vast

    @staticmethod
    async def _inhoud(vast: Vast, kop: Kop) -> bytes:
        if vast.stand.vorm in VORMEN:
            return notificatie(kop.feiten, vast.van)
        waarden = None
        if vast.stand.informatierijk and kop.feiten.gebeurtenis:
            waarden = await sync_to_async(waarden_voor)(
                kop.feiten, vast.stand.doel, vast.stand.uuid
            )
        return bericht(kop.feiten, vast.van, waarden)

    @staticmethod
    def _koppen(vast: Vast, kop: Kop, inhoud: bytes) -> dict[str, str]:
        if vast.stand.vorm in VORMEN:
            return {"Content-Type": "application/json", "User-Agent": USER_AGENT}
        regels = koppen(
            id_=webhook_id(vast.stand.uuid, kop.feiten.id),
            op=dt.datetime.now(dt.UTC),
            inhoud=inhoud,
            geheimen=vast.geheimen,
            herkomst=vast.herkomst,
        )
        if kop.herhaling:
            regels["webhook-replay"] = "true"
        return regels
