"""The schema of the editor's files says what the reader of these files says."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import pytest
import yaml
from mujaz.config.editorial import KEYS

from docs.site.editorial_schema import SCHEMA, schema_text
from tests.support import cases

_CHECKER: Any = import_module("jsonschema").Draft7Validator(json.loads(schema_text()))
_OF_FORM = {
    *("a slip of a key", "an Arabic slip", "a list where a mapping is meant"),
    *("a kind of tags that is none", "a colour by name", "a country by name", "months of nobody"),
    "neither yes nor no",
}
"""Faults that a schema can tell."""


def test_schema_is_that_of_the_code() -> None:
    assert SCHEMA.read_text("utf-8") == schema_text(), "run `python -m docs.site.editorial_schema`"


@pytest.mark.parametrize(
    "case", [each for each in cases("editorial", "faults") if each.id in _OF_FORM]
)
def test_schema_refuses_what_the_reader_refuses(case: dict[str, Any]) -> None:
    assert not _CHECKER.is_valid(yaml.safe_load(case["text"]))


@pytest.mark.parametrize("case", cases("editorial", "articles"))
def test_schema_admits_what_the_reader_admits(case: dict[str, Any]) -> None:
    assert [*_CHECKER.iter_errors(yaml.safe_load(case["said"]))] == []


def test_schema_has_every_key_in_both_languages() -> None:
    text = schema_text()
    names = [name for keys in KEYS.values() for aliases in keys.values() for name in aliases]
    assert [name for name in names if f'"{name}": {{' not in text] == []
    said = (
        "المقالات: {a: {العنوان: ع, إخفاء: نعم}}\narticles: {b: {title: t, tags: [x], hide: true}}"
    )
    assert _CHECKER.is_valid(yaml.safe_load(said))
    assert not _CHECKER.is_valid(yaml.safe_load("articles: {b: {titel: t}}"))
