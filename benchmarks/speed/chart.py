"""Draws the figures: a bar for each program, its CPU time on a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

from benchmarks.speed.measure import Cost

_WIDTH, _NAME, _ROW, _HEAD = 720, 190, 24, 40
_MIN_SECONDS = 0.05
"""Where the bars begin."""


def chart(figures: Mapping[int, Mapping[str, Cost]]) -> str:
    """Return an SVG of the CPU seconds in `figures`, by number of articles and by program."""
    longest = max(cost.cpu for costs in figures.values() for cost in costs.values())
    scale = (_WIDTH - _NAME - 80) / math.log(longest / _MIN_SECONDS)
    parts: list[str] = []
    y = 0
    for number, costs in figures.items():
        parts.append(f'<text x="0" y="{y + 24}" class="h">{number:,} articles: CPU seconds</text>')
        y += _HEAD
        for name, cost in sorted(costs.items(), key=lambda each: each[1].cpu):
            width = max(2.0, scale * math.log(max(cost.cpu, _MIN_SECONDS) / _MIN_SECONDS))
            kind = "us" if name.startswith("Mujaz") else "them"
            parts.append(
                f'<text x="{_NAME - 8}" y="{y + 15}" text-anchor="end">{escape(name)}</text>'
                f'<rect x="{_NAME}" y="{y + 3}" width="{width:.0f}" height="16" class="{kind}"/>'
                f'<text x="{_NAME + width + 6:.0f}" y="{y + 15}">{cost.cpu:.2f}</text>'
            )
            y += _ROW
        y += 12
    style = (
        "text{font:13px system-ui,sans-serif;fill:#333}.h{font-weight:700;font-size:15px}"
        ".us{fill:#0a7d5a}.them{fill:#9aa5b1}"
        "@media (prefers-color-scheme:dark){text{fill:#ddd}.them{fill:#66717d}}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y}" role="img">'
        f"<title>CPU seconds to render a site, on a logarithmic scale</title><style>{style}</style>"
        f"{''.join(parts)}</svg>\n"
    )
