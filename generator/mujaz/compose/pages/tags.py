"""Lists of what the news is about: people, places, organisations, topics, and all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mujaz.arabic.numerals import ORGANISATION, PERSON, PLACE, TAG, TOPIC, Noun
from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import blocks, link
from mujaz.compose.pages.listing import counted_link, listing_meta
from mujaz.compose.permalinks import KINDS, SEARCH, TAGS, tag_path
from mujaz.library.groups import GroupSummary
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


def kind_page(kind: TagKind, is_searched: bool, library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of the tags of a kind, those with most articles first."""
    noun, description = KIND_NAMES[kind]
    path, all_tags = KINDS[kind], library.count_tags(kind)
    tags = library.most_tagged([kind], _MAX_OF_KIND)
    counted = say.counted(all_tags.size, noun)
    meta = listing_meta(f"ال{noun.few}", description, "tags", all_tags.newest, counted)
    parts = [tag_items(tags, path, say) or "لا شيء بعد."]
    if all_tags.size > len(tags):
        search = f" وفي {link('البحث', SEARCH, path)}" if is_searched else ""
        parts.append(f"هذه أكثرها ذكراً، وتجد غيرها في مقالاتها{search}.")
    return Page(path, meta, blocks(parts))


def tags_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of the tags with most articles, by kind."""
    parts = []
    for kind, (noun, _) in KIND_NAMES.items():
        tags = library.most_tagged([kind], _MAX_TOGETHER)
        if tags:
            parts += [f"## {link(noun.few, KINDS[kind], TAGS)}", tag_items(tags, TAGS, say)]
        if library.count_tags(kind).size > len(tags):
            parts.append(link(f"مزيد من ال{noun.few}", KINDS[kind], TAGS))
    counts = [library.count_tags(kind) for kind in KIND_NAMES]
    newest = max((each.newest for each in counts if each.newest), default=None)
    description = "الأماكن والأشخاص والموضوعات التي تتناولها الأخبار"
    counted = say.counted(sum(each.size for each in counts), TAG)
    meta = listing_meta("الوسوم", description, "tags", newest, counted)
    return Page(TAGS, meta, blocks(parts or ["لا وسوم بعد."]))


def tag_items(tags: Iterable[GroupSummary], page: str, say: Wording) -> str:
    """Return a list of tags, each with how many articles there are."""
    return "\n".join(
        counted_link(tag.name, tag_path(tag.name), page, tag.size, say) for tag in tags
    )
