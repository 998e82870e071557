"""Reads the front matter that Mujaz writes, much faster than PyYAML, or raises `NotInSubset`.

Correct because it accepts only a part of YAML in which each line says by itself what it is: block
mappings and lists, one line a scalar, as PyYAML's writer lays them out. Plain scalars are taken
only where YAML 1.1 gives them one reading; quoted ones only whole on their line. Whatever else is
there (anchors, tags, folded lines, comments, duplicated keys) is refused, and MkDocs reads it with
PyYAML. A property test holds the two readers equal.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import yaml

from mujaz.publish.render.page import NotInSubset

# White space, a dash, a key, and text that no rule of YAML touches, or whatever else is there.
_LINE = re.compile(
    r"^( *+)(- )?(?:([A-Za-z_][A-Za-z0-9_-]*+):(?: (?=.)|$))?"
    r"(?:([^\x00-@\[-`{-\x7fFNOTYfnoty][^:#\n]*+)|(.*+))$",
    re.M,
)
_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
"""By first character, the patterns of plain scalars that YAML 1.1 takes for something but text."""
_WORDS = {"true": True, "false": False, "null": None}
_NOT_TEXT_KEYS = frozenset("y n yes no on off true false null".split())
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@` ")
_FORBIDDEN = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_INTEGER = re.compile("0|[1-9][0-9]*")
_FRACTION = re.compile(r"[0-9]+\.[0-9]+")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SINGLE = re.compile("'([^']*+(?:''[^']*+)*)'")
_DOUBLE = re.compile(r'"([^"\\]*(?:\\["\\/nt][^"\\]*)*)"')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t"}


def split(text: str) -> tuple[dict[str, Any], str]:
    """Return a page's front matter and the Markdown below it.

    Raises `NotInSubset` if the text is not surely read as MkDocs would read it.
    """
    end = text.find("\n---\n", 3)
    if not text.startswith("---\n") or end < 0:
        raise NotInSubset
    block = text[4 : end + 1]
    if not block or _FORBIDDEN.search(block) or " \n" in block:
        raise NotInSubset
    lines = _LINE.findall(block[:-1])
    meta, last = _mapping(lines, 0, 0)
    if last != len(lines):
        raise NotInSubset
    return meta, text[end + 5 :].lstrip("\n")


def _mapping(lines: list[Any], index: int, indent: int) -> tuple[dict[str, Any], int]:
    """Return the mapping that begins at the line `index`, and the index of the line after it."""
    mapping: dict[str, Any] = {}
    while index < len(lines):
        spaces, dash, key, text, rest = lines[index]
        if len(spaces) != indent or dash:
            break
        if not key or key in mapping or key.lower() in _NOT_TEXT_KEYS:
            raise NotInSubset
        index += 1
        if text:
            mapping[key] = text
        elif rest:
            mapping[key] = _scalar(rest)
        else:
            mapping[key], index = _nested(lines, index, indent)
    return mapping, index


def _nested(lines: list[Any], index: int, indent: int) -> tuple[Any, int]:
    """Return what stands below a key without a value: lists are not set in, mappings are."""
    if index == len(lines):
        raise NotInSubset
    spaces, dash, key, _, _ = lines[index]
    if dash and len(spaces) == indent:
        return _list(lines, index, indent)
    if not dash and key and len(spaces) == indent + 2:
        return _mapping(lines, index, indent + 2)
    raise NotInSubset


def _list(lines: list[Any], index: int, indent: int) -> tuple[list[Any], int]:
    entries: list[Any] = []
    while index < len(lines):
        spaces, dash, key, text, rest = lines[index]
        if len(spaces) != indent or not dash:
            break
        if not key:
            entries.append(text or _scalar(rest))
            index += 1
        else:
            lines[index] = (spaces + "  ", "", key, text, rest)
            entry, index = _mapping(lines, index, indent + 2)
            entries.append(entry)
    return entries, index


def _scalar(text: str) -> Any:
    first = text[:1]
    if first == "'":
        quoted = _SINGLE.fullmatch(text)
        if quoted is None:
            raise NotInSubset
        return quoted[1].replace("''", "'")
    if first == '"':
        quoted = _DOUBLE.fullmatch(text)
        if quoted is None:
            raise NotInSubset
        return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), quoted[1])
    if text == "[]":
        return []
    if text == "{}":
        return {}
    return _plain(text, first)


def _plain(text: str, first: str) -> Any:
    if not first or first in _INDICATORS or ": " in text or " #" in text or text[-1] in ": ":
        raise NotInSubset
    for _, pattern in _RESOLVERS.get(first, ()):
        if pattern.match(text):
            return _resolved(text)
    return text


def _resolved(text: str) -> Any:
    """Return a plain scalar that is no text, if there is only one way to read it."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FRACTION.fullmatch(text):
        return float(text)
    if _DAY.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise NotInSubset from None
    raise NotInSubset
