"""Other people's clients, as they are: paho (3.1.1 and 5), aiomqtt, mosquitto's; and a server that is killed."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiomqtt
import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

from tests.app.server import Server, serving

pytestmark = pytest.mark.service

CHAT = "chat/global"
WAIT_S = 15


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path, "--limits", "off") as running:
        assert running.ready
        yield running


class Paho:
    """paho in its own thread. `heard` are the seqs in the order they came."""

    def __init__(self, port: int, client: str, version: int, **session: Any) -> None:
        if version == 4:
            session = {"clean_session": not session}
        self.client = Client(
            CallbackAPIVersion.VERSION2,
            client,
            protocol=MQTTProtocolVersion(version),
            **(session if version == 4 else {}),
        )
        self.heard: list[int] = []
        self._news = threading.Condition()
        self._in = threading.Event()
        self.client.on_message = self._on_message
        self.client.on_connect = lambda *_: self._in.set()
        self.client.on_disconnect = lambda *_: self._in.clear()
        self.client.reconnect_delay_set(1, 1)
        options: dict[str, Any] = {"clean_start": not session, "properties": Properties(PacketTypes.CONNECT)}
        if version == 5 and session:
            options["properties"].SessionExpiryInterval = 3600
        self._options = options if version == 5 else {}
        self._port = port

    def start(self, user: str, password: str | None = None) -> "Paho":
        self.client.username_pw_set(user, password)
        self.client.connect("127.0.0.1", self._port, **self._options)
        self.client.loop_start()
        assert self._in.wait(WAIT_S)
        return self

    def back(self) -> None:
        """Until it is in again."""
        assert self._in.wait(WAIT_S)

    def _on_message(self, client: Any, data: Any, message: Any) -> None:
        with self._news:
            self.heard.append(json.loads(message.payload)["seq"])
            self._news.notify_all()

    def until(self, seq: int) -> None:
        with self._news:
            assert self._news.wait_for(lambda: seq in self.heard, WAIT_S), self.heard[-5:]

    def stop(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


def mqtt(server: Server) -> int:
    return int(server.ready["mqtt"].rpartition(":")[2])


@pytest.mark.parametrize("version", [4, 5])
@pytest.mark.parametrize("qos", [0, 1, 2])
def test_paho(server: Server, version: int, qos: int) -> None:
    alice = Paho(mqtt(server), "alice", version).start("alice")
    bob = Paho(mqtt(server), "bob", version).start("bob")
    subscribed = threading.Event()
    bob.client.on_subscribe = lambda *_: subscribed.set()
    bob.client.subscribe(CHAT, options=SubscribeOptions(qos)) if version == 5 else bob.client.subscribe(
        CHAT, qos
    )
    assert subscribed.wait(WAIT_S)
    for n in range(49):
        alice.client.publish(CHAT, f"{n}", qos)
    alice.client.publish(CHAT, "last", qos).wait_for_publish(WAIT_S)
    bob.until(50)
    assert bob.heard == list(range(1, 51))
    alice.stop()
    bob.stop()


async def test_aiomqtt(server: Server) -> None:
    async with (
        aiomqtt.Client("127.0.0.1", mqtt(server), username="alice", identifier="a") as alice,
        aiomqtt.Client("127.0.0.1", mqtt(server), username="bob", identifier="b") as bob,
    ):
        await bob.subscribe("chat/+", qos=1)
        await alice.publish(CHAT, "hi", qos=1)
        async with asyncio.timeout(WAIT_S):
            message = await anext(aiter(bob.messages))
        assert json.loads(message.payload)["body"]["text"] == "hi"


@pytest.mark.skipif(shutil.which("mosquitto_sub") is None, reason="no mosquitto-clients")
@pytest.mark.parametrize("version", ["mqttv311", "mqttv5"])
def test_mosquitto(server: Server, version: str) -> None:
    common = ("-p", str(mqtt(server)), "-V", version, "-t", CHAT)
    listening = subprocess.Popen(
        ["stdbuf", "-oL", "mosquitto_sub", *common, "-C", "2", "-W", "10", "-q", "2", "-d"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert listening.stdout is not None
    for line in listening.stdout:
        if "Subscribed" in line:
            break
    for text in ("one", "two"):
        subprocess.run(
            ["mosquitto_pub", *common, "-u", "alice", "-i", f"alice-{text}", "-q", "2", "-m", text],
            check=True,
            timeout=10,
        )
    heard = listening.stdout.read()
    assert listening.wait(10) == 0
    assert [f'"text":"{text}"' in heard for text in ("one", "two")] == [True, True]


def test_tls(tmp_path: Path) -> None:
    chain = tmp_path / "chain.pem"
    request = (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
    )
    command = ["openssl", *request.split(), "-keyout", str(chain), "-out", str(tmp_path / "cert.pem")]
    subprocess.run(command, check=True, capture_output=True)
    certificate = (tmp_path / "cert.pem").read_text()
    chain.write_text(chain.read_text() + certificate)
    with serving(tmp_path, TEAHOUSE_MQTT_CERTIFICATE=str(chain)) as server:
        assert server.ready["mqtt"].startswith("mqtts://")
        alice = Paho(mqtt(server), "alice", 5)
        alice.client.tls_set(str(tmp_path / "cert.pem"))
        alice.start("alice")
        alice.client.publish(CHAT, "hi", 1).wait_for_publish(WAIT_S)
        alice.stop()


def call(url: str, token: str = "", body: Any = None) -> Any:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers)) as answer:
        return json.load(answer)


def register(http: str, name: str) -> None:
    call(f"{http}/api/v1/auth/register", body={"user": name, "password": "correct horse 1"})


def texts(http: str) -> list[str]:
    """All that was said in the lobby, by the log."""
    login = call(f"{http}/api/v1/auth/login", body={"user": "alice", "password": "correct horse 1"})
    found: list[str] = []
    after = 0
    while True:
        page = call(
            f"{http}/api/v1/conversations/lobby/messages?after={after}&limit=200", login["access_token"]
        )
        found += [entry["body"]["text"] for entry in page["entries"]]
        if not page["more"]:
            return found
        after = page["entries"][-1]["seq"]


@pytest.mark.parametrize("version", [4, 5])
def test_a_killed_server_loses_and_doubles_nothing(tmp_path: Path, version: int) -> None:
    """paho publishes and listens at QoS 1, in sessions that are kept, while the server is killed again and again."""
    with serving(tmp_path, "--limits", "off") as server:
        port, ready = str(mqtt(server)), server.ready
        register(ready["http"], "alice")
        register(ready["http"], "bob")
        alice = Paho(int(port), "alice", version, kept=True).start("alice", "correct horse 1")
        bob = Paho(int(port), "bob", version, kept=True).start("bob", "correct horse 1")
        bob.client.subscribe(CHAT, 1)
        alice.client.publish(CHAT, "first", 1).wait_for_publish(WAIT_S)
        bob.until(1)
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
    sent = 1
    for _ in range(3):
        with serving(tmp_path, "--limits", "off", "--mqtt-port", port) as server:
            assert server.ready
            alice.back()
            for _ in range(200):
                sent += 1
                on_its_way = alice.client.publish(CHAT, f"{sent}", 1)
                if sent % 50 == 0:
                    on_its_way.wait_for_publish(WAIT_S)
            os.kill(server.process.pid, signal.SIGKILL)
            server.process.wait()
    with serving(tmp_path, "--limits", "off", "--mqtt-port", port) as server:
        assert server.ready
        alice.back()
        sent += 1
        alice.client.publish(CHAT, f"{sent}", 1).wait_for_publish(WAIT_S)
        bob.until(sent)
        assert sorted(set(bob.heard)) == list(range(1, sent + 1))
        assert texts(server.ready["http"]) == ["first", *map(str, range(2, sent + 1))]
        alice.stop()
        bob.stop()
