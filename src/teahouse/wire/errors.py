"""What a decoder says of bytes it cannot take. Rule: bad input raises `WireError` and nothing else.
Raised by all decoders of this room, caught by the gateways."""

from teahouse.model.commands import Id
from teahouse.model.errors import Code, Problem


class WireError(Exception):
    """`re` is the id of the command that failed, where the frame could be read that far."""

    def __init__(self, problem: Problem, re: Id | None = None) -> None:
        super().__init__(problem, re)
        self.problem = problem
        self.re = re


def too_large(limit: int) -> WireError:
    """A frame over the limit, in bytes. Where the next one begins is not known, so no other can be read."""
    return WireError(Problem(Code.BAD_FRAME, f"a frame has at most {limit} bytes"))
