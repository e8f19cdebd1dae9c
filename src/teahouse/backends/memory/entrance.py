"""Links and Requests (ports/entrance.py) in memory."""

from msgspec.structs import replace

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.entrance import Asked, InvitationLink, JoinRequest


class MemoryLinks:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def put(self, link: InvitationLink, most: int) -> bool:
        self._store.check_writable()
        mine = [known for known in self._store.links.values() if known.conversation == link.conversation]
        for known in mine:
            if not known.works(link.created):
                del self._store.links[known.id]
        if sum(known.works(link.created) for known in mine) >= most:
            return False
        self._store.links[link.id] = link
        return True

    async def find(self, digest: bytes) -> InvitationLink | None:
        return next((link for link in self._store.links.values() if link.digest == digest), None)

    async def of(self, conversation: str) -> list[InvitationLink]:
        links = self._store.links
        mine = [links[name] for name in sorted(links) if links[name].conversation == conversation]
        return [link for link in mine if not link.revoked]

    async def revoke(self, conversation: str, link: str) -> bool:
        self._store.check_writable()
        known = self._store.links.get(link)
        if known is None or known.conversation != conversation or known.revoked:
            return False
        self._store.links[link] = replace(known, revoked=True)
        return True


class MemoryRequests:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def ask(self, request: JoinRequest, most: int, since: int) -> Asked:
        self._store.check_writable()
        waiting = {r.user: r for r in await self.of(request.conversation, since)}
        self._store.requests[request.conversation] = waiting
        if request.user in waiting:
            return Asked.ALREADY
        if len(waiting) >= most:
            return Asked.FULL
        waiting[request.user] = request
        return Asked.NEW

    async def find(self, conversation: str, user: str, since: int) -> JoinRequest | None:
        request = self._store.requests.get(conversation, {}).get(user)
        return request if request is not None and request.at >= since else None

    async def of(self, conversation: str, since: int) -> list[JoinRequest]:
        waiting = self._store.requests.get(conversation, {}).values()
        return sorted((r for r in waiting if r.at >= since), key=lambda r: (r.at, r.user))

    async def drop(self, conversation: str, user: str) -> bool:
        self._store.check_writable()
        return self._store.requests[conversation].pop(user, None) is not None
