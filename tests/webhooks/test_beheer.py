"""Wat een mens aan een abonnement doet: met een reden, vastgelegd, en zonder verlies."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.klanten.regels import IntussenGewijzigd, RegelGeschonden
from portal.webhooks import beheer, herstel
from portal.webhooks.abonnementgegevens import Abonnementgegevens
from portal.webhooks.bestemming import BestemmingGeweigerd
from portal.webhooks.geheimen import geheim_van, inlog_van
from portal.webhooks.models import Abonnement, Baan, Beheerhandeling, Bezorging
from portal.webhooks.models.abonnement import LANGSTE_WACHTTIJD
from tests.mensen import WATERVEEN
from tests.webhooks.conftest import abonnement, door, gebeurtenis
from tests.webhooks.tls import Uitgever

pytestmark = pytest.mark.django_db
URL = "https://zaken.waterveen.nl/webhook"


def gegevens(**keuzes):
    return Abonnementgegevens(
        naam="zaaksysteem",
        contact="zaken@waterveen.example",
        bronorganisatie=WATERVEEN,
        **({"url": URL} | keuzes),
    )


def soorten():
    return list(Beheerhandeling.objects.order_by("id").values_list("soort", flat=True))


def test_een_nieuw_abonnement_is_een_concept_met_een_geheim_dat_verzegeld_staat():
    nieuw, geheim = beheer.maak(gegevens(), door=door())
    rij = nieuw.geheimen.get()
    assert (nieuw.status, geheim.startswith("whsec_"), len(geheim)) == ("concept", True, 50)
    assert geheim not in rij.waarde_verzegeld
    assert geheim_van(rij.waarde_verzegeld) == geheim


def test_zonder_reden_gebeurt_er_niets():
    with pytest.raises(beheer.RedenOntbreekt):
        beheer.maak(gegevens(), door=door("  "))
    with pytest.raises(IntegrityError):
        Beheerhandeling.objects.create(
            wie="x", op=timezone.now(), soort="gemaakt", abonnement=abonnement(URL), reden=""
        )


def test_een_adres_dat_niet_mag_komt_er_niet_in():
    with pytest.raises(BestemmingGeweigerd):
        beheer.maak(gegevens(url="https://10.0.0.1/x"), door=door())


@pytest.mark.parametrize(
    "stuk",
    [{"eigen_ca": "geen pem"}, {"inlog": {"certificaat": "geen pem", "sleutel": "ook niet"}}],
)
def test_een_certificaat_dat_niet_te_lezen_is_komt_er_niet_in(stuk):
    with pytest.raises(RegelGeschonden) as fout:
        beheer.maak(
            gegevens(**({"inlogwijze": "mtls"} if "inlog" in stuk else {}), **stuk), door=door()
        )
    assert "niet te lezen" in fout.value.melding
    assert fout.value.veld == next(iter(stuk))
    assert not Abonnement.objects.exists()


@pytest.mark.parametrize(
    ("veld", "mag", "mag_niet"),
    [("wachttijd", (1, 15), (0, 16)), ("gelijktijdig", (1, 20), (0, 21))],
)
def test_buiten_de_grenzen_komt_niets_erin_ook_niet_buiten_beheer_om(veld, mag, mag_niet):
    """Een langere post houdt het hek vast tot na het geduld van wie overslaat of herhaalt."""
    for waarde in mag:
        beheer.maak(gegevens(**{veld: waarde}), door=door())
    for waarde in mag_niet:
        with pytest.raises(RegelGeschonden) as fout:
            beheer.maak(gegevens(**{veld: waarde}), door=door())
        assert fout.value.veld == veld
        with pytest.raises(IntegrityError), transaction.atomic():
            Abonnement.objects.update(**{veld: waarde})
    assert LANGSTE_WACHTTIJD * 1000 < herstel.GEDULD_MS


def test_inloggegevens_staan_verzegeld_en_zijn_volledig():
    with pytest.raises(RegelGeschonden):
        beheer.maak(gegevens(inlogwijze="oauth2", inlog={"client_id": "a"}), door=door())
    inlog = {"kop": "Bearer zeer-geheim"}
    nieuw, _ = beheer.maak(gegevens(inlogwijze="bearer", inlog=inlog), door=door())
    assert "zeer-geheim" not in nieuw.inlog_verzegeld
    assert inlog_van(nieuw.inlog_verzegeld) == inlog


def test_wijzigen_houdt_de_inloggegevens_en_vraagt_bij_een_ander_adres_een_handdruk():
    inlog = {"kop": "Bearer zeer-geheim"}
    nieuw, _ = beheer.maak(gegevens(inlogwijze="bearer", inlog=inlog), door=door())
    beheer.bevestig(nieuw.pk, door=door())
    anders = gegevens(inlogwijze="bearer", url="https://nieuw.waterveen.nl/")
    gewijzigd = beheer.wijzig(nieuw.pk, anders, door=door())
    gewijzigd.refresh_from_db()
    assert (gewijzigd.status, inlog_van(gewijzigd.inlog_verzegeld)) == ("gepauzeerd", inlog)


@pytest.mark.parametrize("stand", ["actief", "gepauzeerd", "uitgezet"])
def test_naar_een_ander_adres_gaat_niets_voor_een_nieuwe_handdruk(stand):
    zaaksysteem = abonnement(URL)
    straks = timezone.now() + dt.timedelta(hours=1)
    Abonnement.objects.update(status=stand, gepauzeerd_tot=straks, mislukt_sinds=straks)
    beheer.wijzig(zaaksysteem.pk, gegevens(url="https://nieuw.waterveen.nl/"), door=door())
    with pytest.raises(beheer.MagNietNu) as geweigerd:
        beheer.hervat(zaaksysteem.pk, door=door())
    assert "handdruk" in geweigerd.value.melding
    zaaksysteem.refresh_from_db()
    assert (zaaksysteem.status, zaaksysteem.gepauzeerd_tot) == ("gepauzeerd", None)
    beheer.bevestig(zaaksysteem.pk, door=door("afspraak 12"))
    zaaksysteem.refresh_from_db()
    assert (zaaksysteem.status, zaaksysteem.mislukt_sinds) == ("actief", None)


def test_terug_naar_het_adres_dat_toestemde_mag_het_gewoon_verder():
    zaaksysteem = abonnement(URL)
    for url in ("https://nieuw.waterveen.nl/", URL):
        beheer.wijzig(zaaksysteem.pk, gegevens(url=url), door=door())
    assert beheer.hervat(zaaksysteem.pk, door=door()).status == "actief"


def test_wat_de_vorige_versie_aanzette_stemde_toe_en_een_volgend_adres_niet():
    """P7: een proces van voor de kolom deed de handdruk, en liet haar leeg."""
    zaaksysteem = abonnement(URL)
    Abonnement.objects.update(bevestigde_url="")
    beheer.wijzig(zaaksysteem.pk, gegevens(wachttijd=9), door=door())
    assert Abonnement.objects.get().status == "actief"
    Abonnement.objects.update(bevestigde_url="")
    beheer.pauzeer(zaaksysteem.pk, door=door())
    assert beheer.hervat(zaaksysteem.pk, door=door()).status == "actief"
    beheer.wijzig(zaaksysteem.pk, gegevens(url="https://nieuw.waterveen.nl/"), door=door())
    with pytest.raises(beheer.MagNietNu):
        beheer.hervat(zaaksysteem.pk, door=door())


def test_wat_de_vorige_versie_op_een_nieuw_adres_zette_wacht_op_een_handdruk():
    zaaksysteem = abonnement(URL)
    Abonnement.objects.update(
        bevestigde_url="", status="gepauzeerd", reden=beheer.HANDDRUK_NODIG, url="https://b.nl/"
    )
    beheer.wijzig(zaaksysteem.pk, gegevens(url="https://b.nl/"), door=door())
    with pytest.raises(beheer.MagNietNu):
        beheer.hervat(zaaksysteem.pk, door=door())


def test_een_handdruk_met_het_vorige_adres_telt_niet():
    zaaksysteem = abonnement(URL)
    with pytest.raises(IntussenGewijzigd):
        beheer.bevestig(zaaksysteem.pk, door=door(), handdruk=("https://oud.waterveen.nl/", 5))


def test_pauzeren_en_hervatten_bewaart_alles(noor):
    zaaksysteem = abonnement(URL)
    beheer.pauzeer(zaaksysteem.pk, door=door())
    gebeurtenis(noor, 1)
    beheer.hervat(zaaksysteem.pk, door=door())
    assert beheer.aantal_open(zaaksysteem) == 1
    assert soorten() == ["gemaakt", "bevestigd", "gepauzeerd", "hervat"]


def test_hervatten_kan_alleen_vanuit_pauze_of_uitgezet():
    zaaksysteem = abonnement(URL)
    with pytest.raises(beheer.MagNietNu):
        beheer.hervat(zaaksysteem.pk, door=door())


def test_na_intrekken_gaat_er_niets_meer_en_komt_er_niets_terug(noor):
    zaaksysteem = abonnement(URL)
    gebeurtenis(noor, 1)
    with pytest.raises(IntussenGewijzigd):
        beheer.trek_in(zaaksysteem.pk, open_gezien=0, door=door())
    beheer.trek_in(zaaksysteem.pk, open_gezien=1, door=door())
    gebeurtenis(noor, 2)
    assert [rij.stand for rij in Bezorging.objects.all()] == ["ingetrokken"]
    for doe in (beheer.hervat, beheer.pauzeer, beheer.bevestig, beheer.probeer_nu):
        with pytest.raises(beheer.MagNietNu):
            doe(zaaksysteem.pk, door=door())


def test_nu_proberen_sluit_de_onderbreker_en_wekt_uitgeputte_banen(noor):
    zaaksysteem = abonnement(URL)
    gebeurtenis(noor, 1)
    straks = timezone.now() + dt.timedelta(days=1)
    Baan.objects.update(uitgeput=True, opnieuw_op=straks)
    Abonnement.objects.update(mislukt_achtereen=9, onderbroken_tot=straks)
    beheer.probeer_nu(zaaksysteem.pk, door=door())
    zaaksysteem.refresh_from_db()
    baan = Baan.objects.get()
    assert (zaaksysteem.mislukt_achtereen, zaaksysteem.onderbroken_tot) == (0, None)
    assert (baan.uitgeput, baan.opnieuw_op < straks) == (False, True)


def test_bij_roteren_gelden_er_twee_tot_het_einde_van_het_oude():
    zaaksysteem, nu = abonnement(URL), timezone.now()
    nieuw = beheer.roteer(zaaksysteem.pk, door=door(op=nu))
    oud, jong = zaaksysteem.geheimen.order_by("id")
    assert geheim_van(jong.waarde_verzegeld) == nieuw
    assert (oud.geldig_tot, jong.geldig_tot) == (nu + dt.timedelta(hours=24), None)
    with pytest.raises(beheer.MagNietNu):
        beheer.roteer(zaaksysteem.pk, door=door(), oud_nog=dt.timedelta(days=8))


def test_een_gelekt_geheim_stopt_nu_ook_als_het_nog_een_dag_zou_gelden():
    zaaksysteem, nu = abonnement(URL), timezone.now()
    beheer.roteer(zaaksysteem.pk, door=door(op=nu))
    beheer.meld_gelekt(zaaksysteem.pk, door=door(op=nu))
    tot = list(zaaksysteem.geheimen.order_by("id").values_list("geldig_tot", flat=True))
    assert tot == [nu, nu, None]


def test_informatierijk_vraagt_een_doel():
    zaaksysteem = abonnement(URL)
    with pytest.raises(RegelGeschonden):
        beheer.zet_informatierijk(zaaksysteem.pk, aan=True, doel="", door=door())
    beheer.zet_informatierijk(zaaksysteem.pk, aan=True, doel="zaakbehandeling", door=door())
    assert soorten()[-1] == "informatierijk_aan"


def test_de_opdrachtregel_maakt_pauzeert_en_toont(capsys, noor):
    call_command(
        "abonnement", "maak", "zaken", URL, "--contact", "z@waterveen.example", "--reden", "proef"
    )
    nummer = str(Abonnement.objects.get().pk)
    assert "whsec_" in capsys.readouterr().out
    call_command("abonnement", "bevestig", nummer, "--reden", "afspraak 12")
    call_command("abonnement", "pauzeer", nummer, "--reden", "o", "--tot", "2026-11-20T09:30")
    tot = Abonnement.objects.get().gepauzeerd_tot
    assert tot == dt.datetime(2026, 11, 20, 8, 30, tzinfo=dt.UTC)
    gebeurtenis(noor, 1)
    call_command("abonnement", "lijst")
    assert "gepauzeerd\t1 open\tzaken" in capsys.readouterr().out
    call_command("abonnement", "roteer", nummer, "--reden", "elk jaar")
    call_command("abonnement", "trek-in", nummer, "--reden", "klaar", "--open", "1")
    with pytest.raises(CommandError):
        call_command("abonnement", "hervat", nummer, "--reden", "toch niet")
    with pytest.raises(CommandError):
        call_command("abonnement", "hervat", "999", "--reden", "bestaat niet")


def test_herhalen_sinds_een_dag_begint_om_middernacht_hier(capsys, noor):
    nummer = str(abonnement(URL).pk)
    gebeurtenis(noor, 1)
    call_command("abonnement", "herhaal", nummer, "--reden", "kwijt", "--sinds", "2026-11-20")
    assert "berichten gaan nog eens" in capsys.readouterr().out
    with pytest.raises(CommandError, match="schrijf een moment als"):
        call_command("abonnement", "herhaal", nummer, "--reden", "kwijt", "--sinds", "gisteren")


def opdracht(*delen):
    call_command("abonnement", *map(str, delen), "--reden", "afspraak")


def test_de_opdrachtregel_maakt_en_wijzigt_met_alles_wat_het_beheerscherm_kan(tmp_path):
    uitgever = Uitgever()
    inlog, ca = tmp_path / "inlog.json", tmp_path / "ca.pem"
    inlog.write_text('{"kop": "Bearer zeer-geheim"}')
    ca.write_text(uitgever.pem)
    opdracht(
        "maak", "zaken", URL, "--contact", "z@waterveen.example", "--soort", "klant.gewijzigd",
        "--subjectsoort", "vestiging", "--inlogwijze", "bearer", "--inlog", inlog,
        "--eigen-ca", ca, "--gelijktijdig", 5, "--per-minuut", 60, "--wachttijd", 9,
    )  # fmt: skip
    gemaakt = Abonnement.objects.get()
    assert (gemaakt.soorten, gemaakt.subjectsoorten) == (["klant.gewijzigd"], ["vestiging"])
    assert (gemaakt.gelijktijdig, gemaakt.per_minuut, gemaakt.wachttijd) == (5, 60, 9)
    assert gemaakt.eigen_ca == uitgever.pem.strip()
    opdracht(
        "wijzig", gemaakt.pk, "--naam", "Zaken", "--subjectsoort", "alle", "--soort", "alle",
        "--per-minuut", 0,
    )  # fmt: skip
    gewijzigd = Abonnement.objects.get()
    assert (gewijzigd.naam, gewijzigd.subjectsoorten, len(gewijzigd.soorten)) == ("Zaken", [], 6)
    assert (gewijzigd.per_minuut, gewijzigd.wachttijd, gewijzigd.url) == (None, 9, URL)
    assert inlog_van(gewijzigd.inlog_verzegeld) == {"kop": "Bearer zeer-geheim"}
    opdracht("wijzig", gemaakt.pk, "--inlogwijze", "geen")
    assert Abonnement.objects.get().inlog_verzegeld == ""
    assert soorten() == ["gemaakt", "gewijzigd", "gewijzigd"]


def test_de_opdrachtregel_zegt_wat_er_mist_en_herhaalt_geen_geheim(tmp_path):
    zaaksysteem = abonnement(URL)
    stuk = tmp_path / "stuk.json"
    for inhoud in ("zeer-geheim", '["zeer-geheim"]'):
        stuk.write_text(inhoud)
        with pytest.raises(CommandError, match="geen JSON-object") as fout:
            opdracht("wijzig", zaaksysteem.pk, "--inlogwijze", "bearer", "--inlog", stuk)
        assert "zeer-geheim" not in str(fout.value)
    for delen, zin in (
        (("wijzig", zaaksysteem.pk), "Noem wat er verandert"),
        (("wijzig", zaaksysteem.pk, "--eigen-ca", tmp_path / "weg.pem"), "niet te lezen"),
        (("wijzig", zaaksysteem.pk, "--inlogwijze", "bearer"), "horen inloggegevens"),
        (("wijzig", zaaksysteem.pk, "--wachttijd", "16"), "1 tot 15"),
        (("informatierijk", zaaksysteem.pk), "required"),
        (("informatierijk", zaaksysteem.pk, "--doel", "nieuwsgierigheid"), "invalid choice"),
    ):
        with pytest.raises(CommandError, match=zin):
            opdracht(*delen)
    assert soorten() == ["gemaakt", "bevestigd"]


def test_de_opdrachtregel_zet_informatierijk_aan_en_uit():
    zaaksysteem = abonnement(URL)
    opdracht("informatierijk", zaaksysteem.pk, "--doel", "zaakbehandeling")
    assert Abonnement.objects.get().doel == "zaakbehandeling"
    opdracht("informatierijk", zaaksysteem.pk, "--uit")
    assert not Abonnement.objects.get().informatierijk
    assert soorten()[-2:] == ["informatierijk_aan", "informatierijk_uit"]


def test_wie_intrekt_noemt_hoeveel_berichten_dat_kost(noor):
    zaaksysteem = abonnement(URL)
    gebeurtenis(noor, 1)
    with pytest.raises(CommandError, match=r"Er staan 1 berichten open.*--open 1"):
        opdracht("trek-in", zaaksysteem.pk)
    gebeurtenis(noor, 2)
    with pytest.raises(CommandError, match="intussen meer"):
        opdracht("trek-in", zaaksysteem.pk, "--open", 1)
    assert Abonnement.objects.get().status == "actief"
    opdracht("trek-in", zaaksysteem.pk, "--open", 2)
    assert Abonnement.objects.get().status == "ingetrokken"


def test_de_opdrachtregel_herhaalt_een_bericht(capsys, noor):
    zaaksysteem = abonnement(URL)
    for versie in (1, 2):
        gebeurtenis(noor, versie)
    Bezorging.objects.update(stand="bezorgd", afgehandeld_op=timezone.now())
    opdracht("herhaal", zaaksysteem.pk, "--klant", noor, "--nummer", 2)
    assert "Nummer 2 gaat nog eens" in capsys.readouterr().out
    assert list(Bezorging.objects.order_by("pk").values_list("stand", flat=True)) == [
        "bezorgd",
        "open",
    ]
    for delen in (("--nummer", 2), ("--klant", noor, "--nummer", 9)):
        with pytest.raises(CommandError):
            opdracht("herhaal", zaaksysteem.pk, *delen)
    assert soorten().count("herhaald") == 1
