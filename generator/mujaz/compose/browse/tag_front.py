"""A tag's page: who or what it is, its latest story, what else, and what it is named with."""

from __future__ import annotations

from mujaz.arabic.normalise import key
from mujaz.arabic.numerals import ARTICLE
from mujaz.arabic.press.roles import role_of
from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import blocks, escape
from mujaz.compose.pages.cards import card_item
from mujaz.compose.pages.charts import chart, chart_steps
from mujaz.compose.pages.listing import (
    Listing,
    by_day,
    front_meta,
    newest_rows,
    older_links,
    whole_story,
)
from mujaz.compose.pages.tags import TagLinks, kind_name, related_names
from mujaz.library.groups import TagDetails
from mujaz.library.tracking import TrackedLibrary
from mujaz.site_model import Page

_MAX_TEXTS = 12
"""Newest texts with a person that are read for who that is."""
_MAX_RELATED = 6
"""Tags that are named with a tag, on its page."""


def tag_front(
    listing: Listing, page_size: int, links: TagLinks, library: TrackedLibrary, say: Wording
) -> Page:
    """Return the front page of a tag."""
    path, size = listing.path, library.size(listing.group).all
    tag = library.tag_details(listing.group)
    extra = chart(chart_steps(library.days(listing.group)), say)
    parts = list[str]()
    if tag:
        extra["kicker"] = kind_name(tag.kind)
        role = _role(listing, tag, library)
        extra |= {"role": role} if role else {}
    rows = newest_rows(listing.group, page_size, library)
    first = next((card for card in rows if card.summary), None)
    if first:
        below = whole_story(first, path, library, say)
        parts.append(card_item(first, path, say, level=2, below=below))
    rest = [card for card in rows if card is not first]
    if rest:
        parts.append(by_day(rest, path, say))
    parts += older_links(listing, page_size, library, say)
    related = links.related(listing.title, _MAX_RELATED)
    if related:
        parts += [f"## {escape(say.text('tag.related'))}", related_names(related, path, say)]
    also = _other_spellings(listing.title, tag) if tag else []
    if also:
        parts.append(escape(say.text("tag.also", names=say.joined(*also))))
    meta = front_meta(listing, library, say.counted(size, ARTICLE), extra)
    return Page(path, meta, blocks(parts))


def _role(listing: Listing, tag: TagDetails, library: TrackedLibrary) -> str | None:
    """Return who a person is, as the newest texts say."""
    if tag.kind != "person":
        return None
    newest = library.articles_of(listing.group, _MAX_TEXTS)
    articles = (library.article(each.id) for each in newest)
    texts = [(each.title, *each.paragraphs) for each in articles if each]
    return role_of((listing.title, *tag.also), texts)


def _other_spellings(name: str, tag: TagDetails) -> list[str]:
    """Return the spellings that are no part of the name; of persons, those that begin alike."""
    folded = key(name).replace(" ", "")
    return [
        other
        for other in tag.also
        if (compact := key(other).replace(" ", "")) not in folded
        and (tag.kind != "person" or compact[0] == folded[0])
    ]
