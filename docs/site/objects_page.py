"""The page about what commands print for programs: the keys of each object."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import yaml
from mujaz.cli.wording import edition_object, published_object, understood_object
from mujaz.compose.edition import Edition
from mujaz.model import Article
from mujaz.progress import Report
from mujaz.review import PublishedArticle

_TEXTS = Path(__file__).parent / "objects.yml"
_HEAD = """# Objects for programs

With `--json` commands print objects on standard output, in UTF-8; messages go to standard error. What is
absent is null. Keys are added in later versions, and none is taken away or given another meaning before
the next major one.

```console
$ mujaz export --json
$ mujaz digest --json
```

Both understand what changed since the last build and write nothing: after `mujaz generate` or `mujaz
build` they only read.
"""
_TITLES = {
    "parse": "`mujaz parse --json`: an object a line for each input",
    "export": "`mujaz export --json`: an object a line for each published article",
    "digest": "`mujaz digest --json`: the edition of a day",
    "report": "`mujaz build --json`, `generate`, `check`: what became of the inputs",
}


def objects_page() -> str:
    """Return the page in Markdown."""
    texts = yaml.safe_load(_TEXTS.read_text("utf-8"))
    parts = [_HEAD]
    for name, keys in _keys().items():
        if list(texts[name]) != keys:
            raise KeyError(
                f"{_TEXTS}: {name} has not the same keys as the code, in its order: {keys}"
            )
        parts += [f"## {_TITLES[name]}\n", "| key | value |", "|---|---|"]
        parts += [f"| `{key}` | {texts[name][key]} |" for key in keys]
        parts.append("")
    return "\n".join(parts)


def _keys() -> dict[str, list[str]]:
    """Return the keys of each object, as the commands print them."""
    article = Article(file="", id="", title="", slug="", paragraphs=())
    return {
        "parse": list(understood_object(article)),
        "export": list(published_object(PublishedArticle(article, "", None, ""))),
        "digest": list(edition_object(Edition((), False, (), 0))),
        "report": [field.name for field in dataclasses.fields(Report)],
    }
