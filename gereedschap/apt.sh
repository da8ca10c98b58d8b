#!/bin/sh
# Install Debian packages when we may without asking for a password; fail silently when we may not.
# Usage: gereedschap/apt.sh package...
set -eu
command -v apt-get >/dev/null || exit 1
if [ "$(id -u)" = 0 ]; then als=""; elif sudo -n true 2>/dev/null; then als="sudo -n"; else exit 1; fi
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 - empty when we are root already
{ $als apt-get install -qq -y --no-install-recommends "$@" ||
    { $als apt-get update -qq && $als apt-get install -qq -y --no-install-recommends "$@"; }; } >&2
