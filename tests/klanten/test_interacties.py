"""Eén contact met de gemeente: niet meer gegevens dan het vraagt, en nergens anders voor."""

import datetime as dt
from dataclasses import replace

import pytest

from portal.klanten import handelingen
from portal.klanten.handelingen import Ontvangst, opruimen
from portal.klanten.models import (
    Afwijkend,
    DigitaalAdres,
    Gebeurtenis,
    Interactie,
    Klant,
    Koppeling,
    Proces,
)
from portal.klanten.regels import (
    Authenticatie,
    BestaatAl,
    Contactgegevens,
    HoudOpDeHoogte,
    Interactiesoort,
    IntussenGewijzigd,
    NietGevonden,
    NieuwEmail,
    NieuweNaam,
    NieuwPostadres,
    NieuwTelefoon,
    OngeldigeWaarde,
    ProcesGesloten,
    Rol,
    los_op,
    wijkt_af,
)
from tests.klanten.conftest import gang
from tests.mensen import NOOR, NU, OMAR, WATERVEEN

DAG = dt.timedelta(days=1)
OMAR_MELDT = HoudOpDeHoogte("Omar", NieuwTelefoon("0612345678"))
HIER = NieuwPostadres(postcode="1234AB", huisnummer=1)
DAAR = NieuwPostadres(postcode="5678CD", huisnummer=2)


@pytest.fixture
def processen(db: None) -> None:
    termijn = 30 * DAG
    Proces.objects.create(
        code="losse-tegel", omschrijving="Losse tegel", open_kanaal=True, bewaartermijn=termijn
    )
    Proces.objects.create(
        code="anoniem", omschrijving="Tip", open_kanaal=True, bsn_vrij=True, bewaartermijn=termijn
    )
    Proces.objects.create(code="vergunning", omschrijving="Vergunning", bewaartermijn=termijn)


def meld(proces: str = "losse-tegel", **velden: object) -> Ontvangst:
    vast = {"soort": Interactiesoort.MELDING, "bronorganisatie": WATERVEEN, "op": NU}
    return handelingen.ontvang_interactie(proces=proces, **{**vast, **velden})  # type: ignore[arg-type]


@pytest.mark.uitgangspunt("MIN-2")
def test_een_melding_kan_zonder_enig_gegeven(processen: None) -> None:
    assert meld().klant is None
    assert (Klant.objects.count(), DigitaalAdres.objects.count()) == (0, 0)


@pytest.mark.uitgangspunt("MIN-3")
@pytest.mark.parametrize("adres", [NieuwTelefoon("0612345678"), NieuwEmail("omar@example.nl")])
def test_op_de_hoogte_blijven_vraagt_een_naam_en_een_adres(
    adres: NieuwTelefoon | NieuwEmail,
) -> None:
    assert HoudOpDeHoogte("O", adres).voornaam == "O"
    with pytest.raises(OngeldigeWaarde):
        HoudOpDeHoogte(" ", adres)


@pytest.mark.uitgangspunt("VAL-2")
def test_wie_niet_inlogt_wordt_een_niet_gevalideerde_klant(processen: None) -> None:
    klant = Klant.objects.get(pk=meld(contact=OMAR_MELDT).klant)
    assert (klant.gevalideerd, klant.subjectsoort, klant.subject_index) == (False, "", "")
    assert Gebeurtenis.objects.get().soort == "klant.aangemaakt"


def test_een_gesloten_proces_vraagt_om_in_te_loggen(processen: None) -> None:
    with pytest.raises(ProcesGesloten):
        meld("vergunning", contact=OMAR_MELDT)
    assert not Interactie.objects.exists()


@pytest.mark.uitgangspunt("VAL-4")
def test_in_een_proces_zonder_bsn_blijft_ook_wie_inlogt_onbekend(
    processen: None, klant_noor: Klant
) -> None:
    ontvangst = meld("anoniem", contact=OMAR_MELDT, door=NOOR)
    assert ontvangst.klant is None
    assert not Koppeling.objects.exists()
    afwijking = Afwijkend.objects.get()
    assert (afwijking.voornaam, afwijking.gegeven_door) == ("Omar", "anoniem")


@pytest.mark.uitgangspunt("OVR-1", "OVR-3")
def test_de_eigen_klant_verandert_niet_door_een_melding(processen: None, klant_noor: Klant) -> None:
    contact = HoudOpDeHoogte("Noor", NieuwTelefoon("0612345678"))
    ontvangst = meld(contact=contact, door=NOOR)
    assert ontvangst.klant == klant_noor.pk
    afwijking = Afwijkend.objects.get()
    assert (afwijking.voornaam, afwijking.telefoonnummer) == ("", "+31612345678")
    assert Gebeurtenis.objects.count() == 1


@pytest.mark.uitgangspunt("VAL-8", "USE-2")
def test_losse_gegevens_vindt_niemand_buiten_hun_interactie(processen: None) -> None:
    meld(contact=OMAR_MELDT)
    assert not Klant.objects.van(OMAR).exists()
    assert not Klant.objects.klantbeeld().exists()
    assert handelingen.eigen_interacties(OMAR) == []
    tweede = meld(contact=OMAR_MELDT)
    assert Klant.objects.exclude(pk=tweede.klant).count() == 1


@pytest.mark.uitgangspunt("USE-5")
def test_een_klant_ziet_al_haar_interacties(processen: None, klant_noor: Klant) -> None:
    gemaakt = {meld(door=NOOR).interactie for _ in range(3)}
    assert {rij.pk for rij in handelingen.eigen_interacties(NOOR)} == gemaakt


@pytest.mark.uitgangspunt("CARD-5")
def test_een_rol_kan_maar_een_keer(processen: None, klant_noor: Klant) -> None:
    ontvangst = meld(door=NOOR)
    rollen = [Rol.BELANGHEBBENDE, Rol.BELANGHEBBENDE]
    handelingen.koppel(klant_noor.pk, interactie=ontvangst.interactie, rol=rollen[0], door=NOOR)
    with pytest.raises(BestaatAl):
        handelingen.koppel(klant_noor.pk, interactie=ontvangst.interactie, rol=rollen[1], door=NOOR)
    with pytest.raises(NietGevonden):
        handelingen.koppel(klant_noor.pk, interactie=ontvangst.interactie, rol=rollen[0], door=OMAR)
    assert Koppeling.objects.count() == 2


@pytest.mark.uitgangspunt("USE-8")
def test_na_de_termijn_verdwijnt_alles_van_de_interactie(processen: None) -> None:
    ontvangst = meld(contact=OMAR_MELDT)
    handelingen.sluit_interactie_af(ontvangst.interactie, op=NU)
    assert opruimen.ruim_interacties_op(op=NU + 30 * DAG - dt.timedelta(seconds=1)) == 0
    assert opruimen.ruim_interacties_op(op=NU + 30 * DAG) == 1
    assert (Interactie.objects.count(), Klant.objects.count()) == (0, 0)
    laatste = Gebeurtenis.objects.order_by("versie").last()
    assert laatste
    assert laatste.soort == "klant.verwijderd"


@pytest.mark.uitgangspunt("USE-8")
def test_een_gevalideerde_klant_overleeft_haar_interactie(
    processen: None, klant_noor: Klant
) -> None:
    ontvangst = meld(door=NOOR)
    handelingen.sluit_interactie_af(ontvangst.interactie, op=NU)
    opruimen.ruim_interacties_op(op=NU + 30 * DAG)
    assert Klant.objects.get() == klant_noor


@pytest.mark.uitgangspunt("OVR-1", "OVR-2", "OVR-3")
def test_een_afwijking_geldt_alleen_voor_haar_interactie(
    processen: None, klant_noor: Klant
) -> None:
    een, ander = meld(door=NOOR), meld(door=NOOR)
    gegevens = Contactgegevens(voornaam="Eleonora", correspondentieadres=DAAR)
    overrule(een, gegevens)
    assert contact(een).voornaam == "Eleonora"
    assert contact(een).correspondentieadres == DAAR
    assert contact(ander).voornaam == "Noor"
    assert Gebeurtenis.objects.count() == 1
    overrule(een, Contactgegevens())
    assert (contact(een).voornaam, Afwijkend.objects.count()) == ("Noor", 0)


def contact(ontvangst: Ontvangst) -> Contactgegevens:
    rij = Interactie.objects.get(pk=ontvangst.interactie)
    return handelingen.contact_bij(rij, rij.klanten.get(), op=NU)


@pytest.mark.uitgangspunt("OVR-1")
def test_een_ander_kan_mijn_interactie_niet_overrulen(processen: None, klant_noor: Klant) -> None:
    een = meld(door=NOOR)
    with pytest.raises(NietGevonden):
        overrule(een, Contactgegevens(voornaam="X"), door=OMAR)


@pytest.mark.uitgangspunt("OVR-1")
def test_wie_te_laat_is_overschrijft_geen_andere_afwijking(
    processen: None, klant_noor: Klant
) -> None:
    een = meld(door=NOOR)
    gezien = nu_van(een)
    overrule(een, Contactgegevens(voornaam="Eleonora"))
    with pytest.raises(IntussenGewijzigd):
        overrule(een, Contactgegevens(voornaam="Nora"), gezien=gezien)
    assert contact(een).voornaam == "Eleonora"
    overrule(een, Contactgegevens(voornaam="Eleonora"), gezien=gezien)
    overrule(een, Contactgegevens(voornaam="Nora"))
    assert contact(een).voornaam == "Nora"


def nu_van(ontvangst: Ontvangst) -> str:
    return handelingen.afdruk_van_afwijking(Interactie.objects.get(pk=ontvangst.interactie))


def overrule(
    ontvangst: Ontvangst,
    gegevens: Contactgegevens,
    *,
    gezien: str = "",
    door: Authenticatie = NOOR,
) -> None:
    """Zet dit voor deze ene keer anders, in een bladzijde die nu geopend is."""
    handelingen.overrule(
        ontvangst.interactie, gegevens=gegevens, gezien=gezien or nu_van(ontvangst), door=door,
        op=NU,
    )  # fmt: skip


@pytest.mark.uitgangspunt("OVR-2", "REG-5")
@pytest.mark.parametrize(
    ("afwijkend", "klant", "register", "vereist", "verwacht"),
    [
        (None, None, None, False, None),
        (None, HIER, None, False, HIER),
        (DAAR, HIER, None, False, DAAR),
        (DAAR, None, HIER, False, DAAR),
        (DAAR, HIER, None, True, None),
        (DAAR, DAAR, HIER, True, HIER),
    ],
)
def test_welk_adres_er_geldt(
    afwijkend: NieuwPostadres | None,
    klant: NieuwPostadres | None,
    register: NieuwPostadres | None,
    vereist: bool,
    verwacht: NieuwPostadres | None,
) -> None:
    geldt = los_op(
        afwijkend=Contactgegevens(voornaam="Afwijkend", correspondentieadres=afwijkend),
        klant=Contactgegevens(voornaam="Klant", correspondentieadres=klant),
        registeradres=register,
        vereist_registeradres=vereist,
    )
    assert (geldt.correspondentieadres, geldt.voornaam) == (verwacht, "Afwijkend")


@pytest.mark.uitgangspunt("OVR-3")
@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("voornaam", "Noor"),
        ("emailadres", "noor@example.nl"),
        ("telefoonnummer", "+31612345678"),
        ("correspondentieadres", HIER),
        ("voorkeurskanaal", "post"),
        ("voorkeurstaal", "en"),
    ],
)
def test_wat_gelijk_is_aan_de_klant_wordt_niet_bewaard(veld: str, waarde: object) -> None:
    gekozen = Contactgegevens(**{veld: waarde})  # type: ignore[arg-type]
    assert wijkt_af(gekozen, standaard=gekozen).leeg()
    assert wijkt_af(gekozen, standaard=Contactgegevens()) == gekozen


def test_twee_organisaties_zien_elkaars_klanten_niet(klant_noor: Klant) -> None:
    elders = replace(NOOR, bronorganisatie="001005650")
    assert not Klant.objects.van(elders).exists()
    with pytest.raises(NietGevonden):
        handelingen.wijzig_naam(klant_noor.pk, naam=NieuweNaam("X"), **gang(elders, gezien=1))
