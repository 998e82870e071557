"""The feeds: RSS 2.0 and JSON Feed 1.1 of the newest articles, in the order of all headlines.

That is by time, with sources alternating, and what an agency reports once.

What a feed reader takes for HTML is text escaped twice, once for it and once for XML. By the
standard that is an item's description alone, but readers differ about all else: some decode a title
once and show it, others read it as HTML. So text there has a form that means the same to both.

`pubDate` and `date_published` need a time with its zone. Where an article's input states no such
time, none is invented: its day alone stands in Dublin Core's `date`, and in an extension of ours,
which has the time without a zone as well.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from email.utils import format_datetime
from html import escape
from typing import Any
from urllib.parse import urljoin

from mujaz.arabic.language import ARABIC
from mujaz.compose.pages.listing import newest_rows
from mujaz.compose.permalinks import article_path, whole_address
from mujaz.config import Config
from mujaz.library.groups import ALL
from mujaz.library.tracking import TrackedLibrary
from mujaz.model import Article
from mujaz.site_model import Asset

_MAX_ARTICLES = 30
_START_OF_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|&(?=[A-Za-z#])")
"""Where HTML would see a tag or the reference to a character."""
_WORD_JOINER = "\u2060"
"""Is not seen, and makes text of what it stands in."""
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(name: str, library: TrackedLibrary, config: Config) -> Asset | None:
    """Return `feed.xml` or `feed.json`, unless the site's own address is unknown.

    Feeds need whole addresses: a reader opens them far from the site.
    """
    if not config.site_url:
        return None
    cards = newest_rows(ALL, _MAX_ARTICLES, library)
    articles = [article for card in cards if (article := library.article(card.id))]
    return Asset(name, (_rss if name == "feed.xml" else _json)(articles, config))


def _address(article: Article, config: Config) -> str:
    return whole_address(article_path(article), config.site_url)


def _isolated(text: str) -> str:
    """Return `text` set apart as right-to-left, for feed readers that lay out left to right."""
    return f"\u2067{text}\u2069"


def _rss(articles: Sequence[Article], config: Config) -> str:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">',
        "<channel>",
        f"<title>{_plain(config.site_name)}</title>",
        f"<link>{xml(config.site_url)}</link>",
        f"<description>{_plain(config.site_description or config.site_name)}</description>",
        "<language>ar</language>",
        f'<atom:link href="{xml(urljoin(config.site_url, "feed.xml"))}" rel="self"'
        ' type="application/rss+xml"/>',
    ]
    for article in articles:
        address = xml(_address(article, config))
        lines += [
            "<item>",
            f"<title>{_plain(_isolated(article.title))}</title>",
            f"<link>{address}</link>",
            f'<guid isPermaLink="true">{address}</guid>',
            f"<description>{xml(escape(article.summary, quote=False))}</description>",
        ]
        if not article.is_arabic:
            lines.append(f"<dc:language>{_plain(article.language or '')}</dc:language>")
        if article.source:
            lines.append(f"<dc:publisher>{_plain(article.source)}</dc:publisher>")
        lines += [f"<dc:creator>{_plain(author)}</dc:creator>" for author in article.authors]
        if article.section:
            lines.append(f"<category>{_plain(article.section)}</category>")
        if moment := _moment(article):
            lines.append(f"<pubDate>{format_datetime(moment)}</pubDate>")
        elif article.date:
            lines.append(f"<dc:date>{article.date.isoformat()}</dc:date>")
        lines.append("</item>")
    return "\n".join([*lines, "</channel>", "</rss>", ""])


def _json(articles: Sequence[Article], config: Config) -> str:
    items = []
    for article in articles:
        address = _address(article, config)
        entry: dict[str, Any] = {
            "id": address,
            "url": address,
            "title": article.title,
            "summary": article.summary,
            "content_text": "\n\n".join(article.paragraphs),
            "language": article.language or ARABIC,
            "tags": [tag.name for tag in article.shown_tags],
        }
        if article.authors:
            entry["authors"] = [{"name": name} for name in article.authors]
        if moment := _moment(article):
            entry["date_published"] = moment.isoformat()
        elif article.date:
            entry["_mujaz"] = {"date": article.date.isoformat()}
            if article.time:
                entry["_mujaz"]["time"] = article.time.isoformat("minutes")
        items.append(entry)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": config.site_name,
        "home_page_url": config.site_url,
        "feed_url": urljoin(config.site_url, "feed.json"),
        "description": config.site_description or config.site_name,
        "language": ARABIC,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def xml(text: str) -> str:
    """Return text as XML writes it between tags or quotes, without what it has no form for."""
    return escape(_for_xml(text))


def _plain(text: str) -> str:
    """Return text, in XML, that says the same to readers that take it for text or for HTML."""
    return escape(_START_OF_MARKUP.sub(rf"\g<0>{_WORD_JOINER}", _for_xml(text)))


def _for_xml(text: str) -> str:
    """Return text without the characters that XML has no form for."""
    return _NOT_IN_XML.sub("", text)


def _moment(article: Article) -> dt.datetime | None:
    """Return when an article was published, if its input states the time and the zone as well."""
    if article.date is None or article.time is None or article.time.tzinfo is None:
        return None
    return dt.datetime.combine(article.date, article.time)
