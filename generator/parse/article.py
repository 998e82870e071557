"""One document to one Article, or to the reason why it is none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

from generator.arabic.normalise import fold_spaces, key
from generator.arabic.slugs import digest
from generator.data import table
from generator.model import Article, Problem, Provenance
from generator.parse.anatomy import dissect
from generator.parse.dateline import NOTHING, Dateline, read_dateline, split_inline
from generator.parse.known import Known
from generator.parse.lines import Draft, Line, joined

_FILE_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")


def article(page: Draft, known: Known) -> Article | Problem:
    """Return the article on `page`, or why there is none."""
    file = page.document.file
    anatomy = dissect(page.lines, known.headlines)
    headline = anatomy.headline
    if headline is None or not headline.key:
        return Problem(file, "has no headline", "put the headline on a line of its own, first")
    if not anatomy.body:
        return Problem(file, "has a headline but no body", "add the article's text below it")
    dateline, used, paragraphs = _dateline(anatomy.body, known)
    title = fold_spaces(headline.text)
    date, date_from = _date(file, dateline, used)
    category = _category(page.document.section)
    provenance = {"title": Provenance("headline: first line that is not junk", 1, headline.span)}
    if used:
        span = used[0].start, used[-1].span[1]
        for name in ("source", "place", "authors"):
            if getattr(dateline, name):
                provenance[name] = Provenance("dateline", 0.95, span)
    if date_from:
        provenance["date"] = date_from
    if category:
        provenance["category"] = Provenance("folder")
    return Article(
        file=file,
        id=digest(key(dateline.source or ""), headline.key),
        title=title,
        paragraphs=paragraphs,
        source=dateline.source,
        place=dateline.place,
        authors=dateline.authors,
        date=date,
        category=category,
        sidebar_raw=joined(anatomy.cut),
        provenance=provenance,
    )


def _dateline(
    body: Sequence[Line], known: Known
) -> tuple[Dateline, tuple[Line, ...], tuple[str, ...]]:
    """Return the dateline, the lines it stands on, and the paragraphs below it."""
    found, count = NOTHING, 0
    for line in body[:3]:
        next_part = read_dateline(line.text, known)
        if not next_part.says_anything:
            break
        found = Dateline(
            found.source or next_part.source,
            found.place or next_part.place,
            found.authors or next_part.authors,
            found.date or next_part.date,
        )
        count += 1
    if count == len(body):
        # What looks like a dateline is all there is: then it is the text.
        found, count = NOTHING, 0
    texts = [line.text for line in body[count:]]
    used = tuple(body[:count])
    if texts and not found.source:
        inline, rest = split_inline(texts[0], known)
        if inline.says_anything:
            used = (*used, body[count])
            texts[0] = rest
            found = Dateline(
                inline.source,
                found.place or inline.place,
                found.authors or inline.authors,
                found.date or inline.date,
            )
    return found, used, tuple(texts)


def _date(
    file: str, dateline: Dateline, used: Sequence[Line]
) -> tuple[dt.date | None, Provenance | None]:
    """Return the day of publication, as the page itself or else its file name states it."""
    if dateline.date:
        return dateline.date, Provenance("dateline", 0.95, (used[0].start, used[-1].span[1]))
    match = _FILE_DATE.match(file.rpartition("/")[2])
    if match:
        try:
            return dt.date(*map(int, match.groups())), Provenance("file name", 0.9)
        except ValueError:
            pass
    return None, None


def _category(section: str | None) -> str | None:
    return _sections().get(key(section)) if section else None


@cache
def _sections() -> dict[str, str]:
    """Return the label of each section by every name a folder may have for it."""
    return {
        key(name): entry["label"]
        for folder, entry in table("categories").items()
        for name in (folder, entry["label"], *entry["also"])
    }
