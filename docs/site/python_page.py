"""The page about the public Python names: what their docstrings say, in the order of a reader."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import mujaz

_HEAD = """# Python

What a program may call. `import mujaz` takes a few milliseconds: each name is loaded when it is
first used. All types are frozen dataclasses, and the package has type hints (`py.typed`).

```python
import mujaz

report = mujaz.build("mkdocs.yml")  # as `mujaz build`, and nothing is printed
print(report.published, "published")
for problem in report.problems:
    print(problem.file, problem.reason, problem.hint)

for result in mujaz.parse(["seeds/"], config="mkdocs.yml"):
    if isinstance(result, mujaz.Article):
        print(result.title, [tag.name for tag in result.tags])
    else:
        print(result.file, result.reason)
```

The names on this page are public. They change as [semantic versions](../upgrading.md) say, and all
other modules of the package may change at any time.
"""


def python_page() -> str:
    """Return the page in Markdown."""
    names = [name for name in mujaz.__all__ if name[0] != "_"]
    functions = [name for name in names if inspect.isfunction(getattr(mujaz, name))]
    errors = [name for name in names if _is_error(getattr(mujaz, name))]
    types = [name for name in names if name not in (*functions, *errors)]
    parts = [_HEAD, "## Functions\n", *map(_function, functions), "## Types\n"]
    parts += map(_type, types)
    parts += ["## Errors\n", "| error | exit code of the command | when |\n|---|--:|---|"]
    parts += map(_error, sorted(errors, key=lambda name: (name != "MujazError", name)))
    parts += ["", "`__version__` is the version as text."]
    return "\n".join(parts) + "\n"


def _is_error(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, Exception)


def _function(name: str) -> str:
    node = _node(getattr(mujaz, name))
    assert isinstance(node, ast.FunctionDef)
    arguments = ast.unparse(node.args).replace(", ", ",\n    ")
    returns = ast.unparse(node.returns) if node.returns else "None"
    signature = f"mujaz.{name}(\n    {arguments},\n) -> {returns}"
    return f"### `{name}`\n\n```python\n{signature}\n```\n\n{_paragraphs(node)}\n"


def _type(name: str) -> str:
    node = _node(getattr(mujaz, name))
    assert isinstance(node, ast.ClassDef)
    rows = [f"| `{field}` | `{kind}` | {text} |" for field, kind, text in _fields(node)]
    bases = [ast.unparse(base) for base in node.bases]
    base = f" It has the fields of `{bases[0]}`." if bases else ""
    table = ["| field | type | meaning |", "|---|---|---|", *rows, ""] if rows else []
    return "\n".join([f"### `{name}`", "", _paragraphs(node) + base, "", *table])


def _error(name: str) -> str:
    error = getattr(mujaz, name)
    text = " ".join(_paragraphs(_node(error)).split())
    return f"| `{name}` | {error.exit_code} | {text} |"


def _fields(node: ast.ClassDef) -> Iterator[tuple[str, str, str]]:
    """Yield name, type and meaning of each field and property of a class."""
    for each, following in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(each, ast.AnnAssign):
            kind = ast.unparse(each.annotation).replace("|", "\\|")
            yield ast.unparse(each.target), kind, _said(following)
        elif isinstance(each, ast.FunctionDef) and each.name[0] != "_":
            kind = ast.unparse(each.returns) if each.returns else ""
            yield each.name, kind.replace("|", "\\|"), " ".join(_paragraphs(each).split())


def _said(node: ast.stmt | None) -> str:
    """Return the text that stands alone behind a field; empty if there is none."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return _marked(" ".join(str(node.value.value).split())).replace("|", "\\|")
    return ""


def _paragraphs(node: ast.AST) -> str:
    assert isinstance(node, ast.FunctionDef | ast.ClassDef)
    return _marked(ast.get_docstring(node) or "")


def _marked(text: str) -> str:
    return text.replace("*", "\\*")


def _node(value: Any) -> ast.stmt:
    """Return the definition of a function or class in its module's source."""
    tree = _tree(Path(sys.modules[value.__module__].__file__ or ""))
    name = value.__name__
    return next(each for each in tree.body if getattr(each, "name", None) == name)


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))
