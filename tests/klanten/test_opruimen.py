"""Wat vanzelf gebeurt: de dag ervoor nog niet, op de dag zelf wel, en daarna niet nog eens."""

import datetime as dt
from uuid import UUID

import pytest

from portal.klanten import gevolgen, handelingen
from portal.klanten.handelingen import opruimen
from portal.klanten.models import (
    Code,
    DigitaalAdres,
    Gebeurtenis,
    Handelingsleutel,
    Herstel,
    Klant,
    Rekeningnummer,
)
from portal.klanten.regels import Bericht, NieuwEmail, NieuweNaam, NieuwRekeningnummer, Zaak
from tests.klanten.conftest import gang
from tests.mensen import NU

pytestmark = pytest.mark.django_db

SECONDE, DAG = dt.timedelta(seconds=1), dt.timedelta(days=1)
JAREN = 5 * 365 * DAG
EERSTE = NieuwRekeningnummer(iban="NL91ABNA0417164300", tenaamstelling="N. Jansen")
TWEEDE = NieuwRekeningnummer(iban="DE89370400440532013000", tenaamstelling="N. Jansen")


def test_een_gewijzigd_rekeningnummer_gaat_in_na_de_afkoeling(klant_noor: Klant) -> None:
    handelingen.wijzig_rekeningnummer(klant_noor.pk, rekening=EERSTE, **gang(gezien=1))
    handelingen.wijzig_rekeningnummer(klant_noor.pk, rekening=TWEEDE, **gang(gezien=2))
    assert opruimen.laat_rekeningen_ingaan(op=NU + 3 * DAG - SECONDE) == 0
    assert opruimen.laat_rekeningen_ingaan(op=NU + 3 * DAG) == 1
    assert opruimen.laat_rekeningen_ingaan(op=NU + 4 * DAG) == 0
    rij = Rekeningnummer.objects.get()
    assert (rij.iban, rij.stand) == (TWEEDE.iban, "in_gebruik")
    assert Gebeurtenis.objects.filter(soort="klant.gewijzigd").count() == 3


def test_wie_weer_het_oude_nummer_geeft_houdt_geen_ander_over(klant_noor: Klant) -> None:
    handelingen.wijzig_rekeningnummer(klant_noor.pk, rekening=EERSTE, **gang(gezien=1))
    handelingen.wijzig_rekeningnummer(klant_noor.pk, rekening=TWEEDE, **gang(gezien=2))
    handelingen.wijzig_rekeningnummer(klant_noor.pk, rekening=EERSTE, **gang(gezien=3))
    assert opruimen.laat_rekeningen_ingaan(op=NU + 3 * DAG) == 0
    assert [rij.iban for rij in Rekeningnummer.objects.all()] == [EERSTE.iban]


def test_weghalen_en_opnieuw_geven_omzeilt_de_afkoeling_niet(klant_noor: Klant) -> None:
    eerste = handelingen.wijzig_rekeningnummer(klant_noor.pk, rekening=EERSTE, **gang(gezien=1))
    assert eerste.waarde
    handelingen.verwijder_rekeningnummer(klant_noor.pk, waarde=eerste.waarde, **gang(gezien=2))
    handelingen.wijzig_rekeningnummer(klant_noor.pk, rekening=TWEEDE, **gang(gezien=3))
    assert Rekeningnummer.objects.get().stand == "voorgesteld"


def test_een_voorstel_dat_niemand_bevestigt_vervalt_na_een_week(klant_noor: Klant) -> None:
    adres = NieuwEmail("noor@example.nl")
    handelingen.voeg_digitaal_adres_toe(klant_noor.pk, adres=adres, **gang(gezien=1))
    assert opruimen.laat_voorstellen_vervallen(op=NU + 7 * DAG - SECONDE) == 0
    assert opruimen.laat_voorstellen_vervallen(op=NU + 7 * DAG) == 1
    assert not DigitaalAdres.objects.exists()
    assert Gebeurtenis.objects.get(versie=3).velden == ["email"]


def test_na_jaren_stilte_komen_twee_berichten_en_gaat_de_klant_weg(
    klant_noor: Klant, adres_noor: DigitaalAdres, post: list[Bericht]
) -> None:
    stappen = [(-SECONDE, 0), (0 * DAG, 1), (29 * DAG, 0), (30 * DAG, 1), (59 * DAG, 0)]
    for later, verwacht in stappen:
        assert opruimen.handel_ongebruikt_af(op=NU + JAREN + later) == verwacht
    assert [bericht.soort for bericht in post[-2:]] == ["ongebruikt_eerste", "ongebruikt_tweede"]
    assert opruimen.handel_ongebruikt_af(op=NU + JAREN + 60 * DAG) == 1
    assert not Klant.objects.exists()


def test_twee_rondes_tegelijk_schrijven_een_keer(
    klant_noor: Klant,
    adres_noor: DigitaalAdres,
    post: list[Bericht],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other round comes between the list and the lock: where the source of zaken is asked."""
    bezig: list[UUID] = []

    def andere_ronde(klant_id: UUID) -> list[Zaak]:
        if not bezig:
            bezig.append(klant_id)
            assert opruimen.handel_ongebruikt_af(op=NU + JAREN) == 1
        return []

    monkeypatch.setattr(gevolgen, "_zakenbronnen", {"proef": andere_ronde})
    post.clear()
    assert opruimen.handel_ongebruikt_af(op=NU + JAREN) == 0
    assert [bericht.soort for bericht in post] == ["ongebruikt_eerste"]


def test_wie_weer_iets_doet_is_niet_meer_ongebruikt(klant_noor: Klant) -> None:
    opruimen.handel_ongebruikt_af(op=NU + JAREN)
    anders = gang(gezien=1, na=JAREN + DAG)
    handelingen.wijzig_naam(klant_noor.pk, naam=NieuweNaam("Noortje"), **anders)
    assert opruimen.handel_ongebruikt_af(op=NU + JAREN + 90 * DAG) == 0


def test_feiten_van_een_verwijderde_klant_blijven_negentig_dagen(klant_noor: Klant) -> None:
    handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=1))
    assert opruimen.ruim_gebeurtenissen_op(op=NU + 90 * DAG - SECONDE) == 0
    assert opruimen.ruim_gebeurtenissen_op(op=NU + 90 * DAG) == 2
    assert not Gebeurtenis.objects.exists()


def test_feiten_van_een_bestaande_klant_blijven(klant_noor: Klant) -> None:
    assert opruimen.ruim_gebeurtenissen_op(op=NU + JAREN) == 0


def test_feiten_die_nog_bezorgd_moeten_worden_blijven(
    klant_noor: Klant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bezorgt_nog(onderwerpen: set[UUID], op: dt.datetime) -> set[UUID]:
        return set(onderwerpen)

    monkeypatch.setattr(gevolgen, "_nog_nodig", {"webhooks": bezorgt_nog})
    handelingen.verwijder_klant(klant_noor.pk, **gang(gezien=1))
    assert opruimen.ruim_gebeurtenissen_op(op=NU + JAREN) == 0


def test_bewijs_gaat_weg_als_het_niet_meer_werkt(
    klant_noor: Klant, adres_noor: DigitaalAdres
) -> None:
    handelingen.verwijder_digitaal_adres(klant_noor.pk, waarde=adres_noor.pk, **gang(gezien=3))
    opruimen.ruim_bewijs_op(op=NU + DAG - SECONDE)
    assert (Code.objects.count(), Herstel.objects.count()) == (1, 1)
    opruimen.ruim_bewijs_op(op=NU + DAG)
    assert (Code.objects.count(), Herstel.objects.count()) == (0, 1)
    opruimen.ruim_bewijs_op(op=NU + 10 * DAG)
    assert (Herstel.objects.count(), Handelingsleutel.objects.count()) == (0, 0)
