"""Writes the pages that are made from the code: `python -m docs.site.reference`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from docs.site.python_page import python_page

DOCS = Path(__file__).parent.parent
NOTE = "<!-- Made from the code: `python -m docs.site.reference` writes it again. -->\n"
PAGES: Mapping[str, Callable[[], str]] = {"reference/python.md": python_page}


def page(name: str) -> str:
    """Return the text of a page, by its path below `docs/`."""
    return f"{PAGES[name]().rstrip()}\n\n{NOTE}"


if __name__ == "__main__":
    for each in PAGES:
        (DOCS / each).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / each).write_text(page(each), "utf-8")
