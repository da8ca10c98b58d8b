"""One try made ready: body, headers, session; every time anew, with what is valid then."""

import datetime as dt
import ssl
from dataclasses import dataclass, field

import aiohttp
from asgiref.sync import sync_to_async

from portal.webhooks.afzender import afzender, herkomst
from portal.webhooks.bericht import bericht, webhook_id
from portal.webhooks.bestemming import BestemmingGeweigerd, eis_url, is_demo_ontvanger
from portal.webhooks.bezorging import USER_AGENT, Antwoord, Doel, koppen
from portal.webhooks.geheimen import geheim_van, inlog_van
from portal.webhooks.informatierijk import waarden_voor
from portal.webhooks.pomp.aanmelding import Aanmelding, AanmeldingMislukt
from portal.webhooks.pomp.rijen import Kop, Stand
from portal.webhooks.pomp.uitgang import Uitgang
from portal.webhooks.vng import notificatie


@dataclass(frozen=True)
class Zending:
    """What `bezorg` needs."""

    sessie: aiohttp.ClientSession
    doel: Doel
    inhoud: bytes
    koppen: dict[str, str] = field(repr=False)


class Opsteller:
    """Makes the Zending of one Kop, or the Antwoord that says why there is none."""

    def __init__(self, uitgang: Uitgang, aanmelding: Aanmelding) -> None:
        self._uitgang, self._aanmelding = uitgang, aanmelding

    async def stel_op(self, stand: Stand, kop: Kop) -> Zending | Antwoord:
        """Compose, sign and log in; a fault here counts as a fault of the receiver."""
        try:
            eis_url(stand.url)
            inlog = await self._aanmelding.authorization(
                stand.inlogwijze, stand.inlog_verzegeld, stand.eigen_ca
            )
            doel = self._doel(stand)
        except AanmeldingMislukt as fout:
            return Antwoord(None, 0, foutsoort=str(fout)[:30])
        except BestemmingGeweigerd:
            return Antwoord(None, 0, foutsoort="adres-geweigerd")
        except ssl.SSLError:
            return Antwoord(None, 0, foutsoort="certificaat-onleesbaar")
        inhoud = await self._inhoud(stand, kop)
        kop_regels = self._koppen(stand, kop, inhoud)
        if inlog is not None:
            kop_regels["Authorization"] = inlog
        sessie = self._uitgang.sessie(demo=is_demo_ontvanger(stand.url))
        return Zending(sessie, doel, inhoud, kop_regels)

    def vergeet_token(self, stand: Stand) -> bool:
        """After a 401: true when a token was dropped, so that trying again makes sense."""
        return self._aanmelding.vergeet(stand.inlog_verzegeld)

    def _doel(self, stand: Stand) -> Doel:
        inlog = inlog_van(stand.inlog_verzegeld)
        tls = self._uitgang.tls(
            stand.eigen_ca, inlog.get("certificaat", ""), inlog.get("sleutel", "")
        )
        return Doel(url=stand.url, wacht=float(stand.wachttijd), tls=tls)

    async def _inhoud(self, stand: Stand, kop: Kop) -> bytes:
        if stand.vorm == "vng":
            return notificatie(kop.feiten, afzender())
        waarden = None
        if stand.informatierijk and kop.feiten.gebeurtenis:
            waarden = await sync_to_async(waarden_voor)(kop.feiten, stand.doel, stand.uuid)
        return bericht(kop.feiten, afzender(), waarden)

    @staticmethod
    def _koppen(stand: Stand, kop: Kop, inhoud: bytes) -> dict[str, str]:
        if stand.vorm == "vng":
            return {"Content-Type": "application/json", "User-Agent": USER_AGENT}
        regels = koppen(
            id_=webhook_id(stand.uuid, kop.feiten.id),
            op=dt.datetime.now(dt.UTC),
            inhoud=inhoud,
            geheimen=[geheim_van(verzegeld) for verzegeld in stand.geheimen],
            herkomst=herkomst(),
        )
        if kop.herhaling:
            regels["webhook-replay"] = "true"
        return regels
