"""De lastige teksten, en elk formulier van de burgerkant met de plek waar iemand het invult."""

import json
import unicodedata
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from django import forms
from django.db import transaction

from portal.klanten.handelingen import afwijking_van
from portal.klanten.models import (
    DigitaalAdres,
    Interactie,
    Naam,
    Postadres,
    Rekeningnummer,
    Terugmelding,
)
from portal.mijn.forms import afwijken, contact, klopt_niet, meldingen, naam, postadres, rekening
from portal.mijn.forms.eenmalig import EenmaligFormulier
from portal.mijn.forms.velden import Tekst
from tests.mijn.conftest import velden_van

LIJST: list[str] = json.loads((Path(__file__).parent / "lastige_teksten.json").read_text())
LATIJN = "".join(filter(str.isalpha, map(chr, range(0xC0, 0x180)))) + "ȘșȚț"
EIGEN = [
    *(LATIJN[begin : begin + 40] for begin in range(0, len(LATIJN), 40)),
    *(unicodedata.normalize("NFD", LATIJN[b : b + 40]) for b in range(0, len(LATIJN), 40)),
    "O", ".", "'t Hart", "\u2019s-Gravesande", "Jansen\u2013de Vries-van der Berg", "None", "nan",
    "\u202eroov\u202c", "n\u00ado\u200bor", "N\u00a0V", "Noor ", " Noor", "\u00a0Noor\t", "\u3000N",
    "=1+1", "+31", "-1", "@SOM(A1)", "a\t=1", "\uff1d1+1", "\uff20som",
    "{{ 7*7 }}", '{% now "Y" %}', '" hx-get="/overzicht/" hx-trigger="load', "%s%(a)s{0}$1\\1",
    '<b hx-on:click="x">', "https://example.org/", "../../etc/passwd", "a\\u0000b",
    "e\u0301" * 80, "e\u0301" * 200, "x" * 80, "x" * 81, "x" * 200, "x" * 1001, "9" * 5000,
    "\U0001f469\u200d\U0001f680" * 20, "\uff10\uff11\uff12\uff13\uff14\uff15", "1e5", "-0", "NaN",
    "true", "[]", "0x7f", "Noor\n", "\x1fNoor", "a\r\nBcc: b@example.org", "a\x00b", "a\x85b",
    "a\u2028b", "\x7f", "\ufffe",
]  # fmt: skip
"""Wat de openbare lijst niet heeft: letters van de BRP, randen, formules, lengtes, stuurtekens."""
TEKSTEN = LIJST + EIGEN
STEEKPROEF = LIJST[::115] + EIGEN[::9]
RANDEN = " \t\u00a0"
VERBODEN = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\u2028", "\u2029"} - {"\t"}
GEVAARLIJK = set("<>\"'&")


def schoon(tekst: str) -> str:
    """Wat er van een tekst bewaard hoort te blijven (docs/besluiten/0125)."""
    return unicodedata.normalize("NFC", tekst.strip(RANDEN))


def leeg(tekst: str) -> bool:
    """Alleen wit: dan is er niets ingevuld."""
    kaal = schoon(tekst)
    return not kaal or (kaal.isspace() and not VERBODEN & set(kaal))


def bewaard(tekst: str, soort: forms.Field) -> str:
    """Wat dit veld ervan bewaart: een tekstvak houdt regeleinden, als LF en niet aan de randen."""
    kaal = schoon(tekst)
    return kaal.replace("\r\n", "\n").strip(RANDEN + "\n") if isinstance(soort, Tekst) else kaal


def past(tekst: str, hooguit: int) -> bool:
    """Of dit één regel tekst is (security 4.1)."""
    kaal = schoon(tekst)
    return not leeg(tekst) and not VERBODEN & set(kaal) and len(kaal) <= hooguit


def past_in(tekst: str, soort: forms.Field) -> bool:
    """Of dit veld het bewaart: een tekstvak neemt ook regeleinden."""
    kaal = bewaard(tekst, soort)
    return past(kaal.replace("\n", " ") if isinstance(soort, Tekst) else tekst, soort.hooguit)


class Plek(NamedTuple):
    """Een formulier op zijn bladzijde: `goed` is genoeg om op te slaan.

    `nauw` are the text fields with a form of their own (a number, a code); every other text field
    takes any line of text, and `lees` gives what was stored, by the names of the form. `daarna` is
    the page that asks to look once more.
    """

    formulier: type[forms.Form]
    adres: str
    goed: dict[str, str] = {}
    nauw: frozenset[str] = frozenset()
    lees: Callable[[], Any] = SimpleNamespace
    wie: str = "noor"
    daarna: str = ""

    def tekstvelden(self) -> dict[str, forms.Field]:
        """Waar iemand zelf iets typt."""
        return {
            veld: soort
            for veld, soort in self.formulier.base_fields.items()
            if isinstance(soort, forms.CharField) and not soort.widget.is_hidden
        }

    def vrij(self) -> dict[str, forms.Field]:
        """Elk vrij tekstveld."""
        return {v: soort for v, soort in self.tekstvelden().items() if v not in self.nauw}

    def maak(self, gegevens: dict[str, str]) -> forms.Form:
        """Alleen het formulier, zonder bladzijde eromheen."""
        if issubclass(self.formulier, EenmaligFormulier):
            return self.formulier.voor(None, gegevens, rij="proef")
        extra = {"processen": []} if self.formulier is meldingen.MeldingFormulier else {}
        return self.formulier(gegevens, **extra)

    def andere(self) -> list[str]:
        """Keuzes en verborgen velden: ook die kan iemand met van alles versturen."""
        return [veld for veld in self.formulier.base_fields if veld not in self.tekstvelden()]


def _afwijking() -> SimpleNamespace:
    gegevens = afwijking_van(Interactie.objects.get())
    adres = vars(gegevens.correspondentieadres) if gegevens.correspondentieadres else {}
    return SimpleNamespace(voornaam=gegevens.voornaam, **adres)


def _laatste_tekst() -> str | None:
    return Interactie.objects.latest("ontvangen_op").tekst


def _digitaal(waarde: str) -> Callable[[], DigitaalAdres]:
    return lambda: DigitaalAdres.objects.get(waarde=waarde)


def _van(middel: str) -> Callable[[], Naam]:
    return lambda: Naam.objects.get(middel=middel)


HIER = {"soort": "straat", "postcode": "1234 AB", "huisnummer": "1"}
NUMMER = {"postcode", "huisnummer", "huisletter", "toevoeging"}
PERIODE = {"geldig_vanaf", "geldig_tot"}
BEREIK = {"emailadres", "telefoonnummer"}
BELGIE = {"regel1": "Weg 1", "landcode": "BE"}
REGELS = {"regel1", "regel2", "regel3"}
REKENING = "/mijn-gegevens/rekening/"
CONTROLE = f"{REKENING}controle/"
PLEKKEN = [
    Plek(naam.NaamFormulier, "/mijn-gegevens/naam/", lees=_van("digid")),
    Plek(naam.ContactpuntFormulier, "/mijn-gegevens/naam/", wie="bakker", lees=_van("eherkenning")),
    Plek(
        postadres.PostadresFormulier, "/mijn-gegevens/adres/", HIER,
        frozenset(NUMMER | PERIODE), lambda: Postadres.objects.get(),
    ),
    Plek(
        postadres.BuitenlandsAdresFormulier, "/mijn-gegevens/adres/buitenland/", BELGIE,
        frozenset(PERIODE), lambda: Postadres.objects.get(),
    ),
    Plek(
        contact.TelefoonFormulier, "/mijn-gegevens/telefoon/toevoegen/",
        {"waarde": "020 123 45 68"}, frozenset({"waarde"}), _digitaal("+31201234568"),
    ),
    Plek(
        contact.EmailFormulier, "/mijn-gegevens/email/toevoegen/",
        {"waarde": "nieuw@example.org"}, frozenset({"waarde"}), _digitaal("nieuw@example.org"),
    ),
    Plek(
        contact.BevestigFormulier, "/mijn-gegevens/email/{email}/bevestigen/", {"code": "000000"},
        frozenset({"code"}),
    ),
    Plek(
        rekening.RekeningFormulier, REKENING,
        {"iban": "BE71 0961 2345 6769", "tenaamstelling": "N. Vries"}, frozenset({"iban"}),
        lambda: Rekeningnummer.objects.get(iban="BE71096123456769"), daarna=CONTROLE,
    ),
    Plek(
        rekening.RekeningControleFormulier, CONTROLE, {}, frozenset({"iban", "tenaamstelling"}),
    ),
    Plek(
        klopt_niet.KloptNietFormulier, "/mijn-gegevens/klopt-niet/naam/", {"toelichting": "Noor"},
        lees=lambda: Terugmelding.objects.get(),
    ),
    Plek(
        meldingen.MeldingFormulier, "/meldingen/nieuw/",
        {"proces": "straat", "voornaam": "Sam", "bereik": "sam@example.org"}, frozenset({"bereik"}),
        lambda: SimpleNamespace(voornaam=_van("geen")().waarde, tekst=_laatste_tekst()), "niemand",
    ),
    Plek(
        meldingen.ReferentieFormulier, "/meldingen/koppelen/", {}, frozenset({"referentie"}),
    ),
    Plek(
        meldingen.ClaimcodeFormulier, "/meldingen/koppelen/code/", {}, frozenset({"code"}),
    ),
    Plek(
        afwijken.AfwijkFormulier, "/meldingen/{interactie}/", HIER,
        frozenset(NUMMER | BEREIK | REGELS), _afwijking,
    ),
    Plek(
        afwijken.AfwijkFormulier, "/meldingen/{interactie}/", BELGIE,
        frozenset(NUMMER | BEREIK | {"straat", "plaats"}), _afwijking,
    ),
]  # fmt: skip


def met_eigen_vorm() -> list[tuple[Plek, str]]:
    """Elk tekstveld dat niet zomaar een regel tekst is, één keer."""
    vrij = {(plek.formulier, veld) for plek in PLEKKEN for veld in plek.vrij()}
    nauw = {(p.formulier, veld): p for p in reversed(PLEKKEN) for veld in sorted(p.nauw)}
    return [(plek, sleutel[1]) for sleutel, plek in nauw.items() if sleutel not in vrij]


def rondes(
    velden: dict[str, forms.Field], teksten: Sequence[str], *, goed: bool
) -> Iterator[dict[str, str]]:
    """Zo vaak versturen dat elke tekst die past (of juist niet) in elk veld heeft gestaan.

    Elk veld begint ergens anders in de lijst, zodat er telkens andere teksten naast elkaar staan.
    """
    lijsten = {v: [t for t in teksten if past_in(t, s) is goed] for v, s in velden.items()}
    for nummer in range(max(map(len, lijsten.values()), default=0)):
        yield {
            veld: lijst[(nummer + 7 * plaats) % len(lijst)]
            for plaats, (veld, lijst) in enumerate(lijsten.items())
        }


@contextmanager
def alsof() -> Iterator[None]:
    """Wat hierin gebeurt is er daarna niet geweest: elke tekst komt op hetzelfde formulier."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def begin_van(mens: Any, plek: Plek) -> dict[str, str]:
    """Wat er in dit formulier staat als iemand de bladzijde opent, goed ingevuld."""
    velden = {} if plek.adres == CONTROLE else velden_van(mens.get(plek.adres))
    return velden | plek.goed


def verstuur(mens: Any, plek: Plek, velden: dict[str, str], *, htmx: bool) -> Any:
    """Verstuur het formulier, en wie nog eens moet kijken kijkt nog eens; geef het antwoord."""
    koppen = {"HX-Request": "true"} if htmx else {}
    verse_sleutel = {"sleutel": str(uuid.uuid4())} if "sleutel" in velden else {}
    antwoord = mens.post(plek.adres, velden | verse_sleutel, headers=koppen)
    if plek.daarna and plek.daarna in {antwoord.get("Location"), antwoord.get("HX-Redirect")}:
        return mens.verstuur(plek.daarna, htmx=htmx)
    return antwoord


VREEMD = {"script", "iframe", "object", "embed", "marquee", "blink", "video", "audio", "math"}
HANDELING = ("on", "hx-on", "data-hx-on")


class _Elementen(HTMLParser):
    """Elk element met zijn attributen; een boom is hier niet nodig en veel langzamer."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.gezien: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.gezien.append((tag, dict(attrs)))


def eis_alleen_tekst(antwoord: Any, *teksten: str) -> None:
    """Geen tekst werd opmaak: geen element en geen handeling die niet van ons is."""
    if not any(GEVAARLIJK & set(tekst) for tekst in teksten):
        return
    html = antwoord.content.decode("utf-8", "strict")
    deel = html.partition("<main")[2].partition("</main>")[0] or html
    for element, attributen in _Elementen(deel).gezien:
        assert element not in VREEMD, teksten
        if element == "img":
            assert str(attributen.get("src")).startswith("/static/"), teksten
        assert not [naam for naam in attributen if naam.startswith(HANDELING)], teksten
        assert not str(attributen.get("href")).lower().startswith("javascript:"), teksten
