"""People at all doors, and how they meet; those of REST and XMPP are here."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, ClassVar
from uuid import uuid4

import httpx2
from slixmpp import JID, ClientXMPP

from tests.matrix.json_people import GrpcPerson, MqttPerson, TcpPerson, WebSocketPerson
from tests.matrix.person import PASSWORD, WAIT_S, Json, Person


class RestPerson(Person):
    """REST, by httpx2: what was said is asked for, for nothing comes by itself."""

    PAUSE_S = 0.05

    async def enter(self, conversation: str) -> None:
        self._http = httpx2.AsyncClient(
            base_url=f"{self.ready['http']}/api/v1/conversations/{conversation}",
            headers={"Authorization": f"Bearer {self.token}"},
        )
        self._said: set[int] = set()
        self._seen = 0
        await super().enter(conversation)

    async def _ask(self, method: str, path: str, **fields: Any) -> Json:
        answer = await self._http.request(method, path, json=fields or None)
        assert answer.is_success, answer.text
        told: Json = answer.json()
        return told

    async def say(self, text: str) -> int:
        seq = int((await self._ask("POST", "/messages", text=text))["seq"])
        self._said.add(seq)
        return seq

    async def edit(self, seq: int, text: str) -> None:
        await self._ask("PATCH", f"/messages/{seq}", text=text)

    async def recall(self, seq: int) -> None:
        await self._ask("DELETE", f"/messages/{seq}")

    async def read(self, seq: int) -> None:
        await self._ask("POST", "/read", seq=seq)

    async def _listen(self) -> None:
        while True:
            page = await self._ask("GET", f"/messages?after={self._seen}&limit=200")
            for entry in page["entries"]:
                self._entry(entry)
                self._seen = entry["seq"]
            for seq in self._said:
                for reader in (await self._ask("GET", f"/messages/{seq}/readers"))["readers"]:
                    self.note("read", seq, reader["nick"])
            await asyncio.sleep(self.PAUSE_S)

    def _entry(self, entry: Json) -> None:
        match entry["ev"]:
            case "message":
                self.note("message", entry["seq"], entry.get("body", {}).get("text", ""))
            case "edit":
                self.note("edit", entry["ref"], entry["body"]["text"])
            case "recall":
                self.note("recall", entry["ref"])

    async def leave(self) -> None:
        await super().leave()
        await self._http.aclose()


class XmppPerson(Person):
    """XMPP, by slixmpp: the conversation is a room."""

    PLUGINS: ClassVar[tuple[int, ...]] = (30, 45, 199, 308, 333, 359, 424)

    async def enter(self, conversation: str) -> None:
        self._room = JID(f"{conversation}@conference.localhost")
        self._ids: dict[int, str] = {}
        self._seqs: dict[str, int] = {}
        self._echoes: dict[str, asyncio.Future[int]] = {}
        self._started = asyncio.Event()
        self._client = client = ClientXMPP(f"{self.name}@localhost", PASSWORD)
        for plugin in self.PLUGINS:
            client.register_plugin(f"xep_{plugin:04d}")
        client.plugin["feature_mechanisms"].unencrypted_plain = True
        client.enable_starttls = client.enable_direct_tls = client.use_ipv6 = False
        client.enable_plaintext = True
        client.add_event_handler("session_start", lambda _: self._started.set())
        client.add_event_handler("message", self._message)  # those with a body
        client.add_event_handler("marker_displayed", self._room_message)
        host, port = self.ready["xmpp"].removeprefix("xmpp://").rsplit(":", 1)
        client.connect(host, int(port))
        await asyncio.wait_for(self._started.wait(), WAIT_S)
        client.send_presence()
        await client.plugin["xep_0045"].join_muc_wait(self._room, self.name, timeout=WAIT_S)
        await super().enter(conversation)

    async def _listen(self) -> None:
        """slixmpp does."""

    async def say(self, text: str) -> int:
        message = self._client.make_message(self._room, text, mtype="groupchat")
        id_ = message["id"] = message["origin_id"]["id"] = uuid4().hex
        echo = self._echoes[id_] = asyncio.get_running_loop().create_future()
        message.send()
        seq = await asyncio.wait_for(echo, WAIT_S)
        self._ids[seq], self._seqs[id_] = id_, seq
        return seq

    async def edit(self, seq: int, text: str) -> None:
        message = self._client.make_message(self._room, text, mtype="groupchat")
        message["replace"]["id"] = self._ids[seq]  # XEP-0308: the id its sender gave it
        message.send()

    async def recall(self, seq: int) -> None:
        self._client.plugin["xep_0424"].send_retraction(self._room, str(seq), mtype="groupchat")

    async def read(self, seq: int) -> None:
        self._client.plugin["xep_0333"].send_marker(self._room, str(seq), "displayed", mtype="groupchat")

    def _message(self, message: Any) -> None:
        said = self._echoes.pop(message["id"], None)
        if said is not None:
            said.set_result(int(message["stanza_id"]["id"]))
        elif message["type"] == "groupchat":
            self._room_message(message)

    def _room_message(self, message: Any) -> None:
        names = {child.tag.rpartition("}")[2]: child for child in message.xml}
        if "retract" in names:
            self.note("recall", self._seq(names["retract"].get("id")))
        elif "replace" in names:
            self.note("edit", self._seq(names["replace"].get("id")), message["body"])
        elif "displayed" in names:
            self.note("read", self._seq(names["displayed"].get("id")), message["from"].resource)
        elif message["body"]:
            seq = int(message["stanza_id"]["id"])
            self._seqs[message["id"]] = seq
            self.note("message", seq, message["body"])

    def _seq(self, id_: str) -> int:
        """Of a message that is spoken of by the id it came with, or by its seq; 0 of one's own edit."""
        return self._seqs.get(id_) or (int(id_) if id_.isdigit() else 0)

    async def leave(self) -> None:
        await super().leave()
        await self._client.disconnect()


PEOPLE: dict[str, type[Person]] = {
    "tcp": TcpPerson,
    "websocket": WebSocketPerson,
    "rest": RestPerson,
    "mqtt": MqttPerson,
    "xmpp": XmppPerson,
    "grpc": GrpcPerson,
}


People = dict[str, Person]
"""By door."""


@asynccontextmanager
async def gathered(ready: Json) -> AsyncIterator[tuple[People, People]]:
    """Who speaks and who listens at each door, all in one group."""
    everybody: list[Person] = []
    ids: list[str] = []
    async with httpx2.AsyncClient(base_url=f"{ready['http']}/api/v1") as http:
        for role, (door, kind) in itertools.product(("speaker", "listener"), PEOPLE.items()):
            name = f"{door}-{role}"
            registered = await http.post("/auth/register", json={"user": name, "password": PASSWORD})
            told = registered.raise_for_status().json()
            everybody.append(kind(name, told["access_token"], ready))
            ids.append(told["user"]["id"])
        made = await http.post(
            "/conversations",
            json={"kind": "group", "title": "All doors", "members": ids[1:]},
            headers={"Authorization": f"Bearer {everybody[0].token}"},
        )
        conversation = made.raise_for_status().json()["conversation"]
    async with AsyncExitStack() as stack:
        for person in everybody:
            await person.enter(conversation)
            stack.push_async_callback(person.leave)
        yield (
            dict(zip(PEOPLE, everybody, strict=False)),
            dict(zip(PEOPLE, everybody[len(PEOPLE) :], strict=True)),
        )
