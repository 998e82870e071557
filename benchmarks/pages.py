"""Measures how exactly raw pages are understood: `MUJAZ_DATA=… python -m benchmarks.pages`.

Reads `pages/*.txt` and `pages.gold.jsonl`, one object a line with `file, title, source, place,
author, paragraphs`. Prints the share of pages on which each field is exactly right (a page that
was rejected has none right), F1 for fields that may be absent, and pages a CPU-second: read and
parsed alone, and with everything that is derived from them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mujaz.config import Config, known_sources
from mujaz.model import Article, Problem
from mujaz.parse import draft, learn_vocabulary, parse_article
from mujaz.read import read_files

from benchmarks.data import folder
from tests.support import understand

_FIELDS: Mapping[str, Callable[[Article], Any]] = {
    "title": lambda article: article.headline_as_read or article.title,
    "paragraphs": lambda article: list(article.paragraphs),
    "source": lambda article: article.source,
    "place": lambda article: article.place,
    "author": lambda article: "، ".join(article.authors) or None,
}


_TARGETS = {
    "title": "99.5 % exact",
    "paragraphs": "98.5 % exact",
    "source": "F1 .97",
    "place": "F1 .97",
    "author": "F1 .97",
}


def main() -> None:
    """Print the table."""
    data = folder()
    lines = (data / "pages.gold.jsonl").read_text("utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    files = [data / "pages" / page["file"] for page in gold]
    here = Path()
    config = Config(here / "mkdocs.yml", data / "pages", here / "site_src", here / "site")
    _parse(files, config)  # loads the tables
    started = time.process_time()
    _parse(files, config)
    parsed = time.process_time()
    results = understand(files, config)
    enriched = time.process_time()
    print(
        f"{len(gold)} pages: {len(gold) / (parsed - started):.0f} a CPU-second read and parsed, "
        f"{len(gold) / (enriched - parsed):.0f} with what is derived (target: 1500 parsed)"
    )
    print(f"{'field':<12}{'exact':>8}{'F1':>8}  target")
    for name, value in _FIELDS.items():
        found = [value(result) if isinstance(result, Article) else None for result in results]
        right = [page[name] for page in gold]
        exact = sum(a == b for a, b in zip(found, right, strict=True)) / len(gold)
        print(f"{name:<12}{exact:>8.2%}{_f1(found, right):>8.3f}  {_TARGETS[name]}")
    whole = sum(
        isinstance(result, Article) and _is_whole(result, page["paragraphs"])
        for page, result in zip(gold, results, strict=True)
    )
    print(
        f"paragraphs are exact on {whole / len(gold):.2%} where signatures may be cut off their end"
    )


def _parse(files: list[Path], config: Config) -> None:
    drafts = [draft(each) for each in read_files(files) if not isinstance(each, Problem)]
    known = learn_vocabulary(drafts, known_sources(config))
    for each in drafts:
        parse_article(each, known)


def _is_whole(article: Article, right: list[str]) -> bool:
    """Whether an article has its paragraphs, be it that their signature is among what was cut.

    The pages that were read by hand have `(أ ف ب)` and its like as text; it is shown as the agency.
    """
    text, cut = "\n".join(article.paragraphs), article.sidebar_raw.partition("\n")[0]
    return " ".join(right) in (text.replace("\n", " "), f"{text} {cut}".replace("\n", " "))


def _f1(found: list[Any], right: list[Any]) -> float:
    """Return the harmonic mean of precision and recall over pages where there is a value."""
    both = sum(a == b and b is not None for a, b in zip(found, right, strict=True))
    wanted = sum(b is not None for b in right)
    given = sum(a is not None for a in found)
    return 2 * both / (wanted + given) if wanted + given else 1.0


if __name__ == "__main__":
    main()
