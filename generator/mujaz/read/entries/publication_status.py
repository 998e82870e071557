"""Whether an export says of an entry that it is published, and an article at all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.model import Held, Problem
from mujaz.read.fields import folded

_MAX_STATUS_CHARACTERS = 40
"""A longer value is no status."""
_YES = frozenset(map(key, ("true", "1", "1.0", "yes", "y", "t", "نعم")))
_NO = frozenset(map(key, ("false", "0", "0.0", "no", "n", "f", "لا")))
_PAGES = frozenset({"page", "static_page", "static page"})
"""What any publishing program calls what stands beside articles, such as «من نحن»."""
_PROTECTED = ("content", "excerpt")
"""Where WordPress says it."""


def unpublished(name: str, record: Mapping[str, Any]) -> Problem | None:
    """Return why the entry called `name` is not to be published, as `record` says; or None.

    What an export says that nobody here understands, such as `status: ok` of the download, keeps
    nothing back.
    """
    given = {folded(each): each for each in record}
    for field, words, meaning in _tests():
        word = _word(record[given[field]]) if field in given else ""
        if word and key(word) in words:
            shown = str(given[field])[:_MAX_STATUS_CHARACTERS]
            return withheld(name, f"`{shown}` is {meaning or f'`{word}`'}")
    for field in _passwords():
        if field in given and _word(record[given[field]]):
            return withheld(name, "text is protected by a password")
    parts = [part for each in _PROTECTED if isinstance(part := record.get(each), Mapping)]
    if any(part.get("protected") is True for part in parts):
        return withheld(name, "text is protected by a password")
    kind = _other_type(record, given, of_wordpress=any("rendered" in part for part in parts))
    if kind:
        reason = f"is no article but a thing of the type `{kind}`"
        return Problem(name, reason, "export articles alone, or leave it out")
    return None


def withheld(name: str, status: str) -> Held:
    """Return why the entry called `name` is kept back: its `status` where it comes from.

    It waits, and is no fault: so nothing stands in its place, not even what it was before.
    """
    reason = f"is not published where it comes from: its {status}"
    return Held(name, reason, "publish it there and export it again, or leave it out")


def no_articles(file: str, kind: str, count: int) -> Problem:
    """Return that so many entries of the export `file` are no articles, but of another type."""
    reason = f"holds {count:,} entries of the type `{kind}`, which are no articles"
    if count == 1:
        reason = f"holds an entry of the type `{kind}`, which is no article"
    return Problem(f"{file}#{kind}", reason, "nothing has to be done: its posts are read")


def _other_type(
    record: Mapping[str, Any], given: Mapping[str, str], *, of_wordpress: bool
) -> str | None:
    """Return what an entry is that is no article, such as `attachment`.

    `given` are the names of its fields by their folded ones. What WordPress alone calls a type may
    be the kind of an article elsewhere, such as `comment`.
    """
    kind = _word(record[given["posttype"]]) if "posttype" in given else ""
    if kind and kind != "post":
        return kind
    kind = _word(record[given["type"]]) if "type" in given else ""
    return kind if kind in (_other_types() if of_wordpress else _PAGES) else None


def _word(value: Any) -> str:
    """Return a status as a word in lower case; empty if it is none."""
    if isinstance(value, bool | int | float):
        return str(value).lower()
    text = value.strip().lower() if isinstance(value, str) else ""
    return text if len(text) <= _MAX_STATUS_CHARACTERS else ""


@cache
def _tests() -> tuple[tuple[str, frozenset[str], str], ...]:
    """Return fields that say it, the words that do, and what to call these words."""
    table_of_words = table("fields")["publication"]
    words = frozenset(map(key, table_of_words["unpublished"]))
    return (
        *((folded(field), words, "") for field in table_of_words["status_fields"]),
        *((folded(field), _YES, "true") for field in table_of_words["unpublished_if_true"]),
        *((folded(field), _NO, "false") for field in table_of_words["unpublished_if_false"]),
    )


@cache
def _passwords() -> tuple[str, ...]:
    return tuple(map(folded, table("fields")["publication"]["unpublished_if_given"]))


@cache
def _other_types() -> frozenset[str]:
    return frozenset(table("fields")["publication"]["other_types"])
