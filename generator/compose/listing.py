"""Lists of articles by day, over as many pages as they need: what every index is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from generator.arabic.numerals import ARTICLE
from generator.arabic.wording import Wording
from generator.compose.addresses import numbered
from generator.compose.cards import lines
from generator.compose.markdown import blocks, escape, headline, relative
from generator.model import Article, Page

UNDATED = "أخبار بلا تاريخ"
Heading = Callable[[dt.date, str, Wording], str]
"""Writes a day over its articles, as Markdown, on the page named."""


def _plain_day(day: dt.date, page: str, say: Wording) -> str:
    return escape(say.date(day))


def listing(
    path: str,
    title: str,
    description: str,
    articles: Sequence[Article],
    size: int,
    kind: str,
    say: Wording,
    *,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    ours: Mapping[str, Any] | None = None,
    heading: Heading = _plain_day,
) -> Iterator[Page]:
    """Yield an index's front page and its numbered pages.

    `above` and `below` are what the front page has around its list, `ours` more front matter, and
    `heading` writes the day over its articles.

    Numbered pages are filled oldest first, so that a new article changes only the last of them.
    Undated articles have a series of their own: where they belong among the others, nobody knows.
    """
    dated = [article for article in articles if article.date]
    undated = [article for article in articles if not article.date]
    front = [*dated[:size], *undated[: size - len(dated[:size])]]
    several = len(front) < len(articles)
    parts = [*above, by_day(front, path, heading, say)]
    if several:
        last_dated, last_undated = _pages_of(dated, size), _pages_of(undated, size)
        ways = []
        if last_dated:
            ways.append(f"[الأرشيف]({relative(numbered(path, last_dated), path)})")
        if last_undated:
            older = relative(numbered(path, f"undated-{last_undated}"), path)
            ways.append(f"[{UNDATED}]({older})")
        parts.append(" · ".join(ways))
    meta = listing_meta(title, description, kind, articles, say.counted(len(articles), ARTICLE))
    meta["mujaz"] |= ours or {}
    yield Page(path, meta, blocks([*parts, *below]))
    if several:
        yield from _numbered(path, title, dated, size, kind, "", heading, say)
        yield from _numbered(path, title, undated, size, kind, "undated-", heading, say)


def _pages_of(articles: Sequence[Article], size: int) -> int:
    return -(-len(articles) // size)


def _numbered(
    path: str,
    title: str,
    articles: Sequence[Article],
    size: int,
    kind: str,
    prefix: str,
    heading: Heading,
    say: Wording,
) -> Iterator[Page]:
    oldest_first = list(articles)[::-1]
    last = _pages_of(articles, size)
    for number in range(1, last + 1):
        here = numbered(path, f"{prefix}{number}")
        chunk = oldest_first[(number - 1) * size : number * size][::-1]
        ways = []
        if number > 1:
            ways.append(f"[الأقدم]({relative(numbered(path, f'{prefix}{number - 1}'), here)})")
        if number < last:
            ways.append(f"[الأحدث]({relative(numbered(path, f'{prefix}{number + 1}'), here)})")
        else:
            ways.append(f"[الأحدث]({relative(path, here)})")
        series = f"{title}: {UNDATED}، " if prefix else f"{title}: "
        what = f"{series}صفحة {say.number(number)}"
        meta = listing_meta(what, what, kind, chunk)
        yield Page(here, meta, blocks([by_day(chunk, here, heading, say), " · ".join(ways)]))


def by_day(
    articles: Sequence[Article],
    page: str,
    heading: Heading,
    say: Wording,
) -> str:
    """Return articles under the day of their publication, as `heading` writes it."""

    def day_of(article: Article) -> dt.date | None:
        return article.date

    parts = []
    for day, group in groupby(articles, key=day_of):
        parts += [f"## {heading(day, page, say) if day else UNDATED}", lines(group, page)]
    return blocks(parts) if parts else "لا مقالات بعد."


def listing_meta(
    title: str, description: str, kind: str, articles: Sequence[Article], summary: str = ""
) -> dict[str, Any]:
    """Return an index's front matter; its date is that of the newest of its `articles`."""
    newest = max((article.date for article in articles if article.date), default=None)
    ours = {
        "kind": kind,
        "headline": headline(title),
        "summary": summary,
        "date_iso": newest.isoformat() if newest else "",
    }
    return {
        "template": "listing.html",
        "title": title,
        "description": description,
        "mujaz": {key: value for key, value in ours.items() if value},
    }
