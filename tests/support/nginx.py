"""The real nginx with the configurations of deploy/nginx, before real nodes: only ports, addresses and paths are
replaced. Skipped where nginx or its stream module is missing."""

import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.certificates import HOST, certify
from tests.support.lines import port_of

CONFIGURATIONS = Path(__file__).parent.parent.parent / "deploy" / "nginx"
MODULE = Path("/usr/lib/nginx/modules/ngx_stream_module.so")
NODES = ("10.0.0.11", "10.0.0.12", "10.0.0.13")
"""The addresses that stand in the configurations."""

SITE = "chat.example.org"


@dataclass
class Nginx:
    """`https` and `tcp` are where clients connect; `trust` is the certificate's authority."""

    process: subprocess.Popen[bytes]
    folder: Path
    https: str
    wss: str
    tcp: int
    tls: int
    trust: ssl.SSLContext

    @property
    def log(self) -> str:
        return (self.folder / "error.log").read_text()


@dataclass(frozen=True)
class Upstream:
    """A node as nginx sees it: where its listeners are."""

    http: int
    tcp: int

    @classmethod
    def of(cls, ready: dict[str, str]) -> "Upstream":
        return cls(port_of(ready["http"]), port_of(ready["tcp"]))


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


@contextmanager
def proxying(folder: Path, nodes: Sequence[Upstream], affinity: str) -> Iterator[Nginx]:
    """nginx with `affinity` before `nodes`, up to three; a configuration's node that is not there is down."""
    if shutil.which("nginx") is None or not MODULE.exists():
        pytest.skip("nginx with its stream module is not installed")
    folder.mkdir()
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    certify(folder / "fullchain.pem", folder / "privkey.pem")
    http, https, tcp, tls = free_ports(4)
    absent = free_ports(2 * (len(NODES) - len(nodes)))
    known = [*nodes, *(Upstream(*absent[at : at + 2]) for at in range(0, len(absent), 2))]
    changes = {
        f"{address}:{port}": f"127.0.0.1:{getattr(node, kind)}"
        for address, node in zip(NODES, known, strict=True)
        for port, kind in ((8080, "http"), (9000, "tcp"))
    }
    ports = {"80": http, "443 ssl": https, "9000": tcp, "9443 ssl": tls}
    for path in CONFIGURATIONS.glob("*.conf"):
        (folder / path.name).write_text(rewritten(path.read_text(), folder, affinity, changes, ports))
    command = ["nginx", "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen([*command, "-g", "daemon off;"], stdout=subprocess.DEVNULL)
    trust = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
    try:
        wait_for(tcp)
        yield Nginx(
            process,
            folder,
            f"https://{HOST}:{https}",
            f"wss://{HOST}:{https}/ws",
            tcp,
            tls,
            trust,
        )
    finally:
        process.terminate()
        process.wait(timeout=10)


def rewritten(text: str, folder: Path, affinity: str, changes: dict[str, str], ports: dict[str, int]) -> str:
    """The same configuration in another place."""
    chosen = f"include /etc/nginx/teahouse/affinity-{affinity}.conf;"
    text = re.sub(r"^ *(# )?include /etc/nginx/teahouse/affinity-.*$", "", text, flags=re.M)
    text = text.replace(
        "include /etc/nginx/teahouse/site.conf;", f"{chosen}\n include /etc/nginx/teahouse/site.conf;"
    )
    text = text.replace("include /etc/nginx/modules-enabled/*.conf;", f"load_module {MODULE};")
    text = re.sub(r"^ *listen \[::\].*$", "", text, flags=re.M)
    for port, ours in ports.items():
        text = re.sub(
            rf"listen {port}([ ;])", rf"listen 127.0.0.1:{ours}{port[len(port.split()[0]) :]}\1", text
        )
    for old, new in changes.items():
        text = text.replace(old, new)
    places = {
        "/etc/nginx/teahouse/": f"{folder}/",
        f"/etc/letsencrypt/live/{SITE}/": f"{folder}/",
        SITE: HOST,
        " buffer=64k flush=5s": "",
        "/var/log/nginx/": f"{folder}/",
        "/var/cache/nginx/": f"{folder}/cache-",
        "/run/nginx.pid": f"{folder}/nginx.pid",
        "user www-data;": "user root;",
        "worker_processes auto;": "worker_processes 2;",
        "worker_rlimit_nofile 200000;": "",
        "worker_connections 65536;": "worker_connections 4096;",
    }
    for old, new in places.items():
        text = text.replace(old, new)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    return text.replace("http {\n", f"http {{\n{temporary}", 1)


def wait_for(port: int, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < end, f"nobody listens on port {port}"
            time.sleep(0.02)
