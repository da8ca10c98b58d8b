#!/bin/sh
# Print the directory with a node of 22 or newer and npm: the machine's own, else the wheel's.
set -eu
oud='process.exit(Number(process.versions.node.split(".")[0]) < 22)'
if command -v npm >/dev/null && node -e "$oud" 2>/dev/null; then
    dirname "$(command -v node)"
else
    cd "$(dirname "$0")/.." && echo "$PWD/.venv/bin"
fi
