"""Times of the day, English and Chinese.

Rule: a value is HH:MM of the 24-hour clock. A word of the day (下午, "in the evening") belongs to what was said and
decides between morning and evening; without one the hour stands as it was said.
Callers: `registry.py`.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

from teahouse.nlu.typed.found import TIME, Circumstances, Found
from teahouse.nlu.typed.numbers import ENGLISH_WORDS, HAN_WORDS, number_of

_HOUR_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_SPOKEN_MINUTE = "fifteen|thirty|forty[ -]five"
_HALVES = r"(?P<half>a\.?m\.?(?![a-z])|p\.?m\.?(?![a-z]))"
_PART = r"(?:\s+(?:in\s+the|at)\s+(?P<part>morning|afternoon|evening|night))"
_HAN_PART = "凌晨|清晨|早晨|早上|上午|中午|下午|午后|傍晚|晚上|夜里|半夜|晚|早"
_HAN_DIGIT = r"\d{1,2}|[零一二两三四五六七八九十]{1,3}"
_LATE = {"afternoon", "evening", "night", "下午", "午后", "傍晚", "晚上", "夜里", "晚"}
_NAMED = {
    "noon": "12:00",
    "midday": "12:00",
    "midnight": "00:00",
    "正午": "12:00",
    "零点": "00:00",
    "午夜": "00:00",
}

Reading = Callable[["re.Match[str]", Circumstances], str | None]


def _clock(hour: float | None, minute: float | None, part: str = "") -> str | None:
    """HH:MM, if there is such a time."""
    if hour is None or minute is None or not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    if part.startswith("p") or part in _LATE:
        hour = hour + 12 if hour < 12 else hour
        hour = 0 if hour == 24 or (part in ("night", "晚上", "晚", "夜里") and hour == 12) else hour
    elif part.startswith("a") and part != "afternoon":
        hour = 0 if hour == 12 else hour
    elif part == "中午" and hour < 3:
        hour += 12
    elif part in ("凌晨", "半夜") and hour == 12:
        hour = 0
    return f"{int(hour) % 24:02}:{int(minute):02}"


def _digits(match: "re.Match[str]", _: Circumstances) -> str | None:
    part = (match["half"] or match["part"] or match["before"] or "").replace(".", "")
    return _clock(int(match["hour"]), int(match["minute"]), part)


def _english(match: "re.Match[str]", _: Circumstances) -> str | None:
    groups = match.groupdict()
    hour = number_of(match["hour"])
    minute = number_of(groups["minute"]) if groups.get("minute") else 0
    part = (groups.get("half") or groups.get("part") or "").replace(".", "")
    return _clock(hour, minute, part) if hour is not None and 1 <= hour <= 24 else None


def _past(match: "re.Match[str]", _: Circumstances) -> str | None:
    hour = number_of(match["hour"])
    said = match["minute"]
    minute = {"half": 30, "quarter": 15, "a quarter": 15}.get(said) or number_of(said)
    if hour is None or minute is None or minute >= 60:
        return None
    total = int(hour) * 60 + (int(minute) if match["way"] in ("past", "after") else -int(minute))
    part = (match["half"] or match["part"] or "").replace(".", "")
    return _clock(*divmod(total % 1440, 60), part)


def _chinese(match: "re.Match[str]", _: Circumstances) -> str | None:
    hour = number_of(match["hour"])
    said = match["minute"]
    named = {None: 0, "": 0, "半": 30, "一刻": 15, "三刻": 45, "整": 0, "钟": 0}
    minute = named[said] if said in named else number_of(said.removesuffix("分").lstrip("零") or "零")
    if match["short"]:
        minute = -int(number_of(match["short"]) or 0) % 60
        hour = None if hour is None else hour - 1
    return _clock(hour, minute, match["part"] or "")


def _later(match: "re.Match[str]", at: Circumstances) -> str | None:
    said = match["count"]
    named = {"a": 1.0, "an": 1.0, "half an": 0.5, "半": 0.5, "半个": 0.5, "一个半": 1.5}
    count = named.get(said) or number_of(said.removesuffix("个"))
    if count is None or count > 10_000:
        return None
    minutes = count * (1 if match["unit"].startswith(("m", "分")) else 60)
    return (at.now + timedelta(minutes=minutes)).strftime("%H:%M")


def _name(match: "re.Match[str]", _: Circumstances) -> str | None:
    return _NAMED[match.group()]


_RULES: list[tuple[str, Reading]] = [
    (
        rf"(?:(?P<before>{_HAN_PART})\s*)?(?<![\d:.])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:])"
        rf"(?:\s*{_HALVES}|{_PART})?",
        _digits,
    ),
    (
        rf"(?<![\d:.])\b(?P<hour>1[0-2]|0?[1-9]|{_HOUR_WORD})"
        rf"(?:(?:[.]|\s+)(?P<minute>[0-5]\d|{_SPOKEN_MINUTE}))?"
        rf"\s*(?:o'?clock\s*)?{_HALVES}",
        _english,
    ),
    (
        rf"\b(?P<minute>half|(?:a\s+)?quarter|\d{{1,2}}|{ENGLISH_WORDS})(?:\s+minutes)?\s+(?P<way>past|after|to|before)\s+"
        rf"(?P<hour>\d{{1,2}}|{_HOUR_WORD})\b(?!\s+(?:people|days?|items?|weeks?))(?:\s*{_HALVES}|{_PART})?",
        _past,
    ),
    (rf"\b(?P<hour>\d{{1,2}}|{_HOUR_WORD})\s*o'?\s?clock\b(?:\s*{_HALVES}|{_PART})?", _english),
    (rf"\b(?P<hour>\d{{1,2}}|{_HOUR_WORD}){_PART}", _english),
    (rf"(?<=\bat )(?P<hour>\d{{1,2}}|{_HOUR_WORD})(?:\s+(?P<minute>{_SPOKEN_MINUTE}))?\b"
        rf"(?![:.\d]|\s*(?:%|st\b|percent|dollars|euros))", _english),
    (
        rf"(?:(?P<part>{_HAN_PART})的?\s*)?(?<![\d.])(?:差(?P<short>\d{{1,2}}|[五十]|十五)分钟?)?(?P<hour>{_HAN_DIGIT})"
        rf"\s*[点时](?!间|候|[儿]|多?[零〇一二三四五六七八九]{{2,}}元)"
        rf"\s*(?P<minute>半|[一三]刻|整|钟|(?:\d{{1,2}}|零?[零一二三四五六七八九十]{{1,3}})分?)?(?!\s*[以之]?[内个])",
        _chinese,
    ),
    (rf"\bin\s+(?P<count>half an|an?|\d{{1,3}}|{ENGLISH_WORDS})\s+(?P<unit>hours?|minutes?|mins?)\b", _later),
    (rf"(?P<count>一个半|半个?|(?:\d{{1,3}}|{HAN_WORDS})个?)(?P<unit>小时|钟头|分钟)(?:[以之]?后)", _later),
    (r"\b(?:noon|midday|midnight)\b|正午|零点|午夜", _name),
]  # fmt: skip
_COMPILED = [(re.compile(pattern), read) for pattern, read in _RULES]
_A_LITTLE = re.compile(r"[一两]点")  # 便宜一点: "a little", unless a part of the day stands before


def find_times(text: str, at: Circumstances) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for pattern, read in _COMPILED:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < there and begin < end for begin, there in taken):
                continue
            if match.group() == "一点" and not re.search(
                r"(?:天|日|号|[周期拜][一二三四五六日末]|在|到|^)$", text[:start]
            ):
                continue
            made = read(match, at)
            if made is not None:
                taken.append((start, end))
                yield Found(TIME, start, end, made)
