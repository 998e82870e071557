"""The tables in which keyphrases are kept: phrases and articles go by their numbers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from mujaz.enrich.keyphrases.selection import Assessment, phrase_id

OccurrenceRow = tuple[int, int, bool, str]
"""Of `phrase_occurrences`, in the order of its columns."""


class PhraseTables:
    """The tables of keyphrases in the database of the run."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Use the tables in `base`."""
        self._base = base

    # Phrases in articles.

    def put_occurrences(self, rows: Iterable[OccurrenceRow]) -> None:
        """Insert or replace rows."""
        self._base.executemany(
            "insert or replace into phrase_occurrences values (?, ?, ?, ?)", rows
        )

    def remove_occurrences(self, article: int, phrases: Collection[int]) -> None:
        """Remove what an article has of some phrases."""
        self._base.executemany(
            "delete from phrase_occurrences where phrase = ? and article = ?",
            ((phrase, article) for phrase in phrases),
        )

    def in_article(self, phrase: int, article: int) -> Any:
        """Return whether a phrase is a candidate of an article, and its occurrences there."""
        query = (
            "select is_candidate, occurrences from phrase_occurrences"
            " where phrase = ? and article = ?"
        )
        return self._row(query, phrase, article)

    def articles_with_candidate(self, phrase: int) -> Iterator[int]:
        """Yield the articles of which a phrase is a candidate."""
        query = "select article from phrase_occurrences where phrase = ? and is_candidate"
        return (article for (article,) in self._base.execute(query, (phrase,)))

    def occurrences(self, phrase: int) -> Iterator[str]:
        """Yield the occurrences of a phrase by article."""
        query = "select occurrences from phrase_occurrences where phrase = ?"
        return (occurrences for (occurrences,) in self._base.execute(query, (phrase,)))

    def count_articles(self, phrase: int) -> int:
        """Return the number of articles that have a phrase."""
        query = "select count(*) from phrase_occurrences where phrase = ?"
        return int(self._row(query, phrase)[0])

    # Phrases of two articles and more.

    def phrases_in(self, more_than: int, up_to: int) -> Iterator[int]:
        """Yield the phrases that so many articles have, at least three."""
        query = (
            "select phrase from shared_phrases"
            " where articles > 2 and articles > ? and articles <= ?"
        )
        return (phrase for (phrase,) in self._base.execute(query, (more_than, up_to)))

    def shared(self, text: str, column: str) -> Any:
        """Return a column of a phrase; 0 if no two articles have it."""
        query = f"select {column} from shared_phrases where phrase = ?"
        row = self._row(query, phrase_id(text))
        return row[0] if row else 0

    def assessment(self, phrase: int) -> Assessment | None:
        """Return the assessment of a phrase, if two articles have it."""
        row = self._row("select support, name from shared_phrases where phrase = ?", phrase)
        return Assessment(*row) if row else None

    def put_phrase(self, phrase: int, articles: int, assessment: Assessment) -> None:
        """Note how many articles have a phrase, and its assessment."""
        self._base.execute(
            "insert into shared_phrases (phrase, articles, support, name) values (?, ?, ?, ?)"
            " on conflict do update set"
            " articles = excluded.articles, support = excluded.support, name = excluded.name",
            (phrase, articles, *assessment),
        )

    def add(self, phrase: int, column: str, more: int) -> int:
        """Add to a count of a phrase, and return it; 0 if no two articles have the phrase."""
        query = (
            f"update shared_phrases set {column} = {column} + ?1 where phrase = ?2"
            f" returning {column}"
        )
        row = self._row(query, more, phrase)
        return int(row[0]) if row else 0

    def remove_phrase(self, phrase: int) -> None:
        """Remove a phrase that no two articles have."""
        self._base.execute("delete from shared_phrases where phrase = ?", (phrase,))

    # Articles.

    def article(self, article: int, columns: str) -> Any:
        """Return some columns of an article."""
        return self._row(f"select {columns} from keyphrase_articles where number = ?", article)

    def article_of(self, file: str, columns: str) -> Any:
        """Return some columns of the article of a file, or None."""
        return self._row(f"select {columns} from keyphrase_articles where file = ?", file)

    def new_article_number(self) -> int:
        """Return a number that no article has."""
        (last,) = self._row("select max(number) from keyphrase_articles")
        return (last or 0) + 1

    def put_article(self, article: int, file: str, phrases: bytes, scores: str) -> None:
        """Note the phrases of an article."""
        self._base.execute(
            "insert into keyphrase_articles (number, file, phrases, scores) values (?, ?, ?, ?)"
            " on conflict do update set phrases = excluded.phrases, scores = excluded.scores",
            (article, file, phrases, scores),
        )

    def remove_article(self, article: int) -> None:
        """Remove an article."""
        self._base.execute("delete from keyphrase_articles where number = ?", (article,))

    def set_column(self, article: int, column: str, value: str) -> None:
        """Change a column of an article."""
        query = f"update keyphrase_articles set {column} = ? where number = ?"
        self._base.execute(query, (value, article))

    # What all of it was derived under.

    def state(self, name: str) -> str | None:
        """Return the value that was noted under a name."""
        row = self._row("select value from keyphrase_state where name = ?", name)
        return row[0] if row else None

    def set_state(self, name: str, value: str) -> None:
        """Note a value under a name."""
        self._base.execute("insert or replace into keyphrase_state values (?, ?)", (name, value))

    def _row(self, query: str, *values: Any) -> Any:
        return self._base.execute(query, values).fetchone()


def as_json(value: Any) -> str:
    """Return a value as it stands in the tables, the same for equal ones."""
    return json.dumps(value, ensure_ascii=False)
