"""Outgoing webhooks of a real server: killed in the middle, asked by the command line, heard by the receivers of the
documents."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.app.server import Server, serving, teahouse
from tests.docs.markdown import document
from tests.support.receiver import Receiver, receiver

pytestmark = [pytest.mark.service, pytest.mark.timeout(120)]

PASSWORD = "a long enough password"
LETTING = {"TEAHOUSE_OUTGOING_HTTP": "true", "TEAHOUSE_OUTGOING_ALLOW_PRIVATE": "true"}
Json = dict[str, Any]


class Alice:
    """Somebody with a group on a server."""

    def __init__(self, server: Server, path: str = "/auth/register") -> None:
        self.url = str(server.ready["http"]) + "/api/v1"
        answer = httpx2.post(self.url + path, json={"user": "alice", "password": PASSWORD})
        assert answer.status_code in (200, 201), answer.text
        bearer = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        self.client = httpx2.Client(base_url=self.url, headers=bearer, timeout=20)

    def post(self, path: str, **body: Any) -> Json:
        answer = self.client.post(path, json=body)
        assert answer.status_code in (200, 201), answer.text
        found: Json = answer.json()
        return found

    def group(self) -> str:
        return str(self.post("/conversations", kind="group", title="Tea")["conversation"])

    def webhook(self, group: str, url: str) -> Json:
        return self.post(f"/conversations/{group}/outgoing-webhooks", url=url, kinds=["message"])

    def say(self, group: str, text: str) -> Json:
        return self.post(f"/conversations/{group}/messages", text=text)


async def test_killed_between_delivery_and_acknowledgement(tmp_path: Path) -> None:
    """It is delivered again, with the same id, and nothing is left out."""
    async with receiver() as outside:
        with serving(tmp_path, "--limits", "off", **LETTING) as server:
            alice = Alice(server)
            group = await asyncio.to_thread(alice.group)
            made = await asyncio.to_thread(alice.webhook, group, outside.url)
            await asyncio.to_thread(alice.say, group, "one")
            await outside.wait(1)
            outside.mode = "hang"
            await asyncio.to_thread(alice.say, group, "two")
            await outside.wait(2, "asked")
            server.stop(signal.SIGKILL)
        outside.mode = 200
        with serving(tmp_path, "--limits", "off", **LETTING) as server:
            alice = Alice(server, "/auth/login")
            await asyncio.to_thread(alice.say, group, "three")
            await outside.wait(3, seconds=90)
        assert outside.texts == ["one", "two", "three"]
        assert outside.asked[1].id == outside.taken[1].id
        assert all(one.fault(made["secret"], time.time()) == "" for one in outside.taken[-1:])


async def test_the_command_line(tmp_path: Path) -> None:
    async with receiver() as outside:
        with serving(tmp_path, "--limits", "off", **LETTING) as server:
            await _ask_by_command_line(server, outside, tmp_path)
        stopped = teahouse("webhook", "list", cwd=tmp_path)
        assert stopped.returncode == 1 and "no server runs" in stopped.stderr


async def _ask_by_command_line(server: Server, outside: Receiver, cwd: Path) -> None:
    async def command(*arguments: str, **given: Any) -> subprocess.CompletedProcess[str]:
        return await asyncio.to_thread(teahouse, "webhook", *arguments, cwd=cwd, **given)

    alice = Alice(server)
    group = await asyncio.to_thread(alice.group)
    made = await asyncio.to_thread(alice.webhook, group, outside.url)
    seq = (await asyncio.to_thread(alice.say, group, "one"))["seq"]
    (told,) = await outside.wait(1)
    id_ = made["webhook"]["id"]
    listed = (await command("list")).stdout
    assert id_ in listed and outside.url in listed and group in listed and "on" in listed.split()
    again = await command("replay", id_, "--conversation", group, "--seqs", f"{seq}-{seq}")
    assert again.returncode == 0, again.stderr
    await command("replay", id_, "--since", "2020-01-01T00:00Z")
    await outside.wait(3)
    assert {one.id for one in outside.taken} == {told.id}
    outside.answer = b"thank you\x1b[2J"
    tested = await command("test", id_)
    assert tested.returncode == 0, tested.stderr
    assert (
        "it answered 200 after" in tested.stdout and "thank you\N{REPLACEMENT CHARACTER}[2J" in tested.stdout
    )
    assert outside.taken.pop().event["ev"] == "test"
    outside.mode = 500
    assert (await command("test", id_)).returncode == 1
    outside.mode = 200
    for wrong in (
        ["test", "o-none"],
        ["replay", id_],
        ["replay", "o-none", "--since", "2020-01-01"],
        ["replay", id_, "--seqs", "x"],
    ):
        refused = await command(*wrong)
        assert refused.returncode in (1, 2) and "Traceback" not in refused.stderr
    headers = told.headers
    signed = ["--timestamp", headers["teahouse-timestamp"], "--signature", headers["teahouse-signature"]]
    secret = {"TEAHOUSE_WEBHOOK_SECRET": made["secret"]}
    good = await command("verify", *signed, stdin=told.body.decode(), **secret)
    assert good.returncode == 0, good.stderr
    (cwd / "secret").write_text(made["secret"] + "\n")
    (cwd / "body").write_bytes(told.body)
    files = await command("verify", *signed, "--file", "body", "--secret-file", "secret", "--any-time")
    assert files.returncode == 0, files.stderr
    bad = await command("verify", *signed, stdin=told.body.decode() + " ", **secret)
    assert (bad.returncode, bad.stderr) == (
        1,
        "teahouse: no signature is that of this secret, time and body\n",
    )
    assert (await command("verify", *signed, stdin="")).returncode == 2


GUIDE = list(document("docs/how-to/webhooks.md").blocks())
BLOCKS = {block.language: block.text for block in GUIDE}
SHELL = next(b.text for b in GUIDE if "webhook verify" in b.text)


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


@pytest.mark.parametrize(
    ("language", "name", "program"),
    [("python", "receiver.py", sys.executable), ("javascript", "receiver.mjs", shutil.which("node"))],
)
def test_the_receivers_of_the_documents(
    tmp_path: Path, language: str, name: str, program: str | None
) -> None:
    if program is None:
        pytest.skip("there is no Node.js here")
    (tmp_path / name).write_text(BLOCKS[language])
    port = free_port()
    with serving(tmp_path, "--limits", "off", **LETTING) as server:
        alice = Alice(server)
        group = alice.group()
        secret = alice.webhook(group, f"http://127.0.0.1:{port}/")["secret"]
        given = {**os.environ, "TEAHOUSE_WEBHOOK_SECRET": secret, "PORT": str(port)}
        with subprocess.Popen(
            [program, name], cwd=tmp_path, env=given, stdout=subprocess.PIPE, text=True
        ) as running:
            try:
                alice.say(group, "good morning")
                assert running.stdout is not None
                assert running.stdout.readline() == "message good morning\n"
                forged = {"Teahouse-Delivery": "d", "Teahouse-Timestamp": str(int(time.time()))}
                forged["Teahouse-Signature"] = "v1=" + "0" * 64
                answer = httpx2.post(f"http://127.0.0.1:{port}/", headers=forged, content=b"{}")
                assert answer.status_code == 401
            finally:
                running.kill()


@pytest.mark.parametrize(
    ("change", "said"), [(lambda body: body, "ours"), (lambda body: body + b"!", "not ours")]
)
async def test_the_shell_of_the_documents(
    tmp_path: Path, change: Callable[[bytes], bytes], said: str
) -> None:
    from teahouse.model.signing import sign

    body, now = b'{"event":{}}', int(time.time())
    (tmp_path / "body").write_bytes(change(body))
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    (bin_ / "teahouse").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m teahouse "$@"\n')
    (bin_ / "teahouse").chmod(0o755)
    given = {
        **os.environ,
        "PATH": f"{bin_}:{os.environ['PATH']}",
        "TEAHOUSE_WEBHOOK_SECRET": "whs_a",
        "TIMESTAMP": str(now),
        "SIGNATURE": sign(["whs_a"], now, body),
        "BODY": "body",
    }
    ran = await asyncio.to_thread(
        subprocess.run,
        ["sh", "-c", SHELL],
        cwd=tmp_path,
        env=given,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines()[-1] == said
