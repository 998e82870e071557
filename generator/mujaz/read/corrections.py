"""What editors write about an article: front matter in its file, or a sidecar beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from mujaz.model import Stated
from mujaz.read.fields import day_of, facts, field_named, is_address, known_names

MOST_BYTES = 64 * 1024
"""Of a sidecar: more is no list of fields."""
_FENCE = re.compile(r"---[ \t]*\n(?=[\w\-]+[ \t]*:)(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MOST_FRONT_MATTER = 20_000
"""Characters: a fence that closes later is a line of dashes in a text."""
_MOST_SHOWN = 60
"""Characters of a faulty value that a message quotes."""
_NOTHING = frozenset({"", "null", "~", "لا شيء"})
_YES, _NO = frozenset({"true", "yes", "on", "نعم"}), frozenset({"false", "no", "off", "لا"})


class CorrectionError(ValueError):
    """An editor's word that cannot be followed; the message names the key and the fault."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """What an editor says of an article."""

    fields: Mapping[str, Stated] = field(default_factory=dict)
    """Corrected fields, see `Document.corrected`; an empty text takes a wrong value away."""
    draft: bool = False
    """Whether the article waits for publication."""


NONE = Corrections()


def split_front_matter(text: str) -> tuple[str | None, str]:
    """Return the YAML between the fences at the head of `text`, if any, and what follows them.

    Fences enclose front matter only where a `key:` follows the first one at once: pages also begin
    with a line of dashes.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n")
    match = _FENCE.match(text, 0, _MOST_FRONT_MATTER)
    return (match[1], text[match.end() :]) if match else (None, text)


def corrections(text: str, rule: str) -> Corrections:
    """Return what the YAML in `text` says. Raises `CorrectionError`."""
    given = _loaded(text)
    fields: dict[str, Stated] = {}
    draft = False
    for name, value in _flattened(given).items():
        meant = field_named(name, "editor")
        if meant is None:
            names = ", ".join(known_names("editor"))
            raise CorrectionError(f"has the unknown key `{name}`; it may have: {names}")
        if meant == "draft":
            draft = _truth(name, value)
        else:
            fields[meant] = Stated(_value(meant, name, value), rule)
    return Corrections(fields, draft)


def _loaded(text: str) -> dict[str, Any]:
    try:
        # Every scalar stays as it is written: `no` is a word, and `2025-07-14` is read by us.
        given = yaml.load(text, yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f" in line {line + 1}" if line is not None else ""
        raise CorrectionError(f"is not valid YAML{where}") from None
    if given in (None, ""):
        return {}
    if not isinstance(given, dict) or not all(isinstance(name, str) for name in given):
        raise CorrectionError("holds no `key: value` lines")
    return given


def _flattened(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return `given` with `date: {created: …, updated: …}` as two fields."""
    date = given.get("date")
    if not isinstance(date, dict):
        return dict(given)
    return {**{name: value for name, value in given.items() if name != "date"}, **date}


def _value(meant: str, name: str, value: Any) -> Any:
    """Return the value of a field in its own type. Raises `CorrectionError`."""
    if value == [] or (isinstance(value, str) and value.strip().lower() in _NOTHING):
        return () if meant in ("authors", "tags") else ""
    if isinstance(value, list) and not all(isinstance(each, str) for each in value):
        raise CorrectionError(f"has a list of lists as `{name}`; write its entries as plain words")
    if isinstance(value, dict):
        raise CorrectionError(f"has keys of its own under `{name}`; write one value")
    if meant in ("date", "updated") and day_of(value) is None:
        raise CorrectionError(
            f"has {_shown(value)} as `{name}`, which names no day; write 2025-07-14"
        )
    if meant == "address" and not is_address(str(value)):
        raise CorrectionError(f"has {_shown(value)} as `{name}`, which is no web address")
    found, _ = facts({meant: value}, "", "editor")
    if meant not in found:
        raise CorrectionError(f"has {_shown(value)} as `{name}`, which says nothing")
    return found[meant].value


def _truth(name: str, value: Any) -> bool:
    word = str(value).strip().lower()
    if word not in _YES | _NO | _NOTHING:
        raise CorrectionError(f"has {_shown(value)} as `{name}`; write true or false")
    return word in _YES


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"
