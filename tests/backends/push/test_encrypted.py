"""What is said to browsers, against the example of RFC 8291 and a receiver of our own."""

import os

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from teahouse.backends.push.encrypted import LARGEST, encrypt
from tests.support.push_services import Browser, unb64

# RFC 8291, section 5 and appendix A
PLAIN = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A"
    "_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_rfc_8291() -> None:
    key = ec.derive_private_key(int.from_bytes(unb64(SENDER), "big"), ec.SECP256R1())
    assert encrypt(PLAIN, unb64(RECEIVER), unb64(SECRET), key, unb64(SALT)) == unb64(BODY)


@pytest.mark.parametrize("length", [0, 1, 100, LARGEST])
def test_a_browser_reads_it(length: int) -> None:
    browser, text = Browser("https://push.example.net"), os.urandom(length)
    body = encrypt(text, browser.p256dh, browser.secret)
    assert browser.decrypt(body) == text
    assert len(body) <= 4096
    assert encrypt(text, browser.p256dh, browser.secret) != body


def test_what_cannot_be_encrypted() -> None:
    browser = Browser("https://push.example.net")
    for text, key in ((b"x" * (LARGEST + 1), browser.p256dh), (b"", b""), (b"", b"\x04" + bytes(64))):
        with pytest.raises(ValueError):
            encrypt(text, key, browser.secret)
