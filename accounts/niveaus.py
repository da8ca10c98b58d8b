"""Eén schaal van betrouwbaarheidsniveaus; wat een aanbieder zegt, staat in diens eigen tabel."""

from enum import IntEnum


class Niveau(IntEnum):
    """Hoe zeker het is wie er inlogt; hoger is zekerder, over alle inlogmiddelen heen."""

    GEEN = 0
    BASIS = 10
    LAAG = 20
    MIDDEN = 25
    SUBSTANTIEEL = 30
    HOOG = 40
