"""What a page says elsewhere of its article's text: the text is held to it, and mended by it."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence
from typing import Any

from mujaz.arabic.normalise import key
from mujaz.read.markup import MarkupLine, letters, text_of_fragment
from mujaz.read.metadata import article_body
from mujaz.read.pages.headline import headline_index
from mujaz.read.pages.layout import prose_weight
from mujaz.read.pages.text import PageText

_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_WORDS_OF_SHINGLE = 4
_MIN_WORDS = 30
"""Of a text that is worth comparing."""
_MIN_DESCRIPTION_WORDS = 8
_MISSED, _LARGELY_MISSED = 0.85, 0.6
"""Shares of a witness's words: if the text has less, it is mended, or a doubt."""


def held_to_witnesses(
    root: Any, seen: Sequence[MarkupLine], text: PageText, title: str
) -> tuple[PageText, tuple[str, ...]]:
    """Return the text of a page, mended by what the page says of it, and what it still misses."""
    text = _with_lead(root, seen, text, title)
    body = _paragraphs_of(article_body(root) or "")
    faults = []
    missed = 1 - _coverage(text.paragraphs, body)
    if missed > 1 - _MISSED and _is_better(body, text):
        text = PageText(_divided(body, text.paragraphs), text.lines)
    elif missed > 1 - _LARGELY_MISSED:
        faults.append(f"may lack text: {missed:.0%} of its `articleBody` is not in it")
    return text, tuple(faults)


def _with_lead(root: Any, seen: Sequence[MarkupLine], text: PageText, title: str) -> PageText:
    """Return the text with the lead before it that the page's description repeats."""
    start = headline_index(seen, title)
    if start is None or not text.lines:
        return text
    first = min(text.lines)
    descriptions = [letters(each) for each in _descriptions(root)]
    for number in range(start + 1, first):
        lead = letters(seen[number].text)
        if number in text.lines or not prose_weight(seen[number]):
            continue
        if any(lead.startswith(each) or each.startswith(lead) for each in descriptions):
            return PageText((seen[number].text, *text.paragraphs), text.lines | {number})
    return text


def _descriptions(root: Any) -> list[str]:
    """Return what the page says of itself in a sentence or more."""
    contents = (
        " ".join((meta.get("content") or "").split())
        for meta in root.iter("meta")
        if (meta.get("property") or meta.get("name") or "").lower() in _DESCRIPTIONS
    )
    # The end is often cut, in the middle of a word.
    cut = (each.rstrip(" .…").rpartition(" ")[0] for each in contents)
    return [each for each in cut if len(each.split()) >= _MIN_DESCRIPTION_WORDS]


def _paragraphs_of(body: str) -> list[str]:
    """Return the paragraphs of a text that may be HTML, or HTML that was escaped."""
    if "&" in body:
        body = html.unescape(body)
    return [line for line in text_of_fragment(body).split("\n") if key(line)]


def _is_better(body: Sequence[str], text: PageText) -> bool:
    """Whether `body` has nearly all of `text`, and more."""
    if not text.paragraphs:
        return True
    return _coverage(body, text.paragraphs) >= _MISSED


def _divided(body: Sequence[str], paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return `body`, which may be all in one line, with the breaks that the page shows."""
    divided: list[str] = []
    for line in body:
        rest = line
        for paragraph in paragraphs:
            before, found_paragraph, after = rest.partition(paragraph)
            if found_paragraph:
                divided += [before.strip(), paragraph]
                rest = after
        divided.append(rest.strip())
    return tuple(filter(key, divided))


def _coverage(text: Sequence[str], witness: Sequence[str]) -> float:
    """Return the share of the words of `witness` that stand in `text` with the same neighbours."""
    wanted = _shingles(witness)
    if wanted.total() < _MIN_WORDS:
        return 1.0 if text or not wanted else 0.0
    return (wanted & _shingles(text)).total() / wanted.total()


def _shingles(paragraphs: Sequence[str]) -> Counter[tuple[str, ...]]:
    words = key(" ".join(paragraphs)).split()
    return Counter(
        tuple(words[index : index + _WORDS_OF_SHINGLE])
        for index in range(len(words) - _WORDS_OF_SHINGLE + 1)
    )
