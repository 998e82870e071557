"""How results read: lines for people, objects for programs. Nothing is printed here."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from mujaz.arabic.normalise import key
from mujaz.model import Article, Problem
from mujaz.progress import Report

if TYPE_CHECKING:  # which need all stages: a run with nothing to do loads none of them
    from mujaz.review import Edition, PublishedArticle

_NEXT_STEPS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "free some space there, then build again"),
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM), "make it yours to write, or choose another folder"
    ),
    errno.EROFS: "choose a folder on a disk that can be written",
    errno.EIO: "check that disk, then build again",
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), "allow more open files (ulimit -n)"),
    **dict.fromkeys((errno.EISDIR, errno.ENOTDIR, errno.EEXIST), "move away what is in that place"),
    errno.ENAMETOOLONG: "choose a folder with a shorter path",
}
"""What helps when the system refuses something, by the number of its error."""
_NEXT_STEP = "mend that, then build again"


def system_fault(error: OSError) -> str:
    """Return in one line what the system refused, and what to do about it."""
    fault = (error.strerror or str(error)).lower()
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{fault}; {_NEXT_STEPS.get(error.errno or 0, _NEXT_STEP)}"


def report_count(report: Report) -> str:
    """Return how many inputs there were, and what became of them."""
    return (
        f"{_counted(report.inputs, 'input')}: {report.published} published, "
        f"{_counted(report.duplicates, 'duplicate')}, {report.held} held, "
        f"{report.rejected} rejected"
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def sentence(problem: Problem) -> str:
    """Return a problem in one line: file, fault, next step."""
    return f"{problem.file}: {problem.reason}; {problem.hint}"


def understood_object(result: Article | Problem) -> dict[str, Any]:
    """Return the object that `parse --json` prints: what is absent is null."""
    article = result if isinstance(result, Article) else None
    return {
        "file": result.file,
        "id": article and article.id,
        "title": article and _title_as_read(article),
        "source": article and article.source,
        "place": article and article.place,
        "authors": article and list(article.authors),
        "agency": article and article.agency,
        "date": article and article.date and article.date.isoformat(),
        "time": article and article.time and article.time.isoformat("minutes"),
        "language": article and article.language,
        "type": article and article.type,
        "summary": article and (article.summary or None),
        "paragraphs": article and list(article.paragraphs),
        "tags": article and [asdict(tag) for tag in article.tags],
        "section": article and article.section,
        "sidebar": article and [headline.text for headline in article.sidebar],
        "sidebar_raw": article and (article.sidebar_raw or None),
        "provenance": article and {k: asdict(v) for k, v in article.provenance.items()},
        "problem": None if article else {"reason": result.reason, "hint": result.hint},  # type: ignore[union-attr]
    }


def _title_as_read(article: Article) -> str:
    """Return the headline in the signs that its input has, but for what is no part of it."""
    as_read = article.headline_as_read
    return as_read if key(as_read) == key(article.title) else article.title


def summary(article: Article) -> str:
    """Return what was understood, for people."""
    entries = {
        "file": article.file,
        "title": article.title,
        "source": article.source,
        "agency": article.agency,
        "place": article.place,
        "authors": "، ".join(article.authors),
        "date": article.date and article.date.isoformat(),
        "time": article.time and article.time.isoformat("minutes"),
        "section": article.section,
        "tags": "، ".join(tag.name for tag in article.shown_tags),
        "body": f"{len(article.paragraphs)} paragraphs",
        "sidebar": f"{len(article.sidebar)} headlines shown",
    }
    return "\n".join(f"{name + ':':<10}{value or '-'}" for name, value in entries.items())


def published_object(published: PublishedArticle) -> dict[str, Any]:
    """Return the object that `export --json` prints: what is absent is null."""
    article, story = published.article, published.story
    return {
        "id": article.id,
        "address": published.address,
        "file": article.file,
        "title": article.title,
        "source": article.source,
        "agency": article.agency,
        "authors": list(article.authors),
        "date": article.date and article.date.isoformat(),
        "time": article.time and article.time.isoformat("minutes"),
        "section": article.section,
        "type": article.type,
        "language": article.language,
        "tags": [asdict(tag) for tag in article.shown_tags],
        "summary": article.summary or None,
        "story": story and {"id": story.id, "title": story.title},
        "topic": {"id": published.topic_id},
        "duplicates": [
            {"file": each.file, "source": each.source, "title": each.title}
            for each in article.duplicates
        ],
    }


def published_line(published: PublishedArticle) -> str:
    """Return a published article in one line, for people."""
    article = published.article
    day = article.date.isoformat() if article.date else "-"
    duplicates = len(published.article.duplicates)
    counted = _counted(duplicates, "duplicate") if duplicates else ""
    return "  ".join(filter(None, (day, article.id, article.title, article.source, counted)))


def edition_object(edition: Edition) -> dict[str, Any]:
    """Return the object that `digest --json` prints: what is absent is null."""
    return {
        "day": edition.day and edition.day.isoformat(),
        "stories": [
            {
                "id": entry.id,
                "title": entry.title,
                "summary": entry.summary or None,
                "papers": entry.importance.sources,
                "texts": entry.importance.texts,
                "articles": [
                    {
                        "id": card.id,
                        "file": card.file,
                        "title": card.title,
                        "source": card.source,
                    }
                    for card in entry.cards
                ],
            }
            for entry in edition.entries
        ],
    }


def edition_lines(edition: Edition) -> Iterator[str]:
    """Yield the edition of a day, for people."""
    yield edition.day.isoformat() if edition.day else ""
    for number, entry in enumerate(edition.entries, 1):
        counts = (
            _counted(len(entry.cards), "article"),
            _counted(entry.importance.sources, "paper"),
            _counted(entry.importance.texts, "independent text"),
        )
        yield f"{number}. {entry.title}"
        yield f"   {', '.join(counts)}"
        if entry.summary:
            yield f"   {entry.summary}"
