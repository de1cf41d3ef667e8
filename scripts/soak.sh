#!/bin/sh
# Run the dashboard among readers and accidents; options go to benchmarks/soak.py. Not part of `make test`.
set -eu
cd "$(dirname "$0")/.."

python=$(sh scripts/find_python.sh)
sh scripts/make_venv.sh "$python" requirements-dev.txt
CHROMIUM=$(sh scripts/install_browser.sh)
export CHROMIUM

exec .venv/bin/python benchmarks/soak.py "$@"
