#!/bin/sh
# Fetch GeoNames' villages of Iraq and Syria into data/gazetteers; without a network, say so.
set -eu
cd "$(dirname "$0")/.."

python=$(sh scripts/find_python.sh)
exec "$python" scripts/get_gazetteer.py "$@"
