"""One tag for each name of a collection: by its full form, spelled as most articles spell it."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mujaz.arabic.normalise import key
from mujaz.delta import Delta
from mujaz.enrich.entities.collection.joined_names import JoinedNames
from mujaz.enrich.entities.collection.name_keys import (
    form_key,
    is_short,
    is_titled,
    name_key,
    organisation_like,
    source_key,
)
from mujaz.enrich.entities.persons import is_first_name
from mujaz.enrich.entities.tagger import DOUBTFUL, EditorTable, renamed
from mujaz.model import Article, Tag

_AUTHORITATIVE_RULES = ("editor", "stated", "gazetteer")
"""Rules whose spellings are not up for choice."""
_AUTHORITY, _SPELLING, _DOUBT, _SHORT = "!", "?", "~", "="
"""Marks of what an article has of a name: a spelling with authority, another, one that it doubts,
a short form."""
_Changes = Counter[tuple[str, str]]
"""By how much the number of articles changes, by name's key and what they have of it."""


class Spellings:
    """The spellings of all names in a collection, in tables."""

    def __init__(self, base: sqlite3.Connection, editor: EditorTable) -> None:
        """Use `base`; the names of the editor's table stand whatever articles say."""
        self._base = base
        self._by_editor = {key(name): name for name in sorted(editor.names, reverse=True)}
        self._joined = JoinedNames(base)
        self._cache: dict[str, str] = {}

    def apply(self, delta: Delta[Article]) -> Delta[str]:
        """Take articles with their tags in, by file; return the files whose names are shown
        otherwise now, as upserted: those of the delta may be among them."""
        changes: _Changes = Counter()
        touched = set[str]()
        for file in delta.removed:
            touched |= self._replace(file, {}, changes)
        for article in delta.upserted:
            touched |= self._replace(article.file, self._entries(article), changes)
        respelled = self._count(changes)
        names: dict[str, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
        forms: Counter[tuple[str, str]] = Counter()
        for (name, entry), change in changes.items():
            if entry.startswith(_SHORT):
                forms[entry[1:], name] += change
            elif change:
                mentions, sure, authoritative = names[name]
                names[name] = (
                    mentions + change,
                    sure + change * (not entry.startswith(_DOUBT)),
                    authoritative + change * entry.startswith(_AUTHORITY),
                )
        rejoined = self._joined.apply(names, forms, touched)
        return Delta(upserted=self._files(respelled, rejoined))

    def _replace(self, file: str, entries: Mapping[str, str], changes: _Changes) -> set[str]:
        """Put what an article has of names in the place of what it had; return these names."""
        query = "select key, entries from article_names where file = ?"
        before = dict(self._base.execute(query, (file,)).fetchall())
        if before == entries:
            return set()
        for change, by_name in ((-1, before), (1, entries)):
            for name, text in by_name.items():
                for entry in filter(None, text.split("\0")):
                    changes[name, entry] += change
        self._base.execute("delete from article_names where file = ?", (file,))
        rows = ((name, file, text) for name, text in entries.items())
        self._base.executemany("insert into article_names values (?, ?, ?)", rows)
        return {*before, *entries}

    def _count(self, changes: _Changes) -> set[str]:
        """Count spellings; return the names whose usual spelling is another then."""
        spelled = {
            (name, entry): change
            for (name, entry), change in changes.items()
            if change and not entry.startswith(_SHORT)
        }
        before = {name: self.usual(name) for name, _ in spelled}
        self._base.executemany(
            "insert into name_spellings values (?1, ?2, ?3, ?4) on conflict (key, spelling)"
            " do update set mentions = mentions + ?3, authoritative = authoritative + ?4",
            (
                (name, entry[1:], change, change * entry.startswith(_AUTHORITY))
                for (name, entry), change in spelled.items()
            ),
        )
        self._base.executemany(
            "delete from name_spellings where key = ? and mentions = 0", ((n,) for n in before)
        )
        self._cache.clear()
        return {name for name, usual in before.items() if self.usual(name) != usual}

    def _files(self, respelled: set[str], rejoined: set[str]) -> set[str]:
        """Return the files of articles that show names whose spelling or joining changed."""
        names = {*respelled, *rejoined}
        for name in respelled:
            names |= self._joined.names_of(name)
            names.add(organisation_like(name))
        for name in rejoined:
            if is_short(name):
                names |= self._joined.names_with(name)
        query = "select file from article_names where key = ?"
        return {file for name in names for (file,) in self._base.execute(query, (name,))}

    def usual(self, name: str) -> str | None:
        """Return the spelling to show for a name, given its key, if anybody uses it.

        Those with authority win, of several the most frequent one, of equals the first in the
        alphabet.
        """
        spelling = self._cache.get(name)
        if spelling is None:
            row = self._base.execute(
                "select spelling from name_spellings where key = ? order by authoritative > 0 desc,"
                " mentions desc, spelling limit 1",
                (name,),
            ).fetchone()
            if row is None:
                return None
            spelling = self._cache[name] = self._by_editor.get(key(row[0]), row[0])
        return spelling

    def spelled(self, tags: Sequence[Tag]) -> tuple[Tag, ...]:
        """Return tags under the names that they have in the collection, each once.

        Of what an article doubts, that is shown of which another one is sure. Sources of the
        collection are none of its organisations; a first name alone is nobody, nor a surname that
        several bear.
        """
        shown: dict[str, Tag] = {}
        for tag in tags:
            name = self._shown(tag)
            if name is not None:
                rule = "collection" if tag.rule == DOUBTFUL else tag.rule
                whole = renamed(replace(tag, rule=rule, also=self._aliases(tag)), name)
                first = shown.get(key(name))
                if first:
                    also = {*first.also, *whole.also} - {first.name}
                    whole = replace(first, also=tuple(sorted(also)))
                shown[key(name)] = whole
        return tuple(shown.values())

    def _shown(self, tag: Tag) -> str | None:
        """Return the name to show, or None if the tag names nothing of worth here."""
        folded, name = key(tag.name), name_key(tag.name, tag.kind)
        if folded in self._by_editor:
            return self._by_editor[folded]
        if tag.rule in _AUTHORITATIVE_RULES:
            return self.usual(name) or tag.name
        if tag.kind == "organisation" and self.usual(source_key(tag.name)):
            return None
        full = self._full(tag)
        if not full or (is_short(full) and is_first_name(folded)):
            return None
        if tag.rule == DOUBTFUL and not self._joined.is_sure(full):
            return None
        return self.usual(full) or tag.name

    def _full(self, tag: Tag) -> str:
        """Return the key of the name that a tag goes by; none if it may be several persons'."""
        name = name_key(tag.name, tag.kind)
        # The title tells more than the first name behind it.
        forms = sorted({form_key(form) for form in tag.also} - {name}) if is_short(name) else []
        full_names = map(self._joined.full, filter(is_titled, forms))
        is_joined = (full for full in full_names if full and not is_short(full))
        return next(is_joined, None) or self._joined.full(name)

    def _aliases(self, tag: Tag) -> tuple[str, ...]:
        """Return the other forms of a tag's name that stand for nobody else."""
        if tag.kind != "person":
            return tag.also
        full = self._full(tag)
        return tuple(
            form
            for form in tag.also
            if not is_short(form_key(form)) or self._joined.full(form_key(form)) == full
        )

    def _entries(self, article: Article) -> dict[str, str]:
        """Return what an article has of names, by their keys."""
        entries: dict[str, list[str]] = defaultdict(list)
        for tag in article.tags:
            name = name_key(tag.name, tag.kind)
            is_settled = tag.rule in _AUTHORITATIVE_RULES or key(tag.name) in self._by_editor
            is_doubtful = tag.rule == DOUBTFUL
            mark = _AUTHORITY if is_settled else _DOUBT if is_doubtful else _SPELLING
            entries[name].append(f"{mark}{tag.name}")
            forms = sorted({form_key(form) for form in tag.also} - {name})
            if is_short(name):
                entries.update((form, []) for form in forms if is_short(form))
            elif tag.kind == "person" and not is_doubtful:
                entries[name] += [f"{_SHORT}{form}" for form in forms]
        if article.source:
            entries[source_key(article.source)].append(f"{_SPELLING}{article.source}")
        return {name: "\0".join(each) for name, each in entries.items()}
