"""One document to one Article, or to the reason why it is none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from mujaz.arabic.calendars import parse_date
from mujaz.arabic.language import language_named, language_of
from mujaz.arabic.normalise import clean, fold_spaces, key
from mujaz.arabic.press.type_names import NEWS
from mujaz.arabic.slugs import digest, slug
from mujaz.arabic.typography import tidy_headline
from mujaz.errors import ANOTHER_HIJRI_DAY
from mujaz.model import (
    Article,
    Document,
    Image,
    Problem,
    Provenance,
    Stated,
    Tag,
)
from mujaz.parse.datelines import Opening, split_opening
from mujaz.parse.day_lines import DayLine, without_day_lines
from mujaz.parse.lines import Draft, Line, joined, split_lines
from mujaz.parse.paragraph_markup import paragraph_markup
from mujaz.parse.publication_day import OF_UPDATE, time_of, with_publication_day
from mujaz.parse.sections import folder_section, own_section_label, split_section_prefix
from mujaz.parse.segmentation import segment
from mujaz.parse.vocabulary import SiteVocabulary

_LASTING = re.compile(r"[:/]|.{16}")
"""An address, a tag URI, a UUID: no other article of any feed is called the same."""
_CONFIDENCE: Mapping[str, float] = {
    "editorial": 1.0,
    "sidecar": 1.0,
    "front matter": 1.0,
    "json-ld": 0.95,
    "dateline": 0.95,
    "beside the headline": 0.8,
    "title of the feed": 0.8,
    "first line": 0.8,
    "address": 0.5,
    "title of the page": 0.8,
    "beside the title": 0.6,
    "class of the element": 0.8,
    "first sentence": 0.5,
}
"""By rule, from 0 to 1."""
_DEFAULT_CONFIDENCE = 0.9


def parse_article(
    draft: Draft, vocabulary: SiteVocabulary, languages: Collection[str] = ()
) -> Article | Problem:
    """Return the article on a page, or why there is none.

    One in another of the `languages` is refused, if any are given.
    """
    article = _parse_article(draft, vocabulary)
    if isinstance(article, Problem) or not languages or article.language in languages:
        return article
    language = article.language or "a language that could not be told"
    reason = f"is in {language}; the site admits {', '.join(sorted(languages))}"
    hint = "add its code to `languages` under `extra: mujaz:`, or remove the file"
    return Problem(article.file, reason, hint)


def _parse_article(draft: Draft, vocabulary: SiteVocabulary) -> Article | Problem:
    document = draft.document
    lines, cut_by_editors = vocabulary.rules.article_lines(draft.lines)
    segments = segment(lines, vocabulary, draft.headline)
    headline = segments.headline
    if headline is None or not headline.key:
        hint = "put the headline on a line of its own, first"
        return Problem(document.file, "has no headline", hint)
    if not segments.body:
        hint = "add the article's text below it"
        return Problem(document.file, "has a headline but no body", hint)
    above = [line for line in segments.cut if line.start < headline.start]
    days = without_day_lines(above, segments.body, is_page=document.linked is not None)
    stated = _with_known_source(document.stated, vocabulary)
    body, stated = _without_own_dateline(days.body, stated, vocabulary)
    opening = split_opening(body, headline.text, vocabulary, stated)
    paragraphs = tuple(map(fold_spaces, opening.texts))
    fields = _fields(document, opening, (headline.text, *paragraphs), days.day, vocabulary)
    headline_as_read = fields.text("title") or fold_spaces(headline.text)
    title = headline_as_read
    if "title" not in document.corrected:
        section, title = split_section_prefix(headline_as_read)
        if section:
            fields = fields.completed_by("section", Stated(section, "before the headline"))
        title = tidy_headline(title)
    # Of what was read, not of what an editor made of it: an address outlives corrections.
    source_as_read = StatedFields(opening.fields).text("source")
    return Article(
        file=document.file,
        id=digest(key(source_as_read or ""), headline.key),
        slug=slug(StatedFields(document.corrected).text("slug") or "") or slug(headline.text),
        title=title,
        headline_as_read=headline_as_read if title != headline_as_read else "",
        paragraphs=paragraphs,
        markup=paragraph_markup(paragraphs, document.markup),
        source=fields.text("source"),
        place=fields.text("place"),
        authors=fields.texts("authors"),
        agency=fields.text("agency"),
        date=fields.day("date"),
        time=time_of(fields.fields),
        updated=fields.day_of_update(),
        section=own_section_label(fields.text("section"), vocabulary),
        type=fields.text("type"),
        language=fields.language(),
        tags=tuple(Tag(name, "topic", 1.0) for name in fields.texts("tags")),
        summary=fields.text("summary") or "",
        quote=fields.text("quote"),
        address=fields.text("address"),
        guid=_guid(StatedFields(stated)),
        images=tuple(_cleaned_image(image) for image in document.images if image.name),
        sidebar_raw="\n".join(
            filter(
                None,
                (
                    joined(opening.cut_above),
                    joined(segments.cut),
                    joined(cut_by_editors),
                    joined(days.cut_for(fields.fields)),
                    joined(opening.cut_below),
                    _clean_lines(document.surroundings),
                ),
            )
        ),
        linked=None if document.linked is None else tuple(map(_cleaned, document.linked)),
        settled=frozenset(document.corrected),
        excerpt=document.excerpt,
        provenance={
            **_provenance(fields, headline, opening, document),
            **_provenance_of_day(fields, days.day),
        },
    )


def _guid(stated: StatedFields) -> str:
    """Return what the input calls the article for good, if that is more than a number in a list."""
    guid = stated.text("guid") or ""
    return guid if _LASTING.search(guid) else stated.text("address") or ""


def _cleaned(text: object) -> str:
    return fold_spaces(clean(str(text)))


def _clean_lines(text: str) -> str:
    return joined(split_lines(clean(text))) if text else ""


def _cleaned_image(image: Image) -> Image:
    alt, caption, after = map(_cleaned, (image.alt, image.caption, image.after))
    return replace(image, alt=alt, caption=caption, after=after)


class StatedFields:
    """The fields of an article that the input, its dateline or an editor states."""

    def __init__(self, fields: Mapping[str, Stated]) -> None:
        """Take the fields by their names."""
        self.fields = fields

    def completed_by(self, name: str, stated: Stated) -> StatedFields:
        """Return the fields with a further one, unless it is stated already."""
        return self if name in self.fields else StatedFields({**self.fields, name: stated})

    def text(self, name: str) -> str | None:
        """Return a field's text, cleaned, or None."""
        stated = self.fields.get(name)
        return (_cleaned(stated.value) or None) if stated else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a field's texts, cleaned, without empty ones."""
        stated = self.fields.get(name)
        values = stated.value if stated else ()
        values = (values,) if isinstance(values, str) else values
        return tuple(filter(None, map(_cleaned, values)))

    def day(self, name: str) -> dt.date | None:
        """Return a field's day, if it names one."""
        value = self.fields[name].value if name in self.fields else None
        if isinstance(value, dt.datetime):
            return value.date()
        if value is None or isinstance(value, dt.date):
            return value
        return parse_date(clean(str(value)))

    def language(self) -> str | None:
        """Return the code of the language."""
        return language_named(self.text("language") or "")

    def day_of_update(self) -> dt.date | None:
        """Return the day of the last update, unless it is that of publication."""
        published, updated = self.day("date"), self.day("updated")
        return updated if updated and published and updated > published else None


def _with_known_source(
    stated: Mapping[str, Stated], vocabulary: SiteVocabulary
) -> Mapping[str, Stated]:
    """Return `stated` with its source under the name that the vocabulary has for it."""
    source = stated.get("source")
    name = vocabulary.source_in_title(str(source.value)) if source else None
    return {**stated, "source": replace(source, value=name)} if source and name else stated


def _without_own_dateline(
    body: Sequence[Line], stated: Mapping[str, Stated], vocabulary: SiteVocabulary
) -> tuple[Sequence[Line], Mapping[str, Stated]]:
    """Return the lines without a dateline of a shape that an editor gave, and what is stated."""
    dateline = (
        vocabulary.rules.dateline(body[0], stated) if vocabulary.rules.shapes and body else None
    )
    if dateline is None or (dateline[1] is None and len(body) == 1):
        return body, stated
    said, rest = dateline
    return [*([rest] if rest else []), *body[1:]], {**said, **stated}


def _fields(
    document: Document,
    opening: Opening,
    text: Sequence[str],
    day: DayLine | None,
    vocabulary: SiteVocabulary,
) -> StatedFields:
    """Return all fields; an editor's word comes before the input's, and that before a dateline."""
    # What pages say of their language is often what their program was delivered with.
    language = language_of("\n".join(text))
    by_letters = {"language": Stated(language, "letters and words")} if language else {}
    stated = {
        name: each
        for name, each in opening.fields.items()
        if not (name == "type" and each.value == NEWS)  # as programs write on everything
    }
    fields = {**stated, **by_letters, **document.corrected}
    fields = with_publication_day(fields, day, document)
    section = folder_section(document.folder, vocabulary) if document.folder else None
    if section and "section" not in fields:
        fields["section"] = Stated(section, "folder")
    return StatedFields(fields)


def _provenance(
    fields: StatedFields, headline: Line, opening: Opening, document: Document
) -> dict[str, Provenance]:
    """Return where each field comes from."""
    provenance = {}
    if headline.start >= 0:
        rule = "headline: first line that is not junk"
        provenance["title"] = Provenance(rule, 1.0, headline.span)
    for name, stated in fields.fields.items():
        if name == "guid" or (name == "updated" and not fields.day_of_update()):
            continue
        span = opening.spans.get(name) if stated.rule == "dateline" else None
        provenance[name] = Provenance(stated.rule, _confidence(stated.rule), span)
    if document.excerpt:
        provenance["paragraphs"] = Provenance("a summary is all that the input has", 0.5)
    return provenance


def _confidence(rule: str) -> float:
    if rule.endswith((OF_UPDATE, ANOTHER_HIJRI_DAY)):
        return 0.6
    return _CONFIDENCE.get(rule, _DEFAULT_CONFIDENCE)


def _provenance_of_day(fields: StatedFields, line: DayLine | None) -> dict[str, Provenance]:
    """Return where the day and the time come from, as far as a line of the text says them."""
    provenance = {}
    for name in ("date", "updated"):
        stated = fields.fields.get(name)
        if line and stated == line.stated and (name == "date" or fields.day_of_update()):
            provenance[name] = line.provenance
    date = fields.fields.get("date")
    if date and "time" not in fields.fields and time_of(fields.fields):
        confidence = _confidence(date.rule)
        provenance["time"] = provenance.get("date", Provenance(date.rule, confidence))
    return provenance
