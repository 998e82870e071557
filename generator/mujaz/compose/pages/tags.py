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
    parts = _lists(kind, tags, path, say) if tags else [say.text("tags.none_of_kind")]
    if all_tags.size > len(tags):
        words = "tags.more_by_search" if links.is_searched else "tags.more"
        search = link(say.text("search.title"), SEARCH, path)
        parts.append(say.text(words, search=search))
    return Page(path, meta, blocks(parts))


def _lists(kind: TagKind, tags: Sequence[GroupSummary], path: str, say: Wording) -> list[str]:
    """Return few tags by weight, places under their countries, others under their letters."""
    if len(tags) < _MIN_GROUPED:
        return [_names(tags, path, say, "names large")]
    if kind == "place":
        return [_by_country(tags, path, say)]
    first, others = tags[:_MAX_PROMINENT], tags[_MAX_PROMINENT:]
    return [_names(first, path, say, "names large"), _by_letter(others, path, say)]


def _by_letter(tags: Iterable[GroupSummary], page: str, say: Wording) -> str:
    letters: dict[str, list[GroupSummary]] = defaultdict(list)
    for tag in tags:
        letters[_in_dictionary(tag.name)[:1]].append(tag)
    rows = (
        _row(
            html.text(letter),
            sorted(letters[letter], key=lambda t: _in_dictionary(t.name)),
            page,
            say,
        )
        for letter in sorted(letters)
    )
    return html.element("dl", *rows, class_="letters")


def _in_dictionary(name: str) -> str:
    return fold(name).removeprefix(_ARTICLE) or name


def _by_country(tags: Sequence[GroupSummary], page: str, say: Wording) -> str:
    """Return places under their countries, those with most articles first, and others last."""
    places: dict[str, list[GroupSummary]] = defaultdict(list)
    itself = {tag.name: tag for tag in tags if country_of(tag.name) == tag.name}
    for tag in tags:
        if tag.name not in itself:
            places[country_of(tag.name) or ""].append(tag)
    elsewhere = places.pop("", [])
    alone = [tag for name, tag in itself.items() if name not in places]
    weights = {
        name: sum(tag.size for tag in [*within, *filter(None, [itself.get(name)])])
        for name, within in places.items()
    }
    rows = []
    for name in sorted(places, key=lambda name: (-weights[name], name)):
        shown = itself.get(name)
        label = _name(shown, page, say) if shown else html.text(name)
        rows.append(_row(label, places[name], page, say))
    for words, rest in (("tags.other_countries", alone), ("tags.elsewhere", elsewhere)):
        if rest:
            rows.append(_row(html.text(say.text(words)), rest, page, say))
    return html.element("dl", *rows, class_="countries")


def _row(label: str, tags: Iterable[GroupSummary], page: str, say: Wording) -> str:
    names = html.element("dd", _names(tags, page, say))
    return html.element("div", html.element("dt", label), names)


def _name(tag: GroupSummary, page: str, say: Wording) -> str:
    count = html.element("small", say.number(tag.size))
    return f"{html.anchor(html.text(tag.name), tag_path(tag.name), page)} {count}"


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
        tags = library.most_tagged([kind], most + 1, links.at_least)
        shown, more = tags[:most], tags[most:]
        if shown:
            parts += [f"## {link(kind_title(kind, say), KINDS[kind], page)}"]
            parts += [_names(shown, page, say)]
        if more:
            parts += [link(say.text(f"tags.{kind}.all"), KINDS[kind], page)]
    return parts


def related_names(tags: Iterable[GroupSummary], page: str, say: Wording) -> str:
    """Return tags that have pages as a row of names."""
    return _names(tags, page, say)


def _names(tags: Iterable[GroupSummary], page: str, say: Wording, kind: str = "names") -> str:
    return named_list(((tag.name, tag_path(tag.name), tag.size) for tag in tags), page, say, kind)


def kind_name(kind: TagKind) -> str:
    """Return what one of a kind is called: شخص."""
    return _NOUNS[kind].other
