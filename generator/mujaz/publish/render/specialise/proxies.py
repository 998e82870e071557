"""Proxies for what no specialised template may depend on, and for what is the same for its pages.

Those for the values of one page are in `tracing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn


class Untraceable(Exception):  # noqa: N818 - an answer, and no fault
    """A template does what cannot be traced; its pages are left to MkDocs."""


def refuse(*_: Any, **__: Any) -> NoReturn:
    """Raise `Untraceable`, whatever is asked."""
    raise Untraceable


refused: Any = refuse
"""Stands in class bodies for a method that refuses."""


class Proxy:
    """Refuses whatever is not spelt out."""

    __slots__ = ()
    __iter__ = __len__ = __contains__ = __getitem__ = __call__ = refused
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = refused
    __add__ = __radd__ = __mul__ = __rmul__ = __mod__ = __rmod__ = refused
    __str__ = __repr__ = __format__ = __bool__ = __hash__ = refused


class OpaqueProxy(Proxy):
    """What no template may depend on, such as the list of all pages, or the clock."""

    __slots__ = ()
    __getattr__ = refused


class ConstantProxy(Proxy):
    """A thing of which some attributes are the same for all pages of a template."""

    __slots__ = ("_attributes",)
    _attributes: dict[str, Any]

    def __init__(self, **attributes: Any) -> None:
        self._attributes = attributes

    def __getattr__(self, name: str) -> Any:
        try:
            return self._attributes[name]
        except KeyError:
            raise Untraceable from None

    def __bool__(self) -> bool:
        return True


class NavProxy(ConstantProxy):
    """The nav: its attributes, and its items."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._attributes["items"])

    def __len__(self) -> int:
        return len(self._attributes["items"])


class NavItemProxy(ConstantProxy):
    """An item of the nav: active while its page is rendered, with an address or with children."""

    __slots__ = ("_item",)

    def __init__(self, item: Any, **attributes: Any) -> None:
        """Show of MkDocs' `item` these `attributes`, and whether it is active."""
        super().__init__(**attributes)
        self._item = item

    def __getattr__(self, name: str) -> Any:
        if name in self._attributes:
            return self._attributes[name]
        if name == "active":
            return self._item.active
        if name == "children":
            return None
        if name == "url":
            raise AttributeError(name)
        raise Untraceable

    def __getitem__(self, name: Any) -> Any:
        # Where there is no attribute, templates look for an item.
        if name == "url":
            raise KeyError(name)
        raise Untraceable
