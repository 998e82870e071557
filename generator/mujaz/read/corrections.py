"""What editors write about an article: front matter in its file, or a sidecar beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from mujaz.arabic.calendars import read_time
from mujaz.arabic.press.type_names import article_types, type_named
from mujaz.errors import nearest
from mujaz.model import Held, Stated
from mujaz.read.fields import (
    date_of,
    field_named,
    field_names,
    has_arabic_letter,
    is_address,
    stated_fields,
)

MAX_SIDECAR_BYTES = 16 * 1024
"""More is no list of fields."""
_FENCE = re.compile(
    r"\s*---[ \t]*\n(?=(?:#[^\n]*\n)*[\w\-]+[ \t]*:)(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_TOML_FENCE = re.compile(
    r"\s*\+\+\+[ \t]*\n(?=(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*(?:[\w\-\"'.]+[ \t]*=|\[[\w.\-]+\]))"
    r"(.*?\n)\+\+\+[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
_MAX_FRONT_MATTER_CHARACTERS = 20_000
"""A fence that closes later is a line of dashes in a text."""
_MAX_QUOTED_CHARACTERS = 60
"""Of a faulty value in a message."""
_MAX_BRACKETS, _MAX_DOTS = 200, 200
"""Dots may stand for levels in TOML."""
_EMPTY = frozenset({"", "null", "~", "لا شيء"})
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


NO_CORRECTIONS = Corrections()


def split_front_matter(text: str) -> tuple[str | None, str]:
    """Return the YAML between the fences at the head of `text`, if any, and what follows them.

    Empty lines may stand before it.

    Fences enclose front matter only where a `key:` follows the first one at once: pages also begin
    with a line of dashes.
    """
    return _split(text, _FENCE)


def _split(text: str, fence: re.Pattern[str]) -> tuple[str | None, str]:
    text = text.lstrip("\ufeff").replace("\r\n", "\n")
    match = fence.match(text, 0, _MAX_FRONT_MATTER_CHARACTERS)
    return (match[1], text[match.end() :]) if match else (None, text)


def read_front_matter(text: str) -> tuple[Corrections, str]:
    """Return what front matter at the head of `text` says, and what follows it.

    Raises `CorrectionError`.
    """
    given, rest = split_front_matter(text)
    if given:
        return parse_corrections(given, "front matter"), rest
    given, rest = _split(text, _TOML_FENCE)
    return (corrections_of(_loaded_toml(given), "front matter") if given else NO_CORRECTIONS), rest


def draft_problem(file: str) -> Held:
    """Return why an article that waits for publication is not published."""
    return Held(file, "is marked as a draft", "take `draft` out of it to publish it")


def parse_corrections(text: str, rule: str) -> Corrections:
    """Return what the YAML in `text` says. Raises `CorrectionError`."""
    return corrections_of(_loaded(text), rule)


def corrections_of(given: Mapping[str, Any], rule: str) -> Corrections:
    """Return what an editor's fields say, values as written. Raises `CorrectionError`."""
    fields: dict[str, Stated] = {}
    draft = False
    given = _flattened(given)
    # A day before the time of that day, on which its zone may depend.
    for name in sorted(given, key=lambda each: field_named(each, "editor") == "time"):
        value, field_name = given[name], field_named(name, "editor")
        if field_name is None:
            raise CorrectionError(_unknown_key(name))
        if field_name == "draft":
            draft = _boolean(name, value)
        else:
            day = fields.get("date") if field_name == "time" else None
            fields[field_name] = Stated(_value(field_name, name, value, day), rule)
    return Corrections(fields, draft)


def _loaded(text: str) -> dict[str, Any]:
    if text.count("[") + text.count("{") > _MAX_BRACKETS:
        raise CorrectionError(f"is not valid YAML for fields: it has over {_MAX_BRACKETS} brackets")
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


def _loaded_toml(text: str) -> dict[str, Any]:
    """Return what TOML says, each scalar as text, as from YAML."""
    import tomllib  # seldom needed

    if text.count("[") + text.count("{") > _MAX_BRACKETS or text.count(".") > _MAX_DOTS:
        raise CorrectionError("is not valid TOML for fields: it has too many brackets or dots")
    try:
        given = tomllib.loads(text)
    except (ValueError, RecursionError):
        raise CorrectionError("has front matter between `+++` that is not valid TOML") from None
    return {
        name: [_as_text(each) for each in value] if isinstance(value, list) else _as_text(value)
        for name, value in given.items()
    }


def _as_text(value: Any) -> Any:
    return value if isinstance(value, dict | list) else str(value)


def _flattened(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return `given` with `date: {created: …, updated: …}` as two fields."""
    date = given.get("date")
    if not isinstance(date, dict):
        return dict(given)
    return {**{name: value for name, value in given.items() if name != "date"}, **date}


def _value(field_name: str, name: str, value: Any, day: Stated | None) -> Any:
    """Return the value of a field that an editor calls `name`, in its own type; a time is of `day`.

    Raises `CorrectionError`.
    """
    if value == [] or (isinstance(value, str) and value.strip().lower() in _EMPTY):
        return () if field_name in ("authors", "tags") else ""
    if isinstance(value, list) and not all(isinstance(each, str) for each in value):
        raise CorrectionError(f"has a list of lists as `{name}`; write its entries as plain words")
    if isinstance(value, dict):
        raise CorrectionError(f"has keys of its own under `{name}`; write one value")
    if field_name in ("date", "updated") and date_of(value) is None:
        raise CorrectionError(
            f"has {_quoted(value)} as `{name}`, which names no day; write 2025-07-14"
        )
    if field_name == "time":
        if time := read_time(str(value), day.value if day and day.value else None):
            return time
        raise CorrectionError(
            f"has {_quoted(value)} as `{name}`, which names no time (00:00 is none); write 14:30"
        )
    if field_name == "type" and type_named(str(value)) is None:
        types = ", ".join(article_types())
        raise CorrectionError(f"has {_quoted(value)} as `{name}`, which is no type; write {types}")
    if field_name == "address" and not is_address(str(value)):
        raise CorrectionError(f"has {_quoted(value)} as `{name}`, which is no web address")
    fields, _ = stated_fields({field_name: value}, "", "editor")
    if field_name not in fields:
        raise CorrectionError(f"has {_quoted(value)} as `{name}`, which says nothing")
    return fields[field_name].value


def _unknown_key(name: str) -> str:
    """Return what is wrong with a key, and which keys there are in its language."""
    names = field_names("editor", in_arabic=has_arabic_letter(name))
    meant = nearest(name, (alias for aliases in names for alias in aliases))
    suggestion = f"did you mean `{meant}`? " if meant else ""
    every = ", ".join(aliases[0] for aliases in names)
    return f"has the unknown key `{_shortened(name)}`; {suggestion}it may have: {every}"


def _boolean(name: str, value: Any) -> bool:
    word = str(value).strip().lower()
    if word not in _YES | _NO | _EMPTY:
        raise CorrectionError(f"has {_quoted(value)} as `{name}`; write true or false")
    return word in _YES


def _quoted(value: Any) -> str:
    return _shortened(repr(value))


def _shortened(text: str) -> str:
    text = text.encode("utf-8", "backslashreplace").decode()  # YAML can write half of a character
    return text if len(text) <= _MAX_QUOTED_CHARACTERS else text[:_MAX_QUOTED_CHARACTERS] + "…"
