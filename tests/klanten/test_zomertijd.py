"""De nachten waarin de klok hier verspringt: 29 maart en 25 oktober 2026, in echte tijden."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from portal.klanten import handelingen
from portal.klanten.handelingen import opruimen
from portal.klanten.models import DigitaalAdres, Klant, Proces
from portal.klanten.regels import (
    HERSTELLEN_BINNEN,
    ONGEBRUIKT_NA,
    TUSSEN_HERINNERINGEN,
    VOORSTEL_VERVALT,
    Bericht,
    Bewaarreden,
    HoudOpDeHoogte,
    Interactiesoort,
    LinkVerlopen,
    NieuwEmail,
    NieuweNaam,
    NieuwPostadres,
    Vasthouding,
    VerkeerdeCode,
    dag,
)
from tests.klanten.conftest import gang
from tests.mensen import NU, WATERVEEN

pytestmark = [pytest.mark.django_db, pytest.mark.lang]

DAG, UUR, NET = timedelta(days=1), timedelta(hours=1), timedelta(microseconds=1)


def z(*delen: int) -> datetime:
    """Dit moment van 2026, in UTC: maand, dag, uur, minuut."""
    return datetime(2026, *delen, tzinfo=UTC)


DAGEN = [
    pytest.param(date(2026, 3, 29), z(3, 28, 23), 23, id="de nacht zonder half drie"),
    pytest.param(date(2026, 3, 30), z(3, 29, 22), 24, id="de dag daarna"),
    pytest.param(date(2026, 10, 25), z(10, 24, 22), 25, id="de nacht met twee keer half drie"),
    pytest.param(date(2026, 10, 26), z(10, 25, 23), 24, id="de dag na die"),
]
OVER = [pytest.param(z(3, 25, 11), id="maart"), pytest.param(z(10, 21, 10), id="oktober")]
"""Twaalf uur hier, een paar dagen voor de klok verspringt."""


def op(moment: datetime, *, gezien: int = 0) -> handelingen.Gang:
    return gang(gezien=gezien, na=moment - NU)


def noor(moment: datetime, *waarden: object) -> Klant:
    """Noor slaat dit op, op dat moment."""
    uitkomst = handelingen.registreer_klant(waarden=[NieuweNaam("Noor"), *waarden], **op(moment))  # type: ignore[list-item]
    return Klant.objects.get(pk=uitkomst.klant)


@pytest.mark.parametrize(("datum", "begin", "uren"), DAGEN)
def test_een_dag_duurt_van_middernacht_tot_middernacht_hier(
    datum: date, begin: datetime, uren: int
) -> None:
    einde = begin + uren * UUR
    momenten = [begin - NET, begin, einde - NET, einde]
    assert [dag(moment) for moment in momenten] == [datum - DAG, datum, datum, datum + DAG]


@pytest.mark.parametrize(("datum", "begin", "uren"), DAGEN)
def test_een_postadres_geldt_precies_op_zijn_dag(datum: date, begin: datetime, uren: int) -> None:
    klant = noor(
        begin - 9 * DAG,
        NieuwPostadres(
            postcode="1234 AB", huisnummer=1, geldig_vanaf=datum, geldig_tot=datum + DAG
        ),
    )
    einde = begin + uren * UUR
    gezien = [
        handelingen.standaard_van(klant, op=moment).correspondentieadres is not None
        for moment in (begin - NET, begin, einde - NET, einde)
    ]
    assert gezien == [False, True, True, False]


@pytest.mark.uitgangspunt("OWN-4")
@pytest.mark.parametrize(("datum", "begin", "uren"), DAGEN)
def test_wat_een_dossier_vasthield_gaat_om_middernacht_hier(
    datum: date, begin: datetime, uren: int
) -> None:
    klant = noor(begin - 9 * DAG)
    grond = Vasthouding(kenmerk="ZAAK-1", reden=Bewaarreden.TOT_DATUM, tot=datum)
    handelingen.leg_bewaargrond_vast(klant.pk, bron="zaaksysteem", grond=grond, op=begin - 8 * DAG)
    handelingen.verwijder_klant(klant.pk, **op(begin - 7 * DAG, gezien=1))
    assert opruimen.ruim_gronden_op(op=begin - NET) == 0
    assert Klant.objects.exists()
    assert opruimen.ruim_gronden_op(op=begin) == 1
    assert not Klant.objects.exists()


def doet_een_voorstel(moment: datetime) -> tuple[timedelta, Callable[..., int]]:
    noor(moment, NieuwEmail("noor@example.nl"))
    return VOORSTEL_VERVALT, opruimen.laat_voorstellen_vervallen


def sluit_een_melding(moment: datetime) -> tuple[timedelta, Callable[..., int]]:
    termijn = 30 * DAG
    Proces.objects.create(
        code="tegel", omschrijving="Tegel", open_kanaal=True, bewaartermijn=termijn
    )
    ontvangst = handelingen.ontvang_interactie(
        proces="tegel",
        soort=Interactiesoort.MELDING,
        bronorganisatie=WATERVEEN,
        contact=HoudOpDeHoogte("Omar", NieuwEmail("omar@example.nl")),
        op=moment - DAG,
    )
    handelingen.sluit_interactie_af(ontvangst.interactie, op=moment)
    return termijn, opruimen.ruim_interacties_op


def hoort_een_eerste_keer(moment: datetime) -> tuple[timedelta, Callable[..., int]]:
    noor(moment - ONGEBRUIKT_NA)
    assert opruimen.handel_ongebruikt_af(op=moment) == 1
    return TUSSEN_HERINNERINGEN, opruimen.handel_ongebruikt_af


@pytest.mark.uitgangspunt("USE-8")
@pytest.mark.parametrize("moment", OVER)
@pytest.mark.parametrize("begin", [doet_een_voorstel, sluit_een_melding, hoort_een_eerste_keer])
def test_een_termijn_in_dagen_is_nooit_een_uur_korter(
    begin: Callable[[datetime], tuple[timedelta, Callable[..., int]]], moment: datetime
) -> None:
    """Een dag is er 24 uur: op de klok hier valt het einde dan een uur eerder of later."""
    termijn, ruim_op = begin(moment)
    assert ruim_op(op=moment + termijn - NET) == 0
    assert ruim_op(op=moment + termijn) == 1


@pytest.mark.parametrize("moment", OVER)
def test_de_link_dit_was_ik_niet_werkt_tien_hele_dagen(
    moment: datetime, post: list[Bericht]
) -> None:
    klant = noor(moment - DAG, NieuwEmail("noor@example.nl"))
    eerste = DigitaalAdres.objects.get()
    bevestig(klant, eerste.pk, post, moment - DAG)
    klant.refresh_from_db()
    nieuw = handelingen.wijzig_digitaal_adres(
        klant.pk,
        waarde=eerste.pk,
        adres=NieuwEmail("kaper@example.nl"),
        **op(moment, gezien=klant.versie),
    )
    assert nieuw.waarde
    bevestig(klant, nieuw.waarde, post, moment)
    token = post[-1].inhoud["token"]
    einde = moment + HERSTELLEN_BINNEN
    with pytest.raises(LinkVerlopen):
        handelingen.herstel_met_link(token, op=einde)
    handelingen.herstel_met_link(token, op=einde - NET)
    assert DigitaalAdres.objects.get().waarde == "noor@example.nl"


def bevestig(klant: Klant, waarde: UUID, post: list[Bericht], moment: datetime) -> None:
    """Vul de code in die als laatste kwam."""
    klant.refresh_from_db()
    code = post[-1].inhoud["code"]
    handelingen.bevestig(klant.pk, waarde=waarde, code=code, **op(moment, gezien=klant.versie))


@pytest.mark.parametrize(
    ("verstuurd", "op_tijd", "te_laat"),
    [
        pytest.param(z(3, 29, 0, 55), z(3, 29, 1, 9), z(3, 29, 1, 11), id="01.55, dan 03.09 uur"),
        pytest.param(z(10, 25, 0, 50), z(10, 25, 1, 4), z(10, 25, 1, 6), id="02.50, dan 02.04 uur"),
    ],
)
def test_een_code_werkt_een_kwartier_ook_als_de_klok_verspringt(
    post: list[Bericht], verstuurd: datetime, op_tijd: datetime, te_laat: datetime
) -> None:
    klant = noor(verstuurd, NieuwEmail("noor@example.nl"))
    adres = DigitaalAdres.objects.get()
    with pytest.raises(VerkeerdeCode):
        bevestig(klant, adres.pk, post, te_laat)
    bevestig(klant, adres.pk, post, op_tijd)
    adres.refresh_from_db()
    assert adres.bevestigd_op == op_tijd
