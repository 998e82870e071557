"""Lists of what the news is about: people, places, organisations, topics, and all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mujaz.arabic.numerals import ARTICLE, ORGANISATION, PERSON, PLACE, TAG, TOPIC, Noun
from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import blocks, escape, link
from mujaz.compose.pages.listing import counted_link, listing_meta
from mujaz.compose.permalinks import KINDS, SEARCH, TAGS, search_path, tag_path
from mujaz.config import Config
from mujaz.library.groups import GroupSummary, group
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import TagKind
from mujaz.site_model import Page

KIND_NAMES: Mapping[TagKind, tuple[Noun, str]] = {
    "person": (PERSON, "من يُذكر في الأخبار"),
    "place": (PLACE, "البلدان والمدن التي تجري فيها الأخبار"),
    "organisation": (
        ORGANISATION,
        "الوزارات والمؤسسات والأحزاب والأندية التي تُذكر في الأخبار",
    ),
    "topic": (TOPIC, "ما تدور عليه الأخبار"),
}
"""Of each kind, its name, and what its list holds."""
_MAX_OF_KIND, _MAX_TOGETHER = 500, 200
"""Tags of a kind that its own list has, and that the list of all kinds has: those with most
articles. Lists that grew with the archive would be long to load and to look through; the others are
reached by way of their articles and by search."""


class TagLinks:
    """Leads to tags: to the page of a tag that has one, else to a search for it."""

    def __init__(self, library: TrackedLibrary, config: Config) -> None:
        """Ask `library`; `config` says from how many articles a tag has a page."""
        self._library = library
        self.at_least = config.tag_page_articles
        self.is_searched = config.search

    def path(self, name: str) -> str | None:
        """Return the path that a tag leads to, or None if it leads nowhere."""
        if self._library.has_articles(group("tag", name), self.at_least):
            return tag_path(name)
        return search_path(name) if self.is_searched else None

    def link(self, name: str, page: str) -> str:
        """Return the way from `page` to a tag, as Markdown; its name alone if there is none."""
        path = self.path(name)
        return link(name, path, page) if path else escape(name)

    def counted(self, tags: Iterable[GroupSummary], page: str, say: Wording) -> str:
        """Return a list of tags for `page`, each with how many articles there are."""
        return "\n".join(
            f"- {self.link(tag.name, page)} {say.counted(tag.size, ARTICLE)}" for tag in tags
        )


def kind_page(kind: TagKind, links: TagLinks, library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of the tags of a kind that have pages, those with most articles first."""
    noun, description = KIND_NAMES[kind]
    path, all_tags = KINDS[kind], library.count_tags(kind, links.at_least)
    tags = library.most_tagged([kind], _MAX_OF_KIND, links.at_least)
    counted = say.counted(all_tags.size, noun)
    meta = listing_meta(f"ال{noun.few}", description, "tags", all_tags.newest, counted)
    parts = [_items(tags, path, say) or "لا شيء بعد."]
    if all_tags.size > len(tags):
        search = f" وفي {link('البحث', SEARCH, path)}" if links.is_searched else ""
        parts.append(f"هذه أكثرها ذكراً، وتجد غيرها في مقالاتها{search}.")
    return Page(path, meta, blocks(parts))


def tags_page(links: TagLinks, library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of the tags with most articles that have pages, by kind."""
    parts = []
    counts = {kind: library.count_tags(kind, links.at_least) for kind in KIND_NAMES}
    for kind, (noun, _) in KIND_NAMES.items():
        tags = library.most_tagged([kind], _MAX_TOGETHER, links.at_least)
        if tags:
            parts += [f"## {link(noun.few, KINDS[kind], TAGS)}", _items(tags, TAGS, say)]
        if counts[kind].size > len(tags):
            parts.append(link(f"مزيد من ال{noun.few}", KINDS[kind], TAGS))
    newest = max((each.newest for each in counts.values() if each.newest), default=None)
    description = "الأماكن والأشخاص والموضوعات التي تتناولها الأخبار"
    counted = say.counted(sum(each.size for each in counts.values()), TAG)
    meta = listing_meta("الوسوم", description, "tags", newest, counted)
    return Page(TAGS, meta, blocks(parts or ["لا وسوم بعد."]))


def _items(tags: Iterable[GroupSummary], page: str, say: Wording) -> str:
    """Return a list of tags that have pages, each with how many articles there are."""
    return "\n".join(
        counted_link(tag.name, tag_path(tag.name), page, tag.size, say) for tag in tags
    )
