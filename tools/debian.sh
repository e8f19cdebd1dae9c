#!/bin/sh
# Installs Debian packages where a command is missing: tools/debian.sh COMMAND PACKAGE...
# As root, or with sudo; elsewhere it says what to install.
set -eu
command=$1
shift
command -v "$command" >/dev/null && exit 0
if ! command -v apt-get >/dev/null; then
    echo "$command is missing: install it (on Debian: $*)" >&2
    exit 1
fi
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
