"""Which names of a collection are one name, in tables that deltas keep up to date.

What is stored is a function of the set of articles, whatever way they came.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache

from mujaz.enrich.entities.collection.name_keys import (
    ORGANISATION,
    PERSON,
    block_of,
    is_short,
    is_source,
    last_word,
    may_be_short,
)
from mujaz.enrich.entities.collection.same_names import (
    NameCounts,
    same_organisations,
    same_persons,
    short_for,
)
from mujaz.model import TagKind

_MAX_CONTEXTS = 30
"""Articles of a name of which it is looked at what else they name."""
_MAX_CACHED = 20_000
_MAX_FIRST_NAMES = 5
"""First names of one last name beyond which it does not matter how many there are."""


class JoinedNames:
    """The names of a collection, by their keys, and the name that each of them goes by."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Use `base`, where `article_names` says what articles name."""
        self._base = base
        self.full = lru_cache(maxsize=_MAX_CACHED)(self._full)
        """Returns the name that a name or a short form goes by; none if the form is ambiguous."""

    def apply(
        self,
        names: Mapping[str, tuple[int, int, int]],
        forms: Mapping[tuple[str, str], int],
        touched: Set[str],
    ) -> set[str]:
        """Take changes in; return the names and short forms that go by another name now.

        `names` has by how much the number of articles with each name changes, of those that are
        sure of it, and of those in which it has authority; `forms` the same of articles in which a
        short form stands for a name; `touched` are all names of articles that changed.
        """
        self._count(names, forms)
        full_names = {name for name in touched if block_of(name)}
        rejoined = set[str]()
        for block in sorted(self._blocks(full_names)):
            rejoined |= self._join(block)
        short = {*(form for form, _ in forms), *touched, *self._short_forms(full_names | rejoined)}
        rejoined |= self._join_short(filter(may_be_short, short))
        self.full.cache_clear()
        return rejoined

    def _full(self, name: str) -> str:
        query = (
            "select coalesce((select full from short_forms where form = ?1),"
            " (select full from joined_names where name = ?1), ?1)"
        )
        row: tuple[str] = self._base.execute(query, (name,)).fetchone()
        return row[0]

    def is_sure(self, name: str) -> bool:
        """Whether some article is sure of a name, or of one that goes by the same."""
        query = "select is_sure from joined_names where name = ?"
        row = self._base.execute(query, (name,)).fetchone()
        return row is not None and bool(row[0])

    def names_with(self, form: str) -> set[str]:
        """Return the names for which a short form stands somewhere."""
        query = "select name from short_names where form = ?"
        return {name for (name,) in self._base.execute(query, (form,))}

    def names_of(self, full: str) -> set[str]:
        """Return the names and short forms that go by the name `full`."""
        query = "select name from joined_names where full = ?1"
        query += " union select form from short_forms where full = ?1"
        return {full, *(name for (name,) in self._base.execute(query, (full,)))}

    # What same_names asks of the collection: names without their kind.

    def first_names(self, last: str) -> int:
        """Return how many first names stand with a last word."""
        query = "select count(distinct block) from joined_names where last = ? and articles > 0"
        row: tuple[int] = self._base.execute(query, (last,)).fetchone()
        return row[0]

    def contexts(self, name: str, kind: TagKind) -> list[Set[str]]:
        """Return what else articles with a name name, each; of many articles only some."""
        query = (
            "select o.file, o.key from (select file from article_names where key = ?"
            " order by file limit ?) a join article_names o on o.file = a.file"
            " where o.entries not like '~%'"
        )
        contexts: dict[str, set[str]] = defaultdict(set)
        for file, other in self._base.execute(query, (f"{kind} {name}", _MAX_CONTEXTS)):
            if not is_short(other) and not is_source(other):
                contexts[file].add(other.removeprefix(f"{kind} "))
        return [*contexts.values()]

    def is_joined(self, short: str, long: str) -> bool:
        """Whether an article has both names, for one person."""
        query = "select 1 from short_names where form = ? and name = ?"
        row = self._base.execute(query, (f"{PERSON}{short}", f"{PERSON}{long}")).fetchone()
        return row is not None

    # What is written.

    def _count(
        self, names: Mapping[str, tuple[int, int, int]], forms: Mapping[tuple[str, str], int]
    ) -> None:
        base = self._base
        base.executemany(
            "insert into joined_names values (?1, ?2, ?3, ?4, ?5, ?6, ?1, 0) on conflict (name)"
            " do update set mentions = mentions + ?4, articles = articles + ?5,"
            " authoritative = authoritative + ?6",
            ((n, block_of(n), last_word(n), *names[n]) for n in names if block_of(n)),
        )
        base.executemany(
            "delete from joined_names where name = ? and mentions = 0", ((n,) for n in names)
        )
        base.executemany(
            "insert into short_names values (?1, ?2, ?3) on conflict (form, name)"
            " do update set articles = articles + ?3",
            ((form, name, articles) for (form, name), articles in forms.items()),
        )
        base.executemany(
            "delete from short_names where form = ? and name = ? and articles = 0", forms
        )

    def _blocks(self, names: Set[str]) -> set[str]:
        """Return the blocks whose joining these names may change."""
        blocks = {block_of(name) for name in names}
        changed = Counter(filter(None, map(last_word, names)))
        for last, changes in changed.items():
            if self.first_names(last) - changes <= _MAX_FIRST_NAMES:
                query = "select distinct block from joined_names where last = ?"
                blocks |= {block for (block,) in self._base.execute(query, (last,))}
        return blocks

    def _join(self, block: str) -> set[str]:
        """Join the names of a block; return those that go by another name now."""
        kind = PERSON if block.startswith(PERSON) else ORGANISATION
        query = (
            "select name, articles, authoritative, full, is_sure from joined_names where block = ?"
        )
        rows = self._base.execute(query, (block,)).fetchall()
        counts = {
            name.removeprefix(kind): NameCounts(articles, authoritative > 0)
            for name, articles, authoritative, *_ in rows
        }
        joined = (same_persons if kind == PERSON else same_organisations)(counts, self)
        sure = {joined[name] for name, each in counts.items() if each.articles}
        after = {f"{kind}{name}": (f"{kind}{full}", full in sure) for name, full in joined.items()}
        changed = {name for name, _, _, *before in rows if after[name] != tuple(before)}
        self._base.executemany(
            "update joined_names set full = ?, is_sure = ? where name = ?",
            ((*after[name], name) for name in changed),
        )
        return changed

    def _short_forms(self, names: Iterable[str]) -> set[str]:
        """Return the short forms that may stand for some names."""
        forms = {f"{PERSON}{last}" for last in map(last_word, names) if last}
        query = "select form from short_names where name = ?"
        for name in names:
            forms |= {form for (form,) in self._base.execute(query, (name,))}
        return forms

    def _join_short(self, forms: Iterable[str]) -> set[str]:
        """Find out what short forms stand for; return those that stand for another name now."""
        changed, query = set[str](), "select full from short_forms where form = ?"
        for form in sorted(forms):
            row = self._base.execute(query, (form,)).fetchone()
            full = self._long_form(form)
            if full != (row[0] if row else form):
                changed.add(form)
                self._base.execute("delete from short_forms where form = ?", (form,))
                if full != form:
                    self._base.execute("insert into short_forms values (?, ?)", (form, full))
        return changed

    def _long_form(self, form: str) -> str:
        """Return the name that a short form stands for; none if it may be several persons'."""
        joined: Counter[str] = Counter()
        query = (
            "select j.name, j.full, s.articles from short_names s"
            " join joined_names j on j.name = s.name"
            " where s.form = ? and j.block != ? and j.articles > 0"
        )
        for name, full, articles in self._base.execute(query, (form, block_of(form))):
            if is_short(form) or name.count(" ") > form.count(" "):
                joined[full] += articles
        bearers: Counter[str] = Counter()
        word = form.removeprefix(PERSON)
        query = "select full, articles from joined_names where last = ? and articles > 0"
        for full, articles in self._base.execute(query, (word,)):
            bearers[full] += articles
        return short_for(joined, bearers, word) or ("" if len(bearers) > 1 else form)
