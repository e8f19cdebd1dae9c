"""An evaluation as one HTML page that needs nothing else.

Rule: everything that comes from data is escaped. The confusion table holds the intents that were confused most, because
one of sixty-four rows is not read. Callers: the command line.
"""

from collections.abc import Mapping, Sequence
from html import escape

from teahouse.nlu.scores import Counts, IntentScores

CONFUSED_LIMIT = 24
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222; }
table { border-collapse: collapse; margin: 1rem 0; } th, td { border: 1px solid #ccc; padding: .2rem .5rem; }
td { text-align: right; font-variant-numeric: tabular-nums; } th { text-align: left; font-weight: 600; }
.matrix th.side { writing-mode: vertical-rl; transform: rotate(180deg); } .matrix td.none { color: #bbb; }
@media (prefers-color-scheme: dark) { body { background: #181818; color: #ddd; } th, td { border-color: #444; } }
"""


def page(
    title: str, figures: Mapping[str, str], intents: IntentScores | None, slots: Mapping[str, Counts]
) -> str:
    parts = [f"<h1>{escape(title)}</h1>", _table(("figure", "value"), [(k, v) for k, v in figures.items()])]
    if intents is not None:
        parts.append("<h2>Confusion</h2><p>Rows are what was meant, columns what was understood.</p>")
        parts.append(matrix(intents))
        parts.append("<h2>Intents</h2>" + _counted("intent", intents.by_intent))
    if slots:
        parts.append("<h2>Slots</h2>" + _counted("slot", slots))
    head = f"<meta charset='utf-8'><title>{escape(title)}</title><style>{_STYLE}</style>"
    return f"<!doctype html>\n<html lang='en'><head>{head}</head><body>{''.join(parts)}</body></html>\n"


def matrix(intents: IntentScores) -> str:
    """The confused part of the table of all intents."""
    wrong: dict[tuple[str, str], int] = {(one, other): count for one, other, count in intents.confusions}
    weight: dict[str, int] = {}
    for (one, other), count in wrong.items():
        weight[one] = weight.get(one, 0) + count
        weight[other] = weight.get(other, 0) + count
    labels = sorted(sorted(weight, key=lambda label: (-weight[label], label))[:CONFUSED_LIMIT])
    if not labels:
        return "<p>Nothing was confused.</p>"
    head = "".join(f"<th class='side'>{escape(label)}</th>" for label in labels)
    rows = []
    for one in labels:
        cells = []
        for other in labels:
            count = intents.by_intent[one].right if one == other else wrong.get((one, other), 0)
            cells.append(_cell(count, one == other))
        rows.append(f"<tr><th>{escape(one)}</th>{''.join(cells)}</tr>")
    return f"<table class='matrix'><tr><th></th>{head}</tr>{''.join(rows)}</table>"


def _cell(count: int, right: bool) -> str:
    if not count:
        return "<td class='none'>0</td>"
    shade = min(0.75, 0.15 + count / 40)
    colour = f"rgba(40,140,80,{shade:.2f})" if right else f"rgba(200,60,40,{shade:.2f})"
    return f"<td style='background:{colour}'>{count}</td>"


def _counted(name: str, counts: Mapping[str, Counts]) -> str:
    rows = [
        (key, f"{c.precision:.3f}", f"{c.recall:.3f}", f"{c.f1:.3f}", str(c.right + c.missed))
        for key, c in sorted(counts.items(), key=lambda item: (item[1].f1, item[0]))
    ]
    return _table((name, "precision", "recall", "F1", "how many"), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join(
        f"<tr><th>{escape(row[0])}</th>{''.join(f'<td>{escape(value)}</td>' for value in row[1:])}</tr>"
        for row in rows
    )
    return f"<table><tr>{top}</tr>{body}</table>"
