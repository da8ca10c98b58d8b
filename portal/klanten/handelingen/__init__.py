"""De enige schrijver van het domein: één handeling per functie, elk één transactie.

Every act takes `door=`, `gezien=`, `sleutel=` and `op=` (see Gang) and returns an Uitkomst.
"""

from portal.klanten.handelingen.bevestigen import bevestig, stuur_code_opnieuw
from portal.klanten.handelingen.bewaargronden import (
    hef_bewaargrond_op,
    leg_bewaargrond_vast,
    werk_gronden_bij,
)
from portal.klanten.handelingen.digitaal import (
    maak_standaard,
    verwijder_digitaal_adres,
    voeg_digitaal_adres_toe,
    wijzig_digitaal_adres,
)
from portal.klanten.handelingen.herstel import herstel_met_link, kijk_herstellink
from portal.klanten.handelingen.klant import registreer_klant
from portal.klanten.handelingen.naam import verwijder_naam, wijzig_naam
from portal.klanten.handelingen.postadres import verwijder_postadres, wijzig_postadres
from portal.klanten.handelingen.rekening import verwijder_rekeningnummer, wijzig_rekeningnummer
from portal.klanten.handelingen.transactie import Gang
from portal.klanten.handelingen.verwijderen import (
    hervat_verwijdering,
    trek_verwijdering_in,
    vasthoudingen,
    verwijder_klant,
    vroegst_weg,
    wachtende_verwijderingen,
)
from portal.klanten.handelingen.voorkeuren import wijzig_voorkeuren

__all__ = [
    "Gang",
    "bevestig",
    "hef_bewaargrond_op",
    "herstel_met_link",
    "hervat_verwijdering",
    "kijk_herstellink",
    "leg_bewaargrond_vast",
    "maak_standaard",
    "registreer_klant",
    "stuur_code_opnieuw",
    "trek_verwijdering_in",
    "vasthoudingen",
    "verwijder_digitaal_adres",
    "verwijder_klant",
    "verwijder_naam",
    "verwijder_postadres",
    "verwijder_rekeningnummer",
    "voeg_digitaal_adres_toe",
    "vroegst_weg",
    "wachtende_verwijderingen",
    "werk_gronden_bij",
    "wijzig_digitaal_adres",
    "wijzig_naam",
    "wijzig_postadres",
    "wijzig_rekeningnummer",
    "wijzig_voorkeuren",
]
