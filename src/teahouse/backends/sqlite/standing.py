"""What drafts and changes are measured by (backends/standing.py), read on the writer's thread."""

import apsw

from teahouse.backends.kinds import PIN
from teahouse.backends.sqlite.rows import conversation_from, member_from
from teahouse.backends.sqlite.statements import as_json
from teahouse.backends.standing import Standing, Wanted

_SETTINGS = """
SELECT conversation.id, kind, title, topic, join_rule, reach, member_limit, created, description, avatar, reach_last,
       invite, post, dissolved, revision, expires_s
FROM json_each(?) AS wanted CROSS JOIN conversation ON conversation.id = wanted.value
"""
_PLACES = """
SELECT conversation, user, nick, role, joined, "left", muted_until, reads, banned
FROM json_each(?) AS wanted
CROSS JOIN member ON conversation = wanted.value ->> 0 AND user = wanted.value ->> 1
"""
_COUNTS = """
SELECT wanted.value, (SELECT count(*) FROM member WHERE conversation = wanted.value AND "left" = 0)
FROM json_each(?) AS wanted
"""
_PINS = f"""
SELECT wanted.value, coalesce(
    (SELECT max(seq) FROM entry INDEXED BY entry_pin WHERE entry.log = log.id AND kind = {PIN}), 0
)
FROM json_each(?) AS wanted
CROSS JOIN log ON log.conversation = wanted.value
"""  # noqa: S608 - made of constants


def read(database: apsw.Connection, wanted: Wanted) -> Standing:
    settings = database.execute(_SETTINGS, (as_json(wanted.settings),))
    places = database.execute(_PLACES, (as_json(wanted.places),))
    pins = database.execute(_PINS, (as_json(wanted.pins),))
    counts = database.execute(_COUNTS, (as_json(wanted.counts),))
    return Standing(
        [conversation_from(row) for row in settings],
        [member_from(row) for row in places],
        {str(name): int(number) for name, number in counts},
        {str(name): int(seq) for name, seq in pins},
    )
