"""Dates, absolute and relative to today, English and Chinese.

Rule: a date that leaves something open is the next one: "Friday" is today or later, "5 March" is this year's unless it
has passed. "next Friday" and 下周五 are in the week after this one, which begins on Monday. What the calendar does not
have (30 February) is not found. Callers: `registry.py`.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from teahouse.nlu.typed.found import DATE, Circumstances, Found
from teahouse.nlu.typed.numbers import ENGLISH_WORDS, HAN_WORDS, number_of

_MONTHS = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
]  # fmt: skip
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    + (r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?")
)
_ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth",
    "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth",
    "thirty-first",
]  # fmt: skip
_SPOKEN = "|".join(sorted((o.replace("-", "[ -]") for o in _ORDINALS), key=len, reverse=True))
_DAY = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{_SPOKEN})"
_WEEKDAY = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
_YEAR = r"(?:,?\s*(?:of\s+)?(?P<year>(?:19|20)\d\d)(?![\d:]))?"
_COUNT = rf"(?P<count>\d{{1,3}}|{ENGLISH_WORDS}|an?)"
_HAN_COUNT = rf"(?P<count>\d{{1,3}}|{HAN_WORDS})"
_HAN_DAYS = "一二三四五六日"
_WORDS = {
    "today": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1, "yesterday": -1, "day after tomorrow": 2,
    "day before yesterday": -2, "今天": 0, "今日": 0, "今晚": 0, "今早": 0, "明天": 1, "明日": 1, "明晚": 1, "明早": 1,
    "明儿": 1, "后天": 2, "后日": 2, "大后天": 3, "昨天": -1, "昨日": -1, "昨晚": -1, "前天": -2, "大前天": -3,
}  # fmt: skip
_FEASTS = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "new year's eve": (12, 31),
    "new year's day": (1, 1), "valentine's day": (2, 14), "halloween": (10, 31), "元旦": (1, 1), "情人节": (2, 14),
    "劳动节": (5, 1), "儿童节": (6, 1), "国庆节": (10, 1), "国庆": (10, 1), "平安夜": (12, 24), "圣诞节": (12, 25),
}  # fmt: skip

Reading = Callable[["re.Match[str]", Circumstances], date | None]


def _either(words: dict[str, object]) -> str:
    """Any of them, the longest first; English ones as whole words."""
    by_length = sorted(words, key=len, reverse=True)
    return "|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in by_length)


def _coming(month: int, day: int, today: date) -> date | None:
    for year in range(today.year, today.year + 9):  # 29 February may be eight years away
        made = _calendar(year, month, day)
        if made is not None and made >= today:
            return made
    return None


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shifted(today: date, days: float) -> date | None:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None


def _day_of(said: str) -> int:
    spoken = said.replace(" ", "-")
    return _ORDINALS.index(spoken) + 1 if spoken in _ORDINALS else int(re.sub(r"\D", "", said))


def _iso(match: "re.Match[str]", at: Circumstances) -> date | None:
    return _calendar(int(match["year"]), int(match["month"]), int(match["day"]))


def _slashed(match: "re.Match[str]", at: Circumstances) -> date | None:
    first, second, year = int(match["a"]), int(match["b"]), match["year"]
    day, month = (first, second) if (at.day_first and second <= 12) or first > 12 else (second, first)
    if match["sign"] == "." and second <= 12:  # 5.3.2026 is written where the day comes first
        day, month = first, second
    if year is None:
        return _coming(month, day, at.now.date())
    return _calendar(int(year) + (2000 if len(year) == 2 else 0), month, day)


def _named(match: "re.Match[str]", at: Circumstances) -> date | None:
    month = next(i for i, name in enumerate(_MONTHS, start=1) if name.startswith(match["month"][:3]))
    day = _day_of(match["day"])
    return _calendar(int(match["year"]), month, day) if match["year"] else _coming(month, day, at.now.date())


def _word(match: "re.Match[str]", at: Circumstances) -> date | None:
    return _shifted(at.now.date(), _WORDS[match["word"]])


def _feast(match: "re.Match[str]", at: Circumstances) -> date | None:
    return _coming(*_FEASTS[match["word"].replace("’", "'")], at.now.date())


def _in_days(match: "re.Match[str]", at: Circumstances) -> date | None:
    said = match["count"]
    count = 1 if said in ("a", "an") else number_of(said)
    unit = match["unit"].rstrip("s")
    days = (count or 0) * {"day": 1, "week": 7, "fortnight": 14, "天": 1, "日": 1, "周": 7, "星期": 7}.get(
        unit, 0
    )
    past = match["way"] in ("ago", "before", "以前", "之前", "前")
    return _shifted(at.now.date(), -days if past else days) if count is not None and days else None


def _weekday(match: "re.Match[str]", at: Circumstances) -> date | None:
    day = next(i for i, name in enumerate(_DAYS) if name.startswith(match["day"][:3]))
    return _in_week((match["which"] or "").strip(), day, at.now.date())


def _han_weekday(match: "re.Match[str]", at: Circumstances) -> date | None:
    which = {"上": "last", "上上": "before", "下": "next", "下下": "after", "这": "this", "本": "this"}
    day = _HAN_DAYS.index(match["day"].replace("天", "日").replace("末", "六"))
    return _in_week(which.get(match["which"] or "", ""), day, at.now.date())


def _in_week(which: str, day: int, today: date) -> date | None:
    monday = today - timedelta(days=today.weekday())
    weeks = {"last": -1, "this": 0, "next": 1, "after": 2, "before": -2}.get(which)
    if weeks is None:
        return _shifted(today, (day - today.weekday()) % 7)
    return _shifted(monday, 7 * weeks + day)


def _han_date(match: "re.Match[str]", at: Circumstances) -> date | None:
    today = at.now.date()
    day, month, year = number_of(match["day"]), match["month"], match["year"]
    if day is None or not 1 <= day <= 31:
        return None
    if month is None:
        made = _calendar(today.year, today.month, int(day))
        following = today.replace(day=28) + timedelta(days=4)
        return (
            made
            if made is not None and made >= today
            else _calendar(following.year, following.month, int(day))
        )
    number = {
        "下个月": today.month % 12 + 1,
        "这个月": today.month,
        "本月": today.month,
        "下月": today.month % 12 + 1,
    }
    value = number.get(month) or number_of(month.removesuffix("月").removesuffix("份"))
    if value is None or year is None:
        return None if value is None else _coming(int(value), int(day), today)
    named = {"今年": today.year, "明年": today.year + 1, "后年": today.year + 2, "去年": today.year - 1}
    said = named.get(year) or number_of(year.removesuffix("年"))
    return None if said is None else _calendar(int(said) + (2000 if said < 100 else 0), int(value), int(day))


_NO_DAY = "线|楼|店|门|院|桌|房|码|的?单"  # 5号线 is a line of the underground
_HAN_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_RULES: list[tuple[str, Reading]] = [
    (r"(?<![\d-])(?P<year>(?:19|20)\d\d)(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?!\d)", _iso),
    (r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sign>[/.-])(?P<b>\d{1,2})(?P=sign)(?P<year>(?:19|20)?\d\d)(?!\d)", _slashed),
    (r"(?<![\d/])(?P<a>\d{1,2})(?P<sign>/)(?P<b>\d{1,2})(?P<year>(?!))?(?![\d/])", _slashed),
    (rf"(?:\b{_WEEKDAY},?\s+(?:the\s+)?)?\b{_MONTH}\s+(?:the\s+)?{_DAY}\b{_YEAR}", _named),
    (rf"(?:\b{_WEEKDAY},?\s+(?:the\s+)?)?\b{_DAY}\s+(?:of\s+)?{_MONTH}\b{_YEAR}", _named),
    (
        rf"(?:(?P<year>(?:19|20)?\d\d年|[零〇一二三四五六七八九]{{4}}年|今年|明年|后年|去年)\s*)?"
        rf"(?P<month>(?:{_HAN_NUMBER})\s*月份?|下个月|这个月|本月|下月)\s*(?P<day>{_HAN_NUMBER})\s*[日号]",
        _han_date,
    ),
    (rf"(?P<year>(?!))?(?P<month>(?!))?(?<![\d一二三四五六七八九十])(?P<day>{_HAN_NUMBER})号(?!{_NO_DAY})", _han_date),
    (rf"\b(?:in|after)\s+{_COUNT}\s+(?P<unit>days?|weeks?|fortnights?)\b(?P<way>(?!))?", _in_days),
    (rf"\b{_COUNT}\s+(?P<unit>days?|weeks?|fortnights?)\s+(?P<way>ago|from now|later)\b", _in_days),
    (rf"{_HAN_COUNT}\s*个?(?P<unit>天|日|周|星期)(?P<way>以后|之后|后(?!天)|以前|之前|前(?!天))", _in_days),
    (rf"(?:\b(?P<which>next|this|last|coming)\s+)?\b(?P<day>{_WEEKDAY})\b", _weekday),
    (r"(?P<which>上上|下下|[这本上下])?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])", _han_weekday),
    (rf"(?P<word>{_either(dict(_FEASTS))})", _feast),
    (rf"(?P<word>{_either(dict(_WORDS))})", _word),
]  # fmt: skip
_COMPILED = [(re.compile(pattern), read) for pattern, read in _RULES]
# Short names of days that are words, too: only with a word that says a day is meant.
_UNCLEAR = re.compile(r"\b(?:sat|sun|mon|wed|may)$")


def find_dates(text: str, at: Circumstances) -> Iterator[Found]:
    """Of what overlaps, the rule that stands first: the more particular one."""
    taken: list[tuple[int, int]] = []
    for pattern, read in _COMPILED:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < there and begin < end for begin, there in taken) or _UNCLEAR.fullmatch(
                match.group()
            ):
                continue
            made = read(match, at)
            if made is not None:
                taken.append((start, end))
                yield Found(DATE, start, end, made.isoformat())
