"""ejabberd to compare with: Debian's package, started for a bench in a folder of its own, with anonymous login and
those of its modules, set as Debian sets them, that do what our door does: rooms with an archive, stream management,
carbons, client states, blocking, roster. Used by xmpp.py."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT_S = 60.0
_LIBRARIES = "/usr/lib/x86_64-linux-gnu"
_SETTINGS = """
hosts: [localhost]
loglevel: error
listen:
  - {{port: {port}, ip: "127.0.0.1", module: ejabberd_c2s, max_stanza_size: 262144, shaper: none, backlog: 1024}}
auth_method: [anonymous]
anonymous_protocol: sasl_anon
acl: {{}}
shaper_rules: {{}}
modules:
  mod_blocking: {{}}
  mod_caps: {{}}
  mod_carboncopy: {{}}
  mod_client_state: {{}}
  mod_disco: {{}}
  mod_mam: {{}}
  mod_muc:
    access: all
    access_create: all
    access_mam: all
    max_users: 2000
    default_room_options: {{mam: true, max_users: 2000, anonymous: false}}
  mod_ping: {{}}
  mod_privacy: {{}}
  mod_roster: {{versioning: true}}
  mod_stream_mgmt: {{resend_on_timeout: if_offline}}
  mod_vcard: {{search: false}}
  mod_version: {{}}
"""


def installed() -> bool:
    """Whether there is one to compare with."""
    return shutil.which("erl") is not None and any(Path(_LIBRARIES).glob("ejabberd-*"))


@contextmanager
def running(folder: Path) -> Iterator[tuple[str, int]]:
    """Its address and process, accepting."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = folder / "ejabberd.yml"
    settings.write_text(_SETTINGS.format(port=port), encoding="utf-8")
    environment = {
        **os.environ,
        "ERL_LIBS": _LIBRARIES,
        "ERL_MAX_PORTS": "32000",
        "ERL_CRASH_DUMP_SECONDS": "0",
        "EJABBERD_CONFIG_PATH": str(settings),
        "EJABBERD_LOG_PATH": str(folder / "ejabberd.log"),
    }
    command = ["erl", "-noinput", "+K", "true", "+P", "250000"]
    command += ["-mnesia", "dir", f'"{folder / "mnesia"}"', "-s", "ejabberd"]
    with (folder / "out").open("wb") as out:
        server = subprocess.Popen(command, env=environment, stdout=out, stderr=out, cwd=folder)
    try:
        _until_it_accepts(server, port)
        yield f"127.0.0.1:{port}", server.pid
    finally:
        server.kill()
        server.wait()


def _until_it_accepts(server: "subprocess.Popen[bytes]", port: int) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < WAIT_S:
        if server.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("ejabberd does not start; see `out` in its folder")
