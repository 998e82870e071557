"""Where each page lives. An address, once given, does not change with what is published later."""

from __future__ import annotations

from generator.arabic.slugs import digest, slug
from generator.model import Article

HOME = "index.md"
HEADLINES = "headlines/index.md"
TAGS = "tags/index.md"


def article_path(article: Article) -> str:
    """Return the path of an article's page."""
    return f"articles/{article.slug}-{article.id}.md".replace("/-", "/")


def tag_path(name: str) -> str:
    """Return the path of a tag's page.

    A name of which the slug drops anything gets a digest as well, so that no other tag, whenever it
    comes, can claim the same address.
    """
    readable = slug(name)
    is_whole = readable.replace("-", " ") == name and readable != "index"
    return (
        f"tags/{readable}.md"
        if is_whole
        else f"tags/{readable or 'tag'}-{digest(name, length=4)}.md"
    )


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
