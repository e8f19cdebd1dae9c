"""Talk: which file does what of a stanza. What a resource is given to live by (resource.py)."""

from xml.etree.ElementTree import Element

from teahouse.gateways.xmpp import iqs, messages, presences, rooms, told
from teahouse.gateways.xmpp.resource import Resource, Steps, Talk
from teahouse.gateways.xmpp.stanzas import refuse_for
from teahouse.model.errors import Code, Problem

_OF = {"message": messages.take, "presence": presences.take, "iq": iqs.take}


def begin(resource: Resource, stanza: Element) -> Steps:
    """The steps of a stanza. A refusal that they do not handle is answered here, but an error or a result is never
    answered with an error (RFC 6120, 8.3.1)."""
    try:
        yield from _OF[stanza.tag.rpartition("}")[2]](resource, stanza)
    except Problem as problem:
        _refuse(resource, stanza, problem)
    except ValueError as error:
        _refuse(resource, stanza, Problem(Code.BAD_REQUEST, str(error)))


def _refuse(resource: Resource, stanza: Element, problem: Problem) -> None:
    if stanza.get("type") not in ("error", "result"):
        refuse_for(resource, stanza, problem)


TALK = Talk(begin, told.hear, iqs.probe, rooms.left, rooms.returned)
