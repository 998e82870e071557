"""What an editor should look at in an article that is published all the same.

`mujaz check` shows it; no build waits for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mujaz.errors import ANOTHER_HIJRI_DAY
from mujaz.model import Article, Document, Problem

_MAX_PARAGRAPH_WORDS = 400
"""A longer one is probably several paragraphs, or headlines, glued together."""

_MAX_CAPTION_WORDS = 8
_ANY_STOP = re.compile(r"[.!؟?…]")

_LOST = "\ufffd"
"""Stands where decoding could not read a letter, or some program before us could not."""
_IMAGE_HINT = "save a fit picture beside the page, or take it out of the page"
_TEXT_HINT = "compare it with the page in a browser, and save the text as .txt if some is missing"


def unread_fields(document: Document) -> Iterator[Problem]:
    """Yield which of an input's fields and images are left out."""
    if document.unread:
        reason = f"has fields that are not read: {', '.join(document.unread)}"
        hint = "if one of them matters, rename it; the documentation lists the names"
        yield Problem(document.file, reason, hint)
    for fault in document.faults:
        hint = _IMAGE_HINT if fault.startswith("shows the image") else _TEXT_HINT
        yield Problem(document.file, fault, hint)


def doubts(article: Article) -> Iterator[Problem]:
    """Yield what is missing or looks wrong, with what to do about it."""
    title = article.provenance.get("title")
    if title and title.rule == "first sentence":
        hint = "if it should have another headline, say `title` in a sidecar, or in its export"
        reason = "has no headline; its first sentence stands in its place"
        yield Problem(article.file, reason, hint)
    if article.source is None:
        hint = "if its dateline does, add that paper to `sources` under `extra: mujaz:`"
        yield Problem(article.file, "names no known source", hint)
    if article.date is None:
        hint = "if you know it, begin the file's name with it, 2025-07-14-…, or say it in a sidecar"
        yield Problem(article.file, "states no day of publication", hint)
    day = article.provenance.get("date")
    if day and day.rule.endswith(ANOTHER_HIJRI_DAY):
        reason = "is dated in two calendars that name different days; the Gregorian one is taken"
        yield Problem(article.file, reason, "if it is wrong, give `date` in a sidecar")
    lost = article.text.count(_LOST)
    if lost:
        reason = f"holds {lost:,} letter{'s' * (lost > 1)} that could not be read"
        hint = (
            "look for \ufffd in it, and save the file again as UTF-8 with what should stand there"
        )
        yield Problem(article.file, reason, hint)
    if _is_caption(article.paragraphs):
        hint = "add the text that stands on its page, or remove the file"
        yield Problem(article.file, "its text is no more than a caption", hint)
    if article.quote and not any(article.quote in each for each in article.paragraphs):
        hint = "copy it word for word out of one paragraph, or leave it empty for none"
        yield Problem(article.file, "has a `quote` that its text does not hold", hint)
    for number, paragraph in enumerate(article.paragraphs, 1):
        if len(paragraph.split()) > _MAX_PARAGRAPH_WORDS:
            reason = f"has a paragraph of more than {_MAX_PARAGRAPH_WORDS} words, the {number}th"
            hint = "check whether headlines of other articles are glued to it"
            yield Problem(article.file, reason, hint)


def _is_caption(paragraphs: Sequence[str]) -> bool:
    """Whether all that an article has is a few words that make no sentence."""
    return (
        len(paragraphs) == 1
        and len(paragraphs[0].split()) <= _MAX_CAPTION_WORDS
        and not _ANY_STOP.search(paragraphs[0])
    )
