"""What an editor should look at in an article that is published all the same."""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.model import Article, Document, Problem

_LONG_PARAGRAPH = 400
"""Words: longer, it is probably several paragraphs, or headlines, glued together."""


def unread_fields(document: Document) -> Iterator[Problem]:
    """Yield which of an input's fields and images are left out."""
    if document.unread:
        yield Problem(
            document.file,
            f"has fields that are not read: {', '.join(document.unread)}",
            "if one of them matters, rename it; see the README for the names",
        )
    for fault in document.faults:
        yield Problem(
            document.file, fault, "save a fit picture beside the page, or take it out of the page"
        )


def doubts(article: Article) -> Iterator[Problem]:
    """Yield what is missing or looks wrong, with what to do about it."""
    if article.source is None:
        yield Problem(
            article.file,
            "names no paper that is known",
            "if its dateline does, add that paper to `sources` under `extra: mujaz:`",
        )
    if article.date is None:
        yield Problem(
            article.file,
            "states no day of publication",
            "if you know it, begin the file's name with it, 2025-07-14-…, or say it in a sidecar",
        )
    if article.quote and not any(article.quote in each for each in article.paragraphs):
        yield Problem(
            article.file,
            "has a `quote` that its text does not hold",
            "copy it word for word out of one paragraph, or leave it empty for none",
        )
    for number, paragraph in enumerate(article.paragraphs, 1):
        if len(paragraph.split()) > _LONG_PARAGRAPH:
            yield Problem(
                article.file,
                f"has a paragraph of more than {_LONG_PARAGRAPH} words, the {number}th",
                "check whether headlines of other articles are glued to it",
            )
