"""De reis van een systeem dat VNG spreekt: abonneren, wijzigen, horen, lezen, opzeggen."""

from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async

from portal.klanten.regels import NieuweNaam
from portal.webhooks.models import Abonnement
from portal.webhooks.pomp.hek import pomp_achter_hek
from tests.api.conftest import DE_KORENBLOEM, NOOR, OMAR, registreer
from tests.api.test_jwt import maak_client, teken
from tests.nep_abonnee import NepAbonnee

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.asyncio,
    pytest.mark.lang,
]
OUD, NIEUW = "Bearer eerste-geheim", "Token tweede-geheim"
MENSEN = [{"naam": "klanten", "filters": {"subjectType": "natuurlijk_persoon"}}]


@pytest.fixture
def abonnee(settings):
    with NepAbonnee(OUD) as nep:
        settings.WEBHOOKS_DEMO_ONTVANGERS = [nep.url]
        yield nep


@pytest_asyncio.fixture
async def zaaksysteem(live_server, settings):
    """A session that asks the running portal with a ZGW token."""
    settings.PORTAAL_URL = live_server.url
    geheim = await sync_to_async(maak_client)()
    koppen = {"Authorization": f"Bearer {teken(geheim)}"}
    async with aiohttp.ClientSession(headers=koppen) as sessie:
        yield sessie


async def vraag(sessie: aiohttp.ClientSession, methode: str, url: str, inhoud: Any = None) -> Any:
    async with sessie.request(methode, url, json=inhoud) as antwoord:
        tekst = await antwoord.text()
        return antwoord.status, await antwoord.json(content_type=None) if tekst else None


async def abonneer_en_wijzig(zaaksysteem: Any, lijst: str, abonnee: NepAbonnee) -> str:
    """Subscribe, and then ask for another address with another `auth`; return its URL."""
    wil = {"callbackUrl": f"{abonnee.url}/hier", "auth": OUD, "kanalen": MENSEN}
    status, gemaakt = await vraag(zaaksysteem, "POST", lijst, wil)
    assert (status, gemaakt["callbackUrl"]) == (201, wil["callbackUrl"])
    assert [v.koppen.get("authorization") for v in abonnee.verzoeken] == [None, OUD]
    abonnee.auth = NIEUW
    gewijzigd = {"callbackUrl": f"{abonnee.url}/daar", "auth": NIEUW}
    status, _ = await vraag(zaaksysteem, "PATCH", gemaakt["url"], gewijzigd)
    assert status == 200
    return str(gemaakt["url"])


async def test_een_zaaksysteem_abonneert_zich_hoort_leest_en_zegt_op(
    werker, live_server, zaaksysteem, abonnee
):
    lijst = f"{live_server.url}/notificaties/api/v1/abonnement"
    url = await abonneer_en_wijzig(zaaksysteem, lijst, abonnee)
    klant = await sync_to_async(registreer)(NOOR, NieuweNaam("Noor"))
    await sync_to_async(registreer)(DE_KORENBLOEM, NieuweNaam("Administratie"))
    abonnement = await Abonnement.objects.aget()
    await pomp_achter_hek(werker, abonnement.pk)
    [notificatie] = abonnee.gehoord
    assert (notificatie["kanaal"], notificatie["actie"]) == ("klanten", "create")
    assert notificatie["kenmerken"] == {"subjectType": "natuurlijk_persoon"}
    assert "Noor" not in str(notificatie)
    laatste = abonnee.verzoeken[-1]
    assert (laatste.pad, laatste.koppen["authorization"]) == ("/daar", NIEUW)

    status, gelezen = await vraag(zaaksysteem, "GET", notificatie["resourceUrl"])
    assert (status, gelezen["url"]) == (200, notificatie["hoofdObject"])
    assert gelezen["url"].endswith(str(klant))

    assert await vraag(zaaksysteem, "DELETE", url) == (204, None)
    await sync_to_async(registreer)(OMAR, NieuweNaam("Omar"))
    await pomp_achter_hek(werker, abonnement.pk)
    assert abonnee.gehoord == [notificatie]
