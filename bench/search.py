"""Search in a million messages: how long a page of hits takes, by what is asked, how large the index is, and how fast
it is made.

Messages are made up, Chinese and English, with words as uneven as words are (Zipf). They are written into the file
directly, and indexed as after an upgrade: by the indexer of the server. Then somebody who is in 200 of 2,000
conversations searches, through the port, one search after the other, each asking for the newest 20.
"""

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from statistics import median

import apsw
from msgspec.json import encode

from bench.verdict import RESULTS, Verdict, tell
from teahouse.backends.sqlite.connections import connect_writer
from teahouse.backends.sqlite.options import SqliteOptions
from teahouse.backends.sqlite.store import FILE, SqliteStore
from teahouse.model.query import parse
from teahouse.model.searching import Authors, Criteria, Window

MESSAGES = 1_000_000
CONVERSATIONS = 2_000
MINE = 200
PEOPLE = 5_000
PAGE = 20
GOAL_MS = 50.0
EACH = 40
BEGAN = 1_700_000_000_000
STEP_MS = 30_000
ELSEWHERE = "elsewhere"
"""A word of every third message, but of none where the one who searches may read."""

WORST = "a frequent word, but only elsewhere"
"""The hardest question there is: nothing to find, and everywhere to look. It is asked apart from the others."""

_ENTRIES = """
INSERT INTO entry (id, log, seq, kind, sender, nick, at, content) VALUES (?, ?, ?, 0, ?, ?, ?, ?)
"""


class Corpus:
    """What is written: words with their weights, conversations of uneven size."""

    def __init__(self) -> None:
        self.chance = chance = random.Random(7)
        syllables = [a + b for a in "bcdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "ai", "ou", "er")]
        self.latin = list(
            dict.fromkeys(
                "".join(chance.choices(syllables, k=chance.choice((1, 2, 2, 3)))) for _ in range(30_000)
            )
        )
        common = [chr(0x4E00 + n) for n in chance.sample(range(20_000), 2_500)]
        self.han = list(dict.fromkeys("".join(chance.choices(common, k=2)) for _ in range(20_000)))
        self.mine = set(chance.sample(range(1, CONVERSATIONS + 1), MINE))
        self.found: Counter[str] = Counter()

    def rows(self, count: int) -> Iterator[tuple[object, ...]]:
        """Rows of table entry."""
        chance = self.chance
        seqs = [0] * (CONVERSATIONS + 1)
        logs = chance.choices(
            range(1, CONVERSATIONS + 1),
            cum_weights=list(accumulate(1 / (n + 50) for n in range(CONVERSATIONS))),
            k=count,
        )
        latin, han = self._stream(self.latin), self._stream(self.han)
        for n, log in enumerate(logs):
            seqs[log] += 1
            length = min(60, 2 + int(chance.expovariate(1 / 9)))
            if n % 2:
                text = " ".join(next(latin) for _ in range(length))
            else:
                text = "".join(next(han) for _ in range(length)) + "。"
            if n % 25 == 0:
                text += f" https://example.org/{n}"
            if n % 3 == 0 and log not in self.mine:
                text += f" {ELSEWHERE}"
            sender = chance.randrange(PEOPLE)
            content = encode({"body": {"type": "text", "text": text}})
            yield n + 1, log, seqs[log], f"u{sender:032x}", f"nick{sender}", BEGAN + n * STEP_MS, content

    def _stream(self, vocabulary: Sequence[str]) -> Iterator[str]:
        weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(vocabulary))))
        while True:
            drawn = self.chance.choices(vocabulary, cum_weights=weights, k=100_000)
            self.found.update(drawn)
            yield from drawn


def search(rounds: int, seconds: float) -> bool:
    RESULTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=RESULTS) as folder:
        corpus = Corpus()
        written_s = _write(Path(folder) / FILE, corpus)
        return asyncio.run(_measure(Path(folder), corpus, written_s, rounds))


def _write(file: Path, corpus: Corpus) -> float:
    """The log, as a server would have written it in a year."""
    begun = time.monotonic()
    database = connect_writer(file, SqliteOptions())
    database.pragma("synchronous", "off")
    with database:
        database.executemany(
            "INSERT INTO log VALUES (?, ?)", [(n, f"c{n:032x}") for n in range(1, CONVERSATIONS + 1)]
        )
        database.executemany(_ENTRIES, corpus.rows(MESSAGES))
    database.close()
    return time.monotonic() - begun


async def _measure(folder: Path, corpus: Corpus, written_s: float, rounds: int) -> bool:
    store = SqliteStore(folder)
    begun = time.monotonic()
    await store.finder.caught_up()
    indexed_s = time.monotonic() - begun
    few, all_ = _windows(corpus.mine), _windows(range(1, CONVERSATIONS + 1))
    times: dict[str, list[float]] = {}
    for _ in range(rounds):
        for kind, (criteria, windows) in _questions(corpus, few, all_):
            begun = time.perf_counter()
            await store.finder.find(criteria, windows, None, PAGE)
            times.setdefault(kind, []).append((time.perf_counter() - begun) * 1e3)
    await store.close()
    size = _sizes(folder / FILE)
    worst = times.pop(WORST)
    every = [taken for each in times.values() for taken in each]
    return tell(
        Verdict(
            "search",
            f"{MESSAGES:,} messages, in {MINE} of {CONVERSATIONS:,} conversations: p95 of a page of {PAGE}",
            p95(every),
            GOAL_MS,
            at_most=True,
            unit=" ms",
            seen={
                **{
                    f"{kind}, p50 / p95 ms": f"{median(taken):.1f} / {p95(taken):.1f}"
                    for kind, taken in times.items()
                },
                "all of these: p50 ms": median(every),
                f"for information: {WORST}, p50 / p95 ms": f"{median(worst):.1f} / {p95(worst):.1f}",
                "writing the log directly, s": written_s,
                "indexed, messages/s": MESSAGES / indexed_s,
                "index, MB": size["index"] / 1e6,
                "log, MB": size["log"] / 1e6,
            },
        )
    )


def _windows(numbers: Iterable[int]) -> list[Window]:
    return [Window(f"c{n:032x}", 0, 2**53) for n in numbers]


Question = tuple[Criteria, list[Window]]


def _questions(corpus: Corpus, few: list[Window], many: list[Window]) -> Iterator[tuple[str, Question]]:
    """What is asked, in no order."""
    asked: list[tuple[str, Question]] = []
    chance = corpus.chance
    rare = [word for word in (*corpus.latin, *corpus.han) if 1 <= corpus.found[word] <= 20]
    for _ in range(EACH):
        often, seldom = chance.choice(corpus.latin[:20]), chance.choice(rare)
        chinese = chance.choice(corpus.han[:2000])
        one = [chance.choice(few)]
        person = f"u{chance.randrange(PEOPLE):032x}"
        past = BEGAN + MESSAGES * STEP_MS // 20
        asked += [
            ("rare word", (_criteria(seldom), few)),
            ("frequent word", (_criteria(often), few)),
            ("two Chinese characters", (_criteria(chinese), few)),
            ("phrase", (_criteria(f'"{often} {chance.choice(corpus.latin[:20])}"'), few)),
            ("two words", (_criteria(f"{often} {chance.choice(corpus.latin[:2000])}"), few)),
            ("without a word", (_criteria(f"{chinese} -{chance.choice(corpus.han[:20])}"), few)),
            ("beginning of a word", (_criteria(f"{chance.choice(corpus.latin[:2000])[:4]}*"), few)),
            ("from somebody", (_criteria(often, authors=Authors((person,))), few)),
            ("has a link", (_criteria(often, has=("link",)), few)),
            ("before a day long ago", (_criteria(often, before=past), few)),
            ("in one conversation", (_criteria(often), one)),
            (WORST, (_criteria(ELSEWHERE), few)),
            ("in all conversations", (_criteria(chance.choice((often, chinese, seldom))), many)),
        ]
    chance.shuffle(asked)
    yield from asked


def _criteria(text: str, **more: object) -> Criteria:
    query = parse(text)
    return Criteria(phrases=tuple(query.phrases), no_phrases=tuple(query.no_phrases), **more)  # type: ignore[arg-type]


def _sizes(file: Path) -> dict[str, int]:
    database = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    sizes = {"index": 0, "log": 0}
    for name, size in database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
        sizes["index" if name.startswith("finding") else "log"] += size
    database.close()
    return sizes


def p95(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
