"""The messages of SCRAM: the examples of the RFCs, and what is none."""

import pytest

from teahouse.wire import scram
from teahouse.wire.scram import ClientFinal, ClientFirst

NONCE = b"fyko+d2lbbFgONRv9qkxdawL"
BOTH = NONCE + b"3rfcNHYJY1ZVvWVs7j"


def test_the_example_of_the_rfc() -> None:
    """RFC 5802, 5."""
    first = scram.client_first(b"n,,n=user,r=" + NONCE)
    assert first == ClientFirst("n", "", "", "user", NONCE, b"n,,", b"n=user,r=" + NONCE)
    asked = scram.server_first(BOTH, b"A%\xc2G\xe4:\xb1\xe9<m\xffv", 4096)
    assert asked == b"r=" + BOTH + b",s=QSXCR+Q6sek8bf92,i=4096"
    final = scram.client_final(b"c=biws,r=" + BOTH + b",p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=")
    proof = bytes.fromhex("bf45fcbf7073d93d022466c94321745fe1c8e13b")
    assert final == ClientFinal(b"n,,", BOTH, b"c=biws,r=" + BOTH, proof)
    assert scram.proved(first, asked, final) == b",".join((first.bare, asked, final.unproved))
    assert scram.server_final(b"\x00") == b"v=AA=="


def test_names_and_channels() -> None:
    first = scram.client_first(b"p=tls-unique,a=a=2Cb,n=a=2Cb=3D\xe8\x8c\xb6,r=x,t=later")
    assert (first.flag, first.binding, first.authorize, first.name) == ("p", "tls-unique", "a,b", "a,b=茶")
    assert (first.header, first.bare) == (b"p=tls-unique,a=a=2Cb,", b"n=a=2Cb=3D\xe8\x8c\xb6,r=x,t=later")
    assert scram.client_first(b"y,,n=a,r=x").flag == "y"


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"n,,n=user",
        b"n,,n=,r=x",
        b"q,,n=user,r=x",
        b"p=,,n=user,r=x",
        b"n,n=user,r=x",
        b"n,,m=must,n=user,r=x",
        b"n,,n=us=er,r=x",
        b"n,,n=us=2cer,r=x",
        b"n,,n=\xff,r=x",
        b"n,,n=user,r=x y",
        b"n,,n=user,r=x\n",
    ],
)
def test_what_is_no_first_message(message: bytes) -> None:
    with pytest.raises(ValueError):
        scram.client_first(message)


@pytest.mark.parametrize(
    "message",
    [b"", b"c=biws,r=x", b"c=biws,p=AA==", b"c=biws,r=x,p=A", b"c=b!,r=x,p=AA==", b"c=biws,r=x,p=AA==,"],
)
def test_what_is_no_final_message(message: bytes) -> None:
    with pytest.raises(ValueError):
        scram.client_final(message)
