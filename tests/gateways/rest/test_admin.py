from typing import Any

import pytest

from teahouse.backends.memory.audit import MemoryAudit
from teahouse.gateways.rest.audit import AuditLog, Scribe
from teahouse.gateways.rest.letters import Letters
from teahouse.gateways.rest.live import LiveSessions
from teahouse.gateways.rest.operation import Who, operations
from teahouse.gateways.rest.overview import Overview
from teahouse.gateways.rest.trace import Traces
from teahouse.model.audit import Record, Search
from tests.support.house import House
from tests.support.rest import Site


def site_of(house: House) -> Site:
    stores = house.engine._stores
    assert stores.audit is not None and stores.inventory is not None
    scribe = Scribe(stores.audit, stores.clock)
    return Site(
        house,
        audit=AuditLog(stores.audit),
        overview=Overview(house.engine, stores.inventory, stores.directory, stores.clock),
        live=LiveSessions(house.engine, scribe),
        trace=Traces(stores, scribe),
        letters=Letters(house.engine, stores.letters, stores.clock),
    )


async def actions(house: House) -> list[str]:
    found = await MemoryAudit(house.store).page(Search(), 2**53, 99)
    return [one.record.action for one in found][::-1]


PATHS = [
    ("GET", "/admin/audit"),
    ("GET", "/admin/statistics"),
    ("GET", "/admin/conversations"),
    ("GET", "/admin/conversations/lobby"),
    ("DELETE", "/admin/conversations/lobby"),
    ("GET", "/admin/sessions"),
    ("DELETE", "/admin/sessions/{session}"),
    ("GET", "/admin/messages/lobby.1/trace"),
    ("GET", "/admin/dead-letters"),
    ("POST", "/admin/dead-letters/retry"),
    ("GET", "/admin/dead-letters/x"),
    ("POST", "/admin/dead-letters/x/retry"),
    ("DELETE", "/admin/dead-letters/x"),
]


@pytest.mark.parametrize(("method", "path"), PATHS)
async def test_only_administrators(method: str, path: str) -> None:
    """Nobody, somebody, a bot with every scope, and a bot of an administrator's."""
    async with House() as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="x")
        site = site_of(house)
        where = path.format(session=alice.link.session.id)
        async with site.client() as nobody:
            assert (await nobody.request(method, where)).status_code == 401
        every = ("messages:read", "messages:write", "conversations:read", "conversations:write", "admin")
        for caller in ({}, {"scopes": every}, {"scopes": every, "admin": True}):
            async with site.client(alice, **caller) as somebody:
                answer = await somebody.request(method, where)
                assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
        assert not alice.link.closed
        assert await actions(house) == []


def test_every_operation_here_is_for_administrators() -> None:
    found = [
        operation
        for resource in (AuditLog, Overview, LiveSessions, Traces, Letters)
        for operation, _ in operations(resource.__new__(resource))
    ]
    assert len(found) == len(PATHS)
    assert all(o.who is Who.ADMIN and o.scope is None and o.path.startswith("/admin/") for o in found)


async def test_the_audit_log_in_pages() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        records = [Record(n, "u1", f"bot.a{n}", "t", "::1", {"n": n}) for n in range(5)]
        await MemoryAudit(house.store).append(records)
        async with site_of(house).client(alice, admin=True) as admin:
            first = (await admin.get("/admin/audit", params={"limit": 3, "action": "bot"})).json()
            assert [row["action"] for row in first["records"]] == ["bot.a4", "bot.a3", "bot.a2"]
            assert first["more"] is True
            rest = {"limit": 3, "before": first["records"][-1]["number"]}
            second = (await admin.get("/admin/audit", params=rest)).json()
            assert [row["details"]["n"] for row in second["records"]] == [1, 0]
            assert second["more"] is False
            some = (await admin.get("/admin/audit", params={"since": 2, "until": 3, "actor": "u1"})).json()
            assert [row["at"] for row in some["records"]] == [2]


async def test_statistics() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await house.back(bob, device="phone")
        house.stranger()
        await alice.ask("create", kind="group", members=["@bob"])
        await alice.ask("send", to="lobby", text="x")
        async with site_of(house).client(alice, admin=True) as admin:
            found = (await admin.get("/admin/statistics")).json()
            assert found["guests"] == found["online"] == 2
            assert found["sessions"] == {"test": 3}
            assert (found["conversations"], found["messages"], found["messages_day"]) == (1, 1, 1)
            await alice.ask("send", to="lobby", text="y")
            again = (await admin.get("/admin/statistics")).json()
            assert again["messages"] == 1  # counted a moment ago
            assert again["memory_bytes"] > 1_000_000 and again["loop_lag_ms"] >= 0 <= again["worst_lag_ms"]
            assert (found["jobs"], found["dead_letters"]) == (0, 0)
            before, after = found["counters"], again["counters"]
            assert (after["jobs_done"], after["jobs_died"]) == (0, 0)
            assert (before["messages"], after["messages"]) == (1, 2)
            assert after["commands"] - before["commands"] == 1
            assert after["deliveries"] - before["deliveries"] == 3  # two who hear it, and the sender's answer
            assert after["bytes"] - before["bytes"] > 300


async def test_conversations_from_outside() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        tea = (await alice.ask("create", kind="group", title="Tea", members=["@bob"]))["conversation"]
        await alice.ask("send", to=tea, text="a secret")
        await bob.ask("leave", conversation=tea)
        async with site_of(house).client(await house.guest("root"), admin=True) as admin:
            listed = await admin.get("/admin/conversations", params={"query": "tea", "kind": "group"})
            row = listed.json()["conversations"][0]
            assert (row["conversation"], row["members"], row["last_seq"]) == (tea, 1, 3)
            one = await admin.get(f"/admin/conversations/{tea}", params={"limit": 1})
            assert one.json()["more"] is True
            rest = {"after": one.json()["members"][0]["user"]}
            two = await admin.get(f"/admin/conversations/{tea}", params=rest)
            assert two.json()["more"] is False
            places = {m["nick"]: m["left"] for m in one.json()["members"] + two.json()["members"]}
            assert places == {"alice": 0, "bob": 3}
            assert "secret" not in listed.text + one.text
            assert (await admin.get("/admin/conversations/nowhere")).status_code == 404


async def test_sessions_are_listed_and_cut() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob", device="phone")
        house.stranger()
        async with site_of(house).client(alice, admin=True) as admin:
            page = (await admin.get("/admin/sessions", params={"limit": 1})).json()
            assert (page["sessions"][0]["nick"], page["more"]) == ("alice", True)
            after = {"after": page["sessions"][0]["session"]}
            rows = (await admin.get("/admin/sessions", params=after)).json()["sessions"]
            assert len(rows) == 1
            row: Any = rows[0]
            assert (row["device"], row["gateway"], row["address"], row["behind"]) == (
                "phone",
                "test",
                "test",
                0,
            )
            assert abs(row["since"] - house.clock.now()) < 60_000
            assert (await admin.delete(f"/admin/sessions/{row['session']}")).status_code == 204
            assert bob.link.bye is not None and bob.link.bye.reconnect is False
            assert (await admin.delete(f"/admin/sessions/{row['session']}")).status_code == 404
        assert await actions(house) == ["session.cut"]


async def test_the_way_of_a_message() -> None:
    async with House() as house:
        alice, bob, carol = [await house.guest(nick, device="phone") for nick in ("alice", "bob", "carol")]
        tea = (await alice.ask("create", kind="group", members=["@bob", "@carol"]))["conversation"]
        sent = await alice.ask("send", to=tea, text="a secret")
        await bob.ask("delivered", conversation=tea, seq=sent["seq"])
        await carol.ask("delivered", conversation=tea, seq=1)
        await bob.ask("read", conversation=tea, seq=sent["seq"])
        await house.engine._verbs.deliveries.write()
        async with site_of(house).client(alice, admin=True) as admin:
            answer = await admin.get(f"/admin/messages/{sent['message']}/trace")
            trace = answer.json()
            assert (trace["accepted"], trace["seq"], trace["kind"]) == (sent["at"], sent["seq"], "message")
            assert "secret" not in answer.text
            members = {member["nick"]: member for member in trace["members"]}
            assert members.keys() == {"bob", "carol"}
            assert (members["bob"]["delivered"], members["bob"]["read"]) == (True, True)
            assert (members["carol"]["delivered"], members["carol"]["read"]) == (False, False)
            assert members["bob"]["read_at"] >= members["bob"]["delivered_at"] > 0
            assert (members["carol"]["delivered_at"], members["carol"]["read_at"]) == (0, 0)
            assert members["bob"]["devices"][0]["device"] == "phone"
            assert members["bob"]["devices"][0]["delivered"] is True
            assert members["carol"]["devices"][0]["confirmed"] == 1
            for unknown in ("lobby.9", "x", "nowhere.1", "lobby.0", "lobby.99999999999999999999"):
                assert (await admin.get(f"/admin/messages/{unknown}/trace")).status_code == 404, unknown
        assert await actions(house) == ["message.traced"]


async def test_the_way_of_a_message_in_the_lobby() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="x")
        await bob.ask("delivered", conversation="lobby", seq=1)
        await house.engine._verbs.deliveries.write()
        async with site_of(house).client(alice, admin=True) as admin:
            members = (await admin.get("/admin/messages/lobby.1/trace")).json()["members"]
        assert [(m["user"], m["delivered"]) for m in members] == [(bob.me["id"], True)]


async def test_an_administrator_dissolves_a_conversation() -> None:
    async with House() as house:
        alice, root = await house.guest("alice"), await house.guest("root")
        tea = (await alice.ask("create", kind="group", title="Tea"))["conversation"]
        direct = (await alice.ask("send", to="@root", text="x"))["conversation"]
        async with site_of(house).client(root, admin=True) as admin:
            assert (await admin.delete(f"/admin/conversations/{tea}")).json() == {"seq": 2}
            for cannot in (tea, "lobby", direct):
                assert (await admin.delete(f"/admin/conversations/{cannot}")).status_code in (403, 409), (
                    cannot
                )
        assert (await alice.event("conversation", seq=2))["dissolved"] is True
        assert await alice.refused("send", to=tea, text="x") in ("forbidden", "not_found")
        assert await actions(house) == ["conversation.dissolved"]
