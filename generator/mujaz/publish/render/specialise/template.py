"""A template specialised for one kind of page: literal text, slots, and the guards of its pages.

A template is a function of what it asks of a page. `tracing` runs it once and notes each question,
a guard, with its outcome; the `SpecialisedTemplate` is the text that came out, with a slot where a
value of the page was printed. Any page whose guards have the same outcomes gets that text with its
own values in the slots, since the template could not tell the two pages apart. `GuardTree` finds
the specialised template of a page by the same guards in the same order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

Path = tuple[str | int, ...]
"""Where a value stands in a page's data: `("meta", "mujaz", "kicker")`, `("meta", "tags", 0)`."""
Change = tuple[str, ...]
"""What a template did to a value: `("escape",)` or `("replace", old, new)`."""
Outcome = str | bool


class Guard(NamedTuple):
    """Something a template may ask of a value."""

    path: Path
    kind: str
    """`kind`: what sort of value, and all of it for what is neither text nor number; `truth`;
    `equals`, `contains` and `startswith`: compared with `argument`."""
    argument: str = ""


class Slot(NamedTuple):
    """A value as a template prints it."""

    path: Path
    changes: tuple[Change, ...] = ()


class _Missing:
    """The type of what `value_at` returns where there is no value."""


MISSING = _Missing()


def value_at(page: Any, path: Path) -> Any:
    """Return the value at `path`, or `MISSING`."""
    for step in path:
        try:
            page = page[step]
        except (KeyError, IndexError, TypeError):
            return MISSING
    return page


def evaluate(page: Mapping[str, Any], guard: Guard) -> Outcome:
    """Return the outcome of a guard; raises `TypeError` where it makes no sense."""
    value = value_at(page, guard.path)
    match guard.kind:
        case "kind":
            return value_kind(value)
        case "truth":
            return bool(value)
        case "equals":
            return bool(value == guard.argument)
        case "contains":
            return guard.argument in value
        case "startswith":
            return bool(value.startswith(guard.argument))
    raise TypeError(guard.kind)


_kinds: Mapping[type, str] = {
    str: "text",
    dict: "mapping",
    int: "int",
    float: "float",
    dt.date: "date",
    type(None): "None",
    _Missing: "missing",
}


def value_kind(value: Any) -> str:
    """Return what a template may learn of a value without printing or comparing it.

    Raises `TypeError` for a value of an unknown type.
    """
    kind = _kinds.get(type(value))
    if kind:
        return kind
    if isinstance(value, list):
        return f"list of {len(value)}"
    if type(value) is bool:
        return repr(value)
    raise TypeError(f"{type(value).__name__} in front matter")


class PageValues(dict[Path, Any]):
    """The values of one page by where they stand, each looked up once."""

    def __init__(self, page: Mapping[str, Any]) -> None:
        """Give the values of `page`."""
        super().__init__({(): page})

    def __missing__(self, path: Path) -> Any:
        try:
            value = self[path[:-1]][path[-1]]
        except (KeyError, IndexError, TypeError):
            value = MISSING
        self[path] = value
        return value


class SpecialisedTemplate:
    """What a template prints for all pages that pass the same guards."""

    __slots__ = ("_parts", "_places", "sequence", "slots", "texts")

    def __init__(
        self, texts: tuple[str, ...], slots: tuple[Slot, ...], sequence: tuple[int, ...]
    ) -> None:
        """Print `texts` with a slot between each two.

        Each value that is printed is among `slots` once; `sequence` holds their numbers in the
        order in which they are printed.
        """
        self.texts, self.slots, self.sequence = texts, slots, sequence
        self._parts: list[bytes] = [b""] * (2 * len(sequence) + 1)
        self._parts[::2] = [text.encode("utf-8", "xmlcharrefreplace") for text in texts]
        self._places = [
            (slot, [2 * i + 1 for i, number in enumerate(sequence) if slots[number] is slot])
            for slot in slots
        ]

    def fill(self, values: PageValues) -> bytes:
        """Return the text for a page with these values, as MkDocs writes it."""
        parts = self._parts.copy()
        for (path, changes), places in self._places:
            value = str(values[path])
            for change in changes:
                if change[0] == "escape":
                    value = escape_html(value)
                else:
                    value = value.replace(change[1], change[2])
            data = value.encode("utf-8", "xmlcharrefreplace")
            for place in places:
                parts[place] = data
        return b"".join(parts)


def escape_html(text: str) -> str:
    """Return `text` as Jinja escapes it."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "'" in text:
        text = text.replace("'", "&#39;")
    if '"' in text:
        text = text.replace('"', "&#34;")
    return text


class GuardTree:
    """The specialised templates of one template key, found by evaluating guard after guard."""

    def __init__(self) -> None:
        # A node is a guard, its path and kind, and the nodes below by outcome; or a template alone.
        self._root: Any = None
        self.entries: list[tuple[Sequence[tuple[Guard, Outcome]], SpecialisedTemplate | None]] = []
        """What was added, for the cache."""

    def add(
        self,
        outcomes: Sequence[tuple[Guard, Outcome]],
        template: SpecialisedTemplate | None,
    ) -> None:
        """Add the template for pages with these outcomes; None if MkDocs must render such pages."""
        self.entries.append((outcomes, template))
        leaf: Any = (template,)
        nodes: list[Any] = [(guard, guard[:2], {}) for guard, _ in outcomes]
        if self._root is None:
            self._root = nodes[0] if nodes else leaf
        node = self._root
        for depth, (guard, outcome) in enumerate(outcomes):
            if node[0] != guard:
                raise ValueError("a template has different guards for pages of equal outcomes")
            below = nodes[depth + 1] if depth + 1 < len(nodes) else leaf
            node = node[2].setdefault(outcome, below)

    def find(self, values: PageValues) -> tuple[SpecialisedTemplate | None] | None:
        """Return the template for a page in a tuple of one, or None if there is none as yet."""
        node = self._root
        while node is not None and len(node) == 3:
            _, (path, kind), below = node
            value = values[path]
            if kind == "kind":
                outcome: Outcome = _kinds.get(type(value)) or value_kind(value)
            elif kind == "truth":
                outcome = bool(value)
            else:
                outcome = evaluate(values[()], node[0])
            node = below.get(outcome)
        return cast("tuple[SpecialisedTemplate | None] | None", node)
