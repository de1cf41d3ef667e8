#!/bin/sh
# usage: make_venv.sh PYTHON requirements.txt|requirements-dev.txt
# Make .venv if there is none that works here, and install what the file lists unless that is done.
#
# "Done" is a copy of the requirements inside .venv, written last, so that an interrupted install
# is not taken for a finished one.
set -eu
cd "$(dirname "$0")/.."

python=$1
requirements=$2
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

# The development list includes the other one.
list_of() {
    if [ "$1" = requirements-dev.txt ]; then cat requirements.txt "$1"; else cat "$1"; fi
}

is_installed() {
    [ -f "$(stamp_of "$1")" ] && list_of "$1" | cmp -s - "$(stamp_of "$1")"
}

mark_installed() {
    list_of "$1" >"$unfinished.list"
    mv "$unfinished.list" "$(stamp_of "$1")"
}

if ! venv_works; then
    if [ -e "$venv" ]; then
        echo "Making .venv anew: the one here is incomplete, was moved or belongs to another Python."
    fi
    # bin/ first: a .venv half removed must not look like one that works.
    rm -rf "${venv:?}/bin" "$venv"
    mkdir "$venv"
    : >"$unfinished"
    "$python" -m venv "$venv"
    rm "$unfinished"
fi

if ! is_installed "$requirements"; then
    rm -f "$(stamp_of requirements.txt)" "$(stamp_of requirements-dev.txt)"
    echo "Installing the packages of $requirements into .venv (only once, some minutes at most)."
    if ! "$venv/bin/python" -m pip install --disable-pip-version-check --prefer-binary -r "$requirements"; then
        echo "The packages could not be installed; pip says why above. Once that is mended, run the same command again." >&2
        exit 1
    fi
    mark_installed requirements.txt
    [ "$requirements" = requirements.txt ] || mark_installed "$requirements"
fi
