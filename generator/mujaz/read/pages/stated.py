"""All that a page states of its article outside the text: metadata, titles, byline and day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mujaz.model import Stated
from mujaz.read.markup import MarkupLine
from mujaz.read.metadata import page_metadata, stated_authors, stated_headlines
from mujaz.read.pages.bylines import byline_of_page
from mujaz.read.pages.day import days_of_page, with_days_of_page
from mujaz.read.pages.headline import page_title
from mujaz.read.raw import Raw
from mujaz.read.stated.site_names import SiteNames


def stated_on_page(root: Any, seen: Sequence[MarkupLine], raw: Raw) -> dict[str, Stated]:
    """Return the fields that the page `raw` states; without a `title` it has no headline.

    What metadata does not say is looked for beside the headline.
    """
    fields = page_metadata(root)
    fields.pop("title", None)
    title, site_beside = page_title(seen, fields, stated_headlines(root))
    if title is None:
        return fields
    fields["title"] = title
    fields = with_days_of_page(fields, days_of_page(root, seen, str(title.value)))
    fallbacks: dict[str, Stated | None] = {"source": site_beside}
    if raw.address:
        fallbacks["address"] = Stated(raw.address, "archive")
    for name, value in fallbacks.items():
        if value:
            fields.setdefault(name, value)
    names = [each.value for each in (fields.get("source"), site_beside) if each]
    address = fields.get("address")
    site = SiteNames(names, str(address.value) if address else None)
    authors = stated_authors(root, site) or byline_of_page(root, str(title.value), site)
    if authors:
        fields["authors"] = authors
    return fields
