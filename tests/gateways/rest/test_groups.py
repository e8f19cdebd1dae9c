"""Running a conversation over REST, by those who may, and what strangers are told: nothing."""

import asyncio

import pytest

from teahouse.engine.words import Action, WordScreen, rules_of
from tests.support.house import House, limitless
from tests.support.rest import Site


async def cast(house, *nicks):
    return [await house.guest(nick) for nick in nicks]


async def made(client, **fields):
    answer = await client.post("/conversations", json={"kind": "group", "title": "Tea", **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()["conversation"]


async def test_settings_with_etags() -> None:
    async with House() as house:
        alice, bob = await cast(house, "alice", "bob")
        site = Site(house)
        async with site.client(alice) as hers, site.client(bob) as his:
            path = f"/conversations/{await made(hers, members=['@bob'])}"
            seen = await his.get(path)
            assert (seen.headers["etag"], seen.json()["title"]) == ('"1"', "Tea")
            changed = await hers.patch(path, json={"title": "Oolong"}, headers={"If-Match": '"1"'})
            assert changed.status_code == 200, changed.text
            assert (changed.headers["etag"], changed.json()["title"]) == ('"2"', "Oolong")
            for tag in ('"1"', 'W/"2"', "nonsense"):
                late = await hers.patch(path, json={"title": "Late"}, headers={"If-Match": tag})
                assert (late.status_code, late.json()["code"]) == (412, "conflict")
                assert late.headers["content-type"] == "application/problem+json"
            for tag in ("*", '"1", "2"'):
                again = await hers.patch(path, json={"title": "Oolong"}, headers={"If-Match": tag})
                assert again.status_code == 200
            assert (await his.patch(path, json={"title": "x"})).status_code == 403
            assert (await hers.patch(path, json={"limit": 1})).status_code == 409
            assert (await hers.patch(path, json={})).status_code == 200
            assert (await his.delete(path)).status_code == 403
            assert (await hers.delete(path)).json() == {"seq": 3}
            assert (await his.get(path)).status_code == 403
            assert (await his.get(f"{path}/messages")).status_code == 200


async def test_two_who_change_the_same_settings() -> None:
    async with House() as house:
        (alice,) = await cast(house, "alice")
        async with Site(house).client(alice) as client:
            path = f"/conversations/{await made(client)}"
            both = await asyncio.gather(
                *(
                    client.patch(path, json={"title": title}, headers={"If-Match": '"1"'})
                    for title in ("a", "b")
                )
            )
        assert sorted(answer.status_code for answer in both) == [200, 412]


async def test_members_come_go_and_change() -> None:
    async with House() as house:
        alice, bob, carol = await cast(house, "alice", "bob", "carol")
        site = Site(house)
        async with site.client(alice) as hers, site.client(bob) as his:
            path = f"/conversations/{await made(hers, join='open')}"
            assert (await his.post(f"{path}/join")).json()["seq"] == 2
            invited = await his.post(f"{path}/members", json={"users": ["@carol"]})
            assert (invited.status_code, invited.json()) == (201, {"seq": 3})
            member = f"{path}/members/{bob.me['id']}"
            assert (await hers.patch(member, json={"role": "admin"})).json() == {"seq": 4}
            assert (await his.patch(f"{path}/members/@carol", json={"muted": True})).status_code == 200
            assert await carol.refused("send", to=path.rpartition("/")[2], text="x") == "muted"
            assert (await hers.patch(member, json={"role": "king"})).status_code == 400
            assert (await hers.patch(member, json={})).json() == {"seq": 1}
            assert (await his.delete(f"{path}/members/@carol")).status_code == 200
            assert (await hers.patch(member, json={"role": "owner"})).status_code == 200
            assert (await hers.post(f"{path}/leave")).status_code == 200
            banned = await his.put(f"{path}/bans/@alice", json={"reason": "x"})
            assert banned.status_code == 200
            assert (await hers.post(f"{path}/join")).status_code == 403
            assert [b["user"]["nick"] for b in (await his.get(f"{path}/bans")).json()["bans"]] == ["alice"]
            assert (await his.delete(f"{path}/bans/{alice.me['id']}")).status_code == 200
            assert (await hers.post(f"{path}/join")).status_code == 200


async def test_links_and_requests() -> None:
    async with House() as house:
        alice, bob, carol = await cast(house, "alice", "bob", "carol")
        site = Site(house)
        async with site.client(alice) as hers, site.client(bob) as his, site.client(carol) as carols:
            conversation = await made(hers, join="approval")
            path = f"/conversations/{conversation}"
            link = (await hers.post(f"{path}/links", json={"uses": 1})).json()
            assert (await his.get(f"/links/{link['token']}")).json() == {"title": "Tea", "members": 1}
            both = await asyncio.gather(
                *(client.post(f"/links/{link['token']}/join") for client in (his, carols))
            )
            assert sorted(answer.status_code for answer in both) == [200, 404]
            late, person = (carols, carol) if both[0].status_code == 200 else (his, bob)
            assert (await late.post(f"{path}/join", json={"text": "please"})).json() == {
                "conversation": conversation,
                "pending": True,
            }
            (waiting,) = (await hers.get(f"{path}/requests")).json()["requests"]
            assert (waiting["user"]["id"], waiting["text"]) == (person.me["id"], "please")
            approve = f"{path}/requests/{person.me['id']}/approve"
            assert (await hers.post(approve)).status_code == 200
            assert (await hers.post(approve)).status_code == 404
            other = (await hers.post(f"{path}/links", json={})).json()
            assert [row["link"] for row in (await hers.get(f"{path}/links")).json()["links"]] == [
                other["link"]
            ]
            assert (await hers.delete(f"{path}/links/{other['link']}")).status_code == 204
            assert (await hers.delete(f"{path}/links/{other['link']}")).status_code == 404


async def test_blocks_and_contacts() -> None:
    async with House() as house:
        alice, bob = await cast(house, "alice", "bob")
        site = Site(house)
        async with site.client(alice) as hers, site.client(bob) as his:
            assert (await hers.put("/users/me/blocks/@bob")).status_code == 204
            sent = await his.post("/conversations/@alice/messages", json={"text": "x"})
            assert (sent.status_code, sent.json()["code"]) == (403, "blocked")
            assert [b["user"]["nick"] for b in (await hers.get("/users/me/blocks")).json()["blocks"]] == [
                "bob"
            ]
            assert (await his.get("/users/me/blocks")).json() == {"blocks": [], "more": False}
            assert (await hers.delete(f"/users/me/blocks/{bob.me['id']}")).status_code == 204
            assert (await his.post("/conversations/@alice/messages", json={"text": "x"})).status_code == 201
            assert (await hers.put("/users/me/contacts/@bob", json={"alias": "B"})).status_code == 204
            (contact,) = (await hers.get("/users/me/contacts")).json()["contacts"]
            assert (contact["user"]["nick"], contact["alias"]) == ("bob", "B")
            assert (await hers.delete("/users/me/contacts/@bob")).status_code == 204
            assert (await hers.put("/users/me/blocks/@nobody")).status_code == 404


async def test_reports_are_for_administrators() -> None:
    screens = (WordScreen(rules_of(["odd"], Action.FLAG)),)
    async with House(screens=screens) as house:
        alice, bob, root = await cast(house, "alice", "bob", "root")
        await alice.ask("send", to="lobby", text="spam, not odd")
        site = Site(house)
        async with site.client(bob) as his, site.client(root, admin=True) as admin:
            mine = await his.post("/conversations/lobby/messages/1/reports", json={"reason": "spam"})
            assert mine.status_code == 201
            assert (await his.post("/users/@bob/reports", json={"reason": "spam"})).status_code == 403
            assert (await his.get("/admin/reports")).status_code == 403
            assert (await his.patch("/admin/reports/x", json={"outcome": "acted"})).status_code == 403
            page = (await admin.get("/admin/reports", params={"limit": 1})).json()
            assert page["more"] is True
            (newest,) = page["reports"]
            assert newest["id"] == mine.json()["report"]
            assert newest["snapshot"]["body"]["text"] == "spam, not odd"
            older = (await admin.get("/admin/reports", params={"before": newest["id"]})).json()["reports"]
            assert [(r["reporter"], r["reason"], r["text"]) for r in older] == [
                ("system", "words", "words: odd")
            ]
            settled = await admin.patch(f"/admin/reports/{newest['id']}", json={"outcome": "acted"})
            assert (settled.json()["outcome"], settled.json()["settler"]) == ("acted", root.me["id"])
            left = (await admin.get("/admin/reports", params={"outcome": "open"})).json()["reports"]
            assert len(left) == 1
            assert (await his.post("/users/@alice/reports", json={"reason": "spam"})).status_code == 201
            assert (await admin.patch("/admin/reports/x", json={"outcome": "acted"})).status_code == 404


SECRETS = [
    ("GET", "", None),
    ("PATCH", "", {"title": "mine"}),
    ("DELETE", "", None),
    ("POST", "/join", {}),
    ("POST", "/leave", None),
    ("GET", "/members", None),
    ("POST", "/members", {"users": ["@mallory"]}),
    ("PATCH", "/members/{alice}", {"role": "member"}),
    ("PATCH", "/members/{mallory}", {"role": "owner"}),
    ("DELETE", "/members/{alice}", None),
    ("GET", "/bans", None),
    ("PUT", "/bans/{alice}", {}),
    ("DELETE", "/bans/{alice}", None),
    ("POST", "/links", {}),
    ("GET", "/links", None),
    ("DELETE", "/links/{link}", None),
    ("GET", "/requests", None),
    ("POST", "/requests/{mallory}/approve", None),
    ("DELETE", "/requests/{mallory}", None),
    ("DELETE", "/requests/{alice}", None),
    ("GET", "/messages", None),
    ("POST", "/messages", {"text": "x"}),
]


@pytest.mark.parametrize(("method", "path", "body"), SECRETS)
async def test_strangers_cannot_tell_a_group_from_none(method: str, path: str, body: object) -> None:
    """Two strangers over each operation: one who never was in, and one who is in another group; the answers are those
    for a conversation that is not there, and nothing has changed."""
    async with House() as house:
        alice, mallory, trudy = await cast(house, "alice", "mallory", "trudy")
        site = Site(house)
        async with site.client(alice) as hers:
            secret = await made(hers)
            link = (await hers.post(f"/conversations/{secret}/links", json={})).json()["link"]
        names = {"alice": alice.me["id"], "mallory": mallory.me["id"], "link": link}
        entries = len(house.store.entries[secret])
        for stranger in (mallory, trudy):
            async with site.client(stranger) as theirs:
                own = await made(theirs)
                answers = [
                    await theirs.request(method, f"/conversations/{c}{path.format(**names)}", json=body)
                    for c in (secret, "c" + "0" * 32)
                ]
                assert {answer.status_code for answer in answers} == {404}, answers[0].text
                texts = [answer.json()["detail"] for answer in answers]
                assert texts[0].replace(secret, "?") == texts[1].replace("c" + "0" * 32, "?")
                crossed = await theirs.delete(f"/conversations/{own}/links/{link}")
                assert crossed.status_code == 404
        assert len(house.store.entries[secret]) == entries
        assert not house.store.links[link].revoked


MANAGED = [entry for entry in SECRETS if entry[1] not in ("", "/join", "/leave", "/members", "/messages")]


@pytest.mark.parametrize(
    ("method", "path", "body"), [("PATCH", "", {"title": "x"}), ("DELETE", "", None), *MANAGED]
)
async def test_members_do_not_do_what_is_for_managers(method: str, path: str, body: object) -> None:
    async with House() as house:
        alice, mallory = await cast(house, "alice", "mallory")
        site = Site(house)
        async with site.client(alice) as hers, site.client(mallory) as theirs:
            group = await made(hers, members=["@mallory"])
            link = (await hers.post(f"/conversations/{group}/links", json={})).json()["link"]
            names = {"alice": alice.me["id"], "mallory": mallory.me["id"], "link": link}
            entries = len(house.store.entries[group])
            answer = await theirs.request(method, f"/conversations/{group}{path.format(**names)}", json=body)
        assert answer.status_code in (403, 404), answer.text
        assert len(house.store.entries[group]) == entries


async def test_the_removed_see_and_hear_nothing_after() -> None:
    """Kicked, banned or gone: by every way to read."""
    async with House(options=limitless()) as house:
        alice, bob, carol = await cast(house, "alice", "bob", "carol")
        site = Site(house)
        async with site.client(alice) as hers, site.client(bob) as his, site.client(carol) as carols:
            group = await made(hers, members=["@bob", "@carol"])
            path = f"/conversations/{group}"
            await hers.post(f"{path}/messages", json={"text": "before"})
            await hers.delete(f"{path}/members/@bob")
            await hers.put(f"{path}/bans/@carol", json={})
            await hers.post(f"{path}/messages", json={"text": "after"})
            for client, person, last in ((his, bob, 3), (carols, carol, 4)):
                page = (await client.get(f"{path}/messages")).json()
                assert page["entries"][-1]["seq"] == last
                assert "after" not in str(page)
                assert person.texts(group) == ["before"]
                for op in ("", "/members", "/links", "/requests", "/bans"):
                    assert (await client.get(f"{path}{op}")).status_code == 403
                assert (await client.post(f"{path}/messages", json={"text": "x"})).status_code == 403
                listed = (await client.get("/conversations")).json()["conversations"]
                assert [row["conversation"] for row in listed] == ["lobby"]
                synced = await person.ask("sync", cursors={group: 0})
                assert "after" not in str(synced)
                back = await house.back(person, cursors={group: 0})
                await back.ask("ping")
                assert back.texts(group) == []
