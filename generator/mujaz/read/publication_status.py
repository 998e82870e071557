"""Whether an export says of an entry that it is published; drafts and private ones are not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.model import Problem
from mujaz.read.fields import folded

_MAX_STATUS_CHARACTERS = 40
"""A longer value is no status."""
_YES, _NO = frozenset({"true", "1", "yes", "نعم"}), frozenset({"false", "0", "no", "لا"})


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
    content = record.get("content")
    kind = _word(record.get("type"))
    if isinstance(content, Mapping) and "rendered" in content and kind in _other_types():
        reason = f"is no article but a thing of the type `{kind}`"
        return Problem(name, reason, "export articles alone, or leave it out")
    return None


def withheld(name: str, status: str) -> Problem:
    """Return why the entry called `name` is kept back: its `status` where it comes from."""
    reason = f"is not published where it comes from: its {status}"
    return Problem(name, reason, "publish it there and export it again, or leave it out")


def _word(value: Any) -> str:
    """Return a status as a word in lower case; empty if it is none."""
    if isinstance(value, bool | int):
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
def _other_types() -> frozenset[str]:
    return frozenset(table("fields")["publication"]["other_types"])
