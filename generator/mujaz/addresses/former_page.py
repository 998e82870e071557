"""What the page says that was last published at an address: enough to tell whose address it is."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from mujaz.arabic.normalise import key
from mujaz.model import Article
from mujaz.publish.output.pages_folder import read_ledger

_MIN_SAME_FILE = 0.25
"""Part of an article's runs of words from which what its file held before is the same article."""
_MIN_SAME_DAY = 0.8
"""The same, where only source and day are the same."""
_RUN = 3
"""Words of a run."""
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FormerPage(NamedTuple):
    """A page of an article as the last run left it."""

    file: str
    guid: str
    source: str
    day: str
    """ISO day of its publication, or empty."""
    words: frozenset[tuple[str, ...]]
    """The runs of words on it."""

    def is_of(self, article: Article) -> bool:
        """Return whether an article in the same file is the one that the page is of."""
        if self.guid and article.guid:
            return self.guid == article.guid
        return self._shared_part(article) >= _MIN_SAME_FILE

    def is_repeated_by(self, article: Article) -> bool:
        """Return whether an article in another file, of its source and day, is the same one."""
        differ = self.guid and article.guid and self.guid != article.guid
        return not differ and self._shared_part(article) >= _MIN_SAME_DAY

    def _shared_part(self, article: Article) -> float:
        runs = _runs(key(" ".join(article.paragraphs)))
        return len(runs & self.words) / len(runs)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = text.split()
    starts = range(max(1, len(words) - _RUN + 1))
    return frozenset(tuple(words[start : start + _RUN]) for start in starts)


def read_former_page(folder: Path, address: str) -> FormerPage | None:
    """Return the page at an address below the folder of pages; None if there is no sound one."""
    head, body = _split(folder, address)
    try:
        meta = yaml.load(head, _Loader)
        ours = meta["mujaz"]
        return FormerPage(
            str(ours["file"]),
            str(ours.get("guid") or ours.get("address") or ""),
            str(ours.get("source") or ""),
            str(ours.get("date_iso") or ""),
            _runs(key(html.unescape(body))),
        )
    except (yaml.YAMLError, TypeError, KeyError, AttributeError, ValueError):
        return None


def former_articles(folder: Path, address: str) -> list[str]:
    """Return the addresses of the articles that the page of a story led to, in order."""
    links = _split(folder, address)[1].split("(../articles/")[1:]
    return [f"articles/{link.partition('.md)')[0]}" for link in links]


def former_addresses(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield file and address of each article that has a page below the folder, by its ledger."""
    for path in sorted(read_ledger(folder) or ()):
        if path.startswith("articles/") and path.endswith(".md"):
            address = path.removesuffix(".md")
            head, _ = _split(folder, address)
            lines = (line for line in head.splitlines() if line.startswith("  file: "))
            file = _value(next(lines, ""))
            if isinstance(file, str):
                yield file, address


def _value(line: str) -> object:
    try:
        loaded: Mapping[str, object] | None = yaml.load(line, _Loader)
        return loaded and loaded["file"]
    except yaml.YAMLError:
        return None


def _split(folder: Path, address: str) -> tuple[str, str]:
    """Return front matter and body of a page; nothing if there is none."""
    try:
        text = (folder / f"{address}.md").read_bytes().decode("utf-8", "replace")
    except OSError:
        return "", ""
    head, fence, body = text.removeprefix("---\n").partition("\n---\n")
    return (head, body) if fence else ("", "")
