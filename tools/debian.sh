#!/bin/sh
# Installs Debian packages where a command is missing: tools/debian.sh COMMAND PACKAGE...
# As root, or with sudo; elsewhere it says what to install. No service that is named in NO_SERVICE runs because of it.
set -eu
PATH=$PATH:/usr/sbin:/sbin
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
policy=/usr/sbin/policy-rc.d # asked before a package starts its service; 101 forbids it
if [ -n "${NO_SERVICE:-}" ] && [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
    $as_root chmod 755 "$policy"
    trap '$as_root rm -f "$policy"' EXIT
fi
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
for service in ${NO_SERVICE:-}; do
    $as_root update-rc.d "$service" disable # nor with the machine
done
