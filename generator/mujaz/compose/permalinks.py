"""Where each page lives. An address, once given, does not change with what is published later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, quote_plus, urljoin

from mujaz.arabic.slugs import page_name
from mujaz.model import Article, TagKind
from mujaz.site_model import Card, Story

HOME = "index.md"
HEADLINES = "headlines/index.md"
TAGS = "tags/index.md"
DIGEST = "digest/index.md"
STORIES = "stories/index.md"
SECTIONS = "sections/index.md"
SOURCES = "sources/index.md"
ARCHIVE = "archive/index.md"
BROWSE = "browse/index.md"
SEARCH = "search.md"
IMAGES = "assets/pictures"
"""The folder of images."""
UNDATED_ARCHIVE = "archive/undated.md"
KINDS: Mapping[TagKind, str] = {
    "person": "people/index.md",
    "place": "places/index.md",
    "organisation": "organisations/index.md",
    "topic": "topics/index.md",
}
"""The index of each kind of tag."""


def article_path(article: Article | Card) -> str:
    """Return the path of an article's page."""
    return f"{article_address(article.slug, article.id)}.md"


def article_address(slug: str, article_id: str) -> str:
    """Return the path of an article's page without its suffix."""
    return f"articles/{slug}-{article_id}".replace("/-", "/")


def tag_path(name: str) -> str:
    """Return the path of a tag's page."""
    return _named("tags", name)


def search_path(name: str) -> str:
    """Return the path of the search page with the question for `name`."""
    question = (each if "\u0621" <= each <= "\u064a" else quote_plus(each) for each in name)
    return f"{SEARCH}?q={''.join(question)}"


def section_path(label: str) -> str:
    """Return the path of a section's page."""
    return _named("sections", label)


def source_path(name: str) -> str:
    """Return the path of a source's page."""
    return _named("sources", name)


def _named(folder: str, name: str) -> str:
    """Return the path of the page for `name`."""
    return f"{folder}/{page_name(name)}.md"


def story_path(story: Story) -> str:
    """Return the path of a story's page: its id alone, since its headline changes as it grows."""
    return f"stories/{story.id}.md"


def day_path(day: dt.date) -> str:
    """Return the path of a day's digest."""
    return f"digest/{day.isoformat()}.md"


def week_path(day: dt.date) -> str:
    """Return the path of the digest of the week (ISO 8601) that `day` lies in."""
    year, week, _ = day.isocalendar()
    return f"digest/{year}-w{week:02}.md"


def month_path(day: dt.date) -> str:
    """Return the path of the archive of a month."""
    return f"archive/{day.isoformat()[:7]}.md"


def day_archive_path(day: dt.date) -> str:
    """Return the path of the list of all that was published on a day."""
    return f"archive/{day.isoformat()}.md"


def numbered(path: str, number: int | str) -> str:
    """Return the path of one page of an index: `headlines/index.md` -> `headlines/3.md`."""
    stem = path.removesuffix(".md").removesuffix("/index")
    return f"{stem}/{number}.md"


def site_address(path: str) -> str:
    """Return the address of a page below the site's root: `tags/x.md` -> `tags/x/`."""
    path, asks, question = path.partition("?")
    stem = path.removesuffix(".md")
    if stem == "index":
        return ""
    return stem.removesuffix("/index") + "/" + asks + question


@lru_cache(maxsize=15_000)
def whole_address(path: str, site_url: str) -> str:
    """Return the address of a page for those far from the site; empty if the site's is unknown."""
    return urljoin(site_url, quote(site_address(path))) if site_url else ""
