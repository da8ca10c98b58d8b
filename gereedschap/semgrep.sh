#!/bin/sh
# Follow values through the code with our own rules, after these found the faults planted for them.
set -eu
eigen=.venv/semgrep
if [ ! "$eigen/klaar" -nt requirements/semgrep.txt ]; then
    .venv/bin/python -m venv --clear --without-pip "$eigen"
    .venv/bin/python -m pip --python "$eigen/bin/python" install --quiet --disable-pip-version-check \
        --no-compile --no-deps --require-hashes -r requirements/semgrep.txt
    touch "$eigen/klaar"
fi
mkdir -p var
export PATH="$PWD/$eigen/bin:$PATH" SEMGREP_SETTINGS_FILE="$PWD/var/semgrep.yml" SEMGREP_LOG_FILE="$PWD/var/semgrep.log"
regels=gereedschap/semgrep.yaml
semgrep test --experimental --config "$regels" tests/huis/semgrep.py >var/semgrep.uit 2>&1 || {
    cat var/semgrep.uit
    exit 1
}
semgrep scan --experimental --metrics off --disable-version-check --quiet --error --config "$regels" portal accounts
