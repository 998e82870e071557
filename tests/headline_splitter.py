"""Splits glued lines with any model, as a whole collection does with its own; made-up headlines."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from functools import cached_property
from zlib import crc32

from mujaz.enrich.headlines.boundary_model import BoundaryModel
from mujaz.enrich.headlines.calibration import calibrated_threshold, sample_size
from mujaz.enrich.headlines.headline_index import Span
from mujaz.enrich.headlines.overlap import SidebarOverlap, context_hashes
from mujaz.enrich.headlines.splitter import (
    CachedScorer,
    HeadlineCandidate,
    candidates,
    comparison_keys,
    reliable,
    split_line,
)
from mujaz.state.database import in_memory

HEADLINES = (
    "افتتاح مكتبة جديدة في حي البستان",
    "إقبال واسع على معرض الزهور في الحديقة العامة",
    "مدرسة القرية تكرم طلابها المتفوقين",
    "هل تعود القطارات إلى محطة الوادي؟",
    "مزارعو الزيتون: موسم وفير هذا العام",
    "انطلاق سباق القوارب الشراعية غداً",
    "ورشة لتعليم النجارة في المركز الثقافي",
    "بدء ترميم جسر الحجر القديم.. والمارة يرحبون",
    "«نوافذ» كتاب جديد عن بيوت المدينة",
    "35 متطوعاً يزرعون ألف شجرة",
    "العثور على نقوش نادرة قرب النهر",
    "فريق الحي يفوز بكأس الصداقة",
)
_PLACES = "القرية المدينة الحي الوادي الجبل الساحل الميناء السوق المحطة الحديقة".split()
_OPENINGS = "افتتاح ترميم زيارة إغلاق توسعة".split()
_THINGS = "مكتبة مدرسة نافذة ورشة ملعب متحف جسر بستان معرض قاعة".split()


def titles(count: int) -> list[str]:
    """Return headlines of a made-up paper, all of one pattern."""
    dice = random.Random(7)
    found: dict[str, None] = {}
    while len(found) < count:
        parts = dice.choice(_OPENINGS), dice.choice(_THINGS), dice.randint(2, 99)
        found[f"{parts[0]} {parts[1]} رقم {parts[2]} في {dice.choice(_PLACES)}"] = None
    return list(found)


class HeadlineSplitter:
    """Glued lines, each of which helps to split the others, and headlines that calibrate it."""

    def __init__(
        self, lines: Iterable[str], headlines: Iterable[str], shipped: BoundaryModel
    ) -> None:
        """Take the lines, the headlines of the site, and the shipped model."""
        self._overlap = SidebarOverlap(in_memory())
        self._overlap.replace((), (comparison_keys(line) for line in set(lines)))
        # An order as good as that of their days.
        ordered = sorted(headlines, key=lambda headline: crc32(headline.encode()))
        self._sample = ordered[: sample_size(len(ordered))]
        self._shipped = shipped

    @cached_property
    def _threshold(self) -> float:
        return calibrated_threshold(self._sample, self._shipped)

    @cached_property
    def _scorer(self) -> CachedScorer:
        return CachedScorer(self._shipped)

    def candidates(self, line: str, matched: Sequence[Span] = ()) -> list[HeadlineCandidate]:
        """Return all words of a line between the matched headlines, cut into candidates."""
        split = split_line(line, matched)
        evidence = self._overlap.log_odds(context_hashes(comparison_keys(line)))
        return candidates(split, self._scorer.log_odds(split), evidence, self._shipped.lengths)

    def reliable(self, line: str, matched: Sequence[Span] = ()) -> list[HeadlineCandidate]:
        """Return the candidates that are reliable enough to show."""
        return reliable(self.candidates(line, matched), self._threshold)
