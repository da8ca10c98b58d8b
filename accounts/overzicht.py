"""Who may do what at which level, as a page of the docs (docs/niveaus.md)."""

from django.conf import settings
from django.utils import translation

from accounts.namen import HANDELINGEN, NIVEAUS
from accounts.niveaus import DIGID, EHERKENNING, EIDAS, STELSEL_TOEGANG, Niveau
from accounts.sessie import eis_voor

KOP = """# Wie mag wat, met welk inlogmiddel

Deze bladzijde is gemaakt uit `INLOG_HANDELINGEN` en `accounts/niveaus.py`, met
`python manage.py niveaus > docs/niveaus.md`; een toets vergelijkt haar. Een gemeente mag een
niveau verhogen, nooit onder 25 (midden) zetten.

- **Zelf**: een inwoner, of een medewerker voor het eigen bedrijf, met dit niveau of hoger.
- **Vers**: zo kort geleden moet er zijn ingelogd; een formulier krijgt een kwartier extra.
- **Gemachtigde** (DigiD Machtigen): alleen als het mandaat deze handeling dekt.
- **Medewerker van de gemeente**: nooit; die leest alleen langs de API, met doel en logregel.
"""


def _rij(*cellen: str) -> str:
    return f"| {' | '.join(cellen)} |"


def _naam(middel: str, niveau: Niveau) -> str:
    hoger = [n for n in NIVEAUS[middel] if n >= niveau]
    return NIVEAUS[middel][min(hoger)] if hoger else "niet"


def _handelingen() -> list[str]:
    regels = [
        _rij("handeling", "wat iemand wil", "niveau", "DigiD", "eHerkenning", "eIDAS", "vers"),
        _rij(*["---"] * 7),
    ]
    for handeling in settings.INLOG_HANDELINGEN:
        eis = eis_voor(handeling)
        middelen = [_naam(middel, eis.niveau) for middel in ("digid", "eherkenning", "eidas")]
        vers = f"{eis.vers // 60} minuten" if eis.vers else "niet nodig"
        niveau = f"{int(eis.niveau)} {eis.niveau.name.lower()}"
        regels.append(_rij(f"`{handeling}`", HANDELINGEN[handeling], niveau, *middelen, vers))
    return regels


def _schaal() -> list[str]:
    regels = [_rij("bron", "waarde (`acr`)", "niveau"), _rij("---", "---", "---")]
    bronnen = {"DigiD": DIGID, "eHerkenning": EHERKENNING, "eIDAS-knooppunt": EIDAS,
               "Stelsel Toegang": STELSEL_TOEGANG}  # fmt: skip
    for bron, tabel in bronnen.items():
        for acr, niveau in tabel.items():
            regels.append(_rij(bron, f"`{acr}`", f"{int(niveau)} {niveau.name.lower()}"))
    return regels


def als_markdown() -> str:
    """The whole page, ending in a newline."""
    with translation.override("nl"):
        delen = [KOP, "## Handelingen\n", *_handelingen(), "\n## De schaal\n", *_schaal()]
    return "\n".join(delen) + "\n"
