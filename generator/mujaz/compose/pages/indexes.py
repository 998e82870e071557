"""The indexes: all headlines, each section, paper, month and tag; and the lists of those."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable

from mujaz.arabic.numerals import ARTICLE, MONTH, SECTION, SOURCE
from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import blocks, escape, link
from mujaz.compose.pages.charts import chart, chart_list, mentions
from mujaz.compose.pages.listing import UNDATED as WITHOUT_DATE
from mujaz.compose.pages.listing import Listing, front_page, listing_meta
from mujaz.compose.pages.tags import NAMES, entries
from mujaz.compose.permalinks import (
    ARCHIVE,
    HEADLINES,
    SECTIONS,
    SOURCES,
    UNDATED_ARCHIVE,
    day_path,
    month_path,
    section_path,
    source_path,
    tag_path,
)
from mujaz.library.groups import ALL, UNDATED, Entry, kind_of, name_of
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import Page


def _linked_day(day: dt.date, page: str, say: Wording) -> str:
    return link(say.date(day), day_path(day), page)


def listing_of(grouped: str, say: Wording) -> Listing | None:
    """Return the index of a group, if groups of its kind have one."""
    name = name_of(grouped)
    if grouped == ALL:
        return Listing(ALL, HEADLINES, "العناوين", "كل العناوين، الأحدث أولاً", "headlines")
    if grouped == UNDATED:
        description = "أخبار لم تذكر مصادرها يوم نشرها"
        return Listing(UNDATED, UNDATED_ARCHIVE, WITHOUT_DATE, description, "archive")
    match kind_of(grouped):
        case "section":
            description = f"أخبار قسم {name}، الأحدث أولاً"
            return Listing(grouped, section_path(name), name, description, "section", "قسم")
        case "source":
            description = f"ما نُشر هنا نقلاً عن: {name}"
            return Listing(grouped, source_path(name), name, description, "source", "مصدر")
        case "month":
            day = dt.date.fromisoformat(name)
            month = say.month(day)
            return Listing(
                grouped,
                month_path(day),
                month,
                f"كل ما نُشر في {month}",
                "archive",
                heading=_linked_day,
            )
        case "tag":
            description = f"ما نُشر هنا عن: {name}"
            return Listing(grouped, tag_path(name), name, description, "tag")
    return None


def index_front(shown: Listing, size: int, library: TrackedLibrary, say: Wording) -> Page:
    """Return the front page of an index, with what its kind has around the list."""
    match kind_of(shown.grouped):
        case "tag":
            return _tag_front(shown, size, library, say)
        case "source":
            ours = chart(mentions(library.days(shown.grouped)), say)
            return front_page(shown, size, library, say, ours=ours)
    return front_page(shown, size, library, say)


def _tag_front(shown: Listing, size: int, library: TrackedLibrary, say: Wording) -> Page:
    known, counts = library.tag(shown.title), mentions(library.days(shown.grouped))
    together = library.co_tags(shown.title)
    below = ["## يذكر مع", entries(together, shown.path, say)] if together else []
    return front_page(
        shown,
        size,
        library,
        say,
        above=[f"يُكتب أيضاً: {escape('، '.join(known.also))}"] if known and known.also else [],
        below=[*below, *chart_list(counts, say)],
        ours=chart(counts, say) | ({"kicker": NAMES[known.kind][0].other} if known else {}),
    )


def sections_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of sections, those with most articles first."""
    found = library.names("section")
    listed = _most_first(found, section_path, SECTIONS, say) or "لا أقسام بعد."
    counted = say.counted(len(found), SECTION)
    meta = listing_meta("الأقسام", "الأخبار قسماً قسماً", "tags", library.newest_day(), counted)
    return Page(SECTIONS, meta, blocks([listed]))


def sources_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of papers, those with most articles first."""
    found = library.names("source")
    listed = _most_first(found, source_path, SOURCES, say) or "لا مصادر بعد."
    counted = say.counted(len(found), SOURCE)
    description = "الصحف والوكالات التي نُقلت عنها الأخبار"
    meta = listing_meta("المصادر", description, "tags", library.newest_day(), counted)
    return Page(SOURCES, meta, blocks([listed]))


def _most_first(
    found: Iterable[Entry], path_of: Callable[[str], str], page: str, say: Wording
) -> str:
    """Return a list of groups for `page`, each with how many articles there are."""
    return "\n".join(
        f"- {link(each.name, path_of(each.name), page)} {say.counted(each.size, ARTICLE)}"
        for each in sorted(found, key=lambda each: (-each.size, each.name))
    )


def archive_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of months, the latest first, and the way to undated articles."""
    months = library.names("month")
    years: dict[int, list[str]] = defaultdict(list)
    for each in months[::-1]:
        month = dt.date.fromisoformat(each.name)
        way = link(say.month(month), month_path(month), ARCHIVE)
        years[month.year].append(f"- {way} {say.counted(each.size, ARTICLE)}")
    parts = [
        part
        for year, listed in years.items()
        for part in (f"## {say.number(year)}", "\n".join(listed))
    ]
    undated = library.size(UNDATED).all
    if undated:
        way = f"- {link(WITHOUT_DATE, UNDATED_ARCHIVE, ARCHIVE)} {say.counted(undated, ARTICLE)}"
        parts += [f"## {WITHOUT_DATE}", way]
    counted = say.counted(len(months), MONTH)
    meta = listing_meta("الأرشيف", "الأخبار شهراً شهراً", "tags", library.newest_day(), counted)
    return Page(ARCHIVE, meta, blocks(parts or ["لا أخبار بعد."]))
