"""Service discovery (XEP-0030) and entity capabilities (XEP-0115): what there is, and what it can do.

Called by iqs.py, and by negotiation.py for the features of the stream.
"""

from base64 import b64encode
from hashlib import sha1
from xml.etree.ElementTree import Element

from teahouse.gateways.xmpp import upload
from teahouse.gateways.xmpp.context import XmppContext
from teahouse.gateways.xmpp.resource import Asking, Resource, Steps
from teahouse.gateways.xmpp.stanzas import answer, is_room, recipient, room
from teahouse.model.commands import Conversation, Conversations
from teahouse.model.errors import Code, Problem
from teahouse.wire.xmpp import forms, names
from teahouse.wire.xmpp.markup import element

NODE = "https://teahouse.example/xmpp"
"""What the server's software is called in capabilities."""

SERVER_FEATURES = (
    names.BLOCKING,
    names.CARBONS,
    names.DISCO_INFO,
    names.DISCO_ITEMS,
    names.PING,
    names.TIME,
    names.VERSION,
    names.VCARD,
)
ACCOUNT_FEATURES = (names.DISCO_INFO, names.MAM, names.SID, names.CARBONS)
ROOMS_FEATURES = (names.DISCO_INFO, names.DISCO_ITEMS, names.MUC, names.PING)
ROOM_FEATURES = (
    names.DISCO_INFO,
    names.MUC,
    names.MUC_STABLE_ID,
    names.SELF_PING,
    names.MAM,
    names.SID,
    names.MODERATE,
    names.RETRACT,
    "muc_nonanonymous",
    "muc_persistent",
    "muc_unmoderated",
    "muc_unsecured",
)


def _features(given: tuple[str, ...]) -> str:
    return "".join(element("feature", {"var": feature}) for feature in given)


def _identity(category: str, kind: str, name: str = "") -> str:
    return element("identity", {"category": category, "type": kind, "name": name or None})


def _server(context: XmppContext) -> tuple[str, ...]:
    return (*SERVER_FEATURES, names.UPLOAD) if upload.largest(context) else SERVER_FEATURES


def caps(context: XmppContext) -> str:
    """XEP-0115, 5.1: a hash of what `info` says of the server."""
    said = "server/im//Teahouse<" + "".join(f"{feature}<" for feature in sorted(_server(context)))
    if most := upload.largest(context):
        said += f"{names.UPLOAD}<max-file-size<{most}<"
    ver = b64encode(sha1(said.encode(), usedforsecurity=False).digest()).decode()
    return element("c", {"xmlns": names.CAPS, "hash": "sha-1", "node": NODE, "ver": ver})


def info(resource: Resource, iq: Element, asked: Element) -> Steps:
    to, node = recipient(resource, iq), asked.get("node")
    if is_room(resource, to):
        if to.local and not to.resource:
            inside = yield from _room_info(to.local)
        else:
            inside = _identity("conference", "text", "Groups") + _features(ROOMS_FEATURES)
    elif to.local:
        inside = _identity("account", "registered") + _features(ACCOUNT_FEATURES)
    elif node is not None and not node.startswith(NODE):
        raise Problem(Code.NOT_FOUND, "there is no such node")
    else:
        context = resource.context
        inside = _identity("server", "im", "Teahouse") + _features(_server(context))
        if upload.largest(context):
            inside += upload.about(context)
    answer(resource, iq, element("query", {"xmlns": names.DISCO_INFO, "node": node}, inside))


def _room_info(conversation: str) -> Asking[str]:
    """XEP-0045, 6.4; for members, and of what anybody may join."""
    about = yield Conversation(conversation=conversation)
    open_ = "muc_open" if about["join"] == "open" else "muc_membersonly"
    public = "muc_public" if about["kind"] != "group" else "muc_hidden"
    form = forms.form(
        "result",
        "http://jabber.org/protocol/muc#roominfo",
        {
            "muc#roominfo_description": ("text-single", about["description"]),
            "muc#roominfo_subject": ("text-single", about["title"]),
            "muc#roominfo_occupants": ("text-single", str(about["members"])),
        },
    )
    name = about["title"] or conversation
    return _identity("conference", "text", name) + _features((*ROOM_FEATURES, open_, public)) + form


def items(resource: Resource, iq: Element, asked: Element) -> Steps:
    to = recipient(resource, iq)
    found = ""
    if asked.get("node"):
        pass
    elif is_room(resource, to) and not to.local:
        found = yield from _rooms(resource)
    elif not to.local:
        found = element("item", {"jid": resource.context.options.rooms, "name": "Groups"})
    answer(resource, iq, element("query", {"xmlns": names.DISCO_ITEMS, "node": asked.get("node")}, found))


def _rooms(resource: Resource) -> Asking[str]:
    """One's own groups, and the lobby."""
    listed = yield Conversations()
    return "".join(
        element(
            "item", {"jid": room(resource, row["conversation"]), "name": row["title"] or row["conversation"]}
        )
        for row in listed["conversations"]
        if row["kind"] != "direct"
    )
