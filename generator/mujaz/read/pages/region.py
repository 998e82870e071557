"""Where on a page its article stands: the elements that hold it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from mujaz.read.markup import MarkupLine
from mujaz.read.pages.layout import Layout, prose_weight, weight

_SHARES = (1.0, 0.5, 0.25)
"""Of a paragraph's letters, for the elements around it, each of which holds more than the last."""
_SHARE_ABOVE_HEADLINE = 0.3
_PARAGRAPHS = frozenset("p br li blockquote dd dt pre td th tr".split())
_LEVELS_OF_SIBLINGS = 2
_PASSAGES = ("blockquote", "details")
"""Elements that hold a passage of a text, never the whole: what stands beside them goes on."""
_BESIDE_PASSAGES = frozenset("p blockquote details ul ol dl pre h2 h3 h4 h5 h6".split())
_MIN_DENSITY = 0.75
"""Prose among the letters of an element that goes on with the article."""


def region_of(layout: Layout, lines: Sequence[MarkupLine], headline: int | None) -> list[Any]:
    """Return the elements that hold the article, of which `lines` are no furniture.

    `headline` is the index of its headline among them. It is where paragraphs stand side by side:
    each counts for the elements around it, the less the more else there is in those.
    """
    below = lines if headline is None else lines[headline + 1 :]
    weights = [(line, float(prose_weight(line))) for line in below]
    if headline is not None:
        above = lines[:headline]
        weights += [(line, _SHARE_ABOVE_HEADLINE * prose_weight(line)) for line in above]
    if not any(letters for _, letters in weights):
        # A flash may be shorter than any sentence elsewhere.
        weights = [(line, _short_weight(line)) for line in below]
    scores: dict[Any, float] = defaultdict(float)
    for line, letters in weights:
        if letters:
            _count(layout, line.element, letters, scores)
    if not scores:
        return []
    best = max(scores, key=scores.__getitem__)
    return [best, *_siblings_that_go_on(layout, best), *_beside_passage(best)]


def _beside_passage(element: Any) -> list[Any]:
    """Return what stands beside the quotation or answer that `element` is part of."""
    passages = (each for each in (element, *element.iterancestors()) if each.tag in _PASSAGES)
    passage = next(passages, None)
    if passage is None or passage.getparent() is None:
        return []
    children = passage.getparent().iterchildren("*")
    return [each for each in children if each is not element and each.tag in _BESIDE_PASSAGES]


def _short_weight(line: MarkupLine) -> float:
    return float(weight(line.text)) if line.tag in _PARAGRAPHS and not line.linked else 0.0


def _count(layout: Layout, element: Any, letters: float, scores: dict[Any, float]) -> None:
    if element.tag not in _PARAGRAPHS:
        scores[element] += letters
    inner, element, step = element, element.getparent(), 0
    while element is not None and element.tag != "html":
        if element.tag != "body" or not step:
            scores[element] += _SHARES[step] * letters
        inner, element = element, element.getparent()
        if element is not None and layout.letters[element] > layout.letters[inner]:
            step += 1
            if step == len(_SHARES):
                return


def _siblings_that_go_on(layout: Layout, element: Any) -> list[Any]:
    """Return elements near `element` that are prose as well: articles come in several pieces."""
    siblings: list[Any] = []
    level = 0
    while level < _LEVELS_OF_SIBLINGS:
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "html"):
            break
        level += layout.letters[parent] > layout.letters[element]
        siblings += [
            each
            for each in parent.iterchildren("*")
            if each is not element and layout.prose[each] > _MIN_DENSITY * layout.letters[each]
        ]
        element = parent
    return siblings


def lines_within(region: Sequence[Any], lines: Sequence[MarkupLine]) -> list[int]:
    """Return the indices of those `lines` that stand in the elements of `region`."""
    verdicts: dict[Any, bool] = dict.fromkeys(region, True)
    indices = []
    for index, line in enumerate(lines):
        path, element = [], line.element
        while element is not None and element not in verdicts:
            path.append(element)
            element = element.getparent()
        verdict = element is not None and verdicts[element]
        verdicts.update(dict.fromkeys(path, verdict))
        if verdict:
            indices.append(index)
    return indices
