"""HTML uit Python: teksten in een opmaak, en wat niet veilig is wordt ontsnapt."""

from collections.abc import Iterable, Mapping
from html import escape

from django.utils.safestring import SafeString

NIETS = SafeString("")


def opgemaakt(opmaak: str, *delen: object) -> SafeString:
    """`format_html` without its care for lazy arguments, which costs more than the escaping."""
    veilig = [deel if isinstance(deel, SafeString) else escape(str(deel)) for deel in delen]
    return SafeString(opmaak.format(*veilig))


def samen(delen: Iterable[SafeString]) -> SafeString:
    """Parts after each other."""
    return SafeString("".join(delen))


def attributen(attrs: Mapping[str, object]) -> SafeString:
    """Write attributes in their order; True is only the name, False nothing at all."""
    return samen(
        opgemaakt(" {}", naam) if waarde is True else opgemaakt(' {}="{}"', naam, waarde)
        for naam, waarde in attrs.items()
        if waarde is not False
    )
