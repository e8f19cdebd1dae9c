"""Together: the pages of several processes as one, each sample with the name of its node.

Rule: pages are the text format of Prometheus as exposition.py writes it: a family is its comments and the samples that
follow them, and in the whole they have to stand together. Called by app/beside.py.
"""

from collections.abc import Iterable

_COMMENT, _HELP = b"#", b"# HELP "


def together(pages: Iterable[tuple[str, bytes]]) -> bytes:
    """Pages by the names of their nodes, in the order they come."""
    families: dict[bytes, tuple[list[bytes], list[bytes]]] = {}
    for node, page in pages:
        label = b'node="%s"' % _escaped(node)
        comments: list[bytes] = []
        samples: list[bytes] = []
        first = False
        for line in page.splitlines():
            if line.startswith(_HELP):
                comments, samples = families.setdefault(line.split(b" ", 3)[2], ([], []))
                first = not comments
            if not line.startswith(_COMMENT):
                samples.append(_labelled(line, label))
            elif first:
                comments.append(line)
    return b"".join(line + b"\n" for family in families.values() for lines in family for line in lines)


def _labelled(sample: bytes, label: bytes) -> bytes:
    """`name{a="b"} 1` or `name 1`, with one more label."""
    name, brace, rest = sample.partition(b"{")
    if brace:
        return b"%s{%s,%s" % (name, label, rest)
    name, _, number = sample.partition(b" ")
    return b"%s{%s} %s" % (name, label, number)


def _escaped(node: str) -> bytes:
    return node.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").encode()
