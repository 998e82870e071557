"""Gives articles their sections, each by its evidence and by the home country of all of them.

What is kept is a function of the articles: their evidence, and how many point to each country.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.delta import Delta
from mujaz.enrich.topics.classifier import Evidence, decide, needs_section
from mujaz.model import Article, Provenance


class Sections:
    """The sections of a collection of articles."""

    def __init__(
        self,
        base: sqlite3.Connection,
        home: str,
        evidence_of: Callable[[Article], Evidence],
        own_section: Callable[[str], str] = str,
    ) -> None:
        """Use tables in `base`. `home` is the code of the home country, or empty for the default.

        `evidence_of` says what an article's text says about its section; `own_section` gives the
        site's own name for the label of a section.
        """
        self._base = base
        self._setting = home
        self._evidence_of = evidence_of
        self._own_section = own_section

    @property
    def home(self) -> str:
        """The code of the home country: that of the setting, or the one most articles point to."""
        query = "select country from home_votes where articles > 0 order by articles desc, country"
        first = None if self._setting else self._base.execute(query).fetchone()
        return first[0] if first else self._setting

    def apply(self, delta: Delta[Article]) -> Delta[str]:
        """Take articles in, by file; return the files of others that may be in another section."""
        home = self.home
        for file in delta.removed:
            self._remove(file)
        for article in delta.upserted:
            self._remove(article.file)
            if article.is_arabic:
                self._put(article.file, self._evidence_of(article))
        if self.home == home:
            return Delta()
        return Delta(upserted=[f for (f,) in self._base.execute("select file from topic_evidence")])

    def with_section(self, article: Article) -> Article:
        """Return `article` with a section, unless it has one, or an editor took it.

        A text that has no word of any section is in none.
        """
        evidence = self._evidence(article.file) if needs_section(article) else None
        if evidence is None or not evidence.shares:
            return article
        section, confidence, is_sure = decide(evidence, self.home, set(_named_sections(article)))
        rule = "model: topics" if is_sure else "model: topics, unsure"
        why = Provenance(rule, min(0.99, round(confidence, 2)))
        return replace(
            article,
            section=self._own_section(table("sections")[section]["label"]),
            provenance={**article.provenance, "section": why},
        )

    def _evidence(self, file: str) -> Evidence | None:
        query = "select evidence from topic_evidence where file = ?"
        row = self._base.execute(query, (file,)).fetchone()
        return Evidence(*json.loads(row[0])) if row else None

    def _put(self, file: str, evidence: Evidence) -> None:
        text = json.dumps(evidence, separators=(",", ":"))
        self._base.execute("insert into topic_evidence values (?, ?)", (file, text))
        self._vote(evidence, 1)

    def _remove(self, file: str) -> None:
        evidence = self._evidence(file)
        if evidence:
            self._base.execute("delete from topic_evidence where file = ?", (file,))
            self._vote(evidence, -1)

    def _vote(self, evidence: Evidence, number: int) -> None:
        """Count an article for the country it points to most."""
        countries = evidence.countries
        if countries:
            country = min(countries, key=lambda code: (-countries[code], code))
            query = (
                "insert into home_votes values (?, ?)"
                " on conflict (country) do update set articles = articles + excluded.articles"
            )
            self._base.execute(query, (country, number))


def _named_sections(article: Article) -> Iterator[str]:
    """Yield the sections that the address of an article or its stated tags name."""
    address = urlsplit(article.address or "")
    stated = [tag.name for tag in article.tags if tag.rule == "stated"]
    for name in (*address.path.split("/")[:-1], *stated):
        section = _sections_by_name().get(key(name))
        if section:
            yield section


@cache
def _sections_by_name() -> dict[str, str]:
    """Return the section by the names that it has in addresses, folders and lists of key words."""
    return {
        key(name): section
        for section, entry in table("sections").items()
        for name in (section, entry["label"], *entry["also"], *entry.get("path", ()))
    }
