"""Keeps skeletons between builds; each is read when a page asks for it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from mujaz.publish.render.page import Key
from mujaz.publish.render.specialise.template import Hole, Question, Shapes, Skeleton


class Larder(dict[Key, Shapes]):
    """The skeletons that are known, by what their pages share."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Use `base`, which has our table."""
        super().__init__()
        self._base = base
        self._is_whole = False
        self._kept: dict[Key, int] = {}
        """How many skeletons are kept already."""

    def get(self, key: Key, default: Any = None) -> Any:
        """Return the skeletons for `key`, if there are any."""
        if key not in self and not self._is_whole:
            query = "select key, answers, skeleton from shapes where key = ? order by rowid"
            self._take(self._base.execute(query, (json.dumps(key),)))
        return super().get(key, default)

    def take_all(self) -> None:
        """Read all there are: from now on, no other process needs the database."""
        if not self._is_whole:
            self.clear()
            self._take(self._base.execute("select * from shapes order by rowid"))
            self._is_whole = True

    def forget(self) -> None:
        """Forget all; this lasts from the next commit."""
        self.clear()
        self._kept.clear()
        self._is_whole = True
        self._base.execute("delete from shapes")

    def keep(self) -> None:
        """Keep what is new; this lasts from the next commit."""
        for key, shapes in self.items():
            new = shapes.told[self._kept.get(key, 0) :]
            self._kept[key] = len(shapes.told)
            self._base.executemany(
                "insert into shapes values (?, ?, ?)",
                (
                    (json.dumps(key), json.dumps(list(answers)), json.dumps(_fields(skeleton)))
                    for answers, skeleton in new
                ),
            )

    def _take(self, rows: Iterable[tuple[str, str, str]]) -> None:
        for name, answers, skeleton in rows:
            template, begin, depth = json.loads(name)
            key = (template, begin, depth)
            self.setdefault(key, Shapes()).add(
                [(_question(question), given) for question, given in json.loads(answers)],
                _skeleton(json.loads(skeleton)),
            )
            self._kept[key] = len(self[key].told)


def _fields(skeleton: Skeleton | None) -> Any:
    return skeleton and (skeleton.texts, skeleton.holes, skeleton.order)


def _question(fields: Any) -> Question:
    path, kind, argument = fields
    return Question(tuple(path), kind, argument)


def _skeleton(fields: Any) -> Skeleton | None:
    if fields is None:
        return None
    texts, holes, order = fields
    made = (Hole(tuple(path), tuple(map(tuple, changes))) for path, changes in holes)
    return Skeleton(tuple(texts), tuple(made), tuple(order))
