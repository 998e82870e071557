"""Plain text: one article a file, its first line the headline, front matter before it or not."""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.arabic.normalise import key
from mujaz.model import Document, Problem
from mujaz.read.corrections import NONE, corrections, split_front_matter
from mujaz.read.decoding.decode import decode
from mujaz.read.raw import MOST_BYTES, Raw

MOST = MOST_BYTES
_LONGEST_HEADLINE = 25
"""Words: a longer first line under a title in front matter is the text's first paragraph."""


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the article in `raw`. Raises `UndecodableError` and `CorrectionError`."""
    front_matter, text = split_front_matter(decode(raw.data, raw.charset))
    said = corrections(front_matter, "front matter") if front_matter else NONE
    if said.draft:
        yield draft_problem(raw.name)
        return
    title = said.fields.get("title")
    own = bool(title and title.value) and not _begins_with_headline(
        text, str(title and title.value)
    )
    yield Document(
        raw.name,
        text,
        raw.section,
        stated={"title": title} if own and title else {},
        corrected=said.fields,
        has_headline=not own,
    )


def draft_problem(name: str) -> Problem:
    """Return why an article that waits for publication is not published."""
    return Problem(name, "is marked as a draft", "take `draft` out of it to publish it")


def _begins_with_headline(text: str, title: str) -> bool:
    """Whether `text` begins with a headline although front matter states a title."""
    lines = [line.strip() for line in text.strip().split("\n", 4) if line.strip()]
    if len(lines) < 2:
        return False
    if key(lines[0]) == key(title):
        return True
    return len(lines[0].split()) <= _LONGEST_HEADLINE and not lines[0].endswith((".", ":", "؟"))
