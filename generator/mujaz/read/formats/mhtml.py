"""Pages that a browser saved whole as one file (MHTML): the page in it, without its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message

from mujaz.model import Document, Problem
from mujaz.read.fields import is_address
from mujaz.read.formats import html
from mujaz.read.raw import Raw

MAX_BYTES = 24 * 1024 * 1024
_MAX_NESTED, _MAX_PARTS = 10, 2_000
"""Parts that have parts themselves, and parts altogether; a page has one, and some hundred."""
_MAX_LINES = 400_000
"""Of 76 letters, as pages are written there."""
_WITH_PARTS = re.compile(rb"content-type:\s*(?:multipart|message)/", re.IGNORECASE)
_LONG_HEADER = re.compile(
    rb"^content-[a-z]+:(?:[^\n]{4000}|[^\n]*(?:\n[ \t][^\n]*){40})", re.IGNORECASE | re.MULTILINE
)
_PAGES = ("text/html", "application/xhtml+xml")
_IS_MHTML = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?content-type:\s*multipart/related", re.I
)
_HINT = "save the page again, as MHTML or as HTML"


def is_mhtml(data: bytes) -> bool:
    """Whether `data` begins as a page that a browser saved does, whatever its name."""
    return bool(_IS_MHTML.match(data[:4096].replace(b"\r\n", b"\n").lstrip()))


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the article on the page in `raw`. Raises `UndecodableError`."""
    if _is_too_much(raw.data):
        yield Problem(raw.name, "is a saved page of more parts or lines than any has", _HINT)
        return
    try:
        message = message_from_bytes(raw.data.lstrip(), policy=policy.compat32)
        pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    except RecursionError:
        yield Problem(raw.name, "is a saved page of parts nested too deeply", _HINT)
        return
    page = _main_page(message, pages)
    if page is None:
        yield Problem(raw.name, "is a saved file without a page in it", _HINT)
        return
    data = page.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        yield Problem(raw.name, "is a saved page without contents", _HINT)
    elif len(data) > html.MAX_BYTES:
        reason = f"is a page of {len(data):,} bytes; {html.MAX_BYTES:,} is the most"
        yield Problem(raw.name, reason, "save the article's text alone, as .txt")
    else:
        charset = page.get_content_charset()
        yield from html.read(Raw(raw.name, data, raw.folder, charset, _address(message, page)))


def _is_too_much(data: bytes) -> bool:
    """Whether the email library would take too long."""
    return (
        data.lower().count(b"multipart/") > _MAX_NESTED
        or len(_WITH_PARTS.findall(data)) > _MAX_NESTED
        or data.count(b"\n--") > _MAX_PARTS
        or data.count(b"\n") + data.count(b"\r") > 2 * _MAX_LINES
        or bool(_LONG_HEADER.search(data))
    )


def _main_page(message: Message, pages: list[Message]) -> Message | None:
    """Return the page that was saved, and none of those in frames: the one that the head names."""
    addresses = {_bare(message.get("Snapshot-Content-Location")), _bare(message.get_param("start"))}
    addresses.discard("")
    for page in pages:
        if {_bare(page.get("Content-Location")), _bare(page.get("Content-ID"))} & addresses:
            return page
    return pages[0] if pages else None


def _address(message: Message, page: Message) -> str | None:
    """Return where the page was saved from."""
    for value in (message.get("Snapshot-Content-Location"), page.get("Content-Location")):
        address = "".join(str(value or "").split())
        if is_address(address):
            return address
    return None


def _bare(value: object) -> str:
    return "".join(str(value or "").split()).strip("<>")
