"""Wachten op iets dat een ander proces doet, met een grens en zonder vaste pauze."""

import time


def tot(vraag, *, hooguit=30):
    """Vraag het opnieuw tot het antwoord waar is; geef dat antwoord, of laat de test falen."""
    einde = time.monotonic() + hooguit
    while time.monotonic() < einde:
        if antwoord := vraag():
            return antwoord
        time.sleep(0.1)
    raise AssertionError("het gebeurde niet op tijd")
