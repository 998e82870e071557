"""Measures how well saved web pages are read: `MUJAZ_DATA=… python -m benchmarks.saved_pages`.

Reads `html/*.html` and beside each `*.gold.txt` with `<TITLE>`, `<TIME>` (ISO, or day/month/year)
and `<TEXT>`. Prints for each page whether headline and day are exact and the F1 of the body's
words, counted as often as they occur.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from pathlib import Path

from mujaz.arabic.calendars import parse_date
from mujaz.arabic.normalise import clean, fold_spaces
from mujaz.config import Config
from mujaz.model import Article

from benchmarks.data import folder
from tests.support import understand

_WORD = re.compile(r"\w+")


def main() -> None:
    """Print a line a page, and the shares."""
    files = sorted((folder() / "html").glob("*.html"))
    here = Path()
    config = Config(here / "mkdocs.yml", here, here / "site_src", here / "site")
    titles, days, scores = 0, 0, []
    for file, found in zip(files, understand(files, config), strict=True):
        gold = file.with_suffix("").with_suffix(".gold.txt").read_text("utf-8")
        article = found if isinstance(found, Article) else None
        right = fold_spaces(clean(_gold(gold, "TITLE")))
        # What readers see is tidied: the headline is held to what was read.
        title = article is not None and right in (article.title, article.headline_as_read)
        day = article is not None and article.date == parse_date(_gold(gold, "TIME").split("T")[0])
        body = " ".join(article.paragraphs) if article else ""
        score = _f1(body, clean(_gold(gold, "TEXT")))
        print(f"{file.name[:40]:<42}headline {title!s:<6}day {day!s:<6}body F1 {score:.3f}")
        titles, days = titles + title, days + day
        scores.append(score)
    print(
        f"{len(files)} pages: headline {titles / len(files):.0%}, day {days / len(files):.0%}, "
        f"body F1 {statistics.mean(scores):.3f} (lowest {min(scores):.3f}); "
        "targets: 100 %, 100 %, .95"
    )


def _gold(text: str, name: str) -> str:
    match = re.search(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
    return match[1].strip() if match else ""


def _f1(found: str, right: str) -> float:
    """Return the harmonic mean of precision and recall over words."""
    one, other = Counter(_WORD.findall(found)), Counter(_WORD.findall(right))
    both = (one & other).total()
    return 2 * both / (one.total() + other.total()) if both else 0.0


if __name__ == "__main__":
    main()
