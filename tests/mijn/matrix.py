"""Eén rij per adres van de burgerkant: wie mag het, met welke methode, en wat komt er dan.

`tests/mijn/test_matrix.py` leest de adressen uit de resolver: een nieuw adres zonder rij is rood.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import URLPattern, get_resolver

BUITEN = (
    "beheer/",
    "api/",
    "klanten/api/",
    "notificaties/api/",
    "schemas/",
    "registers/",
    "nagebootst/",
)
"""Beheer en systemen hebben eigen tabellen; de nagebootste aanbieder is er niet in productie."""
OPENBAAR = ""
NIET = 405


class Rij(NamedTuple):
    """`handeling` is leeg voor een openbaar adres; `get` en `post` zijn het antwoord aan Noor.

    `post` is that to an empty form, `met` names what of hers stands in the address.
    """

    handeling: str
    get: int
    post: int = NIET
    met: tuple[str, ...] = ()


def _van_soort(soort: str) -> dict[str, Rij]:
    return {
        f"mijn:{soort}_toevoegen": Rij("contactgegevens", 200, 422),
        f"mijn:{soort}_wijzigen": Rij("contactgegevens", 200, 200, (soort,)),
        f"mijn:{soort}_bevestigen": Rij("bevestigen", 303, 303, (soort,)),  # nothing to confirm
        f"mijn:{soort}_nieuwe_code": Rij("bevestigen", NIET, 303, (soort,)),
        f"mijn:{soort}_eerst": Rij("contactgegevens", 200, 422, (soort,)),
        f"mijn:{soort}_verwijderen": Rij("contactgegevens", 200, 422, (soort,)),
    }


RIJEN: dict[str, Rij] = {
    "openbaar:start": Rij(OPENBAAR, 302),
    "openbaar:hulp": Rij(OPENBAAR, 200),
    "openbaar:privacy": Rij(OPENBAAR, 200),
    "openbaar:cookies": Rij(OPENBAAR, 200),
    "openbaar:toegankelijkheid": Rij(OPENBAAR, 200),
    "openbaar:kwetsbaarheid": Rij(OPENBAAR, 200),
    "openbaar:welke_gegevens": Rij(OPENBAAR, 200),
    "openbaar:security_txt": Rij(OPENBAAR, 200),
    "openbaar:robots": Rij(OPENBAAR, 200),
    "mijn:overzicht": Rij("inzien", 200),
    "mijn:namens_wie": Rij("inzien", 200, 200),
    "mijn:beveiliging": Rij("beveiliging", 200),
    "mijn:inlog_niet_herkend": Rij("beveiliging", NIET, 303, ("inlogregel",)),
    "mijn:overal_uitloggen": Rij("beveiliging", NIET, 302),
    "mijn:gegevens": Rij("inzien", 200),
    "mijn:paneel": Rij("inzien", 303, NIET, ("paneel",)),
    "mijn:naam": Rij("naam", 200, 422),
    "mijn:naam_verwijderen": Rij("naam", 200, 422),
    "mijn:adres": Rij("postadres", 200, 422),
    "mijn:adreshulp": Rij("postadres", NIET, 204),
    "mijn:adres_buitenland": Rij("postadres", 200, 422),
    "mijn:adres_verwijderen": Rij("postadres", 200, 422),
    "mijn:voorstellen": Rij("contactgegevens", 200),
    "mijn:voorstel_overnemen": Rij("contactgegevens", NIET, 404, ("elders",)),
    "mijn:voorstel_afwijzen": Rij("contactgegevens", NIET, 404, ("elders",)),
    "mijn:contactpunten": Rij("inzien", 404),
    "mijn:contactpunt_openen": Rij("inzien", NIET, 404),
    "mijn:contactpunt_toevoegen": Rij("contactpunt", 404, 404),
    **_van_soort("telefoon"),
    **_van_soort("email"),
    "mijn:rekening": Rij("rekeningnummer", 200, 422),
    "mijn:rekening_controle": Rij("rekeningnummer", 303, 303),
    "mijn:rekening_tonen": Rij("inzien", NIET, 200),
    "mijn:rekening_verwijderen": Rij("rekeningnummer", 200, 422, ("rekening",)),
    "mijn:klopt_niet": Rij("terugmelden", 200, 422, ("gegeven",)),
    "mijn:meldingen": Rij("inzien", 200),
    "mijn:melding_nieuw": Rij(OPENBAAR, 200, 422),
    "mijn:melding": Rij("overrulen", 200, 422, ("interactie",)),
    "mijn:koppelen": Rij("claimen", 200, 422),
    "mijn:koppelen_code": Rij("claimen", 200, 422),
    "mijn:koppelen_kiezen": Rij("claimen", 303, 303),
    "mijn:geschiedenis": Rij("inzien", 200),
    "mijn:terugzetten": Rij("herstellen", 200, 422, ("gebeurtenis", "veld")),
    "mijn:gebruik": Rij("inzien", 200),
    "mijn:downloaden": Rij("exporteren", 200, 422),
    "mijn:download_schema": Rij(OPENBAAR, 200),
    "mijn:download_ophalen": Rij("exporteren", 200, NIET, ("download",)),
    "mijn:verwijderen": Rij("verwijderen", 200, 422),
    "mijn:verwijderen_controle": Rij("verwijderen", 303, 303),
    "mijn:verwijderen_klaar": Rij("inzien", 303),
    "mijn:verwijderen_intrekken": Rij("verwijderen", 303, 303),
    "mijn:dit_was_ik_niet": Rij(OPENBAAR, 404, 404, ("token",)),
    "mijn:contactvoorkeuren": Rij("inzien", 200),
    "mijn:voorkeur": Rij("voorkeuren", 200, 422, ("soort",)),
    "accounts:opnieuw": Rij(OPENBAAR, 404),
    "accounts:geannuleerd": Rij(OPENBAAR, 200),
    "accounts:mislukt": Rij(OPENBAAR, 200),
    "accounts:niveau": Rij(OPENBAAR, 200),
    "accounts:geen_toegang": Rij(OPENBAAR, 200),
    "accounts:sleutels": Rij(OPENBAAR, 200),
    "accounts:start": Rij(OPENBAAR, 302, NIET, ("slug",)),
    "accounts:terug": Rij(OPENBAAR, 302, NIET, ("slug",)),
    "accounts:afgemeld": Rij(OPENBAAR, NIET, 400, ("slug",)),
    "accounts:verlengen": Rij(OPENBAAR, NIET, 302),
    "accounts:uitloggen": Rij(OPENBAAR, NIET, 302),
    "accounts:uitgelogd": Rij(OPENBAAR, 200),
    "accounts:sessie_verlopen": Rij(OPENBAAR, 200),
    "leeft": Rij(OPENBAAR, 200),
    "gereed": Rij(OPENBAAR, 200),
    "cijfers": Rij(OPENBAAR, 404),
    "taal": Rij(OPENBAAR, NIET, 302),
}


def routes() -> dict[str, URLPattern]:
    """Elk adres van de burgerkant, op naam, zoals de resolver het kent."""
    return {
        naam: patroon
        for naam, weg, patroon in _loop(get_resolver(), "", "")
        if not weg.startswith(BUITEN)
    }


def _loop(bron, weg: str, ruimte: str) -> Iterator[tuple[str, str, URLPattern]]:
    for deel in bron.url_patterns:
        verder = weg + str(deel.pattern)
        if isinstance(deel, URLPattern):
            yield ruimte + str(deel.name), verder, deel
        else:
            yield from _loop(deel, verder, f"{deel.namespace}:" if deel.namespace else ruimte)
