"""The roster (RFC 6121, 2): one's contacts, and whoever one has spoken with.

Rule: nothing is kept here; the roster is made of what the house knows each time it is asked for. Called by iqs.py and
presences.py.
"""

from collections.abc import Generator
from hashlib import sha256
from typing import Any
from xml.etree.ElementTree import Element

from teahouse.gateways.xmpp.resource import Resource, Steps
from teahouse.gateways.xmpp.stanzas import answer, bare
from teahouse.model.commands import Command, Contact, Contacts, Conversations
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import fold_nick
from teahouse.wire.xmpp.jid import parse
from teahouse.wire.xmpp.markup import element, text
from teahouse.wire.xmpp.names import CLIENT, ROSTER

_MOST = 2000
"""Contacts that are listed."""

_GROUP = "Contacts"

People = dict[str, tuple[str, str]]
"""By folded nick: the nick, and the name it goes by in one's contacts."""


def people(resource: Resource) -> Generator[Command, Any, People]:
    """Everybody in the roster. On the way, whom one's direct conversations are with is learned."""
    found: People = {}
    listed = yield Conversations()
    for row in listed["conversations"]:
        if row["kind"] == "direct" and row["peer"] is not None:
            nick = row["peer"]["nick"]
            resource.context.people.learn(row["peer"]["id"], nick)
            resource.peers[row["conversation"]] = fold_nick(nick)
            found[fold_nick(nick)] = nick, ""
    after = ""
    while len(found) < _MOST:
        page = yield Contacts(after=after, limit=200)
        for contact in page["contacts"]:
            user = contact["user"]
            resource.context.people.learn(user["id"], user["nick"])
            found[fold_nick(user["nick"])] = user["nick"], contact["alias"]
            after = user["id"]
        if not page["more"]:
            break
    return found


def take(resource: Resource, iq: Element, query: Element) -> Steps:
    if iq.get("type") == "get":
        found = yield from people(resource)
        items = "".join(_item(resource, nick, alias) for nick, alias in found.values())
        version = sha256(items.encode()).hexdigest()[:16]
        if query.get("ver") == version:  # XEP-0237: nothing has changed
            answer(resource, iq)
        else:
            answer(resource, iq, element("query", {"xmlns": ROSTER, "ver": version}, items))
        return
    item = query.find(f"{{{ROSTER}}}item")
    if item is None or len(query) != 1:
        raise Problem(Code.BAD_REQUEST, "one item at a time")
    jid = parse(item.get("jid", ""))
    if jid.domain != resource.context.options.domain or not jid.local:
        raise Problem(Code.NOT_FOUND, "this server does not speak with others")
    keep = item.get("subscription") != "remove"
    alias = (item.get("name") or "")[:64]
    yield Contact(user=f"@{jid.local}", alias="" if alias == jid.local else alias, on=keep)
    answer(resource, iq)
    push(resource, jid.local, keep, alias)


def push(resource: Resource, nick: str, keep: bool, alias: str = "") -> None:
    """2.1.6. Whoever one has spoken with stays in the roster all the same."""
    if keep:
        item = _item(resource, nick, alias)
    else:
        item = element("item", {"jid": bare(resource, nick), "subscription": "remove"})
    query = element("query", {"xmlns": ROSTER}, item)
    given = {"xmlns": CLIENT, "type": "set", "id": f"push-{fold_nick(nick)}", "to": str(resource.jid)}
    resource.say(element("iq", given, query))


def _item(resource: Resource, nick: str, alias: str) -> str:
    given = {"jid": bare(resource, nick), "name": alias or nick, "subscription": "both"}
    return element("item", given, element("group", None, text(_GROUP)))
