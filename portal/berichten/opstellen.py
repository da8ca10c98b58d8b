"""Van soort en gegevens naar onderwerp en tekst, in de taal die de klant koos."""

from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from portal.gemeente import gemeente


def stel_op(soort: str, kanaal: str, taal: str, gegevens: Mapping[str, object]) -> tuple[str, str]:
    """Geef onderwerp en tekst; de eerste regel van een e-mailsjabloon is het onderwerp.

    The subject never holds a value of a person (MIN-6): templates put values in the text only. An
    SMS has no subject. A language that we do not write in becomes Dutch. The phone number of the
    municipality has ordinary spaces: one other sign would halve the length of an SMS.
    """
    context = {
        **gegevens,
        "organisatie": settings.ORGANISATIE_NAAM,
        "portaal_url": settings.PORTAAL_URL,
        "telefoon": gemeente().telefoon.replace("\N{NO-BREAK SPACE}", " "),
    }
    met_taal = taal if taal in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(met_taal):
        tekst = render_to_string(f"berichten/{soort}.{kanaal}.txt", context).strip()
    if kanaal == "sms":
        return "", tekst
    onderwerp, _, rest = tekst.partition("\n")
    return onderwerp.strip(), rest.strip() + "\n"
