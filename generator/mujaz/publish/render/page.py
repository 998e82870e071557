"""What the renderer says of a page: its source, what decides its template, and its HTML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from mujaz.publish.render.request import ConfigSummary

NO_DATE = "1970-01-01"
"""MkDocs wants some date of every page, for the time stamp of the compressed site map."""
SITEMAP = "sitemap.xml"
"""The static template that lists all pages."""


class NotSpecialisable(Exception):  # noqa: N818 - an answer, and no fault
    """The configuration or theme does what only MkDocs as a whole can follow."""


class NoTemplate(Exception):  # noqa: N818 - an answer, and no fault
    """There is no specialised template for a page as yet."""


class NotInSubset(Exception):  # noqa: N818 - an answer, and no fault
    """A page is outside of the subset that the fast renderer knows; MkDocs must render it."""


class ParsedSource(NamedTuple):
    """A page's source, parsed."""

    meta: dict[str, Any]
    """Its front matter, as a reader of YAML gives it."""
    body: str
    """The Markdown below."""


class RenderedPage(NamedTuple):
    """A finished page, and what the next build has to know of it."""

    path: str
    """Its source, below the folder of pages."""
    html: bytes
    source_digest: bytes
    dependencies: bytes
    """Hashes of the paths of the other files whose existence decides its HTML; see
    `urls.pack_hashes`."""
    sitemap_entry: str
    date: str
    """ISO 8601 day."""
    by_mkdocs: bool = False
    html_digest: str = ""
    """SHA-256 of the file that was written; empty if none was."""


TemplateKey = tuple[str, str, int]
"""What pages must share for one template run to do for all: template, then the beginning of their
address and how many parts it has; the whole address and 0 for a page that is like no other."""
SITEMAP_KEY: TemplateKey = (SITEMAP, "", 0)
"""The key of all entries of the site map."""


def template_key(template: str, url: str, *, is_in_nav: bool) -> TemplateKey:
    """Return the template key of a page."""
    first, _, rest = url.partition("/")
    if not rest or is_in_nav:
        return template, url, 0
    return template, f"{first}/", url.count("/")


def page_date(meta: Mapping[str, Any]) -> str:
    """Return the ISO 8601 day of a page's news, whatever day the clock says."""
    ours = meta.get("mujaz")
    return (ours and ours.get("date_iso")) or NO_DATE


def page_data(
    config: ConfigSummary, url: str, meta: dict[str, Any], title: Any, content: str
) -> dict[str, Any]:
    """Return all values of a page that a specialised template may depend on or print."""
    url = "" if url == "./" else url
    return {
        "meta": meta,
        "title": title,
        "content": content,
        "url": url,
        "canonical_url": config.site_url + url if config.site_url else None,
        "abs_url": config.base_path + url if config.site_url else None,
        "is_homepage": url == "",
        "is_page": True,
        "is_link": False,
        "is_section": False,
        "update_date": page_date(meta),
    }
