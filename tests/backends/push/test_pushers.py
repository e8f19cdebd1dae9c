"""The three services: what they are given, and what is made of their refusals and troubles."""

import asyncio
import json
import logging
from email.utils import formatdate
from time import time
from typing import Any

import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.model.breaker import AFTER, PAUSE_S
from teahouse.model.push import PushKind
from teahouse.ports.push import DeviceGone, NotTaken, TryLater, WrongDevice
from tests.support.http2 import Said
from tests.support.push_services import PROJECT, TOPIC, PushServices
from tests.support.pushers import (
    APPLE_TOKEN,
    GOOGLE_TOKEN,
    MESSAGE,
    PRIVATE,
    READ,
    TEST,
    device,
    one_of,
    pushers,
)

PATHS = {PushKind.WEBPUSH: "/wpush/", PushKind.FCM: "/v1/", PushKind.APNS: "/3/device/"}
KINDS = pytest.mark.parametrize("kind", list(PushKind))


async def test_a_browser_is_given_what_only_it_can_read(services: PushServices) -> None:
    async with pushers(services) as made:
        browser = services.browser()
        phone = device(PushKind.WEBPUSH, browser)
        for notice in (MESSAGE, PRIVATE, READ, TEST):
            await made.pushers[PushKind.WEBPUSH].push(phone, notice)
    message, private, read, test = services.pushed
    assert message.said == {
        "type": "message",
        "conversation": "d-1",
        "seq": 7,
        "title": "alice",
        "body": "一杯茶?",
        "badge": 3,
        "tag": "d-1",
        "at": 1795476219170,
    }
    assert private.said["body"] is None and private.said["title"] == "alice"
    assert read.said == {"type": "read", "conversation": "d-1", "seq": 7, "badge": 2, "tag": "d-1"}
    assert test.said == {"type": "test"}
    assert (message.headers["ttl"], message.headers["urgency"], read.headers["urgency"]) == (
        "86400",
        "high",
        "low",
    )
    assert message.headers["topic"] == read.headers["topic"] != test.headers["topic"]
    assert f"k={made.vapid_key}" in message.headers["authorization"]
    assert services.server.connections == 1
    assert "茶" not in str(services.asked[0].body)


async def test_the_vapid_token_is_kept_and_renewed(services: PushServices) -> None:
    clock = ManualClock()
    clock.advance(time() - clock.now() / 1000)
    async with pushers(services, clock) as made:
        phone = device(PushKind.WEBPUSH, services.browser())
        for _ in range(2):
            await made.pushers[PushKind.WEBPUSH].push(phone, MESSAGE)
        clock.advance(11.5 * 3600)
        await made.pushers[PushKind.WEBPUSH].push(phone, MESSAGE)
    first, second, third = [pushed.headers["authorization"] for pushed in services.pushed]
    assert first == second != third


async def test_google_is_given_an_access_token_it_gave(services: PushServices) -> None:
    async with pushers(services) as made:
        fcm, phone = made.pushers[PushKind.FCM], device(PushKind.FCM)
        await asyncio.gather(*(fcm.push(phone, MESSAGE) for _ in range(5)))
        await fcm.push(phone, READ)
        await fcm.push(phone, PRIVATE)
        assert [asked.path for asked in services.asked].count("/token") == 1
        services.access.clear()  # it takes them back
        await fcm.push(phone, TEST)
        assert [asked.path for asked in services.asked].count("/token") == 2
    message, read, private, test = services.pushed[0], *services.pushed[5:]
    assert message.device == GOOGLE_TOKEN
    assert message.said["seq"] == "7" and message.said["body"] == "一杯茶?"
    assert message.whole["notification"] == {"title": "alice", "body": "一杯茶?"}
    assert message.whole["android"]["notification"] == {"tag": "d-1", "notification_count": 3}
    assert "notification" not in read.whole and read.said["type"] == "read"
    assert "body" not in private.said and private.whole["notification"]["body"] == ""
    assert test.said == {"type": "test"} and test.whole["notification"]["title"] == "Teahouse"


async def test_apple_is_given_a_token_we_signed(services: PushServices) -> None:
    clock = ManualClock()
    clock.advance(time() - 3000 - clock.now() / 1000)
    async with pushers(services, clock) as made:
        apns, phone = made.pushers[PushKind.APNS], device(PushKind.APNS)
        for notice in (MESSAGE, PRIVATE, READ):
            await apns.push(phone, notice)
        clock.advance(2800)
        await apns.push(device(PushKind.APNS, sandbox=True), TEST)
    message, private, read, test = services.pushed
    assert message.whole["aps"] == {
        "alert": {"title": "alice", "body": "一杯茶?"},
        "badge": 3,
        "sound": "default",
        "thread-id": "d-1",
    }
    assert message.said == {
        "type": "message",
        "conversation": "d-1",
        "seq": 7,
        "badge": 3,
        "tag": "d-1",
        "at": 1795476219170,
    }
    assert private.whole["aps"]["alert"] == {"title": "alice"}
    assert read.whole["aps"] == {"content-available": 1, "badge": 2}
    assert "badge" not in test.whole["aps"]
    tokens = [pushed.headers["authorization"] for pushed in services.pushed]
    assert tokens[0] == tokens[1] == tokens[2] != tokens[3]
    assert message.headers["apns-collapse-id"] == private.headers["apns-collapse-id"]
    assert services.server.connections == 1


async def test_apple_says_that_the_token_is_too_old(services: PushServices) -> None:
    services.faults["/3/"] = [Said(403, b'{"reason":"ExpiredProviderToken"}')]
    async with pushers(services) as made:
        await made.pushers[PushKind.APNS].push(device(PushKind.APNS), MESSAGE)
    assert len(services.pushed) == 1


@KINDS
async def test_a_device_that_is_no_more(services: PushServices, kind: PushKind) -> None:
    async with pushers(services) as made:
        phone = one_of(kind, services)
        services.gone |= {phone.address.removeprefix(services.server.url)}
        with pytest.raises(DeviceGone):
            await made.pushers[kind].push(phone, MESSAGE)


def refusal(status: int, code: str, **detail: Any) -> Said:
    body = {"error": {"code": status, "status": code, "message": "x", "details": [detail] if detail else []}}
    return Said(status, json.dumps(body).encode())


@pytest.mark.parametrize(
    ("kind", "said", "raised", "cause"),
    [
        (PushKind.WEBPUSH, Said(404), DeviceGone, ""),
        (PushKind.WEBPUSH, Said(413), NotTaken, "webpush: 413 from localhost"),
        (PushKind.WEBPUSH, Said(403, b"secret"), NotTaken, "webpush: 403 from localhost"),
        (PushKind.WEBPUSH, Said(302, b"", {"location": "https://127.0.0.1/"}), NotTaken, "webpush: 302"),
        (PushKind.WEBPUSH, Said(429), TryLater, "webpush: 429 from localhost"),
        (PushKind.WEBPUSH, Said(503), TryLater, "webpush: 503 from localhost"),
        (PushKind.FCM, refusal(403, "PERMISSION_DENIED", errorCode="SENDER_ID_MISMATCH"), DeviceGone, ""),
        (PushKind.FCM, refusal(404, "NOT_FOUND"), DeviceGone, ""),
        (
            PushKind.FCM,
            refusal(400, "INVALID_ARGUMENT", fieldViolations=[{"field": "message.token"}]),
            DeviceGone,
            "",
        ),
        (
            PushKind.FCM,
            refusal(400, "INVALID_ARGUMENT", fieldViolations=[{"field": "message.data"}]),
            NotTaken,
            "fcm: 400 INVALID_ARGUMENT",
        ),
        (PushKind.FCM, refusal(429, "RESOURCE_EXHAUSTED"), TryLater, "fcm: 429 RESOURCE_EXHAUSTED"),
        (PushKind.FCM, refusal(503, "UNAVAILABLE"), TryLater, "fcm: 503 from localhost"),
        (PushKind.FCM, Said(418, b"\xff not json"), NotTaken, "fcm: 418"),
        (PushKind.APNS, Said(400, b'{"reason":"BadDeviceToken"}'), DeviceGone, ""),
        (PushKind.APNS, Said(410, b""), DeviceGone, ""),
        (PushKind.APNS, Said(400, b'{"reason":"BadTopic"}'), NotTaken, "apns: 400 BadTopic"),
        (PushKind.APNS, Said(400, b'{"reason":"a b <script>"}'), NotTaken, "apns: 400"),
        (PushKind.APNS, Said(403, b'{"reason":"InvalidProviderToken"}'), NotTaken, "apns: 403 Inv"),
        (PushKind.APNS, Said(429, b'{"reason":"TooManyRequests"}'), TryLater, "apns: 429 TooManyRequests"),
        (PushKind.APNS, Said(503, b'{"reason":"Shutdown"}'), TryLater, "apns: 503 from localhost"),
    ],
)
async def test_what_is_made_of_a_refusal(
    services: PushServices, kind: PushKind, said: Said, raised: type[Exception], cause: str
) -> None:
    services.faults[PATHS[kind]] = [said]
    async with pushers(services) as made:
        with pytest.raises(raised) as error:
            await made.pushers[kind].push(one_of(kind, services), MESSAGE)
    assert str(error.value).startswith(cause)


@KINDS
async def test_retry_after_in_seconds_and_as_a_date(services: PushServices, kind: PushKind) -> None:
    later = formatdate(time() + 600, usegmt=True)
    services.faults[PATHS[kind]] = [
        Said(429, b"", {"retry-after": "90"}),
        Said(503, b"", {"retry-after": later}),
        Said(503, b"", {"retry-after": "soon"}),
    ]
    asked = []
    async with pushers(services) as made:
        for _ in range(3):
            with pytest.raises(TryLater) as error:
                await made.pushers[kind].push(one_of(kind, services), MESSAGE)
            asked.append(error.value.after_s)
    assert asked[0] == 90.0
    assert 595 < asked[1] <= 600
    assert asked[2] == 0.0


async def test_googles_tokens_are_not_to_be_had(services: PushServices) -> None:
    services.faults["/token"] = [
        Said(503),
        Said(429),
        Said(400, b'{"error":"invalid_grant"}'),
        Said(200, b"?"),
    ]
    causes = []
    async with pushers(services) as made:
        for raised in (TryLater, TryLater, NotTaken, TryLater):
            with pytest.raises(raised) as error:
                await made.pushers[PushKind.FCM].push(device(PushKind.FCM), MESSAGE)
            causes.append(str(error.value))
    assert [cause[:8] for cause in causes] == ["fcm: 503", "fcm: 429", "fcm: 400", "fcm: the"]


@KINDS
@pytest.mark.parametrize("fault", ["drop", "goaway"])
async def test_a_connection_that_ends_is_made_anew(
    services: PushServices, kind: PushKind, fault: str
) -> None:
    async with pushers(services) as made:
        phone = one_of(kind, services)
        await made.pushers[kind].push(phone, MESSAGE)
        services.faults[PATHS[kind]] = [fault]
        await made.pushers[kind].push(phone, MESSAGE)
    assert len(services.pushed) == 2
    assert services.server.connections == 2


@KINDS
async def test_a_service_that_resets_or_hangs_is_left_alone(services: PushServices, kind: PushKind) -> None:
    clock = ManualClock()
    clock.advance(time() - clock.now() / 1000)
    async with pushers(services, clock, timeout_s=0.8) as made:
        phone = one_of(kind, services)
        push = made.pushers[kind].push
        await push(phone, MESSAGE)
        services.faults[PATHS[kind]] = ["reset", "reset", "hang"]  # the last for ever
        causes = []
        for _ in range(AFTER):
            with pytest.raises(TryLater) as error:
                await push(phone, MESSAGE)
            causes.append(str(error.value))
        assert "TimeoutError" in causes[-1]
        asked = len(services.asked)
        assert 0 < made.pushers[kind].rests_s(phone) <= PAUSE_S
        with pytest.raises(TryLater, match="left alone") as error:
            await push(phone, MESSAGE)
        assert 0 < error.value.after_s <= PAUSE_S
        assert len(services.asked) == asked  # it was not called
        clock.advance(PAUSE_S)
        assert made.pushers[kind].rests_s(phone) == 0
        services.faults.clear()
        await push(phone, MESSAGE)
        await push(phone, MESSAGE)
    assert len(services.pushed) == 3


async def test_half_open_lets_one_through(services: PushServices) -> None:
    clock = ManualClock()
    clock.advance(time() - clock.now() / 1000)
    async with pushers(services, clock, timeout_s=0.8) as made:
        phone = one_of(PushKind.APNS, services)
        push = made.pushers[PushKind.APNS].push
        services.faults["/3/"] = [Said(500)] * AFTER
        for _ in range(AFTER):
            with pytest.raises(TryLater):
                await push(phone, MESSAGE)
        clock.advance(PAUSE_S)
        services.faults["/3/"] = ["hang"]
        asked = len(services.asked)
        results = await asyncio.gather(*(push(phone, MESSAGE) for _ in range(4)), return_exceptions=True)
        assert all(isinstance(result, TryLater) for result in results)
        assert len(services.asked) == asked + 1
        with pytest.raises(TryLater) as error:
            await push(phone, MESSAGE)
        assert PAUSE_S < error.value.after_s <= 2 * PAUSE_S  # it was tried, and the pause is longer now


async def test_a_browser_that_subscribed_with_another_key_of_ours(services: PushServices) -> None:
    async with pushers(services) as made:
        push = made.pushers[PushKind.WEBPUSH].push
        await push(device(PushKind.WEBPUSH, services.browser(), topic=made.vapid_key), MESSAGE)
        with pytest.raises(DeviceGone):
            await push(device(PushKind.WEBPUSH, services.browser(), topic="BAnother"), MESSAGE)
    assert len(services.pushed) == 1


async def test_one_browser_service_that_is_away_does_not_shut_out_another(services: PushServices) -> None:
    async with pushers(services, timeout_s=0.8) as made:
        push = made.pushers[PushKind.WEBPUSH].push
        dead = device(PushKind.WEBPUSH, services.browser(), address="https://127.0.0.1:1/wpush/1")
        for _ in range(AFTER + 1):
            with pytest.raises(TryLater):
                await push(dead, MESSAGE)
        await push(device(PushKind.WEBPUSH, services.browser()), MESSAGE)
    assert len(services.pushed) == 1


async def test_private_addresses_are_not_called(services: PushServices) -> None:
    browser = services.browser()
    port = services.server.url.rpartition(":")[2]
    async with pushers(services, allow_private=False) as made:
        push = made.pushers[PushKind.WEBPUSH].push
        for host in (
            "localhost",
            "127.0.0.1",
            "[::1]",
            "0x7f.1",
            "169.254.169.254",
            "10.0.0.1",
            "[::ffff:7f00:1]",
        ):
            for place in (host, f"{host}:{port}"):
                phone = device(PushKind.WEBPUSH, browser, address=f"https://{place}/wpush/1")
                with pytest.raises((NotTaken, TryLater)):
                    await push(phone, MESSAGE)
    assert services.asked == []
    assert services.server.connections == 0


async def test_who_registers_an_address_does_not_learn_what_there_is_inside(services: PushServices) -> None:
    causes = set()
    async with pushers(services, allow_private=False) as made:
        for host in ("127.0.0.1", "localhost", "nowhere.invalid"):
            phone = device(PushKind.WEBPUSH, services.browser(), address=f"https://{host}/1")
            with pytest.raises((NotTaken, TryLater)) as error:
                await made.pushers[PushKind.WEBPUSH].push(phone, MESSAGE)
            causes.add(str(error.value).replace(host, "HOST"))
    assert causes == {"webpush: ConnectError from HOST"}


async def test_a_certificate_of_somebody_else_is_not_trusted(services: PushServices) -> None:
    async with pushers(services, ca_file="") as made:
        with pytest.raises(TryLater, match="ConnectError"):
            await made.pushers[PushKind.APNS].push(device(PushKind.APNS), MESSAGE)
    assert services.asked == []


async def test_what_can_be_no_device(services: PushServices) -> None:
    browser = services.browser()
    async with pushers(services, allow_private=False) as made:
        wrong = [
            device(PushKind.WEBPUSH, browser),  # of a port that is not 443
            device(PushKind.WEBPUSH, browser, address="http://push.example.net/1"),
            device(PushKind.WEBPUSH, browser, address="https://169.254.169.254/1"),
            device(PushKind.WEBPUSH, browser, address="https://[::1]/1"),
            device(PushKind.WEBPUSH, browser, address="https://push.example.net:8443/1"),
            device(PushKind.WEBPUSH, browser, address="https://me:pw@push.example.net/1"),
            device(
                PushKind.WEBPUSH, browser, address="https://push.example.net/1", p256dh=b"\x04" + bytes(64)
            ),
            device(PushKind.WEBPUSH, browser, address="https://push.example.net/1", secret=b"short"),
            device(PushKind.FCM, address="../../x"),
            device(PushKind.FCM, address="short"),
            device(PushKind.APNS, address="zz" * 32),
            device(PushKind.APNS, address=APPLE_TOKEN[:-2]),
            device(PushKind.APNS, topic="im.x\r\nx: y"),
        ]
        for phone in wrong:
            with pytest.raises(WrongDevice):
                made.pushers[phone.kind].check(phone)
        made.pushers[PushKind.APNS].check(device(PushKind.APNS, topic=TOPIC))
        made.pushers[PushKind.WEBPUSH].check(
            device(PushKind.WEBPUSH, browser, address="https://push.example.net/1")
        )


async def test_neither_tokens_nor_words_are_logged(
    services: PushServices, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with pushers(services) as made:
        phones = [one_of(kind, services) for kind in PushKind]
        for phone in phones:
            await made.pushers[phone.kind].push(phone, MESSAGE)
            services.faults[PATHS[phone.kind]] = [Said(500, b"trouble")]
            with pytest.raises(TryLater):
                await made.pushers[phone.kind].push(phone, MESSAGE)
    told = caplog.text
    for phone in phones:
        assert phone.address.rpartition("/")[2] not in told
    assert "茶" not in told and "ya29" not in told and PROJECT not in told
