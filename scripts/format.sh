#!/bin/sh
# Rewrite the code in the project's format, and mend what ruff can mend by itself.
set -eu
cd "$(dirname "$0")/.."

python=$(sh scripts/find_python.sh)
sh scripts/make_venv.sh "$python" requirements-dev.lock

.venv/bin/python -m ruff check --fix .
.venv/bin/python -m ruff format .
