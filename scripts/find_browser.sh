#!/bin/sh
# Print the path of a Chromium or Chrome that starts: $CHROMIUM if it is set, else an installed one,
# else the one that Playwright downloaded into its own folder. Without any, one sentence and exit 1.
set -u
cd "$(dirname "$0")/.." || exit 1

# A browser may be there and yet not start: on Ubuntu `chromium-browser` only points to a snap.
starts() {
    "$1" --version </dev/null >/dev/null 2>&1
}

if [ -n "${CHROMIUM:-}" ]; then
    if starts "$CHROMIUM"; then
        command -v "$CHROMIUM"
        exit 0
    fi
    echo "CHROMIUM=$CHROMIUM does not start: give the path of a Chromium or Chrome, or unset it." >&2
    exit 1
fi

for candidate in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
    "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    if starts "$candidate"; then
        command -v "$candidate"
        exit 0
    fi
done

downloaded=$(.venv/bin/python -c '
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
' 2>/dev/null)
if [ -n "$downloaded" ] && starts "$downloaded"; then
    echo "$downloaded"
    exit 0
fi

echo "No browser for the tests: install Chromium or Chrome (on Debian: sudo apt install chromium), or give its path: make test CHROMIUM=/path/to/chrome" >&2
exit 1
