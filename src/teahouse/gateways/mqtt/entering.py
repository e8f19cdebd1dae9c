"""Entering: CONNECT to CONNACK, and what a connection leaves behind.

Rule: who somebody is comes first, as the engine says; only then is looked up what they left, for a client id is only
its user's. Called by link.py.
"""

from __future__ import annotations

import asyncio
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from teahouse.gateways.mqtt import naming
from teahouse.gateways.mqtt.hearing import standing
from teahouse.gateways.mqtt.outbox import Outbox
from teahouse.gateways.mqtt.plans import Subscriptions
from teahouse.gateways.mqtt.stays import NEVER, Keeper, Kept
from teahouse.model.caller import Caller
from teahouse.model.commands import Hello
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import check_nick
from teahouse.wire.mqtt import properties, reasons
from teahouse.wire.mqtt.packets import V3_1_1, V5, Connect
from teahouse.wire.mqtt.reasons import MqttError
from teahouse.wire.mqtt.topics import is_shared

if TYPE_CHECKING:
    from teahouse.engine.session import Session
    from teahouse.gateways.mqtt.context import MqttContext, Shared
    from teahouse.gateways.mqtt.link import MqttLink

LONGEST_CLIENT_ID = 128
TOKEN, RESUME = "token", "resume"
"""Users whose password is an access token, or a guest's resume secret (`resume/bob`: and who is to be called Bob)."""

_REASONS = {
    Code.UNAUTHENTICATED: reasons.BAD_CREDENTIALS,
    Code.BAD_REQUEST: reasons.BAD_CREDENTIALS,
    Code.CONFLICT: reasons.BAD_CREDENTIALS,
    Code.RATE_LIMITED: reasons.QUOTA_EXCEEDED,
    Code.UNAVAILABLE: reasons.SERVER_UNAVAILABLE,
    Code.INTERNAL: reasons.UNSPECIFIED,
}


async def enter(link: MqttLink, context: MqttContext, session: Session, packet: Connect) -> None:
    """Raises MqttError, and StoreUnavailable."""
    shared, found = context.shared, packet.properties
    link.tells_why = bool(found.get(properties.REQUEST_PROBLEMS, 1))
    link.largest = found.get(properties.MAXIMUM_PACKET, link.largest)
    if properties.AUTH_METHOD in found:
        raise MqttError(reasons.BAD_METHOD, "this server knows user and password, and tokens")
    link.client = _client_id(packet)
    link.keep_alive = packet.keep_alive
    link.will = packet.will
    session.echoes = True
    resume = await _greet(link, shared, session, _hello(packet, link.client))
    user = link.user = session.identity
    link.caller = Caller(user, session.grant, scopes=session.scopes)
    shared.wills.returned(user.id, link.client, packet.clean)
    seconds = _expiry(packet, shared.options.session_s)
    kept = await _find(shared, user.id, link.client, packet.clean)
    if session.closed:
        return
    window = min(found.get(properties.RECEIVE_MAXIMUM, 0xFFFF), shared.options.in_flight)
    _equip(link, shared, session, kept or Kept(), window)
    if seconds and shared.stays is not None:
        await _go_on(link, shared, session, kept or Kept(), seconds)
    elif kept is not None and shared.stays is not None:
        await shared.stays.drop(user.id, link.client)  # it is to end with this connection now
    if kept is not None and link.cursors is not None:
        await shared.door.pace.rewind(session, dict(link.cursors))
    link.entered(kept is not None, _told(packet, link, shared, seconds, resume))
    link.outbox.resume()  # and from the next turn on what it missed


def _client_id(packet: Connect) -> str:
    """3.1.3.1. One that is given to a client is told to it, if it can hear it."""
    if len(packet.client) > LONGEST_CLIENT_ID:
        raise MqttError(
            reasons.CLIENT_ID_NOT_VALID, f"a client id has at most {LONGEST_CLIENT_ID} characters"
        )
    if packet.client:
        return packet.client
    if packet.version == V3_1_1 and not packet.clean:
        raise MqttError(reasons.CLIENT_ID_NOT_VALID, "a session that is kept needs a client id")
    return "anon-" + token_hex(8)


def _hello(packet: Connect, client: str) -> Hello:
    """What CONNECT says of who it is, as a hello."""
    user = packet.user or ""
    if packet.password is None:
        return Hello(id=0, nick=user or _nick(client), device=client)
    try:
        secret = packet.password.decode()
    except UnicodeDecodeError:
        raise MqttError(reasons.BAD_CREDENTIALS, "the password is not UTF-8") from None
    if user in ("", TOKEN):
        return Hello(id=0, token=secret, device=client)
    name, _, nick = user.partition("/")
    if name == RESUME:
        return Hello(id=0, resume=secret, nick=nick or None, device=client)
    return Hello(id=0, user=user, password=secret, device=client)


def _nick(client: str) -> str:
    """A guest who gives no name is called as their program is."""
    try:
        return check_nick(client)
    except Problem:
        return "guest-" + token_hex(4)


async def _greet(link: MqttLink, shared: Shared, session: Session, hello: Hello) -> str | None:
    """Say hello to the engine; a guest's resume secret. Raises MqttError with the engine's refusal."""
    answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
    link.intake.greet(session, hello, answer)
    try:
        return await answer
    except Problem as problem:
        reason = _REASONS.get(problem.code, reasons.NOT_AUTHORIZED)
        raise MqttError(reason, problem.message, problem.code) from None


def _expiry(packet: Connect, most: int) -> int:
    """How long the session outlasts the connection, in seconds (3.1.2.11.2); 3.1.1 knows only yes and no."""
    if packet.version != V5:
        return 0 if packet.clean else most
    wanted: int = packet.properties.get(properties.SESSION_EXPIRY, 0)
    return most if wanted == NEVER else min(wanted, most)


async def _find(shared: Shared, user: str, client: str, clean: bool) -> Kept | None:
    return None if shared.stays is None else await shared.stays.find(user, client, clean)


def _equip(link: MqttLink, shared: Shared, session: Session, kept: Kept, window: int) -> None:
    pace = shared.door.pace
    link.subscriptions = Subscriptions(link.version, kept.subscriptions)
    link.outbox = outbox = Outbox(link.send_now, link.version, window)
    outbox.choke = lambda: pace.choked(session)
    outbox.ease = lambda: pace.eased(session)
    for subscription in kept.subscriptions:
        if is_shared(subscription.filter):
            shared.groups.join(subscription.filter, link)


async def _go_on(link: MqttLink, shared: Shared, session: Session, kept: Kept, seconds: int) -> None:
    """Begin to keep the session, before the client is told that it is kept. What it missed at QoS 1 and 2 follows; of
    the rest it hears what is new."""
    assert shared.stays is not None and link.user is not None
    known = bool(kept.subscriptions)
    link.cursors = standing(session)
    for conversation in link.cursors if known else ():
        if link.is_kept(conversation):
            link.cursors[conversation] = min(kept.cursors.get(conversation, 0), link.cursors[conversation])
    keeper = Keeper(shared.stays, link.user.id, link.client, seconds)
    keeper.snapshot = lambda: snapshot(link)
    keeper.failed = lambda: link.end(reasons.SERVER_UNAVAILABLE, "the session cannot be kept")
    link.outbox.store = keeper.save
    link.outbox.remember(flight for flight in kept.flights if flight.conversation in link.cursors)
    link.keeper = keeper
    await shared.stays.keep(link.user.id, link.client, snapshot(link), seconds)


def snapshot(link: MqttLink) -> Kept:
    """What is to be kept now: nothing that is unconfirmed counts as told."""
    cursors = dict(link.cursors or {})
    for conversation, seq in link.outbox.unconfirmed().items():
        cursors[conversation] = min(seq - 1, cursors.get(conversation, seq - 1))
    return Kept(list(link.subscriptions), cursors, list(link.outbox.flights))


def _told(
    packet: Connect, link: MqttLink, shared: Shared, seconds: int, resume: str | None
) -> properties.Properties:
    """The properties of CONNACK (3.2.2.3)."""
    if link.version != V5 or link.user is None:
        return properties.NONE
    options = shared.options
    found: dict[int, Any] = {
        properties.RECEIVE_MAXIMUM: options.receive_maximum,
        properties.MAXIMUM_PACKET: options.packet_bytes,
        properties.ALIAS_MAXIMUM: options.topic_aliases,
        properties.USER_PROPERTY: [("user", link.user.id), ("nick", link.user.nick)],
    }
    if resume is not None:
        found[properties.USER_PROPERTY].append(("resume", resume))
    if packet.properties.get(properties.SESSION_EXPIRY, 0) != seconds:
        found[properties.SESSION_EXPIRY] = seconds
    if not packet.client:
        found[properties.ASSIGNED_CLIENT_ID] = link.client
    if packet.properties.get(properties.REQUEST_RESPONSES):
        found[properties.RESPONSE_INFORMATION] = naming.ANSWER
    return found


def leave(link: MqttLink, shared: Shared) -> None:
    """The connection is over: keep what outlasts it, or forget it if it is to end with it."""
    for subscription in getattr(link, "subscriptions", ()):
        if is_shared(subscription.filter):
            shared.groups.leave(subscription.filter, link)
    keeper, stays = link.keeper, shared.stays
    if keeper is None or stays is None:
        return
    if keeper.seconds:
        keeper.save_now()
    else:
        keeper.close()
