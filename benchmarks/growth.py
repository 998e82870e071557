"""First views of a small and of a large collection: `python -m benchmarks.growth [ARTICLES…]`.

What a reader is sent for the front page, an article and the headlines must not grow with what has
been published since. The articles are shuffled out of the words of the samples.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.audit_site import first_view

FEW, MANY = 100, 2_000
_PROJECT = Path(__file__).parent.parent
_A_DAY = 20
"""Articles."""
_FIRST_DAY = dt.date(2025, 1, 1)
_SECTIONS = ("culture", "economy", "local", "sport", "world")
_PAPERS = ("السنديانة", "صدى الرابية", "بريد الواحة", "مرصد المرفأ")
_WATCHED = 50
"""Number of the article that is looked at: it is in every collection."""


def main() -> None:
    """Print the first views of collections of each size."""
    for number in [int(each) for each in sys.argv[1:]] or [FEW, MANY]:
        for kind, size in first_views(number).items():
            print(f"{number:6,} articles: {kind:9} {size:6.2f} KB")


def first_views(number: int) -> Mapping[str, float]:
    """Return the first view, in kB, of kinds of page where `number` articles are published."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copy(_PROJECT / "mkdocs.yml", project)
        shutil.copytree(_PROJECT / "theme_overrides", project / "theme_overrides")
        (project / "site_src").mkdir()
        shutil.copy(_PROJECT / "site_src" / "about.md", project / "site_src")
        _write(project / "seeds", number)
        command = [sys.executable, "-m", "mujaz", "build", "--json"]
        subprocess.run(command, cwd=project, check=True, capture_output=True)
        site = project / "site"
        pages = {
            "home": site / "index.html",
            "article": next(site.glob(f"articles/*خبر-رقم-{_WATCHED}-*/index.html")),
            "headlines": site / "headlines" / "index.html",
        }
        return {kind: sum(first_view(page).values()) for kind, page in pages.items()}


def _write(folder: Path, number: int) -> None:
    words = _words()
    for each in range(1, number + 1):
        chance = random.Random(each)
        day = _FIRST_DAY + dt.timedelta((each - 1) // _A_DAY)
        path = folder / chance.choice(_SECTIONS) / f"{day.isoformat()}-{each:05}.txt"
        title = f"خبر رقم {each} {' '.join(chance.choices(words, k=5))}"
        body = (f"{' '.join(chance.choices(words, k=60))}." for _ in range(6))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join((title, f"{chance.choice(_PAPERS)}:", *body)), "utf-8")


def _words() -> list[str]:
    """Return the words of the sample articles, common ones more often."""
    texts = (
        path.read_text("utf-8", "ignore") for path in sorted((_PROJECT / "seeds").rglob("*.txt"))
    )
    return [word for text in texts for word in re.findall(r"[^\W\d_]{3,}", text)]


if __name__ == "__main__":
    main()
