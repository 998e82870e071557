"""Web archives (WARC): every saved page in one an article."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from typing import Any

from mujaz.model import Document, Problem
from mujaz.read.decoding import UndecodableError
from mujaz.read.formats import html
from mujaz.read.raw import MAX_ARCHIVE_BYTES, MAX_PAGE_BYTES, Raw

MAX_BYTES = MAX_ARCHIVE_BYTES
_PAGES = ("text/html", "application/xhtml+xml")
_MAX_RECORDS, _MAX_HEAD_BYTES = 10_000, 32_768
"""More than any archive of 64 MiB holds, and any head of a record."""
_RECORD, _HEAD_END = re.compile(rb"(?:\A|\n)WARC/\d"), re.compile(rb"\n\r?\n")
_HINT = "crawl it again, or remove it"


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the articles on the pages in `raw`; requests, pictures and redirects are none."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    fault = _fault(raw.data)
    if fault:
        yield Problem(raw.name, fault, _HINT)
        return
    number = records = 0
    try:
        archive = ArchiveIterator(io.BytesIO(raw.data))
        while (record := _next(archive)) is not None:
            records += 1
            if not _is_page(record):
                continue
            number += 1
            yield from _page(record, raw, f"{raw.name}#{number}")
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        reason = f"breaks off after {records:,} records ({_first_line(error)})"
        yield Problem(raw.name, reason, _HINT)
        return
    if not number:
        yield Problem(raw.name, f"holds no saved page in its {records:,} records", _HINT)


def _fault(data: bytes) -> str | None:
    """Return why the archive `data` would take too long to read, or None."""
    for count, match in enumerate(_RECORD.finditer(data), 1):
        if count > _MAX_RECORDS:
            return f"has more than {_MAX_RECORDS:,} records"
        if not _HEAD_END.search(data, match.end(), match.end() + _MAX_HEAD_BYTES):
            return f"has a record whose head breaks off or is longer than {_MAX_HEAD_BYTES:,} bytes"
    return None


def _next(archive: Iterator[Any]) -> Any:
    """Return the next record, or None after the last one."""
    # warcio writes about damage to standard error; the Problem says it better.
    with contextlib.redirect_stderr(io.StringIO()):
        return next(archive, None)


def _is_page(record: Any) -> bool:
    if record.rec_type not in ("response", "resource"):
        return False
    http = record.http_headers
    status = http.get_statuscode() if http else "200"
    kind = (http or record.rec_headers).get_header("Content-Type") or ""
    return status == "200" and kind.split(";")[0].strip().lower() in _PAGES


def _page(record: Any, raw: Raw, name: str) -> Iterator[Document | Problem]:
    data = record.content_stream().read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        yield Problem(name, f"is a page of more than {MAX_PAGE_BYTES:,} bytes", _HINT)
        return
    kind = (record.http_headers or record.rec_headers).get_header("Content-Type") or ""
    _, _, charset = kind.lower().partition("charset=")
    page = Raw(
        name,
        data,
        raw.folder,
        charset.strip(" \"'") or None,
        record.rec_headers.get_header("WARC-Target-URI"),
    )
    try:
        yield from html.read(page)
    except UndecodableError as error:
        yield Problem(name, str(error), _HINT)


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:80] or type(error).__name__
