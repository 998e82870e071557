"""OPML, which lists feeds and holds no article: it is refused, and says what to fetch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from mujaz.model import Problem
from mujaz.read.decoding import declared_charset, decode
from mujaz.read.raw import MAX_PAGE_BYTES, Raw

MAX_BYTES = MAX_PAGE_BYTES
# A declaration and comments may stand before it.
_IS_OPML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,2000}-->\s*)*<opml\b", re.I
)
_FEED = re.compile(r"""\bxmlUrl\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""", re.IGNORECASE)
_MAX_SHOWN, _MAX_SHOWN_CHARACTERS = 3, 100


def is_opml(data: bytes) -> bool:
    """Whether `data` begins as a list of feeds does, whatever its name."""
    return bool(_IS_OPML.match(data[:4096]))


def read(raw: Raw) -> Iterator[Problem]:
    """Yield why the list of feeds `raw` is no article. Raises `UndecodableError`."""
    text = decode(raw.data, raw.charset or declared_charset(raw.data))
    written = (match[1] or match[2] or "" for match in _FEED.finditer(text))
    feeds = [feed for each in written if (feed := unescape(each).strip())]
    if not feeds:
        hint = "fetch the feeds that it was made for, and save them here"
        yield Problem(raw.name, "is a list of feeds that names none", hint)
        return
    shown = ", ".join(feed[:_MAX_SHOWN_CHARACTERS] for feed in feeds[:_MAX_SHOWN])
    more = f" and {len(feeds) - _MAX_SHOWN:,} more" if len(feeds) > _MAX_SHOWN else ""
    count = "1 feed" if len(feeds) == 1 else f"{len(feeds):,} feeds"
    hint = f"fetch these, and save them here as .xml: {shown}{more}"
    yield Problem(raw.name, f"lists {count} and holds no article", hint)
