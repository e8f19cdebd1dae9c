import base64

import pytest

from teahouse.wire.xmpp.names import BIND, SASL
from tests.gateways.xmpp.client import HEAD, PASSWORD, Place, WebSocketPeer
from tests.support.scram import ScramClient

pytestmark = pytest.mark.service


async def test_an_account_logs_in_and_binds(place: Place) -> None:
    await place.register("romeo")
    peer = await place.account("romeo", "balcony")
    assert peer.jid == "romeo@localhost/balcony"


async def test_a_guest_comes_under_the_nick_it_wishes(place: Place) -> None:
    peer = await place.guest("Mercutio")
    assert peer.jid == "mercutio@localhost/desk"


async def test_a_wrong_password_is_not_authorized(place: Place) -> None:
    await place.register("romeo")
    peer = await place.connect()
    features = await peer.open()
    assert [each.text for each in features.iter(f"{{{SASL}}}mechanism")] == [
        "SCRAM-SHA-256",
        "SCRAM-SHA-1",
        "PLAIN",
        "ANONYMOUS",
    ]
    for _ in range(5):
        wrong = base64.b64encode(b"\0romeo\0wrong password").decode()
        peer.say(f"<auth xmlns='{SASL}' mechanism='PLAIN'>{wrong}</auth>")
        failure = await peer.until("failure")
        assert failure[0].tag == f"{{{SASL}}}not-authorized"
    assert await peer.error() == "policy-violation"


async def test_plain_without_a_first_response(place: Place) -> None:
    await place.register("romeo")
    peer = await place.connect()
    await peer.open()
    peer.say(f"<auth xmlns='{SASL}' mechanism='PLAIN'/>")
    await peer.until("challenge")
    said = base64.b64encode(f"\0romeo\0{PASSWORD}".encode()).decode()
    peer.say(f"<response xmlns='{SASL}'>{said}</response>")
    await peer.until("success")


@pytest.mark.parametrize("initial", [True, False])
async def test_a_password_is_proved(place: Place, initial: bool) -> None:
    await place.register("romeo")
    peer = await place.connect()
    await peer.open()
    wrong = ScramClient("romeo", "wrong password")
    assert await peer.prove("SCRAM-SHA-256", wrong, initial) == b"not-authorized"
    nobody = ScramClient("nobody", PASSWORD)
    assert await peer.prove("SCRAM-SHA-256", nobody, initial) == b"not-authorized"
    assert (len(nobody.salt), nobody.iterations) == (len(wrong.salt), wrong.iterations)
    another = ScramClient("romeo", PASSWORD, header="n,a=juliet,")
    assert await peer.prove("SCRAM-SHA-256", another, initial) == b"invalid-authzid"
    right = ScramClient("romeo", PASSWORD, header="n,a=romeo@localhost,")
    assert right.believes(await peer.prove("SCRAM-SHA-256", right, initial))
    await peer.bind("desk")
    assert peer.jid == "romeo@localhost/desk"


async def test_a_proof_is_good_for_its_own_exchange(place: Place) -> None:
    await place.register("romeo")
    peer = await place.connect()
    await peer.open()
    client = ScramClient("romeo", PASSWORD)
    heard: list[bytes] = []

    class Replayed(ScramClient):
        def answer(self, challenge: bytes) -> bytes:
            return heard[0]

    def remembered(challenge: bytes) -> bytes:
        heard.append(ScramClient.answer(client, challenge))
        return heard[0]

    client.answer = remembered  # type: ignore[method-assign]
    assert client.believes(await peer.prove("SCRAM-SHA-256", client))
    other = await place.connect()
    await other.open()
    replayed = Replayed("romeo", PASSWORD)
    assert await other.prove("SCRAM-SHA-256", replayed) == b"not-authorized"


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ("<auth xmlns='{SASL}' mechanism='SCRAM-SHA-1'>YWJj</auth>", "malformed-request"),
        ("<auth xmlns='{SASL}' mechanism='SCRAM-SHA-1-PLUS'>YWJj</auth>", "invalid-mechanism"),
        ("<auth xmlns='{SASL}' mechanism='EXTERNAL'>=</auth>", "invalid-mechanism"),
        ("<auth xmlns='{SASL}' mechanism='PLAIN'>%%%</auth>", "incorrect-encoding"),
        ("<auth xmlns='{SASL}' mechanism='PLAIN'>YWJj</auth>", "malformed-request"),
        ("<response xmlns='{SASL}'>YWJj</response>", "malformed-request"),
        ("<abort xmlns='{SASL}'/>", "aborted"),
    ],
)
async def test_what_is_wrong_with_a_login_is_told(place: Place, said: str, condition: str) -> None:
    peer = await place.connect()
    await peer.open()
    peer.say(said.replace("{SASL}", SASL))
    assert (await peer.until("failure"))[0].tag == f"{{{SASL}}}{condition}"


async def test_nobody_talks_before_logging_in(place: Place) -> None:
    peer = await place.connect()
    await peer.open()
    peer.say("<message to='romeo@localhost'><body>hi</body></message>")
    assert await peer.error() == "not-authorized"
    assert await peer.hear() is None


async def test_another_host_is_unknown(place: Place) -> None:
    peer = await place.connect()
    peer.say(HEAD.replace(b"to='localhost'", b"to='example.org'"))
    assert await peer.error() == "host-unknown"


async def test_a_resource_that_cannot_be_is_refused(place: Place) -> None:
    peer = await place.connect()
    await peer.login("ANONYMOUS", b"romeo")
    await peer.open()
    answer = await peer.ask("set", f"<bind xmlns='{BIND}'><resource>{'x' * 70}</resource></bind>")
    assert answer.get("type") == "error"
    answer = await peer.ask("set", f"<bind xmlns='{BIND}'/>")
    assert answer.get("type") == "result"


async def test_the_same_resource_replaces_the_one_before(place: Place) -> None:
    await place.register("romeo")
    first = await place.account("romeo")
    second = await place.account("romeo")
    assert await first.error() == "conflict"
    assert (await second.ask("get", "<ping xmlns='urn:xmpp:ping'/>")).get("type") == "result"


async def test_attacks_end_the_stream_by_the_right_error(place: Place) -> None:
    for said, condition in (
        ("<!DOCTYPE lolz [<!ENTITY lol 'lol'>]>", "restricted-xml"),
        ("<message><!-- x --></message>", "restricted-xml"),
        ("<message>&lol;</message>", "restricted-xml"),
        ("<a>" * 100, "policy-violation"),
        ("<message>" + "x" * 70_000, "policy-violation"),
        ("<message></presence>", "not-well-formed"),
        ("<unknown xmlns='urn:x'/>", "unsupported-stanza-type"),
    ):
        peer = await place.guest("mercutio")
        peer.say(said)
        assert await peer.error() == condition, said[:30]
        assert await peer.hear() is None
        peer.abort()


async def test_over_websocket(place: Place) -> None:
    await place.register("romeo")
    peer = await WebSocketPeer.reach(place)
    await peer.login("PLAIN", f"\0romeo\0{PASSWORD}".encode())
    await peer.bind("browser")
    assert peer.jid == "romeo@localhost/browser"
    peer.say("<message xmlns='jabber:client' to='romeo@localhost'><!-- x --></message>")
    assert await peer.error() == "restricted-xml"
    assert await peer.hear() is None
    peer.abort()
