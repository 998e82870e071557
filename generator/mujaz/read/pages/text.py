"""The text of the article on a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mujaz.arabic.normalise import key
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


def own_walk(root: Any, seen: Sequence[MarkupLine], start: int | None, title: str) -> list[str]:
    layout = Layout(root, seen)
    scores = {}
    kept = [
        line
        for line in seen
        if not layout.is_furniture(line.element) and line.tag != "title"
    ]
    prose = {}
    for line in kept:
        w = prose_weight(line)
        element = line.element
        while w and element is not None:
            prose[element] = prose.get(element, 0) + w
            element = element.getparent()
    region = root
    while True:
        best = max(region, key=lambda e: prose.get(e, 0), default=None)
        if best is None or prose.get(best, 0) < _MIN_SHARE_OF_REGION * max(prose.get(region, 0),1):
            break
        region = best
    inside = []
    for line in kept:
        e = line.element
        while e is not None and e is not region:
            e = e.getparent()
        if e is region:
            inside.append(line)
    if start is not None:
        head = seen[start]
        if head in inside:
            inside = inside[inside.index(head) + 1 :]
    out = []
    for i, line in enumerate(inside):
        if line.linked > MIN_LINKED_SHARE and not ends_sentence(line.text):
            continue
        if line.tag in ("h1", "h2", "h3", "h4", "h5", "h6") and not any(prose_weight(l) for l in inside[i + 1 : i + 4]):
            continue
        out.append(line)
    while out and not prose_weight(out[-1]) and out[-1].tag not in ("li","blockquote"):
        out.pop()
    done=set(); res=[]
    for l in out:
        k=letters(l.text)
        if k in done and len(k)>30: continue
        done.add(k); res.append(l.text)
    return [t for t in res if letters(t)!=letters(title)]
