"""Keeps what all pages of a site say of each other, in tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from mujaz.arabic.normalise import key
from mujaz.arabic.phrases import Match, Phrases
from mujaz.delta import Delta
from mujaz.parse.lines import Draft
from mujaz.parse.own_rules import NO_OWN_RULES, OwnRules
from mujaz.parse.segmentation import MIN_HEADLINE_WORDS
from mujaz.parse.site_knowledge.evidence_counts import (
    CountUpdate,
    boilerplate_threshold,
    first_words_hash,
)
from mujaz.parse.site_knowledge.page_evidence import mention_index, page_evidence
from mujaz.parse.vocabulary import SiteVocabulary, places
from mujaz.state.database import in_memory

_MAX_SINGLE_QUERIES = 20
"""Changed phrases: more are looked for in one pass over all pages."""


class SiteKnowledge:
    """Keeps the evidence of each page, its counts, and the mentions that each page was parsed by.

    Headlines of all pages are recognised on each, names that sign many pages are sources, and short
    lines that recur on pages whose texts differ are boilerplate.
    """

    def __init__(
        self,
        base: sqlite3.Connection,
        sources: Iterable[str],
        agencies: Iterable[str] = (),
        rules: OwnRules = NO_OWN_RULES,
    ) -> None:
        """Take the configured sources, always the same with the same database.

        `agencies` are those of them whose texts papers print; `rules` are what editors say of all.
        """
        self._base = base
        self._sources = {**{key(name): name for name in sources}, **rules.sources}
        self._rules = rules
        self._agencies = frozenset(map(key, agencies))

    def apply(self, delta: Delta[Draft]) -> Delta[str]:
        """Take in pages that are new or changed, and forget those that are no more, by file.

        The drafts may be a stream, of which none is kept; `removed` is read after its end. Return
        as upserted the files of other pages, to be parsed again: something that they mention
        became a headline, source or boilerplate, or ceases to be one.
        """
        update = CountUpdate(self._base, self._sources)
        for draft in delta.upserted:
            self._remove(draft.document.file, update)
            update.add_page(draft.document.file, page_evidence(draft))
        for file in delta.removed:
            self._remove(file, update)
        return Delta(upserted=set(self._files_mentioning(update.changed_patterns())))

    def _remove(self, file: str, update: CountUpdate) -> None:
        if update.remove_page(file):
            self._base.execute("delete from site_mentions where file = ?", (file,))

    def vocabulary(self) -> SiteVocabulary:
        """Return what to recognise until the next change; most of it stays in the database."""
        learned = dict(self._base.execute("select source_key, source_name from site_sources"))
        return SiteVocabulary(
            _Headlines(self._base),
            {**learned, **self._sources},
            places(),
            _Boilerplate(self._base, boilerplate_threshold(self._base)),
            self._agencies,
            self._rules,
        )

    def index_mentions(self, draft: Draft) -> None:
        """Note what a page mentions that was just parsed."""
        self._base.execute(
            "insert or replace into site_mentions values (?, ?)",
            (draft.document.file, mention_index(draft)),
        )

    def _files_mentioning(self, patterns: Collection[bytes]) -> Iterator[str]:
        """Yield the files of the pages that mention one of the patterns."""
        if len(patterns) <= _MAX_SINGLE_QUERIES:
            for pattern in patterns:
                query = "select file from site_mentions where instr(mentions, ?)"
                yield from (file for (file,) in self._base.execute(query, (pattern,)))
            return
        lengths = {len(pattern) for pattern in patterns}
        for file, packed in self._base.execute("select file, mentions from site_mentions"):
            if any(
                packed[start : start + length] in patterns
                for length in lengths
                for start in range(0, len(packed) - length + 1, 2)
            ):
                yield file


@dataclass(frozen=True, slots=True)
class _Headlines:
    """Finds headlines that are in the database."""

    base: sqlite3.Connection

    def find(self, keys: Sequence[str]) -> list[Match]:
        """Return the headlines in `keys`, in order, the longest at each place."""
        if len(keys) < MIN_HEADLINE_WORDS:
            return []
        hashes = json.dumps(list(map(first_words_hash, keys, keys[1:], keys[2:])))
        candidates = self.base.execute(
            """select key from site_headlines
            where first_words in (select value from json_each(?))""",
            (hashes,),
        ).fetchall()
        return Phrases(key for (key,) in candidates).find(keys) if candidates else []


@dataclass(frozen=True, slots=True)
class _Boilerplate(Container[str]):
    """Finds recurring lines that are in the database."""

    base: sqlite3.Connection
    threshold: int
    """Articles that they stand on."""

    def __contains__(self, line: object) -> bool:
        query = "select 1 from site_lines where key = ? and articles >= ?"
        return (
            line != "" and self.base.execute(query, (line, self.threshold)).fetchone() is not None
        )


def learn_vocabulary(
    drafts: Iterable[Draft],
    sources: Iterable[str],
    agencies: Iterable[str] = (),
    rules: OwnRules = NO_OWN_RULES,
) -> SiteVocabulary:
    """Return what the pages let recognise, with the names of `sources`, some of them `agencies`,
    and with what editors say of papers.

    Each draft is looked at once, and none is kept.
    """
    knowledge = SiteKnowledge(in_memory(), sources, agencies, rules)
    knowledge.apply(Delta(upserted=drafts))
    return knowledge.vocabulary()
