"""Lists of articles by day, over as many pages as they need: what every index is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from mujaz.arabic.numerals import ARTICLE
from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import blocks, escape, headline, relative
from mujaz.compose.pages.cards import lines
from mujaz.compose.permalinks import numbered
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import Card, Page

UNDATED = "أخبار بلا تاريخ"
_PREFIXES: Mapping[str, str] = {"dated": "", "undated": "undated-"}
"""What numbers of pages begin with in each series."""
Heading = Callable[[dt.date, str, Wording], str]
"""Writes a day over its articles, as Markdown, on the page named."""


def _plain_day(day: dt.date, page: str, say: Wording) -> str:
    return escape(say.date(day))


@dataclass(frozen=True, slots=True)
class Listing:
    """An index: a front page with the newest articles of a group, and numbered pages.

    Numbered pages are filled oldest first, so that a new article changes only the last of them.
    Undated articles have a series of their own: where they belong among the others, nobody knows.
    """

    grouped: str
    """The group whose articles it lists."""
    path: str
    """Of its front page."""
    title: str
    description: str
    kind: str
    """As templates know it."""
    kicker: str = ""
    """What stands above its title."""
    heading: Heading = _plain_day
    """Writes the day over its articles."""


def front_page(
    shown: Listing,
    size: int,
    library: TrackedLibrary,
    say: Wording,
    *,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    ours: Mapping[str, Any] | None = None,
) -> Page:
    """Return an index's front page.

    `above` and `below` are what stands around its list, `ours` is more front matter.
    """
    path, front = shown.path, library.newest(shown.grouped, size)
    whole = library.size(shown.grouped).all
    parts = [*above, by_day(front, path, shown.heading, say)]
    if len(front) < whole:
        ways = []
        for series, name in (("dated", "الأرشيف"), ("undated", UNDATED)):
            last = library.pages(shown.grouped, series, size)
            if last:
                older = numbered(path, f"{_PREFIXES[series]}{last}")
                ways.append(f"[{name}]({relative(older, path)})")
        parts.append(" · ".join(ways))
    newest = library.newest_day(shown.grouped)
    counted = say.counted(whole, ARTICLE)
    meta = listing_meta(shown.title, shown.description, shown.kind, newest, counted)
    meta["mujaz"] |= dict(ours or {}) | ({"kicker": shown.kicker} if shown.kicker else {})
    return Page(path, meta, blocks([*parts, *below]))


def numbered_page(
    shown: Listing, series: str, number: int, size: int, library: TrackedLibrary, say: Wording
) -> Page:
    """Return a numbered page of an index; the series is `dated` or `undated`."""
    path, title, prefix = shown.path, shown.title, _PREFIXES[series]
    here = numbered(path, f"{prefix}{number}")
    chunk = library.chunk(shown.grouped, series, number, size)
    ways = []
    if number > 1:
        ways.append(f"[الأقدم]({relative(numbered(path, f'{prefix}{number - 1}'), here)})")
    if not library.is_last(shown.grouped, series, number, size):
        ways.append(f"[الأحدث]({relative(numbered(path, f'{prefix}{number + 1}'), here)})")
    else:
        ways.append(f"[الأحدث]({relative(path, here)})")
    named = f"{title}: {UNDATED}، " if prefix else f"{title}: "
    what = f"{named}صفحة {say.number(number)}"
    meta = listing_meta(what, what, shown.kind, chunk[0].date if chunk else None)
    listed = by_day(chunk, here, shown.heading, say)
    return Page(here, meta, blocks([listed, " · ".join(ways)]))


def by_day(
    articles: Sequence[Card],
    page: str,
    heading: Heading,
    say: Wording,
) -> str:
    """Return articles under the day of their publication, as `heading` writes it."""

    def day_of(article: Card) -> dt.date | None:
        return article.date

    parts = []
    for day, group in groupby(articles, key=day_of):
        parts += [f"## {heading(day, page, say) if day else UNDATED}", lines(group, page)]
    return blocks(parts) if parts else "لا مقالات بعد."


def listing_meta(
    title: str, description: str, kind: str, newest: dt.date | None, summary: str = ""
) -> dict[str, Any]:
    """Return an index's front matter; its date is that of its newest article."""
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
