"""The JSON Schema of the editor's files, for completion and for faults while one writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import mujaz
import yaml
from mujaz.config.editorial import HIDE, KEYS, KINDS
from mujaz.data import table
from mujaz.model import MonthNames

SCHEMA = Path(mujaz.__file__).parent / "starter" / "files" / "editorial" / "editorial.schema.json"
_TEXTS = Path(__file__).parent / "editorial.yml"

_TEXT = {"type": ["string", "number", "null"]}
_TEXT_OR_LIST = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_FLAG = {"enum": [True, False, None, "نعم", "لا"]}
_ANYTHING: dict[str, Any] = {}


def schema_text() -> str:
    """Return the schema, which every new site has."""
    return json.dumps(_schema(), ensure_ascii=False, indent=1) + "\n"


def _schema() -> dict[str, Any]:
    lists = _by_name(_TEXT_OR_LIST)
    kinds = {name: _TEXT_OR_LIST for names in KINDS.values() for name in names}
    tags = {
        "add": {**_mapping(kinds), "type": ["object", "null"]},
        "merge": lists,
        "rename": _by_name({"type": ["string", "number"]}),
        "retype": _by_name({"enum": [*kinds]}),
        "block": _TEXT_OR_LIST,
    }
    section = _part(
        "sections",
        {
            "name": {"type": ["string", "number"], "minLength": 1},
            "colour": {"type": ["string", "null"], "pattern": "^(#[0-9a-fA-F]{6})?$"},
            "also": _TEXT_OR_LIST,
        },
    )
    parts = {
        "articles": _by_name(_mapping(_article_fields())),
        "front": _part(
            "front", {"lead": _TEXT_OR_LIST, "order": _TEXT_OR_LIST, "hide": _TEXT_OR_LIST}
        ),
        "stories": _list(
            _part("stories", {**dict.fromkeys(KEYS["stories"], _TEXT_OR_LIST), "title": _TEXT})
        ),
        "tags": _part("tags", tags),
        "sections": _list({"anyOf": [_TEXT, section]}),
        "papers": _by_name(_part("papers", dict.fromkeys(KEYS["papers"], _TEXT_OR_LIST))),
        "months": {"enum": [*get_args(MonthNames), None]},
        "home": {"type": ["string", "null"], "pattern": "^([A-Z]{2})?$"},
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "editorial/*.yml",
        **_part("", parts),
    }


def _part(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of one part of the file: each key by all of its names, with its meaning."""
    meanings = yaml.safe_load(_TEXTS.read_text("utf-8"))[name]
    return _mapping(
        {
            alias: {
                "description": meanings[key]["ar" if _is_arabic(alias) else "en"],
                **values[key],
            }
            for key, aliases in KEYS[name].items()
            for alias in aliases
        }
    )


def _article_fields() -> dict[str, Any]:
    fields = {alias: _ANYTHING for names in table("fields")["editor"].values() for alias in names}
    return {**fields, **dict.fromkeys(HIDE, _FLAG)}


def _mapping(keys: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": ["object", "null"], "properties": dict(keys), "additionalProperties": False}


def _by_name(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": ["object", "null"], "additionalProperties": dict(value)}


def _list(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [{"type": "null"}, value, {"type": "array", "items": value}]}


def _is_arabic(text: str) -> bool:
    return not text.isascii()


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), "utf-8")
