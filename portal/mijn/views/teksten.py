"""Wat de schermen zeggen over een telefoonnummer en over een e-mailadres."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.klanten.regels import Contactsoort


@dataclass(frozen=True, kw_only=True)
class Woorden:
    """Eén zin per moment."""

    toevoegen: Any
    toegevoegd: Any
    wijzigen: Any
    gewijzigd: Any
    eerst: Any
    vraag_eerst: Any
    knop_eerst: Any
    is_eerst: Any
    verwijderen: Any
    vraag_verwijderen: Any
    laatste: Any
    verwijderd: Any
    bevestigen: Any
    verstuurd: Any
    bevestigd: Any


TEKSTEN = {
    Contactsoort.TELEFOON: Woorden(
        toevoegen=_("Telefoonnummer toevoegen"),
        toegevoegd=_(
            "Uw telefoonnummer is opgeslagen. Bevestig het met de code die u per sms krijgt."
        ),
        wijzigen=_("Telefoonnummer wijzigen"),
        gewijzigd=_(
            "Uw telefoonnummer is opgeslagen. "
            "Een nieuw nummer gebruiken wij pas als u het bevestigt."
        ),
        eerst=_("Dit nummer het eerst bellen"),
        vraag_eerst=_("Wilt u dat wij %(waarde)s het eerst bellen?"),
        knop_eerst=_("Ja, bel dit nummer eerst"),
        is_eerst=_("Wij bellen dit nummer nu het eerst."),
        verwijderen=_("Telefoonnummer verwijderen"),
        vraag_verwijderen=_("Wilt u %(waarde)s verwijderen?"),
        laatste=_(
            "Dit is uw laatste telefoonnummer. Wij kunnen u daarna niet meer bellen of sms'en."
        ),
        verwijderd=_("Uw telefoonnummer is verwijderd."),
        bevestigen=_("Bevestig uw telefoonnummer"),
        verstuurd=_(
            "Wij stuurden een code naar %(waarde)s. Vul de 6 cijfers in. De code werkt 15 minuten. "
            "Niets gekregen? Vraag dan een nieuwe code."
        ),
        bevestigd=_("Uw telefoonnummer is bevestigd. Wij gebruiken het vanaf nu."),
    ),
    Contactsoort.EMAIL: Woorden(
        toevoegen=_("E-mailadres toevoegen"),
        toegevoegd=_("Uw e-mailadres is opgeslagen. Bevestig het met de code die wij u mailen."),
        wijzigen=_("E-mailadres wijzigen"),
        gewijzigd=_(
            "Uw e-mailadres is opgeslagen. Een nieuw adres gebruiken wij pas als u het bevestigt."
        ),
        eerst=_("Dit adres het eerst mailen"),
        vraag_eerst=_("Wilt u dat wij %(waarde)s het eerst mailen?"),
        knop_eerst=_("Ja, mail dit adres eerst"),
        is_eerst=_("Wij mailen dit adres nu het eerst."),
        verwijderen=_("E-mailadres verwijderen"),
        vraag_verwijderen=_("Wilt u %(waarde)s verwijderen?"),
        laatste=_(
            "Dit is uw laatste e-mailadres. Wij kunnen u daarna alleen nog per brief bereiken."
        ),
        verwijderd=_("Uw e-mailadres is verwijderd."),
        bevestigen=_("Bevestig uw e-mailadres"),
        verstuurd=_(
            "Wij mailden een code naar %(waarde)s. Vul de 6 cijfers in. De code werkt 15 minuten. "
            "Niets gekregen? Kijk bij ongewenste e-mail of vraag een nieuwe code."
        ),
        bevestigd=_("Uw e-mailadres is bevestigd. Wij gebruiken het vanaf nu."),
    ),
}
