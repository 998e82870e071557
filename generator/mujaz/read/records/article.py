"""One record of an export to the article that it is, or the reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mujaz.model import Document, Problem, Stated
from mujaz.read.entries.entry_text import without_additions
from mujaz.read.entries.publication_status import unpublished
from mujaz.read.fields import TEXT_FIELDS, stated_fields
from mujaz.read.raw import Raw
from mujaz.read.records.shapes import flattened
from mujaz.read.records.texts import text_of_record
from mujaz.read.stated.site_fields import without_site_name
from mujaz.read.titles import MIN_ARTICLE_WORDS, split_title, word_count

_MAX_KEYS = 1_000
"""Of a record; those of exports have some thirty."""
_WORD = re.compile(r"[^\W_]")
_HINT = "export articles as JSON objects"


class RecordReader:
    """Reads the records of one file; each name of a field that nobody reads is reported once."""

    def __init__(self, raw: Raw, common: Mapping[str, Stated] | None = None) -> None:
        """Read records of `raw`; `common` are fields that it states for all of them."""
        self._raw = raw
        self._common = common or {}
        self._reported: set[str] = set()

    def article(self, record: Any, name: str) -> Document | Problem:
        """Return the article that `record` is, or why it is none."""
        if not isinstance(record, Mapping):
            return Problem(name, "is no record but a bare value", _HINT)
        if len(record) > _MAX_KEYS:
            reason = f"is a record of {len(record):,} fields; {_MAX_KEYS:,} is the most"
            return Problem(name, reason, _HINT)
        record = flattened(record)
        withheld = unpublished(name, record)
        if withheld:
            return withheld
        stated, unknown = stated_fields(record, "export")
        given, full = text_of_record(record)
        entry = without_additions(given)
        text = entry.text
        title = stated.get("title")
        if title is None or not _WORD.search(str(title.value)):
            titled = split_title(text) if word_count(text) >= MIN_ARTICLE_WORDS else None
            if titled is None:
                hint = "export the field `title` as well"
                return Problem(name, "is a record without a title", hint)
            stated["title"], text = titled
        if not _WORD.search(text):
            return Problem(name, "is a record without a text", "export the field `text` as well")
        return Document(
            name,
            text,
            self._raw.folder,
            stated=without_site_name(
                {**self._common, **{k: v for k, v in stated.items() if k not in TEXT_FIELDS}}, text
            ),
            has_headline=False,
            surroundings=entry.cut,
            linked=() if entry.cut else None,
            excerpt=not full or entry.is_excerpt,
            unread=self._not_reported(unknown),
        )

    def _not_reported(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of `names` that were not reported yet, and note that they are."""
        new = tuple(each for each in names if each not in self._reported)
        self._reported.update(new)
        return new
