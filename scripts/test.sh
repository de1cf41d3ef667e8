#!/bin/sh
# All checks and tests, cheapest first; stops at the first that fails.
# The tests in a browser are a run of their own: the browser's driver keeps an event loop going in
# the test process, and pytest fails by itself when a run collects no test.
set -eu
cd "$(dirname "$0")/.."

# The system's programs are fetched beside Python's packages: one waits while the other works.
python=$(sh scripts/find_python.sh)
sh scripts/install_proxies.sh &
programs=$!
sh scripts/make_venv.sh "$python" requirements-dev.lock
wait "$programs"
. scripts/prepare.sh

sh scripts/install_spark.sh
sh scripts/lint.sh
echo "== Tests of code and pages (pytest)"
# A module's tests stay together: they share its tables. They begin in the order of tests/conftest.py.
.venv/bin/python -m pytest -m "not browser" -n auto --dist loadfile --no-loadscope-reorder
echo "== Tests in a browser, $CHROMIUM (pytest)"
# Three at once: a browser waits more than it works. On a busy machine it may answer late for once;
# what fails twice is broken.
.venv/bin/python -m pytest tests/browser -n 3 --dist loadfile --reruns 1
