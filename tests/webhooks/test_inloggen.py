"""Inloggen bij de ontvanger en de handdruk: kop, OAuth2, clientcertificaat, toestemming."""

import datetime as dt
import json
from dataclasses import replace

import jwt
import pytest
import pytest_asyncio
from aiohttp import web
from asgiref.sync import sync_to_async
from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from portal.webhooks import alarm, beheer
from portal.webhooks.abonnementgegevens import Abonnementgegevens, gegevens_van
from portal.webhooks.geheimen import verzegelde_inlog
from portal.webhooks.handdruk import CONTROLEERT_NIET, geef_hand, handdruk
from portal.webhooks.models import Abonnement, Baan, Bezorging, Geheim, Poging
from portal.webhooks.pomp.hek import pomp_achter_hek
from portal.webhooks.pomp.uitgang import maak_tls
from tests.mensen import WATERVEEN
from tests.webhooks.conftest import GEHEIM, door, maak_abonnement, maak_gebeurtenis
from tests.webhooks.tls import Uitgever

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True), pytest.mark.lang]


class Server:
    """Een ontvanger die onthoudt wat er in de koppen stond; `antwoorden` per pad om de beurt."""

    def __init__(self):
        self.koppen, self.tokens, self.antwoorden, self.inhouden = [], 0, [], []

    async def post(self, request):
        self.inhouden.append(await request.read())
        self.koppen.append(request.headers.copy())
        return web.Response(status=self.antwoorden.pop(0) if self.antwoorden else 204)

    @property
    def nummers(self):
        return [int(json.loads(inhoud)["sequence"]) for inhoud in self.inhouden]

    async def token(self, request):
        vraag = await request.post()
        self.tokens += 1
        assert vraag["grant_type"] == "client_credentials"
        assert request.headers["Authorization"].startswith("Basic ")
        return web.json_response({"access_token": f"token-{self.tokens}", "expires_in": 3600})

    async def opties(self, request):
        return web.Response(headers=self.toestemming)


@pytest_asyncio.fixture
async def start(settings):
    """`await start(tls=None)` geeft een Server met zijn `url`."""
    lopers = []

    async def doe(tls=None):
        server = Server()
        server.toestemming = {}
        app = web.Application()
        app.router.add_post("/webhook", server.post)
        app.router.add_post("/token", server.token)
        app.router.add_route("OPTIONS", "/webhook", server.opties)
        loper = web.AppRunner(app, shutdown_timeout=0.1)
        await loper.setup()
        await web.TCPSite(loper, "127.0.0.1", 0, ssl_context=tls).start()
        lopers.append(loper)
        basis = f"{'https' if tls else 'http'}://127.0.0.1:{loper.addresses[0][1]}"
        settings.WEBHOOKS_DEMO_ONTVANGERS = [*settings.WEBHOOKS_DEMO_ONTVANGERS, basis]
        server.basis, server.url = basis, f"{basis}/webhook"
        return server

    yield doe
    for loper in lopers:
        await loper.cleanup()


async def bezorg_een(werker, zaaksysteem, onderwerp, versie=1):
    await maak_gebeurtenis(onderwerp, versie)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    return await Bezorging.objects.order_by("-id").afirst()


async def test_een_vaste_kop_gaat_woordelijk_mee(werker, start, noor):
    server = await start()
    kop = {"kop": "Bearer afgesproken"}
    zaaksysteem = await maak_abonnement(server.url, inlogwijze="bearer", inlog=kop)
    await bezorg_een(werker, zaaksysteem, noor)
    assert server.koppen[0]["Authorization"] == "Bearer afgesproken"


async def test_een_token_wordt_een_keer_gehaald_en_na_401_vernieuwd(werker, start, noor, omar):
    server = await start()
    inlog = {
        "token_url": f"{server.basis}/token",
        "client_id": "portaal",
        "client_secret": "geheim",
    }
    zaaksysteem = await maak_abonnement(server.url, inlogwijze="oauth2", inlog=inlog)
    await bezorg_een(werker, zaaksysteem, noor)
    await bezorg_een(werker, zaaksysteem, omar)
    assert (server.tokens, server.koppen[1]["Authorization"]) == (1, "Bearer token-1")
    server.antwoorden = [401]
    rij = await bezorg_een(werker, zaaksysteem, noor, 2)
    assert (rij.stand, server.tokens) == ("bezorgd", 2)
    assert server.koppen[-1]["Authorization"] == "Bearer token-2"


async def test_zonder_token_wordt_er_niet_gepost(werker, start, noor):
    server = await start()
    inlog = {"token_url": f"{server.basis}/weg", "client_id": "a", "client_secret": "b"}
    zaaksysteem = await maak_abonnement(server.url, inlogwijze="oauth2", inlog=inlog)
    await bezorg_een(werker, zaaksysteem, noor)
    assert not server.koppen
    assert (await Poging.objects.afirst()).foutsoort == "token-404"


async def test_een_token_op_een_adres_van_binnen_wordt_niet_gehaald(werker, start, noor):
    server = await start()
    inlog = {"token_url": f"{server.basis}/token", "client_id": "a", "client_secret": "b"}
    zaaksysteem = await maak_abonnement(server.url, inlogwijze="oauth2", inlog=inlog)
    binnen = verzegelde_inlog(inlog | {"token_url": "https://169.254.169.254/"})
    await Abonnement.objects.aupdate(inlog_verzegeld=binnen)  # as if it came in some other way
    await bezorg_een(werker, zaaksysteem, noor)
    assert (await Poging.objects.afirst()).foutsoort == "token-adres-geweigerd"


async def test_de_vorm_van_vng_met_een_zgw_token(werker, start, noor):
    server = await start()
    sleutel = "een-geheim-van-minstens-32-tekens-lang"
    inlog = {"client_id": "klantportaal", "geheim": sleutel}
    nrc = await maak_abonnement(server.url, vorm="vng", inlogwijze="zgw", inlog=inlog)
    server.antwoorden = [200]
    rij = await bezorg_een(werker, nrc, noor)
    kop = server.koppen[0]
    claims = jwt.decode(kop["Authorization"].removeprefix("Bearer "), sleutel, algorithms=["HS256"])
    assert (claims["client_id"], rij.stand) == ("klantportaal", "bezorgd")
    assert kop["Content-Type"] == "application/json"
    assert "webhook-signature" not in kop


async def test_een_eigen_uitgever_en_een_clientcertificaat(werker, start, noor, tmp_path):
    uitgever = Uitgever()
    server = await start(uitgever.server(tmp_path, "127.0.0.1", eist_client=True))
    certificaat, sleutel = uitgever.geef("portaal")
    zaaksysteem = await maak_abonnement(
        server.url,
        inlogwijze="mtls",
        inlog={"certificaat": certificaat, "sleutel": sleutel},
        eigen_ca=uitgever.pem,
    )
    assert (await bezorg_een(werker, zaaksysteem, noor)).stand == "bezorgd"


async def test_een_verlopen_clientcertificaat_is_een_storing_tot_er_een_nieuw_is(
    werker, start, noor, tmp_path, mailoutbox, settings
):
    settings.BEHEER_EMAIL = "beheer@waterveen.example"
    uitgever = Uitgever()
    server = await start(uitgever.server(tmp_path, "127.0.0.1", eist_client=True))

    def inlog(dagen):
        certificaat, sleutel = uitgever.geef("portaal", dagen)
        return {"certificaat": certificaat, "sleutel": sleutel}

    keuze = {"inlogwijze": "mtls", "eigen_ca": uitgever.pem}
    zaaksysteem = await maak_abonnement(server.url, inlog=inlog(1), **keuze)
    await bezorg_een(werker, zaaksysteem, noor)
    await vervang_inlog(zaaksysteem, inlog(-1))
    rij = await bezorg_een(werker, zaaksysteem, noor, 2)

    zaaksysteem = await Abonnement.objects.aget()
    assert (rij.stand, zaaksysteem.status, zaaksysteem.mislukt_achtereen) == ("open", "actief", 1)
    assert (await Poging.objects.alatest("id")).foutsoort in {"tls", "afgebroken"}  # wie eerst is
    assert (await Baan.objects.aget()).geblokkeerd_sinds is None  # niet dit bericht, de ontvanger
    await sync_to_async(alarm.waarschuw_dagelijks)(timezone.now())
    assert "clientcertificaat verlopen" in mailoutbox[-1].subject
    assert mailoutbox[-1].to == ["beheer@waterveen.example", zaaksysteem.contact]

    await vervang_inlog(zaaksysteem, inlog(1))
    await sync_to_async(beheer.probeer_nu)(zaaksysteem.pk, door=door("nieuw certificaat"))
    await bezorg_een(werker, zaaksysteem, noor, 3)
    assert server.nummers == [1, 2, 3]


@sync_to_async
def vervang_inlog(zaaksysteem, inlog):
    gegevens = replace(gegevens_van(zaaksysteem), inlog=inlog)
    beheer.wijzig(zaaksysteem.pk, gegevens, door=door("ander certificaat"))


@pytest.mark.parametrize(
    ("naam", "dagen", "eigen"),
    [("127.0.0.1", 1, False), ("127.0.0.1", -1, True), ("anders.waterveen.nl", 1, True)],
    ids=["onbekende uitgever", "verlopen", "andere naam"],
)
async def test_een_certificaat_dat_niet_klopt_krijgt_geen_bericht(
    werker, start, noor, tmp_path, naam, dagen, eigen
):
    uitgever = Uitgever()
    server = await start(uitgever.server(tmp_path, naam, dagen=dagen))
    ca = uitgever.pem if eigen else ""
    zaaksysteem = await maak_abonnement(server.url, eigen_ca=ca)
    rij = await bezorg_een(werker, zaaksysteem, noor)
    assert (rij.stand, server.koppen) == ("open", [])
    assert (await Poging.objects.afirst()).foutsoort == "certificaat"


async def test_tls_is_minstens_1_2_en_controleert_altijd_de_naam():
    tls = maak_tls("")
    assert tls.minimum_version.name == "TLSv1_2"
    assert tls.check_hostname
    assert tls.verify_mode.name == "CERT_REQUIRED"


@sync_to_async
def concept(url, **keuzes):
    gegevens = Abonnementgegevens(
        naam="nieuw", contact="n@waterveen.example", url=url, bronorganisatie=WATERVEEN, **keuzes
    )
    return beheer.maak(gegevens, door=door(), geheim=GEHEIM)[0]


async def test_de_handdruk_met_de_ontvanger_van_de_handleiding_zet_het_abonnement_aan(
    werker, gemeente
):
    nieuw = await concept(gemeente.url)
    uitslag = await sync_to_async(geef_hand)(nieuw, door=door())
    await nieuw.arefresh_from_db()
    assert (uitslag.fout, uitslag.waarschuwingen, nieuw.status) == ("", [], "actief")
    assert json.loads(gemeente.ontvangen[-1]["inhoud"])["type"] == "nl.klanten.test"


async def test_zonder_toestemming_blijft_het_een_concept(werker, start):
    server = await start()
    server.toestemming = {"WebHook-Allowed-Origin": "een-ander.example"}
    nieuw = await concept(server.url)
    uitslag = await sync_to_async(geef_hand)(nieuw, door=door())
    await nieuw.arefresh_from_db()
    assert ("toestemming" in uitslag.fout, nieuw.status) == (True, "concept")


async def test_het_toegestane_ritme_wordt_bewaard_en_wie_niet_controleert_valt_op(werker, start):
    server = await start()
    server.toestemming = {"WebHook-Allowed-Origin": "*", "WebHook-Allowed-Rate": "90"}
    nieuw = await concept(server.url)
    uitslag = await sync_to_async(geef_hand)(nieuw, door=door())
    await nieuw.arefresh_from_db()
    assert (nieuw.status, nieuw.per_minuut) == ("actief", 90)
    assert uitslag.waarschuwingen == [CONTROLEERT_NIET]


async def test_een_testbericht_dat_niet_aankomt_zet_niets_aan(werker, start):
    server = await start()
    server.toestemming, server.antwoorden = {"WebHook-Allowed-Origin": "*"}, [500]
    uitslag = await handdruk(await concept(server.url), [GEHEIM], met_toestemming=True)
    assert (uitslag.aangekomen, "500" in uitslag.fout) == (False, True)


async def test_bij_een_wissel_midden_in_de_stroom_kloppen_alle_handtekeningen(
    werker, gemeente, noor
):
    zaaksysteem = await maak_abonnement(gemeente.url)
    await maak_gebeurtenis(noor, 1)
    await sync_to_async(beheer.roteer)(zaaksysteem.pk, door=door())
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert [regel["uitkomst"] for regel in gemeente.ontvangen] == ["nieuw"]

    await sync_to_async(beheer.meld_gelekt)(zaaksysteem.pk, door=door())
    await maak_gebeurtenis(noor, 2)
    await pomp_achter_hek(werker, zaaksysteem.pk)
    assert gemeente.ontvangen[0]["uitkomst"] == "handtekening klopt niet"
    assert (await Baan.objects.aget()).fouten == 1
    assert await Abonnement.objects.filter(status="actief").acount() == 1


async def test_een_oud_geheim_dat_eindigt_met_een_wachtrij_ondertekent_niet_meer_mee(
    werker, start, noor
):
    server = await start()
    server.antwoorden = [500]
    zaaksysteem = await maak_abonnement(server.url)
    nieuw = await sync_to_async(beheer.roteer)(zaaksysteem.pk, door=door())
    await maak_gebeurtenis(noor, 1)
    await bezorg_een(werker, zaaksysteem, noor, 2)

    voorbij = timezone.now() - dt.timedelta(seconds=1)
    await Geheim.objects.filter(geldig_tot__isnull=False).aupdate(geldig_tot=voorbij)
    await sync_to_async(beheer.probeer_nu)(zaaksysteem.pk, door=door())
    await pomp_achter_hek(werker, zaaksysteem.pk)

    assert server.nummers == [1, 1, 2]
    met_beide, *daarna = [kop["webhook-signature"].split() for kop in server.koppen]
    assert [len(met_beide), *map(len, daarna)] == [2, 1, 1]
    for kop, inhoud in zip(server.koppen, server.inhouden, strict=True):
        Webhook(nieuw).verify(inhoud, dict(kop))  # wie al overstapte, kan alles aannemen
