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


def unpublished(name: str, fields: Mapping[str, Any]) -> Problem | None:
    """Return why the entry called `name` is not to be published, by its `fields`, or None.

    Names of fields are those that `folded` gives. What an export says that nobody here understands,
    such as `status: ok` of the download, keeps nothing back.
    """
    table_of_names = _names()
    for field in table_of_names["status_fields"]:
        status = _word(fields.get(field))
        if status and key(status) in table_of_names["unpublished"]:
            return withheld(name, f"`{field}` is `{status}`")
    for field in table_of_names["unpublished_if_true"]:
        if _word(fields.get(field)) in _YES:
            return withheld(name, f"`{field}` is true")
    for field in table_of_names["unpublished_if_false"]:
        if _word(fields.get(field)) in _NO:
            return withheld(name, f"`{field}` is false")
    if isinstance(fields.get("content"), Mapping) and "rendered" in fields["content"]:
        kind = _word(fields.get("type"))
        if kind in table_of_names["other_types"]:  # of a publishing program
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
def _names() -> dict[str, frozenset[str] | tuple[str, ...]]:
    """Return the words of the table: names of fields in their order, values to compare with."""
    words = table("fields")["publication"]
    return {
        name: frozenset(map(key, values)) if name == "unpublished" else tuple(map(folded, values))
        for name, values in words.items()
        if name != "other_types"
    } | {"other_types": frozenset(words["other_types"])}
