"""A message of a messenger to the article that it is, if it is long enough to be one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mujaz.model import Document, Problem, Stated
from mujaz.read.raw import Raw
from mujaz.read.titles import MIN_ARTICLE_WORDS, split_title, word_count

_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Message:
    """What a messenger's export has of one message."""

    text: str
    date: dt.date | None = None
    """A datetime if the time is stated too."""
    updated: dt.date | None = None
    authors: tuple[str, ...] = ()
    """Who signed it; who sent it is not said to have written it."""
    guid: str = ""
    source: str | None = None
    """The channel or group."""


def articles(messages: Iterable[Message], raw: Raw, rule: str) -> Iterator[Document | Problem]:
    """Yield the articles among the messages of one file, and one Problem that counts the others."""
    short = total = 0
    for total, message in enumerate(messages, 1):
        document = _article(message, raw, f"{raw.name}#{total}", rule)
        if document is None:
            short += 1
        else:
            yield document
    if not total:
        yield Problem(raw.name, "is an export without messages", "export the chat again, with them")
    elif short:
        subject = "1 message is" if short == 1 else f"{short:,} messages are"
        reason = f"{subject} too short to be articles, of {total:,}: fewer than"
        hint = "nothing need be done; what is an article all the same, save as a file of its own"
        yield Problem(raw.name, f"{reason} {MIN_ARTICLE_WORDS} words", hint)


def _article(message: Message, raw: Raw, name: str, rule: str) -> Document | None:
    if word_count(_ADDRESS.sub("", message.text)) < MIN_ARTICLE_WORDS:
        return None
    titled = split_title(message.text)
    if titled is None:
        return None
    title, text = titled
    values = {
        "source": message.source,
        "authors": message.authors,
        "date": message.date,
        "updated": message.updated,
        "guid": message.guid,
    }
    stated = {field: Stated(value, rule) for field, value in values.items() if value is not None}
    stated = {field: each for field, each in stated.items() if each.value not in ("", ())}
    return Document(name, text, raw.folder, stated={**stated, "title": title}, has_headline=False)
