"""All pages of the site, each by itself: what it is made of, and when it is made again.

A *target* names what one page is made of: an article, a story, a day, one page of an index.
Whatever has pages of its own in the library says which targets there are (`targets_of`); what was
queried while a target was composed decides when it is stale (`library.staleness`).
"""

from __future__ import annotations

import datetime as dt

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
from mujaz.library import Library
from mujaz.library.groups import (
    ALL,
    SEPARATOR,
    DependencyKey,
    Target,
    kind_of,
    name_of,
    target,
)
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import Asset, Page

ALWAYS = ("home", "digest", "stories", "sections", "sources", "archive", "tags", *KINDS)
"""Units of pages that every site has."""
FEEDS = ("feed.xml", "feed.json")
SEARCH = ("search", "stems", "names", "opensearch")
Composed = Page | Asset | None


class Composer:
    """Composes the pages of one site."""

    def __init__(self, collection: Library, config: Config) -> None:
        """Take the collection and the configuration."""
        self.library = TrackedLibrary(collection)
        self._config = config
        self._say = Wording(config.digits)

    def constant_targets(self) -> list[Target]:
        """Return the targets that no fact of the collection adds or takes away."""
        targets = [target("list", name) for name in ALWAYS]
        targets += [target("front", ALL)]
        targets += [target("asset", name) for name in FEEDS]
        return targets + [target("asset", name) for name in SEARCH if self._config.search]

    def targets_of(self, changed: DependencyKey) -> list[Target]:
        """Return the targets that a fact has, beside the steady ones."""
        kind, _, name = changed.partition(SEPARATOR)
        library = self.library
        if kind == "article":
            return [Target(changed)] if library.card(name) else []
        if kind == "story":
            return [Target(changed)] if library.story(name) else []
        if kind != "group" or not library.size(name).all:
            return []
        if kind_of(name) in ("day", "week"):
            return [target(kind_of(name), name_of(name))]
        if listing_of(name, self._say) is None:
            return []
        size = self._config.page_size
        front = [] if name == ALL else [target("front", name)]
        if library.size(name).all <= size:
            return front
        return front + [
            target("page", series, str(number), name)
            for series in ("dated", "undated")
            for number in range(1, library.pages(name, series, size) + 1)
        ]

    def compose(self, target: str) -> Composed:
        """Return a target's page; None if it has none any more."""
        kind, _, name = target.partition(SEPARATOR)
        match kind:
            case "article":
                return self._article(name)
            case "story":
                return self._described(story_page(name, self.library, self._say))
            case "day":
                return self._described(day_page(_day(name), self.library, self._say))
            case "week":
                return self._described(week_page(_day(name), self.library, self._say))
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
        page, article = article_page(own, self.library, self._say), self.library.article(own)
        return page and described(page, self._config, self._say, article)

    def _front(self, grouped: str) -> Page | None:
        shown = listing_of(grouped, self._say)
        if shown is None:
            return None
        return self._described(index_front(shown, self._config.page_size, self.library, self._say))

    def _numbered(self, series: str, number: str, grouped: str) -> Page | None:
        shown = listing_of(grouped, self._say)
        if shown is None:
            return None
        size = self._config.page_size
        page = numbered_page(shown, series, int(number), size, self.library, self._say)
        return self._described(page, front=shown.title)

    def _list(self, name: str) -> Page:
        library, say, config = self.library, self._say, self._config
        match name:
            case "home":
                return home_page(config.site_name, config.site_description, library, say)
            case "digest":
                return digest_page(library, say)
            case "stories":
                return stories_page(library, say)
            case "sections":
                return sections_page(library, say)
            case "sources":
                return sources_page(library, say)
            case "archive":
                return archive_page(library, say)
            case "person" | "place" | "organisation" | "topic":
                return kind_page(name, config.search, library, say)
        return tags_page(library, say)

    def _asset(self, name: str) -> Composed:
        match name:
            case "search":
                return self._described(search_page(self._config))
            case "stems":
                return stems_asset()
            case "names":
                return names_asset(self.library)
            case "opensearch":
                return opensearch_asset(self._config)
        return feed(name, self.library, self._config)


def _day(name: str) -> dt.date:
    return dt.date.fromisoformat(name)
