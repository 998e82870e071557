"""JSON exports, whole or a record a line: those of extraction programs, services and JSON Feed."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from mujaz.arabic.normalise import has_words, key
from mujaz.data import table
from mujaz.model import Document, Problem, Stated
from mujaz.read.decoding import as_utf8, decode
from mujaz.read.fields import stated_fields, text_of
from mujaz.read.markup import text_of_fragment
from mujaz.read.raw import MAX_ARCHIVE_BYTES, MAX_PAGE_BYTES, Raw

MAX_BYTES = MAX_ARCHIVE_BYTES
_SAMPLED_LINES = 20
"""The first ones, looked at to see whether each is a record."""
_BY_LINE = re.compile(r"\.(?:jsonl|ndjson)(?:\.gz)?$", re.IGNORECASE)
_MAX_BAD_ENTRIES = 500
"""In a row: after so many that are no articles, the rest is not looked at."""
_MAX_KEYS = 1_000
"""Of a record; those of exports have some thirty."""
_MAX_PARTS = 300_000
"""Values, lists and objects in one JSON text, counted by the signs between them."""
_TEXT_FIELDS = ("text", "summary")


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the articles of the export `raw`. Raises `UndecodableError`.

    It is one JSON text, or one a line: what its name says, unless the first lines say otherwise.
    """
    raw = replace(raw, data=as_utf8(raw.data))
    by_name = _BY_LINE.search(raw.name) and b"\n" in raw.data.strip()
    if by_name or _has_records_by_line(raw.data):
        yield from _by_line(raw)
    elif len(raw.data) > MAX_PAGE_BYTES:
        reason = f"is one JSON text of {len(raw.data):,} bytes; {MAX_PAGE_BYTES:,} is the most"
        yield Problem(raw.name, reason, "export one article a line")
    else:
        yield from _whole(raw)


def _has_records_by_line(data: bytes) -> bool:
    """Whether there is more than one line, and one of the first is a JSON object."""
    lines = data.strip().split(b"\n", _SAMPLED_LINES)[:_SAMPLED_LINES]
    return len(lines) > 1 and any(line[:1] == b"{" and _is_json(line) for line in lines)


def _whole(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the articles of a file that is one JSON text."""
    text = decode(raw.data)
    parts = sum(map(text.count, "[{,"))
    if parts > _MAX_PARTS:
        reason = f"is JSON of {parts:,} parts; {_MAX_PARTS:,} is the most"
        yield Problem(raw.name, reason, "export one article a line")
        return
    try:
        loaded = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        yield Problem(raw.name, _fault(error), "export it again as JSON")
        return
    records = _list_of(loaded) if isinstance(loaded, Mapping) else loaded
    if isinstance(loaded, Mapping) and records is None:
        yield _article(loaded, raw, raw.name, set(), {})
    elif not isinstance(records, list) or not records:
        yield Problem(raw.name, "is JSON without articles", "export articles, or remove it")
    else:
        feed_fields, reported = _feed_fields(loaded), set[str]()
        bad = 0
        for number, each in enumerate(records, 1):
            result = _article(each, raw, f"{raw.name}#{number}", reported, feed_fields)
            yield result
            bad = bad + 1 if isinstance(result, Problem) else 0
            if bad == _MAX_BAD_ENTRIES:
                reason = f"has {bad} entries in a row without an article; the rest is not read"
                yield Problem(raw.name, reason, "export articles only")
                return


def _by_line(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the articles of a file that holds a JSON text a line."""
    reported: set[str] = set()
    number = bad = 0
    for line_number, line in enumerate(io.BytesIO(raw.data), 1):
        if not line.strip():
            continue
        number += 1
        name = f"{raw.name}#{number}"
        try:
            loaded = json.loads(decode(line), strict=False)  # a line may be broken by itself
        except (ValueError, RecursionError) as error:
            reason = f"{_fault(error)}, in line {line_number:,} of the file"
            result: Document | Problem = Problem(name, reason, "export it again as JSON")
        else:
            result = _article(loaded, raw, name, reported, {})
        yield result
        bad = bad + 1 if isinstance(result, Problem) else 0
        if bad == _MAX_BAD_ENTRIES:
            reason = f"has {bad} lines in a row without an article"
            reason += f"; nothing below line {line_number:,} is read"
            yield Problem(raw.name, reason, "export it again, one article a line")
            return


def _article(
    record: Any, raw: Raw, name: str, reported: set[str], feed_fields: Mapping[str, Stated]
) -> Document | Problem:
    """Return the article that `record` is; `reported` are names of fields reported before."""
    if isinstance(record, Mapping) and len(record) > _MAX_KEYS:
        reason = f"is a record of {len(record):,} fields; {_MAX_KEYS:,} is the most"
        return Problem(name, reason, "export articles as JSON objects")
    if not isinstance(record, Mapping):
        return Problem(name, "is no record but a bare value", "export articles as JSON objects")
    stated, unknown = stated_fields(record, "export")
    text, full = _text(record)
    title = stated.get("title")
    if title is None or not key(str(title.value)):
        return Problem(name, "is a record without a title", "export the field `title` as well")
    if not has_words(text):
        return Problem(name, "is a record without a text", "export the field `text` as well")
    unread = tuple(each for each in unknown if each not in reported)
    reported.update(unread)
    return Document(
        name,
        text,
        raw.folder,
        stated={**feed_fields, **{k: v for k, v in stated.items() if k not in _TEXT_FIELDS}},
        has_headline=False,
        excerpt=not full,
        unread=unread,
    )


def _text(record: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the text of a record, and whether it is the whole one and no summary."""
    lowered = {str(name).lower(): value for name, value in record.items()}
    for field in _TEXT_FIELDS:
        for alias in table("fields")["record"][field]:
            text = _lines_of(lowered.get(alias))
            if has_words(text):
                return text, field == "text"
    return "", False


def _lines_of(value: Any) -> str:
    """Return a text with its lines, which also come as a list, or one level deeper."""
    if isinstance(value, Mapping):
        value = value.get("rendered") or value.get("value") or value.get("text")
    if isinstance(value, list):
        value = "\n".join(each for each in value if isinstance(each, str))
    return text_of_fragment(value).strip() if isinstance(value, str) else ""


def _list_of(loaded: Mapping[str, Any]) -> list[Any] | None:
    """Return the records that stand under one of the usual names."""
    for name in table("fields")["lists"]:
        records = loaded.get(name)
        if isinstance(records, list) and any(isinstance(each, Mapping) for each in records):
            return records
    return None


def _feed_fields(loaded: Any) -> dict[str, Stated]:
    """Return the paper that a JSON Feed names for all its items."""
    if isinstance(loaded, Mapping) and "jsonfeed.org" in str(loaded.get("version")):
        title = text_of(loaded.get("title"))
        return {"source": Stated(title, "title of the feed")} if title else {}
    return {}


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), Mapping)
    except (ValueError, RecursionError):
        return False


def _fault(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "is JSON nested too deeply"
    where = f" at character {error.pos:,}" if isinstance(error, json.JSONDecodeError) else ""
    return f"is not valid JSON{where}"
