#!/bin/sh
# usage: bench_one.sh NAME [OPTIONS]
# Run benchmarks/NAME.py with what tests are run with. Not part of `make test`.
set -eu
cd "$(dirname "$0")/.."

. scripts/prepare.sh

name=$1
shift
exec .venv/bin/python "benchmarks/$name.py" "$@"
