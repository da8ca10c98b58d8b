"""Een htmx-antwoord getoetst: bladzijde + verwisseld deel == bladzijde opnieuw geladen."""

import difflib
import re

from bs4 import BeautifulSoup

HTMX = {"HX-Request": "true"}
EENMALIG = {"csrfmiddlewaretoken", "sleutel"}
VLUCHTIG = ("data-focus", "data-melding", "data-hx-swap-oob")


def na_swap(pagina: str, antwoord, doel: str) -> str:
    """Doe wat htmx doet: zet het antwoord op de plaats van `doel`, en losse delen op de hunne."""
    soep = BeautifulSoup(pagina, "html.parser")
    deel = BeautifulSoup(antwoord.content.decode(), "html.parser")
    for los in deel.select("[data-hx-swap-oob]"):
        soep.select_one(f"#{los['id']}").replace_with(los.extract())
    plek = antwoord.headers.get("HX-Retarget", doel)
    soep.select_one(plek).replace_with(deel)
    return str(soep)


def verschil(een: str, ander: str) -> list[str]:
    """Wat twee bladzijden anders zeggen, op tokens, sleutels, klok en open panelen na."""
    regels = difflib.unified_diff(_kaal(een), _kaal(ander), n=0, lineterm="")
    return [regel for regel in regels if not regel.startswith(("---", "+++", "@@"))]


def _kaal(tekst: str) -> list[str]:
    soep = BeautifulSoup(tekst, "html.parser").select_one("html")
    for stil in soep.select("#sessie, [data-zonder-js], noscript, .kg-gelukt"):
        stil.decompose()
    for element in soep.find_all(True):
        weg = {*VLUCHTIG, *(["open"] if element.name == "details" else [])}
        weg |= {"value"} if element.get("name") in EENMALIG else set()
        blijft = {naam: w for naam, w in element.attrs.items() if naam not in weg}
        if "class" in blijft:
            blijft["class"] = " ".join(blijft["class"]).split()
        element.attrs = dict(sorted(blijft.items()))
    kaal = re.sub(r"\s+", " ", str(soep)).replace("> <", "><")
    return kaal.replace("><", ">\n<").splitlines()
