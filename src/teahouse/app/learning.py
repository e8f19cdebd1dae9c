"""Training in a process of its own, so that neither the chat loop nor its memory feels it.

Rule: what goes over is bytes and numbers, examples there and a model back; a process lives for one training. It gets
one thread for its arithmetic and a low priority: who chats comes first. If it dies, that is a `TrainingFailed`.
Callers: `app/cli_desk.py`; the desk, when examples have changed.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from teahouse.nlu.examples import BadExamples, Example
from teahouse.nlu.taught import read_rows, write_rows

TIME_LIMIT = 600.0
_NICE = 10
_BAD_EXAMPLES = 3
_CODE = "from teahouse.app.learning import work; work()"
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class TrainingFailed(Exception):
    """The training ended without a model, for a reason that is not in the examples."""


async def train_apart(
    examples: Sequence[Example], seed: int = 0, encoders: Sequence[str] | None = None
) -> bytes:
    """The model's bytes. Raises `BadExamples` and `TrainingFailed`; who cancels it ends the process."""
    arguments = [str(seed), "-" if encoders is None else ",".join(encoders)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _CODE, *arguments,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env=os.environ | _ONE_THREAD,
    )  # fmt: skip
    try:
        async with asyncio.timeout(TIME_LIMIT):
            model, complaint = await process.communicate(write_rows(examples).encode())
    except TimeoutError as error:
        raise TrainingFailed(f"training took longer than {TIME_LIMIT:.0f} seconds") from error
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    said = complaint.decode(errors="replace").strip()
    if process.returncode == _BAD_EXAMPLES:
        raise BadExamples(said)
    if process.returncode != 0:
        raise TrainingFailed(
            said.splitlines()[-1] if said else f"the process ended with {process.returncode}"
        )
    return model


def work() -> None:
    """The other side: examples from standard input, a model to standard output."""
    from teahouse.nlu.training import train

    with suppress(OSError):
        os.nice(_NICE)
    seed, encoders = sys.argv[1:3]
    names = None if encoders == "-" else [name for name in encoders.split(",") if name]
    try:
        lines = sys.stdin.buffer.read().decode().split("\n")
        model = train([example for _, example in read_rows(lines)], int(seed), names)
    except BadExamples as error:
        sys.stderr.write(str(error))
        sys.exit(_BAD_EXAMPLES)
    sys.stdout.buffer.write(model.to_bytes())
