"""The nouns of the story: what each stage takes and what it hands on. All of it is frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Digits = Literal["latin", "arabic"]
"""How a site writes its own numbers: 2025, or ٢٠٢٥."""
MonthNames = Literal["levant", "gulf", "maghreb", "both"]
"""Whose names of months a site writes: آب; أغسطس; those of Algeria and Tunisia, أوت; آب/أغسطس."""
TagKind = Literal["person", "place", "organisation", "topic"]
MarkupKind = Literal["text", "heading", "bullet", "number", "quote", "head row", "row"]
"""What a paragraph is: text, a heading, an item of either kind of list, a quotation, the row of a
table that names its columns, or another row."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an input is not published, or needs an editor."""

    file: str
    """Path of the input, relative to the folder of raw articles."""
    reason: str
    """The fault, in one clause."""
    hint: str
    """The next step for an editor."""


@dataclass(frozen=True, slots=True)
class Held(Problem):
    """Why an input waits for publication: its editor says so, and it is no fault."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What an input says of itself outside its text."""

    value: Any
    """Text; a tuple of texts for `authors` and `tags`; for `date` and `updated` text, a date, or a
    datetime if the time is stated too; a time for `time`, where it is stated apart from the day."""
    rule: str
    """Where it says so: `sidecar`, `front matter`, `json-ld`, `feed` and the like."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that an article's page shows."""

    source: str
    """Where the page says it is."""
    alt: str
    """What the page has for those who do not see it."""
    caption: str
    """What stands below it."""
    after: str
    """The paragraph that it follows; empty if it follows the headline."""
    file: str = ""
    """Path of the picture, relative to the folder of raw articles, once it is found there."""
    name: str = ""
    """Under which it is published: a digest of its bytes in 16 letters, then its width if it was
    written anew, and a suffix for its kind."""
    width: int = 0
    """Pixels."""
    height: int = 0
    """Pixels."""
    widths: tuple[int, ...] = ()
    """Pixels across of its smaller versions, which are published beside it; see `version_name`."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of characters of one paragraph that look alike, and lead to one place."""

    text: str
    """As written."""
    style: str = ""
    """`strong`, `em` and `code`, those of them that it has, with a blank between; `cell` for what
    stands between two cells of a table."""
    address: str = ""
    """Whole address of the page that it leads to, if it is a link."""


@dataclass(frozen=True, slots=True)
class Markup:
    """How an author marked a paragraph up: what it is, and how its words stand out."""

    kind: MarkupKind
    """What it is."""
    runs: tuple[Run, ...]
    """Its text, in its order; together they are the paragraph."""
    level: int = 0
    """How deep it lies in lists, from 0; for a heading, how low it ranks, from 0."""


@dataclass(frozen=True, slots=True)
class Document:
    """One raw article, decoded but not yet understood."""

    file: str
    """Path relative to the folder of raw articles, with `/` between its parts; of several articles
    in one file, `#` and its number follow."""
    text: str
    """The decoded text, not cleaned."""
    folder: str | None = None
    """Name of the folder the file lies in, if any: newsrooms export by section."""
    stated: Mapping[str, Stated] = field(default_factory=dict)
    """Title, source, agency, place, authors, date, time, updated, section, type, language, tags,
    summary, quote, address: those that are stated."""
    corrected: Mapping[str, Stated] = field(default_factory=dict)
    """The same fields, as an editor corrects them; this overrides everything."""
    has_headline: bool = True
    """Whether the text begins with the headline; else `stated` has the title."""
    surroundings: str = ""
    """What the format itself tells apart from the article, such as a page's menus and lists."""
    linked: tuple[str, ...] | None = None
    """Those lines of `surroundings` that are links long enough to be headlines; None if the format
    tells links and text not apart."""
    excerpt: bool = False
    """Whether the text is only a summary of the article, as some feeds give."""
    unread: tuple[str, ...] = ()
    """Names of fields in the input that nobody here understands."""
    images: tuple[Image, ...] = ()
    """The pictures that its page shows; those that may be published have a `name`."""
    faults: tuple[str, ...] = ()
    """What of it cannot be published, each in a clause."""
    markup: tuple[Markup, ...] = ()
    """How each line of the text is marked up, if the format tells."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a derived value comes from."""

    rule: str
    """Name of the rule that gave the value."""
    confidence: float = 1.0
    """From 0 to 1."""
    span: tuple[int, int] | None = None
    """Start and end, in characters of the cleaned text, of the evidence."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline seen beside an article."""

    text: str
    """As written, white space folded."""
    confidence: float
    """From 0 to 1: how sure its two ends are."""
    article: str | None = None
    """Id of the article it belongs to, if that is published here."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Something an article is about, or mentions."""

    name: str
    """The canonical Arabic name."""
    kind: TagKind
    """What sort of thing it names."""
    confidence: float
    """From 0 to 1."""
    rule: str = "stated"
    """What says so: `stated` by the input, `gazetteer`, `model`, `editor`, or `collection` if other
    articles are surer of it; `doubtful` as long as these are not known."""
    span: tuple[int, int] | None = None
    """Start and end, in characters of `Article.text`, of its first mention."""
    also: tuple[str, ...] = ()
    """Other spellings and names that stand for it here."""
    salience: float = 1.0
    """From 0 to 1: how likely it is that the article is about it, and does not only mention it."""
    shown: bool = True
    """Whether it is among the few that the article's page shows; the others help to find it."""


@dataclass(frozen=True, slots=True)
class Version:
    """An article as a paper printed it before it printed a correction."""

    file: str
    """The file it was read from."""
    date: dt.date
    """The day of its publication."""
    title: str
    """Its headline then."""
    paragraphs: tuple[str, ...]
    """Its body then, word for word."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same text as it was printed elsewhere."""

    file: str
    """The file it was read from."""
    source: str | None
    """The paper or agency."""
    title: str
    """Its headline there."""
    address: str | None
    """Where it was published there, if the input says."""


@dataclass(frozen=True, slots=True)
class Article:
    """One understood article."""

    file: str
    """The file it was read from; of several copies, the fullest one."""
    id: str
    """Short base-32 digest of source and headline: the stable half of its address."""
    title: str
    """The headline."""
    slug: str
    """The readable half of its address, from the headline as read, uncorrected; may be empty."""
    paragraphs: tuple[str, ...]
    """The body, word for word."""
    markup: tuple[Markup, ...] = ()
    """How each paragraph is marked up; none if all of them are plain text."""
    excerpt: bool = False
    """Whether the body is only a summary of the article, as some feeds give."""
    source: str | None = None
    """The paper or agency."""
    place: str | None = None
    """Where it was reported from."""
    authors: tuple[str, ...] = ()
    """The byline's names."""
    agency: str | None = None
    """The news agency that wrote the text, where a paper names one: readers ask who really did."""
    date: dt.date | None = None
    """The day of publication, only if the input states it."""
    time: dt.time | None = None
    """The time of that day, only if the input states it; with its zone if that is stated too."""
    updated: dt.date | None = None
    """The day of its latest correction by the same paper."""
    section: str | None = None
    """The section's Arabic label."""
    type: str | None = None
    """What kind of text it is: news, opinion, interview, feature, caption or notice."""
    language: str | None = None
    """The language it is written in, as an ISO 639 code: `ar`, `fa`, `ckb`."""
    headline_as_read: str = ""
    """The headline as the input has it, where `title` is a tidier form of it."""
    summary: str = ""
    """The lead, cut at the end of a sentence."""
    quote: str | None = None
    """A quotation in its body, word for word and with its marks, to be set large beside it."""
    tags: tuple[Tag, ...] = ()
    """What it is about and what it mentions, most salient first."""
    sidebar: tuple[Headline, ...] = ()
    """The headlines seen beside it that are sure enough to show, its own among them."""
    sidebar_raw: str = ""
    """Everything that was cut, as written."""
    linked: tuple[str, ...] | None = None
    """Its lines that are links to other articles; None if the input does not tell."""
    address: str | None = None
    """Where it was published first, if the input says."""
    guid: str = ""
    """What its feed or export calls it for good, else the address that it states; maybe empty."""
    images: tuple[Image, ...] = ()
    """Its pictures, in the order of its page."""
    also_in: tuple[str, ...] = ()
    """Other papers that printed the same text."""
    duplicates: tuple[Duplicate, ...] = ()
    """The inputs that have the same text, by file, versions that this one corrects among them."""
    first_source: str | None = None
    """The source that printed the text before all others, where days and times tell."""
    also_told_in: tuple[str, ...] = ()
    """Files of much longer articles that hold its text."""
    also_tells: tuple[str, ...] = ()
    """Files of much shorter articles whose text it holds."""
    versions: tuple[Version, ...] = ()
    """What the same paper printed before this correction, oldest first: the first, the latest."""
    settled: frozenset[str] = frozenset()
    """Fields that an editor has given: nothing that is derived is added to them."""
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    """Where each derived field comes from, by field name."""

    @property
    def is_arabic(self) -> bool:
        """Whether it is in Arabic, as it is if nothing says otherwise."""
        return self.language in (None, "ar")

    @property
    def shown_tags(self) -> tuple[Tag, ...]:
        """What it is about, most salient first: six tags at the most, or those of an editor."""
        return tuple(tag for tag in self.tags if tag.shown)

    @property
    def text(self) -> str:
        """Headline and body, a line each."""
        return "\n".join((self.title, *self.paragraphs))
