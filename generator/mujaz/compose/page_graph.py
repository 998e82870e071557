"""All pages of the site, each by itself: which there are, and how each is composed.

A *target* names what one page is made of: an article, a story, a day, one page of an index.
Whatever has pages of its own in the library says which targets there are (`targets_of`); what was
queried while a target was composed decides when it is stale (`library.staleness`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from mujaz.arabic.wording import Wording
from mujaz.compose.browse.archive import archive_page
from mujaz.compose.browse.browse_page import browse_page
from mujaz.compose.browse.sections import sections_page
from mujaz.compose.browse.sources import sources_page
from mujaz.compose.feeds import feed
from mujaz.compose.pages.article import article_page
from mujaz.compose.pages.digest import day_page, digest_page, week_page
from mujaz.compose.pages.home import home_page
from mujaz.compose.pages.indexes import index_front, listing_of
from mujaz.compose.pages.listing import numbered_page
from mujaz.compose.pages.search import names_asset, opensearch_asset, search_page, stems_asset
from mujaz.compose.pages.story import stories_page, story_page
from mujaz.compose.pages.tags import TagLinks, kind_page, tags_page
from mujaz.compose.permalinks import KINDS
from mujaz.compose.schema_org import with_structured_data
from mujaz.compose.selection import EditionRules, edition_rules
from mujaz.config import Config
from mujaz.library import Library, TrackedLibrary
from mujaz.library.groups import (
    ALL,
    SEPARATOR,
    DependencyKey,
    Target,
    kind_of,
    name_of,
    target,
)
from mujaz.site_model import Asset, Page

Composed = Page | Asset | None


class Composer:
    """Composes the pages of one site."""

    def __init__(self, library: Library, config: Config) -> None:
        """Compose what is in `library`, as `config` wants it."""
        sections = tuple(each.name for each in config.editorial.sections)
        self.library = TrackedLibrary(library, sections)
        self._config = config
        self._tag_links = TagLinks(self.library, config)

    @property
    def _say(self) -> Wording:
        """What pages are worded by; whoever uses it depends on whose months the articles name."""
        return Wording(self._config.digits, self._config.months or self.library.month_names())

    @property
    def _rules(self) -> EditionRules:
        """What editors say of editions; whoever uses it depends on what they have lead."""
        return edition_rules(self._config, self.library)

    def _constant_pages(self) -> dict[str, Callable[[], Composed]]:
        """Return what makes each page and file that every site has, by name."""
        config, library, say = self._config, self.library, self._say
        tag_links = self._tag_links
        title, description = config.site_name, config.site_description
        constant: dict[str, Callable[[], Composed]] = {
            "home": lambda: home_page(title, description, library, say, self._rules),
            "digest": lambda: digest_page(library, say, self._rules),
            "stories": partial(stories_page, library, say),
            "sections": partial(sections_page, library, say),
            "sources": partial(sources_page, library, say),
            "archive": partial(archive_page, library, say),
            "browse": partial(browse_page, tag_links, library, say),
            "tags": partial(tags_page, tag_links, library, say),
        }
        for kind in KINDS:
            constant[kind] = partial(kind_page, kind, tag_links, library, say)
        for name in ("feed.xml", "feed.json"):
            constant[name] = partial(feed, name, library, config)
        if config.search:
            constant["search"] = partial(search_page, config, library, say)
            constant["stems"] = stems_asset
            constant["names"] = partial(names_asset, tag_links, library)
            constant["opensearch"] = partial(opensearch_asset, config, say)
        return constant

    def constant_targets(self) -> list[Target]:
        """Return the targets that every site has, whatever is in the library."""
        constant = (target("constant", name) for name in self._constant_pages())
        return [target("front", ALL), *constant]

    def targets_of(self, key: DependencyKey) -> list[Target]:
        """Return the targets that are there because of what the key names."""
        kind, name = kind_of(key), name_of(key)
        library = self.library
        if kind == "article":
            return [Target(key)] if library.card(name) else []
        if kind == "story":
            return [Target(key)] if library.story(name) else []
        if kind != "group" or not library.size(name).all:
            return []
        editions = []
        if kind_of(name) in ("day", "week"):
            editions = [target(kind_of(name), name_of(name))]
        return editions + self._index_targets(name)

    def _index_targets(self, name: str) -> list[Target]:
        """Return the targets of the index of a group, if it has one."""
        library = self.library
        if listing_of(name, self._say) is None:
            return []
        if kind_of(name) == "tag" and library.size(name).all < self._config.tag_page_articles:
            return []
        page_size = self._config.page_size
        front = [] if name == ALL else [target("front", name)]
        if library.size(name).all <= page_size:
            return front
        return front + [
            target("page", series, str(number), name)
            for series in ("dated", "undated")
            for number in range(1, library.page_count(name, series, page_size) + 1)
        ]

    def compose(self, target: Target) -> Composed:
        """Return a target's page; None if it has none."""
        kind, name, say = kind_of(target), name_of(target), self._say
        article, page_size = None, self._config.page_size
        composed: Composed
        index_title = ""
        match kind:
            case "article":
                article = self.library.article(name)
                composed = (
                    article_page(article, self._tag_links, self.library, say) if article else None
                )
            case "story":
                composed = story_page(name, self._tag_links, self.library, say)
            case "day":
                composed = day_page(dt.date.fromisoformat(name), self.library, say, self._rules)
            case "week":
                composed = week_page(dt.date.fromisoformat(name), self.library, say, self._rules)
            case "front":
                listing = listing_of(name, say)
                if listing is None:
                    return None
                composed = index_front(listing, page_size, self._tag_links, self.library, say)
            case "page":
                series, number, group_key = name.split(SEPARATOR, 2)
                listing = listing_of(group_key, say)
                if listing is None:
                    return None
                index_title, place = listing.title, (series, int(number), page_size)
                composed = numbered_page(listing, *place, self.library, say)
            case _:
                composed = self._constant_pages()[name]()
        if not isinstance(composed, Page):
            return composed
        return with_structured_data(composed, self._config, say, article, index_title)
