"""Chooses the headlines from which a site's model learns, and caches what was learned.

They are those of the oldest articles, and twice as many only when there are: so what is added day
by day changes nothing, and a model is trained again as a collection doubles.

The modules of the models are imported when a model is needed, which a run without glued lines to
split never does.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from functools import cached_property
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, NamedTuple

from mujaz.enrich.headlines.headline_index import HeadlineChange, HeadlineIndex
from mujaz.enrich.headlines.splitter import CachedScorer

if TYPE_CHECKING:
    from mujaz.enrich.headlines.boundary_model import BoundaryModel
    from mujaz.enrich.headlines.site_model import SiteModel

SAMPLE_SIZES = (100, 225, 450, 900, 1_800, 4_000)
"""Headlines that a model is trained and tested on: as many of these as there are. A quarter of 400
would be so few to test on that luck decides whether a model is trusted; to learn from more than the
last would take longer than ten seconds."""
_MAX_CACHED_MODELS = 3
"""An earlier model may be needed again, when articles are taken back."""


class ModelSummary(NamedTuple):
    """What splitting a line needs of a model besides its log odds."""

    lengths: Sequence[float]
    """Log probability of each number of words in a headline."""
    threshold: float
    """Confidence from which the model alone is enough."""


class SiteModelStore:
    """The sample of headlines, and the model that learned from it."""

    def __init__(self, base: sqlite3.Connection, headlines: HeadlineIndex) -> None:
        """Take the database, which the caller commits, and all headlines."""
        self._base = base
        self._headlines = headlines

    @property
    def sample_digest(self) -> str:
        """Return the digest of the sample and of the shipped model, which names the model."""
        (digest,) = self._base.execute("select digest from model_sample").fetchone()
        return str(digest)

    def clear_sample(self) -> None:
        """Remove the sample: there are no lines to split."""
        self._base.execute("delete from model_sample")

    def update_sample(self, change: HeadlineChange) -> bool:
        """Choose the sample again if the change concerns it; return whether it is another one."""
        row = self._base.execute("select size, newest, digest from model_sample").fetchone()
        size = sample_size(self._headlines.count())
        if row and row[0] == size:
            newest = tuple(json.loads(row[1]) or ())
            if change.oldest is None or not newest or change.oldest > newest:
                return False
        from mujaz.enrich.headlines.boundary_model import shipped_file

        titles, age = self._headlines.oldest(size)
        content = sha256(shipped_file()).hexdigest(), sorted(set(titles))
        digest = blake2b(repr(content).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        self.clear_sample()
        self._base.execute(
            "insert into model_sample values (?, ?, ?)", (size, json.dumps(age), digest)
        )
        if row and row[2] == digest:
            return False
        for stale in ("site_model", "summary", "scorer"):
            self.__dict__.pop(stale, None)
        return True

    @cached_property
    def site_model(self) -> SiteModel:
        """The model, trained unless it is cached."""
        from mujaz.enrich.headlines.site_model import load_site_model, train_site_model

        shipped = self._shipped_model()
        row = self._cached("model")
        if row:
            return load_site_model(row[0], shipped)
        size = sample_size(self._headlines.count())
        trained = train_site_model(self._headlines.oldest(size)[0], shipped)
        model = load_site_model(trained, shipped)
        self._base.execute(
            "insert into site_models (sample, model, lengths, threshold) values (?, ?, ?, ?)",
            (self.sample_digest, trained, json.dumps([*model.scorer.lengths]), model.threshold),
        )
        self._base.execute(
            "delete from site_models where number not in"
            " (select number from site_models order by number desc limit ?)",
            (_MAX_CACHED_MODELS,),
        )
        return model

    @cached_property
    def summary(self) -> ModelSummary:
        """The summary of the model, which is not loaded for it if it is cached."""
        row = self._cached("lengths, threshold")
        if row:
            return ModelSummary(json.loads(row[0]), row[1])
        return ModelSummary(self.site_model.scorer.lengths, self.site_model.threshold)

    @cached_property
    def scorer(self) -> CachedScorer:
        """The model with a cache of what it read last."""
        return CachedScorer(self.site_model.scorer)

    def _shipped_model(self) -> BoundaryModel:
        """Return the shipped model, from where it need not be decompressed."""
        from mujaz.enrich.headlines.boundary_model import (
            BoundaryModel,
            shipped_file,
            shipped_prepared,
        )

        digest = sha256(shipped_file()).hexdigest()
        row = self._base.execute(
            "select model from shipped_model where digest = ?", (digest,)
        ).fetchone()
        if row:
            return BoundaryModel(row[0])
        prepared = shipped_prepared()
        self._base.execute("delete from shipped_model")
        self._base.execute("insert into shipped_model values (?, ?)", (digest, prepared))
        return BoundaryModel(prepared)

    def _cached(self, columns: str) -> tuple[bytes, float] | None:
        row: tuple[bytes, float] | None = self._base.execute(
            f"select {columns} from site_models where sample = ?", (self.sample_digest,)
        ).fetchone()
        return row


def sample_size(count: int) -> int:
    """Return how many of `count` headlines are in the sample; 0 if they are too few."""
    return max((size for size in SAMPLE_SIZES if size <= count), default=0)
