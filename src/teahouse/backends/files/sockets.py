"""Sockets in the data directory: how other processes of this machine reach a running server.

Rule: who may open the directory may ask, and the kernel says who that is (SO_PEERCRED, unix(7)). Only a server that
holds the directory, or the only node of its name, makes one: a socket that lies there is nobody's. Used by
app/control.py and backends/calls.
"""

import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PEER = struct.Struct("3i")  # struct ucred: pid, uid, gid


def bound(data: Path, file: str) -> tuple[socket.socket, int]:
    """A socket to listen on, for its owner only, and its inode."""
    with short(data) as folder:
        path = folder / file
        path.unlink(missing_ok=True)
        made = socket.socket(socket.AF_UNIX)
        made.bind(str(path))
        path.chmod(0o600)
        inode = path.stat().st_ino
    made.setblocking(False)
    return made, inode


def unlink(data: Path, file: str, inode: int) -> None:
    """Take ours away; one that another process put there since is left alone."""
    path = data / file
    with suppress(FileNotFoundError):
        if path.stat().st_ino == inode:
            path.unlink()


def is_ours(connection: socket.socket) -> bool:
    """Whether the other side is of our user, or root."""
    _, uid, _ = _PEER.unpack(connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size))
    return uid in (0, os.geteuid())


@contextmanager
def short(data: Path) -> Iterator[Path]:
    """A short name for the directory: a socket's path has room for 107 bytes (unix(7)), a directory's may be longer."""
    directory = os.open(data, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield Path(f"/proc/self/fd/{directory}")
    finally:
        os.close(directory)
