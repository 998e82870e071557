"""The text of the article on a page."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from mujaz.arabic.normalise import key
from mujaz.read.markup import MarkupLine, letters, text_of_fragment, visible_lines
from mujaz.read.metadata import article_body
from mujaz.read.pages.headline import headline_index

_MIN_LINKED_SHARE = 0.8
"""Letters of a line in links, from which it is one."""


def text_of_page(root: Any, seen: Sequence[MarkupLine], title: str) -> list[str]:
    """Return the paragraphs of the article, without its headline and what stands above that."""
    from trafilatura import bare_extraction

    # It reports every page that it finds nothing on; we do that ourselves.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    extraction: Any = bare_extraction(
        deepcopy(root), include_comments=False, include_links=True, with_metadata=False
    )
    body_root = None if extraction is None else extraction.body
    extracted = [] if body_root is None else list(visible_lines(body_root))
    start = headline_index(seen, title) or 0
    above = {letters(title), *(letters(line.text) for line in seen[:start])}
    while extracted and letters(extracted[0].text) in above:
        del extracted[0]
    body = [line.text for line in extracted if not _is_other_article(line)]
    if not body:
        body = text_of_fragment(article_body(root) or "").split("\n")
    return [text for text in body if key(text)]


def _is_other_article(line: MarkupLine) -> bool:
    """Whether `line` only links elsewhere: extraction leaves lists of related articles in."""
    return line.linked > _MIN_LINKED_SHARE and not line.text.endswith((".", "!", "؟", "»."))
