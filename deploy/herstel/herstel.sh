#!/bin/sh
# Zet een kopie terug, tot een moment. Daarna start u de server op DOEL; zie docs/handboek.md 7.
# Gebruik: herstel.sh KOPIE WAL-ARCHIEF DOEL [MOMENT, bijvoorbeeld 2026-11-20 09:30:00+01]
# Draai dit als het account van PostgreSQL. DOEL mag nog niet bestaan: er wordt niets overschreven.
set -eu
kopie=$1 archief=$2 doel=$3 moment=${4:-}
if [ -e "$doel" ]; then
    echo "$doel bestaat al. Zet haar eerst ergens anders neer." >&2
    exit 1
fi
cp -R "$kopie" "$doel"
chmod 700 "$doel"
{
    echo "restore_command = 'cp \"$archief/%f\" \"%p\"'"
    echo "recovery_target_action = 'promote'"
    if [ -n "$moment" ]; then echo "recovery_target_time = '$moment'"; fi
} >>"$doel/postgresql.auto.conf"
touch "$doel/recovery.signal"
