"""Index pages: all headlines, each section's and each paper's, and the archive by month."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.arabic.numerals import ARTICLE, MONTH, SECTION, SOURCE
from generator.arabic.wording import Wording
from generator.compose.addresses import (
    ARCHIVE,
    HEADLINES,
    SECTIONS,
    SOURCES,
    UNDATED_ARCHIVE,
    day_path,
    month_path,
    section_path,
)
from generator.compose.charts import chart, mentions
from generator.compose.listing import UNDATED, listing, listing_meta
from generator.compose.markdown import blocks, link
from generator.model import Article, Page


def headline_pages(articles: Sequence[Article], size: int, say: Wording) -> Iterator[Page]:
    """Yield `/headlines/` and its numbered pages."""
    description = "كل العناوين، الأحدث أولاً"
    yield from listing(HEADLINES, "العناوين", description, articles, size, "headlines", say)


def section_pages(articles: Sequence[Article], size: int, say: Wording) -> Iterator[Page]:
    """Yield `/sections/` and a page, or several, for each section that has articles."""
    filed: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if article.category:
            filed[article.category].append(article)
    for label, own in sorted(filed.items()):
        path, description = section_path(label), f"أخبار قسم {label}، الأحدث أولاً"
        ours = {"kicker": "قسم"}
        yield from listing(path, label, description, own, size, "section", say, ours=ours)
    ordered = sorted(filed.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    entries = [
        f"- {link(label, section_path(label), SECTIONS)} {say.counted(len(own), ARTICLE)}"
        for label, own in ordered
    ]
    meta = listing_meta(
        "الأقسام", "الأخبار قسماً قسماً", "tags", articles, say.counted(len(filed), SECTION)
    )
    yield Page(SECTIONS, meta, blocks(["\n".join(entries) or "لا أقسام بعد."]))


def source_pages(
    articles: Sequence[Article], paths: Mapping[str, str], size: int, say: Wording
) -> Iterator[Page]:
    """Yield `/sources/` and a page, or several, for each paper. `paths` are pages by name.

    An article stands under every paper that printed it.
    """
    printed: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        for name in dict.fromkeys(filter(None, (article.source, *article.also_in))):
            printed[name].append(article)
    for name, own in sorted(printed.items()):
        description = f"ما نُشر هنا نقلاً عن: {name}"
        ours = chart(mentions(own), say) | {"kicker": "مصدر"}
        yield from listing(paths[name], name, description, own, size, "source", say, ours=ours)
    ordered = sorted(printed.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    entries = [
        f"- {link(name, paths[name], SOURCES)} {say.counted(len(own), ARTICLE)}"
        for name, own in ordered
    ]
    meta = listing_meta(
        "المصادر",
        "الصحف والوكالات التي نُقلت عنها الأخبار",
        "tags",
        articles,
        say.counted(len(printed), SOURCE),
    )
    yield Page(SOURCES, meta, blocks(["\n".join(entries) or "لا مصادر بعد."]))


def _linked_day(day: dt.date, page: str, say: Wording) -> str:
    return link(say.date(day), day_path(day), page)


def archive_pages(articles: Sequence[Article], size: int, say: Wording) -> Iterator[Page]:
    """Yield `/archive/` and a page, or several, for each month; undated articles come last."""
    months: dict[dt.date, list[Article]] = defaultdict(list)
    for article in articles:
        if article.date:
            months[article.date.replace(day=1)].append(article)
    for month, own in months.items():
        path, name = month_path(month), say.month(month)
        yield from listing(
            path,
            name,
            f"كل ما نُشر في {name}",
            own,
            size,
            "archive",
            say,
            heading=_linked_day,
        )
    years: dict[int, list[str]] = defaultdict(list)
    for month, own in sorted(months.items(), reverse=True):
        entry = f"- {link(say.month(month), month_path(month), ARCHIVE)}"
        years[month.year].append(f"{entry} {say.counted(len(own), ARTICLE)}")
    parts = [
        part
        for year, entries in years.items()
        for part in (f"## {say.number(year)}", "\n".join(entries))
    ]
    undated = [article for article in articles if not article.date]
    if undated:
        path = UNDATED_ARCHIVE
        description = "أخبار لم تذكر مصادرها يوم نشرها"
        yield from listing(path, UNDATED, description, undated, size, "archive", say)
        way = f"- {link(UNDATED, path, ARCHIVE)} {say.counted(len(undated), ARTICLE)}"
        parts += [f"## {UNDATED}", way]
    meta = listing_meta(
        "الأرشيف", "الأخبار شهراً شهراً", "tags", articles, say.counted(len(months), MONTH)
    )
    yield Page(ARCHIVE, meta, blocks(parts or ["لا أخبار بعد."]))
