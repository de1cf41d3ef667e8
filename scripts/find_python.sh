#!/bin/sh
# Print the Python to build .venv with: $PYTHON if it is set, else the first of the usual names that is
# new enough (on macOS `python3` is often 3.9 while a newer one stands beside it).
# If there is none, say so in one sentence and exit 1. Creates nothing.
set -u

oldest=3.11

fail() {
    echo "$1" >&2
    exit 1
}

version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null
}

is_new_enough() {
    major=${1%%.*}
    minor=${1#*.}
    [ "$major" -gt 3 ] || { [ "$major" -eq 3 ] && [ "$minor" -ge "${oldest#*.}" ]; }
}

found=''
too_old=''
if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
else
    set -- python3 python3.14 python3.13 python3.12 python3.11
fi
for candidate; do
    version=$(version_of "$candidate") || continue
    if is_new_enough "$version"; then
        found=$candidate
        break
    fi
    too_old=${too_old:-"$candidate is Python $version"}
done

remedy="install Python $oldest or newer, or name one you have: make run PYTHON=python3.12"
if [ -z "$found" ] && [ -n "$too_old" ]; then
    fail "$too_old, which is too old: $remedy."
elif [ -z "$found" ]; then
    fail "$1 was not found or does not start: $remedy."
fi

# Debian and Ubuntu ship Python without the part that creates virtual environments.
if ! "$found" -c 'import venv, ensurepip' 2>/dev/null; then
    case ${found##*/} in
        python3.*) package="${found##*/}-venv" ;;
        *) package=python3-venv ;;
    esac
    fail "$found cannot create virtual environments (its venv module is missing): on Debian or Ubuntu, run: sudo apt install $package"
fi
echo "$found"
