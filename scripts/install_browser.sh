#!/bin/sh
# Print the path of a browser for the tests; install one first if there is none. Needs .venv.
# All that the installers say goes to standard error: standard output is the path alone.
set -u
cd "$(dirname "$0")/.." || exit 1

# A browser that the caller names is taken or refused, never replaced by another.
if [ -n "${CHROMIUM:-}" ]; then
    exec sh scripts/find_browser.sh
fi
sh scripts/find_browser.sh 2>/dev/null && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the tests (apt)." >&2
    # The shell is Chromium without its own windows, and works two thirds as much as the whole.
    # DejaVu has Latin, Cyrillic and Arabic letters, and is small.
    apt-get update -q </dev/null >&2
    for package in chromium-headless-shell chromium; do
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
            "$package" fonts-dejavu-core </dev/null >&2 && break
    done
    sh scripts/find_browser.sh 2>/dev/null && exit 0
fi

echo "Installing Chromium for the tests (playwright)." >&2
.venv/bin/python -m playwright install --no-shell chromium </dev/null >&2
exec sh scripts/find_browser.sh
