"""What a web archive says of a page or feed that was fetched: in headers of its records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import quote, unquote

from mujaz.model import Document, Stated
from mujaz.read.fields import date_of

_RULE = "fetch"
"""Names, in provenances, the settings by which something was fetched."""
_MAX_CHARACTERS, _MAX_NUMBERS = 2_000, 2_000
_SAFE = " /:%!$&'()*+,;=@#?~-._"
_NO_ARTICLES = "none"


class FetchNotes(NamedTuple):
    """What is known of an answer beside what it says itself."""

    source: str = ""
    """The paper, as the settings name it."""
    section: str = ""
    guid: str = ""
    """What the entry that links to a page calls it for good."""
    link: str = ""
    """The address that was asked for; the answer may come from another one."""
    day: str = ""
    """Day and time of publication, as the entry states it."""
    numbers: tuple[int, ...] | None = None
    """Numbers, from 1, of the entries of a feed that are articles; None: it is a page."""


def headers_of(notes: FetchNotes) -> dict[str, str]:
    """Return the headers of a record that say what is noted: ASCII, with percent signs."""
    values = {
        "Mujaz-Paper": notes.source,
        "Mujaz-Section": notes.section,
        "Mujaz-Guid": notes.guid,
        "Mujaz-Link": notes.link,
        "Mujaz-Date": notes.day,
    }
    headers = {
        name: quote(" ".join(value.split())[:_MAX_CHARACTERS].replace("%", "%25"), safe=_SAFE)
        for name, value in values.items()
        if value
    }
    if notes.numbers is None:
        return {"Mujaz-Articles": "page", **headers}
    return {"Mujaz-Articles": ",".join(map(str, notes.numbers)) or _NO_ARTICLES, **headers}


def fetch_notes(headers: Mapping[str, str]) -> FetchNotes | None:
    """Return what the headers of a record note, by their names in lower case.

    None if it was not fetched by this program.
    """
    articles = headers.get("mujaz-articles", "")
    if not articles:
        return None
    numbers = None if articles == "page" else _numbers(articles)

    def text(name: str) -> str:
        return unquote(headers.get(f"mujaz-{name}", ""))

    return FetchNotes(
        text("paper"), text("section"), text("guid"), text("link"), text("date"), numbers
    )


def _numbers(text: str) -> tuple[int, ...]:
    parts = text.split(",")[:_MAX_NUMBERS]
    return tuple(int(each) for each in parts if each.isascii() and each.isdecimal())


def with_fetch_notes(document: Document, notes: FetchNotes) -> Document:
    """Return a document with what is noted of it: what an editor set stands above what it says."""
    stated = dict(document.stated)
    day = date_of(notes.day)
    values = {"date": day, "guid": notes.guid, "address": notes.link}
    for name, value in values.items():
        if value and name not in stated:
            stated[name] = Stated(value, _RULE)
    if notes.guid:
        stated["guid"] = Stated(notes.guid, _RULE)
    settings = {"source": notes.source, "section": notes.section}
    fixed = {name: Stated(value, _RULE) for name, value in settings.items() if value}
    return replace(document, stated=stated, corrected={**document.corrected, **fixed})
