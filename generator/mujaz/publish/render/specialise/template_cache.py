"""Caches specialised templates between builds; each is read when a page needs it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from mujaz.publish.render.page import TemplateKey
from mujaz.publish.render.specialise.template import Guard, GuardTree, Slot, SpecialisedTemplate


class TemplateCache(dict[TemplateKey, GuardTree]):
    """The specialised templates of one site."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use the table in the database of the manifest."""
        super().__init__()
        self._connection = connection
        self._is_whole = False
        self._saved: dict[TemplateKey, int] = {}
        """How many templates of a key are saved already."""

    def get(self, key: TemplateKey, default: Any = None) -> Any:
        """Return the templates for `key`, if there are any."""
        if key not in self and not self._is_whole:
            query = "select * from specialised_templates where key = ? order by rowid"
            self._load(self._connection.execute(query, (json.dumps(key),)))
        return super().get(key, default)

    def load_all(self) -> None:
        """Read all there are: from now on, no other process needs the database."""
        if not self._is_whole:
            self.clear()
            query = "select * from specialised_templates order by rowid"
            self._load(self._connection.execute(query))
            self._is_whole = True

    def discard_all(self) -> None:
        """Remove all; this lasts from the next commit."""
        self.clear()
        self._saved.clear()
        self._is_whole = True
        self._connection.execute("delete from specialised_templates")

    def save(self) -> None:
        """Save what is new; this lasts from the next commit."""
        for key, tree in self.items():
            new = tree.entries[self._saved.get(key, 0) :]
            self._saved[key] = len(tree.entries)
            self._connection.executemany(
                "insert into specialised_templates values (?, ?, ?)",
                (
                    (json.dumps(key), json.dumps(list(outcomes)), json.dumps(_fields(template)))
                    for outcomes, template in new
                ),
            )

    def _load(self, rows: Iterable[tuple[str, str, str]]) -> None:
        for name, outcomes, template in rows:
            theme_template, begin, depth = json.loads(name)
            key = (theme_template, begin, depth)
            self.setdefault(key, GuardTree()).add(
                [(_guard(guard), outcome) for guard, outcome in json.loads(outcomes)],
                _template(json.loads(template)),
            )
            self._saved[key] = len(self[key].entries)


def _fields(template: SpecialisedTemplate | None) -> Any:
    return template and (template.texts, template.slots, template.sequence)


def _guard(fields: Any) -> Guard:
    path, kind, argument = fields
    return Guard(tuple(path), kind, argument)


def _template(fields: Any) -> SpecialisedTemplate | None:
    if fields is None:
        return None
    texts, slots, sequence = fields
    made = (Slot(tuple(path), tuple(map(tuple, changes))) for path, changes in slots)
    return SpecialisedTemplate(tuple(texts), tuple(made), tuple(sequence))
