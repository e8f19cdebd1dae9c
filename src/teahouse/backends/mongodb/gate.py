"""What must hold in the other store before an entry that carries changes is written (L3, L10).

Rule: an entry that is in the log cannot be taken out again, so what could be refused is asked before: names that are
taken, and links, of which a use is counted at once, before the entry is there. Used by log.py.
"""

from collections.abc import Mapping, Sequence

from teahouse.backends.mongodb.documents import check_here
from teahouse.backends.standing import Standing, Wanted
from teahouse.model.changes import PutBot, PutUser, UseLink
from teahouse.model.entries import Draft
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import fold_nick
from teahouse.ports.accounts import Accounts
from teahouse.ports.directory import Directory, Users

_PAGE = 1000


class Gate:
    def __init__(self, users: Users, accounts: Accounts, directory: Directory) -> None:
        self._users = users
        self._accounts = accounts
        self._directory = directory

    async def check(self, draft: Draft) -> None:
        """Problem `conflict` if the draft would take the name of another."""
        check_here(draft)
        for change in draft.changes:
            match change:
                case PutUser(user) if not user.guest:
                    holder = await self._users.account(fold_nick(user.nick))
                    _refuse(holder.id if holder else user.id, user.id, user.nick)
                case PutBot(bot):
                    known = await self._accounts.named(fold_nick(bot.nick))
                    _refuse(known.id if known else bot.id, bot.id, bot.nick)

    async def standing(self, wanted: Wanted, pins: Mapping[str, int]) -> Standing:
        """What is wanted of it, as it is now, beside the last pins."""
        settings = [await self._directory.conversation(name) for name in wanted.settings]
        places = [await self._directory.place(name, user) for name, user in wanted.places]
        return Standing(
            [found for found in settings if found is not None],
            [place for place in places if place is not None],
            {name: await self._count(name) for name in wanted.counts},
            pins,
        )

    async def _count(self, conversation: str) -> int:
        count, after = 0, ""
        while page := await self._directory.members(conversation, after, _PAGE):
            count += sum(not member.left for member in page)
            after = page[-1].user
        return count

    async def admit(self, uses: Sequence[UseLink]) -> bool:
        """Use up these links once; False if one lets nobody in."""
        try:
            await self._directory.apply(uses)
        except Problem:
            return False
        return True


def _refuse(holder: str, wanted: str, nick: str) -> None:
    if holder != wanted:
        raise Problem(Code.CONFLICT, f"the name {nick!r} is taken")
