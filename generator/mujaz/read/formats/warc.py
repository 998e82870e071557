"""Web archives (WARC): every saved page in one an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mujaz.model import Document, Problem
from mujaz.read.decoding import UndecodableError
from mujaz.read.formats import feed, html
from mujaz.read.packing.content_coding import ContentCodingError, unpacked_body, without_chunks
from mujaz.read.raw import MAX_ARCHIVE_BYTES, MAX_PAGE_BYTES, Raw
from mujaz.read.records.fetched import FetchNotes, fetch_notes, with_fetch_notes

MAX_BYTES = MAX_ARCHIVE_BYTES
_PAGES = ("text/html", "application/xhtml+xml")
_WITH_PAGES = ("response", "resource")
_MAX_RECORDS, _MAX_HEAD_BYTES = 10_000, 32_768
"""More than any archive of 64 MiB holds, and any head of a record."""
_RECORD, _HEAD_END = re.compile(rb"WARC/\d\.\d+\r?\n(?=[\w-]+:)"), re.compile(rb"\n\r?\n")
_GAP = re.compile(rb"\s*")
_STATUS = re.compile(rb"HTTP/[\d.]+ +(\d{3})")
_PAGE_BEGINS = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_HINT = "crawl it again, or remove it"


@dataclass(frozen=True, slots=True)
class _Record:
    """One record of an archive."""

    headers: Mapping[str, str]
    """By their names in lower case."""
    block: bytes
    """What stands below the headers."""
    is_whole: bool
    """Whether the next record begins where the headers say that this one ends."""


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the articles on the pages in `raw`; requests, pictures and redirects are none.

    Of feeds that `mujaz fetch` stored, those entries are articles that it says are. A record that
    cannot be read costs no other one.
    """
    fault = _fault(raw.data)
    if fault:
        yield Problem(raw.name, fault, _HINT)
        return
    number = records = fetched = 0
    for record in _records(raw.data):
        records += 1
        head, body = _http(record)
        notes = fetch_notes(record.headers)
        fetched += notes is not None
        if notes and notes.numbers is not None:
            for entry in _entries(record, head, body, raw, notes) if notes.numbers else ():
                number += 1
                yield replace(entry, file=f"{raw.name}#{number}")
        elif notes or _is_page(record, head, body):
            number += 1
            for page in _page(record, head, body, raw, f"{raw.name}#{number}"):
                if notes and isinstance(page, Document):
                    page = with_fetch_notes(page, notes)
                yield page
    if not number and not fetched:
        yield Problem(raw.name, f"holds no saved page in its {records:,} records", _HINT)


def _fault(data: bytes) -> str | None:
    """Return why the archive `data` is not read, or would take too long, or None."""
    if data.strip() and not _RECORD.match(data.lstrip()):
        return "breaks off before its first record, or is no web archive"
    for count, match in enumerate(_RECORD.finditer(data), 1):
        if count > _MAX_RECORDS:
            return f"has more than {_MAX_RECORDS:,} records"
        if not _HEAD_END.search(data, match.end(), match.end() + _MAX_HEAD_BYTES):
            return f"has a record whose head breaks off or is longer than {_MAX_HEAD_BYTES:,} bytes"
    return None


def _records(data: bytes) -> Iterator[_Record]:
    """Yield the records of an archive; one whose length is wrong ends where the next one begins."""
    start = _RECORD.search(data)
    while start:
        head_end = _HEAD_END.search(data, start.end())
        if head_end is None:
            return
        headers = _headers(data[start.start() : head_end.start()])
        length = headers.get("content-length", "")
        end = head_end.end() + (int(length) if length.isdecimal() and len(length) < 12 else 0)
        gap = _GAP.match(data, end)
        is_whole = end <= len(data) and bool(gap) and _is_border(data, gap.end() if gap else end)
        following = _RECORD.search(data, end if is_whole else head_end.end())
        if not is_whole:
            end = following.start() if following else len(data)
        yield _Record(headers, data[head_end.end() : end], is_whole)
        start = following


def _is_border(data: bytes, position: int) -> bool:
    return position == len(data) or data.startswith(b"WARC/", position)


def _headers(head: bytes) -> dict[str, str]:
    """Return the headers in `head` by their names, its first line left out."""
    unfolded = re.sub(rb"\r?\n[ \t]+", b" ", head).decode("utf-8", "replace")
    lines = (line.partition(":") for line in unfolded.splitlines()[1:])
    return {name.strip().lower(): value.strip() for name, _, value in lines}


def _http(record: _Record) -> tuple[bytes, bytes]:
    """Return head and body of a response; a resource has no head."""
    if record.headers.get("warc-type") != "response" or not record.block.startswith(b"HTTP/"):
        return b"", record.block
    end = _HEAD_END.search(record.block)
    return (record.block[: end.start()], record.block[end.end() :]) if end else (record.block, b"")


def _is_page(record: _Record, head: bytes, body: bytes) -> bool:
    if record.headers.get("warc-type") not in _WITH_PAGES:
        return False
    status = _STATUS.match(head)
    if head and not (status and status[1] == b"200"):
        return False
    kind, _, _ = _kind(record, head).partition(";")
    return kind.strip() in _PAGES or (not kind and bool(_PAGE_BEGINS.match(body)))


def _kind(record: _Record, head: bytes) -> str:
    return (_headers(head) if head else record.headers).get("content-type", "").lower()


def _page(
    record: _Record, head: bytes, body: bytes, raw: Raw, name: str
) -> Iterator[Document | Problem]:
    """Yield the article on a page, or why there is none."""
    try:
        yield from html.read(_content(record, head, body, raw, name))
    except (ContentCodingError, UndecodableError) as error:
        yield Problem(name, str(error), _HINT)
    except Exception as error:  # of the libraries that read pages; other records are fine
        yield Problem(name, f"cannot be read as a page ({type(error).__name__})", _HINT)


def _entries(
    record: _Record, head: bytes, body: bytes, raw: Raw, notes: FetchNotes
) -> Iterator[Document | Problem]:
    """Yield those entries of a fetched feed that are articles, or why they are not read."""
    try:
        content = _content(record, head, body, raw, raw.name)
        parsed = feed.parsed_feed(content)
        if isinstance(parsed, Problem):
            yield parsed
            return
        for number in notes.numbers or ():
            if 0 < number <= len(parsed.entries):
                entry = parsed.entries[number - 1]
                read = feed.entry_of_feed(entry, parsed.feed, content, raw.name)
                yield with_fetch_notes(read, notes) if isinstance(read, Document) else read
    except (ContentCodingError, UndecodableError) as error:
        yield Problem(raw.name, str(error), _HINT)
    except Exception as error:  # of the libraries that read feeds; other records are fine
        yield Problem(raw.name, f"cannot be read as a feed ({type(error).__name__})", _HINT)


def _content(record: _Record, head: bytes, body: bytes, raw: Raw, name: str) -> Raw:
    """Return what a response holds, unpacked. Raises `ContentCodingError`."""
    if not record.is_whole:
        raise ContentCodingError("breaks off, or runs into the next record")
    headers = _headers(head)
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = without_chunks(body)
    body = unpacked_body(body, headers.get("content-encoding", ""), MAX_PAGE_BYTES)
    if len(body) > MAX_PAGE_BYTES:
        raise ContentCodingError(f"is a page of more than {MAX_PAGE_BYTES:,} bytes")
    _, _, charset = _kind(record, head).partition("charset=")
    charset = charset.partition(";")[0].strip(" \"'")
    address = record.headers.get("warc-target-uri", "").strip("<>") or None
    return Raw(name, body, raw.folder, charset or None, address)
