"""Prometheus figures of the webhooks, read from the tables at the moment they are asked."""

DUUR_BAKKEN = (0.01, 0.05, 0.1, 0.5, 1, 5, 15)
VERTRAGING_BAKKEN = (0.02, 0.05, 0.1, 0.25, 0.5, 1, 5, 60, 3600)


def bak(seconden: float, bakken: tuple[float, ...]) -> str:
    """Return the label of the smallest bucket that holds `seconden`."""
    return next((str(grens) for grens in bakken if seconden <= grens), "+Inf")
