"""Questions of the client (RFC 6120, 8.2.3): which file answers which, and the short answers.

Called by talk.py.
"""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from xml.etree.ElementTree import Element

from teahouse.gateways.xmpp import archive, disco, governing, portraits, roster, upload
from teahouse.gateways.xmpp.resource import Resource, Steps
from teahouse.gateways.xmpp.stanzas import answer, is_room, recipient, refuse
from teahouse.model.commands import Block, Blocks, Unblock
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import fold_nick
from teahouse.wire.xmpp import conditions
from teahouse.wire.xmpp.jid import parse
from teahouse.wire.xmpp.markup import element, text
from teahouse.wire.xmpp.names import (
    BLOCKING,
    CARBONS,
    CLIENT,
    DISCO_INFO,
    DISCO_ITEMS,
    MAM,
    MUC_ADMIN,
    MUC_OWNER,
    PING,
    PUBSUB,
    ROSTER,
    SESSION,
    TIME,
    UPLOAD,
    VCARD,
    VERSION,
)

_MOST_BLOCKED = 2000
_UNAVAILABLE = conditions.stanza_error("cancel", "service-unavailable")


def take(resource: Resource, iq: Element) -> Steps:
    kind = iq.get("type")
    if kind in ("result", "error"):
        return  # of our pings
    if kind not in ("get", "set") or not iq.get("id") or len(iq) != 1:
        raise Problem(Code.BAD_REQUEST, "an iq is a get or set, has an id, and asks one thing")
    asked = iq[0]
    found = _ANSWERS.get((kind, asked.tag))
    if found is None:
        refuse(resource, iq, _UNAVAILABLE)
        return
    if (steps := found(resource, iq, asked)) is not None:
        yield from steps


def probe(resource: Resource) -> None:
    """XEP-0199: any answer, an error too, is a sign of life."""
    ping = element("ping", {"xmlns": PING})
    given = {
        "xmlns": CLIENT,
        "type": "get",
        "id": f"probe-{secrets.token_hex(4)}",
        "from": resource.context.options.domain,
        "to": str(resource.jid),
    }
    resource.say(element("iq", given, ping))


def _ping(resource: Resource, iq: Element, _asked: Element) -> None:
    """A ping of oneself in a room asks whether one is in it (XEP-0410)."""
    to = recipient(resource, iq)
    if is_room(resource, to) and to.resource and to.local not in resource.joined:
        refuse(resource, iq, conditions.stanza_error("cancel", "not-acceptable", "you are not in this room"))
    else:
        answer(resource, iq)


def _version(resource: Resource, iq: Element, _asked: Element) -> None:
    name, number = element("name", None, "Teahouse"), element("version", None, text(version("teahouse")))
    answer(resource, iq, element("query", {"xmlns": VERSION}, name, number))


def _time(resource: Resource, iq: Element, _asked: Element) -> None:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    answer(resource, iq, element("time", {"xmlns": TIME}, "<tzo>+00:00</tzo>", f"<utc>{now}</utc>"))


def _session(resource: Resource, iq: Element, _asked: Element) -> None:
    """RFC 3921, 3: old clients ask for it."""
    answer(resource, iq)


def _carbons(resource: Resource, iq: Element, asked: Element) -> None:
    resource.carbons = asked.tag.endswith("enable")
    answer(resource, iq)


# --- XEP-0191 ---


def _blocked(resource: Resource, iq: Element, _asked: Element) -> Steps:
    items: list[str] = []
    after = ""
    while len(items) < _MOST_BLOCKED:
        page = yield Blocks(after=after, limit=200)
        for block in page["blocks"]:
            jid = f"{fold_nick(block['user']['nick'])}@{resource.context.options.domain}"
            items.append(element("item", {"jid": jid}))
            after = block["user"]["id"]
        if not page["more"]:
            break
    answer(resource, iq, element("blocklist", {"xmlns": BLOCKING}, *items))


def _block(resource: Resource, iq: Element, asked: Element) -> Steps:
    on = asked.tag == f"{{{BLOCKING}}}block"
    jids = [parse(item.get("jid", "")) for item in asked.findall(f"{{{BLOCKING}}}item")]
    if not jids or any(not jid.local or jid.domain != resource.context.options.domain for jid in jids):
        raise Problem(Code.BAD_REQUEST, "whom? people of this server can be blocked, by name")
    for jid in jids:
        yield Block(user=f"@{jid.local}") if on else Unblock(user=f"@{jid.local}")
    answer(resource, iq)
    push = element(
        "block" if on else "unblock", {"xmlns": BLOCKING}, *(element("item", {"jid": str(j)}) for j in jids)
    )
    given = {"xmlns": CLIENT, "type": "set", "id": f"push-{secrets.token_hex(4)}", "to": str(resource.jid)}
    resource.say(element("iq", given, push))


Answerer = Callable[[Resource, Element, Element], Steps | None]

_ANSWERS: dict[tuple[str, str], Answerer] = {
    ("get", f"{{{PING}}}ping"): _ping,
    ("get", f"{{{VERSION}}}query"): _version,
    ("get", f"{{{TIME}}}time"): _time,
    ("get", f"{{{VCARD}}}vCard"): portraits.vcard,
    ("get", f"{{{PUBSUB}}}pubsub"): portraits.items,
    ("set", f"{{{SESSION}}}session"): _session,
    ("set", f"{{{CARBONS}}}enable"): _carbons,
    ("set", f"{{{CARBONS}}}disable"): _carbons,
    ("get", f"{{{ROSTER}}}query"): roster.take,
    ("set", f"{{{ROSTER}}}query"): roster.take,
    ("get", f"{{{BLOCKING}}}blocklist"): _blocked,
    ("set", f"{{{BLOCKING}}}block"): _block,
    ("set", f"{{{BLOCKING}}}unblock"): _block,
    ("get", f"{{{DISCO_INFO}}}query"): disco.info,
    ("get", f"{{{DISCO_ITEMS}}}query"): disco.items,
    ("get", f"{{{MAM}}}query"): archive.form_of,
    ("set", f"{{{MAM}}}query"): archive.query,
    ("get", f"{{{MUC_ADMIN}}}query"): governing.listed,
    ("set", f"{{{MUC_ADMIN}}}query"): governing.change,
    ("get", f"{{{MUC_OWNER}}}query"): governing.settings,
    ("set", f"{{{MUC_OWNER}}}query"): governing.configure,
    ("get", f"{{{UPLOAD}}}request"): upload.request,
    ("set", "{urn:xmpp:message-moderate:1}moderate"): governing.moderate,
}
