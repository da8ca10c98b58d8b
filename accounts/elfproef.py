"""De toets die elk BSN en RSIN doorstaat; kent geen mensen en geen instellingen."""

import re


def elfproef(nummer: str) -> bool:
    """Is dit een BSN of RSIN: negen cijfers die aan de elfproef voldoen, niet alleen nullen."""
    if not re.fullmatch("[0-9]{9}", nummer) or nummer == "000000000":
        return False
    gewichten = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(c) for w, c in zip(gewichten, nummer, strict=True)) % 11 == 0
