"""What all commands are made of: the struct they derive from, and the types of their fields."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

Id = int | Annotated[str, Meta(max_length=64)]
ConversationId = Annotated[str, Meta(min_length=1, max_length=80)]
UserId = Annotated[str, Meta(min_length=1, max_length=80)]
Seq = Annotated[int, Meta(ge=0, lt=2**53)]
Time = Annotated[int, Meta(ge=0, lt=2**53)]
Cid = Annotated[str, Meta(min_length=1, max_length=64)]
Text = str  # how long it may be is a setting of the engine, which answers too_large
Body = dict[str, Any]
Priority = Literal["normal", "high"]
Limit = Annotated[int, Meta(ge=1, le=200)]
LinkToken = Annotated[str, Meta(min_length=1, max_length=128)]
Last = Annotated[int, Meta(ge=1, le=10_000)]
Cursors = dict[ConversationId, Seq]
Millis = Annotated[int, Meta(ge=0, lt=2**53)]
Lifetime = Annotated[int, Meta(ge=1, le=31_536_000)]
ScheduleId = Annotated[str, Meta(min_length=1, max_length=64)]
StreamId = Annotated[str, Meta(min_length=1, max_length=64)]


class Command(Struct, frozen=True, gc=False, tag_field="op", tag=str.lower, omit_defaults=True, kw_only=True):
    """`id` comes back as `re` in the answer; without one no answer is sent."""

    id: Id | None = None
