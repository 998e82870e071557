"""Pages that are no article: errors, checks, walls, lists; whatever text they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.read.markup import MarkupLine
from mujaz.read.pages.layout import Layout, is_link_line, prose_weight, weight
from mujaz.read.pages.notices import is_announcement

_MAX_WORDS_BESIDE_IN_TITLE, _MAX_WORDS_BESIDE_IN_LINE = 3, 9
_MAX_OTHER_LETTERS = 150
"""Of text beside the lines that tell a kind: with more it may well be an article."""
_MAX_LETTERS_BELOW_TITLE, _MAX_STATED_LETTERS = 700, 250
"""Of the text of a page whose title tells its kind; fewer, if it says that it is an article."""
_MIN_LISTED = 3
_MIN_TEASER_SHARE = 0.6
_MAX_TEASER_LETTERS = 350
_TITLE_PARTS = re.compile(r"\s+[|\-–—»:]+\s+|\s*[|»]\s*")
_REFRESH = re.compile(r"^\s*[0-5]\s*[;,]\s*url\s*=", re.IGNORECASE)
_MAX_TITLE_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page that is no article."""

    reason: str
    hint: str


def page_kind(
    layout: Layout,
    seen: Sequence[MarkupLine],
    text: Sequence[MarkupLine],
    titles: Sequence[str],
    unseen: Sequence[str],
) -> PageKind | None:
    """Return what a page is if it is no article, or None.

    `text` is what would be its article, `titles` are the page's headline and what its metadata call
    it, and `unseen` is what it says to browsers without scripts.
    """
    is_stated = _states_an_article(layout.root)
    letters = sum(weight(line.text) for line in text)
    if letters > _MAX_LETTERS_BELOW_TITLE or (is_stated and letters > _MAX_STATED_LETTERS):
        return _listing(layout, seen, text, titles, is_stated=is_stated)
    parts = [key(part) for title in titles for part in _parts(title)]
    lines = [
        key(line.text)
        for line in seen
        if len(line.text) <= _MAX_TITLE_CHARACTERS and not (line.chrome or is_link_line(line))
    ]
    lines += [key(each) for each in unseen]
    for name, kind in table("page_kinds").items():
        if name == "listing":
            continue
        most = kind.get("most_letters", _MAX_OTHER_LETTERS)
        telling = [line for line in lines if _holds(line, name, "lines")]
        others = sum(weight(line.text) for line in text if key(line.text) not in telling)
        is_titled = any(_is_phrase(part, name) for part in parts) or (
            letters <= most and any(_holds(part, name, "titles") for part in parts)
        )
        if is_titled or (telling and others <= most):
            return PageKind(kind["reason"], kind["hint"])
    if letters <= _MAX_OTHER_LETTERS and _leads_elsewhere(layout.root):
        return _named("redirect")
    return _listing(layout, seen, text, titles, is_stated=is_stated)


def _named(name: str) -> PageKind:
    kind = table("page_kinds")[name]
    return PageKind(kind["reason"], kind["hint"])


def _parts(title: str) -> Iterator[str]:
    """Yield a title and what it is put together of: the name of the site is one part."""
    short = title[:_MAX_TITLE_CHARACTERS]
    yield short
    yield from _TITLE_PARTS.split(short)


def _holds(text: str, name: str, field: str) -> bool:
    """Whether the comparison form `text` has a phrase of a kind in it, and little else."""
    words = len(text.split())
    for match in _phrases(name, field).finditer(text):
        count = len(match[0].split())
        # The shorter a phrase, the more is said with it: «404 شهيدًا», «لا تسجيل دخول بعد اليوم».
        most = min(_MAX_WORDS_BESIDE_IN_TITLE, count - 1)
        if words - count <= (most if field == "titles" else _MAX_WORDS_BESIDE_IN_LINE):
            return True
    return False


def _is_phrase(title: str, name: str) -> bool:
    """Whether the comparison form `title` is one that only a kind has."""
    return bool(_phrases(name, "titles").fullmatch(title))


@cache
def _phrases(name: str, field: str) -> re.Pattern[str]:
    phrases = sorted(map(key, map(str, table("page_kinds")[name][field])), key=len, reverse=True)
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, phrases))})(?!\S)")


def _states_an_article(root: Any) -> bool:
    """Whether the page says of itself that it is an article."""
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name.endswith("published_time") or (
            name == "og:type" and (meta.get("content") or "").strip().lower() == "article"
        ):
            return True
    return any(each.endswith(("Article", "BlogPosting", "Report")) for each in _types(root))


def _types(root: Any) -> Iterator[str]:
    """Yield the types of what the page describes, in JSON-LD, microdata and OpenGraph."""
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            yield from re.findall(r'"@type"\s*:\s*\[?\s*"(\w+)"', (script.text or "")[:200_000])
    for element in root.iterfind(".//*[@itemtype]"):
        yield element.get("itemtype").rpartition("/")[2]
    for meta in root.iter("meta"):
        if (meta.get("property") or "").lower() == "og:type":
            yield (meta.get("content") or "").strip().lower()


def _leads_elsewhere(root: Any) -> bool:
    return any(
        (meta.get("http-equiv") or "").lower() == "refresh"
        and _REFRESH.search(meta.get("content") or "")
        for meta in root.iter("meta")
    )


def _listing(
    layout: Layout,
    seen: Sequence[MarkupLine],
    text: Sequence[MarkupLine],
    titles: Sequence[str],
    *,
    is_stated: bool,
) -> PageKind | None:
    listed = _listed(layout, seen)
    if is_stated or len(listed) < _MIN_LISTED:
        return None
    prose = sum(map(prose_weight, text))
    if not prose:
        return _named("listing")
    chosen = {id(line) for line in text}
    below = (seen[number + 1] for number in listed if number + 1 < len(seen))
    teasers = [prose_weight(line) for line in below if id(line) in chosen]
    teasers = [letters for letters in teasers if 0 < letters <= _MAX_TEASER_LETTERS]
    if len(teasers) >= _MIN_LISTED and sum(teasers) >= _MIN_TEASER_SHARE * prose:
        return _named("listing")
    is_short = prose <= _MAX_LETTERS_BELOW_TITLE
    return _named("listing") if is_short and _is_called_a_list(layout.root, titles) else None


def _listed(layout: Layout, seen: Sequence[MarkupLine]) -> list[int]:
    """Return the lines that name other articles where the page's own text would be."""
    numbers = []
    for number, line in enumerate(seen):
        if is_announcement(line):
            break
        if line.chrome or not is_link_line(line) or layout.is_beside(line.element):
            continue
        numbers.append(number)
    return numbers


def _is_called_a_list(root: Any, titles: Sequence[str]) -> bool:
    kind: Mapping[str, Any] = table("page_kinds")["listing"]
    body = root.find("body")
    classes = re.split(r"[\s-]+", body.get("class") or "") if body is not None else []
    parts = [part for title in titles for part in map(key, _parts(title))]
    return (
        not set(kind["classes"].split()).isdisjoint(classes)
        or any(part in _sections() or _holds(part, "listing", "titles") for part in parts)
        or any(each in kind["types"].split() for each in _types(root))
    )


@cache
def _sections() -> frozenset[str]:
    entries = table("sections").values()
    return frozenset(key(name) for each in entries for name in (each["label"], *each["also"]))
