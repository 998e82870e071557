"""JSON exports, whole or a record a line: those of extraction programs, services and JSON Feed."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from mujaz.model import Document, Held, Problem, Stated
from mujaz.read.decoding import as_utf8, decode
from mujaz.read.fields import text_of
from mujaz.read.formats.messages import telegram
from mujaz.read.raw import MAX_ARCHIVE_BYTES, MAX_PAGE_BYTES, Raw
from mujaz.read.records import RecordReader, list_of_records
from mujaz.read.stated.site_names import site_of_feed

MAX_BYTES = MAX_ARCHIVE_BYTES
_SAMPLED_LINES = 20
"""The first ones, looked at to see whether each is a record."""
_BY_LINE = re.compile(r"\.(?:jsonl|ndjson)(?:\.gz)?$", re.IGNORECASE)
_MAX_BAD_ENTRIES = 500
"""In a row: after so many that are no articles, the rest is not looked at."""
_MAX_PARTS = 300_000
"""Values, lists and objects in one JSON text, counted by the signs between them."""
_MAX_TEXTS = 20_000
"""JSON texts one after the other in a file."""
_STRING_OR_LAST_COMMA = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*(?:"|\Z))|,(?=\s*[\]}])', re.DOTALL)
_SPACE = re.compile(r"[\s,]*")


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the articles of the export `raw`. Raises `UndecodableError`.

    It is one JSON text, or one a line: what its first lines say, or else its name.
    """
    raw = replace(raw, data=as_utf8(raw.data))
    if _has_records_by_line(raw.data) or _is_by_line_as_named(raw):
        yield from _by_line(raw)
    elif len(raw.data) > MAX_PAGE_BYTES:
        reason = f"is one JSON text of {len(raw.data):,} bytes; {MAX_PAGE_BYTES:,} is the most"
        yield Problem(raw.name, reason, "export one article a line")
    else:
        yield from _whole(raw)


def _has_records_by_line(data: bytes) -> bool:
    """Whether there is more than one line, and one of the first is a JSON object."""
    lines = data.strip().split(b"\n", _SAMPLED_LINES)[:_SAMPLED_LINES]
    is_list = lines[0].lstrip(b"\xef\xbb\xbf")[:1] == b"["  # its last line may look like a record
    return len(lines) > 1 and not is_list and any(map(_is_object, lines))


def _is_by_line_as_named(raw: Raw) -> bool:
    """Whether its name says that each line is a record, and its first line may be one."""
    data = raw.data.strip()
    if not _BY_LINE.search(raw.name) or b"\n" not in data:
        return False
    first = data.split(b"\n", 1)[0].lstrip(b"\xef\xbb\xbf").strip()
    return first not in (b"[", b"{") and not first.endswith((b",", b"[", b"{"))


def _is_object(line: bytes) -> bool:
    line = line.lstrip(b"\xef\xbb\xbf")
    try:
        return line[:1] == b"{" and isinstance(json.loads(line), Mapping)
    except (ValueError, RecursionError):
        return False


def _whole(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the articles of a file that is one JSON text."""
    text = decode(raw.data)
    parts = sum(map(text.count, "[{,"))
    if parts > _MAX_PARTS:
        reason = f"is JSON of {parts:,} parts; {_MAX_PARTS:,} is the most"
        yield Problem(raw.name, reason, "export one article a line")
        return
    try:
        loaded = _loaded(text)
    except (ValueError, RecursionError) as error:
        yield Problem(raw.name, _fault(error), "export it again as JSON")
        return
    chats = telegram.chats(loaded)
    if chats:
        yield from telegram.read_chats(chats, raw)
        return
    records = list_of_records(loaded)
    reader = RecordReader(raw, _feed_fields(loaded))
    if isinstance(loaded, Mapping) and records is None:
        yield reader.article(loaded, raw.name)
    elif not records:
        yield Problem(raw.name, "is JSON without articles", "export articles, or remove it")
    else:
        numbered = enumerate(records, 1)
        results = (reader.article(each, f"{raw.name}#{number}") for number, each in numbered)
        yield from _until_all_are_bad(results, raw)


def _until_all_are_bad(
    results: Iterator[Document | Problem], raw: Raw
) -> Iterator[Document | Problem]:
    bad = 0
    for result in results:
        yield result
        bad = bad + 1 if _is_bad(result) else 0
        if bad == _MAX_BAD_ENTRIES:
            reason = f"has {bad} entries in a row without an article; the rest is not read"
            yield Problem(raw.name, reason, "export articles only")
            return


def _by_line(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the articles of a file that holds a JSON text a line."""
    reader = RecordReader(raw)
    number = bad = 0
    for line_number, line in enumerate(io.BytesIO(raw.data), 1):
        if not line.strip():
            continue
        number += 1
        name = f"{raw.name}#{number}"
        try:
            loaded = json.loads(decode(line).rstrip(" \t\r\n,"), strict=False)
        except (ValueError, RecursionError) as error:  # a line may be broken by itself
            reason = f"{_fault(error)}, in line {line_number:,} of the file"
            result: Document | Problem = Problem(name, reason, "export it again as JSON")
        else:
            result = reader.article(loaded, name)
        yield result
        bad = bad + 1 if _is_bad(result) else 0
        if bad == _MAX_BAD_ENTRIES:
            reason = f"has {bad} lines in a row without an article"
            reason += f"; nothing below line {line_number:,} is read"
            yield Problem(raw.name, reason, "export it again, one article a line")
            return


def _is_bad(result: Document | Problem) -> bool:
    return isinstance(result, Problem) and not isinstance(result, Held)


def _loaded(text: str) -> Any:
    """Return what JSON says, also where a comma too many ends a list, or texts follow each other.

    Raises `ValueError` and `RecursionError`.
    """
    try:
        return json.loads(text, strict=False)
    except ValueError as error:
        try:
            text = _STRING_OR_LAST_COMMA.sub(lambda match: match[1] or "", text)
            return _texts_in_a_row(text)
        except ValueError:
            raise error from None


def _texts_in_a_row(text: str) -> Any:
    decoder = json.JSONDecoder(strict=False)
    texts: list[Any] = []
    position = _end_of_space(text, 0)
    while position < len(text) or not texts:
        loaded, position = decoder.raw_decode(text, position)
        texts.append(loaded)
        position = _end_of_space(text, position)
        if len(texts) > _MAX_TEXTS:
            raise ValueError("more texts than any export has")
    return texts[0] if len(texts) == 1 else texts


def _end_of_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _feed_fields(loaded: Any) -> dict[str, Stated]:
    """Return the paper that a JSON Feed names for all its items."""
    if isinstance(loaded, Mapping) and "jsonfeed.org" in str(loaded.get("version")):
        title = text_of(loaded.get("title"))
        return {"source": Stated(site_of_feed(title), "title of the feed")} if title else {}
    return {}


def _fault(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "is JSON nested too deeply"
    where = f" at character {error.pos:,}" if isinstance(error, json.JSONDecodeError) else ""
    return f"is not valid JSON{where}"
