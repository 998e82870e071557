"""RSS and Atom feeds: each entry an article, in full where the feed has it, else its summary."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.model import Document, Problem, Stated
from mujaz.read.decoding import declared_charset, decode
from mujaz.read.entries.entry_text import EntryText, entry_text, text_of_title
from mujaz.read.entries.publication_status import unpublished
from mujaz.read.fields import date_of, is_address, text_of
from mujaz.read.markup import count_attributes
from mujaz.read.raw import Raw
from mujaz.read.stated.authors import authors_of
from mujaz.read.stated.site_fields import without_site_name
from mujaz.read.stated.site_names import site_of_feed
from mujaz.read.titles import MIN_ARTICLE_WORDS, plain_title, split_title, word_count

MAX_BYTES = 12 * 1024 * 1024
"""Of files with this format's suffixes: the exports among them are longer than feeds."""
_MAX_FEED_BYTES = 3 * 1024 * 1024
_MAX_ENTRIES, _MAX_TAGS = 2_000, 10_000
_MAX_REFERENCES, _MAX_ATTRIBUTES, _MAX_ATTRIBUTES_IN_A_TAG = 100_000, 50_000, 1_000
"""More than any paper's feed holds, and more than feedparser reads in half a second."""
_STATUS = (
    *("draft", "app_draft", "status", "wp_status", "post_status", "wp_post_type"),
    *("wp_post_password", "visibility"),
)
"""Elements in which feeds of some programs say whether an entry is published."""
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
_LONG_FIELD = re.compile(
    r"<(?:\w+:)?(?:pubDate|date|published|updated|modified|issued|created|link|guid|id|author|creator)"
    r"\b[^<>]*>[^<]{5000}",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>/]", re.IGNORECASE)


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the articles of the feed `raw`. Raises `UndecodableError`."""
    parsed = parsed_feed(raw)
    if isinstance(parsed, Problem):
        yield parsed
        return
    if not parsed.entries:
        yield Problem(raw.name, "is a feed without entries", "remove it, or fetch it again")
    for number, entry in enumerate(parsed.entries, 1):
        yield entry_of_feed(entry, parsed.feed, raw, f"{raw.name}#{number}")
    if parsed.bozo and "not well-formed" in str(parsed.get("bozo_exception", "")):
        hint = "fetch it again; what could be read of it is published"
        yield Problem(raw.name, "is a feed that breaks off or is damaged", hint)


def parsed_feed(raw: Raw) -> Any:
    """Return the feed `raw` as feedparser does, or a `Problem`. Raises `UndecodableError`."""
    import feedparser

    if len(raw.data) > _MAX_FEED_BYTES:
        reason = f"is {len(raw.data):,} bytes long; {_MAX_FEED_BYTES:,} is the most"
        return Problem(raw.name, reason, "split the feed")
    text = decode(raw.data, raw.charset or declared_charset(raw.data))
    fault = _fault(text)
    if fault:
        return Problem(raw.name, *fault)
    # Decoded already, better than by what the file declares of itself.
    data = _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")
    parsed = feedparser.parse(
        io.BytesIO(data),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,  # the text is taken out of it, and escaped where it is shown
        resolve_relative_uris=False,
    )
    if not parsed.version and not parsed.entries:
        hint = "save it as RSS or Atom, or its page as .html"
        return Problem(raw.name, "is XML but no feed", hint)
    return parsed


def _fault(text: str) -> tuple[str, str] | None:
    """Return why the feed `text` is not read, and what to do about it."""
    if not text.strip():
        return "is empty", "fetch the feed again, or remove it"
    if _DOCTYPE.search(text) and "<!ENTITY" in text.upper():
        return "defines entities of its own", "fetch the feed again: no paper's feed needs that"
    entries = len(_ENTRY.findall(text))
    if entries > _MAX_ENTRIES:
        return f"has {entries:,} entries; {_MAX_ENTRIES:,} is the most", "split the feed"
    if _LONG_FIELD.search(text):
        return "has a date, a name or an address of 5,000 letters", "fetch the feed again"
    references = text.count("&")
    if references > _MAX_REFERENCES:
        reason = f"has {references:,} references; {_MAX_REFERENCES:,} is the most"
        return reason, "split the feed"
    attributes, in_a_tag = count_attributes(text.encode("utf-8", "replace"))
    if attributes > _MAX_ATTRIBUTES or in_a_tag > _MAX_ATTRIBUTES_IN_A_TAG:
        return "has more attributes in its tags than any paper's feed", "fetch the feed again"
    tags = text.count("<")
    if tags > _MAX_TAGS:
        return f"has {tags:,} tags; {_MAX_TAGS:,} is the most", "split the feed"
    return None


def entry_of_feed(entry: Any, feed: Any, raw: Raw, name: str) -> Document | Problem:
    """Return the article that an entry of a feed is, or why it is none."""
    withheld = unpublished(name, _status(entry))
    if withheld:
        return withheld
    title = plain_title(text_of_title(entry.get("title") or "") or "")
    contents = [entry_text(each.get("value") or "") for each in entry.get("content") or ()]
    content = max(contents, key=_length, default=EntryText(""))
    summary = entry_text(_summary(entry))
    # Some feeds have nothing but a picture where the whole text belongs.
    is_whole = _length(content) >= _length(summary) and bool(content.text)
    chosen = content if is_whole else summary
    stated = _stated(entry, feed)
    titled = Stated(title, "feed"), chosen.text
    if not key(title):
        has_words = word_count(chosen.text) >= MIN_ARTICLE_WORDS
        first = split_title(chosen.text) if has_words else None
        if first is None:
            return Problem(name, "is an entry without a title", "mend the feed, or leave the entry")
        titled = first
    stated["title"], text = titled
    if not key(text):
        return Problem(name, "is an entry without a text", "save the page that it links to")
    return Document(
        name,
        text,
        raw.folder,
        stated=without_site_name(stated, text),
        has_headline=False,
        surroundings=chosen.cut,
        linked=(),
        excerpt=not is_whole or chosen.is_excerpt,
    )


def _length(text: EntryText) -> int:
    return len(text.text)


def _summary(entry: Any) -> str:
    """Return what an entry says in short, or says of its media."""
    media = entry.get("media_description") or ""
    return entry.get("summary") or (media if isinstance(media, str) else "")


def _status(entry: Any) -> dict[str, Any]:
    """Return what an entry says of its publication, whatever the namespace."""
    given = ((name, entry.get(name)) for name in _STATUS)
    plain = ((name.removeprefix("app_").removeprefix("wp_"), value) for name, value in given)
    return {name: value for name, value in plain if value}


def _stated(entry: Any, feed: Any) -> dict[str, Stated]:
    source, rule = _source(entry, feed)
    people = entry.get("authors") or feed.get("authors") or ()
    names = (text_of(each.get("name")) for each in people)
    address = entry.get("link") or ""
    values: Mapping[str, tuple[Any, str]] = {
        "source": (source, rule),
        "authors": (authors_of(list(filter(None, names))), "feed"),
        "date": (date_of(entry.get("published")), "feed"),
        # Of `dict`, since feedparser gives the day of publication where there is no update.
        "updated": (date_of(dict.get(entry, "updated")), "feed"),
        "section": (_section(entry), "feed"),
        "guid": (text_of(entry.get("id")), "feed"),
        "address": (address if is_address(address) else None, "feed"),
    }
    return {name: Stated(value, by) for name, (value, by) in values.items() if value}


def _source(entry: Any, feed: Any) -> tuple[str | None, str]:
    for rule, value in (
        ("feed", (entry.get("source") or {}).get("title")),
        ("feed", entry.get("publisher")),
        ("feed", feed.get("publisher")),
        ("title of the feed", feed.get("title")),
    ):
        text = text_of(value)
        if text:
            return (site_of_feed(text) if rule == "title of the feed" else text), rule
    return None, ""


def _section(entry: Any) -> str | None:
    """Return the entry's section: papers mix sections and key words in one list."""
    terms = (text_of(tag.get("term")) for tag in entry.get("tags") or ())
    return next((term for term in terms if term and key(term) in _sections()), None)


@cache
def _sections() -> frozenset[str]:
    sections = table("sections").values()
    return frozenset(key(str(n)) for each in sections for n in (each["label"], *each["also"]))
