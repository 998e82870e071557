"""The page that leads to all lists: tags by kind, sources, the archive."""

from __future__ import annotations

import datetime as dt

from mujaz.arabic.wording import Wording
from mujaz.compose.browse.calendar import month_tables
from mujaz.compose.markdown import blocks, link
from mujaz.compose.pages.listing import listing_meta, named_list
from mujaz.compose.pages.tags import TagLinks, tag_kinds
from mujaz.compose.permalinks import ARCHIVE, BROWSE, SOURCES, UNDATED_ARCHIVE, source_path
from mujaz.library.groups import ALL, UNDATED
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Page

_MAX_TAGS, _MAX_SOURCES = 10, 12
"""Tags of each kind, and sources, with most articles."""


def browse_page(links: TagLinks, library: TrackedLibrary, say: Wording) -> Page:
    """Return the page that leads to tags, sources and the archive, as far as there are any."""
    parts = tag_kinds(_MAX_TAGS, BROWSE, links, library, say)
    sources = sorted(library.names("source"), key=lambda each: (-each.size, each.name))
    if sources:
        named = [(each.name, source_path(each.name), each.size) for each in sources[:_MAX_SOURCES]]
        parts += [f"## {link(say.text('sources.title'), SOURCES, BROWSE)}"]
        parts += [named_list(named, BROWSE, say)]
    days = library.days(ALL)
    if days:
        latest: dt.date = max(days).replace(day=1)
        of_month = {day: n for day, n in days.items() if day.replace(day=1) == latest}
        parts += [f"## {link(say.text('archive.title'), ARCHIVE, BROWSE)}"]
        parts += [month_tables([latest], of_month, BROWSE, say)]
    elif library.size(UNDATED).all:
        parts += [f"## {link(say.text('archive.title'), ARCHIVE, BROWSE)}"]
        parts += [link(say.text("lists.undated"), UNDATED_ARCHIVE, BROWSE)]
    title, description = say.text("browse.title"), say.text("browse.description")
    meta = listing_meta(title, description, "browse", library.newest_day())
    return Page(BROWSE, meta, blocks(parts or [say.text("lists.none")]))
