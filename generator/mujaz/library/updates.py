"""Changes of the library: whatever changes, the keys of what depends on it are returned."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from mujaz.arabic.dates.month_names import month_names_in
from mujaz.arabic.normalise import key
from mujaz.arabic.press.agencies import same_agency
from mujaz.delta import Delta
from mujaz.library.groups import (
    ALL,
    NO_DAY,
    OUTSIDE_HEADLINES,
    UNDATED,
    DependencyKey,
    day_of,
    dependency_key,
    group,
    kind_of,
    monday,
    name_of,
    sort_key_of,
)
from mujaz.library.stubs import is_stub
from mujaz.model import Article, Headline
from mujaz.state import serialisation

_Row = tuple[str, str, str, str, str, int, str]
"""An article as it is stored: sort key, file, card, article, tags, length, names of months."""
_COLUMNS = "sort_key, file, card, article, tags, length, month_names"
_MIN_CONFIDENCE = 0.9
"""Of headlines seen beside articles: less sure ones are cut at a wrong place too often."""
_SELECT_ROW = f"select {_COLUMNS} from articles where id = ?"


class LibraryUpdates:
    """The half of the library that changes it."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Use the tables in `base`."""
        self._base = base

    def apply(self, delta: Delta[Article]) -> set[DependencyKey]:
        """Take in articles that are new or changed, and remove others by their ids.

        Return the keys of what changed: a page that depends on none of them stays as it is.
        """
        keys, retagged = set[DependencyKey](), set[str]()
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        changes: Iterator[tuple[str, _Row | None]] = chain(
            ((article.id, self._put_parts(article, keys)) for article in delta.upserted),
            ((article_id, None) for article_id in delta.removed),
        )
        for article_id, new in changes:
            old: _Row | None = self._base.execute(_SELECT_ROW, (article_id,)).fetchone()
            if new != old:
                keys.add(dependency_key("article", article_id))
                files = {row and row[1] for row in (old, new)}
                keys |= {dependency_key("file", file) for file in files if file and len(files) > 1}
                retagged |= self._change(article_id, old, new, counts)
            if new is None:
                keys |= self._put_outside_headlines(article_id, "", ())
        keys |= self._count(counts)
        return keys | {dependency_key("co-tags", tag) for tag in retagged}

    def _put_parts(self, article: Article, keys: set[DependencyKey]) -> _Row:
        """Store the images of an article and the headlines beside it; return its row.

        Add to `keys` those of what changes.
        """
        keys |= self._put_outside_headlines(article.id, sort_key_of(article), article.sidebar)
        self._base.execute("delete from article_images where article_id = ?", (article.id,))
        if article.images:
            row = (article.id, serialisation.packed(article.images))
            self._base.execute("insert into article_images values (?, ?)", row)
        return _row(article)

    def _put_outside_headlines(
        self, article_id: str, sort_key: str, sidebar: Sequence[Headline]
    ) -> set[DependencyKey]:
        """Store the sure headlines beside an article that no article here has; return the keys."""
        base = self._base
        rows = {
            (article_id, folded, each.text, sort_key)
            for each in sidebar
            if each.article is None
            and each.confidence >= _MIN_CONFIDENCE
            and (folded := key(each.text))
        }
        new = {row[1]: row for row in sorted(rows)}
        select = "select * from outside_headlines where article_id = ? order by headline_key"
        if base.execute(select, (article_id,)).fetchall() == list(new.values()):
            return set()
        base.execute("delete from outside_headlines where article_id = ?", (article_id,))
        base.executemany("insert into outside_headlines values (?, ?, ?, ?)", new.values())
        return {OUTSIDE_HEADLINES}

    def _change(
        self, article_id: str, old: _Row | None, new: _Row | None, counts: Mapping[str, list[int]]
    ) -> set[str]:
        """Change an article's rows and count what changed in groups; return tags won or lost.

        Two articles may change places: a member is deleted only if it is this very article.
        """
        base = self._base
        before, after = _memberships(old), _memberships(new)
        for group_key, (sort_key, *_) in before.items() - after.items():
            base.execute(
                "delete from group_members where group_key = ? and sort_key = ? and article_id = ?",
                (group_key, sort_key, article_id),
            )
            counts[group_key][sort_key[0] == NO_DAY] -= 1
        for group_key, (sort_key, *of_kind) in after.items() - before.items():
            base.execute(
                "insert or replace into group_members values (?, ?, ?, ?, ?, ?)",
                (group_key, sort_key, article_id, *of_kind),
            )
            counts[group_key][sort_key[0] == NO_DAY] += 1
        lost, won = (
            {name_of(each) for each in one.keys() - other.keys() if kind_of(each) == "tag"}
            for one, other in ((before, after), (after, before))
        )
        base.executemany(
            "delete from article_tags where article_id = ? and tag = ?",
            ((article_id, tag) for tag in lost),
        )
        base.executemany("insert into article_tags values (?, ?)", ((article_id, t) for t in won))
        if new:
            row = (article_id, *new)
            base.execute("insert or replace into articles values (?, ?, ?, ?, ?, ?, ?, ?)", row)
        else:
            base.execute("delete from articles where id = ?", (article_id,))
            base.execute("delete from article_images where article_id = ?", (article_id,))
        if not lost and not won:
            return set()
        return {name_of(g) for g in {*before, *after} if kind_of(g) == "tag"}

    def _count(self, counts: Mapping[str, list[int]]) -> set[DependencyKey]:
        """Add to the sizes of groups; return the keys of what this changes."""
        base, keys = self._base, set[DependencyKey]()
        for group_key, (dated, undated) in counts.items():
            keys |= {dependency_key("group", group_key)}
            keys |= {dependency_key("names", kind_of(group_key))}
            base.execute(
                "insert into groups values (?1, ?2, ?3, '', null) on conflict (group_key)"
                " do update set dated = dated + ?2, undated = undated + ?3",
                (group_key, dated, undated),
            )
            if kind_of(group_key) == "tag":
                base.execute(
                    "update groups set (tag_kind, newest) = (select coalesce(max(tag_kind), ''),"
                    " sort_key from (select tag_kind, sort_key from group_members"
                    " where group_key = ?1 order by sort_key limit 1)) where group_key = ?1",
                    (group_key,),
                )
        base.executemany(
            "delete from groups where group_key = ? and dated = 0 and undated = 0",
            ((group_key,) for group_key in counts),
        )
        return keys

    def keys(self) -> set[DependencyKey]:
        """Return the keys of everything that has pages of its own."""
        return {
            dependency_key(kind, name)
            for kind, column, table in (
                ("article", "id", "articles"),
                ("group", "group_key", "groups"),
                ("story", "id", "stories"),
            )
            for (name,) in self._base.execute(f"select {column} from {table}")
        }


def _row(article: Article) -> _Row:
    tags = serialisation.packed(
        [[tag.name, tag.kind, sorted(tag.also)] for tag in article.shown_tags]
    )
    length = sum(map(len, article.paragraphs))
    months = month_names_in("\n".join((article.title, *article.paragraphs))) or ""
    card = serialisation.packed(serialisation.card_of(article, is_stub=is_stub(article)))
    whole = serialisation.packed(article)
    return sort_key_of(article), article.file, card, whole, tags, length, months


def _memberships(row: _Row | None) -> dict[str, tuple[str, str, str, str]]:
    """Return the groups of an article: its sort key in each; for tags, kind and spellings; for
    sources, what they reported."""
    if row is None:
        return {}
    sort_key, _, card_text, _, tags, _, month_names = row
    card, day = serialisation.card(card_text), day_of(sort_key)
    groups = [ALL]
    if day:
        groups += [
            group("day", day),
            group("week", monday(day)),
            group("month", day.replace(day=1)),
        ]
    else:
        groups.append(UNDATED)
    if card.section:
        groups.append(group("section", card.section))
    if month_names:
        groups.append(group("month-names", month_names))
    memberships = dict.fromkeys(groups, (sort_key, "", "", ""))
    for source in filter(None, (card.source, *card.also_in)):
        from_agency = card.agency is not None and same_agency(card.agency) != same_agency(source)
        reported = serialisation.packed([from_agency, card.section or ""])
        memberships[group("source", source)] = (sort_key, "", "", reported)
    for name, kind, also in json.loads(tags):
        spellings = serialisation.packed(also) if also else ""
        memberships[group("tag", name)] = (sort_key, kind, spellings, "")
    return memberships
