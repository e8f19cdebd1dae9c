"""What all harnesses share: mutated inputs from a seed, for a time or a number of runs.

A harness is a function `check(data)` that feeds `data` to a decoder and raises AssertionError, or anything else
that the decoder should not, when a promise is broken; and a few samples to begin from. The seed is printed, so that
a find can be repeated. Where `atheris` is installed, `--atheris` lets it choose the inputs by coverage.
"""

import argparse
import importlib.util
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from random import Random, SystemRandom

Check = Callable[[bytes], None]

LONGEST = 4096


def inputs(samples: Sequence[bytes], chance: Random) -> Iterator[bytes]:
    """Mutations of mutations: what was made is sometimes built upon, so that inputs drift far from the samples."""
    pool = list(samples)
    while True:
        data = chance.choice(pool)
        for _ in range(chance.randrange(1, 5)):
            data = mutate(data, chance.choice(pool), chance)
        data = data[:LONGEST]
        if chance.randrange(20) == 0:
            pool[chance.randrange(len(pool))] = data
        if chance.randrange(200) == 0:
            pool = list(samples)
        yield data


def mutate(data: bytes, other: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.randrange(1, 17))
    match chance.randrange(8):
        case 0:  # a bit
            return (
                data[:at]
                + bytes(byte ^ 1 << chance.randrange(8) for byte in data[at : at + 1])
                + data[at + 1 :]
            )
        case 1:  # a byte that means something to somebody
            return data[:at] + chance.choice(TOKENS) + data[at + 1 :]
        case 2:
            return data[:at] + chance.choice(TOKENS) + data[at:]
        case 3:
            return data[:at] + data[end:]
        case 4:
            return data[:end] + data[at:end] * chance.randrange(1, 40) + data[end:]
        case 5:
            return data[:at]
        case 6:
            return data[:at] + other[chance.randrange(len(other) + 1) :]
        case _:
            return data[:at] + chance.randbytes(chance.randrange(1, 9)) + data[end:]


TOKENS = [bytes([byte]) for byte in b'\x00\x01\x7e\x7f\x80\x81\x88\x89\x8a\xfe\xff\n\r "\\,:[]{}0-.eE'] + [
    b"\xf0\x9f\x98\x80",
    b"\xed\xa0\x80",
    b"\xc3",
    b"\\ud800",
    b"1e999",
    b"9" * 30,
    b"\xff" * 8,
    b'"op":',
    b"null",
]


def cuts(data: bytes, chance: Random) -> list[bytes]:
    """The same bytes in pieces, as a network may deliver them."""
    pieces = []
    while data:
        size = chance.choice((1, 2, 3, 7, 50, len(data)))
        pieces.append(data[:size])
        data = data[size:]
    return pieces


def run(check: Check, samples: Sequence[bytes], seed: int, *, runs: int = 0, seconds: float = 0) -> int:
    """Check mutated inputs until `runs` or `seconds` are over; how many. A find is printed and raised."""
    ends = time.monotonic() + seconds if seconds else float("inf")
    done = 0
    for data in inputs(samples, Random(seed)):
        if (runs and done >= runs) or time.monotonic() > ends:
            break
        try:
            check(data)
        except BaseException:
            print(f"seed {seed}, run {done}: {data!r}", file=sys.stderr)
            raise
        done += 1
    return done


def main(check: Check, samples: Sequence[bytes]) -> None:
    """The command line of a harness."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(2**32))
    parser.add_argument(
        "--atheris", action="store_true", help="let atheris choose the inputs, if it is installed"
    )
    options = parser.parse_args()
    if options.atheris:
        _run_atheris(check)
        return
    print(f"seed {options.seed}")
    done = run(check, samples, options.seed, seconds=options.seconds)
    print(f"{done} inputs, nothing found")


def _run_atheris(check: Check) -> None:
    if importlib.util.find_spec("atheris") is None:
        sys.exit("atheris is not installed")
    atheris = importlib.import_module("atheris")
    atheris.instrument_all()
    atheris.Setup([sys.argv[0]], check)
    atheris.Fuzz()
