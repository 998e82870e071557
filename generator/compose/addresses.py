"""Where each page lives. An address, once given, does not change with what is published later."""

from __future__ import annotations

from collections.abc import Iterable

from generator.arabic.slugs import digest, slug
from generator.model import Article

HOME = "index.md"
HEADLINES = "headlines/index.md"
TAGS = "tags/index.md"


def article_path(article: Article) -> str:
    """Return the path of an article's page."""
    return f"articles/{article.slug}-{article.id}.md".replace("/-", "/")


def tag_paths(names: Iterable[str]) -> dict[str, str]:
    """Return the path of each tag's page; names that would share one get a digest as well."""
    slugs = {name: slug(name) for name in names}
    shared = {"", "index"}
    seen: set[str] = set()
    for each in slugs.values():
        (shared if each in seen else seen).add(each)
    return {
        name: f"tags/{each or 'tag'}-{digest(name, length=4)}.md"
        if each in shared
        else f"tags/{each}.md"
        for name, each in slugs.items()
    }


def numbered(path: str, number: int | str) -> str:
    """Return the path of one page of an index: `headlines/index.md` -> `headlines/3.md`."""
    stem = path.removesuffix(".md").removesuffix("/index")
    return f"{stem}/{number}.md"


def site_address(path: str) -> str:
    """Return the address of a page below the site's root: `tags/x.md` -> `tags/x/`."""
    stem = path.removesuffix(".md")
    if stem == "index":
        return ""
    return stem.removesuffix("/index") + "/"
