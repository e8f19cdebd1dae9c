"""From examples to a model.

Rule: pure computation of seconds, so it belongs into a process of its own (`app/learning.py`). The same examples and
seed make the same model. What a team has too few lines for is left out of the model and said in `about`.
Callers: `app/learning.py`, `evaluation.py`.
"""

from collections.abc import Sequence
from typing import Any

from teahouse.nlu import encoders
from teahouse.nlu.examples import BadExamples, Example, checked
from teahouse.nlu.fitting import fit_intents
from teahouse.nlu.tag_fitting import fit_slots
from teahouse.nlu.understanding import Model

FEWEST_LINES = 4
FEWEST_SLOTS = 4


def train(examples: Sequence[Example], seed: int = 0, names: Sequence[str] | None = None) -> Model:
    """`names` of the encoders; None takes those that suit the examples, an empty list none."""
    lines = checked(examples)
    if len(lines) < FEWEST_LINES:
        raise BadExamples(f"at least {FEWEST_LINES} examples are needed")
    chosen = encoders.fitting_for(e.text for e in lines) if names is None else list(names)
    about: dict[str, Any] = {"lines": len(lines), "seed": seed, "encoders": chosen}
    intents, guesses = None, None
    named = [e for e in lines if e.intent is not None]
    if len({e.intent for e in named}) > 1:
        intents, guesses = fit_intents([e.text for e in named], [str(e.intent) for e in named], seed, chosen)
        about["intents"] = dict(intents.report)
    slots = None
    if sum(len(e.slots) for e in lines) >= FEWEST_SLOTS:
        whole = guesses if guesses is not None and len(named) == len(lines) else None
        slots = fit_slots(lines, whole, seed, chosen)
        about["slots"] = sorted({slot.kind for e in lines for slot in e.slots})
    if intents is None and slots is None:
        raise BadExamples("there is nothing to learn: no two intents, and no slots")
    return Model(intents, slots, about)
