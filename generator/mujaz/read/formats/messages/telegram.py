"""Exports of Telegram: `result.json`, of one chat or of all, and pages such as `messages.html`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mujaz.model import Document, Problem
from mujaz.read.decoding import decode
from mujaz.read.fields import date_of
from mujaz.read.formats.messages.article import Message, articles
from mujaz.read.markup import count_attributes, parse_html, text_of_html
from mujaz.read.raw import MAX_PAGE_BYTES, Raw
from mujaz.read.records.texts import lines_of

MAX_BYTES = MAX_PAGE_BYTES
_MAX_PAGE_TAGS, _MAX_ATTRIBUTES_IN_A_TAG = 40_000, 1_000
"""A page of an export has at most a thousand messages."""
_RULE = "message"
_SHARED = ("channel", "group")
"""How types of chats end that many read; other types are private conversations."""
_OWN_NOTES = frozenset({"Saved Messages", "الرسائل المحفوظة"})
_MAX_NAME_CHARACTERS = 200
"""Telegram itself admits 128."""
_HINT = "export a channel or a group; what is an article all the same, save as a file of its own"
_MESSAGE = "div[starts-with(@class, 'message default')]"
_IS_PAGE = re.compile(rb'class="message (?:default|service)\b[^"]*" id="message-?\d')


def chats(loaded: Any) -> list[Mapping[str, Any]]:
    """Return the chats in an export that is JSON; none if it is another export."""
    if not isinstance(loaded, Mapping):
        return []
    several = loaded.get("chats")
    entries = several.get("list") if isinstance(several, Mapping) else [loaded]
    return [each for each in entries if _is_chat(each)] if isinstance(entries, list) else []


def is_export_page(data: bytes) -> bool:
    """Whether `data` is a page of an export."""
    return bool(_IS_PAGE.search(data, 0, 100_000))


def read_chats(chats: Sequence[Mapping[str, Any]], raw: Raw) -> Iterator[Document | Problem]:
    """Yield the articles among the messages of some chats."""
    shared = [chat for chat in chats if not _is_private(chat)]
    private = len(chats) - len(shared)
    if private == len(chats) == 1:
        yield Problem(raw.name, f"is a private conversation, a `{chats[0]['type']}`"[:100], _HINT)
    elif private:
        subject = "a private conversation" if private == 1 else f"{private:,} private conversations"
        yield Problem(raw.name, f"holds {subject}, not published", _HINT)
    if shared:
        messages = (message for chat in shared for message in _messages(chat))
        yield from articles(messages, raw, _RULE)


def read(raw: Raw) -> Iterator[Document | Problem]:
    """Yield the articles on the page of an export `raw`. Raises `UndecodableError`."""
    tags, attributes = raw.data.count(b"<"), count_attributes(raw.data)[1]
    if tags > _MAX_PAGE_TAGS or attributes > _MAX_ATTRIBUTES_IN_A_TAG:
        reason = f"is a page of {tags:,} tags; {_MAX_PAGE_TAGS:,} is the most"
        if tags <= _MAX_PAGE_TAGS:
            reason = "is a page with more attributes in a tag than any real one"
        yield Problem(raw.name, reason, "export the chat as JSON")
        return
    root = parse_html(decode(raw.data))
    if root is None:
        yield Problem(raw.name, "is an export without messages", "export the chat as JSON")
        return
    if _is_private_page(root):
        yield Problem(raw.name, "is a private conversation of two people, or with oneself", _HINT)
        return
    yield from articles(_messages_of_page(root), raw, _RULE)


def _is_chat(value: Any) -> bool:
    messages = value.get("messages") if isinstance(value, Mapping) else None
    if not isinstance(messages, list) or not ("type" in value or "name" in value):
        return False
    if _is_private(value):  # whatever its messages are like, they are nobody's articles
        return True
    return all(isinstance(each, Mapping) and "type" in each and "date" in each for each in messages)


def _is_private(chat: Mapping[str, Any]) -> bool:
    """Whether a chat says of itself that it is of one person or two."""
    kind = chat.get("type")
    return isinstance(kind, str) and not kind.lower().endswith(_SHARED)


def _messages(chat: Mapping[str, Any]) -> Iterator[Message]:
    """Yield what people or channels wrote; that somebody joined or pinned is no message."""
    source = _name(chat.get("name"))
    for each in chat["messages"]:
        if each.get("type") != "message":
            continue
        author = each.get("author")
        yield Message(
            text=lines_of(each.get("text")),
            date=date_of(each.get("date")),
            updated=date_of(each.get("edited")),
            authors=(author,) if isinstance(author, str) and author.strip() else (),
            guid=f"telegram:{chat.get('id')}/{each.get('id')}",
            source=source,
        )


def _messages_of_page(root: Any) -> Iterator[Message]:
    source = _name(_header(root))
    for element in root.xpath(f"//{_MESSAGE}[not(ancestor::{_MESSAGE})]"):
        texts = element.xpath(".//div[@class='text']")
        markup = "\n".join(_inner_html(each) for each in texts)
        moments = element.xpath(".//div[contains(@class, 'date')]/@title")
        signatures = element.xpath(".//div[contains(@class, 'signature')]")
        authors = (" ".join(each.text_content().split()) for each in signatures)
        yield Message(
            text=text_of_html(markup) if markup else "",
            date=date_of(str(moments[0])) if moments else None,
            authors=tuple(filter(None, authors)),
            source=source,
        )


def _is_private_page(root: Any) -> bool:
    """Whether two people write, one of whom the page is named for, or one to oneself.

    A channel is the only one to write in it, and no member of a group has its name.
    """
    header = _header(root)
    senders = root.xpath(f"//{_MESSAGE}/div[@class='body']/div[@class='from_name']")
    names = {" ".join((each.text or "").split()) for each in senders}
    return header in _OWN_NOTES or (header in names and len(names) == 2)


def _header(root: Any) -> str:
    return " ".join(root.xpath("string(//div[contains(@class, 'page_header')])").split())


def _name(value: Any) -> str | None:
    """Return the name of a channel or group."""
    name = value.strip() if isinstance(value, str) else ""
    return name if 0 < len(name) <= _MAX_NAME_CHARACTERS else None


def _inner_html(element: Any) -> str:
    from lxml import html

    return str(html.tostring(element, encoding="unicode", with_tail=False))
