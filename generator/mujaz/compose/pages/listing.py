"""Lists of articles by day, over as many pages as they need: what every index is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from mujaz.arabic.numerals import ARTICLE
from mujaz.arabic.wording import Wording
from mujaz.compose import html
from mujaz.compose.markdown import blocks, escape, isolated_headline, link, relative
from mujaz.compose.order import each_report_once, interleaved
from mujaz.compose.pages.cards import line_items
from mujaz.compose.permalinks import numbered, story_path
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Card, Page

_PREFIXES: Mapping[str, str] = {"dated": "", "undated": "undated-"}
"""What numbers of pages begin with in each series."""
_MIN_OF_DAY = 2
"""Articles that days have on average where they stand over them."""
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
    source: bool = True
    """Whether lines name the source."""


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
    cards = newest_rows(listing.group, page_size, library)
    listed = by_day(cards, listing.path, say, heading=listing.heading, source=listing.source)
    older = older_links(listing, page_size, library, say)
    size = library.size(listing.group).all
    meta = front_meta(listing, library, say.counted(size, ARTICLE) if size else "", extra)
    return Page(listing.path, meta, blocks([*above, listed, *older, *below]))


def front_meta(
    listing: Listing,
    library: TrackedLibrary,
    summary: str,
    extra: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the front matter of an index's front page."""
    newest = library.newest_day(listing.group)
    meta = listing_meta(listing.title, listing.description, listing.kind, newest, summary)
    kicker = {"kicker": listing.kicker} if listing.kicker else {}
    meta["mujaz"] |= kicker | dict(extra or {})
    return meta


def newest_rows(group_key: str, limit: int, library: TrackedLibrary) -> list[Card]:
    """Return the newest articles of a group as a list shows them, sources alternating.

    All of a small group; of a larger one, what agencies report once, out of more than are shown.
    """
    pool = library.newest(group_key, _POOL * limit)
    if len(pool) > limit:
        pool = each_report_once(pool, library.story_of)
    return interleaved(pool)[:limit]


def older_links(
    listing: Listing,
    page_size: int,
    library: TrackedLibrary,
    say: Wording,
    *,
    older: str = "lists.older",
) -> list[str]:
    """Return the ways to the numbered pages of an index, if it has more than its front page.

    `older` are the words for those of dated articles.
    """
    if library.size(listing.group).all <= page_size:
        return []
    links = []
    for series, words in (("dated", older), ("undated", "lists.undated")):
        last = library.page_count(listing.group, series, page_size)
        if last:
            path = numbered(listing.path, f"{_PREFIXES[series]}{last}")
            links.append(link(say.text(words), path, listing.path))
    return [" ".join(links)]


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
    is_last = library.is_last_page(listing.group, series, number, page_size)
    newer = front if is_last else numbered(front, f"{prefix}{number + 1}")
    links = [f"[{say.text('lists.later')}]({relative(newer, path)})"]
    if number > 1:
        earlier = numbered(front, f"{prefix}{number - 1}")
        links.append(f"[{say.text('lists.earlier')}]({relative(earlier, path)})")
    words = "lists.undated_page" if prefix else "lists.page"
    title = say.text(words, title=listing.title, number=say.number(number))
    meta = listing_meta(title, title, listing.kind, cards[0].date if cards else None)
    listed = by_day(cards, path, say, heading=listing.heading, source=listing.source)
    return Page(path, meta, blocks([listed, " ".join(links)]))


def by_day(
    cards: Sequence[Card],
    page: str,
    say: Wording,
    *,
    heading: Heading = _plain_day,
    source: bool = True,
) -> str:
    """Return articles as lines under the day of their publication, as `heading` writes it.

    Where days have hardly more than one, they are one list, and lines say their day.
    """
    days = len({card.date for card in cards})
    if heading is _plain_day and days > max(2, len(cards) // _MIN_OF_DAY):
        lines = line_items(cards, page, say, source=source, dated=True)
        return blocks([f"## {say.text('lists.newest_first')}", lines])

    def day_of(card: Card) -> dt.date | None:
        return card.date

    parts = []
    for day, of_day in groupby(cards, key=day_of):
        parts.append(f"## {heading(day, page, say) if day else say.text('lists.undated')}")
        parts.append(line_items(of_day, page, say, source=source))
    return blocks(parts) if parts else say.text("lists.none")


def whole_story(card: Card, page: str, library: TrackedLibrary, say: Wording) -> str:
    """Return the way to the story of an article, empty if nothing else tells of it."""
    story = library.story_of(card.id)
    if story is None:
        return ""
    articles = say.counted(len(story.articles), ARTICLE)
    return link(say.text("story_block.whole", articles=articles), story_path(story), page)


def named_list(
    named: Iterable[tuple[str, str, int]], page: str, say: Wording, kind: str = "names"
) -> str:
    """Return a row of names for `page`, each with its path and how many articles there are.

    `kind` are the classes by which style sheets know it.
    """
    items = (
        html.element(
            "li",
            html.anchor(html.text(name), path, page),
            " ",
            html.element("small", say.number(articles)),
        )
        for name, path, articles in named
    )
    return html.element("ul", *items, class_=kind)


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
