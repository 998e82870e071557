"""The indexes: all headlines, each section, source, month and tag; and the lists of those."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable

from mujaz.arabic.numerals import MONTH, SECTION, SOURCE
from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import blocks, escape, link
from mujaz.compose.pages.charts import chart, chart_list, chart_steps
from mujaz.compose.pages.listing import (
    UNDATED_HEADING,
    Listing,
    counted_link,
    front_page,
    listing_meta,
)
from mujaz.compose.pages.tags import KIND_NAMES, TagLinks
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
from mujaz.library.groups import ALL, UNDATED, GroupSummary, kind_of, name_of
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Page


def _linked_day(day: dt.date, page: str, say: Wording) -> str:
    return link(say.date(day), day_path(day), page)


def listing_of(group: str, say: Wording) -> Listing | None:
    """Return the index of a group, if groups of its kind have one."""
    name = name_of(group)
    if group == ALL:
        return Listing(ALL, HEADLINES, "العناوين", "كل العناوين، الأحدث أولاً", "headlines")
    if group == UNDATED:
        description = "أخبار لم تذكر مصادرها يوم نشرها"
        return Listing(UNDATED, UNDATED_ARCHIVE, UNDATED_HEADING, description, "archive")
    match kind_of(group):
        case "section":
            description = f"أخبار قسم {name}، الأحدث أولاً"
            return Listing(group, section_path(name), name, description, "section", "قسم")
        case "source":
            description = f"ما نُشر هنا نقلاً عن: {name}"
            return Listing(group, source_path(name), name, description, "source", "مصدر")
        case "month":
            day = dt.date.fromisoformat(name)
            month = say.month(day)
            path, description = month_path(day), f"كل ما نُشر في {month}"
            return Listing(group, path, month, description, "archive", heading=_linked_day)
        case "tag":
            description = f"ما نُشر هنا عن: {name}"
            return Listing(group, tag_path(name), name, description, "tag")
    return None


def index_front(
    listing: Listing, page_size: int, links: TagLinks, library: TrackedLibrary, say: Wording
) -> Page:
    """Return the front page of an index, with what its kind has around the list."""
    match kind_of(listing.group):
        case "tag":
            return _tag_front(listing, page_size, links, library, say)
        case "source":
            extra = chart(chart_steps(library.days(listing.group)), say)
            return front_page(listing, page_size, library, say, extra=extra)
    return front_page(listing, page_size, library, say)


def _tag_front(
    listing: Listing, page_size: int, links: TagLinks, library: TrackedLibrary, say: Wording
) -> Page:
    name = listing.title
    tag, counts = library.tag_details(listing.group), chart_steps(library.days(listing.group))
    above, extra = list[str](), chart(counts, say)
    if tag:
        extra["kicker"] = KIND_NAMES[tag.kind][0].other
        above += [f"يُكتب أيضاً: {escape('، '.join(tag.also))}"] if tag.also else []
    co_tags = library.co_tags(name)
    below = ["## يذكر مع", links.counted(co_tags, listing.path, say)] if co_tags else []
    below += chart_list(counts, say)
    return front_page(listing, page_size, library, say, above=above, below=below, extra=extra)


def sections_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of sections, those with most articles first."""
    sections = library.names("section")
    listed = _largest_first(sections, section_path, SECTIONS, say) or "لا أقسام بعد."
    counted = say.counted(len(sections), SECTION)
    meta = listing_meta("الأقسام", "الأخبار قسماً قسماً", "tags", library.newest_day(), counted)
    return Page(SECTIONS, meta, blocks([listed]))


def sources_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of sources, those with most articles first."""
    sources = library.names("source")
    listed = _largest_first(sources, source_path, SOURCES, say) or "لا مصادر بعد."
    counted = say.counted(len(sources), SOURCE)
    description = "الصحف والوكالات التي نُقلت عنها الأخبار"
    meta = listing_meta("المصادر", description, "tags", library.newest_day(), counted)
    return Page(SOURCES, meta, blocks([listed]))


def _largest_first(
    groups: Iterable[GroupSummary], path_of: Callable[[str], str], page: str, say: Wording
) -> str:
    """Return a list of groups for `page`, each with how many articles there are."""
    return "\n".join(
        counted_link(each.name, path_of(each.name), page, each.size, say)
        for each in sorted(groups, key=lambda each: (-each.size, each.name))
    )


def archive_page(library: TrackedLibrary, say: Wording) -> Page:
    """Return the list of months, the latest first, and the way to undated articles."""
    months = library.names("month")
    years: dict[int, list[str]] = defaultdict(list)
    for each in months[::-1]:
        month = dt.date.fromisoformat(each.name)
        item = counted_link(say.month(month), month_path(month), ARCHIVE, each.size, say)
        years[month.year].append(item)
    parts = []
    for year, items in years.items():
        parts += [f"## {say.number(year)}", "\n".join(items)]
    undated = library.size(UNDATED).all
    if undated:
        item = counted_link(UNDATED_HEADING, UNDATED_ARCHIVE, ARCHIVE, undated, say)
        parts += [f"## {UNDATED_HEADING}", item]
    counted = say.counted(len(months), MONTH)
    meta = listing_meta("الأرشيف", "الأخبار شهراً شهراً", "tags", library.newest_day(), counted)
    return Page(ARCHIVE, meta, blocks(parts or ["لا أخبار بعد."]))
