"""De getallen van de pomp, op één plek; seconden, tenzij er iets anders staat."""

HEK = 7001
"""First half of the advisory lock that fences an abonnement: one pump at a time."""
BEHEER = 7002
"""First half of the lock a person's act takes first; a pump that sees it makes way."""
BUDGET = 20.0
TREUZEL = 0.5
KIJK = 0.03
VERS = 1.0
"""How long the read state of an abonnement counts."""
BANEN = 100
DIEP = 10
BANEN_PER_POST = 3
"""Banen side by side for each post: while some wait for their commit, others post."""
VERZAMEL = 0.005
HUUR = 8
"""The server ends a silent lock connection after this; a frozen worker loses its fences."""
HUUR_ZEKER = 6.0
"""No message leaves when the lock connection was last heard longer ago than this."""
WAAK = 1.0
WAAK_GEDULD = 5.0
VOORRANG_MS = 400
"""How long the pump waits for a row lock; the server looks for a deadlock after a second."""
VOORRANG = 50
"""So often it gives way to acts of people before it takes the lock for an error."""
SESSIE_LEVEN = 300.0
SESSIE_NALEVEN = 30.0
DNS_BEWAREN = 60
"""Cached names; each connect checks the address again."""
GELUKT_ELKE = 5.0
VASTGELOPEN = 10
"""A worker silent for this long is dead: its jobs are deleted, the rows know."""
