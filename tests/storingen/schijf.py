"""De gegevens van de databank op een eigen kleine schijf, het logboek (WAL) op een andere."""

import os
import shutil
import subprocess

from tests.storingen.storm import Storm

GROOTTE = 160 * 2**20


def is_te_koppelen(map_):
    """Of dit account een schijf in het geheugen mag koppelen; anders is er niets te beproeven."""
    proef = map_ / "proef"
    proef.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", proef], check=False).returncode:  # noqa: S607
        return False
    subprocess.run(["umount", proef], check=True)  # noqa: S607
    return True


class VolleSchijf(Storm):
    """Een storm op een schijf die vol kan; zo staat het ook in deploy/productie."""

    def verhuis(self):
        self._schijf, pg = self.map / "schijf", self.map / "server" / "pg"
        self._schijf.mkdir()
        opties = f"size={GROOTTE},mode=0755"
        subprocess.run(["mount", "-t", "tmpfs", "-o", opties, "tmpfs", self._schijf], check=True)  # noqa: S607
        wal = self.map / "wal"
        shutil.move(pg / "pg_wal", wal)
        subprocess.run(["cp", "-a", pg, self._schijf / "pg"], check=True)  # noqa: S607
        shutil.rmtree(pg)
        (self._schijf / "pg" / "pg_wal").symlink_to(wal)
        pg.symlink_to(self._schijf / "pg")

    def __exit__(self, *fout):
        try:
            super().__exit__(*fout)
        finally:
            subprocess.run(["umount", "-l", self._schijf], check=True)  # noqa: S607

    def maak_vol(self):
        """Neem alle ruimte die er nog is, tot de laatste bladzijde."""
        with open(self._schijf / "vulling", "wb", buffering=0) as vulling:
            while vrij := os.statvfs(self._schijf).f_bavail:
                vulling.write(bytes(min(vrij, 1024) * 4096))

    def maak_ruimte(self):
        (self._schijf / "vulling").unlink()
