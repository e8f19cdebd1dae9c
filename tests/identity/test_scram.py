"""The keys of SCRAM, by the examples of the RFCs, and how they stand beside the hash of a password."""

from base64 import b64decode

import pytest

from teahouse.identity import scram
from teahouse.identity.hashing import Hasher
from teahouse.identity.scram import ALGORITHMS, derived, prepared, written_in
from tests.support.people import cheap

# RFC 5802, 5, and RFC 7677, 3: the user is `user`, the password `pencil`.
EXAMPLES = {
    "SHA-1": (
        "QSXCR+Q6sek8bf92",
        b"n=user,r=fyko+d2lbbFgONRv9qkxdawL,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096,"
        b"c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j",
        "v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
        "rmF9pqV8S7suAoZWja4dJRkFsKQ=",
    ),
    "SHA-256": (
        "W22ZaJ0SNY7soEsUEjb6gQ==",
        b"n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
        b"s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
        "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
    ),
}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_the_examples_of_the_rfcs(algorithm: str) -> None:
    salt, message, proof, signature = EXAMPLES[algorithm]
    keys = derived("pencil", algorithm, 4096, b64decode(salt))
    assert keys.proves(message, b64decode(proof))
    assert keys.signature(message) == b64decode(signature)
    assert not keys.proves(message + b"x", b64decode(proof))
    assert not keys.proves(message, b64decode(proof)[:-1])
    assert not derived("pencil ", algorithm, 4096, b64decode(salt)).proves(message, b64decode(proof))


@pytest.mark.parametrize(
    ("password", "bytes_"),
    [
        ("I\u00adX", b"IX"),
        ("\u00aa", b"a"),
        ("\u2168", b"IX"),
        ("a\u00a0b", b"a b"),
        ("Zoe\u0308", "Zo\u00eb".encode()),
        ("\u0627\u0628", "\u0627\u0628".encode()),
        ("茶🍵", "茶🍵".encode()),
    ],
)
def test_passwords_are_prepared(password: str, bytes_: bytes) -> None:
    """RFC 4013, 3, and some more."""
    assert prepared(password) == bytes_


@pytest.mark.parametrize("password", ["\x07", "\u0627" + "1", "\u00ad", "\ud800", "\u0627b\u0628"])
def test_what_sasl_forbids_is_taken_as_it_is(password: str) -> None:
    assert prepared(password) == password.encode("utf-8", "surrogatepass")


async def test_keys_stand_behind_the_hash() -> None:
    hasher = Hasher(cheap(), 4096)
    stored = await hasher.hash("pencil")
    assert list(written_in(stored)) == ["SHA-1", "SHA-256"]
    assert len({keys.salt for keys in written_in(stored).values()}) == 2
    assert await hasher.check(stored, "pencil") and not await hasher.check(stored, "pencil ")
    for algorithm, keys in written_in(stored).items():
        assert keys == derived("pencil", algorithm, 4096, keys.salt)
        assert str(keys) in stored
    assert "pencil" not in stored
    hasher.close()


async def test_keys_come_and_go_at_logins() -> None:
    """Where XMPP is not (None), those that another node needs are left alone."""
    makers = {rounds: Hasher(cheap(), rounds) for rounds in (None, 0, 4096, 5000)}
    made = {rounds: await maker.hash("pencil") for rounds, maker in makers.items()}
    for rounds, maker in makers.items():
        old = {other for other, stored in made.items() if maker.outdated(stored)}
        bare = {None, 0}
        assert old == (set() if rounds is None else set(made) - (bare if rounds == 0 else {rounds}))
        maker.close()


@pytest.mark.parametrize("broken", ["", "$argon2id$x", "$argon2id$x SCRAM-SHA-1$x", "a SCRAM-MD5$1:a$b:c"])
def test_what_is_not_written_right_is_no_key(broken: str) -> None:
    assert scram.written_in(broken) == {}
