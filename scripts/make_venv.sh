#!/bin/sh
# usage: make_venv.sh PYTHON requirements.lock|requirements-dev.lock
# Make .venv if there is none that works here, and install what the file locks unless that is done:
# by hashes, from wheels/ alone if that is there (`make wheels`).
#
# "Done" is a copy of the lock file inside .venv, written last, so that an interrupted install is not
# taken for a finished one.
set -eu
cd "$(dirname "$0")/.."

python=$1
lock=$2
venv=$(pwd -P)/.venv
unfinished=$venv/unfinished

minor_version() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null
}

# Installed programs name their Python by its full path, so a copied or moved .venv shows there.
venv_works() {
    [ ! -e "$unfinished" ] &&
        grep -qF "$venv/bin/" "$venv/bin/pip" 2>/dev/null &&
        [ "$(minor_version "$venv/bin/python")" = "$(minor_version "$python")" ]
}

stamp_of() {
    echo "$venv/installed-$1"
}

is_installed() {
    cmp -s "$1" "$(stamp_of "$1")"
}

mark_installed() {
    cp "$1" "$unfinished.lock"
    mv "$unfinished.lock" "$(stamp_of "$1")"
}

if ! venv_works; then
    if [ -e "$venv" ]; then
        echo "Making .venv anew: the one here is incomplete, was moved or belongs to another Python."
    fi
    # What a link leads to belongs to another copy of the project: the link goes, and nothing behind it.
    [ ! -L "$venv" ] || rm "$venv"
    # bin/ first: a .venv half removed must not look like one that works.
    rm -rf "${venv:?}/bin" "$venv"
    mkdir "$venv"
    : >"$unfinished"
    "$python" -m venv "$venv"
    rm "$unfinished"
fi

if ! is_installed "$lock"; then
    rm -f "$(stamp_of requirements.lock)" "$(stamp_of requirements-dev.lock)"
    echo "Installing the packages of $lock into .venv (only once, some minutes at most)."
    set -- --require-hashes -r "$lock"
    [ ! -d wheels ] || set -- --no-index --find-links wheels "$@"
    if ! "$venv/bin/python" -m pip install --disable-pip-version-check "$@"; then
        echo "The packages could not be installed; pip says why above. Once that is mended, run the same command again." >&2
        exit 1
    fi
    # What is developed with holds what runs, in the same versions.
    mark_installed requirements.lock
    [ "$lock" = requirements.lock ] || mark_installed "$lock"
fi
