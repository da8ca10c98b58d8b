"""De enige schrijver van het domein: één handeling per functie, elk één transactie.

Every act takes `door=`, `gezien=`, `sleutel=` and `op=` (see Gang) and returns an Uitkomst.
"""

from portal.klanten.handelingen.afwijken import (
    afdruk_van_afwijking,
    afwijking_van,
    contact_bij,
    overrule,
    standaard_van,
)
from portal.klanten.handelingen.bevestigen import bevestig, stuur_code_opnieuw
from portal.klanten.handelingen.bewaargronden import (
    hef_bewaargrond_op,
    leg_bewaargrond_vast,
    werk_gronden_bij,
)
from portal.klanten.handelingen.claimen import (
    Claimbaar,
    begin_claim,
    bewijs_claim,
    claim_klant,
    voeg_samen,
    wat_vervalt,
)
from portal.klanten.handelingen.digitaal import (
    maak_standaard,
    verwijder_digitaal_adres,
    voeg_digitaal_adres_toe,
    wijzig_digitaal_adres,
)
from portal.klanten.handelingen.herstel import (
    herstel_met_link,
    herstel_postadres,
    kijk_herstellink,
)
from portal.klanten.handelingen.interacties import (
    TEKST_HOOGUIT,
    Ontvangst,
    eigen_interacties,
    koppel,
    ontvang_interactie,
    sluit_interactie_af,
)
from portal.klanten.handelingen.klant import laat_van_zich_horen, registreer_klant
from portal.klanten.handelingen.naam import verwijder_naam, wijzig_naam
from portal.klanten.handelingen.overnemen import neem_over
from portal.klanten.handelingen.postadres import verwijder_postadres, wijzig_postadres
from portal.klanten.handelingen.rekening import (
    verwijder_rekeningnummer,
    wacht_met_ingaan,
    wijzig_rekeningnummer,
)
from portal.klanten.handelingen.terugmelden import (
    eigen_terugmeldingen,
    meld_terug,
    zet_terugmeldstatus,
)
from portal.klanten.handelingen.transactie import Gang
from portal.klanten.handelingen.verwijderen import (
    hervat_verwijdering,
    trek_verwijdering_in,
    vasthoudingen,
    verwijder_klant,
    verwijder_waarden,
    vroegst_weg,
    wachtende_verwijderingen,
)
from portal.klanten.handelingen.voorkeuren import wijzig_voorkeuren

__all__ = [
    "TEKST_HOOGUIT",
    "Claimbaar",
    "Gang",
    "Ontvangst",
    "afdruk_van_afwijking",
    "afwijking_van",
    "begin_claim",
    "bevestig",
    "bewijs_claim",
    "claim_klant",
    "contact_bij",
    "eigen_interacties",
    "eigen_terugmeldingen",
    "hef_bewaargrond_op",
    "herstel_met_link",
    "herstel_postadres",
    "hervat_verwijdering",
    "kijk_herstellink",
    "koppel",
    "laat_van_zich_horen",
    "leg_bewaargrond_vast",
    "maak_standaard",
    "meld_terug",
    "neem_over",
    "ontvang_interactie",
    "overrule",
    "registreer_klant",
    "sluit_interactie_af",
    "standaard_van",
    "stuur_code_opnieuw",
    "trek_verwijdering_in",
    "vasthoudingen",
    "verwijder_digitaal_adres",
    "verwijder_klant",
    "verwijder_naam",
    "verwijder_postadres",
    "verwijder_rekeningnummer",
    "verwijder_waarden",
    "voeg_digitaal_adres_toe",
    "voeg_samen",
    "vroegst_weg",
    "wacht_met_ingaan",
    "wachtende_verwijderingen",
    "wat_vervalt",
    "werk_gronden_bij",
    "wijzig_digitaal_adres",
    "wijzig_naam",
    "wijzig_postadres",
    "wijzig_rekeningnummer",
    "wijzig_voorkeuren",
    "zet_terugmeldstatus",
]
