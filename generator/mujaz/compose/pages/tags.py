"""Lists of what the news is about: people, places, organisations, topics, and all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from mujaz.arabic.normalise import fold
from mujaz.arabic.numerals import ORGANISATION, PERSON, PLACE, TAG, TOPIC, Noun
from mujaz.arabic.press.places import country_of
from mujaz.arabic.wording import Wording
from mujaz.compose import html
from mujaz.compose.markdown import blocks, escape, link
from mujaz.compose.pages.listing import listing_meta, named_list
from mujaz.compose.permalinks import KINDS, SEARCH, TAGS, search_path, tag_path
from mujaz.config import Config
from mujaz.library.groups import GroupSummary, group
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import TagKind
from mujaz.site_model import Page

_NOUNS: Mapping[TagKind, Noun] = {
    "person": PERSON,
    "place": PLACE,
    "organisation": ORGANISATION,
    "topic": TOPIC,
}
_MAX_OF_KIND, _MAX_TOGETHER = 240, 24
"""Tags of a kind that its own list has, and that the list of all kinds has: those with most
articles. Lists that grew with the archive would be long to load and to look through; the others are
reached by way of their articles and by search."""
_MAX_PROMINENT = 12
"""Tags that stand before the others of their kind."""
_MIN_GROUPED = 24
"""Tags from which the others are grouped, by letter or by country: fewer are one look."""
_ARTICLE = "ال"
"""Is passed over where names are put under letters, as in dictionaries."""


class TagLinks:
    """Leads to tags: to the page of a tag that has one, else to a search for it."""

    def __init__(self, library: TrackedLibrary, config: Config) -> None:
        """Ask `library`; `config` says from how many articles a tag has a page."""
        self._library = library
        self.at_least = config.tag_page_articles
        self.is_searched = config.search

    def has_page(self, name: str) -> bool:
        """Return whether a tag has a page of its own."""
        return self._library.has_articles(group("tag", name), self.at_least)

    def path(self, name: str) -> str | None:
        """Return the path that a tag leads to, or None if it leads nowhere."""
        if self.has_page(name):
            return tag_path(name)
        return search_path(name) if self.is_searched else None

    def link(self, name: str, page: str) -> str:
        """Return the way from `page` to a tag, as Markdown; its name alone if there is none."""
        path = self.path(name)
        return link(name, path, page) if path else escape(name)

    def related(self, name: str, limit: int) -> list[GroupSummary]:
        """Return the tags with pages that articles have beside one most often."""
        return [tag for tag in self._library.co_tags(name) if self.has_page(tag.name)][:limit]


def kind_title(kind: TagKind, say: Wording) -> str:
    """Return what the list of a kind is called: الأشخاص."""
    return say.text(f"tags.{kind}.title")


def kind_page(kind: TagKind, links: TagLinks, library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of the tags of a kind that have pages, the most prominent before others."""
    path, all_tags = KINDS[kind], library.count_tags(kind, links.at_least)
    tags = library.most_tagged([kind], _MAX_OF_KIND, links.at_least)
    counted = say.counted(all_tags.size, _NOUNS[kind]) if tags else ""
    description = say.text(f"tags.{kind}.description")
    meta = listing_meta(kind_title(kind, say), description, "tags", all_tags.newest, counted)
    parts = _prominent_first(kind, tags, path, say) if tags else [say.text("tags.none_of_kind")]
    if all_tags.size > len(tags):
        words = "tags.more_by_search" if links.is_searched else "tags.more"
        search = link(say.text("search.title"), SEARCH, path)
        parts.append(say.text(words, search=search))
    return Page(path, meta, blocks(parts))


def _prominent_first(
    kind: TagKind, tags: Sequence[GroupSummary], path: str, say: Wording
) -> list[str]:
    if len(tags) < _MIN_GROUPED:
        return [_names(tags, path, say, "names large")]
    first, others = tags[:_MAX_PROMINENT], tags[_MAX_PROMINENT:]
    parts = [_names(first, path, say, "names large")]
    groups = _by_country(others, say) if kind == "place" else _by_letter(others)
    rows = (
        html.element("dt", html.text(label)) + html.element("dd", _names(grouped, path, say))
        for label, grouped in groups
    )
    return [*parts, html.element("dl", *rows, class_="grouped" if kind == "place" else "letters")]


def _by_letter(tags: Iterable[GroupSummary]) -> list[tuple[str, list[GroupSummary]]]:
    letters: dict[str, list[GroupSummary]] = defaultdict(list)
    for tag in sorted(tags, key=lambda tag: fold(tag.name).removeprefix(_ARTICLE)):
        letters[fold(tag.name).removeprefix(_ARTICLE)[:1]].append(tag)
    return sorted(letters.items())


def _by_country(tags: Iterable[GroupSummary], say: Wording) -> list[tuple[str, list[GroupSummary]]]:
    """Return places under their countries, those with most articles first, and others last."""
    countries: dict[str, list[GroupSummary]] = defaultdict(list)
    for tag in tags:
        countries[country_of(tag.name) or ""].append(tag)
    several = {name: places for name, places in countries.items() if name and len(places) > 1}
    groups = sorted(
        several.items(), key=lambda entry: (-sum(tag.size for tag in entry[1]), entry[0])
    )
    rest = [tag for tag in tags if (country_of(tag.name) or "") not in several]
    return [*groups, (say.text("tags.elsewhere"), rest)] if rest else groups


def tags_page(links: TagLinks, library: TrackedLibrary, say: Wording) -> Page:
    """Return the tags with most articles that have pages, by kind."""
    counts = {kind: library.count_tags(kind, links.at_least) for kind in _NOUNS}
    parts = tag_kinds(_MAX_TOGETHER, TAGS, links, library, say)
    newest = max((each.newest for each in counts.values() if each.newest), default=None)
    size = sum(each.size for each in counts.values())
    counted = say.counted(size, TAG) if size else ""
    title, description = say.text("tags.title"), say.text("tags.description")
    meta = listing_meta(title, description, "tags", newest, counted)
    return Page(TAGS, meta, blocks(parts or [say.text("tags.none")]))


def tag_kinds(
    most: int, page: str, links: TagLinks, library: TrackedLibrary, say: Wording
) -> list[str]:
    """Return each kind of tag under its name, with `most` tags of each at the most."""
    parts = []
    for kind in _NOUNS:
        tags = library.most_tagged([kind], most, links.at_least)
        if tags:
            parts += [f"## {link(kind_title(kind, say), KINDS[kind], page)}"]
            parts += [_names(tags, page, say)]
    return parts


def related_names(tags: Iterable[GroupSummary], page: str, say: Wording) -> str:
    """Return tags that have pages as a row of names."""
    return _names(tags, page, say)


def _names(tags: Iterable[GroupSummary], page: str, say: Wording, kind: str = "names") -> str:
    return named_list(((tag.name, tag_path(tag.name), tag.size) for tag in tags), page, say, kind)


def kind_name(kind: TagKind) -> str:
    """Return what one of a kind is called: شخص."""
    return _NOUNS[kind].other
