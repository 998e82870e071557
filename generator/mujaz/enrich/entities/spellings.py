"""The way each name is spelled: the way that most articles spell it, if nobody settles it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

from mujaz.arabic.normalise import key
from mujaz.enrich.entities.tagger import Editor, renamed
from mujaz.model import Tag

_TABLES = (
    "create table if not exists spellings_used (folded text, name text, times int, settled int,"
    " primary key (folded, name)) without rowid",
    "create table if not exists spellings_in (folded text, file text, names text,"
    " primary key (folded, file)) without rowid",
    "create index if not exists spellings_of on spellings_in (file)",
)
_SETTLED = ("editor", "stated", "gazetteer")
"""Rules whose spellings are not up for choice."""


class Spellings:
    """The spellings of all names in a collection, in tables."""

    def __init__(self, base: sqlite3.Connection, editor: Editor) -> None:
        """Use `base`; the names of the editor's table stand whatever articles say."""
        self._base = base
        self._editor = {key(name): name for name in sorted(editor.names, reverse=True)}
        self._usual: dict[str, str] = {}
        for statement in _TABLES:
            base.execute(statement)

    def update(self, gone: Iterable[str], come: Iterable[tuple[str, Sequence[Tag]]]) -> set[str]:
        """Forget the names in files that left or changed, learn those of others with their tags.

        Returns the files whose names are spelled otherwise now.
        """
        base = self._base
        counts: Counter[tuple[str, str, bool]] = Counter()
        for file in gone:
            rows = base.execute("select folded, names from spellings_in where file = ?", (file,))
            for folded, names in rows.fetchall():
                for told in names.split("\0"):
                    counts[folded, told[1:], told[0] == "!"] -= 1
            base.execute("delete from spellings_in where file = ?", (file,))
        for file, tags in come:
            own: dict[str, list[str]] = {}
            for tag in tags:
                settled, folded = tag.rule in _SETTLED, key(tag.name)
                counts[folded, tag.name, settled] += 1
                own.setdefault(folded, []).append(f"{'!' if settled else '?'}{tag.name}")
            base.executemany(
                "insert into spellings_in values (?, ?, ?)",
                ((folded, file, "\0".join(names)) for folded, names in own.items()),
            )
        return self._count(counts)

    def _count(self, counts: Counter[tuple[str, str, bool]]) -> set[str]:
        changed = {entry: times for entry, times in counts.items() if times}
        before = {folded: self.usual(folded) for folded, _, _ in changed}
        self._base.executemany(
            "insert into spellings_used values (?1, ?2, ?3, ?4) on conflict (folded, name)"
            " do update set times = times + ?3, settled = settled + ?4",
            (
                (folded, name, times, times if settled else 0)
                for (folded, name, settled), times in changed.items()
            ),
        )
        self._base.executemany(
            "delete from spellings_used where folded = ? and times = 0", ((f,) for f in before)
        )
        self._usual.clear()
        moved = [folded for folded, usual in before.items() if self.usual(folded) != usual]
        return {
            file
            for folded in moved
            for (file,) in self._base.execute(
                "select file from spellings_in where folded = ?", (folded,)
            )
        }

    def usual(self, folded: str) -> str | None:
        """Return the spelling to show for a comparison key, if anybody uses it.

        Settled spellings stand, of several the first in the alphabet; else the most frequent one.
        """
        if folded in self._editor:
            return self._editor[folded]
        found = self._usual.get(folded)
        if found is None:
            row = self._base.execute(
                "select name from spellings_used where folded = ?"
                " order by settled > 0 desc, case when settled > 0 then 0 else times end desc, name"
                " limit 1",
                (folded,),
            ).fetchone()
            if row is None:
                return None
            found = self._usual[folded] = row[0]
        return found

    def spelled(self, tags: Sequence[Tag]) -> tuple[Tag, ...]:
        """Return tags with their usual names."""
        found = ((tag, self.usual(key(tag.name)) or tag.name) for tag in tags)
        return tuple(renamed(tag, name) for tag, name in found)
