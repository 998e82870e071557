"""What one page says about others, and which of its words others may say something about."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from struct import pack
from typing import NamedTuple
from zlib import crc32

from mujaz.arabic.normalise import key
from mujaz.arabic.phrases import Phrases
from mujaz.parse.datelines import dateline_part
from mujaz.parse.lines import Draft, Line
from mujaz.parse.segmentation import MIN_HEADLINE_WORDS, find_headline

MAX_BOILERPLATE_CHARACTERS = 160
"""As written and in its comparison form."""
_MIN_PARAGRAPH_CHARACTERS = 120
_NO_HEADLINES = Phrases(())


class PageEvidence(NamedTuple):
    """What a page says about others."""

    headline: str
    """Its comparison form; empty if it is too short to be recognised elsewhere."""
    source_key: str
    """Comparison form of the name that signs the page as a source does, if one does."""
    source_name: str
    """That name as written."""
    article: int
    """Hash of its first paragraph: pages with the same one are duplicates of one article, which
    every source may have printed, junk below it included."""
    lines: dict[int, str]
    """Its short lines, and what stands below the last sentences of others, by their hashes."""


def page_evidence(draft: Draft) -> PageEvidence:
    """Return what a page says about others."""
    headline = source_key = source_name = ""
    lines = draft.all_lines
    if len(lines) > 1:
        index = 0 if draft.headline else find_headline(lines, _NO_HEADLINES)
        if len(lines[index].words) >= MIN_HEADLINE_WORDS:
            headline = lines[index].key
        signature = lines[min(index + 1, len(lines) - 1)]
        if signature.text.endswith(":") and 1 <= len(signature.words) <= 3:
            source_key, source_name = signature.key, signature.text.rstrip(": ")
    texts = [line.text for line in draft.lines]
    ends = [line.text[start:] for line in draft.lines if (start := line.unfinished_start)]
    paragraph = next((text for text in texts if len(text) > _MIN_PARAGRAPH_CHARACTERS), "")
    short_lines = {_hash(t): t for t in (*texts, *ends) if len(t) < MAX_BOILERPLATE_CHARACTERS}
    return PageEvidence(headline, source_key, source_name, _hash(paragraph), short_lines)


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def mention_index(draft: Draft) -> bytes:
    """Return an index of the phrases in which headlines, sources and boilerplate were looked for.

    The page has been parsed. What this does not hold, as `phrase_pattern` or `line_pattern` gives
    it, makes no difference to the page.
    """
    packed = dict.fromkeys(map(phrase_pattern, _searched_phrases(draft)))
    return b"\0\0".join((b"", *packed, b""))


def phrase_pattern(folded: str) -> bytes:
    """Return a comparison form packed, two bytes a word."""
    hashes = [crc32(word) & 0xFFFF or 1 for word in folded.encode().split()]
    return pack(f"<{len(hashes)}H", *hashes)


def line_pattern(folded: str) -> bytes:
    """Return the same for a comparison form that stands alone on a line."""
    return b"\0\0" + phrase_pattern(folded) + b"\0\0"


def _searched_phrases(draft: Draft) -> Iterator[str]:
    source = draft.document.stated.get("source")
    if source:
        yield key(str(source.value))
    for line in draft.all_lines:
        yield from _searched_in(line)


def _searched_in(line: Line) -> Iterator[str]:
    for part in vars(line).get("parts", ()):
        yield from _searched_in(part)
    head = dateline_part(line.text)
    # Nobody looked for headlines in a line whose words, nor for it as a whole in one whose
    # comparison form was not made.
    if "words" in vars(line) or head == line.text:
        yield line.key
        return
    if head:
        yield key(head)
    if "key" in vars(line) and len(line.key) < MAX_BOILERPLATE_CHARACTERS:
        yield line.key
