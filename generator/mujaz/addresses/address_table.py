"""Assigns each article its address: the derived one, or the one that it is pinned to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from mujaz.addresses.permalinks import id_of, slug_of
from mujaz.arabic.normalise import key
from mujaz.arabic.slugs import digest
from mujaz.compose.permalinks import article_address
from mujaz.model import Article

_UNDATED = "~"
"""Sorts behind every day."""


class AddressRow(NamedTuple):
    """An article and its address."""

    file: str
    derived_id: str
    slug: str
    """As derived, or as an editor gives it."""
    has_fixed_slug: int
    """1 if an editor gives it."""
    day: str
    source: str
    guid: str
    pin: str
    """The address that it is pinned to, or empty."""
    claim: str
    """The id that it has unless an article before it claims the same."""
    id: str
    address: str


class AddressTable:
    """Keeps the address of each article that represents a text.

    Of articles that claim one id, those that are pinned to it come first, then the oldest. The
    first has it; the ids of the others stand for their day and text as well.
    """

    def __init__(
        self,
        base: sqlite3.Connection,
        article_of: Callable[[str], Article],
        pins: Mapping[str, str],
    ) -> None:
        """Use the table in `base`; `article_of` gives an article with its derived id and slug."""
        self._base = base
        self._article_of = article_of
        self._pins = pins
        self._changed_claims = set[str]()

    def put(self, article: Article) -> None:
        """Put an article, in place of what was said of it; its address is assigned later."""
        self.remove(article.file)
        pin = self._pins.get(article.id, "")
        day = article.date.isoformat() if article.date else _UNDATED
        claim = id_of(pin) if pin else article.id
        fixed = int("slug" in article.settled)
        described = (article.slug, fixed, day, article.source or "", article.guid)
        row = AddressRow(article.file, article.id, *described, pin, claim, "", "")
        marks = ", ".join("?" * len(row))
        self._base.execute(f"insert into addresses values ({marks})", row)
        self._changed_claims.add(claim)

    def remove(self, file: str) -> None:
        """Remove an article."""
        row = self.row(file)
        if row:
            self._changed_claims.add(row.claim)
            self._base.execute("delete from addresses where file = ?", (file,))

    def pin_all(self) -> None:
        """Apply the pins to articles that were put under other ones."""
        for row in self._rows("1"):
            self.pin(row)

    def pin(self, row: AddressRow, address: str | None = None) -> None:
        """Pin an article to an address; None: to the one that the pins have for it, if any."""
        pin = self._pins.get(row.derived_id, "") if address is None else address
        if pin != row.pin:
            claim = id_of(pin) if pin else row.derived_id
            self._base.execute(
                "update addresses set pin = ?, claim = ? where file = ?", (pin, claim, row.file)
            )
            self._changed_claims |= {row.claim, claim}

    def assign(self) -> dict[str, str]:
        """Assign addresses; return the files whose address is another one now, with that before."""
        before: dict[str, str] = {}
        # Whoever took an id that is claimed now has to leave it.
        for claim in sorted(self._changed_claims):
            row = self.by_id(claim)
            self._changed_claims |= {row.claim} if row else set()
        for claim in sorted(self._changed_claims):
            query = "select * from addresses where claim = ? order by pin = '', day, file"
            rows = [AddressRow._make(row) for row in self._base.execute(query, (claim,))]
            for number, row in enumerate(rows):
                article_id, slug = claim, row.slug
                if number:
                    article_id = self._other_id(row)
                elif row.pin and not row.has_fixed_slug:
                    slug = slug_of(row.pin)
                address = article_address(slug, article_id)
                if address != row.address:
                    before[row.file] = row.address
                    self._base.execute(
                        "update addresses set id = ?, address = ? where file = ?",
                        (article_id, address, row.file),
                    )
        self._changed_claims.clear()
        return before

    def _other_id(self, row: AddressRow) -> str:
        """Return the id of an article that another comes before; nobody claims it."""
        article = self._article_of(row.file)
        day = article.date.isoformat() if article.date else ""
        text = key(" ".join(article.paragraphs))
        article_id = digest(row.claim, key(article.title), day, text)
        while self._one("claim = ?", article_id):
            article_id = digest(article_id, row.file)
        return article_id

    # What is assigned.

    def row(self, file: str) -> AddressRow | None:
        """Return the row of an article by its file."""
        return self._one("file = ?", file)

    def by_id(self, article_id: str) -> AddressRow | None:
        """Return the row of the article that has an id."""
        return self._one("id = ?", article_id)

    def by_guid(self, guid: str) -> AddressRow | None:
        """Return the row of the one article with a guid; None if there are several."""
        rows = [*self._rows("guid = ? limit 2", guid)] if guid else []
        return rows[0] if len(rows) == 1 else None

    def of_day(self, day: str, source: str) -> Iterator[AddressRow]:
        """Yield the rows of what a source printed on an ISO day, or undated, by file."""
        return self._rows("day = ? and source = ? order by file", day or _UNDATED, source)

    def is_empty(self) -> bool:
        """Whether there is no row."""
        return self._one("1") is None

    def _one(self, condition: str, *values: str) -> AddressRow | None:
        return next(iter(self._rows(f"{condition} limit 1", *values)), None)

    def _rows(self, condition: str, *values: str) -> Iterator[AddressRow]:
        query = f"select * from addresses where {condition}"
        return map(AddressRow._make, self._base.execute(query, values).fetchall())
