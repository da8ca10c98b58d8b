"""De databank houdt het voor gezien terwijl mensen wijzigen, en haar reserve neemt het over.

Not in `make test`: `make overname` runs it. PostgreSQL's own tools make the reserve
(`pg_basebackup`) and give it the lead (`pg_promote`); the portal knows both by its DATABASE_URL.
"""

import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from portal.ingebed import Server
from portal.ingebed.cluster import schrijf_staat
from portal.ingebed.plaats import kies_plek
from tests.databank import NAAM
from tests.storingen.conftest import _in_eigen_map
from tests.storingen.opstelling import op_deze_machine, wacht
from tests.storingen.storm import Storm
from tests.storingen.test_databank_vol import eis_niets_kwijt
from tests.storingen.tussenweg import Tussenweg

pytestmark = [pytest.mark.storingen, pytest.mark.timeout(240)]
TERUG = 10.0
"""P5: seconds to everything as usual."""
STIL = 8.0
"""Seconds without the reserve: longer than web listens to a COMMIT."""
SYNCHROON = "alter system set synchronous_standby_names = '*'"
GELIJK = "select exists (select from pg_stat_replication where sync_state = 'sync')"


class Paar(Storm):
    """Twee servers: wat bevestigd is, staat op beide."""

    def omleiding(self):
        self.eerste, self.reserve = self.server, Server(self.map / "reserve")
        self.naar_reserve = self._stapel.enter_context(Tussenweg(self.eerste.poort))
        self._maak_reserve()
        self.reserve.start()
        self.vraag(SYNCHROON)
        self.vraag("select pg_reload_conf()")
        wacht(lambda: self.vraag(GELIJK)[0][0], 20, "de reserve loopt gelijk")
        paar = f"127.0.0.1:{self.eerste.poort},127.0.0.1:{self.reserve.poort}"
        url = self.url.replace(f"127.0.0.1:{self.eerste.poort}", paar)
        return super().omleiding() | {"DATABASE_URL": f"{url}?target_session_attrs=read-write"}

    def _maak_reserve(self):
        map_, wachtwoord = self.map / "reserve", urlsplit(self.url).password
        map_.mkdir()
        plek = kies_plek(map_)
        plek.wie.krijgt(map_)
        subprocess.run(
            [plek.bin / "pg_basebackup", "-R", "-c", "fast", "-h", "127.0.0.1", "-U", "portaal",
             "-p", str(self.naar_reserve.poort), "-D", plek.data],
            user=plek.wie.uid, group=plek.wie.gid, extra_groups=plek.wie.groepen, cwd="/",
            env={"PGPASSWORD": wachtwoord}, check=True,
        )  # fmt: skip
        schrijf_staat(map_, wachtwoord=wachtwoord)

    def neem_over(self):
        """De eerste valt om, met wat nog onderweg was; de reserve krijgt de leiding."""
        self.eerste.kind.send_signal(signal.SIGQUIT)
        self.eerste.kind.wait(20)
        self.naar_reserve.zet("weg")
        self.server, self.url = self.reserve, self.reserve.url(NAAM)
        self.vraag("select pg_promote()")

    def __exit__(self, *fout):
        super().__exit__(*fout)
        for server in (self.eerste, self.reserve):
            server.stop()


@pytest.fixture
def paar(socket_enabled):
    with _in_eigen_map(Paar) as paar:
        yield paar


def test_als_de_reserve_het_overneemt_is_niets_kwijt_en_gaat_het_vanzelf_verder(paar):
    paar.begin_storm()
    wacht(lambda: paar.toegezegd > 50, 90, "er wordt gewijzigd")

    paar.naar_reserve.zet("hang")  # wat nu nog bevestigd zou worden, heeft de reserve niet
    paar.bewaak(STIL)
    paar.neem_over()
    eerder = paar.toegezegd

    def verder():
        paar.bewaak(0.1)
        return paar.toegezegd > eerder + 10

    seconden = wacht(verder, op_deze_machine(TERUG), "het gaat vanzelf weer")
    paar.bewaak(5)
    eis_niets_kwijt(paar)
    assert paar.telling[500] == 0
    assert paar.telling[503] > 0, "wie wachtte hoorde dat"
    sys.stdout.write(f"antwoorden {dict(paar.telling)}, verder na {seconden:.1f} s\n")
