#!/bin/sh
# The checks that read the code without running it.
set -eu
cd "$(dirname "$0")/.."

python=$(sh scripts/find_python.sh)
sh scripts/make_venv.sh "$python" requirements-dev.lock

echo "== Style (ruff check)"
.venv/bin/python -m ruff check .
echo "== Format (ruff format)"
.venv/bin/python -m ruff format --check .
echo "== Types (mypy)"
.venv/bin/python -m mypy
