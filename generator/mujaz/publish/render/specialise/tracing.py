"""Runs a template on proxies that note all it asks, and returns the specialised template.

Correct because everything that a template can do to a value passes here: attributes and items are
handed out by the proxies; truth and comparisons are noted as guards; printing leaves a marker;
filters, tests and calls are let through only where their effect on a marker is known (see
`guarded_environment`). Anything else raises `Untraceable`, and the page is left to MkDocs. As a
second net, a marker holds characters that every change of text would break, and a broken marker is
refused as well. As a third, each specialised template is compared with MkDocs' own page first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mujaz.publish.render.specialise.proxies import Proxy, Untraceable, refuse, refused
from mujaz.publish.render.specialise.template import (
    MISSING,
    Change,
    Guard,
    Outcome,
    Path,
    Slot,
    SpecialisedTemplate,
    evaluate,
    value_at,
)

OPEN, CLOSE = "\ue000", "\ue001"
# Escaping, quoting, folding, cutting, changing case or indenting: each breaks one of these.
_FRAGILE = "<\"'&\\>  Aa\u0623\n\t."
_MARKER = re.compile(f"{OPEN}([0-9]+){re.escape(_FRAGILE)}{CLOSE}")
_BROKEN = re.compile(f"[{OPEN}{CLOSE}]|ue00[01]|%EE%80%8[01]", re.I)
LEAF = f"{OPEN}leaf{CLOSE}"
"""Stands for a part of an address that a specialised template does not know."""


class Trace:
    """One run of a template on one page's data."""

    def __init__(self, page: Mapping[str, Any], folder: str | None) -> None:
        """Trace for `page`.

        `folder` is what the addresses of all pages of the template begin with, if it is for more
        than this page.
        """
        self._page = page
        self.folder = folder
        self.outcomes: dict[Guard, Outcome] = {}
        """The guards that were noted, in that order."""
        self._slots: list[Slot] = []

    def check(self, guard: Guard) -> Outcome:
        """Return the outcome of a guard, and note both."""
        try:
            self.outcomes[guard] = outcome = evaluate(self._page, guard)
        except (TypeError, AttributeError):
            raise Untraceable from None
        return outcome

    def proxy(self, path: Path) -> Any:
        """Return a proxy for the value at `path`, or the value where its kind says all."""
        kind = self.check(Guard(path, "kind"))
        value = value_at(self._page, path)
        if path == ("url",) and self.folder is None:
            return value
        if kind == "mapping":
            return MappingProxy(self, path)
        if kind == "text":
            return TextProxy(self, Slot(path))
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, list):
            return [self.proxy((*path, index)) for index in range(len(value))]
        if value is MISSING:
            raise KeyError(path[-1])
        return NumberProxy(self, Slot(path))

    def marker(self, slot: Slot) -> str:
        """Return the text that marks a slot."""
        if slot not in self._slots:
            self._slots.append(slot)
        return f"{OPEN}{self._slots.index(slot)}{_FRAGILE}{CLOSE}"

    def specialised_template(self, output: str) -> SpecialisedTemplate:
        """Return the specialised template of which this is the output."""
        pieces = _MARKER.split(output)
        texts, numbers = pieces[::2], [int(each) for each in pieces[1::2]]
        if _BROKEN.search("".join(texts)):
            raise Untraceable
        used = sorted(set(numbers))
        return SpecialisedTemplate(
            tuple(texts),
            tuple(self._slots[each] for each in used),
            tuple(used.index(each) for each in numbers),
        )


class MappingProxy(Proxy):
    """A mapping of front matter."""

    __slots__ = ("_path", "_trace")

    def __init__(self, trace: Trace, path: Path) -> None:
        self._trace, self._path = trace, path

    def __getattr__(self, name: str) -> Any:
        if hasattr(dict, name):
            raise Untraceable
        raise AttributeError(name)

    def __getitem__(self, key: Any) -> Any:
        if type(key) is not str:
            raise Untraceable
        return self._trace.proxy((*self._path, key))

    def __bool__(self) -> bool:
        return bool(self._trace.check(Guard(self._path, "truth")))


class PageProxy(Proxy):
    """The page as templates see it. Its attributes are those in the page's data."""

    __slots__ = ("_trace",)

    def __init__(self, trace: Trace) -> None:
        self._trace = trace

    def __getattr__(self, name: str) -> Any:
        try:
            return self._trace.proxy((name,))
        except KeyError:
            raise Untraceable from None

    def __bool__(self) -> bool:
        return True


class NumberProxy(Proxy):
    """A number or date, to be tested for truth or printed."""

    __slots__ = ("_slot", "_trace")

    def __init__(self, trace: Trace, slot: Slot) -> None:
        self._trace, self._slot = trace, slot

    def __bool__(self) -> bool:
        return bool(self._trace.check(Guard(self._slot.path, "truth")))

    def __str__(self) -> str:
        return TextProxy(self._trace, self._slot)


class TextProxy(str):
    """A text, of which the characters are a marker; every comparison is noted."""

    __slots__ = ("_slot", "_trace")
    _trace: Trace
    _slot: Slot

    def __new__(cls, trace: Trace, slot: Slot) -> TextProxy:
        """Return the proxy for what `slot` prints."""
        text = super().__new__(cls, trace.marker(slot))
        text._trace, text._slot = trace, slot
        return text

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_") or name in ("startswith", "changed"):
            return super().__getattribute__(name)
        raise Untraceable

    def changed(self, change: Change) -> TextProxy:
        """Return the text as a filter makes it."""
        changes = self._slot.changes
        if changes and changes[-1] == ("escape",):
            if change == ("escape",):
                return self  # what is escaped is marked so, and not escaped again
            raise Untraceable
        return TextProxy(self._trace, Slot(self._slot.path, (*changes, change)))

    def _compare(self, kind: str, argument: object) -> bool:
        if type(argument) is not str or self._slot.changes:
            raise Untraceable
        return bool(self._trace.check(Guard(self._slot.path, kind, argument)))

    def startswith(self, prefix: Any, *rest: Any) -> bool:
        """Return whether it begins so; what all addresses of the folder share needs no guard."""
        folder = self._trace.folder
        if rest or type(prefix) is not str:
            raise Untraceable
        if self._slot.path == ("url",) and folder is not None:
            if folder.startswith(prefix):
                return True
            if not prefix.startswith(folder):
                return False
        return self._compare("startswith", prefix)

    def __eq__(self, other: object) -> bool:
        folder = self._trace.folder
        if (
            self._slot.path == ("url",)
            and folder is not None
            and type(other) is str
            and (other == folder or not other.startswith(folder))
        ):
            return False
        return self._compare("equals", other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __contains__(self, part: object) -> bool:
        return self._compare("contains", part)

    def __bool__(self) -> bool:
        return bool(self._trace.check(Guard(self._slot.path, "truth")))

    def __str__(self) -> str:
        return self

    def __format__(self, how: str) -> str:
        return self if not how else refuse()

    __iter__ = __len__ = __getitem__ = __hash__ = __repr__ = refused
    __add__ = __radd__ = __mul__ = __rmul__ = __mod__ = __rmod__ = refused
    __lt__ = __le__ = __gt__ = __ge__ = refused
