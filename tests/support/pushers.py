"""The three pushers on the stand-ins of their services."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from msgspec import convert

from teahouse.app.push import PushBooks, open_push
from teahouse.app.settings import Settings
from teahouse.backends.clock import SystemClock
from teahouse.backends.memory.push import MemoryNotifications, MemoryPushDevices
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.memory.vault import MemoryVault
from teahouse.engine.stores import PushStores
from teahouse.model.push import Notice, PushDevice, PushKind
from teahouse.ports.clock import Clock
from tests.support.push_services import KEY_ID, TEAM, TOPIC, Browser, PushServices

APPLE_TOKEN = "ab" * 32
GOOGLE_TOKEN = "dGVzdA:APA91b-registration_token"
MESSAGE = Notice(
    type="message",
    conversation="d-1",
    seq=7,
    title="alice",
    body="一杯茶?",
    badge=3,
    tag="d-1",
    at=1795476219170,
)
PRIVATE = Notice(type="message", conversation="d-1", seq=7, title="alice", badge=3, tag="d-1", at=1)
READ = Notice(type="read", conversation="d-1", seq=7, badge=2, tag="d-1", at=1)
TEST = Notice(type="test", tag="test", at=1)


def settings(services: PushServices, **options: Any) -> Settings:
    """Everything set up."""
    url = services.server.url
    push = {
        "contact": "mailto:admin@example.org",
        "fcm_credentials": str(services.service_account),
        "fcm_url": url,
        "apns_key": str(services.signing_key),
        "apns_key_id": KEY_ID,
        "apns_team_id": TEAM,
        "apns_topic": TOPIC,
        "apns_url": url,
        "apns_sandbox_url": url,
        "timeout_s": 2.0,
        "allow_private": True,
        "ca_file": str(services.server.ca_file),
        **options,
    }
    return convert({"store": {"kind": "memory"}, "push": push}, Settings)


@asynccontextmanager
async def pushers(
    services: PushServices, clock: Clock | None = None, **options: Any
) -> AsyncIterator[PushStores]:
    store = MemoryStore()
    async with AsyncExitStack() as stack:
        books = PushBooks(MemoryPushDevices(store), MemoryNotifications(store), MemoryVault(store))
        made = await open_push(settings(services, **options), books, clock or SystemClock(), stack)
        assert made is not None
        yield made


def device(kind: PushKind, browser: Browser | None = None, **fields: Any) -> PushDevice:
    given: dict[str, Any] = {"id": "p1", "user": "u-ada", "kind": kind, "grant": "l1"}
    if browser is not None:
        given |= {"address": browser.endpoint, "p256dh": browser.p256dh, "secret": browser.secret}
    else:
        given["address"] = APPLE_TOKEN if kind is PushKind.APNS else GOOGLE_TOKEN
    return PushDevice(**{**given, **fields})


def one_of(kind: PushKind, services: PushServices) -> PushDevice:
    return device(kind, services.browser() if kind is PushKind.WEBPUSH else None)
