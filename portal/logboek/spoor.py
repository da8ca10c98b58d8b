"""W3C Trace Context: which processing a call belongs to, read from and written to `traceparent`."""

import os
import re
from dataclasses import dataclass, field

_TRACEPARENT = re.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")


def nieuwe_span() -> bytes:
    """A new id for one action."""
    return os.urandom(8)


@dataclass(frozen=True)
class Spoor:
    """One action in a processing; ids are raw bytes (16 and 8) as the standard has them."""

    trace_id: bytes = field(default_factory=lambda: os.urandom(16))
    span_id: bytes = field(default_factory=nieuwe_span)
    parent_span_id: bytes | None = None

    def traceparent(self) -> str:
        """The header that a call out of this action carries."""
        return f"00-{self.trace_id.hex()}-{self.span_id.hex()}-01"


def spoor_van(traceparent: str | None) -> Spoor:
    """Join the caller's trace; an absent or invalid header starts a new one, as W3C says."""
    match = _TRACEPARENT.fullmatch(traceparent or "")
    if match is None or match[1] == "ff" or (match[1] == "00" and match[5]):
        return Spoor()
    trace, ouder = bytes.fromhex(match[2]), bytes.fromhex(match[3])
    if not any(trace) or not any(ouder):
        return Spoor()
    return Spoor(trace, nieuwe_span(), ouder)
