"""Tells formats by their contents, where the name of a file says nothing or too little."""

from __future__ import annotations

_HEAD_BYTES = 4096
_PAGE = (b"<!doctype html", b"<html")


def format_by_content(data: bytes, by_name: str | None) -> str | None:
    """Return the format that `data` shows beyond doubt, or the one that its name says, if any."""
    if by_name == "html":
        from mujaz.read.formats.messages import telegram

        return "telegram" if telegram.is_export_page(data) else by_name
    if by_name == "xml":
        from mujaz.read.formats import opml

        return "opml" if opml.is_opml(data) else by_name
    if by_name not in (None, "txt"):
        return by_name
    head = data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_PAGE) and b"<body" in data.lower():
        return format_by_content(data, "html")
    if head.startswith(b"warc/"):
        return "warc"
    return _container(data, head) or by_name


def _container(data: bytes, head: bytes) -> str | None:
    """Return the format of a text that holds several articles, or a page with its pictures."""
    if head.startswith((b"<?xml", b"<opml", b"<!--")):
        from mujaz.read.formats import opml

        return "opml" if opml.is_opml(data) else None
    if b"multipart/related" in head:
        from mujaz.read.formats import mhtml

        return "mhtml" if mhtml.is_mhtml(data) else None
    if head[:1].isdigit() or head[:1] in (b"[", b"\xd9", b"\xe2"):
        from mujaz.read.formats.messages import whatsapp

        return "whatsapp" if whatsapp.is_chat_export(data) else None
    return None
