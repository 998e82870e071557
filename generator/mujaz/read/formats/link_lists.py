"""OPML and sitemaps: they list feeds or pages and hold no article, so they say what to fetch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from mujaz.model import Problem
from mujaz.read.decoding import declared_charset, decode
from mujaz.read.raw import MAX_PAGE_BYTES, Raw

MAX_BYTES = MAX_PAGE_BYTES
_FEED = re.compile(r"""\bxmlUrl\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""", re.IGNORECASE)
_PAGE = re.compile(r"<(?:\w+:)?loc\s*>\s*(?:<!\[CDATA\[)?([^<\]]{1,2000})()", re.IGNORECASE)
_IS_INDEX, _IS_SITEMAP = re.compile(r"<(?:\w+:)?sitemapindex\b"), re.compile(r"<(?:\w+:)?urlset\b")
_SITEMAP = "is a sitemap and no feed: it "
_MAX_SHOWN, _MAX_SHOWN_CHARACTERS = 3, 100


def read(raw: Raw) -> Iterator[Problem]:
    """Yield why the list `raw` is no article. Raises `UndecodableError`."""
    text = decode(raw.data, raw.charset or declared_charset(raw.data))
    if _IS_INDEX.search(text):
        yield _problem(raw, _SITEMAP, _addresses(_PAGE, text), "sitemap", "")
    elif _IS_SITEMAP.search(text):
        yield _problem(raw, _SITEMAP, _addresses(_PAGE, text), "page", ".html")
    else:
        yield _problem(raw, "", _addresses(_FEED, text), "feed", ".xml")


def _addresses(pattern: re.Pattern[str], text: str) -> list[str]:
    written = (match[1] or match[2] or "" for match in pattern.finditer(text))
    return [address for each in written if (address := unescape(each).strip())]


def _problem(raw: Raw, kind: str, addresses: list[str], noun: str, suffix: str) -> Problem:
    """Return why a list is no article, and what to fetch."""
    if not addresses:
        hint = f"fetch the {noun}s that it was made for, and save them here"
        return Problem(raw.name, f"{kind}is a list of {noun}s that names none", hint)
    shown = ", ".join(each[:_MAX_SHOWN_CHARACTERS] for each in addresses[:_MAX_SHOWN])
    rest = len(addresses) - _MAX_SHOWN
    more = f" and {rest:,} more" if rest > 0 else ""
    count = f"1 {noun}" if len(addresses) == 1 else f"{len(addresses):,} {noun}s"
    save = f"and save them here as {suffix}" if suffix else "and the pages that they list"
    reason = f"{kind}lists {count} and holds no article"
    return Problem(raw.name, reason, f"fetch these, {save}: {shown}{more}")
