"""Splits glued lines with any model, as a whole collection does with its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cached_property
from zlib import crc32

from mujaz.enrich.headlines.boundary_model import Boundaries
from mujaz.enrich.headlines.headline_index import Span
from mujaz.enrich.headlines.overlap import Overlap, runs_of
from mujaz.enrich.headlines.site_model import Own, own, study
from mujaz.enrich.headlines.splitter import (
    Part,
    Reader,
    comparable,
    gaps,
    parts,
    shown,
)
from mujaz.enrich.headlines.training_sample import sample_size


class GluedLines:
    """Glued lines, each of which helps to split the others, and headlines that teach a model."""

    def __init__(self, lines: Iterable[str], titles: Iterable[str], prior: Boundaries) -> None:
        """Take the lines, the headlines of the site, and the shipped model."""
        self._overlap = Overlap(sqlite3.connect(":memory:"))
        self._overlap.change((), (comparable(line) for line in set(lines)))
        ours = sorted(titles, key=lambda title: crc32(title.encode()))  # as good as by their days
        self._titles = ours[: sample_size(len(ours))]
        self._prior = prior

    @cached_property
    def _own(self) -> Own:
        return own(study(self._titles, self._prior), self._prior)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._own.model)

    def parts(self, line: str, known: Sequence[Span] = ()) -> list[Part]:
        """Return all that stands in a line between the known headlines, cut into headlines."""
        found = gaps(line, known)
        seen = self._overlap.log_odds(runs_of(comparable(line)))
        return parts(found, self._reader.odds(found), seen, self._own.model.lengths)

    def shown(self, line: str, known: Sequence[Span] = ()) -> list[Part]:
        """Return the headlines that are sure enough to show."""
        return shown(self.parts(line, known), self._own.trusted)
