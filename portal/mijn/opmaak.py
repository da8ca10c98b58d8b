"""HTML uit Python: teksten in een opmaak, en wat niet veilig is wordt ontsnapt.

The one module that may call a text safe (bandit's B703): every part is escaped here, or was before.
"""

from collections.abc import Iterable, Mapping
from html import escape

from django.utils.safestring import SafeString

NIETS = SafeString("")


def opgemaakt(opmaak: str, *delen: object) -> SafeString:
    """`format_html` without its care for lazy arguments, which costs more than the escaping."""
    veilig = [deel if isinstance(deel, SafeString) else escape(str(deel)) for deel in delen]
    return SafeString(opmaak.format(*veilig))  # nosec B703


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
