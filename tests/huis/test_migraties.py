"""Old and new stand side by side during an upgrade, so a migration locks nobody out.

squawk reads the SQL of each migration. Its rules on taste (`prefer-…`) and on time-outs are left
out: our types are Django's, and the time-outs stand on the connection (see the last test).
"""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

SQUAWK = Path(sys.executable).with_name("squawk")
SMAAK = ["prefer-text-field", "prefer-bigint-over-int", "prefer-bigint-over-smallint"]
SMAAK += ["prefer-robust-stmts"]  # Django remembers which migration it did
BUITEN_DE_SQL = ["require-lock-timeout", "require-statement-timeout"]
VOOR_DE_EERSTE_UITGAVE = {
    "klanten.0001_initial": {"adding-required-field", "adding-foreign-key-constraint"},
    "api.0002_zoeken": {"require-concurrent-index-creation"},
}
"""Made when no municipality had a row yet; nothing newer than version 0.1.0 belongs here."""


def oordeel(bestanden: list[Path]) -> dict[str, set[str]]:
    """Return per file, named without its extension, the rules of squawk that it breaks."""
    klaar = subprocess.run(
        [SQUAWK, "--pg-version=18", "--reporter=json",
         *(f"--exclude={regel}" for regel in SMAAK + BUITEN_DE_SQL), *bestanden],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert klaar.returncode in {0, 1}, klaar.stderr
    gevonden: dict[str, set[str]] = {bestand.stem: set() for bestand in bestanden}
    for fout in json.loads(klaar.stdout or "[]"):
        gevonden[Path(fout["file"]).stem].add(fout["rule_name"])
    return {naam: regels for naam, regels in gevonden.items() if regels}


@pytest.mark.lang
@pytest.mark.django_db(transaction=True)  # for a migration that is none
def test_geen_migratie_houdt_een_tabel_langer_vast_dan_nodig(tmp_path: Path) -> None:
    bestanden = []
    for (app, naam), migratie in sorted(MigrationLoader(None).disk_migrations.items()):
        if migratie.__module__.startswith(("portal.", "accounts.")):
            bestanden.append(tmp_path / f"{app}.{naam}.sql")
            sql = io.StringIO()
            call_command("sqlmigrate", app, naam, stdout=sql, no_color=True)
            bestanden[-1].write_text(sql.getvalue())

    assert len(bestanden) > 10
    assert oordeel(bestanden) == VOOR_DE_EERSTE_UITGAVE


@pytest.mark.parametrize(
    ("sql", "regel"),
    [
        ("alter table klanten_klant add column kleur text not null;", "adding-required-field"),
        ("create index op_kleur on klanten_klant (kleur);", "require-concurrent-index-creation"),
        ("alter table klanten_naam rename column waarde to naam;", "renaming-column"),
        ("alter table klanten_naam drop column waarde;", "ban-drop-column"),
        ("alter table klanten_klant alter column versie type bigint;", "changing-column-type"),
    ],
)
def test_wat_oud_en_nieuw_niet_verdraagt_wordt_gevonden(
    tmp_path: Path, sql: str, regel: str
) -> None:
    (tmp_path / "fout.sql").write_text(sql)

    assert regel in oordeel([tmp_path / "fout.sql"])["fout"]


@pytest.mark.django_db
def test_wie_migreert_wacht_hooguit_twee_seconden_op_een_slot() -> None:
    with connection.cursor() as cursor:
        cursor.execute("show lock_timeout")
        assert cursor.fetchone() == ("2s",)
