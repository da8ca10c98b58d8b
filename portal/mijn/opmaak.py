"""HTML uit Python: teksten in een opmaak, en wat niet veilig is wordt ontsnapt.

The one module that may call a text safe (bandit's B703): every part is escaped here, or was before.
"""

from collections.abc import Iterable, Mapping
from html import escape

from django.utils.safestring import SafeString

NIETS = SafeString("")
EIGEN = '<span translate="no" dir="auto">{}</span>'


def opgemaakt(opmaak: str, *delen: object) -> SafeString:
    """`format_html` without its care for lazy arguments, which costs more than the escaping."""
    veilig = [deel if isinstance(deel, SafeString) else escape(str(deel)) for deel in delen]
    return SafeString(opmaak.format(*veilig))  # nosec B703


def eigen(waarde: str) -> SafeString:
    """A value of a person: no browser translates it, and it keeps its own direction."""
    return opgemaakt(EIGEN, waarde) if waarde else NIETS


def zin(tekst: object, *waarden: str, **genoemd: str) -> SafeString:
    """A translated sentence with `%s` or `%(name)s`, in which a person's own values stand apart.

    What is HTML already stays as it is.
    """
    delen = {naam: _apart(waarde) for naam, waarde in genoemd.items()}
    return SafeString(escape(str(tekst)) % (delen or tuple(map(_apart, waarden))))  # nosec B703


def _apart(waarde: str) -> SafeString:
    return waarde if isinstance(waarde, SafeString) else eigen(waarde)


def samen(delen: Iterable[SafeString]) -> SafeString:
    """Parts after each other."""
    return SafeString("".join(delen))  # nosec B703


def attributen(attrs: Mapping[str, object]) -> SafeString:
    """Write attributes in their order; True is only the name, False nothing at all."""
    return samen(
        opgemaakt(" {}", naam) if waarde is True else opgemaakt(' {}="{}"', naam, waarde)
        for naam, waarde in attrs.items()
        if waarde is not False
    )
