"""Sums of money: a number and a currency, English and Chinese.

Rule: the currency is what was said; 块, 元 and the sign ¥ mean CNY. A number without a currency is a number.
Callers: `registry.py`.
"""

import re
from collections.abc import Iterator

from teahouse.nlu.typed.found import MONEY, Circumstances, Found
from teahouse.nlu.typed.numbers import NUMERAL, number_of

_SIGNS = {"$": "USD", "us$": "USD", "hk$": "HKD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY", "₹": "INR"}
_CODES = ("usd", "eur", "gbp", "cny", "rmb", "jpy", "hkd", "inr")
_WORDS = {
    "dollars": "USD", "dollar": "USD", "bucks": "USD", "euros": "EUR", "euro": "EUR", "pounds": "GBP", "pound": "GBP",
    "quid": "GBP", "yuan": "CNY", "renminbi": "CNY", "kuai": "CNY", "yen": "JPY", "rupees": "INR", "rupee": "INR",
    "元": "CNY", "块钱": "CNY", "块": "CNY", "元钱": "CNY", "人民币": "CNY", "元人民币": "CNY", "圆": "CNY",
    "美元": "USD", "美金": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "港币": "HKD", "港元": "HKD",
}  # fmt: skip
_CURRENCIES = _WORDS | _SIGNS | {code: "CNY" if code == "rmb" else code.upper() for code in _CODES}
_NAMES = "|".join(
    rf"{re.escape(w)}\b" if w.isascii() else w for w in sorted((*_WORDS, *_CODES), key=len, reverse=True)
)
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))

_BEFORE = re.compile(
    rf"(?:(?P<sign>{_SIGN})|\b(?P<code>{'|'.join(_CODES)})\b|(?P<han>人民币))\s*(?P<number>{NUMERAL})(?:\s*[元块])?"
)
_AFTER = re.compile(
    rf"(?P<number>{NUMERAL})(?P<more>多|来)?\s*(?P<name>{_NAMES})"
    rf"(?:(?:\s+and)?\s*(?P<small>\d{{1,2}}|[一二三四五六七八九](?!十)|[一二三四五六七八九]?十[一二三四五六七八九]?)\s*(?P<part>角|毛|分|cents?\b)?(?:钱)?(?![\d.]))?"
)
_CENTS = re.compile(rf"(?P<number>{NUMERAL})\s*(?P<part>角|毛|cents?\b)钱?")


def find_money(text: str, _: Circumstances) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for match in _BEFORE.finditer(text):
        value = number_of(match["number"])
        if value is not None:
            taken.append(match.span())
            yield _sum(match, value, match["sign"] or match["code"] or "元")
    for match in _AFTER.finditer(text):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        found = _named(match)
        if found is not None:
            taken.append((found.start, found.end))
            yield found
    for match in _CENTS.finditer(text):
        value = number_of(match["number"])
        if value is not None and not any(match.start() < end and start < match.end() for start, end in taken):
            yield _sum(
                match,
                value / 10 if match["part"] in "角毛" else value / 100,
                "元" if match["part"] in "角毛" else "$",
            )


def _named(match: "re.Match[str]") -> Found | None:
    value, end = number_of(match["number"]), match.end()
    if value is None:
        return None
    if match["small"] and not (match["part"] or match["name"] in ("块", "元")):
        end = match.end("name")  # "20 dollars 3 items": the 3 is something else
    elif match["small"]:
        small = number_of(match["small"]) or 0
        tenth = match["part"] in ("角", "毛") or (match["part"] is None and small < 10)
        value += small / 10 if tenth else small / 100
    return Found(MONEY, match.start(), end, _value(value, match["name"]))


def _sum(match: "re.Match[str]", value: float, currency: str) -> Found:
    return Found(MONEY, match.start(), match.end(), _value(value, currency))


def _value(amount: float, currency: str) -> dict[str, str | float]:
    amount = round(amount, 2)
    return {"amount": int(amount) if amount == int(amount) else amount, "currency": _CURRENCIES[currency]}
