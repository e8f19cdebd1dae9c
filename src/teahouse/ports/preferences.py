"""What users wish, for all of their devices."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from teahouse.model.preferences import Preferences


class PreferenceBook(Protocol):
    """One Preferences a user.

    W1  `prefer` is durable when it returns, and replaces the whole.
    W2  `preferences` leaves out users who never said anything: for them the defaults hold.
    """

    async def prefer(self, user: str, preferences: Preferences) -> None: ...

    async def preferences(self, users: Sequence[str]) -> Mapping[str, Preferences]: ...
