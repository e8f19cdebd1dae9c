"""Others: the rooms beside the engine that have to hear what another node says. They put themselves in; engine.py calls
them."""

from collections.abc import Awaitable, Callable, Collection

from teahouse.model.people import User


class Others:
    """What rooms beside the engine do when another node says something: `revoked` and `renamed` as they are called on
    the engine, `distrusted` forget what they keep, and `holds` tell whether what somebody came with still does."""

    def __init__(self) -> None:
        self.revoked: list[Callable[[str, Collection[str] | None, str | None], None]] = []
        self.renamed: list[Callable[[User], None]] = []
        self.distrusted: list[Callable[[], None]] = []
        self.holds: list[Callable[[str, str], Awaitable[bool]]] = []
