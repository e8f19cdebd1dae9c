"""The server as a place to go to: its address, its accounts, and what can be done there without a browser."""

import io
import json
import socket
from typing import Any

import httpx2
from PIL import Image

from tests.app.server import Server, teahouse

PASSWORD = "a pot of oolong, twice"


class Place:
    def __init__(self, server: Server) -> None:
        self.server = server
        self.url: str = server.ready["http"]
        self._tokens: dict[str, str] = {}

    def register(self, user: str, nick: str | None = None) -> str:
        """Makes an account unless it is there; an access token for it."""
        if user not in self._tokens:
            body = {"user": user, "password": PASSWORD, "nick": nick or user}
            answer = httpx2.post(f"{self.url}/api/v1/auth/register", json=body)
            if answer.status_code == 409:
                answer = httpx2.post(f"{self.url}/api/v1/auth/login", json=body)
            assert answer.is_success, answer.text
            self._tokens[user] = answer.json()["access_token"]
        return self._tokens[user]

    def call(self, user: str, method: str, path: str, **body: Any) -> dict[str, Any]:
        """A REST call by somebody, which must succeed: what it answers."""
        answer = httpx2.request(
            method,
            f"{self.url}/api/v1/{path}",
            headers={"Authorization": f"Bearer {self.register(user)}"},
            json=body or None,
            timeout=20,
        )
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        found: dict[str, Any] = json.loads(answer.text or "{}")
        return found

    def say(self, user: str, conversation: str, text: str, **more: Any) -> int:
        """Sends a message: its seq."""
        sent = self.call(user, "POST", f"conversations/{conversation}/messages", text=text, **more)
        return int(sent["seq"])

    def server_command(self, *arguments: str) -> None:
        """`teahouse ...` beside the running server."""
        done = teahouse(*arguments, cwd=self.server.place)
        assert done.returncode == 0, done.stderr

    def command(self, user: str, op: str, **fields: Any) -> dict[str, Any]:
        """A command of the JSON protocol over TCP, which must succeed: its answer."""
        host, port = self.server.ready["tcp"].removeprefix("tcp://").rsplit(":", 1)
        hello = {"op": "hello", "id": 0, "token": self.register(user)}
        with socket.create_connection((host, int(port)), timeout=20) as line, line.makefile("rwb") as stream:
            for command in (hello, {"op": op, "id": 1, **fields}):
                stream.write(json.dumps(command).encode() + b"\n")
            stream.flush()
            for read in stream:
                answer: dict[str, Any] = json.loads(read)
                if answer.get("re") == 1:
                    assert "ok" in answer, answer
                    return dict(answer["ok"])
        raise AssertionError(f"no answer to {op}")

    def picture(self, user: str) -> str:
        """Uploads a small picture: the id of its file."""
        drawn = io.BytesIO()
        Image.new("RGB", (64, 64), "seagreen").save(drawn, "PNG")
        answer = httpx2.post(
            f"{self.url}/api/v1/files",
            params={"name": "leaf.png"},
            headers={"Authorization": f"Bearer {self.register(user)}", "Content-Type": "image/png"},
            content=drawn.getvalue(),
        )
        assert answer.is_success, answer.text
        return str(answer.json()["id"])

    def id_of(self, user: str) -> str:
        return str(self.call(user, "GET", "users/me")["id"])

    def group(self, owner: str, title: str, *members: str, kind: str = "group") -> str:
        """A conversation of these: its id."""
        ids = [self.id_of(member) for member in members]
        made = self.call(owner, "POST", "conversations", kind=kind, title=title, members=ids)
        return str(made["conversation"])
