"""Written Arabic dates to days, and days to the words readers see."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from mujaz.arabic.normalise import DIGITS, key
from mujaz.data import table

_NUMERIC = re.compile(
    r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?P<s2>[-/.])(?P<m2>\d{1,2})(?P=s2)(?P<y2>\d{4})"
)
_DIGIT = re.compile(r"\d")
_ISO_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?"
)
_CLOCK = re.compile(
    r"(?<![\d.])[،,|\s–—-]*(?:الساعة|عند)?\s*\d{1,2}[:.]\d{2}(?::\d{2})?\s*"
    r"(?:صباحا|صباحاً|مساء|مساءً|ظهرا|ظهراً|ص|م|AM|PM|am|pm)?\s*$"
)
_RFC_822 = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}.*")
_PREFIX = re.compile(
    r"^(?:تم النشر|تاريخ النشر|تاريخ الإضافة|آخر تحديث|نُ?شرت?|أُ?ضيفت?|بتاريخ|بتأريخ|تاريخ|في)\b"
    r"\s*(?:في\b|بتاريخ\b)?\s*(?:يوم\b)?\s*:?\s*"
)
_CORRESPONDS = re.compile(r"[\s،,(]*(?:الموافق|الموافقة|موافق)(?:\s+ل)?[\s:]*")
_YEAR_LAST = re.compile(r"(.+?) (?:من )?(?:عام |سنه |لعام )?(\d{4}) ?(م|ه)?(?:جريه?|يلادي?ه?)?")
_FIRST_WORD = re.compile(r"(?:يوم )?([^\s،,]+)[\s،,]+")
_DAY = re.compile(r"\d{1,2}")
_MAX_DAY_WORDS = 2
"""Of the number of a day: الحادي عشر."""
_MIN_GREGORIAN_YEAR = 1600
"""A smaller year is of the Hijri calendar even where nothing says so."""


class Written(NamedTuple):
    """What a written date names: a day, or only a month."""

    year: int
    month: int
    day: int | None

    @property
    def date(self) -> dt.date | None:
        """The day, if one is named."""
        return dt.date(self.year, self.month, self.day) if self.day else None

    def __str__(self) -> str:
        """Return it in ISO 8601: `2024-12-08`, or `2024-12`."""
        month = f"{self.year:04}-{self.month:02}"
        return f"{month}-{self.day:02}" if self.day else month


def parse_date(text: str, today: dt.date | None = None) -> dt.date | None:
    """Return the day that `text`, as a whole, names, or None. See `read_date`."""
    written = read_date(text, today)
    return written.date if written else None


def read_date(text: str, today: dt.date | None = None) -> Written | None:
    """Return what `text`, as a whole, names: a day, a month, or nothing (None).

    Understands month names of every Arab country and of the Hijri year (Umm al-Qura), a month
    named twice (`كانون الأول/ديسمبر`), days in words, weekdays before them (which do not
    decide), times after them, numeric dates (year first, or day first), ISO 8601 and RFC 822.
    Relative forms (`أمس`, `منذ 3 أيام`) only mean something against `today`.
    """
    if today is None and not _DIGIT.search(text):
        return None
    plain = _PREFIX.sub("", text.translate(DIGITS).strip(" \t،,.:()[]|"))
    if _RFC_822.fullmatch(plain):
        from email.utils import parsedate_to_datetime  # which needs much, for few

        try:
            return _of(parsedate_to_datetime(plain).date())
        except ValueError:
            return None
    iso = _ISO_TIME.fullmatch(plain)
    plain = iso[1] if iso else _CLOCK.sub("", plain)
    both = [read_date(half) for half in _CORRESPONDS.split(plain)] if "مواف" in plain else []
    if len(both) == 2:
        # One day in two calendars. The Gregorian one is printed, the other computed by a newsroom.
        return both[0 if _is_gregorian(_CORRESPONDS.split(plain)[0]) else 1] or both[0] or both[1]
    folded = key(plain)
    return _numeric(plain) or _named(folded) or _relative(folded, today)


def date_text(day: dt.date) -> str:
    """Return `day` as readers in the Levant write it: 14 تموز 2025."""
    return f"{day.day} {table('months')['display'][day.month - 1]} {day.year}"


def span_text(first: dt.date, last: dt.date) -> str:
    """Return a span of days in words, naming month and year once: من 14 إلى 20 تموز 2025."""
    if first == last:
        return date_text(first)
    beginning = date_text(first)
    if first.year == last.year:
        beginning = beginning.removesuffix(f" {first.year}")
        if first.month == last.month:
            beginning = str(first.day)
    return f"من {beginning} إلى {date_text(last)}"


def month_text(day: dt.date) -> str:
    """Return the month of `day` as readers in the Levant write it: تموز 2025."""
    return f"{table('months')['display'][day.month - 1]} {day.year}"


def weekday_text(day: dt.date) -> str:
    """Return the name of the weekday: الأحد."""
    return str(table("dates")["weekdays"][day.weekday()])


def hijri_text(day: dt.date) -> str:
    """Return `day` by Umm al-Qura, 2 صفر 1447 هـ, or "" where its tables (1924 to 2077) end."""
    from hijridate import Gregorian

    try:
        hijri = Gregorian.fromdate(day).to_hijri()
    except OverflowError:
        return ""
    return f"{hijri.day} {table('dates')['hijri'][hijri.month][0]} {hijri.year} هـ"


def _is_gregorian(text: str) -> bool:
    years = [int(number) for number in re.findall(r"\d{4}", text)]
    return bool(years) and max(years) >= _MIN_GREGORIAN_YEAR


def _numeric(text: str) -> Written | None:
    if not _NUMERIC.search(text):
        return None
    bare = re.sub(r"\s*(?:م|هـ|ه)\.?$", "", _without_weekday(text))
    match = _NUMERIC.fullmatch(bare.strip())
    if match is None:
        return None
    hijri = bool(re.search(r"هـ?\.?$", text))
    parts = match["y"] or match["y2"], match["m"] or match["m2"], match["d"] or match["d2"]
    return _checked(*map(int, parts), hijri=hijri)


def _without_weekday(text: str) -> str:
    match = _FIRST_WORD.match(text)
    return text[match.end() :] if match and match[1] in table("months")["weekdays"] else text


def _named(text: str) -> Written | None:
    """Read a date whose month is named, from its comparison key."""
    match = _YEAR_LAST.fullmatch(text)
    if match is None:
        return None
    words = match[1].split(" ")
    weekday = words[words[0] == "يوم" :]
    parts = _day_and_month(weekday[1:] if weekday and weekday[0] in _days_of_week() else words)
    if parts is None:
        return None
    day, month, hijri = parts
    return _checked(int(match[2]), month, day, hijri=hijri or match[3] == "ه")


def _day_and_month(words: Sequence[str]) -> tuple[int | None, int, bool] | None:
    """Return the day, if there is one, the month, and whether that is of the Hijri year."""
    for length in range(min(_MAX_DAY_WORDS, len(words) - 1), -1, -1):
        day = _day(" ".join(words[:length])) if length else None
        if day is not None or not length:
            rest = list(words[length:])
            for filler in ("من", "شهر") if length else ():
                if rest[:1] == [filler]:
                    del rest[0]
            month = _month(rest)
            if month:
                return day, *month
    return None


def _day(text: str) -> int | None:
    return int(text) if _DAY.fullmatch(text) else _numbers("ordinals").get(text)


def _month(words: Sequence[str]) -> tuple[int, bool] | None:
    """Return the month that the words name, maybe twice, and whether it is of the Hijri year."""
    names, text = _months(), " ".join(words)
    for end in range(len(words), 0, -1):
        first, second = " ".join(words[:end]), " ".join(words[end:])
        if first in names and (not second or second in names):
            return names[first], False
    return (_hijri_months()[text], True) if text in _hijri_months() else None


def _relative(text: str, today: dt.date | None) -> Written | None:
    if today is None:
        return None
    days: Mapping[str, int] = {key(k): v for k, v in table("dates")["relative"].items()}
    if text in days:
        return _of(today + dt.timedelta(days[text]))
    weekday = re.fullmatch(r"(?:يوم )?(\w+) (?:(الماضي|الفايت|المنصرم)|المقبل|القادم)", text)
    if weekday and weekday[1] in _weekdays():
        # The nearest such day before, or after, `today`, never `today` itself.
        ahead = (_weekdays()[weekday[1]] - today.weekday()) % 7
        days_off = (ahead or 7) if weekday[2] is None else ahead - 7
        return _of(today + dt.timedelta(days_off))
    match = re.fullmatch(r"(?:منذ|قبل) (?:(\w+) )?(\w+)", text)
    units = _numbers("units")
    if match is None or match[2] not in units:
        return None
    duals = {key(word) for word in table("dates")["duals"]}
    count = 2 if match[2] in duals else 1
    if match[1]:
        numbers = _numbers("numbers")
        if not match[1].isdigit() and match[1] not in numbers:
            return None
        count = int(match[1]) if match[1].isdigit() else numbers[match[1]]
    return _of(today - dt.timedelta(min(count, 36_500) * units[match[2]]))


def _checked(year: int, month: int, day: int | None, *, hijri: bool) -> Written | None:
    """Return the Gregorian day or month, or None if the calendar has no such one."""
    if hijri or year < _MIN_GREGORIAN_YEAR:
        from hijridate import Hijri

        try:
            return _of(Hijri(year, month, day).to_gregorian()) if day else None
        except (ValueError, OverflowError):
            return None
    try:
        dt.date(year, month, day or 1)
    except ValueError:
        return None
    return Written(year, month, day)


def _of(day: dt.date) -> Written:
    return Written(day.year, day.month, day.day)


@cache
def _months() -> dict[str, int]:
    """Return month number by folded name, over all the names CLDR has for Arab countries."""
    return _folded(table("months")["gregorian"])


@cache
def _days_of_week() -> frozenset[str]:
    """Return the names of weekdays in all Arab countries, folded."""
    return frozenset(map(key, table("months")["weekdays"]))


@cache
def _weekdays() -> dict[str, int]:
    """Return the number of each weekday, Monday being 0."""
    return {key(name): number for number, name in enumerate(table("dates")["weekdays"])}


@cache
def _hijri_months() -> dict[str, int]:
    return _folded(table("dates")["hijri"])


@cache
def _numbers(name: str) -> dict[str, int]:
    return _folded(table("dates")[name])


def _folded(names_of: Mapping[int, Iterable[str]]) -> dict[str, int]:
    return {key(name): int(number) for number, names in names_of.items() for name in names}
