"""Plain text: one article a file, its first line the headline, front matter before it or not."""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.arabic.normalise import key
from mujaz.model import Document, Problem
from mujaz.read.corrections import draft_problem, read_front_matter
from mujaz.read.decoding import decode
from mujaz.read.raw import MAX_PAGE_BYTES, Raw

MAX_BYTES = MAX_PAGE_BYTES
_MAX_HEADLINE_WORDS = 25
"""A longer first line under a title in front matter is the text's first paragraph."""


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the article in `raw`. Raises `UndecodableError` and `CorrectionError`."""
    corrections, text = read_front_matter(decode(raw.data, raw.charset))
    if corrections.draft:
        yield draft_problem(raw.name)
        return
    title = corrections.fields.get("title")
    has_headline = not (title and title.value) or _begins_with_headline(text, str(title.value))
    yield Document(
        raw.name,
        text,
        raw.folder,
        stated={} if has_headline or title is None else {"title": title},
        corrected=corrections.fields,
        has_headline=has_headline,
    )


def _begins_with_headline(text: str, title: str) -> bool:
    """Whether `text` begins with a headline although front matter states a title."""
    lines = [line.strip() for line in text.strip().split("\n", 4) if line.strip()]
    if len(lines) < 2:
        return False
    if key(lines[0]) == key(title):
        return True
    return len(lines[0].split()) <= _MAX_HEADLINE_WORDS and not lines[0].endswith((".", ":", "؟"))
