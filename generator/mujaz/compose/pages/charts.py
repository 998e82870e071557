"""How often something was in the news: bars over time, and the same in words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

from mujaz.arabic.numerals import ARTICLE
from mujaz.arabic.wording import Wording

_MAX_DAYS_BY_DAY = 31
"""Days: over a longer time, bars stand for months."""
_MIN_ARTICLES = 3
"""Dated articles from which a chart says more than their list."""
_MIN_FULL_BAR = 3
"""Articles that a full bar stands for at least: one article is no peak."""
_STEP, _BAR, _HEIGHT = 10, 7, 48
"""Width of a bar with its gap and without, and the height of the highest, in units of the SVG."""


def chart_steps(days: Mapping[dt.date, int]) -> dict[dt.date, int]:
    """Return how many articles there are on each day, or in each month, from first to last.

    Empty where a chart would say nothing: few articles, or all of them at one time.
    """
    if sum(days.values()) < _MIN_ARTICLES or len(days) < 2:
        return {}
    first, last = min(days), max(days)
    if (last - first).days < _MAX_DAYS_BY_DAY:
        span = (last - first).days + 1
        return {day: days.get(day, 0) for day in (first + dt.timedelta(i) for i in range(span))}
    counts: Counter[dt.date] = Counter()
    for day, count in days.items():
        counts[day.replace(day=1)] += count
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return {day: counts[day] for day in (dt.date(m // 12, m % 12 + 1, 1) for m in months)}


def chart(counts: dict[dt.date, int], say: Wording) -> dict[str, Any]:
    """Return what the template needs to draw `counts`, time running from right to left."""
    if not counts:
        return {}
    first, last = (_name(step, counts, say) for step in (min(counts), max(counts)))
    highest = max(*counts.values(), _MIN_FULL_BAR)
    bars = []
    for place, count in enumerate(reversed(counts.values())):
        height = round(_HEIGHT * count / highest)
        if height:
            bars.append(f"M{place * _STEP} {_HEIGHT}v-{height}h{_BAR}v{height}z")
    return {
        "chart": "".join(bars),
        "chart_width": len(counts) * _STEP - (_STEP - _BAR),
        "chart_first": first,
        "chart_last": last,
        "chart_text": say.text(
            "chart.words",
            first=first,
            last=last,
            articles=say.counted(sum(counts.values()), ARTICLE),
            busiest=_name(max(counts, key=lambda step: counts[step]), counts, say),
        ),
    }


def _name(step: dt.date, counts: dict[dt.date, int], say: Wording) -> str:
    by_month = all(each.day == 1 for each in counts)
    return say.month(step) if by_month else say.date(step)
