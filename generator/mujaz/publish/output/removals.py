"""Asks before many articles go offline at once: a folder is missing more often than news is."""

from __future__ import annotations

import re
from collections.abc import Set
from pathlib import Path

import yaml

from mujaz.errors import MujazError
from mujaz.publish.output.pages_folder import read_ledger

MAX_REMOVED_SHARE, MAX_REMOVED = 0.2, 20
"""Of the published articles; beyond both of them, removals have to be confirmed."""
_NAMED_FILES = 5
_HEAD_CHARACTERS = 20_000
"""Of a page, among which its front matter is."""
_ARTICLE_PAGE = re.compile(r"articles/(?:.*-)?([a-z2-7]+)\.md")
"""The path of an article's page; its id is the end of its name."""


class RemovalsError(MujazError):
    """Many articles would go offline at once, and nobody has said that they should."""


def published_ids(pages: Path) -> set[str]:
    """Return the ids of the articles that have a page in the folder `pages`."""
    return {*_article_pages(pages)}


def check_removals(removed: Set[str], published: int, pages: Path) -> None:
    """Raise `RemovalsError` if too many articles are `removed` of those that were `published`.

    Their pages are still in the folder `pages`, and say which files they were made of.
    """
    if len(removed) <= max(MAX_REMOVED, MAX_REMOVED_SHARE * published):
        return
    paths = _article_pages(pages)
    named = [_file_of(pages / paths.get(each, each)) for each in sorted(removed)[:_NAMED_FILES]]
    raise RemovalsError(
        f"{len(removed):,} of {published:,} published articles are gone, such as "
        f"{', '.join(sorted(named))}; nothing was changed: bring their files back, or confirm with "
        "--accept-removals (for mkdocs: MUJAZ_ACCEPT_REMOVALS=1 in the environment)"
    )


def _article_pages(pages: Path) -> dict[str, str]:
    """Return the paths of articles' pages by the articles' ids."""
    matches = map(_ARTICLE_PAGE.fullmatch, read_ledger(pages) or ())
    return {match[1]: match[0] for match in matches if match}


def _file_of(page: Path) -> str:
    """Return the file that the article on a page was read from; the page's name if it says none."""
    try:
        with page.open(encoding="utf-8", errors="replace") as file:
            front_matter = file.read(_HEAD_CHARACTERS).split("\n---\n")[0]
        return str(yaml.safe_load(front_matter)["mujaz"]["file"])
    except (OSError, yaml.YAMLError, KeyError, TypeError):
        return page.name
