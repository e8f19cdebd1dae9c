"""Fuzz the decoders of SCRAM: what is read is what was written, or it is refused."""

from fuzz import harness
from teahouse.wire import scram

SAMPLES = [
    b"n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
    b"p=tls-server-end-point,a=us=2Cer,n=us=3Der,r=fyko,x=later",
    b"y,,n=\xe8\x8c\xb6,r=fyko",
    b"n,,m=must,n=user,r=fyko",
    b"c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
    b"c=biws,r=fyko,x=later,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
]


def check(data: bytes) -> None:
    try:
        first = scram.client_first(data)
        assert first.header + first.bare == data
        assert (first.flag == "p") == bool(first.binding)
        assert first.name and b"," not in first.nonce
    except ValueError:
        pass
    try:
        final = scram.client_final(data)
        assert data.startswith(final.unproved + b",p=") and final.proof
    except ValueError:
        pass


if __name__ == "__main__":
    harness.main(check, SAMPLES)
