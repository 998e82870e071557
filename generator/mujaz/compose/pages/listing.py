"""Lists of articles by day, over as many pages as they need: what every index is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from mujaz.arabic.numerals import ARTICLE
from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import blocks, escape, isolated_headline, link, relative
from mujaz.compose.order import each_report_once, interleaved
from mujaz.compose.pages.cards import line_items
from mujaz.compose.permalinks import numbered
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Card, Page

UNDATED_HEADING = "أخبار بلا تاريخ"
_PREFIXES: Mapping[str, str] = {"dated": "", "undated": "undated-"}
"""What numbers of pages begin with in each series."""
_POOL = 2
"""How many times as many articles as are shown are looked at for which to show."""
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

    group: str
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
    listing: Listing,
    page_size: int,
    library: TrackedLibrary,
    say: Wording,
    *,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    extra: Mapping[str, Any] | None = None,
) -> Page:
    """Return an index's front page.

    `above` and `below` are what stands around its list, `extra` is more front matter.
    """
    path, size = listing.path, library.size(listing.group).all
    cards = newest_rows(listing.group, page_size, library)
    parts = [*above, _by_day(cards, path, listing.heading, say)]
    if len(cards) < size:
        links = []
        for series, name in (("dated", "الأرشيف"), ("undated", UNDATED_HEADING)):
            last = library.page_count(listing.group, series, page_size)
            if last:
                older = numbered(path, f"{_PREFIXES[series]}{last}")
                links.append(f"[{name}]({relative(older, path)})")
        parts.append(" · ".join(links))
    newest = library.newest_day(listing.group)
    counted = say.counted(size, ARTICLE)
    meta = listing_meta(listing.title, listing.description, listing.kind, newest, counted)
    meta["mujaz"] |= dict(extra or {}) | ({"kicker": listing.kicker} if listing.kicker else {})
    return Page(path, meta, blocks([*parts, *below]))


def newest_rows(group_key: str, limit: int, library: TrackedLibrary) -> list[Card]:
    """Return the newest articles of a group as a list shows them, sources alternating.

    All of a small group; of a larger one, what agencies report once, out of more than are shown.
    """
    pool = library.newest(group_key, _POOL * limit)
    if len(pool) > limit:
        pool = each_report_once(pool, library.story_of)
    return interleaved(pool)[:limit]


def numbered_page(
    listing: Listing,
    series: str,
    number: int,
    page_size: int,
    library: TrackedLibrary,
    say: Wording,
) -> Page:
    """Return a numbered page of an index; the series is `dated` or `undated`."""
    front, prefix = listing.path, _PREFIXES[series]
    path = numbered(front, f"{prefix}{number}")
    cards = interleaved(library.cards_on_page(listing.group, series, number, page_size))
    links = []
    if number > 1:
        links.append(f"[الأقدم]({relative(numbered(front, f'{prefix}{number - 1}'), path)})")
    is_last = library.is_last_page(listing.group, series, number, page_size)
    newer = front if is_last else numbered(front, f"{prefix}{number + 1}")
    links.append(f"[الأحدث]({relative(newer, path)})")
    series_name = f"{UNDATED_HEADING}، " if prefix else ""
    title = f"{listing.title}: {series_name}صفحة {say.number(number)}"
    meta = listing_meta(title, title, listing.kind, cards[0].date if cards else None)
    listed = _by_day(cards, path, listing.heading, say)
    return Page(path, meta, blocks([listed, " · ".join(links)]))


def _by_day(cards: Sequence[Card], page: str, heading: Heading, say: Wording) -> str:
    """Return articles under the day of their publication, as `heading` writes it."""

    def day_of(card: Card) -> dt.date | None:
        return card.date

    parts = []
    for day, of_day in groupby(cards, key=day_of):
        parts.append(f"## {heading(day, page, say) if day else UNDATED_HEADING}")
        parts.append(line_items(of_day, page, say))
    return blocks(parts) if parts else "لا مقالات بعد."


def counted_link(text: str, target: str, page: str, articles: int, say: Wording) -> str:
    """Return a list item of `page` that leads to a list, with how many articles that has."""
    return f"- {link(text, target, page)} {say.counted(articles, ARTICLE)}"


def listing_meta(
    title: str, description: str, kind: str, newest: dt.date | None, summary: str = ""
) -> dict[str, Any]:
    """Return an index's front matter; its date is that of its newest article."""
    ours = {
        "kind": kind,
        "headline": isolated_headline(title),
        "summary": summary,
        "date_iso": newest.isoformat() if newest else "",
    }
    return {
        "template": "listing.html",
        "title": title,
        "description": description,
        "mujaz": {key: value for key, value in ours.items() if value},
    }
