"""Lists of what the news is about: people, places, organisations, topics, and all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.arabic.numerals import ARTICLE, ORGANISATION, PERSON, PLACE, TAG, TOPIC, Noun
from generator.arabic.wording import Wording
from generator.compose.addresses import KINDS, TAGS, tag_path
from generator.compose.listing import listing_meta
from generator.compose.markdown import blocks, link
from generator.compose.reading import Reading
from generator.groups import Entry
from generator.model import Page, TagKind

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


def kind_page(kind: TagKind, read: Reading, say: Wording) -> Page:
    """Return the list of all tags of a kind, those with most articles first."""
    noun, description = NAMES[kind]
    found = _most_first(each for each in read.names("tag") if each.kind == kind)
    newest = max((each.newest for each in found if each.newest), default=None)
    counted = say.counted(len(found), noun)
    meta = listing_meta(f"ال{noun.few}", description, "tags", newest, counted)
    listed = entries(_counted(found), KINDS[kind], say)
    return Page(KINDS[kind], meta, blocks([listed or "لا شيء بعد."]))


def tags_page(read: Reading, say: Wording) -> Page:
    """Return the list of all tags by kind."""
    found = _most_first(read.names("tag"))
    parts = []
    for kind, (noun, _) in NAMES.items():
        own = _counted(each for each in found if each.kind == kind)
        if own:
            parts += [f"## {link(noun.few, KINDS[kind], TAGS)}", entries(own, TAGS, say)]
    newest = max((each.newest for each in found if each.newest), default=None)
    description = "الأماكن والأشخاص والموضوعات التي تتناولها الأخبار"
    meta = listing_meta("الوسوم", description, "tags", newest, say.counted(len(found), TAG))
    return Page(TAGS, meta, blocks(parts or ["لا وسوم بعد."]))


def entries(names: Iterable[tuple[str, int]], page: str, say: Wording) -> str:
    """Return a list of tags, each with how many articles there are."""
    return "\n".join(
        f"- {link(name, tag_path(name), page)} {say.counted(count, ARTICLE)}"
        for name, count in names
    )


def _most_first(found: Iterable[Entry]) -> list[Entry]:
    return sorted(found, key=lambda each: (-each.size, each.name))


def _counted(found: Iterable[Entry]) -> list[tuple[str, int]]:
    return [(each.name, each.size) for each in found]
