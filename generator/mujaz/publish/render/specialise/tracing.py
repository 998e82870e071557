"""Runs a template on stand-ins that note all it asks, and returns the skeleton that it leaves.

Correct because everything that a template can do to a value passes here: attributes and items are
handed out by the stand-ins; truth and comparisons are noted as questions; printing leaves a token;
filters, tests and calls are let through only where their effect on a token is known (`watch`).
Anything else raises `Surprise`, and the page is left to MkDocs. As a second net, a token holds
marks that every change of text would break, and a broken token is a surprise as well. As a third,
whoever uses the skeleton compares it with MkDocs' own page first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mujaz.publish.render.specialise.proxies import StandIn, Surprise, no, refuse
from mujaz.publish.render.specialise.template import (
    Answer,
    Change,
    Hole,
    Path,
    Question,
    Skeleton,
    answer,
    kind_of,
    value_at,
)

OPEN, CLOSE = "\ue000", "\ue001"
# Escaping, quoting, folding, cutting, changing case or indenting: each breaks one of these.
_MARKS = "<\"'&\\>  Aa\u0623\n\t."
_TOKEN = re.compile(f"{OPEN}([0-9]+){re.escape(_MARKS)}{CLOSE}")
_BROKEN = re.compile(f"[{OPEN}{CLOSE}]|ue00[01]|%EE%80%8[01]", re.I)
LEAF = f"{OPEN}leaf{CLOSE}"
"""Stands for a part of an address that a skeleton does not know."""


class Trace:
    """One run of a template on one page's data."""

    def __init__(self, page: Mapping[str, Any], folder: str | None) -> None:
        """Trace for `page`. `folder` is what the addresses of its skeleton's pages begin with, if
        the skeleton is for more than this page."""
        self._page = page
        self.folder = folder
        self.answers: dict[Question, Answer] = {}
        """What was asked, in that order."""
        self._holes: list[Hole] = []

    def ask(self, question: Question) -> Answer:
        """Return the page's answer, and note both."""
        try:
            self.answers[question] = given = answer(self._page, question)
        except (TypeError, AttributeError):
            raise Surprise from None
        return given

    def value(self, path: Path) -> Any:
        """Return a stand-in for the value at `path`, or the value where its kind says all."""
        kind = self.ask(Question(path, "kind"))
        value = value_at(self._page, path)
        if path == ("url",) and self.folder is None:
            return value
        if kind == "mapping":
            return Fields(self, path)
        if kind == "text":
            return Text(self, Hole(path))
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, (list, tuple)):
            return [self.value((*path, at)) for at in range(len(value))]
        if kind == kind_of(_nothing):
            raise KeyError(path[-1])
        return Number(self, Hole(path))

    def token(self, hole: Hole) -> str:
        """Return the text that marks a hole."""
        if hole not in self._holes:
            self._holes.append(hole)
        return f"{OPEN}{self._holes.index(hole)}{_MARKS}{CLOSE}"

    def skeleton(self, output: str) -> Skeleton:
        """Return the skeleton in a template's output."""
        pieces = _TOKEN.split(output)
        texts, order = pieces[::2], [int(each) for each in pieces[1::2]]
        if _BROKEN.search("".join(texts)):
            raise Surprise
        used = sorted(set(order))
        return Skeleton(
            tuple(texts),
            tuple(self._holes[each] for each in used),
            tuple(used.index(each) for each in order),
        )


_nothing = value_at({}, ("nothing",))


class Fields(StandIn):
    """A mapping of front matter."""

    __slots__ = ("_path", "_trace")

    def __init__(self, trace: Trace, path: Path) -> None:
        self._trace, self._path = trace, path

    def __getattr__(self, name: str) -> Any:
        if hasattr(dict, name):
            raise Surprise
        raise AttributeError(name)

    def __getitem__(self, key: Any) -> Any:
        if type(key) is not str:
            raise Surprise
        return self._trace.value((*self._path, key))

    def __bool__(self) -> bool:
        return bool(self._trace.ask(Question(self._path, "truth")))


class Article(StandIn):
    """The page as templates see it. Its attributes are those in the page's data."""

    __slots__ = ("_trace",)

    def __init__(self, trace: Trace) -> None:
        self._trace = trace

    def __getattr__(self, name: str) -> Any:
        try:
            return self._trace.value((name,))
        except KeyError:
            raise Surprise from None

    def __bool__(self) -> bool:
        return True


class Number(StandIn):
    """A number or date, to be tested for truth or printed."""

    __slots__ = ("_hole", "_trace")

    def __init__(self, trace: Trace, hole: Hole) -> None:
        self._trace, self._hole = trace, hole

    def __bool__(self) -> bool:
        return bool(self._trace.ask(Question(self._hole.path, "truth")))

    def __str__(self) -> str:
        return Text(self._trace, self._hole)


class Text(str):
    """A text, of which the characters are a token; everything asked of it is noted."""

    __slots__ = ("_hole", "_trace")
    _trace: Trace
    _hole: Hole

    def __new__(cls, trace: Trace, hole: Hole) -> Text:
        """Return the stand-in for what `hole` prints."""
        text = super().__new__(cls, trace.token(hole))
        text._trace, text._hole = trace, hole
        return text

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_") or name in ("startswith", "changed"):
            return super().__getattribute__(name)
        raise Surprise

    def changed(self, change: Change) -> Text:
        """Return the text as a filter makes it."""
        changes = self._hole.changes
        if changes and changes[-1] == ("escape",):
            if change == ("escape",):
                return self  # what is escaped is marked so, and not escaped again
            raise Surprise
        return Text(self._trace, Hole(self._hole.path, (*changes, change)))

    def _ask(self, kind: str, argument: object) -> bool:
        if type(argument) is not str or self._hole.changes:
            raise Surprise
        return bool(self._trace.ask(Question(self._hole.path, kind, argument)))

    def startswith(self, prefix: Any, *rest: Any) -> bool:
        """Say whether it begins so; for an address, what all of its folder share is no question."""
        folder = self._trace.folder
        if rest or type(prefix) is not str:
            raise Surprise
        if self._hole.path == ("url",) and folder is not None:
            if folder.startswith(prefix):
                return True
            if not prefix.startswith(folder):
                return False
        return self._ask("begins", prefix)

    def __eq__(self, other: object) -> bool:
        folder = self._trace.folder
        if (
            self._hole.path == ("url",)
            and folder is not None
            and type(other) is str
            and (other == folder or not other.startswith(folder))
        ):
            return False
        return self._ask("equals", other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __contains__(self, part: object) -> bool:
        return self._ask("holds", part)

    def __bool__(self) -> bool:
        return bool(self._trace.ask(Question(self._hole.path, "truth")))

    def __str__(self) -> str:
        return self

    def __format__(self, how: str) -> str:
        return self if not how else refuse()

    __iter__ = __len__ = __getitem__ = __hash__ = __repr__ = no
    __add__ = __radd__ = __mul__ = __rmul__ = __mod__ = __rmod__ = no
    __lt__ = __le__ = __gt__ = __ge__ = no
