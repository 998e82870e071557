"""What browsers do not show of a page as it stands: some of that is the article all the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mujaz.read.markup import MarkupLine, hidden_elements, letters, visible_lines
from mujaz.read.pages.layout import Layout, prose_weight

_MAX_NOTICE = 300
_MIN_LETTERS = 70
"""Of prose in a hidden element that is shown."""
_MIN_SHARE, _MIN_SHARE_WITH_HEADLINE = 0.75, 0.25
"""Of prose among its letters; the whole page may be hidden, with all that is around its article."""
_MAX_SHARE_SEEN = 0.5
"""Of its prose that stands elsewhere as well."""


def settle_hidden_elements(root: Any) -> list[str]:
    """Take out of a page what it hides, but for the paragraphs that its scripts would show.

    Wrappers are hidden until scripts have run, the rest of a text until a reader asks for it, and
    what stands in `noscript` is for browsers without scripts, as we are. Returns what else is said
    to those.
    """
    without_scripts = [
        each
        for each in root.iter("noscript", "template")
        if each.tag == "noscript" or each.get("shadowrootmode")
    ]
    hidden = [*hidden_elements(root), *without_scripts]
    if not hidden:
        return []
    for element in without_scripts:
        element.tag = "div"
    lines = list(visible_lines(root))
    layout = Layout(root, lines)
    shown = _Shown(hidden, lines)
    for element in hidden:
        if not shown.adds_prose(element, layout):
            _drop(element)
    return [text for each in without_scripts if (text := _short_text(each))]


def _short_text(element: Any) -> str:
    """Return the text of an element that was taken out, or nothing if it is long."""
    return "" if element.getparent() is not None else " ".join(element.itertext())[:_MAX_NOTICE]


class _Shown:
    """The prose of a page that is seen anyway, and that of each hidden element."""

    def __init__(self, hidden: Sequence[Any], lines: Sequence[MarkupLine]) -> None:
        self._prose: dict[Any, list[tuple[str, int]]] = {element: [] for element in hidden}
        self._seen: set[str] = set()
        for line in lines:
            weight = prose_weight(line)
            around = [e for e in (line.element, *line.element.iterancestors()) if e in self._prose]
            if weight and around:
                # To the innermost alone: what is around that has it in its sum.
                self._prose[around[0]].append((letters(line.text), weight))
            elif weight:
                self._seen.add(letters(line.text))

    def adds_prose(self, element: Any, layout: Layout) -> bool:
        """Whether `element` is mostly prose, that of no furniture, and is not there twice."""
        prose = layout.prose[element]
        least = _MIN_SHARE_WITH_HEADLINE if layout.holds_headline(element) else _MIN_SHARE
        if prose < max(_MIN_LETTERS, least * layout.letters[element]):
            return False
        if layout.is_furniture(element):
            return False
        texts = self._prose[element]
        again = sum(weight for text, weight in texts if text in self._seen)
        self._seen.update(text for text, _ in texts)
        return again <= _MAX_SHARE_SEEN * max(sum(weight for _, weight in texts), 1)


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()
