"""A page's shell, made once and stamped often: literal text, holes, and what it was made for.

A template is a function of what it asks of a page. `trace` runs it once and notes each question
with its answer; a `Skeleton` is the text that came out, with a hole where a value of the page was
printed. Any page that answers those questions alike gets that text with its own values in the
holes, since the template could not tell the two pages apart. `Shapes` finds the skeleton of a page
by asking it the same questions in the same order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

Path = tuple[str | int, ...]
"""Where a value stands in a page's data: `("meta", "mujaz", "kicker")`, `("meta", "tags", 0)`."""
Change = tuple[str, ...]
"""What a template did to a value: `("escape",)` or `("replace", old, new)`."""
Answer = str | bool


class Question(NamedTuple):
    """Something a template may ask of a value."""

    path: Path
    kind: str
    """`kind`: what sort of value, and all of it for what is neither text nor number; `truth`;
    `equals`, `holds` and `begins`: compared with `argument`."""
    argument: str = ""


class Hole(NamedTuple):
    """A value as a template prints it."""

    path: Path
    changes: tuple[Change, ...] = ()


class _Nothing:
    """What stands where nothing is."""


_ABSENT = _Nothing()


def value_at(page: Any, path: Path) -> Any:
    """Return the value at `path`, or `_ABSENT`'s kind of nothing."""
    for step in path:
        try:
            page = page[step]
        except (KeyError, IndexError, TypeError):
            return _ABSENT
    return page


def answer(page: Mapping[str, Any], question: Question) -> Answer:
    """Return what `page` answers; raises `TypeError` where the question makes no sense."""
    value = value_at(page, question.path)
    match question.kind:
        case "kind":
            return kind_of(value)
        case "truth":
            return bool(value)
        case "equals":
            return bool(value == question.argument)
        case "holds":
            return question.argument in value
        case "begins":
            return bool(value.startswith(question.argument))
    raise TypeError(question.kind)


_kinds: Mapping[type, str] = {
    str: "text",
    dict: "mapping",
    int: "int",
    float: "float",
    dt.date: "date",
    type(None): "None",
    _Nothing: "nothing",
}


def kind_of(value: Any) -> str:
    """Return what a template may learn of a value without printing or comparing it."""
    kind = _kinds.get(type(value))
    if kind:
        return kind
    if isinstance(value, (list, tuple)):
        return f"list of {len(value)}"
    if type(value) is bool:
        return repr(value)
    raise TypeError(f"{type(value).__name__} in front matter")


class Values(dict[Path, Any]):
    """The values of one page by where they stand, each looked for once."""

    def __init__(self, page: Mapping[str, Any]) -> None:
        """Know the values of `page`."""
        super().__init__({(): page})

    def __missing__(self, path: Path) -> Any:
        try:
            value = self[path[:-1]][path[-1]]
        except (KeyError, IndexError, TypeError):
            value = _ABSENT
        self[path] = value
        return value


class Skeleton:
    """What a template prints for all pages that answer alike."""

    __slots__ = ("_holes", "_whole", "holes", "order", "texts")

    def __init__(
        self, texts: tuple[str, ...], holes: tuple[Hole, ...], order: tuple[int, ...]
    ) -> None:
        """Stand for `texts` around `holes`, of which there are fewer by one.

        Each value that is printed is among `holes` once; `order` says which comes where.
        """
        self.texts, self.holes, self.order = texts, holes, order
        self._whole: list[bytes] = [b""] * (2 * len(order) + 1)
        self._whole[::2] = [text.encode("utf-8", "xmlcharrefreplace") for text in texts]
        self._holes = [
            (hole, [2 * at + 1 for at, number in enumerate(order) if holes[number] is hole])
            for hole in holes
        ]

    def stamp(self, values: Values) -> bytes:
        """Return the text for a page with these values, as MkDocs writes it."""
        whole = self._whole.copy()
        for (path, changes), places in self._holes:
            value = str(values[path])
            for change in changes:
                value = (
                    escape(value) if change[0] == "escape" else value.replace(change[1], change[2])
                )
            data = value.encode("utf-8", "xmlcharrefreplace")
            for place in places:
                whole[place] = data
        return b"".join(whole)


def escape(text: str) -> str:
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


class Shapes:
    """The skeletons of the pages that share a template and a place: a tree of questions."""

    def __init__(self) -> None:
        self._root: Any = None
        self.told: list[tuple[Sequence[tuple[Question, Answer]], Skeleton | None]] = []
        """What was added, to be kept for the next build."""

    def add(self, answers: Sequence[tuple[Question, Answer]], skeleton: Skeleton | None) -> None:
        """Add the skeleton for pages that give `answers`; None if such pages are not stamped."""
        self.told.append((answers, skeleton))
        node: Any = (skeleton,)
        nodes: list[Any] = [(question, question[:2], {}) for question, _ in answers]
        if self._root is None:
            self._root = nodes[0] if nodes else node
        found = self._root
        for at, (question, given) in enumerate(answers):
            if found[0] != question:
                raise ValueError("a template asks differently of pages that answered alike")
            below = nodes[at + 1] if at + 1 < len(nodes) else node
            found = found[2].setdefault(given, below)

    def find(self, values: Values) -> tuple[Skeleton | None] | None:
        """Return the skeleton for a page in a tuple of one, or None if there is none as yet."""
        node = self._root
        while node is not None and len(node) == 3:
            _, (path, kind), below = node
            value = values[path]
            if kind == "kind":
                given: Answer = _kinds.get(type(value)) or kind_of(value)
            elif kind == "truth":
                given = bool(value)
            else:
                given = answer(values[()], node[0])
            node = below.get(given)
        return cast("tuple[Skeleton | None] | None", node)
