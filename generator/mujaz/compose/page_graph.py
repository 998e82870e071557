"""All pages of the site, each by itself: what it is made of, and when it is made again.

A *unit* is what one page is made from: an article, a story, a day, one page of an index. Each fact
of the collection that has pages of its own says which units there are (`units_of`); what a unit
asked while it was composed says when it is composed again.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from mujaz.arabic.wording import Wording
from mujaz.compose.feeds import feed
from mujaz.compose.pages.article import article_page
from mujaz.compose.pages.digest import day_page, digest_page, week_page
from mujaz.compose.pages.home import home_page
from mujaz.compose.pages.indexes import (
    archive_page,
    index_front,
    listing_of,
    sections_page,
    sources_page,
)
from mujaz.compose.pages.listing import numbered_page
from mujaz.compose.pages.search import names_asset, opensearch_asset, search_page, stems_asset
from mujaz.compose.pages.story import stories_page, story_page
from mujaz.compose.pages.tags import kind_page, tags_page
from mujaz.compose.permalinks import KINDS
from mujaz.compose.schema_org import described
from mujaz.config import Config
from mujaz.library.groups import ALL, SEPARATOR, fact, kind_of, name_of
from mujaz.library.library import Collection
from mujaz.library.tracking import Reading
from mujaz.model import Asset, Corpus, Page

ALWAYS = ("home", "digest", "stories", "sections", "sources", "archive", "tags", *KINDS)
"""Units of pages that every site has."""
FEEDS = ("feed.xml", "feed.json")
SEARCH = ("search", "stems", "names", "opensearch")
Composed = Page | Asset | None


class Composer:
    """Composes the pages of one site."""

    def __init__(self, collection: Collection, config: Config) -> None:
        """Take the collection and the configuration."""
        self.read = Reading(collection)
        self._config = config
        self._say = Wording(config.digits)

    def steady_units(self) -> list[str]:
        """Return the units that no fact of the collection adds or takes away."""
        units = [fact("list", name) for name in ALWAYS]
        units += [fact("front", ALL)]
        units += [fact("asset", name) for name in FEEDS]
        return units + [fact("asset", name) for name in SEARCH if self._config.search]

    def units_of(self, changed: str) -> list[str]:
        """Return the units that a fact has, beside the steady ones."""
        kind, _, name = changed.partition(SEPARATOR)
        read = self.read
        if kind == "article":
            return [changed] if read.card(name) else []
        if kind == "story":
            return [changed] if read.story(name) else []
        if kind != "group" or not read.size(name).all:
            return []
        if kind_of(name) in ("day", "week"):
            return [fact(kind_of(name), name_of(name))]
        if listing_of(name, self._say) is None:
            return []
        size = self._config.page_size
        front = [] if name == ALL else [fact("front", name)]
        if read.size(name).all <= size:
            return front
        return front + [
            fact("page", series, str(number), name)
            for series in ("dated", "undated")
            for number in range(1, read.pages(name, series, size) + 1)
        ]

    def compose(self, unit: str) -> Composed:
        """Return a unit's page; None if it has none any more."""
        kind, _, name = unit.partition(SEPARATOR)
        match kind:
            case "article":
                return self._article(name)
            case "story":
                return self._described(story_page(name, self.read, self._say))
            case "day":
                return self._described(day_page(_day(name), self.read, self._say))
            case "week":
                return self._described(week_page(_day(name), self.read, self._say))
            case "front":
                return self._front(name)
            case "page":
                return self._numbered(*name.split(SEPARATOR, 2))
            case "list":
                return self._described(self._list(name))
        return self._asset(name)

    def _described(self, page: Page | None, front: str = "") -> Page | None:
        return page and described(page, self._config, self._say, front=front)

    def _article(self, own: str) -> Page | None:
        page, article = article_page(own, self.read, self._say), self.read.article(own)
        return page and described(page, self._config, self._say, article)

    def _front(self, grouped: str) -> Page | None:
        shown = listing_of(grouped, self._say)
        if shown is None:
            return None
        return self._described(index_front(shown, self._config.page_size, self.read, self._say))

    def _numbered(self, series: str, number: str, grouped: str) -> Page | None:
        shown = listing_of(grouped, self._say)
        if shown is None:
            return None
        size = self._config.page_size
        page = numbered_page(shown, series, int(number), size, self.read, self._say)
        return self._described(page, front=shown.title)

    def _list(self, name: str) -> Page:
        read, say, config = self.read, self._say, self._config
        match name:
            case "home":
                return home_page(config.site_name, config.site_description, read, say)
            case "digest":
                return digest_page(read, say)
            case "stories":
                return stories_page(read, say)
            case "sections":
                return sections_page(read, say)
            case "sources":
                return sources_page(read, say)
            case "archive":
                return archive_page(read, say)
            case "person" | "place" | "organisation" | "topic":
                return kind_page(name, config.search, read, say)
        return tags_page(read, say)

    def _asset(self, name: str) -> Composed:
        match name:
            case "search":
                return self._described(search_page(self._config))
            case "stems":
                return stems_asset()
            case "names":
                return names_asset(self.read)
            case "opensearch":
                return opensearch_asset(self._config)
        return feed(name, self.read, self._config)


def compose(corpus: Corpus, config: Config) -> Iterator[Page | Asset]:
    """Yield every generated page and feed of a collection that is at hand as a whole."""
    with closing(sqlite3.connect(":memory:")) as base:
        collection = Collection(base)
        facts = collection.update((), corpus.articles)
        facts |= collection.tell(
            {story.id: story for story in corpus.stories},
            {own: story.id for story in corpus.stories for own in story.articles},
            {own: tuple(others) for own, others in corpus.related.items()},
        )
        composer = Composer(collection, config)
        units = [
            *composer.steady_units(),
            *(u for f in sorted(facts) for u in composer.units_of(f)),
        ]
        yield from filter(None, map(composer.compose, units))


def _day(name: str) -> dt.date:
    return dt.date.fromisoformat(name)
