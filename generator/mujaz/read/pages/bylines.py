"""Who wrote the article on a page, where its markup or the words beside its headline say so.

Names elsewhere on a page are those of other articles: only what stands in the element that holds
headline and text, or shortly before the headline, is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import unquote

from mujaz.arabic.normalise import fold_spaces
from mujaz.data import table
from mujaz.model import Stated
from mujaz.read.markup import letters
from mujaz.read.stated.authors import authors_of, opens_byline
from mujaz.read.stated.site_names import SiteNames

_HEADINGS = ("h1", "h2", "h3")
_NOT_FOR_NAMES = frozenset("script style noscript template svg select form nav aside".split())
_PARAGRAPHS = frozenset("p div td section article main blockquote".split())
_MIN_PROSE_CHARACTERS, _MAX_BYLINE_CHARACTERS = 80, 90
_ELEMENTS_BEFORE = 25
"""Before the headline, among which its byline may stand."""
_MAX_BYLINES, _MIN_LINK_WORDS = 20, 4
_MAX_NAME_CHARACTERS, _MAX_TEXT_CHARACTERS = 200, 2_000
_WORD = re.compile("[A-Z]?[a-z]+|[A-Z]+|[\u0621-\u064a]+")
_LINK_TO_AUTHOR = re.compile(
    r"/(?:authors?|writers?|reporters?|journalists?|columnists?|bylines?|kateb|katib|auteurs?"
    r"|الكاتب|كاتب|كتاب|الكتاب|المؤلف)(?:/|=|\?)",
    re.IGNORECASE,
)
_STEPS = ("microdata", "rel=author", "class of the element", "beside the headline")
"""What says that a name is an author's, the surest first."""


class _Candidate(NamedTuple):
    """An element that may hold a byline."""

    step: str
    element: Any
    is_below: bool
    """Whether it stands below the beginning of the text."""


def byline_of_page(root: Any, title: str, site: SiteNames) -> Stated | None:
    """Return whom the page names as author of its article, or None."""
    page = _Page.of(root, title)
    candidates = list(page.candidates()) if page else []
    for step in _STEPS:
        for is_below in (False, True):
            elements = [c.element for c in candidates if c.step == step and c.is_below is is_below]
            texts = [_name_in(each) for each in elements[: 1 if is_below else _MAX_BYLINES]]
            authors = authors_of(texts, site)
            if authors:
                return Stated(authors, step)
    return None


class _Page:
    """The elements of a page in their order, and those between which its article stands."""

    def __init__(self, elements: Sequence[Any], headline: int, prose: int) -> None:
        self._elements = elements
        self._headline, self._prose = headline, prose
        self._around = frozenset(elements[headline].iterancestors())
        shared = (each for each in elements[prose].iterancestors() if each in self._around)
        self._article = next(shared, elements[0])

    @classmethod
    def of(cls, root: Any, title: str) -> _Page | None:
        """Return the page, or None if its headline is no heading or has no text below it."""
        elements = [each for each in root.iter() if isinstance(each.tag, str)]
        wanted = letters(title)
        headings = (i for i, each in enumerate(elements) if each.tag in _HEADINGS)
        headline = next((i for i in headings if letters(_text(elements[i])) == wanted), None)
        if headline is None:
            return None
        below = range(headline + 1, len(elements))
        prose = next((i for i in below if _is_prose(elements[i])), None)
        return None if prose is None else cls(elements, headline, prose)

    def candidates(self) -> Iterator[_Candidate]:
        """Yield the elements that say that they hold a byline, each name once."""
        first = max(self._headline - _ELEMENTS_BEFORE, 0)
        passed_over: set[Any] = set()
        inside: set[Any] = {self._article}
        for index, element in enumerate(self._elements):
            parent = element.getparent()
            if parent in inside:
                inside.add(element)
            if element in self._around:
                continue
            is_listed = index > self._headline and _is_list_of_text(element)
            if parent in passed_over or is_listed or self._is_of_others(element):
                passed_over.add(element)
            elif first <= index < self._headline or (index > self._headline and element in inside):
                step = _step(element, is_near=index < self._prose)
                if step and not self._is_on_card(element):
                    passed_over.add(element)  # what is in it is part of it
                    yield _Candidate(step, element, index > self._prose)

    def _is_of_others(self, element: Any) -> bool:
        """Whether `element` is called after comments, or after lists of other articles."""
        return element.tag in _NOT_FOR_NAMES or bool(_names(element) & _words("other_articles"))

    def _is_on_card(self, element: Any) -> bool:
        """Whether `element` stands beside a link to another article, whose author it names."""
        for _ in range(2):
            element = element.getparent()
            if element is None or element in self._around:
                return False
            if any(len(_text(a).split()) >= _MIN_LINK_WORDS for a in element.iter("a")):
                return True
        return False


def _is_list_of_text(element: Any) -> bool:
    """Whether `element` is a list that nothing says to be one of names: it enumerates things."""
    return element.tag == "ol" or (
        element.tag == "ul"
        and not any(_names(each) for each in (element, element.getparent()))
        and not any(_names(each) for each in element.iterchildren("li"))
    )


def _step(element: Any, *, is_near: bool) -> str | None:
    """Return what says that `element` names an author, or None; `is_near` the headline or not."""
    properties = f"{element.get('itemprop') or ''} {element.get('property') or ''}".split()
    if any(each.rpartition(":")[2] in ("author", "creator") for each in properties):
        return "microdata"
    if "author" in (element.get("rel") or "").split() or _links_to_author(element):
        return "rel=author"
    names = _names(element)
    if names & _words("classes") and not names & _words("classes_beside"):
        return "class of the element"
    return "beside the headline" if is_near and opens_byline(_text(element)) else None


def _name_in(element: Any) -> str:
    """Return the name in an element: that of an element for the name, else all it says."""
    if element.get("content") and element.tag != "a":
        return str(element.get("content"))
    for inner in element.iterdescendants():
        if isinstance(inner.tag, str) and (_is_name(inner) or _links_to_author(inner)):
            name = inner.get("content") or _text(inner)
            if name:
                return str(name)
    text = _text(element)
    if any(map(str.isdigit, text)):  # a day beside the name
        pieces = (each for each in element.itertext() if not any(map(str.isdigit, each)))
        text = fold_spaces(" ".join(pieces)).strip(" |-–—،,")
    return text if len(text) <= _MAX_BYLINE_CHARACTERS else ""


def _is_name(element: Any) -> bool:
    return (
        "name" in (element.get("itemprop") or "").split()
        or "author" in (element.get("rel") or "").split()
        or bool(_names(element) & _words("classes_of_names"))
    )


def _links_to_author(element: Any) -> bool:
    return element.tag == "a" and bool(_LINK_TO_AUTHOR.search(unquote(element.get("href") or "")))


def _is_prose(element: Any) -> bool:
    """Whether `element` is a paragraph of the text."""
    if element.tag not in _PARAGRAPHS:
        return False
    if element.tag == "p":
        return len(_text(element)) >= _MIN_PROSE_CHARACTERS
    texts = (element.text, *(child.tail for child in element))
    return sum(len(each.strip()) for each in texts if each) >= _MIN_PROSE_CHARACTERS


def _text(element: Any) -> str:
    """Return what `element` says, as far as that is short enough for a name or a headline."""
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece)
        if size > _MAX_TEXT_CHARACTERS:
            break
    return fold_spaces("".join(pieces))


def _names(element: Any) -> frozenset[str]:
    """Return the words of the class and id of `element`, and each two that are neighbours."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _split(names[:_MAX_NAME_CHARACTERS])


@lru_cache(4096)
def _split(names: str) -> frozenset[str]:
    words: set[str] = set()
    for name in names.split():
        parts = [word.lower() for word in _WORD.findall(name)]
        words.update(parts, map("".join, pairwise(parts)))
    return frozenset(words)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("bylines")[name].split())
