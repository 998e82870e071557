"""What an answer is, by its content, and which articles it has or leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, NamedTuple

from mujaz.fetching.addresses import absolute, same_form
from mujaz.fetching.client import FetchedAnswer
from mujaz.fetching.faults import FetchError
from mujaz.model import Document, Problem
from mujaz.read.decoding import UndecodableError, declared_charset, decode
from mujaz.read.fields import text_of
from mujaz.read.formats import feed, html
from mujaz.read.formats.detection import format_by_content
from mujaz.read.packing.unzip import MAGIC, UnzipError, unzipped
from mujaz.read.raw import MAX_PAGE_BYTES, Raw

_KINDS = {"xml": "feed", "sitemap": "sitemap", "html": "page"}
_DAMAGED = re.compile("not well-formed|no element|unclosed|mismatched")
_MAX_LINKS = 50_000
_ALTERNATE = re.compile(r"<link\b[^<>]*\brel\s*=\s*[\"']?alternate\b[^<>]*>", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss|atom)\+xml", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)


class FeedItem(NamedTuple):
    """An entry of a feed."""

    number: int
    """Its place in the feed, from 1."""
    key: str
    """What tells it from all others, for good."""
    mark: str
    """Changes when the entry does."""
    link: str
    """The address of its page, if it has one of its own."""
    title: str
    guid: str
    day: str
    entry: Any
    """As feedparser gives it."""


class SitemapItem(NamedTuple):
    """A page, or another sitemap, that a sitemap lists."""

    address: str
    day: str
    """When it was published or changed, as the sitemap states it."""


def content_kind(answer: FetchedAnswer) -> str:
    """Return what an answer is: `feed`, `sitemap` or `page`; empty if it is something else."""
    if not answer.content.strip():
        return ""
    return _KINDS.get(format_by_content(answer.content, None) or "", "")


def raw_of(answer: FetchedAnswer, name: str = "answer") -> Raw:
    """Return an answer as readers take it."""
    return Raw(name, answer.content, None, answer.charset, answer.address)


def unzipped_answer(answer: FetchedAnswer) -> FetchedAnswer:
    """Return an answer whose content is not a zipped file. Raises `FetchError`."""
    if not answer.content.startswith(MAGIC):
        return answer
    try:
        content, damaged = unzipped(answer.content, MAX_PAGE_BYTES)
    except UnzipError as error:
        raise FetchError(str(error), "look at it in a browser") from None
    if damaged:
        raise FetchError("is a zipped file that breaks off", "it is asked again", is_passing=True)
    return answer._replace(content=content)


def feed_items(answer: FetchedAnswer) -> tuple[Any, list[FeedItem]]:
    """Return a feed as feedparser gives it, and its entries, each once. Raises `FetchError`."""
    try:
        parsed = feed.parsed_feed(raw_of(answer))
    except UndecodableError as error:
        raise FetchError(f"the feed {error}", "tell the newsroom") from None
    except Exception as error:  # of the library that reads feeds
        reason = f"cannot be read as a feed ({type(error).__name__})"
        raise FetchError(reason, "tell the newsroom") from None
    if isinstance(parsed, Problem):
        raise FetchError(parsed.reason, "tell the newsroom")
    entries = parsed.entries
    if parsed.bozo and _DAMAGED.search(str(parsed.get("bozo_exception", ""))):
        entries = entries[:-1]  # the last one may lack its end
        if not entries:
            hint = "it is asked again the next time"
            raise FetchError("is a feed that breaks off or is damaged", hint, is_passing=True)
    links = [absolute(answer.address, str(each.get("link") or "")) for each in entries]
    titles: dict[str, set[str]] = {}
    for link, entry in zip(links, entries, strict=True):
        titles.setdefault(link, set()).add(str(entry.get("title") or ""))
    items = dict[str, FeedItem]()
    for number, (link, entry) in enumerate(zip(links, entries, strict=True), 1):
        own_link = link if len(titles[link]) == 1 else ""  # else it is the site's, not the entry's
        item = _feed_item(number, own_link, entry)
        items.setdefault(item.key, item)
    return parsed.feed, list(items.values())


def _feed_item(number: int, link: str, entry: Any) -> FeedItem:
    guid, title = text_of(entry.get("id")) or "", str(entry.get("title") or "")
    texts = [str(each.get("value") or "") for each in entry.get("content") or ()]
    updated = str(dict.get(entry, "updated") or "")
    key = same_form(link) if link else guid or digest_of(title, *texts, str(entry.get("summary")))
    mark = digest_of(title, updated, *texts)
    day = str(entry.get("published") or updated)
    return FeedItem(number, key, mark, link, title, guid, day, entry)


def article_of(item: FeedItem, feed_of_it: Any, answer: FetchedAnswer) -> Document | None:
    """Return the article that an entry is as it stands, if there is any text in it."""
    try:
        read = feed.entry_of_feed(item.entry, feed_of_it, raw_of(answer), "entry")
    except Exception:  # of the libraries that read markup
        return None
    return read if isinstance(read, Document) else None


def sitemap_items(answer: FetchedAnswer) -> tuple[bool, list[SitemapItem]]:
    """Return whether a sitemap lists other sitemaps, and what it lists, the newest first.

    Raises `FetchError`.
    """
    from lxml import etree

    if b"<!ENTITY" in answer.content[: 64 * 1024].upper():
        raise FetchError("defines entities of its own", "no sitemap needs that")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(answer.content.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise FetchError("is a sitemap that is damaged", "it is asked again", is_passing=True)
    is_index = etree.QName(root).localname == "sitemapindex"
    items = [item for element in root[:_MAX_LINKS] if (item := _sitemap_item(element, answer))]
    items.sort(key=lambda item: item.day, reverse=True)
    return is_index, list(dict.fromkeys(items))


def _sitemap_item(element: Any, answer: FetchedAnswer) -> SitemapItem | None:
    fields: dict[str, str] = {}
    for each in element.iter():
        if isinstance(each.tag, str) and each.text:
            fields.setdefault(each.tag.rpartition("}")[2], each.text.strip())
    address = absolute(answer.address, fields.get("loc", ""))
    day = fields.get("publication_date") or fields.get("lastmod") or ""
    return SitemapItem(address, day) if address else None


def listed_links(answer: FetchedAnswer) -> list[str]:
    """Return the addresses on a page that may be articles of its site, in their order."""
    from courlan import extract_links

    text = _text(answer)
    links = extract_links(text, answer.address, external_bool=False)
    places = {link: text.find(link.rpartition("/")[2] or link) for link in links}
    return sorted(links, key=lambda link: (places[link] < 0, places[link], link))


def page_article(answer: FetchedAnswer) -> Document | Problem:
    """Return the article on a page, or why there is none."""
    try:
        return next(html.read(raw_of(answer)))
    except UndecodableError as error:
        return Problem("answer", str(error), "tell the newsroom")
    except Exception as error:  # of the libraries that read pages
        reason = f"cannot be read as a page ({type(error).__name__})"
        return Problem("answer", reason, "look at it in a browser")


def named_feeds(answer: FetchedAnswer) -> Iterator[str]:
    """Yield the addresses of the feeds that a page names."""
    for element in _ALTERNATE.findall(_text(answer)):
        href = _HREF.search(element)
        if href and _FEED_TYPE.search(element) and (address := absolute(answer.address, href[1])):
            yield address


def _text(answer: FetchedAnswer) -> str:
    try:
        return decode(answer.content, answer.charset or declared_charset(answer.content))
    except UndecodableError:
        return answer.content.decode("latin-1")


def digest_of(*parts: str | bytes) -> str:
    """Return a short digest of texts."""
    hashed = blake2b(digest_size=12)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        hashed.update(b"%d:" % len(data) + data)
    return hashed.hexdigest()


_ENTRIES_BEGIN = re.compile(rb"<(?:\w+:)?(?:item|entry|url|sitemap)[\s>]")


def digest_of_entries(content: bytes) -> str:
    """Return a digest of a feed or sitemap from its first entry on: before it stand dates."""
    start = _ENTRIES_BEGIN.search(content)
    return digest_of(content[start.start() :] if start else content)
