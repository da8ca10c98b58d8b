"""Every text has its English twin, and what Django reads is what the catalogue says."""

import re

from gereedschap import teksten

PLAATS = re.compile(r"%\(\w+\)s")


def test_wat_django_leest_is_de_vertaalde_catalogus() -> None:
    assert teksten.CATALOGUS.with_suffix(".mo").read_bytes() == teksten.als_mo(
        teksten.lees(teksten.CATALOGUS)
    )


def test_een_vertaling_houdt_dezelfde_plaatsen_open() -> None:
    anders = [
        bericht.id
        for bericht in teksten.lees(teksten.CATALOGUS)
        if isinstance(bericht.id, str)
        and bericht.string
        and set(PLAATS.findall(bericht.id)) != set(PLAATS.findall(str(bericht.string)))
    ]
    assert anders == []
