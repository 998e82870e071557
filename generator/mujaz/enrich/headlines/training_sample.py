"""Chooses the headlines from which a site's own model learns, and keeps what was learned.

They are those of the oldest articles, and twice as many only when there are: so what comes in day
by day changes nothing, and a model is learned anew as a collection doubles.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from functools import cached_property
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, NamedTuple

from mujaz.enrich.headlines.headline_index import Change, Titles

if TYPE_CHECKING:
    from mujaz.enrich.headlines.boundary_model import Boundaries
    from mujaz.enrich.headlines.site_model import Own

SIZES = (100, 225, 450, 900, 1_800, 4_000)
"""Headlines that are learned from, and tried: as many of these as there are. A quarter of 400 would
be so few to be tried that luck decides whether a model is trusted; to learn from more than the last
would take longer than ten seconds."""
_KEPT = 3
"""Models that are kept: one that was, may be again."""
_TABLES = (
    "create table if not exists sidebars_kept"
    " (number integer primary key, name text unique, model blob, lengths text, trusted real)",
    # One row: how many headlines, the age of the last, and the name of what is learned of them.
    # The shipped model, as it is loaded fastest.
    "create table if not exists sidebars_prior (name text, model blob)",
    "create table if not exists sidebars_sample (size integer, last text, name text)",
)


class Facts(NamedTuple):
    """What has to be known of a model besides what it says of words."""

    lengths: Sequence[float]
    """Log probability of each number of words in a headline."""
    trusted: float
    """Confidence from which the model is trusted."""


class Sample:
    """The headlines of the oldest articles, and the model that learns from them."""

    def __init__(self, base: sqlite3.Connection, titles: Titles) -> None:
        """Take the database, of which a caller commits what is done here, and all headlines."""
        self._base = base
        self._titles = titles
        for table in _TABLES:
            base.execute(table)

    @property
    def name(self) -> str:
        """Return what stands for the model: for the chosen headlines, and the shipped model."""
        (name,) = self._base.execute("select name from sidebars_sample").fetchone()
        return str(name)

    def forget(self) -> None:
        """Forget which headlines were chosen: there is nothing to read."""
        self._base.execute("delete from sidebars_sample")

    def choose(self, named: Change) -> bool:
        """Choose again where the headlines that changed ask for it; return if others were taken."""
        row = self._base.execute("select size, last, name from sidebars_sample").fetchone()
        size = sample_size(self._titles.count())
        if row and row[0] == size:
            last = tuple(json.loads(row[1]) or ())
            if named.oldest is None or not last or named.oldest > last:
                return False
        from mujaz.enrich.headlines.boundary_model import prior_file

        titles, age = self._titles.oldest(size)
        told = sha256(prior_file()).hexdigest(), sorted(set(titles))
        name = blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        self.forget()
        self._base.execute(
            "insert into sidebars_sample values (?, ?, ?)", (size, json.dumps(age), name)
        )
        self.__dict__.pop("own", None)
        self.__dict__.pop("facts", None)
        return not row or row[2] != name

    @cached_property
    def own(self) -> Own:
        """The model, learned if nobody has before."""
        from mujaz.enrich.headlines.site_model import own, study

        prior = self._prior()
        row = self._kept("model")
        if row:
            return own(row[0], prior)
        size = sample_size(self._titles.count())
        studied = study(self._titles.oldest(size)[0], prior)
        found = own(studied, prior)
        self._base.execute(
            "insert into sidebars_kept (name, model, lengths, trusted) values (?, ?, ?, ?)",
            (self.name, studied, json.dumps([*found.model.lengths]), found.trusted),
        )
        self._base.execute(
            "delete from sidebars_kept where number not in"
            " (select number from sidebars_kept order by number desc limit ?)",
            (_KEPT,),
        )
        return found

    @cached_property
    def facts(self) -> Facts:
        """What has to be known of the model; this does not load it."""
        row = self._kept("lengths, trusted")
        if row:
            return Facts(json.loads(row[0]), row[1])
        return Facts(self.own.model.lengths, self.own.trusted)

    def _prior(self) -> Boundaries:
        """Return the shipped model, from where it need not be unpacked."""
        from mujaz.enrich.headlines.boundary_model import Boundaries, prior_file, prior_prepared

        name = sha256(prior_file()).hexdigest()
        row = self._base.execute(
            "select model from sidebars_prior where name = ?", (name,)
        ).fetchone()
        if row:
            return Boundaries(row[0])
        ready = prior_prepared()
        self._base.execute("delete from sidebars_prior")
        self._base.execute("insert into sidebars_prior values (?, ?)", (name, ready))
        return Boundaries(ready)

    def _kept(self, what: str) -> tuple[bytes, float] | None:
        row: tuple[bytes, float] | None = self._base.execute(
            f"select {what} from sidebars_kept where name = ?", (self.name,)
        ).fetchone()
        return row


def sample_size(count: int) -> int:
    """Return how many of `count` headlines are learned from and tried; 0 if they are too few."""
    return max((size for size in SIZES if size <= count), default=0)
