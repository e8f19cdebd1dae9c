"""Stanzas that are made everywhere in this room: answers to an iq, refusals, what a stanza is addressed to."""

from xml.etree.ElementTree import Element

from teahouse.gateways.xmpp.resource import HERE, Resource
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import fold_nick
from teahouse.wire.xmpp import conditions
from teahouse.wire.xmpp.jid import Jid, parse
from teahouse.wire.xmpp.markup import element
from teahouse.wire.xmpp.names import CLIENT


def recipient(resource: Resource, stanza: Element) -> Jid:
    """Whom it is for: without an address, oneself (RFC 6120, 10.3). ValueError for what is no address, Problem for one
    of another server."""
    written = stanza.get("to")
    to = parse(written) if written else resource.jid.bare
    if to.domain not in (resource.context.options.domain, resource.context.options.rooms):
        raise Problem(Code.NOT_FOUND, f"this server does not speak with others, such as {to.domain}")
    return to


def is_room(resource: Resource, jid: Jid) -> bool:
    return jid.domain == resource.context.options.rooms


def person(resource: Resource, nick: str) -> str:
    """How somebody is addressed."""
    return str(Jid(fold_nick(nick), resource.context.options.domain, HERE))


def bare(resource: Resource, nick: str) -> str:
    return str(Jid(fold_nick(nick), resource.context.options.domain))


def room(resource: Resource, conversation: str, nick: str = "") -> str:
    """How a group, or an occupant of it, is addressed."""
    return str(Jid(conversation, resource.context.options.rooms, nick))


def answer(resource: Resource, iq: Element, *children: str) -> None:
    """The result of an iq (RFC 6120, 8.2.3)."""
    given = {"xmlns": CLIENT, "type": "result", "id": iq.get("id", ""), "from": iq.get("to")}
    resource.say(element("iq", {**given, "to": str(resource.jid)}, *children), lasting=True)


def refuse(resource: Resource, stanza: Element, error: str) -> None:
    """The stanza comes back as an error (8.3.1)."""
    name = stanza.tag.rpartition("}")[2]
    given = {"xmlns": CLIENT, "type": "error", "id": stanza.get("id"), "from": stanza.get("to")}
    resource.say(element(name, {**given, "to": str(resource.jid)}, error), lasting=True)


def refuse_for(resource: Resource, stanza: Element, problem: Problem) -> None:
    refuse(resource, stanza, conditions.of_problem(problem))
