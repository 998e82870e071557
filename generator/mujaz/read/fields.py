"""What inputs state of an article outside its text: many names, loose types, one set of fields."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from mujaz.arabic.calendars import find_date, is_more_exact, read_date, read_time
from mujaz.arabic.normalise import clean, fold_spaces, key
from mujaz.arabic.press.type_names import type_stated
from mujaz.data import table
from mujaz.model import Stated
from mujaz.read.stated.authors import authors_of

TEXT_FIELDS = ("text", "summary")
"""Of a record: where its text stands, the whole one first."""
_MAY_NAME_NOBODY = frozenset({"authors", "section", "tags", "type"})
"""Fields whose values often say nothing: `admin`, or numbers in some database."""
_DATE_FIELDS = frozenset({"date", "updated"})
_SEPARATOR = re.compile(r"\s*[;؛,،|]\s*")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
# A fraction or milliseconds may follow the ten digits that a time has from 2001 to 2286.
_EPOCH_SECONDS = re.compile(r"(\d{10})(?:\d{3}|\.\d+)?")
_PLAIN_MOMENT = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?")
_COMPACT = re.compile(
    r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(?:\.\d+)?(Z|[+-]\d{4})?)?"
)
"""A day without signs between its numbers, and maybe the time."""
_SHORT_ZONE = re.compile(r"(?<=\d:\d\d:\d\d)(?:\.\d+)?([+-]\d\d)$")
"""As databases write the distance to UTC, in hours alone."""
_MICROSECONDS = re.compile(r":\d\d\.\d{6}")
_NO_DAYS = frozenset(
    dt.date(*day)
    for day in ((1970, 1, 1), (1969, 12, 31), (1900, 1, 1), (1899, 12, 30), (9999, 12, 31))
)
"""What programs write for none: the days on which they begin to count, and the last one."""
_MAX_FIELD_CHARACTERS, _MAX_LISTED = 5_000, 100
"""Of a text that is no article's body, and of the texts in a list; what is longer is a mistake."""
_MAX_NAME_CHARACTERS = 60
_MAX_RECURRING_CHARACTERS = 2_000
"""Of all names in a record."""
_NO_SEPARATORS = str.maketrans("", "", "_- .:")
_TEXT_KEYS = (
    *("name", "value", "title", "text", "#text", "@value", "$t", "$date", "$numberLong"),
    *("main", "original", "label", "displayName", "full_name", "term"),
)
"""Where mappings that stand for a text keep it."""


def stated_fields(
    record: Mapping[str, Any], rule: str, names: str = "record"
) -> tuple[dict[str, Stated], tuple[str, ...]]:
    """Return the fields that `record` states, and the names in it that nobody understands.

    `names` is the table of names that `data/fields.yml` has for this kind of record. A field whose
    value makes no sense, such as a date that names no day, counts as not understood.
    """
    given = {name: value for name, value in record.items() if has_value(value)}
    fields: dict[str, Stated] = {}
    understood: set[str] = set()
    for field, ranked in names_by_field(given, names).items():
        if names == "record" and field in TEXT_FIELDS:  # whoever reads the text looks at them
            understood.update(ranked)
            continue
        for name in _scrapes_last(ranked, given) if field == "date" else ranked:
            value = given[name]
            if field == "section" and names != "editor":
                value = section_of(value)
            value = _value(field, value, fields)
            if names == "record" and field in _MAY_NAME_NOBODY:
                value = _without_numbers(value)
            if value is not None:
                fields.setdefault(field, Stated(value, rule))
            if value is not None or field in _MAY_NAME_NOBODY:
                understood.add(name)
    passed_over = _ignored_names()
    unknown = (name for name in given if name not in understood)
    return fields, tuple(
        sorted(_shown(name) for name in unknown if folded(name) not in passed_over)
    )


def names_by_field(given: Iterable[str], names: str = "record") -> Mapping[str, Sequence[str]]:
    """Return which of the names `given` stand for each field, the one that says it best first."""
    listed = tuple(given)
    is_usual = sum(map(len, listed)) <= _MAX_RECURRING_CHARACTERS
    return _recurring_names(listed, names) if is_usual else _names_by_field(listed, names)


def _names_by_field(given: tuple[str, ...], names: str) -> Mapping[str, Sequence[str]]:
    ranked: dict[str, list[tuple[int, str]]] = {}
    meanings = _meanings(names)
    for name in given:
        for field, rank in meanings.get(folded(name), ()):
            ranked.setdefault(field, []).append((rank, name))
    fields = (field for field in table("fields")[names] if field in ranked)
    return {field: tuple(name for _, name in sorted(ranked[field])) for field in fields}


_recurring_names = lru_cache(maxsize=256)(_names_by_field)
"""The records of a file have the same names."""


def field_names(names: str, *, in_arabic: bool) -> tuple[tuple[str, ...], ...]:
    """Return the names of each field, Arabic or Latin ones, for people to choose from."""
    fields = table("fields")[names].values()
    chosen = (tuple(a for a in aliases if has_arabic_letter(a) == in_arabic) for aliases in fields)
    return tuple(filter(None, chosen))


def has_arabic_letter(text: str) -> bool:
    """Whether `text` has an Arabic letter."""
    return bool(_ARABIC_LETTER.search(text))


def text_of(value: Any) -> str | None:
    """Return the text that `value` is, or that a mapping or list has in it first; None if none."""
    for _ in range(4):  # deeper, nobody means it
        if isinstance(value, Mapping) and isinstance(value.get("rendered"), str):
            from mujaz.read.markup import text_of_html  # large, and seldom needed

            value = text_of_html(value["rendered"])
        elif isinstance(value, Mapping):
            value = next((value[name] for name in _TEXT_KEYS if value.get(name)), None)
        elif isinstance(value, list | tuple):
            value = next((each for each in value if has_value(each)), None)
        elif isinstance(value, bool) or value is None:
            return None
        else:
            text = str(value)
            if len(text) > _MAX_FIELD_CHARACTERS:
                return None
            return fold_spaces(clean(text)) or None
    return None


def texts_of(value: Any) -> tuple[str, ...]:
    """Return the texts of a list, or of a text that lists them with commas or semicolons."""
    values = value[:_MAX_LISTED] if isinstance(value, list | tuple) else [value]
    texts = (text for each in values for text in _SEPARATOR.split(text_of(each) or ""))
    return tuple(dict.fromkeys(text for text in texts if text))


def date_of(value: Any) -> dt.date | None:
    """Return the day that `value` names: a written date, or seconds since 1970 (in UTC).

    It is a `datetime` if the time is stated too. Midnight sharp is what programs write for none.
    """
    text = text_of(value) or ""
    seconds = _EPOCH_SECONDS.fullmatch(text)
    if seconds:
        moment = dt.datetime.fromtimestamp(int(seconds[1]), dt.UTC)
        return moment if moment.time() != dt.time() else moment.date()
    if _PLAIN_MOMENT.fullmatch(text):  # the usual form, and read much faster
        try:
            moment = dt.datetime.fromisoformat(text)
        except ValueError:
            return None
        if moment.date() in _NO_DAYS:
            return None
        return moment if moment.time() != dt.time() else moment.date()
    text = _SHORT_ZONE.sub(r"\1:00", text)
    if compact := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zone = compact.groups()
        clock = f" {hour}:{minute}:{second or '00'}{zone or ''}" if hour else ""
        text = f"{year}-{month}-{day}{clock}"
    date = read_date(text)
    if date is None and (occurrence := find_date(text)):
        date = occurrence.written
    return date.moment if date and date.date not in _NO_DAYS else None


def section_of(value: Any) -> str | None:
    """Return the first section that `value` names; a program's name for none is none."""
    values = value[:_MAX_LISTED] if isinstance(value, list | tuple) else [value]
    texts = (text_of(each) for each in values)
    return next((t for t in texts if t and not t.isdigit() and key(t) not in no_sections()), None)


@cache
def no_sections() -> frozenset[str]:
    """Return what publishing programs call the section of what is in none."""
    return frozenset(map(key, table("fields")["no_sections"]))


def is_address(text: str) -> bool:
    """Whether `text` is the address of a page."""
    return len(text) <= _MAX_FIELD_CHARACTERS and bool(_ADDRESS.fullmatch(text))


def _value(field: str, value: Any, fields: Mapping[str, Stated]) -> Any:
    """Return the value of `field` in its own type, or None if it makes no sense.

    `fields` are those before it: a time of day belongs to a day without one.
    """
    if field == "authors":
        return authors_of(value) or None
    if field in ("tags", "type"):
        texts = texts_of(value)
        return type_stated(texts) if field == "type" else texts or None
    if field in _DATE_FIELDS:
        return date_of(value)
    text = text_of(value)
    if field == "time":
        return _time_of(text or "", fields["date"].value if "date" in fields else None)
    # What is called a source is a paper in one export and an address in another.
    if field in ("address", "source") and text:
        return text if is_address(text) == (field == "address") else None
    return text


def _time_of(text: str, day: dt.date | None) -> dt.time | None:
    """Return the time of `day` that `text` names, alone or with that day again."""
    time = None if _PLAIN_MOMENT.fullmatch(text) else read_time(text, day)
    again = time is None and day is not None and not isinstance(day, dt.datetime)
    moment = date_of(text) if again else None
    if isinstance(moment, dt.datetime) and is_more_exact(moment, day):
        return moment.timetz()
    # A time that stands in one value with the day is surer.
    return day.timetz() if time and isinstance(day, dt.datetime) else time


def _scrapes_last(ranked: Sequence[str], given: Mapping[str, Any]) -> Sequence[str]:
    """Return names of days, last those with microseconds: a program took the time of its work."""
    if len(ranked) < 2:
        return ranked
    return sorted(ranked, key=lambda name: bool(_MICROSECONDS.search(str(given[name])[:60])))


def _without_numbers(value: Any) -> Any:
    """Return names without those that are only numbers, which are keys in some database."""
    if isinstance(value, tuple):
        return tuple(name for name in value if not name.isdigit()) or None
    return None if value and str(value).isdigit() else value


def has_value(value: Any) -> bool:
    """Whether `value` says anything; what is only true or false is no field of an article."""
    return value not in (None, "", [], {}) and not isinstance(value, bool)


def folded(name: object) -> str:
    """Return the form in which names of fields are compared.

    `publish_date`, `Publish Date` and `publishDate` are one, and so are «التاريخ» and «تاريخ».
    """
    text = str(name)
    return _folded(text) if len(text) <= _MAX_NAME_CHARACTERS else text


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    if not _ARABIC_LETTER.search(name):
        return name.strip().lower().translate(_NO_SEPARATORS)
    words = [each.removeprefix("ال") if len(each) > 3 else each for each in key(name).split()]
    if len(words) > 1 and words[-1] in _suffixes():
        del words[-1]
    return "".join(words)


def _shown(name: object) -> str:
    # What no terminal can show is replaced.
    return str(name).encode("utf-8", "replace").decode().strip().lower()


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(map(key, table("fields")["suffixes"]))


@cache
def _meanings(names: str) -> dict[str, list[tuple[str, int]]]:
    """Return the fields that each name may stand for, and how well; 0 is best."""
    meanings: dict[str, list[tuple[str, int]]] = {}
    fields = table("fields")[names].items()
    for field, aliases in fields:
        for rank, alias in enumerate(map(folded, aliases)):
            meanings.setdefault(alias, []).append((field, rank))
    if names == "record":
        for field, aliases in fields:
            for rank, alias in enumerate(map(folded, aliases), len(aliases)):
                for prefix in table("fields")["prefixes"]:
                    if alias.isascii() and f"{prefix}{alias}" not in meanings:
                        meanings[f"{prefix}{alias}"] = [(field, rank)]
    return meanings


@cache
def _ignored_names() -> frozenset[str]:
    return frozenset(map(folded, table("fields")["passed_over"]))


def field_named(name: str, names: str) -> str | None:
    """Return the field that `name` means by the table `names`, or None."""
    meanings = _meanings(names).get(folded(name))
    return meanings[0][0] if meanings else None
