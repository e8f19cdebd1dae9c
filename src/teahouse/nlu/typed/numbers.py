"""Numbers, in digits and in words, English and Chinese.

Rule: `NUMERAL` finds where a number may stand, `number_of()` says what it is, and both are used by the modules for
money, dates and times. `find_numbers()` leaves out words that only look like numbers (一下, "this one").
Callers: `registry.py` and its neighbours.
"""

import re
from collections.abc import Iterator

from teahouse.nlu.typed.found import NUMBER, Circumstances, Found

_SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_UNITS = {word: value for value, word in enumerate(_SMALL)}
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "dozen": 12}
_SUFFIXES = {"k": 10**3, "m": 10**6, "thousand": 10**3, "million": 10**6, "billion": 10**9}

_WORD = "|".join(sorted((*_UNITS, *_TENS, *_SCALES), key=len, reverse=True))
ENGLISH_WORDS = (
    rf"\b(?:(?:a|an)\s+(?:half\s+)?(?:hundred|thousand|million|billion|dozen)\b|(?:{_WORD})\b)"
    + (rf"(?:(?:\s+and\s+|\s*-\s*|\s+)(?:{_WORD})\b)*")
)
_DIGITS = r"(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\d.])\d+(?:\.\d+)?"
_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_HAN = "零〇一二两三四五六七八九十百千万亿"
HAN_WORDS = rf"[{_HAN}]+(?:点[零〇一二三四五六七八九]+)?"
_SCALED = rf"(?:{_DIGITS})(?:\s*(?:thousand|million|billion)\b|[km]\b|[十百千万亿]+)?"
NUMERAL = rf"(?:{_SCALED}|{ENGLISH_WORDS}|{HAN_WORDS}|半)"

_FINDER = re.compile(rf"(?P<minus>(?<![\w)])-\s?|(?<!\w)minus\s+|负)?(?P<number>{NUMERAL})")
# 一 as a part of a word, by what stands after and before it; also 万一, 千万别, 百度.
_NO_NUMBER_AFTER = re.compile(
    r"一(?:下|起|样|些|直|般|定|边|面|共|切|旦|时|致|律|会儿|点儿?(?!\d)|向|概|再|生)"
)
_NO_NUMBER_BEFORE = re.compile(r"[第每统唯同专之某]$")
_NO_WORD = re.compile(r"(?:this|that|the|which|another|any|no|each|every|some|last|next|other|good)\s+$")
_EXACT_WORDS = {"万一", "千万", "百", "千", "万", "亿", "十全", "半", "零", "两"}
_FULL_DIGITS = re.compile(_DIGITS)


def number_of(text: str) -> int | float | None:
    """What a numeral says; None if it is none. Takes what `NUMERAL` finds, narrowed."""
    text = text.strip()
    if text == "半":
        return 0.5
    digits = _FULL_DIGITS.match(text)
    if digits:
        return _scaled(digits.group(), text[digits.end() :].strip())
    if text[:1] in _HAN_DIGITS or text[:1] in _HAN_SCALES:
        return _chinese(text)
    return _english(text)


def _scaled(digits: str, suffix: str) -> int | float | None:
    plain = digits.replace(",", "")
    value: int | float = float(plain) if "." in plain else int(plain)
    if not suffix:
        return value
    if suffix in _SUFFIXES:
        return _tidy(value * _SUFFIXES[suffix])
    for scale in suffix:
        if scale not in _HAN_SCALES:
            return None
        value *= _HAN_SCALES[scale]
    return _tidy(value)


def _tidy(value: int | float) -> int | float:
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _english(text: str) -> int | float | None:
    total = current = 0
    half = False
    for word in re.split(r"[\s-]+", text):
        if word in ("a", "an"):
            current = 1
        elif word in _UNITS or word in _TENS:
            current += _UNITS.get(word, _TENS.get(word, 0))
        elif word in ("hundred", "dozen"):
            current = max(current, 1) * _SCALES[word]
        elif word in _SCALES:
            total += max(current, 1) * _SCALES[word]
            current = 0
        elif word == "half":
            half = True
        elif word != "and":
            return None
    return _tidy((total + current) / 2) if half else total + current


def _chinese(text: str) -> int | float | None:
    whole, _, decimals = text.partition("点")
    if decimals:
        start = _chinese(whole)
        return None if start is None else float(f"{start}.{''.join(str(_HAN_DIGITS[c]) for c in decimals)}")
    if not any(c in _HAN_SCALES for c in whole):  # 二零二六, a telephone number, or one digit
        return int("".join(str(_HAN_DIGITS[c]) for c in whole))
    total = section = digit = 0
    last = 1
    for c in whole:
        if c in _HAN_DIGITS:
            digit = _HAN_DIGITS[c]
            last = 1 if digit == 0 else last
        elif _HAN_SCALES[c] < 10**4:
            section += (digit or (1 if section == 0 or c == "十" else 0)) * _HAN_SCALES[c]
            digit, last = 0, _HAN_SCALES[c]
        else:
            total = (total + section + digit or 1) * _HAN_SCALES[c]
            section, digit, last = 0, 0, _HAN_SCALES[c]
    if digit and last > 10:  # 两万三: three thousand, not three
        digit *= last // 10
    return total + section + digit


def find_numbers(text: str, _: Circumstances) -> Iterator[Found]:
    for match in _FINDER.finditer(text):
        said = match["number"]
        if not _stands_alone(text, match.start("number"), match.end(), said):
            continue
        value = number_of(said)
        if value is not None:
            yield Found(NUMBER, match.start(), match.end(), -value if match["minus"] else value)


def _stands_alone(text: str, start: int, end: int, said: str) -> bool:
    before, after = text[:start], text[end:]
    if said[0].isdigit():
        joined = re.search(r"[a-z_]$|\d[-/:]$", before) or re.match(r"[a-z_]|[-/:.]\d|[-/]?[a-z]", after)
        return not joined and not before.endswith("第")
    if said in ("one", "two") and _NO_WORD.search(before):
        return False
    if said in _EXACT_WORDS and not (
        said == "两" and re.match(r"\s*[个位件张份条台只本瓶杯人天年盒包双套箱次间晚块]", after)
    ):
        return said == "半" and bool(re.match(r"[个小]", after))
    return not (_NO_NUMBER_AFTER.match(said[-1] + after) or _NO_NUMBER_BEFORE.search(before))
