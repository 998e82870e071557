"""The text of the article on a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.read.markup import MarkupLine, letters, text_of_fragment
from mujaz.read.metadata import article_body
from mujaz.read.pages.headline import headline_index
from mujaz.read.pages.layout import (
    MIN_LINKED_SHARE,
    Layout,
    ends_sentence,
    is_link_line,
    prose_weight,
    weight,
)

_MIN_SHARE_OF_REGION = 0.7


def text_of_page(root: Any, seen: Sequence[MarkupLine], title: str) -> list[str]:
    """Return the paragraphs of the article, without its headline and what stands above that."""
    start = headline_index(seen, title)
    body = own_walk(root, seen, start, title)
    if not body:
        body = text_of_fragment(article_body(root) or "").split("\n")
    return [text for text in body if key(text)]


_DECAY = (1.0, 0.5, 0.25)
_PARAGRAPHS = frozenset("p br li blockquote dd dt pre span td".split())


def region_of(layout: Layout, kept: Sequence[MarkupLine], head: MarkupLine | None) -> Any:
    """Return the element that holds the article."""
    scores: dict[Any, float] = {}
    below = head is None or head not in kept
    for line in kept:
        below = below or line is head
        letters_of_prose = prose_weight(line) * (1.0 if below else 0.3)
        if not letters_of_prose:
            continue
        element = line.element
        if element.tag not in _PARAGRAPHS:
            scores[element] = scores.get(element, 0) + letters_of_prose
        steps = 0
        element, inner = element.getparent(), element
        while element is not None and element.tag not in ("body", "html"):
            scores[element] = scores.get(element, 0) + _DECAY[steps] * letters_of_prose
            element, inner = element.getparent(), element
            if element is not None and layout.letters[element] > layout.letters[inner]:
                steps += 1
                if steps == len(_DECAY):
                    break
    if not scores:
        return None
    return max(scores, key=scores.__getitem__)


@cache
def _notices() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in table("pages")["lines"]), re.IGNORECASE)


def is_notice(text: str) -> bool:
    return len(text) < 600 and bool(_notices().fullmatch(text.strip(" .:|-–—>»*•")))


def is_dense(layout: Layout, element: Any) -> bool:
    """Whether `element` is nearly all prose."""
    return layout.prose[element] > 0.75 * layout.letters[element]


def own_walk(root: Any, seen: Sequence[MarkupLine], start: int | None, title: str) -> list[str]:
    layout = Layout(root, seen)
    kept = [
        line
        for line in seen
        if not layout.is_furniture(line.element) and line.tag != "title"
    ]
    head = seen[start] if start is not None else None
    region = region_of(layout, kept, head)
    if region is None:
        return []
    regions = {region}
    element = region
    steps = 0
    while steps < 2:
        parent = element.getparent()
        steps += parent is not None and layout.letters[parent] > layout.letters[element]
        if parent is None or parent.tag in ("body", "html"):
            break
        regions.update(s for s in parent if s is not element and isinstance(s.tag,str) and layout.prose[s] and is_dense(layout, s))
        element = parent
    inside = []
    for line in kept:
        e = line.element
        while e is not None and e not in regions:
            e = e.getparent()
        if e is not None:
            inside.append(line)
    if head is not None:
        if head in inside:
            inside = inside[inside.index(head) + 1 :]
        elif inside and head in kept:
            a, b = kept.index(head), kept.index(inside[0])
            inside = [l for l in kept[a+1:b] if prose_weight(l)] + inside
    out = []
    for i, line in enumerate(inside):
        if line.linked > MIN_LINKED_SHARE and not ends_sentence(line.text):
            continue
        if line.tag in ("h1", "h2", "h3", "h4", "h5", "h6") and not any(prose_weight(l) for l in inside[i + 1 : i + 4]):
            continue
        if is_notice(line.text):
            continue
        out.append(line)
    done=set(); res=[]
    for l in out:
        k=letters(l.text)
        if k in done and prose_weight(l)>80: continue
        done.add(k); res.append(l.text)
    return [t for t in res if letters(t)!=letters(title)]
