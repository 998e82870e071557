"""What the news is about: a page for each person, place, organisation and topic, and lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.arabic.numerals import (
    ARTICLE,
    ORGANISATION,
    PERSON,
    PLACE,
    TAG,
    TOPIC,
    Noun,
)
from generator.arabic.wording import Wording
from generator.compose.addresses import KINDS, TAGS
from generator.compose.charts import chart, chart_list, mentions
from generator.compose.listing import listing, listing_meta
from generator.compose.markdown import blocks, escape, link
from generator.model import Article, Page, Tag, TagKind

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
_TOGETHER = 12
"""Tags that are named beside a tag, those it appears with most often."""


def tag_pages(
    tagged: Mapping[Tag, Sequence[Article]], paths: Mapping[str, str], size: int, say: Wording
) -> Iterator[Page]:
    """Yield the lists of tags, and a page, or several, for each. `paths` are pages by tag name."""
    by_kind: dict[TagKind, list[tuple[str, int]]] = defaultdict(list)
    for tag, articles in tagged.items():
        by_kind[tag.kind].append((tag.name, len(articles)))
        yield from _tag_page(tag, articles, paths, size, say)
    everything = [article for articles in tagged.values() for article in articles]
    parts = []
    for kind, (noun, description) in NAMES.items():
        names = sorted(by_kind[kind], key=lambda entry: (-entry[1], entry[0]))
        own = [article for tag, each in tagged.items() if tag.kind == kind for article in each]
        meta = listing_meta(
            f"ال{noun.few}", description, "tags", own, say.counted(len(names), noun)
        )
        entries = _entries(names, paths, KINDS[kind], say)
        yield Page(KINDS[kind], meta, blocks([entries or "لا شيء بعد."]))
        if names:
            parts += [f"## {link(noun.few, KINDS[kind], TAGS)}", _entries(names, paths, TAGS, say)]
    description = "الأماكن والأشخاص والموضوعات التي تتناولها الأخبار"
    meta = listing_meta("الوسوم", description, "tags", everything, say.counted(len(tagged), TAG))
    yield Page(TAGS, meta, blocks(parts or ["لا وسوم بعد."]))


def _tag_page(
    tag: Tag, articles: Sequence[Article], paths: Mapping[str, str], size: int, say: Wording
) -> Iterator[Page]:
    path = paths[tag.name]
    counts = mentions(articles)
    beside = Counter(
        other.name for article in articles for other in article.tags if other.name != tag.name
    )
    together = sorted(beside.items(), key=lambda entry: (-entry[1], entry[0]))[:_TOGETHER]
    below = []
    if together:
        below += ["## يذكر مع", _entries(together, paths, path, say)]
    yield from listing(
        path,
        tag.name,
        f"ما نُشر هنا عن: {tag.name}",
        articles,
        size,
        "tag",
        say,
        above=[f"يُكتب أيضاً: {escape('، '.join(tag.also))}"] if tag.also else [],
        below=[*below, *chart_list(counts, say)],
        ours=chart(counts, say) | {"kicker": NAMES[tag.kind][0].other},
    )


def _entries(
    names: Sequence[tuple[str, int]], paths: Mapping[str, str], page: str, say: Wording
) -> str:
    """Return a list of tags, each with how many articles there are."""
    return "\n".join(
        f"- {link(name, paths[name], page)} {say.counted(count, ARTICLE)}" for name, count in names
    )
