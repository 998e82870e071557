"""The pages about fields: the names under which inputs and editors state them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from mujaz.data import table

_TEXTS = Path(__file__).parent / "fields.yml"
_FIELDS_HEAD = """# Fields of inputs

An export, a table, a feed or a saved page may call an article's fields by any of these names; the first
that holds anything counts. Names are compared without case, `-` and blanks are `_`, and Arabic ones are
compared in any spelling, with the article or without. What no table has is reported by `mujaz check`
and loses nothing. The list is `generator/mujaz/data/fields.yml`.
"""
_FRONT_HEAD = """# Front matter and sidecars

What an editor says of one article, in front matter at the head of a text or Markdown file (YAML between
`---`, or TOML between `+++`), or in a sidecar beside it: `name.yml` (or `name.txt.yml`) beside
`name.txt`. It wins over all that is derived, and survives every build. An unknown key is refused by name,
and the one that was likely meant is said. An empty value takes a wrong one away.

```yaml
العنوان: افتتاح مكتبة عامة في حلب
المصدر: صدى الرابية
التاريخ: 2025-07-14
الوسوم: [حلب, مكتبات]
```

| field | keys, in any case | value |
|---|---|---|
"""
_FRONT_END = """
## What Mujaz writes

Each page below `docs_dir` has front matter too. It uses the keys that Markdown tools share: `title`,
`date` (`created`, `updated`), `authors`, `categories`, `tags`, `description`; `mujaz` holds what is
Mujaz's own: `kind` of the page, `id`, `source`, `place`, `summary`, where each field comes from, and what
was cut around the text. These pages are made anew by builds: correct an article where it comes from, or
in `editorial/`, never there.
"""


def fields_page() -> str:
    """Return the page about records, tables and `meta` elements in Markdown."""
    names = table("fields")
    parts = [_FIELDS_HEAD, "## Records and tables\n", *_table(names["record"])]
    prefixes = ", ".join(f"`{each}_`" for each in names["prefixes"])
    parts += [f"\nA name may have one of these before it: {prefixes}.\n"]
    parts += ["## `meta` elements of saved pages\n", *_table(names["meta"])]
    parts += ["\n## Where records lie\n"]
    parts += ["Lists of records are found under: " + _quoted(names["lists"]) + ".\n"]
    parts += ["The article of a record is found under: " + _quoted(names["nested"]) + ".\n"]
    parts += ["## What is not published\n"]
    states = names["publication"]
    parts += [
        "An entry is rejected, with the reason, if one of " + _quoted(states["status_fields"])
    ]
    parts += ["says one of: " + _quoted(states["unpublished"]) + "."]
    return "\n".join(parts) + "\n"


_ARABIC_HEAD = """# حقول المقال

ما يقوله المحرّر عن مقال واحد، في صدر ملفه النصي بين سطرين `---`، أو في ملف بجانبه: `خبر.yml` بجانب
`خبر.txt`. كلمته مقدَّمة على كل ما يُستنتج، وتبقى بعد كل بناء. المفتاح المجهول يُردّ باسمه ويُذكر الأقرب
إليه، والقيمة الفارغة تزيل قيمة خاطئة.

```yaml
العنوان: افتتاح مكتبة عامة في حلب
المصدر: صدى الرابية
التاريخ: 2025-07-14
الوسوم: [حلب, مكتبات]
```

| المفتاح، بأيّ أسمائه | القيمة |
|---|---|
"""


def arabic_front_matter_page() -> str:
    """Return the page about front matter in Arabic."""
    texts, names = yaml.safe_load(_TEXTS.read_text("utf-8")), table("fields")["editor"]
    rows = (
        f"| {_quoted(names[field][::-1], '، ')} | {text['ar']} |" for field, text in texts.items()
    )
    return _ARABIC_HEAD + "\n".join(rows) + "\n"


def front_matter_page() -> str:
    """Return the page about front matter in Markdown."""
    return _FRONT_HEAD + "\n".join(_editor_rows()) + "\n" + _FRONT_END


def _editor_rows() -> Iterator[str]:
    texts = yaml.safe_load(_TEXTS.read_text("utf-8"))
    names = table("fields")["editor"]
    if set(texts) != set(names):
        raise KeyError(f"{_TEXTS}: has not the same fields as the code: {set(texts) ^ set(names)}")
    for field, text in texts.items():
        yield f"| {field} | {_quoted(names[field])} | {text['en']} |"


def _table(names: dict[str, list[Any]]) -> list[str]:
    rows = [f"| {field} | {_quoted(each)} |" for field, each in names.items()]
    return ["| field | names |", "|---|---|", *rows]


def _quoted(names: list[Any], comma: str = ", ") -> str:
    return comma.join(f"`{each}`" for each in names)
