"""How often something was in the news: bars over time, and the same in words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from generator.arabic.numerals import ARTICLE
from generator.arabic.wording import Wording
from generator.compose.markdown import escape
from generator.model import Article

_LONGEST_BY_DAY = 31
"""Days: over a longer time, bars stand for months."""
_FEWEST = 3
"""Dated articles from which a chart says more than their list."""
_LOWEST_TOP = 3
"""Articles that a full bar stands for at least: one article is no peak."""
_STEP, _BAR, _HEIGHT = 10, 7, 48
"""Width of a bar with its gap and without, and the height of the highest, in units of the SVG."""


def mentions(articles: Sequence[Article]) -> dict[dt.date, int]:
    """Return how many articles there are on each day, or in each month, from first to last.

    Empty where a chart would say nothing: few articles, or all of them at one time.
    """
    days = sorted(article.date for article in articles if article.date)
    if len(days) < _FEWEST or days[0] == days[-1]:
        return {}
    if (days[-1] - days[0]).days < _LONGEST_BY_DAY:
        span = (days[-1] - days[0]).days + 1
        steps = [days[0] + dt.timedelta(i) for i in range(span)]
        counts = Counter(days)
    else:
        first, last = (day.year * 12 + day.month - 1 for day in (days[0], days[-1]))
        steps = [dt.date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1)]
        counts = Counter(day.replace(day=1) for day in days)
    return {step: counts[step] for step in steps}


def chart(counts: dict[dt.date, int], say: Wording) -> dict[str, Any]:
    """Return what the template needs to draw `counts`, time running from right to left."""
    if not counts:
        return {}
    first, last = (_name(step, counts, say) for step in (min(counts), max(counts)))
    highest = max(*counts.values(), _LOWEST_TOP)
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
        "chart_text": f"من {first} إلى {last}: "
        + say.counted(sum(counts.values()), ARTICLE)
        + f"، وأكثرها {_name(max(counts, key=lambda step: counts[step]), counts, say)}",
    }


def chart_list(counts: dict[dt.date, int], say: Wording) -> list[str]:
    """Return the parts of a page that say the same as the chart."""
    if not counts:
        return []
    told = (
        f"- {escape(_name(step, counts, say))}: {say.counted(count, ARTICLE)}"
        for step, count in reversed(counts.items())
        if count
    )
    return ["## الظهور في الأخبار", "\n".join(told)]


def _name(step: dt.date, counts: dict[dt.date, int], say: Wording) -> str:
    by_month = all(each.day == 1 for each in counts)
    return say.month(step) if by_month else say.date(step)
