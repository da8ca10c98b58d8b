"""De mensen van de tests: hoe zij ingelogd zijn, als Authenticatie van het domein."""

import datetime as dt
from dataclasses import replace

from accounts.niveaus import Niveau
from portal.klanten.regels import Authenticatie, Subjectsoort

NU = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.UTC)
WATERVEEN = "823288444"
HEUVELLAND = "001005650"

NOOR = Authenticatie(
    bronorganisatie=WATERVEEN,
    subjectsoort=Subjectsoort.NATUURLIJK_PERSOON,
    subject_index="index-van-noor",
    subject_verzegeld="verzegeld-van-noor",
    middel="digid",
    niveau=Niveau.SUBSTANTIEEL,
    vereist=Niveau.MIDDEN,
    handelende="pseudoniem-noor",
)
OMAR = replace(
    NOOR,
    subject_index="index-van-omar",
    subject_verzegeld="verzegeld-van-omar",
    handelende="pseudoniem-omar",
)
DE_KORENBLOEM = Authenticatie(
    bronorganisatie=WATERVEEN,
    subjectsoort=Subjectsoort.NIET_NATUURLIJK_PERSOON,
    subject_index="index-van-kvk-korenbloem",
    subject_verzegeld="verzegeld-van-korenbloem",
    bedrijf_index="index-van-kvk-korenbloem",
    rsin_index="index-van-rsin-korenbloem",
    middel="eherkenning",
    niveau=Niveau.SUBSTANTIEEL,
    vereist=Niveau.MIDDEN,
    handelende="pseudoniem-bakker",
)
KORENBLOEM_AAN_DE_HAVEN = replace(
    DE_KORENBLOEM,
    subjectsoort=Subjectsoort.VESTIGING,
    subject_index="index-van-vestiging-haven",
    subject_verzegeld="verzegeld-van-vestiging-haven",
    handelende="pseudoniem-bedrijfsleider",
)
ELENI = Authenticatie(
    bronorganisatie=WATERVEEN,
    subjectsoort=Subjectsoort.BUITENLANDS,
    subject_index="index-van-eleni",
    subject_verzegeld="verzegeld-van-eleni",
    land="GR",
    middel="eidas",
    niveau=Niveau.SUBSTANTIEEL,
    vereist=Niveau.MIDDEN,
    handelende="pseudoniem-eleni",
)
YAMADA_GMBH = replace(
    ELENI,
    subject_index="index-van-yamada",
    subject_verzegeld="verzegeld-van-yamada",
    land="DE",
    organisatie=True,
    handelende="pseudoniem-yamada",
)
