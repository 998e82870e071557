"""A Jinja environment in which nothing is done to a proxy unseen: the other half of `tracing`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import Context, Macro

from mujaz.publish.render.specialise.proxies import Proxy, Untraceable
from mujaz.publish.render.specialise.tracing import OPEN, NumberProxy, TextProxy


def _is_traced(value: object) -> bool:
    return isinstance(value, (TextProxy, Proxy)) or (isinstance(value, str) and OPEN in value)


def _has_proxy(values: object) -> bool:
    """Return whether a proxy is among `values`, however deep."""
    if isinstance(values, dict):
        return _has_proxy([*values, *values.values()])
    if isinstance(values, (list, tuple)):
        return any(map(_has_proxy, values))
    return _is_traced(values)


def _filter(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that does to a proxy what is known, or raises `Untraceable`."""

    @functools.wraps(real)
    def guarded(*args: Any, **named: Any) -> Any:
        if not _has_proxy((args, named)) or name in ("default", "d"):
            return real(*args, **named)
        if name in ("length", "count") and isinstance(args[0], list):
            return len(args[0])  # a guard on its kind was noted with the list
        match name, args, named:
            case "e" | "escape", (TextProxy() as text,), {}:
                return text.changed(("escape",))
            case "e" | "escape", (NumberProxy() as number,), {}:
                return TextProxy(number._trace, number._slot).changed(("escape",))
            case "string", (TextProxy() as text,), {}:
                return text
            case "replace", (_, TextProxy() as text, str() as old, str() as new), {} if not (
                _is_traced(old) or _is_traced(new)
            ):
                return text.changed(("replace", old, new))
        raise Untraceable

    return guarded


def _test(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(real)
    def guarded(*args: Any, **named: Any) -> Any:
        if _has_proxy((args, named)) and name not in ("defined", "undefined", "none"):
            raise Untraceable
        return real(*args, **named)

    return guarded


_JINJA_ARGUMENTS = ("_loop_vars", "_block_vars")
"""What Jinja itself adds to each call."""


class _GuardedContext(Context):
    """Calls macros with proxys, and nothing else: what others do with them is not seen."""

    def call(self, called: Any, /, *args: Any, **named: Any) -> Any:
        """Call, as templates do."""
        given = [value for name, value in named.items() if name not in _JINJA_ARGUMENTS]
        if _has_proxy((args, given)) and not isinstance(called, Macro):
            raise Untraceable
        return super().call(called, *args, **named)


class _CheckedLoader(jinja2.BaseLoader):
    """Loads templates, and looks through each for the one comparison that no proxy sees."""

    def __init__(self, real: jinja2.BaseLoader) -> None:
        """Load by way of `real`."""
        self._real = real

    def get_source(self, environment: jinja2.Environment, template: str) -> Any:
        """Return what `real` does."""
        source = self._real.get_source(environment, template)
        for compared in environment.parse(source[0]).find_all(nodes.Compare):
            for operand in compared.ops:
                # `x in "text"` asks the text, and not x.
                if operand.op in ("in", "notin") and not (
                    isinstance(compared.expr, nodes.Const)
                    or isinstance(operand.expr, (nodes.Tuple, nodes.List))
                ):
                    raise Untraceable
        return source

    def list_templates(self) -> list[str]:
        """Return what `real` does."""
        return self._real.list_templates()


def guard(
    environment: jinja2.Environment, url: Callable[..., str], script_tag: Callable[..., str]
) -> jinja2.Environment:
    """Make `environment` one in which nothing is done to a proxy unseen; return it.

    `url` and `script_tag` take the place of MkDocs' filters of those names.
    """
    for name, real in environment.filters.items():
        environment.filters[name] = _filter(name, real)
    environment.filters["url"] = _filter("url", url)
    environment.filters["script_tag"] = _filter("script_tag", script_tag)
    tests: dict[str, Callable[..., Any]] = environment.tests  # type: ignore[assignment]
    for name, test in tests.items():
        environment.tests[name] = _test(name, test)
    environment.context_class = _GuardedContext
    if environment.loader is not None:
        environment.loader = _CheckedLoader(environment.loader)
    return environment
