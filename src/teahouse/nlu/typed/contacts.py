"""What identifies somebody or something: phone, e-mail, order number.

Rule: a telephone number is its digits, with the plus sign if it was said; an order number its capitals and digits.
Which form the order numbers of a team have, it can say itself (`orders()`); without that, a token of letters and
digits, a long number, or any number after a word like "order" or 单号 counts. Callers: `registry.py`.
"""

import re
from collections.abc import Iterator

from teahouse.nlu.typed.found import EMAIL, ORDER, PHONE, Circumstances, Found, Recogniser

_EMAIL = re.compile(
    r"(?<![\w.+-])[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?![a-z0-9-])",
    re.ASCII,
)
_PHONES = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?<![\w.])\+\d{1,3}(?:[ -]?\(?\d{1,4}\)?){2,5}(?!\d)",
        r"(?<![\w.+-])(?:86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\w-])",
        r"(?<![\w.+-])(?:400|800)[ -]?\d{3,4}[ -]?\d{3,4}(?![\w-])",
        r"(?<![\w.+-])(?:\(0\d{2,3}\)\s?|0\d{2,3}[ -])\d{7,8}(?:-\d{1,5})?(?![\w-])",
        r"(?<![\w.+-])(?:1[ -.])?(?:\(\d{3}\)\s?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\w-])",
        r"(?<![\w.+-])0\d{9,10}(?![\w-])",
    )
]  # fmt: skip
_TOLD = re.compile(
    r"(?:phone|mobile|tel(?:ephone)?|cell|call me(?: back)?|reach me|contact|电话|手机|联系方式)"
    r"(?:\s*(?:号码?|number|no\.?))?"
    r"\s*(?:is|on|at|:|是|为)?\s*:?\s*(?P<number>\d(?:[ -]?\d){6,13})(?!\d)",
    re.ASCII,
)
_CUE = re.compile(
    r"(?:\border(?:\s+(?:number|no\.?|id))?|\bbooking(?:\s+(?:number|reference|id))?|\breference(?:\s+number)?|\btracking"
    r"(?:\s+(?:number|no\.?|id))?|\binvoice(?:\s+(?:number|no\.?))?|订单编?号?码?|单号|运单号?|快递单?号?|编号)"
    r"\s*(?:is|was|:|是|为)?\s*:?\s*#?\s*(?P<order>(?=[a-z_-]*\d)[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)(?![\w])",
    re.ASCII,
)
_HASH = re.compile(r"#\s?(?P<order>(?=[a-z_-]*\d)[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)", re.ASCII)
_CODE = re.compile(
    r"(?<![\w@.#/-])(?P<order>(?=[a-z]{1,6}[a-z0-9-]*\d)[a-z]{1,6}-?(?:[a-z0-9]*\d[a-z0-9]*-?)+)(?![\w@-]|\.\w)",
    re.ASCII,
)
_LONG = re.compile(r"(?<![\w.+@-])(?P<order>\d{9,24}|\d{4,8}(?:-\d{4,8}){1,3})(?![\w@-]|\.\d)", re.ASCII)
_DIGITS_OF_A_CODE = 3


def find_emails(text: str, _: Circumstances) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        yield Found(EMAIL, match.start(), match.end(), match.group())


def find_phones(text: str, _: Circumstances) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    spans = [match.span() for pattern in _PHONES for match in pattern.finditer(text)]
    spans += [match.span("number") for match in _TOLD.finditer(text)]
    for start, end in spans:
        digits = re.sub(r"[^\d+]", "", text[start:end])
        if 7 <= len(digits) <= 16 and not any(start < there and begin < end for begin, there in taken):
            taken.append((start, end))
            yield Found(PHONE, start, end, digits)


def find_orders(text: str, _: Circumstances) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for pattern in (_CUE, _HASH, _CODE, _LONG):
        for match in pattern.finditer(text):
            start, end = match.span("order")
            said = match["order"]
            if pattern is _CODE and sum(c.isdigit() for c in said) < _DIGITS_OF_A_CODE:
                continue  # covid19, mp3, a4
            if pattern is _CUE and said.isdigit() and len(said) < _DIGITS_OF_A_CODE:
                continue  # "order 2 pizzas"
            if not any(start < there and begin < end for begin, there in taken):
                taken.append((start, end))
                yield Found(ORDER, start, end, said.upper())


def orders(form: str) -> Recogniser:
    """Order numbers of a form of one's own: `9` stands for a digit, `A` for a letter, all else for itself.

    "SF-99999999" finds SF-12345678. It is no regular expression, so nobody can write one that never ends.
    """
    signs = {"9": r"\d", "A": "[a-z]"}
    pattern = "".join(signs.get(sign) or re.escape(sign.lower()) for sign in narrow_form(form))
    compiled = re.compile(rf"(?<![a-z0-9]){pattern}(?![a-z0-9])", re.ASCII)

    def find(text: str, _: Circumstances) -> Iterator[Found]:
        for match in compiled.finditer(text):
            yield Found(ORDER, match.start(), match.end(), match.group().upper())

    return find


def narrow_form(form: str) -> str:
    form = form.strip()
    if not 3 <= len(form) <= 40 or not {"9", "A"} & set(form):
        raise ValueError("a form of order numbers has 3 to 40 signs, 9 for a digit and A for a letter")
    return form
