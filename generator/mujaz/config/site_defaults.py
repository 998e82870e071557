"""What a site is right with where its `mkdocs.yml` does not say otherwise, in MkDocs' own keys.

A new site has few lines to read so, and what Mujaz needs of MkDocs can grow with Mujaz.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from mujaz.config.theme import THEME_SETTINGS

_GENERATED_FOLDERS = (
    "articles",
    "digest",
    "headlines",
    "sections",
    "stories",
    "tags",
    "people",
    "places",
    "organisations",
    "topics",
    "sources",
    "archive",
)
_NOT_IN_NAV = (*(f"/{name}/" for name in _GENERATED_FOLDERS), "/search.md")
"""Articles in the nav would cost time that grows with the square of their number."""
_PARTS = "assets/styles"
"""The folder of the parts that the style sheet is made of; readers get the whole."""
_WARNINGS = {
    "nav": {"not_found": "warn", "absolute_links": "warn"},
    "links": {
        "not_found": "warn",
        "anchors": "warn",
        "absolute_links": "warn",
        "unrecognized_links": "warn",
    },
}
_NOT_BY_HAND = {*_GENERATED_FOLDERS, "browse", "search", "assets", "templates"}
"""Folders right below that of pages in which nothing is to be looked for."""
_GENERATED_PAGES = {"index.md", "search.md"}
_PLACES = {
    "nav.home": "index.md",
    "nav.digest": "digest/index.md",
    "nav.sections": "sections/index.md",
    "nav.stories": "stories/index.md",
    "nav.headlines": "headlines/index.md",
    "nav.browse": "browse/index.md",
}
"""The pages of the nav, by the keys of their names in the catalogue of the interface."""
_MAX_HEAD = 4096
"""Bytes of a page in which its title stands."""


def site_defaults(
    values: Mapping[str, Any],
    pages: Path,
    theme: Sequence[Path] = (),
    is_shown: Callable[[str], bool] = lambda path: True,
) -> dict[str, Any]:
    """Return the settings that a site has beside those that `values` say, as `mkdocs.yml` has them.

    `pages` is `docs_dir`; of the pages in it that are written by hand, those that `is_shown` lets
    through are in the nav. `theme` are the theme's folders, of which no parts of the style sheet
    are published. What a file says key by key is kept, key by key.
    """
    validation = _mapping(values.get("validation"))
    warnings = {
        part: {name: level for name, level in levels.items() if name not in validation}
        | _mapping(validation.get(part))
        for part, levels in _WARNINGS.items()
    }
    defaults: dict[str, Any] = {
        "theme": {**THEME_SETTINGS, **_mapping(values.get("theme"))},
        "not_in_nav": _joined(_NOT_IN_NAV, values.get("not_in_nav")),
        "exclude_docs": _joined(_parts_of_style(theme), values.get("exclude_docs")),
        "validation": {**validation, **warnings},
    }
    if not values.get("nav"):
        by_hand = [{title: path} for path, title in hand_written_pages(pages) if is_shown(path)]
        defaults["nav"] = [*_places(), *by_hand]
    return defaults


def hand_written_pages(pages: Path) -> list[tuple[str, str]]:
    """Return the path below `pages`, and the title, of each page there that we do not make.

    Those of a folder follow those above it. Links to folders are not followed.
    """
    listed = []
    for folder, inner, names in os.walk(pages):
        is_top = Path(folder) == pages
        inner[:] = sorted(
            name
            for name in inner
            if not name.startswith(".") and not (is_top and name in _NOT_BY_HAND)
        )
        for name in sorted({*names} - (_GENERATED_PAGES if is_top else set())):
            if name.endswith(".md") and not name.startswith("."):
                file = Path(folder, name)
                listed.append((file.relative_to(pages).as_posix(), _title(file)))
    return listed


def _parts_of_style(theme: Sequence[Path]) -> list[str]:
    names = {path.name for folder in theme for path in (folder / _PARTS).glob("*.css")}
    return [f"/{_PARTS}/{name}" for name in sorted(names)]


def _places() -> list[dict[str, str]]:
    from mujaz.data import table  # a run with nothing to do needs no words

    words = table("interface")["nav"]
    return [{words[name.partition(".")[2]]: path} for name, path in _PLACES.items()]


def _title(file: Path) -> str:
    """Return the title in a page's front matter, else its first heading, else its name."""
    try:
        with file.open("rb") as stream:
            head = stream.read(_MAX_HEAD).decode("utf-8-sig", "replace")
    except OSError:
        return file.stem
    matter = re.match(r"---\s*\n(.*?)\n---\s*\n", head, re.DOTALL)
    title: object = None
    if matter:
        try:
            title = _mapping(yaml.safe_load(matter[1])).get("title")
        except (yaml.YAMLError, ValueError):
            title = None
    heading = re.search(r"^# +(.+?)[ #]*$", head, re.MULTILINE)
    return str(title or "").strip() or (heading[1] if heading else file.stem)


def _joined(ours: Sequence[str], theirs: object) -> str:
    """Return lines of patterns, ours first, so that a site's own can take one back with `!`."""
    lines = theirs.splitlines() if isinstance(theirs, str) else []
    return "\n".join([*(line for line in ours if line not in lines), *lines]) + "\n"


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
