#!/bin/sh
# Have what the tests of rollups start for real: Java (Debian's) and Spark (of the Python index).
set -eu
cd "$(dirname "$0")/.."

if ! command -v java >/dev/null; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "Install Java for the tests, such as Debian's default-jre-headless." >&2
        exit 1
    fi
    echo "Installing Java for the tests (apt)."
    apt-get update -q >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        default-jre-headless </dev/null >/dev/null
fi
.venv/bin/python -c 'import pyspark' 2>/dev/null || {
    echo "Installing Spark for the tests; half a gigabyte."
    .venv/bin/python -m pip install -q --no-deps --require-hashes -r requirements-spark.txt
}
