"""Stand in for what no skeleton may depend on, and for what is the same for all of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn


class Surprise(Exception):  # noqa: N818 - an answer, and no fault
    """A template does what cannot be followed; its pages are left to MkDocs."""


def refuse(*_: Any, **__: Any) -> NoReturn:
    """Raise `Surprise`, whatever is asked."""
    raise Surprise


no: Any = refuse
"""Stands in class bodies for a method that refuses."""


class StandIn:
    """Refuses whatever is not spelt out."""

    __slots__ = ()
    __iter__ = __len__ = __contains__ = __getitem__ = __call__ = no
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = no
    __add__ = __radd__ = __mul__ = __rmul__ = __mod__ = __rmod__ = no
    __str__ = __repr__ = __format__ = __bool__ = __hash__ = no


class Unknown(StandIn):
    """What no skeleton may depend on, such as the list of all pages, or the clock."""

    __slots__ = ()
    __getattr__ = no


class Only(StandIn):
    """A thing of which some attributes are the same for all pages of a skeleton."""

    __slots__ = ("_known",)
    _known: dict[str, Any]

    def __init__(self, **known: Any) -> None:
        self._known = known

    def __getattr__(self, name: str) -> Any:
        try:
            return self._known[name]
        except KeyError:
            raise Surprise from None

    def __bool__(self) -> bool:
        return True


class Sequence(Only):
    """The nav: its attributes, and its items."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._known["items"])

    def __len__(self) -> int:
        return len(self._known["items"])


class Item(Only):
    """An item of the nav: active while its page is rendered, with an address or with children."""

    __slots__ = ("_real",)

    def __init__(self, real: Any, **known: Any) -> None:
        """Show of `real` what is `known`, and whether it is active."""
        super().__init__(**known)
        self._real = real

    def __getattr__(self, name: str) -> Any:
        if name in self._known:
            return self._known[name]
        if name == "active":
            return self._real.active
        if name == "children":
            return None
        if name == "url":
            raise AttributeError(name)
        raise Surprise

    def __getitem__(self, name: Any) -> Any:
        # Where there is no attribute, templates look for an item.
        if name == "url":
            raise KeyError(name)
        raise Surprise
