"""What a text means to a team: its intent, its slots and its typed values, in one go.

Rule: the intent comes first, because the slots look at it; a text that is outside has no slots. Typed values are found
whatever the intent is. The model is bytes between a training and an answer (`to_bytes()`, `from_bytes()`).
Callers: `desk`, the command line, `evaluation.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from teahouse.nlu.container import BadModel, Contents, pack, unpack
from teahouse.nlu.examples import Slot
from teahouse.nlu.intents import USUAL_SHARE, Decision, IntentModel, Verdict
from teahouse.nlu.kept import intents_from, intents_parts, slots_from, slots_parts
from teahouse.nlu.slots import SlotModel
from teahouse.nlu.typed.found import Circumstances, Found
from teahouse.nlu.typed.registry import Registry


@dataclass(frozen=True, slots=True)
class Understanding:
    decision: Decision
    slots: tuple[Slot, ...] = ()
    values: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """`about`: seed, counts, encoders, and what cross-validation says; to be shown to people."""

    intents: IntentModel | None = None
    slots: SlotModel | None = None
    about: Mapping[str, Any] = field(default_factory=dict)

    def understand(
        self, text: str, at: Circumstances, registry: Registry, share: str = USUAL_SHARE
    ) -> Understanding:
        decision = self.intents.decide(text, share) if self.intents else Decision(Verdict.EMPTY)
        return Understanding(decision, self.find_slots(text, decision), tuple(registry.find(text, at)))

    def find_slots(self, text: str, decision: Decision) -> tuple[Slot, ...]:
        if self.slots is None or decision.verdict is Verdict.OUTSIDE:
            return ()
        likeliest = decision.ranked[0].intent if decision.ranked else None
        return tuple(self.slots.find(text, likeliest))

    def to_bytes(self) -> bytes:
        parts = (intents_parts(self.intents), slots_parts(self.slots))
        about: dict[str, Any] = {"told": dict(self.about)}
        arrays: dict[str, Any] = {}
        for part in parts:
            about |= part.about
            arrays |= part.arrays
        return pack(Contents(about, arrays))


def from_bytes(data: bytes) -> Model:
    """Raises `BadModel`, and nothing else, for whatever bytes it is given."""
    contents = unpack(data)
    try:
        return Model(intents_from(contents), slots_from(contents), contents.about.get("told", {}))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise BadModel(f"the model lacks a part: {error}") from error
