"""Wie was dit, wie mag er niet meer in, en wie moet eruit: met een reden, op de opdrachtregel."""

import io
import logging

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.identiteit import Identiteit, Soort
from accounts.models import Account, Sessie, Toegangshandeling
from accounts.toegang import Principaal
from portal.api.models import Rechtenhandeling, Toepassing
from tests.accounts.test_inloggen import inlog_in
from tests.inloggen import inloggen
from tests.mensen import NU, WATERVEEN

pytestmark = [pytest.mark.login, pytest.mark.django_db]
NIEUW = "nieuw:bmlldXdlLWluZGV4c2xldXRlbC0zMi1ieXRlcyEhISE="
NOOR, OMAR = "999990019", "999990421"
WAAROM = ("--door", "S. de Wit", "--reden", "melding 2026-113")


@pytest.fixture
def account(monkeypatch):
    """Draai `manage.py account`, met op stdin wat `nummer` is."""

    def draai(*wat, nummer="", waarom=WAAROM):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{nummer}\n"))
        call_command("account", *wat, *waarom, stdout=(uit := io.StringIO()))
        return uit.getvalue().strip()

    return draai


def toon(account, nummer, soort="bsn"):
    return account("toon", "--soort", soort, nummer=nummer, waarom=())


def nummer_van(client):
    """Wat de demo voor deze medewerker als nummer gebruikt."""
    return inlog_in(client).identiteit.onthul()


def test_het_nummer_van_een_medewerker_leidt_naar_index_en_log(client, account, caplog):
    with caplog.at_level(logging.INFO):
        inloggen(client, "beheerder", middel="medewerker")
    (gelukt,) = [r for r in caplog.records if r.getMessage() == "inloggen.gelukt"]
    uit = toon(account, nummer_van(client), "medewerker")
    assert f"index {Account.objects.get().pk}\n" in uit
    assert f"in het log (wie) {gelukt.wie}\n" in uit
    assert "sessies 1" in uit


def test_ook_onder_een_oude_indexsleutel_is_een_medewerker_te_vinden(client, account, settings):
    inloggen(client, "beheerder", middel="medewerker")
    nummer, voor = nummer_van(client), toon(account, nummer_van(client), "medewerker")
    settings.PORTAAL_INDEXSLEUTELS = f"{NIEUW},{settings.PORTAAL_INDEXSLEUTELS}"
    na = toon(account, nummer, "medewerker")
    assert na.startswith("sleutel nieuw\n")
    assert na.endswith(voor)


def test_van_een_handeling_naar_de_medewerker_en_dat_kijken_blijft_staan(client, account):
    inloggen(client, "beheerder", middel="medewerker")
    index = Account.objects.get().pk
    assert account("wie", index) == f"medewerker\t{nummer_van(client)}"
    spoor = Toegangshandeling.objects.get()
    assert (spoor.soort, spoor.account, spoor.door, spoor.reden) == (
        "onthuld", index, "opdrachtregel: S. de Wit", "melding 2026-113",
    )  # fmt: skip
    with pytest.raises(CommandError, match="niet gevonden"):
        account("wie", "proef1$onbekend")


def test_een_beheerder_leest_het_spoor_en_wijzigt_het_niet(client, account):
    account("blokkeer", "--soort", "bsn", nummer=NOOR)
    inloggen(client, "beheerder", middel="medewerker")
    pagina = "/beheer/accounts/toegangshandeling/"
    assert "melding 2026-113" in client.get(pagina).content.decode()
    assert client.get(f"{pagina}add/").status_code == 403
    assert client.post(f"{pagina}{Toegangshandeling.objects.get().pk}/delete/").status_code == 403


def test_een_verwisseld_account_wordt_niet_geloofd(client, account):
    inloggen(client, "beheerder", middel="medewerker")
    ander = Principaal(Identiteit(Soort.MEDEWERKER, "iemand-anders"))
    Account.objects.update(wie_verzegeld=ander.verzegeld())
    with pytest.raises(CommandError, match="horen niet bij elkaar"):
        account("wie", Account.objects.get().pk)


def test_wie_geblokkeerd_wordt_is_meteen_uit_elke_sessie_en_komt_niet_terug(client, account):
    elders, omar = Client(), Client()
    for wie in (client, elders):
        inloggen(wie, "noor")
    inloggen(omar, "omar")
    assert account("blokkeer", "--soort", "bsn", nummer=NOOR) == "geblokkeerd; 2 sessies beëindigd"
    assert client.get("/overzicht/").status_code == 302
    assert inloggen(client, "noor")["Location"].startswith("/inloggen/geen-toegang/")
    assert omar.get("/overzicht/").status_code == 200
    assert "geblokkeerd ja" in toon(account, NOOR)
    assert NOOR not in str([*Account.objects.values(), *Toegangshandeling.objects.values()])


def test_na_deblokkeren_mag_iemand_weer_naar_binnen_en_staat_er_niets_meer(client, account):
    account("blokkeer", "--soort", "bsn", nummer=OMAR)
    assert inloggen(client, "omar-voor-noor", middel="machtigen")["Location"].startswith("/inl")
    account("deblokkeer", "--soort", "bsn", nummer=OMAR)
    assert inloggen(client, "omar")["Location"] == "/overzicht/"
    assert inloggen(client, "omar-voor-noor", middel="machtigen")["Location"] == "/overzicht/"
    assert not Account.objects.exists()
    assert [h.soort for h in Toegangshandeling.objects.order_by("id")] == [
        "geblokkeerd", "vrijgegeven",
    ]  # fmt: skip
    with pytest.raises(CommandError, match="niet gevonden"):
        account("deblokkeer", "--soort", "bsn", nummer=OMAR)


def test_een_medewerker_van_een_bedrijf_wordt_alleen_zelf_geblokkeerd(client, account):
    inloggen(client, "korenbloem", middel="eherkenning")
    inlog = inlog_in(client)
    wie = f"{inlog.identiteit.onthul()}\n{inlog.handelende}"
    account("blokkeer", "--soort", "kvk", nummer=wie)
    naar = inloggen(client, "korenbloem", middel="eherkenning")["Location"]
    assert naar.startswith("/inloggen/geen-toegang/")
    assert inloggen(client, "korenbloem-2", middel="eherkenning")["Location"] == "/overzicht/"


def test_iedereen_uitloggen_of_een(client, account):
    omar = Client()
    inloggen(client, "noor")
    inloggen(omar, "omar")
    assert account("log-uit", "--soort", "bsn", nummer=NOOR) == "1 sessies beëindigd"
    assert omar.get("/overzicht/").status_code == 200
    assert account("log-uit", "--iedereen") == "1 sessies beëindigd"
    assert not Sessie.objects.exists()
    assert inloggen(client, "noor")["Location"] == "/overzicht/"


@pytest.mark.parametrize(
    ("wat", "nummer", "zin"),
    [
        (("blokkeer", "--soort", "bsn"), "123456789", "vaste schrijfwijze"),
        (("log-uit",), "", "noem --soort of --iedereen"),
        (("log-uit", "--iedereen", "--soort", "bsn"), NOOR, "noem --soort of --iedereen"),
    ],
)
def test_wat_niet_klopt_is_een_zin_zonder_het_nummer(account, wat, nummer, zin):
    with pytest.raises(CommandError, match=zin) as fout:
        account(*wat, nummer=nummer)
    assert not nummer or nummer not in str(fout.value)
    assert not Toegangshandeling.objects.exists()


def test_zonder_reden_gebeurt_er_niets(client, account):
    inloggen(client, "noor")
    with pytest.raises(CommandError, match="geef een reden"):
        account("log-uit", "--iedereen", waarom=("--door", "S. de Wit", "--reden", " "))
    assert Sessie.objects.exists()


@pytest.mark.lang
def test_met_een_nieuwe_indexsleutel_gaan_blokkade_en_spoor_mee(client, account, settings):
    inloggen(client, "beheerder", middel="medewerker")
    nummer, oud = nummer_van(client), Account.objects.get().pk
    zaken = Toepassing.objects.create(
        naam="zaken", bronorganisatie=WATERVEEN, organisatie="Waterveen"
    )
    Rechtenhandeling.objects.create(
        soort="token.gegeven", toepassing=zaken, door=oud, reden="proef", gedaan_op=NU
    )
    soort = ContentType.objects.get_for_model(Toepassing)
    LogEntry.objects.create(user_id=oud, content_type=soort, object_repr="x", action_flag=1)
    account("blokkeer", "--soort", "bsn", nummer=NOOR)
    oude_bos = settings.PORTAAL_INDEXSLEUTELS
    settings.PORTAAL_INDEXSLEUTELS = f"{NIEUW},{oude_bos}"
    Account.objects.create(pk="proef1$van-voor-dat-wij-het-nummer-bewaarden", is_staff=True)
    call_command("sleutels", "roteer-index", stdout=(uit := io.StringIO()))
    assert "klaar: 0 klanten en 2 accounts" in uit.getvalue()
    assert "1 accounts zonder bewaard nummer" in uit.getvalue()
    settings.PORTAAL_INDEXSLEUTELS = NIEUW
    nieuw = Rechtenhandeling.objects.get().door
    assert nieuw == LogEntry.objects.get().user_id
    assert account("wie", nieuw) == f"medewerker\t{nummer}"
    assert [g.name for g in Account.objects.get(pk=nieuw).groups.all()] == ["functioneel beheer"]
    assert inloggen(Client(), "noor")["Location"].startswith("/inloggen/geen-toegang/")
