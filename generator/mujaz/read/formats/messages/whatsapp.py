"""Exports of WhatsApp: a text file with the day, the time and the sender before each message."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from mujaz.arabic.normalise import DIGITS, key
from mujaz.data import table
from mujaz.model import Document, Problem
from mujaz.read.decoding import decode
from mujaz.read.fields import date_of
from mujaz.read.formats.messages.article import Message, articles
from mujaz.read.raw import MAX_ARCHIVE_BYTES, Raw

MAX_BYTES = MAX_ARCHIVE_BYTES
_LEFT_TO_RIGHT = "\u200e"
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NO_BREAKS = str.maketrans("\u00a0\u202f", "  ")
_DAY = r"(?P<a>\d{1,4})[/.\-](?P<b>\d{1,2})[/.\-](?P<c>\d{1,4})"
_TIME = r"(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2}))?(?:\s?(?P<half>[صم]|[ap]\.?\s?m\.?))?"
_HEAD = re.compile(
    rf"(?:\[{_DAY}[,،]?\s+{_TIME}\]\s?|{_DAY.replace('<', '<x')}[,،]?\s+"
    rf"{_TIME.replace('<', '<x')}\s+[-–]\s)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SENDER = re.compile(r"([^:\n]{1,80}):\s(.*)|([^:\n]{1,80}):$", re.DOTALL)
_MIN_HEADS = 2
"""Lines that begin a message, from which a text file is an export."""
_SAMPLED_BYTES = 20_000
_MAX_HEAD_CHARACTERS = 200


@dataclass(slots=True)
class _Entry:
    """A message while its lines are gathered."""

    numbers: tuple[int, int, int]
    time: str
    lines: list[str] = field(default_factory=list)


def is_chat_export(data: bytes) -> bool:
    """Whether the text file `data` begins as an export does."""
    head = data[:_SAMPLED_BYTES].decode("utf-8", "ignore")
    lines = [line for line in head.split("\n") if line.strip()]
    if not lines or _head(lines[0]) is None:
        return False
    return sum(_head(line) is not None for line in lines) >= _MIN_HEADS


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the articles among the messages of the export `raw`. Raises `UndecodableError`."""
    entries = list(_entries(decode(raw.data)))
    if not entries:
        yield Problem(raw.name, "is an export without messages", "export the chat again, with them")
        return
    form = _day_form([entry.numbers for entry in entries])
    source = _source(raw)
    messages = (_message(entry, form, source) for entry in entries)
    yield from articles(messages, raw, "message")


def _entries(text: str) -> Iterator[_Entry]:
    """Yield the messages; what WhatsApp itself says between them is none."""
    entry: _Entry | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        match = _head(line)
        if match is None:
            if entry is not None:
                entry.lines.append(line)
            continue
        if entry is not None:
            yield entry
        entry = None
        sender = _SENDER.match(match["rest"])
        if sender and not _is_said_by_program(line, sender[2] or ""):
            a, b, c, hour, minute, second, half = (
                match[name] or match[f"x{name}"] for name in ("a", "b", "c", "h", "m", "s", "half")
            )
            entry = _Entry(
                (int(a), int(b), int(c)), f"{hour}:{minute}:{second or '00'} {half or ''}"
            )
            entry.lines.append(sender[2] or "")
    if entry is not None:
        yield entry


def _head(line: str) -> re.Match[str] | None:
    """Return what begins a message, if the line does."""
    head, rest = line[:_MAX_HEAD_CHARACTERS], line[_MAX_HEAD_CHARACTERS:]
    head = _MARKS.sub("", head).translate(_NO_BREAKS)
    begin = head[:40].translate(DIGITS)
    return _HEAD.match(begin + head[40:] + rest)


def _is_said_by_program(line: str, text: str) -> bool:
    """Whether WhatsApp itself says this, as if somebody had."""
    if f": {_LEFT_TO_RIGHT}" in line[:_MAX_HEAD_CHARACTERS]:
        return True
    return key(text[:_MAX_HEAD_CHARACTERS]).startswith(_phrases("system"))


def _day_form(days: Sequence[tuple[int, int, int]]) -> str:
    """Return which of a day's numbers is what, for all messages: `dmy`, `mdy` or `ymd`.

    A number above 12 is no month. Where none is, it is the form in which time goes on.
    """
    if any(first > 31 for first, _, _ in days):
        return "ymd"
    if any(second > 12 for _, second, _ in days):
        return "mdy"
    if any(first > 12 for first, _, _ in days):
        return "dmy"
    by_order = {form: [_day(each, form) or dt.date.min for each in days] for form in _DAY_FORMS}
    rising = [form for form, dates in by_order.items() if dates == sorted(dates)]
    return rising[0] if rising else "dmy"


_DAY_FORMS = ("dmy", "mdy")


def _day(numbers: tuple[int, int, int], form: str) -> dt.date | None:
    parts = dict(zip(form, numbers, strict=True))
    year = parts["y"] + (2000 if parts["y"] < 100 else 0)
    try:
        return dt.date(year, parts["m"], parts["d"])
    except ValueError:
        return None


def _message(entry: _Entry, form: str, source: str | None) -> Message:
    lines = [line.strip() for line in entry.lines]
    lines = [_MARKS.sub("", line) for line in lines if not _is_notice(line)]
    for notice in table("messages")["edited"]:
        lines = [line.replace(notice, "").rstrip() for line in lines]
    text = "\n".join(lines).strip()
    day = _day(entry.numbers, form)
    return Message(text, date_of(f"{day} {entry.time}") if day else None, source=source)


def _is_notice(line: str) -> bool:
    """Whether a line stands for a picture or a sound, or for what was deleted."""
    if len(line) > _MAX_HEAD_CHARACTERS:
        return False
    bare = key(_MARKS.sub("", line))
    return bare in _phrases("omitted") or bare.endswith(_phrases("attached"))


def _source(raw: Raw) -> str | None:
    """Return the name of the chat, which stands in the name of the file or its folder."""
    stem = raw.name.rpartition("/")[2].removesuffix(".gz").removesuffix(".txt")
    for name in (stem, raw.folder or ""):
        text = _MARKS.sub("", name)
        for prefix in table("messages")["file_names"]:
            if text.lower().startswith(prefix) and text[len(prefix) :].strip(" -_"):
                return text[len(prefix) :].strip(" -_")
    return None


@cache
def _phrases(name: str) -> tuple[str, ...]:
    return tuple(map(key, table("messages")[name]))
