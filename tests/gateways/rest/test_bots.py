import asyncio
from typing import Any, get_args

from teahouse.backends.memory.audit import MemoryAudit
from teahouse.backends.memory.bots import MemoryBots
from teahouse.gateways.rest.bots import BotResource, Scope
from teahouse.gateways.rest.request import Ask
from teahouse.identity.bots import AnyTokens, BotOwners, BotStores, BotTokens, Doings
from teahouse.model.audit import Search
from teahouse.model.bots import SCOPES
from teahouse.model.people import User
from tests.support.house import House, Person
from tests.support.rest import Site

KETTLE = {"nick": "kettle", "scopes": ["messages:write", "messages:read", "commands:write"]}


class Office(Site):
    """A site with bots. `revoked` are the bots whose sessions were to be ended, `left` who was to leave."""

    def __init__(self, house: House) -> None:
        self.revoked: list[str] = []
        self.left: list[str] = []
        self.cut = False
        bots = MemoryBots(house.store)
        stores = house.engine._stores
        self.bots = BotTokens(bots)
        owners = BotOwners(
            BotStores(bots, stores.directory, stores.presence, stores.clock),
            self.bots,
            Doings(self.revoked.append, house.engine.learn, self._leave),
        )
        super().__init__(house, bots=BotResource(owners, Ask(house.engine)))

    async def _leave(self, user: User) -> None:
        if self.cut:
            raise RuntimeError("the power is cut")
        self.left.append(user.id)

    def member(self, person: Person, **caller: Any) -> Any:
        """A client of somebody with an account."""
        person.me = {**person.me, "guest": False}
        return self.client(person, **caller)

    async def actions(self) -> list[str]:
        found = await MemoryAudit(self.house.store).page(Search(), 2**53, 99)
        return [one.record.action for one in found][::-1]


def test_the_scopes_of_the_documents_are_those_of_the_model() -> None:
    assert get_args(Scope) == SCOPES


async def test_a_bot_is_made_and_its_token_told_once() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        site = Office(house)
        async with site.member(alice) as hers:
            made = await hers.post("/bots", json=KETTLE)
            assert made.status_code == 201
            token = made.json()["token"]
            listed = await hers.get("/bots")
        assert token.startswith("tb_") and len(token) > 40
        assert token not in listed.text
        assert listed.json()["bots"][0]["owner"] == alice.me["id"]
        caller = await site.bots.verify(token)
        assert caller is not None and caller.user.nick == "kettle" and not caller.admin
        assert caller.scopes == ("commands:write", "messages:read", "messages:write")
        assert site.bots.known(token) == caller
        stored = house.store.bots[caller.user.id]
        assert token.encode() not in stored.secret
        assert await site.actions() == ["bot.created"]


async def test_a_name_belongs_to_one() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        async with Office(house).member(alice) as hers:
            await hers.post("/bots", json=KETTLE)
            for nick in ("Kettle", "ALICE"):
                refused = await hers.post("/bots", json={**KETTLE, "nick": nick})
                assert (refused.status_code, refused.json()["code"]) == (409, "conflict")


async def test_a_new_token_ends_the_old_one() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        site = Office(house)
        async with site.member(alice) as hers:
            made = (await hers.post("/bots", json=KETTLE)).json()
            assert await site.bots.verify(made["token"]) is not None
            turned = (await hers.post(f"/bots/{made['bot']['id']}/token")).json()
        assert site.bots.known(made["token"]) is None
        assert await site.bots.verify(made["token"]) is None
        assert await site.bots.verify(turned["token"]) is not None
        assert site.revoked == [made["bot"]["id"]]


async def test_the_end_of_a_bot() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        site = Office(house)
        async with site.member(alice) as hers:
            made = (await hers.post("/bots", json=KETTLE)).json()
            path = f"/bots/{made['bot']['id']}"
            assert (await hers.delete(path)).status_code == 204
            assert (await hers.delete(path)).status_code == 404
            assert (await hers.get("/bots")).json() == {"bots": []}
            assert await site.bots.verify(made["token"]) is None
            assert site.left == [made["bot"]["id"]]
            assert (await hers.post("/bots", json=KETTLE)).status_code == 201  # the name is free
        assert await site.actions() == ["bot.created", "bot.ended", "bot.created"]


async def test_an_end_that_was_cut_short_is_ended_by_asking_again() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        site = Office(house)
        async with site.member(alice) as hers:
            made = (await hers.post("/bots", json=KETTLE)).json()
            site.cut = True
            assert (await hers.delete(f"/bots/{made['bot']['id']}")).status_code == 500
            assert await site.bots.verify(made["token"]) is None
            site.cut = False
            assert (await hers.delete(f"/bots/{made['bot']['id']}")).status_code == 204
        assert await site.actions() == ["bot.created", "bot.ended"]


async def test_what_a_bot_may_do_about_itself() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        site = Office(house)
        async with site.member(alice) as hers:
            made = (await hers.post("/bots", json=KETTLE)).json()
        caller = await site.bots.verify(made["token"])
        assert caller is not None
        headers = {"Authorization": f"Bearer {site.tokens.give(caller)}"}
        async with site.client() as bot:
            brew = {"commands": [{"name": "brew", "hint": "<kind>"}]}
            told = await bot.put("/bots/me/commands", json=brew, headers=headers)
            assert told.json()["commands"] == [{"name": "brew", "hint": "<kind>"}]
            assert (await bot.get("/bots/me", headers=headers)).json()["nick"] == "kettle"
            for method, path in (
                ("POST", "/bots"),
                ("GET", "/bots"),
                ("POST", "/bots/me/token"),
                ("DELETE", "/bots/me"),
            ):
                body: Any = {"json": KETTLE} if path == "/bots" and method == "POST" else {}
                assert (await bot.request(method, path, headers=headers, **body)).status_code == 403


async def test_commands_that_cannot_be() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        async with Office(house).member(alice) as hers:
            made = (await hers.post("/bots", json=KETTLE)).json()
            path = f"/bots/{made['bot']['id']}/commands"
            for names in (["me"], ["Brew"], ["a b"], ["x", "x"], ["x"] * 101, [""]):
                refused = await hers.put(path, json={"commands": [{"name": name} for name in names]})
                assert (refused.status_code, refused.json()["code"]) == (400, "bad_request"), names


async def test_strangers_learn_nothing_of_a_bot() -> None:
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        site = Office(house)
        async with site.member(alice) as hers, site.member(bob) as his, site.client(bob, admin=True) as admin:
            made = (await hers.post("/bots", json=KETTLE)).json()
            path = f"/bots/{made['bot']['id']}"
            asked: Any = (
                ("GET", path, None),
                ("POST", f"{path}/token", None),
                ("PUT", f"{path}/commands", {"commands": []}),
                ("DELETE", path, None),
            )
            for method, where, body in asked:
                refused = await his.request(method, where, json=body)
                unknown = await his.request(method, where.replace(made["bot"]["id"], "u0"), json=body)
                assert refused.status_code == unknown.status_code == 404
            assert (await his.get("/bots")).json() == {"bots": []}
            assert await site.bots.verify(made["token"]) is not None
            assert (await admin.get(path)).status_code == 200


async def test_a_guest_owns_no_bots_and_nobody_too_many() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        site = Office(house)
        async with site.client(alice, guest=True) as guest:
            assert (await guest.post("/bots", json=KETTLE)).status_code == 403
        async with site.member(alice) as hers:
            for number in range(20):
                assert (await hers.post("/bots", json={**KETTLE, "nick": f"b{number}"})).status_code == 201
            assert (await hers.post("/bots", json=KETTLE)).status_code == 409


async def test_a_store_that_cannot_write_makes_no_bot() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        site = Office(house)
        async with site.member(alice) as hers:
            house.store.failure = "full"
            assert (await hers.post("/bots", json=KETTLE)).status_code >= 500
            house.store.failure = None
            assert (await hers.get("/bots")).json() == {"bots": []}
        assert await site.actions() == []


async def test_tokens_are_told_apart_by_how_they_begin() -> None:
    async with House() as house:
        site = Office(house)
        both = AnyTokens(site.bots, site.tokens)
        alice = await house.guest("alice")
        async with site.member(alice) as hers:
            made = (await hers.post("/bots", json=KETTLE)).json()
        caller = await both.verify(made["token"])
        assert caller is not None and both.known(made["token"]) == caller
        assert await both.verify("tb_forged") is None
        given = next(iter(site.tokens.callers))
        assert await both.verify(given) == site.tokens.callers[given]
        assert both.known(given) is None
        assert await AnyTokens(site.bots, None).verify(given) is None
        assert AnyTokens(site.bots, None).known(given) is None


async def test_a_token_that_is_revoked_while_it_is_read_lets_nobody_in() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        site = Office(house)
        async with site.member(alice) as hers:
            made = (await hers.post("/bots", json=KETTLE)).json()

        class Slow(MemoryBots):
            async def by_secret(self, secret: bytes) -> Any:
                found = await super().by_secret(secret)
                if found is not None:
                    house.store.bots.clear()
                    tokens.forget(found.id)
                return found

        tokens = BotTokens(Slow(house.store))
        assert await tokens.verify(made["token"]) is None
        assert tokens.known(made["token"]) is None


async def test_the_bots_of_one_who_was_disabled_are_let_in_nowhere() -> None:
    async with House() as house:
        alice = await house.guest("alice")
        site = Office(house)
        async with site.member(alice) as hers:
            made = (await hers.post("/bots", json=KETTLE)).json()
        standing = {alice.me["id"]: True, made["bot"]["id"]: True}

        async def stands(owner: str) -> bool:
            return standing[owner]

        tokens = BotTokens(MemoryBots(house.store), stands)
        assert await tokens.verify(made["token"]) is not None
        standing[alice.me["id"]] = False
        assert tokens.forget_owner(alice.me["id"]) == {alice.me["id"], made["bot"]["id"]}
        assert tokens.known(made["token"]) is None
        assert await tokens.verify(made["token"]) is None


async def test_a_token_that_was_taken_does_not_come_back_with_new_commands() -> None:
    """The commands are stored while the token is turned: neither is lost."""
    async with House() as house:
        alice = await house.guest("alice")
        site = Office(house)
        async with site.member(alice) as hers:
            made = (await hers.post("/bots", json=KETTLE)).json()
            path = f"/bots/{made['bot']['id']}"
            brew = {"commands": [{"name": "brew"}]}
            for _ in range(20):
                turned, _told = await asyncio.gather(
                    hers.post(f"{path}/token"), hers.put(f"{path}/commands", json=brew)
                )
                assert await site.bots.verify(made["token"]) is None
                assert await site.bots.verify(turned.json()["token"]) is not None
                assert turned.headers["cache-control"] == "no-store"
                made = turned.json()
