"""Search over REST: the same as over a connection."""

import pytest

from tests.support.house import House
from tests.support.rest import Site


async def test_a_page_and_the_one_after_it() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        for text in ("green tea", "black tea", "water"):
            await alice.ask("send", to="lobby", text=text)
        async with Site(house).client(bob) as client:
            first = (await client.get("/search", params={"query": "tea from:@alice", "limit": 1})).json()
            assert [hit["snippet"] for hit in first["hits"]] == ["black tea"]
            assert first["hits"][0]["marks"] == [[6, 3]]
            assert first["hits"][0]["entry"]["body"] == {"type": "text", "text": "black tea"}
            wanted = {"query": "tea", "from": "alice", "limit": 1, "cursor": first["next"]}
            second = (await client.get("/search", params=wanted)).json()
        assert [hit["entry"]["seq"] for hit in second["hits"]] == [1]
        assert (second["more"], second["next"]) == (False, None)


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({}, 400),
        ({"query": "x" * 513}, 400),
        ({"query": "x", "limit": "0"}, 400),
        ({"query": "x", "before": "yesterday"}, 400),
        ({"query": "x", "cursor": "garbage"}, 400),
        ({"query": "x", "conversation": "nowhere"}, 404),
        ({"query": "\"'*(NEAR^{}:-- \0"}, 200),
    ],
)
async def test_what_is_refused(params: dict[str, str], status: int) -> None:
    async with House() as house:
        alice = await house.guest("alice")
        async with Site(house).client(alice) as client:
            answer = await client.get("/search", params=params)
        assert answer.status_code == status


async def test_two_strangers() -> None:
    """What is between two is found by neither a stranger nor nobody."""
    async with House() as house:
        alice, bob, eve = [await house.guest(name) for name in ("alice", "bob", "eve")]
        two = (await alice.ask("send", to="@bob", text="secret"))["conversation"]
        site = Site(house)
        async with site.client(eve) as hers, site.client() as nobodys, site.client(eve, scopes=()) as bots:
            assert (await hers.get("/search", params={"query": "secret"})).json()["hits"] == []
            asked = {"query": "secret", "conversation": two}
            assert (await hers.get("/search", params=asked)).status_code == 404
            stolen = {"query": "secret", "cursor": f"{two}.1"}
            assert (await hers.get("/search", params=stolen)).status_code == 400
            assert (await nobodys.get("/search", params={"query": "secret"})).status_code == 401
            assert (await bots.get("/search", params={"query": "secret"})).status_code == 403
        async with site.client(bob) as his:
            assert len((await his.get("/search", params=asked)).json()["hits"]) == 1
