"""Log lines without personal data: one JSON object a line, and a net for what slips through.

The plan is that nobody logs a value (docs/handboek.md); the net masks what can be a
BSN or RSIN, and the token in a path that Django itself logs when it refuses a form.
"""

import datetime as dt
import json
import logging
import re
import traceback
from types import TracebackType

from accounts.elfproef import elfproef

GEHEIM_PAD = re.compile(r"(/dit-was-ik-niet/)[^/\s]+")
NEGEN_CIJFERS = re.compile(r"(?<![0-9a-f])[0-9]{9}(?![0-9a-f])")
MASKER = "*********"
_STANDAARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_EENVOUDIG = (str, int, float, bool, type(None))


def gemaskeerd(tekst: str) -> str:
    """Return `tekst` with what can be a BSN or RSIN, and the token of a link, made unreadable."""
    tekst = GEHEIM_PAD.sub(rf"\1{MASKER}", tekst)
    return NEGEN_CIJFERS.sub(lambda m: MASKER if elfproef(m[0]) else m[0], tekst)


class Masker(logging.Filter):
    """Put on every handler: masks the message, and each field that came along."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = gemaskeerd(record.getMessage()), None
        for naam in vars(record).keys() - _STANDAARD:
            waarde = getattr(record, naam)
            if isinstance(waarde, bool) or not isinstance(waarde, str | int):
                continue  # `request` prints its query: an object stays out of the line
            veilig = gemaskeerd(str(waarde))
            if not isinstance(waarde, int) or veilig != str(waarde):
                setattr(record, naam, veilig)
        return True


def plaats_van(spoor: TracebackType | None) -> list[str]:
    """Return where it went wrong, innermost last: file, line and function, and no values."""
    return [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(spoor)[-12:]]


def soorten_in(groep: BaseExceptionGroup[BaseException]) -> list[str]:
    """Return the kinds of error in a group, also in the groups inside it, each once."""
    soorten: dict[str, None] = {}
    for fout in groep.exceptions:
        binnen = soorten_in(fout) if isinstance(fout, BaseExceptionGroup) else None
        soorten |= dict.fromkeys(binnen or [type(fout).__qualname__])
    return list(soorten)


def fout_van(record: logging.LogRecord) -> dict[str, object]:
    """Return the kind and the place of an exception, never its text: a library may quote input.

    For an error of the database the name of the constraint comes along.
    """
    if not record.exc_info or record.exc_info[1] is None:
        return {}
    fout = record.exc_info[1]
    beschrijving: dict[str, object] = {
        "fout": type(fout).__qualname__,
        "plaats": plaats_van(record.exc_info[2]),
    }
    if isinstance(fout, BaseExceptionGroup):
        beschrijving["fouten"] = soorten_in(fout)
    diag = getattr(fout.__cause__, "diag", None) or getattr(fout, "diag", None)
    if constraint := getattr(diag, "constraint_name", None):
        beschrijving["constraint"] = constraint
    return beschrijving


def velden_van(record: logging.LogRecord) -> dict[str, object]:
    """Return what was given as `extra`, simple values only."""
    velden = {k: v for k, v in vars(record).items() if k not in _STANDAARD}
    return {k: v for k, v in velden.items() if isinstance(v, _EENVOUDIG)}


class JsonRegel(logging.Formatter):
    """One JSON object a line, UTC; a line break in a value stays inside its string."""

    def format(self, record: logging.LogRecord) -> str:
        regel = {
            "op": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(),
            "niveau": record.levelname,
            "bron": record.name,
            "bericht": record.getMessage(),
        }
        return json.dumps(velden_van(record) | regel | fout_van(record), ensure_ascii=False)


class LeesbareRegel(logging.Formatter):
    """For a terminal: the same content without braces, still one line."""

    def format(self, record: logging.LogRecord) -> str:
        delen = [record.levelname, record.name, record.getMessage()]
        delen += [f"{k}={v}" for k, v in (velden_van(record) | fout_van(record)).items()]
        return json.dumps(" ".join(delen), ensure_ascii=False)[1:-1].replace('\\"', '"')
