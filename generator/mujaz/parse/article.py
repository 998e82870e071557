"""One document to one Article, or to the reason why it is none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from mujaz.arabic.calendars import parse_date
from mujaz.arabic.normalise import clean, fold_spaces, key
from mujaz.arabic.slugs import digest, slug
from mujaz.data import table
from mujaz.model import (
    Article,
    Document,
    Image,
    Problem,
    Provenance,
    Stated,
    Tag,
)
from mujaz.parse.anatomy import dissect
from mujaz.parse.dateline import NOTHING, Dateline, known_paper, read_dateline, split_inline
from mujaz.parse.lines import Draft, Line, joined, split_lines
from mujaz.parse.site_knowledge.knowledge import Known

_FILE_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_OF_MANY = re.compile(r"#\d+$")


def article(page: Draft, known: Known) -> Article | Problem:
    """Return the article on `page`, or why there is none."""
    document = page.document
    stated = _Facts(_named(document.stated, known))
    anatomy = dissect(page.lines, known.headlines, known.boilerplate, page.headline)
    headline = anatomy.headline
    if headline is None or not headline.key:
        return Problem(
            document.file, "has no headline", "put the headline on a line of its own, first"
        )
    if not anatomy.body:
        return Problem(
            document.file, "has a headline but no body", "add the article's text below it"
        )
    dateline, used, paragraphs = _dateline(anatomy.body, known)
    facts = _Facts({**_of_dateline(dateline), **stated.mapping, **document.corrected})
    if "date" not in facts.mapping:
        facts = _Facts({**facts.mapping, **_of_file_name(document.file)})
    if "category" not in facts.mapping:
        facts = _Facts({**facts.mapping, **_of_folder(document.section)})
    source = stated.text("source") or dateline.source
    return Article(
        file=document.file,
        # Of what was read, not of what an editor made of it: an address outlives corrections.
        id=digest(key(source or ""), headline.key),
        slug=slug(headline.text),
        title=facts.text("title") or fold_spaces(headline.text),
        paragraphs=paragraphs,
        source=facts.text("source"),
        place=facts.text("place"),
        authors=facts.texts("authors"),
        date=facts.day("date"),
        updated=_later(facts.day("updated"), facts.day("date")),
        category=_category(facts.text("category")),
        tags=tuple(Tag(name, "topic", 1.0) for name in facts.texts("tags")),
        summary=facts.text("summary") or "",
        quote=facts.text("quote"),
        address=facts.text("address"),
        images=tuple(_shown(image) for image in document.images if image.name),
        sidebar_raw="\n".join(filter(None, (joined(anatomy.cut), _lines_of(document.beside)))),
        linked=_cleaned(document.linked),
        settled=frozenset(document.corrected),
        excerpt=document.excerpt,
        provenance=_provenance(facts, headline, used, document),
    )


def _named(stated: Mapping[str, Stated], known: Known) -> Mapping[str, Stated]:
    """Return `stated` with its source under the name by which that paper is known."""
    source = stated.get("source")
    paper = known_paper(str(source.value), known) if source else None
    return {**stated, "source": replace(source, value=paper)} if source and paper else stated


def _later(updated: dt.date | None, published: dt.date | None) -> dt.date | None:
    """Return the day of the last update, unless it is that of publication."""
    return updated if updated and published and updated > published else None


def _lines_of(text: str) -> str:
    return joined(split_lines(clean(text))) if text else ""


def _shown(image: Image) -> Image:
    """Return the image with its texts cleaned."""
    alt, caption, after = (fold_spaces(clean(t)) for t in (image.alt, image.caption, image.after))
    return replace(image, alt=alt, caption=caption, after=after)


def _cleaned(lines: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if lines is None else tuple(fold_spaces(clean(line)) for line in lines)


class _Facts:
    """What is known of an article's fields, whoever said it."""

    def __init__(self, mapping: Mapping[str, Stated]) -> None:
        self.mapping = mapping

    def text(self, name: str) -> str | None:
        """Return a field's text, cleaned, or None."""
        found = self.mapping.get(name)
        return fold_spaces(clean(str(found.value))) or None if found else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a field's texts, cleaned, without empty ones."""
        found = self.mapping.get(name)
        values = found.value if found else ()
        values = (values,) if isinstance(values, str) else values
        return tuple(text for text in (fold_spaces(clean(str(v))) for v in values) if text)

    def day(self, name: str) -> dt.date | None:
        """Return a field's day, if it names one."""
        found = self.mapping.get(name)
        if found is None:
            return None
        if isinstance(found.value, dt.datetime):
            return found.value.date()
        if isinstance(found.value, dt.date):
            return found.value
        return parse_date(clean(str(found.value)))


def _of_dateline(dateline: Dateline) -> dict[str, Stated]:
    values = {
        "source": dateline.source,
        "place": dateline.place,
        "authors": dateline.authors,
        "date": dateline.date,
    }
    return {name: Stated(value, "dateline") for name, value in values.items() if value}


def _of_file_name(file: str) -> dict[str, Stated]:
    # The name of a file of many articles says when it was exported.
    match = None if _OF_MANY.search(file) else _FILE_DATE.match(file.rpartition("/")[2])
    day = parse_date(match[0]) if match else None
    return {"date": Stated(day, "file name")} if day else {}


def _of_folder(section: str | None) -> dict[str, Stated]:
    known = section is not None and key(section) in _sections()
    return {"category": Stated(section, "folder")} if known else {}


_CONFIDENCE: Mapping[str, float] = {
    "sidecar": 1.0,
    "front matter": 1.0,
    "json-ld": 0.95,
    "dateline": 0.95,
    "beside the headline": 0.8,
    "title of the feed": 0.8,
    "feed: day of the last update": 0.6,
}
_CONFIDENCE_ELSE = 0.9


def _provenance(
    facts: _Facts, headline: Line, used: Sequence[Line], document: Document
) -> dict[str, Provenance]:
    """Return where each field comes from."""
    found = {}
    if headline.start >= 0:
        found["title"] = Provenance("headline: first line that is not junk", 1.0, headline.span)
    for name, stated in facts.mapping.items():
        if name == "updated" and not _later(facts.day("updated"), facts.day("date")):
            continue
        from_dateline = stated.rule == "dateline" and used
        span = (used[0].start, used[-1].span[1]) if from_dateline else None
        found[name] = Provenance(stated.rule, _CONFIDENCE.get(stated.rule, _CONFIDENCE_ELSE), span)
    if document.excerpt:
        found["paragraphs"] = Provenance("a summary is all that the input has", 0.5)
    return found


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


def _category(section: str | None) -> str | None:
    """Return the label of a section, or the name itself if it is none of ours."""
    return _sections().get(key(section), section) if section else None


@cache
def _sections() -> dict[str, str]:
    """Return the label of each section by every name a folder may have for it."""
    return {
        key(name): entry["label"]
        for folder, entry in table("categories").items()
        for name in (folder, entry["label"], *entry["also"])
    }
