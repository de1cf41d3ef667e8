#!/bin/sh
# usage: supply.sh lock|wheels|sbom|audit [OPTIONS]
# What the dashboard is made of. The tools live in .venv-tools, so that nothing of theirs reaches .venv.
#   lock    write requirements.lock and requirements-dev.lock anew: every package with its version and
#           hashes, for Python 3.11 to 3.14 on any system. What is locked stays as it is, unless a
#           range asks for another version; `make lock OPTIONS=--upgrade` takes the newest of all.
#   wheels  fetch what requirements.lock names for this system and this Python into wheels/: taken
#           along, `make run` installs from there and needs no network.
#   sbom    write sbom.json (CycloneDX) of requirements.lock.
#   audit   ask for known weaknesses of what requirements.lock names.
# All but sbom need the network.
set -eu
cd "$(dirname "$0")/.."

task=$1
shift
python=$(sh scripts/find_python.sh)
tools=$(pwd -P)/.venv-tools

# The program $1 of the package that $2 asks for.
have() {
    [ -x "$tools/bin/python" ] || "$python" -m venv "$tools"
    [ -x "$tools/bin/$1" ] ||
        "$tools/bin/python" -m pip install --disable-pip-version-check -q "$2" >&2
}

lock() {
    list=$1
    shift
    # The newest versions that all of these Pythons take: one of each package, where there is one.
    "$tools/bin/uv" pip compile "$list.txt" --universal --python-version 3.11 \
        --fork-strategy fewest --generate-hashes --no-emit-index-url --no-emit-find-links \
        --no-header --quiet --output-file "$list.lock" "$@" >/dev/null
    echo "$list.lock: $(grep -c '^[A-Za-z0-9]' "$list.lock") packages."
}

case $task in
lock)
    have uv 'uv>=0.9,<1'
    lock requirements "$@"
    # What runs is the same where it is tested.
    lock requirements-dev --constraint requirements.lock "$@"
    ;;
wheels)
    "$python" -m pip download --disable-pip-version-check -q --require-hashes \
        --only-binary :all: --dest wheels -r requirements.lock "$@"
    echo "wheels: $(ls wheels | wc -l | tr -d ' ') files for $("$python" --version)."
    ;;
sbom)
    have cyclonedx-py 'cyclonedx-bom>=7,<8'
    "$tools/bin/cyclonedx-py" requirements requirements.lock --pyproject pyproject.toml \
        --output-reproducible --output-file sbom.json "$@"
    echo "sbom.json: $(grep -c '"bom-ref"' sbom.json) entries."
    ;;
audit)
    have pip-audit 'pip-audit>=2.9,<3'
    exec "$tools/bin/pip-audit" --disable-pip --require-hashes -r requirements.lock "$@"
    ;;
*)
    echo "usage: supply.sh lock|wheels|sbom|audit" >&2
    exit 2
    ;;
esac
