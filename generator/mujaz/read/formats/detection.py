"""Tells formats by their contents: names of saved files often say another one, or none."""

from __future__ import annotations

import codecs
import json
import re

_HEAD_BYTES = 64 * 1024
"""In which a root element has to begin, and the namespaces of an export to be named."""
_PROLOGUE = re.compile(r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>]*>)*", re.I | re.S)
_ROOT = re.compile(r"<(?:[a-z]\w*:)?([a-z][\w.-]*)[\s>/]", re.IGNORECASE)
_HTML_DOCTYPE = re.compile(r"\s*<!doctype\s+html", re.IGNORECASE)
_CLOSED = re.compile(rb"</(?:p|div|h[1-6]|article|body|section|title|head|html)\s*>", re.IGNORECASE)
_MIN_CLOSED = 2
"""Elements of a page; a text about pages begins with no tag, or closes fewer."""
_FEED_ROOTS = frozenset("rss feed rdf channel item entry".split())
_PAGE_ROOTS = frozenset("html head body meta title article main section header div p h1".split())
_OTHER_ROOTS = {"urlset": "sitemap", "sitemapindex": "sitemap", "opml": "opml"}
_WORDPRESS = "wordpress.org/export/"
_BLOGGER = re.compile(rb"schemas\.google\.com/(?:blogger/2008/kind#|blogger/2018)")
_JSON_BEGINS = re.compile(r"\s*(?:\{\s*\"|\[\s*\{\s*\")")
_MIN_JSON_FIELDS = 2
_TEXTS = (None, "txt")
_BY_CONTENT = (*_TEXTS, "html", "xml", "json", "md", "table", "opml", "mhtml")
"""Formats that a name says wrongly now and then; the others have marks of their own."""


def format_by_content(data: bytes, by_name: str | None) -> str | None:
    """Return the format that `data` shows beyond doubt, or the one that its name says, if any."""
    if by_name not in _BY_CONTENT:
        return by_name
    head = _head(data)
    if head.startswith("WARC/"):
        return "warc"
    start = _PROLOGUE.match(head)
    root = _ROOT.match(head, start.end()) if start else None
    if root:
        return _by_root(root[1].lower(), head, data) or by_name
    if by_name != "json" and _JSON_BEGINS.match(head) and _is_json(data):
        return "json"
    return _container(data, head, by_name) or by_name


def _by_root(root: str, head: str, data: bytes) -> str | None:
    """Return the format of what begins with an element `root`; None if that says nothing."""
    if root in _FEED_ROOTS:
        if _WORDPRESS in head:
            return "wxr"
        return "blogger" if root == "feed" and _BLOGGER.search(data) else "xml"
    if _HTML_DOCTYPE.match(head) or root in _PAGE_ROOTS:
        from mujaz.read.formats.messages import telegram

        if telegram.is_export_page(data):
            return "telegram"
        closed = _CLOSED.findall(data[: 4 * _HEAD_BYTES])
        return "html" if len(closed) >= _MIN_CLOSED or b"<body" in data.lower() else None
    return _OTHER_ROOTS.get(root)


def _head(data: bytes) -> str:
    """Return how a file begins, as text in which at least its markup can be read."""
    head = data[:_HEAD_BYTES]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "ignore")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip()


def _is_json(data: bytes) -> bool:
    """Whether a file, or the first line of it, is an object or a list of them."""
    from mujaz.read.decoding import UndecodableError, decode

    for part in (data.strip().split(b"\n", 1)[0], data):
        try:
            loaded = json.loads(decode(part), strict=False)
        except (ValueError, RecursionError, UndecodableError):
            continue
        record = loaded[0] if isinstance(loaded, list) and loaded else loaded
        return isinstance(record, dict) and len(record) >= _MIN_JSON_FIELDS
    return False


def _container(data: bytes, head: str, by_name: str | None) -> str | None:
    """Return the format of a text that holds several articles, or a page with its pictures."""
    if "multipart/related" in head[:4096].lower():
        from mujaz.read.formats import mhtml

        return "mhtml" if mhtml.is_mhtml(data) else None
    if by_name in _TEXTS and (head[:1].isdigit() or head[:1] in "[\xd9\xe2"):
        from mujaz.read.formats.messages import whatsapp

        return "whatsapp" if whatsapp.is_chat_export(data) else None
    return None
