"""Reports, and the word filter at work."""

from teahouse.engine.words import Action, WordScreen, rules_of
from teahouse.model.reports import Reason
from tests.support.house import House, limitless


async def test_a_report_keeps_the_message_as_it_was():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="first")
        await alice.ask("edit", conversation="lobby", seq=1, text="rude")
        made = await bob.ask("report", conversation="lobby", seq=1, reason="abuse", text="look")
        await alice.ask("recall", conversation="lobby", seq=1)
        (report,) = house.store.reports.values()
        assert report.id == made["report"]
        assert (report.reporter, report.subject) == (bob.me["id"], alice.me["id"])
        assert b"rude" in report.snapshot
        assert await bob.refused("report", conversation="lobby", seq=1, reason="abuse") == "not_found"


async def test_the_same_again_is_one_report():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="x")
        first = await bob.ask("report", conversation="lobby", seq=1, reason="spam")
        again = await bob.ask("report", conversation="lobby", seq=1, reason="abuse")
        assert first == again
        user = await bob.ask("report", user="@alice", reason="other")
        assert user != first
        assert await bob.refused("report", user="@bob", reason="spam") == "forbidden"
        assert await bob.refused("report", reason="spam") == "bad_request"
        assert await bob.refused("report", conversation="lobby", reason="spam") == "bad_request"
        assert await bob.refused("report", user="@alice", reason="words") == "bad_request"


async def test_what_one_may_not_read_one_cannot_report():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group = (await alice.ask("create", kind="group"))["conversation"]
        await alice.ask("send", to=group, text="x")
        assert await bob.refused("report", conversation=group, seq=2, reason="spam") == "not_found"
        assert await alice.refused("report", conversation=group, seq=1, reason="spam") == "not_found"


async def test_reports_are_limited():
    async with House(options=limitless(reports_per_h=1)) as house:
        alice, _bob = await house.guest("alice"), await house.guest("bob")
        for _ in range(20):
            await alice.ask("report", user="@bob", reason="spam")
        assert await alice.refused("report", user="@bob", reason="spam") == "rate_limited"


def screen(*lines):
    return (WordScreen(rules_of(lines, Action.REFUSE)),)


async def test_words_are_refused_masked_and_flagged_before_the_store():
    async with House(screens=screen("bad", "mask: ugly", "flag: odd")) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        assert await alice.refused("send", to="lobby", text="this is BAD") == "forbidden"
        assert house.store.entries["lobby"] == []
        await alice.ask("send", to="lobby", text="an ugly cup")
        assert (await bob.event("message"))["body"]["text"] == "an **** cup"
        await alice.ask("send", to="lobby", text="an odd cup", cid="k")
        assert (await alice.ask("send", to="lobby", text="an odd cup", cid="k"))["duplicate"] is True
        (report,) = house.store.reports.values()
        assert (report.reporter, report.reason, report.seq) == ("system", Reason.WORDS, 2)
        assert b"an odd cup" in report.snapshot
        assert await alice.refused("edit", conversation="lobby", seq=1, text="bad") == "forbidden"
        await alice.ask("edit", conversation="lobby", seq=1, text="ugly, odd")
        assert (await bob.event("edit"))["body"]["text"] == "****, odd"
        assert len(house.store.reports) == 2
        assert await alice.refused("send", to="lobby", text="bad", ephemeral=True) == "forbidden"
        assert await alice.refused("send", to="lobby", text="odd", ephemeral=True) == "forbidden"
        body = {"type": "card", "title": "ugly", "rows": [{"label": "ugly!"}], "url": "http://ugly"}
        await alice.ask("send", to="lobby", body=body)
        masked = (await bob.event("message", seq=4))["body"]
        assert masked == {"type": "card", "title": "****", "rows": [{"label": "****!"}], "url": "http://ugly"}
        room = (await alice.ask("create", kind="room", topic="t"))["conversation"]
        assert await alice.refused("send", to="topic:t", text="bad") == "forbidden"
        await bob.ask("join", conversation=room)
