#!/bin/sh
# Run the dashboard among readers and accidents; options go to benchmarks/soak.py. Not part of `make test`.
set -eu
cd "$(dirname "$0")/.."

. scripts/prepare.sh

exec .venv/bin/python benchmarks/soak.py "$@"
