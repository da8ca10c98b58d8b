"""All neighbours behind one port, for `make run`. `python -m tests.nep_buren --poort 8101`.

Each has its own base path: /haalcentraal/api/brp, /kvk/api, /bzk/locatieserver/search/v3_1,
/zaken/api/v1, /contactmomenten/api/v1, /verzoeken/api/v1, /notificaties/api/v1,
/klantinteracties/api/v1 and /terugmelden/v0.
Apart they run as `python -m tests.nep_brp --poort ...` and so on.
"""

from typing import Any

from tests.nep_brp import NepBrp
from tests.nep_contactmomenten import NepContactmomenten
from tests.nep_kvk import NepKvk
from tests.nep_notificaties import NepNotificaties
from tests.nep_openklant import NepOpenKlant
from tests.nep_pdok import NepPdok
from tests.nep_server import Antwoord, Nep, Verzoek, draai
from tests.nep_terugmelding import NepTerugmelding
from tests.nep_verzoeken import NepVerzoeken
from tests.nep_zaken import NepZaken

SOORTEN: tuple[type[Nep], ...] = (
    NepBrp,
    NepKvk,
    NepPdok,
    NepZaken,
    NepContactmomenten,
    NepVerzoeken,
    NepNotificaties,
    NepOpenKlant,
    NepTerugmelding,
)


class NepBuren(Nep):
    """Passes each request on to the neighbour whose base path it begins with."""

    def __init__(self, poort: int = 0) -> None:
        super().__init__(poort)
        self.buren = [soort(poort) for soort in SOORTEN]

    def begin(self) -> None:
        for buur in self.buren:
            buur.poort = self.poort
            buur.begin()

    def behandel(self, verzoek: Verzoek) -> Antwoord:
        for buur in self.buren:
            if verzoek.pad.startswith(buur.basispad + "/"):
                delen: dict[str, Any] = vars(verzoek)
                eigen = Verzoek(**{**delen, "pad": verzoek.pad.removeprefix(buur.basispad)})
                return buur.behandel(eigen)
        return Antwoord(404, {"detail": "geen buur met dit pad"})


if __name__ == "__main__":
    draai(NepBuren)
