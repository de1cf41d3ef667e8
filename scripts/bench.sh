#!/bin/sh
# Measure the dashboard and its peers; options go to benchmarks/run.py. Not part of `make test`.
# The peers live in benchmarks/.venv, so that nothing of theirs reaches the dashboard's own .venv.
set -eu
cd "$(dirname "$0")/.."

. scripts/prepare.sh

peers=benchmarks/.venv
if ! cmp -s benchmarks/requirements.txt "$peers/installed"; then
    echo "Installing the peers into $peers (only once)."
    rm -rf "$peers"
    "$python" -m venv "$peers"
    "$peers/bin/python" -m pip install --disable-pip-version-check -q -r benchmarks/requirements.txt
    # Written last: an interrupted install is not taken for a finished one.
    cp benchmarks/requirements.txt "$peers/installed"
fi

exec .venv/bin/python benchmarks/run.py "$@"
