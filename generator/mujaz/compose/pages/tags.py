"""Lists of what the news is about: people, places, organisations, topics, and all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mujaz.arabic.numerals import (
    ARTICLE,
    ORGANISATION,
    PERSON,
    PLACE,
    TAG,
    TOPIC,
    Noun,
)
from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import blocks, link
from mujaz.compose.pages.listing import listing_meta
from mujaz.compose.permalinks import KINDS, SEARCH, TAGS, tag_path
from mujaz.library.groups import Entry
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import Page, TagKind

NAMES: Mapping[TagKind, tuple[Noun, str]] = {
    "person": (PERSON, "من يُذكر في الأخبار"),
    "place": (PLACE, "البلدان والمدن التي تجري فيها الأخبار"),
    "organisation": (
        ORGANISATION,
        "الوزارات والمؤسسات والأحزاب والأندية التي تُذكر في الأخبار",
    ),
    "topic": (TOPIC, "ما تدور عليه الأخبار"),
}
"""Of each kind, its name, and what its list holds."""
_LISTED, _LISTED_TOGETHER = 500, 200
"""Tags of a kind that its own list has, and that the list of all kinds has: those with most
articles. Lists that grew with the archive would be long to load and to look through; the others are
found by way of their articles and by search."""


def kind_page(kind: TagKind, is_searched: bool, library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of the tags of a kind, those with most articles first."""
    noun, description = NAMES[kind]
    whole = library.count_tags(kind)
    found = library.most_tagged([kind], _LISTED)
    meta = listing_meta(
        f"ال{noun.few}", description, "tags", whole.newest, say.counted(whole.size, noun)
    )
    parts = [entries(_counted(found), KINDS[kind], say) or "لا شيء بعد."]
    if whole.size > len(found):
        parts.append(f"هذه أكثرها ذكراً، و{_way_to_others(KINDS[kind], is_searched)}.")
    return Page(KINDS[kind], meta, blocks(parts))


def tags_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of the tags with most articles, by kind."""
    parts = []
    for kind, (noun, _) in NAMES.items():
        own = _counted(library.most_tagged([kind], _LISTED_TOGETHER))
        if own:
            parts += [f"## {link(noun.few, KINDS[kind], TAGS)}", entries(own, TAGS, say)]
        if library.count_tags(kind).size > len(own):
            parts.append(link(f"مزيد من ال{noun.few}", KINDS[kind], TAGS))
    counts = [library.count_tags(kind) for kind in NAMES]
    newest = max((each.newest for each in counts if each.newest), default=None)
    description = "الأماكن والأشخاص والموضوعات التي تتناولها الأخبار"
    counted = say.counted(sum(each.size for each in counts), TAG)
    meta = listing_meta("الوسوم", description, "tags", newest, counted)
    return Page(TAGS, meta, blocks(parts or ["لا وسوم بعد."]))


def entries(names: Iterable[tuple[str, int]], page: str, say: Wording) -> str:
    """Return a list of tags, each with how many articles there are."""
    return "\n".join(
        f"- {link(name, tag_path(name), page)} {say.counted(count, ARTICLE)}"
        for name, count in names
    )


def _way_to_others(page: str, is_searched: bool) -> str:
    search = link("البحث", SEARCH, page) if is_searched else ""
    return f"تجد غيرها في مقالاتها وفي {search}" if search else "تجد غيرها في مقالاتها"


def _counted(found: Iterable[Entry]) -> list[tuple[str, int]]:
    return [(each.name, each.size) for each in found]
