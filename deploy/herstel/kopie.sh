#!/bin/sh
# Maak een volledige kopie van de databank, terwijl zij draait.
# Gebruik: kopie.sh DOELMAP  (PGHOST, PGPORT, PGUSER en PGPASSWORD of ~/.pgpass zeggen welke)
# Zet de kopieën op een andere machine; het WAL-archief (archive_command) vult aan tot op vijf minuten.
set -eu
kopie="$1/$(date -u +%Y%m%dT%H%M%SZ)"
pg_basebackup --pgdata="$kopie.half" --wal-method=stream --checkpoint=fast --no-password
pg_verifybackup --quiet "$kopie.half" # what is not whole keeps the name .half
mv "$kopie.half" "$kopie"
echo "$kopie"
