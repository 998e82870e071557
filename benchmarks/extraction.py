"""Measures how well articles are taken out of web pages: `python -m benchmarks.extraction FOLDER`.

FOLDER is a copy of github.com/scrapinghub/article-extraction-benchmark: `html/<id>.html.gz` and
`ground-truth.json` with the `articleBody` of each. The measure is its `evaluate.py`: shingles
of four words, counted as often as they occur; precision and recall of each page, then their means.
With `--pages`, prints the pages that are read worst as well.
"""

from __future__ import annotations

import gzip
import json
import logging
import re
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from mujaz.config import Config
from mujaz.model import Article, Document
from mujaz.read import read_files

from tests.support import understand

_WORD = re.compile(r"\w+")
_WORDS_OF_SHINGLE = 4
_SHOWN_PAGES = 25


def main() -> None:
    """Print precision, recall and F1 of each way of reading."""
    folders = [each for each in sys.argv[1:] if not each.startswith("--")]
    if len(folders) != 1 or not (Path(folders[0]) / "ground-truth.json").is_file():
        sys.exit("name the folder that holds `ground-truth.json` and `html/`")
    folder = Path(folders[0])
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    files = {name: folder / "html" / f"{name}.html.gz" for name in sorted(truth)}
    ways: dict[str, Callable[[Mapping[str, Path]], dict[str, str]]] = {
        "trafilatura": _by_trafilatura,
        "as read": _as_read,
        "as published": _as_published,
    }
    print(f"{'':<14}{'F1':>7}{'precision':>11}{'recall':>8}")
    for way, extract in ways.items():
        texts = extract(files)
        scores = {
            name: _precision_and_recall(texts.get(name, ""), truth[name]["articleBody"])
            for name in files
        }
        precision, recall = (statistics.mean(each) for each in _parts(list(scores.values())))
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{way:<14}{f1:>7.3f}{precision:>11.3f}{recall:>8.3f}")
        if "--pages" in sys.argv:
            for name in sorted(scores, key=lambda each: sum(filter(None, scores[each])))[
                :_SHOWN_PAGES
            ]:
                shown = ("–" if each is None else f"{each:.3f}" for each in scores[name])
                print("   ", name[:12], *shown, truth[name].get("url", "")[:70])


def _by_trafilatura(files: Mapping[str, Path]) -> dict[str, str]:
    """Return what trafilatura makes of each page alone, as its authors set it for this measure."""
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    texts = {}
    for name, file in files.items():
        page = gzip.decompress(file.read_bytes()).decode("utf-8", "replace")
        texts[name] = extract(page, include_comments=False) or ""
    return texts


def _as_read(files: Mapping[str, Path]) -> dict[str, str]:
    """Return the text that the page's reader gives, before anything is cut of it."""
    texts = {}
    for name, file in files.items():
        for result in read_files([file]):
            texts[name] = result.text if isinstance(result, Document) else ""
    return texts


def _as_published(files: Mapping[str, Path]) -> dict[str, str]:
    """Return the paragraphs that readers would get."""
    here = Path()
    config = Config(here / "mkdocs.yml", here, here / "site_src", here / "site")
    return {
        name: "\n".join(result.paragraphs) if isinstance(result, Article) else ""
        for name, result in zip(files, understand(list(files.values()), config), strict=True)
    }


def _precision_and_recall(given: str, right: str) -> tuple[float | None, float | None]:
    """Return both for one page; each is None where there is nothing to be precise about."""
    one, other = _shingles(given), _shingles(right)
    both = (one & other).total()
    if not one and not other:
        return None, None
    return (both / one.total() if one else None, both / other.total() if other else None)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    count = max(1, len(words) - _WORDS_OF_SHINGLE + 1)
    return Counter(filter(None, (tuple(words[i : i + _WORDS_OF_SHINGLE]) for i in range(count))))


def _parts(scores: Sequence[tuple[float | None, float | None]]) -> tuple[list[float], list[float]]:
    precisions, recalls = zip(*scores, strict=True)
    return [p for p in precisions if p is not None], [r for r in recalls if r is not None]


if __name__ == "__main__":
    main()
