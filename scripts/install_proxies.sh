#!/bin/sh
# Have what tests start for real: Caddy, nginx, openssl, systemd's check of units, PostgreSQL, Java.
# Where they cannot be installed (no root, no apt) it says so, and those tests are skipped; but for
# Java, without which install_spark.sh fails.
set -u

missing=''
for program in caddy:caddy nginx:nginx-light openssl:openssl systemd-analyze:systemd \
    java:default-jre-headless; do
    command -v "${program%%:*}" >/dev/null || [ -x "/usr/sbin/${program%%:*}" ] ||
        missing="$missing ${program##*:}"
done
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null ||
    missing="$missing postgresql"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing$missing for the tests (apt)."
    # shellcheck disable=SC2086
    apt-get update -q >/dev/null &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing \
            </dev/null >/dev/null && exit 0
    echo "They could not be installed." >&2
    exit 1
fi
echo "Not here, so the tests that need them are skipped:$missing."
