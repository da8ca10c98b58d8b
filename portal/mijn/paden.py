"""Adressen van bladzijden die voor iedereen gelijk zijn: één keer opgezocht."""

from functools import lru_cache

from django.urls import get_resolver, reverse


def pad(naam: str, *delen: str) -> str:
    """Het adres van deze view; `delen` komen uit de code, nooit van een mens.

    Raises NoReverseMatch. The resolver is part of the key, so tests with other urls see their own.
    """
    return _pad(get_resolver(), naam, *delen)


@lru_cache(maxsize=128)
def _pad(_resolver: object, naam: str, *delen: str) -> str:
    return reverse(naam, args=delen)
