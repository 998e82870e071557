"""What the renderer says of a page: its source, what decides its shell, and the finished page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

NO_DATE = "1970-01-01"
"""MkDocs wants some date of every page, for the time stamp of the compressed site map."""
ITEMS = "sitemap.xml"
"""The static template that lists all pages."""


class Unfit(Exception):  # noqa: N818 - an answer, and no fault
    """The site does what only MkDocs as a whole can follow."""


class Unshaped(Exception):  # noqa: N818 - an answer, and no fault
    """No skeleton is known for a page."""


class Declined(Exception):  # noqa: N818 - an answer, and no fault
    """A text is outside of the part that is known; whoever knows all of it must be asked."""


class Source(NamedTuple):
    """A page's source, from whoever wrote it: it need not be read and taken apart again."""

    text: str
    """All of the file."""
    meta: dict[str, Any]
    """Its front matter, as a reader of YAML would give it, but that tuples may stand for lists."""
    body: str
    """The Markdown below."""


class Rendered(NamedTuple):
    """A finished page, and what the next build has to know of it."""

    path: str
    """Its source, below the folder of pages."""
    html: bytes
    source: bytes
    """Digest of its source."""
    asked: bytes
    """Which other files it depends on being there; see `addresses.mark`."""
    item: str
    """Its entry in the site map."""
    date: str
    """ISO 8601 day."""
    by_mkdocs: bool = False


class Site(NamedTuple):
    """What all pages share, as MkDocs reads it from the configuration."""

    site_url: str
    """The site's address with `/` at its end, or empty."""
    base_path: str
    """The path of `site_url`."""
    nav: Mapping[str, str]
    """Titles of the pages in the nav, by source."""
    urls: Mapping[str, str] = {}
    """Addresses of all pages below the site's root, by source."""


Key = tuple[str, str, int]
"""What pages must share for one template run to do for all: template, then the beginning of their
address and how many parts it has; the whole address and 0 for a page that is like no other."""
ITEMS_KEY: Key = (ITEMS, "", 0)
"""The key of all entries of the site map."""


def key_of(template: str, path: str, url: str, site: Site) -> Key:
    """Return the key of a page."""
    first, _, rest = url.partition("/")
    if not rest or path in site.nav:
        return template, url, 0
    return template, f"{first}/", url.count("/")


def page_date(meta: Mapping[str, Any]) -> str:
    """Return the day of a page's news, whatever day the clock says."""
    ours = meta.get("mujaz")
    return (ours and ours.get("date_iso")) or NO_DATE


def page_data(
    path: str, meta: dict[str, Any], title: Any, content: str, site: Site
) -> dict[str, Any]:
    """Return all that a skeleton may depend on or print."""
    url = site.urls[path]
    url = "" if url == "./" else url
    return {
        "meta": meta,
        "title": title,
        "content": content,
        "url": url,
        "canonical_url": site.site_url + url if site.site_url else None,
        "abs_url": site.base_path + url if site.site_url else None,
        "is_homepage": url == "",
        "is_page": True,
        "is_link": False,
        "is_section": False,
        "update_date": page_date(meta),
    }
