"""Subscribing: SUBSCRIBE and UNSUBSCRIBE, and the last message of a conversation to who begins to listen.

Rule: a subscription of a session that is kept is durable before it is acknowledged. The last message is what MQTT calls
retained: it is read from the log, and nothing is retained beside that. Called by link.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from teahouse.gateways.mqtt import naming
from teahouse.gateways.mqtt.plans import Plan, Subscription
from teahouse.gateways.mqtt.sharing import at_most_once
from teahouse.model.commands import History
from teahouse.model.entries import Kind
from teahouse.model.errors import Problem, StoreUnavailable
from teahouse.model.results import HistoryPage
from teahouse.wire.mqtt import packets, parcels, properties, reasons
from teahouse.wire.mqtt.encode import encode
from teahouse.wire.mqtt.packets import V5, Filter, Granted, Subscribe, Unsubscribe
from teahouse.wire.mqtt.topics import is_filter, is_shared, matches
from teahouse.wire.mqtt.topics import shared as parts_of

if TYPE_CHECKING:
    from teahouse.gateways.mqtt.context import Shared
    from teahouse.gateways.mqtt.link import MqttLink

LATELY = 20
"""Of so many entries one is a message, or nothing is told."""

PATIENCE_S = 10
"""A store that needs longer for a subscription is not there."""

ALWAYS, IF_NEW = 0, 1

TOLD = 1000
"""Retained messages of applications for one SUBSCRIBE, the newest."""


async def subscribe(link: MqttLink, shared: Shared, packet: Subscribe) -> None:
    """3.8."""
    identifier = packet.properties.get(properties.SUBSCRIPTION_ID, 0)
    granted, wanted = [], []
    for one in packet.filters:
        reason = _refusal(link, shared, one.filter)
        if reason is None:
            new = link.subscriptions.put(
                Subscription(one.filter, one.qos, one.no_local, one.as_published, identifier)
            )
            if is_shared(one.filter):
                shared.groups.join(one.filter, link)
            elif one.handling == ALWAYS or (one.handling == IF_NEW and new):
                wanted.append(one)
        granted.append(one.qos if reason is None else reason)
    so_far = link.heard_so_far()
    await _store(link)
    if link.version != V5:
        granted = [reason if reason < 0x80 else 0x80 for reason in granted]
    link.send_now(encode(Granted(packets.SUBACK, packet.id, tuple(granted)), link.version))
    if wanted and shared.options.retained:
        await _tell_last(link, shared, wanted, so_far)
    if wanted and shared.tree.conversation in so_far:
        await _tell_retained(link, shared, wanted)


async def unsubscribe(link: MqttLink, shared: Shared, packet: Unsubscribe) -> None:
    """3.10."""
    ended = []
    for one in packet.filters:
        ended.append(reasons.SUCCESS if link.subscriptions.drop(one) else reasons.NO_SUBSCRIPTION_EXISTED)
        if is_shared(one):
            shared.groups.leave(one, link)
    await _store(link)
    answers = tuple(ended) if link.version == V5 else ()
    link.send_now(encode(Granted(packets.UNSUBACK, packet.id, answers), link.version))


def _refusal(link: MqttLink, shared: Shared, filter_: str) -> int | None:
    """Why somebody may not subscribe to this."""
    inner = filter_
    if is_shared(filter_):
        parts = parts_of(filter_)
        if parts is None:
            return reasons.FILTER_INVALID
        inner = parts[1]
    if not is_filter(inner):
        return reasons.FILTER_INVALID
    if len(link.subscriptions) >= shared.options.subscriptions and not link.subscriptions.has(filter_):
        return reasons.QUOTA_EXCEEDED
    conversations = link.conversations()
    if shared.tree.conversation in conversations and shared.tree.meets(inner):
        return None
    if not naming.is_ours(inner) or not naming.may_hear(inner, link.caller.user.id, conversations):
        return reasons.NOT_AUTHORIZED
    return None


async def _store(link: MqttLink) -> None:
    """Until the subscriptions are durable, where they outlast the connection."""
    if link.keeper is not None:
        durable: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        link.keeper.save(partial(_tell_durable, durable))
        async with asyncio.timeout(PATIENCE_S):
            await durable


def _tell_durable(durable: asyncio.Future[None]) -> None:
    if not durable.done():
        durable.set_result(None)


async def _tell_last(link: MqttLink, shared: Shared, wanted: list[Filter], so_far: Mapping[str, int]) -> None:
    """The last message of each conversation that was subscribed to now (3.3.1.3); what came since is heard anyway."""
    told = 0
    for conversation, seq in sorted(so_far.items()):
        topics = naming.topics_of(conversation)
        plan = link.plan(conversation)
        if plan is None or not any(matches(one.filter, topic) for one in wanted for topic in topics):
            continue
        told += 1
        if told > shared.options.retained:
            return
        await _tell_last_of(link, shared, conversation, seq, plan)


async def _tell_last_of(link: MqttLink, shared: Shared, conversation: str, seq: int, plan: Plan) -> None:
    history = History(id=0, conversation=conversation, before=seq + 1, limit=LATELY)
    try:
        page = await shared.door.call(link.caller, history)
    except (Problem, StoreUnavailable):
        return  # nobody is owed it
    assert isinstance(page, HistoryPage)
    for view in reversed(page.entries):
        if view.entry.kind is Kind.MESSAGE and not view.entry.redacted:
            (parcel,) = parcels.unpack(parcels.WIRE.entry(view.entry, view.own))
            link.send_small(at_most_once(parcel, plan.form, retain=True))
            return


async def _tell_retained(link: MqttLink, shared: Shared, wanted: list[Filter]) -> None:
    """What applications want retained, of the topics that were subscribed to now (MQTT-3.3.1-9)."""
    known = await shared.retained.seqs()
    seqs = sorted(seq for topic, seq in known.items() if any(matches(one.filter, topic) for one in wanted))
    for seq in seqs[-TOLD:]:
        await _tell_retained_at(link, shared, seq)


async def _tell_retained_at(link: MqttLink, shared: Shared, seq: int) -> None:
    history = History(id=0, conversation=shared.tree.conversation, after=seq - 1, limit=1)
    try:
        page = await shared.door.call(link.caller, history)
    except (Problem, StoreUnavailable):
        return
    assert isinstance(page, HistoryPage)
    for view in page.entries:
        (parcel,) = parcels.unpack(parcels.WIRE.entry(view.entry, view.own))
        applied = shared.tree.read(parcel.body)
        if parcel.number == seq and applied is not None:  # it may be erased, or not for this one
            link.tell_retained(applied, parcel)
