"""Doubt: a PUBLISH that is sent again may have been stored already, before the connection or the server was lost.

Rule: looked up in the log, which is all that a killed server leaves: the newest entry of the sender whose cid was made
for the same client, packet identifier, topic and payload. Only the last few of a client can be in doubt, as many as it
may send before it is answered; so an older message that looks the same is not taken for it.
"""

from collections.abc import Sequence

from teahouse.gateways.mqtt.incoming import client_mark, fresh_cid
from teahouse.model.results import View

LOOKED_AT = 200


def settled_cid(views: Sequence[View], user: str, client: str, mark: str, most: int) -> str:
    """The cid it was stored with, or a fresh one. `views` are the newest entries, oldest first; `most` of the client's
    can be in doubt."""
    mine = client_mark(client)
    seen = 0
    for view in reversed(views):
        cid = view.entry.cid
        if cid is None or view.entry.sender != user or not cid.startswith(mine):
            continue
        if cid.startswith(mark):
            return cid
        seen += 1
        if seen >= most:
            break
    return fresh_cid(mark)
