"""Wat iemand van een abonnement kiest, of dat bruikbaar is, en hoe het in de databank staat."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portal.klanten.regels import OngeldigeWaarde, RegelGeschonden, regel_tekst
from portal.webhooks.bestemming import eis_url
from portal.webhooks.geheimen import inlog_van, verzegelde_inlog
from portal.webhooks.models import Abonnement
from portal.webhooks.models.abonnement import LANGSTE_WACHTTIJD, alle_soorten
from portal.webhooks.pomp.uitgang import maak_tls


@dataclass(frozen=True, kw_only=True)
class Abonnementgegevens:
    """Wat iemand kiest bij het maken of wijzigen; `inlog` is open en wordt verzegeld."""

    naam: str
    contact: str
    url: str
    bronorganisatie: str
    soorten: list[str] = field(default_factory=alle_soorten)
    subjectsoorten: list[str] = field(default_factory=list)
    vorm: str = Abonnement.Vorm.CLOUDEVENTS
    inlogwijze: str = Abonnement.Inlogwijze.GEEN
    inlog: Mapping[str, str] = field(default_factory=dict, repr=False)
    eigen_ca: str = ""
    gelijktijdig: int = 10
    per_minuut: int | None = None
    wachttijd: int = 15


INLOGVELDEN: dict[str, set[str]] = {
    Abonnement.Inlogwijze.GEEN: set(),
    Abonnement.Inlogwijze.BEARER: {"kop"},
    Abonnement.Inlogwijze.OAUTH2: {"token_url", "client_id", "client_secret"},
    Abonnement.Inlogwijze.MTLS: {"certificaat", "sleutel"},
    Abonnement.Inlogwijze.ZGW: {"client_id", "geheim"},
}


def gegevens_van(abonnement: Abonnement) -> Abonnementgegevens:
    """De keuze zoals zij nu is, met de inloggegevens open, om een deel ervan te wijzigen."""
    namen = [veld.name for veld in fields(Abonnementgegevens) if veld.name != "inlog"]
    nu = {naam: getattr(abonnement, naam) for naam in namen}
    return Abonnementgegevens(**nu, inlog=inlog_van(abonnement.inlog_verzegeld))


def kolommen_van(gegevens: Abonnementgegevens) -> dict[str, object]:
    """De keuze als kolommen, inlog verzegeld; raises RegelGeschonden, BestemmingGeweigerd."""
    eis_bruikbaar(gegevens)
    kolommen = {veld.name: getattr(gegevens, veld.name) for veld in fields(gegevens)}
    inlog = kolommen.pop("inlog")
    return kolommen | {"inlog_verzegeld": verzegelde_inlog(inlog)}


def eis_bruikbaar(gegevens: Abonnementgegevens) -> None:
    """Wat iemand kiest moet te bereiken en te mailen zijn; ook het adres dat tokens geeft.

    Raises RegelGeschonden (with its field), BestemmingGeweigerd.
    """
    eis_url(gegevens.url)
    if not 1 <= gegevens.gelijktijdig <= 20:
        raise RegelGeschonden("Kies 1 tot 20 berichten tegelijk.", veld="gelijktijdig")
    if not 1 <= gegevens.wachttijd <= LANGSTE_WACHTTIJD:
        raise RegelGeschonden("Kies een wachttijd van 1 tot 15 seconden.", veld="wachttijd")
    nodig = INLOGVELDEN[gegevens.inlogwijze]
    if gegevens.inlog and not nodig <= set(gegevens.inlog):
        raise RegelGeschonden("De inloggegevens zijn niet volledig.", veld="inlog")
    if token_url := gegevens.inlog.get("token_url"):
        eis_url(token_url)
    _eis_certificaten(gegevens)
    _eis_mailbaar(gegevens)


def eis_inlog(gegevens: Abonnementgegevens) -> None:
    """Wie niet bewaart wat er stond, noemt wat bij de inlogwijze hoort; raises RegelGeschonden."""
    if INLOGVELDEN[gegevens.inlogwijze] and not gegevens.inlog:
        raise RegelGeschonden("Bij deze inlogwijze horen inloggegevens.", veld="inlog")


def _eis_mailbaar(gegevens: Abonnementgegevens) -> None:
    """De naam komt in het onderwerp van een alarm, het contact bij de geadresseerden.

    One that cannot stand there would stop the alarms of everybody. Raises OngeldigeWaarde.
    """
    regel_tekst(gegevens.naam, veld="naam", hooguit=100, verplicht=True)
    try:
        if gegevens.contact:
            validate_email(gegevens.contact)
    except ValidationError:
        melding = "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."
        raise OngeldigeWaarde(melding, veld="contact") from None


def _eis_certificaten(gegevens: Abonnementgegevens) -> None:
    """Wat niet te lezen is, komt er niet in; raises RegelGeschonden."""
    for veld, delen in (
        ("eigen_ca", (gegevens.eigen_ca,)),
        ("inlog", ("", gegevens.inlog.get("certificaat", ""), gegevens.inlog.get("sleutel", ""))),
    ):
        try:
            if any(delen):  # without, it would only read all CAs of the system
                maak_tls(*delen)
        except (OSError, ValueError, TypeError) as fout:  # TypeError: not ASCII
            raise RegelGeschonden("Dit certificaat is niet te lezen (PEM).", veld=veld) from fout
