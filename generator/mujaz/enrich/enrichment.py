"""All that is derived from articles: what each says by itself, and what the others add to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from typing import Any

from mujaz.delta import Delta
from mujaz.enrich.article_analysis import analysed, topic_evidence
from mujaz.enrich.entities import Spellings, Tagger
from mujaz.enrich.headlines import Sidebars
from mujaz.enrich.keyphrases import KeyPhrases
from mujaz.enrich.parallel import analyse_ahead
from mujaz.enrich.salience import with_salience
from mujaz.enrich.topics import Evidence, Sections
from mujaz.model import Article
from mujaz.progress import OpenExecutor, Progress, in_this_process, silent
from mujaz.state.database import in_memory
from mujaz.state.memo import Remember, RememberNothing
from mujaz.state.spool import Spool


class Enrichment:
    """Derives what articles say, each by itself and among the others."""

    def __init__(
        self,
        base: sqlite3.Connection,
        tag_table: Mapping[str, Any],
        article_of: Callable[[str], Article],
        remember: Remember,
        open_executor: OpenExecutor = in_this_process,
        progress: Progress = silent,
        home: str = "",
        own_section: Callable[[str], str] = str,
    ) -> None:
        """Keep in `base` what is derived.

        `tag_table` is the editor's: `add`, `rename`, `merge`, `retype`, `block`. `article_of` gives
        an article by its file, as it was parsed. What takes long is asked of `remember`, and made
        by an executor, neither of which changes any result. `home` is the code of the site's home
        country; if empty, the one that most articles point to. `own_section` gives the site's own
        name for the label of a section.
        """
        self._base = base
        self._tag_table = tag_table
        self._article_of = article_of
        self._remember = remember
        self._open_executor = open_executor
        self._progress = progress
        self._tagger = Tagger(tag_table)
        self._spellings = Spellings(base, self._tagger.editor)
        self._keyphrases = KeyPhrases(base, tag_table)
        self._sidebars = Sidebars(base)
        self._sections = Sections(base, home, self._evidence, own_section)

    @property
    def home(self) -> str:
        """The code of the site's home country; empty if nothing points to one."""
        return self._sections.home

    def apply(self, delta: Delta[str]) -> Delta[Article]:
        """Take files of articles in; return the ids that are no more, and the complete articles.

        Among these are those that did not change, but to which others add something else now.
        """
        upserted = list(delta.upserted)
        changed = {*delta.removed, *upserted}
        ids_before = set(self._ids(changed))
        spool = Spool[Article]()
        articles = spool.passing(map(self._analysed, self._read_ahead(upserted)))
        touched = {*self._spellings.apply(Delta(delta.removed, articles)).upserted}
        touched |= {*self._keyphrases.apply(Delta(delta.removed, spool)).upserted}
        touched |= {*self._sidebars.apply(Delta(delta.removed, spool)).upserted}
        touched |= {*self._sections.apply(Delta(delta.removed, spool)).upserted}
        ids = {each.file: each.id for each in spool}
        self._base.executemany(
            "delete from article_ids where file = ?", ((file,) for file in changed)
        )
        self._base.executemany("insert into article_ids values (?, ?)", ids.items())
        return Delta(ids_before.difference(ids.values()), self._complete(spool, touched - changed))

    def _ids(self, files: Iterable[str]) -> Iterator[str]:
        """Yield the ids that articles had after the last delta."""
        query = "select id from article_ids where file = ?"
        for file in files:
            yield from (own_id for (own_id,) in self._base.execute(query, (file,)))

    def _read_ahead(self, files: list[str]) -> Iterator[Article]:
        parsed = self._progress("understanding", map(self._article_of, files), len(files))
        return analyse_ahead(
            parsed, len(files), self._tag_table, self._remember, self._open_executor
        )

    def _analysed(self, article: Article) -> Article:
        return analysed(article, self._tagger, self._remember)

    def _evidence(self, article: Article) -> Evidence:
        return topic_evidence(article, self._remember)

    def _complete(self, changed: Spool[Article], touched: set[str]) -> Iterator[Article]:
        """Yield the articles that changed, and those that these touched, complete."""
        with changed:
            yield from map(self._among_others, changed)
            parsed = map(self._article_of, sorted(touched))
            yield from map(self._among_others, map(self._analysed, parsed))

    def _among_others(self, article: Article) -> Article:
        """Return an article with what others add to it."""
        spelled = tuple(map(self._tagger.editor.with_kind, self._spellings.spelled(article.tags)))
        sidebar = self._sidebars.headlines(article.file)
        named = replace(article, tags=spelled, sidebar=sidebar)
        return with_salience(self._sections.with_section(self._keyphrases.with_tags(named)))


def enrich_alone(
    articles: Iterable[Article],
    tag_table: Mapping[str, Any],
    remember: Remember | None = None,
    home: str = "",
    own_section: Callable[[str], str] = str,
) -> Iterator[Article]:
    """Yield complete articles, duplicates included, in their order; nothing is kept."""
    by_file = {article.file: article for article in articles}
    remember = RememberNothing() if remember is None else remember
    with closing(in_memory()) as base:
        enrichment = Enrichment(
            base, tag_table, by_file.__getitem__, remember, home=home, own_section=own_section
        )
        yield from enrichment.apply(Delta(upserted=by_file)).upserted
