"""Keys: made once, kept to their owner, renewed in time."""

import os
from pathlib import Path

import pytest

from teahouse.identity.keys import CannotUseKeys, KeyRing
from tests.support.people import cheap

DAY = 86_400_000


def test_keys_are_made_once_and_are_the_owners_only(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    os.umask(0)
    first = KeyRing(file, cheap(), now=1)
    assert file.stat().st_mode & 0o777 == 0o600
    assert KeyRing(file, cheap(), now=2).newest.kid == first.newest.kid
    assert [p.name for p in tmp_path.iterdir()] == ["keys.json"]


def test_a_file_others_could_read_is_closed(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    KeyRing(file, cheap(), now=1)
    file.chmod(0o644)
    KeyRing(file, cheap(), now=1)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_new_key_signs_when_the_old_one_is_old(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    old = KeyRing(file, cheap(key_days=2), now=0).newest.kid
    ring = KeyRing(file, cheap(key_days=2), now=2 * DAY - 1)
    assert ring.newest.kid == old
    assert ring.renew(2 * DAY)
    assert ring.newest.kid != old
    assert not ring.renew(2 * DAY)


def test_an_old_key_verifies_as_long_as_its_tokens_last(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    ring = KeyRing(file, cheap(access_s=900), now=0)
    old = ring.newest.kid
    ring.rotate(1000)
    assert ring.find(old) is not None
    assert [key["kid"] for key in ring.jwks()["keys"]] == [old, ring.newest.kid]
    assert not ring.renew(901_000)
    assert ring.renew(901_001)
    assert ring.find(old) is None
    assert KeyRing(file, cheap(), now=901_002).newest.kid == ring.newest.kid


def test_only_public_halves_are_shown() -> None:
    ring = KeyRing(None, cheap(), now=0)
    (key,) = ring.jwks()["keys"]
    assert key.keys() == {"kty", "crv", "x", "kid", "use", "alg"}
    assert ring._stored[0].private.hex() not in str(key)


def test_a_shared_secret_is_shown_to_nobody() -> None:
    ring = KeyRing(None, cheap(algorithm="HS256", secret="s" * 32), now=0)
    assert ring.jwks() == {"keys": []}
    assert not ring.renew(10**15)
    with pytest.raises(CannotUseKeys, match=r"identity\.secret"):
        ring.rotate(1)


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"keys":[{"kid":"k","created":1,"private":"AAAA"}]}', b"\xff"]
)
def test_a_broken_file_is_not_written_over(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "keys.json"
    file.write_bytes(content)
    with pytest.raises(CannotUseKeys, match="cannot be read"):
        KeyRing(file, cheap(), now=1)
    assert file.read_bytes() == content


def test_a_key_that_cannot_be_written_does_not_sign(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    ring = KeyRing(file, cheap(), now=0)
    before = ring.newest.kid
    ring._file = tmp_path / "nowhere" / "keys.json"
    with pytest.raises(CannotUseKeys, match="cannot be written"):
        ring.rotate(1)
    assert ring.newest.kid == before


def test_hs256_needs_a_secret() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        cheap(algorithm="HS256", secret="short")
