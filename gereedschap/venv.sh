#!/bin/sh
# Make .venv and install the pinned packages of the named list; pip uses whatever index is set up.
# Usage: gereedschap/venv.sh demo|ontwikkel|node
set -eu
lijst="requirements/$1.txt"

vind_python() {
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    echo "Python 3.11 of nieuwer is nodig. Debian en Ubuntu: apt-get install python3 python3-venv" >&2
    exit 1
}

maak_venv() {
    python=$(vind_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        pakket=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        gereedschap/apt.sh "$pakket" || {
            echo "De module venv van Python ontbreekt. Installeer haar: apt-get install $pakket" >&2
            exit 1
        }
    fi
    "$python" -m venv .venv
}

if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    [ -L .venv ] || rm -rf .venv # half of one, or its Python is gone
    maak_venv
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lijst"
touch ".venv/klaar-$1"
[ "$1" != ontwikkel ] || touch .venv/klaar-demo
