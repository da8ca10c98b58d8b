#!/bin/sh
# See to it that the browser tests have a browser: the machine's, Debian's package, Playwright's own.
set -eu
werkt() {
    for browser in chromium chromium-browser google-chrome; do
        # Ubuntu ships a chromium-browser that only says "install the snap"
        if "$browser" --version 2>/dev/null | grep -qi 'chrom'; then return 0; fi
    done
    .venv/bin/python - <<'PY'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as spel:
    sys.exit(not pathlib.Path(spel.chromium.executable_path).exists())
PY
}
if werkt; then exit; fi
if gereedschap/apt.sh chromium && werkt; then exit; fi
if [ "$(id -u)" = 0 ]; then met=--with-deps; else met=; fi
# shellcheck disable=SC2086 - empty when we may not install Debian packages
if .venv/bin/playwright install $met chromium && werkt; then exit; fi
echo "De browsertests hebben Chromium nodig. Installeer het: apt-get install chromium" >&2
exit 1
