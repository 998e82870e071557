"""The pages about settings, in both languages: what `extra: mujaz:` of `mkdocs.yml` may have."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from mujaz.config import Config
from mujaz.config.checks import _CHOICES, _OURS, _RANGES

_TEXTS = Path(__file__).parent / "settings.yml"
_KINDS = {
    "en": {str: "text", int: "number", bool: "true or false", list: "list", dict: "mapping"},
    "ar": {str: "نص", int: "عدد", bool: "`true` أو `false`", list: "قائمة", dict: "جدول"},
}
_WORDS = {"en": (" to ", "none", "off", "on"), "ar": (" إلى ", "لا شيء", "معطّل", "مفعّل")}
_HEADS = {
    "en": """# Settings

A site is set up in its `mkdocs.yml`. Name, address, logo and links stand there in the usual keys of
MkDocs and Material (see [Make it yours](../make-it-yours.md)); what Mujaz alone understands stands under
`extra: mujaz:`. `INHERIT` and `!ENV` mean what they mean to MkDocs.

```yaml
site_name: صحف الساحل
extra:
  mujaz:
    seeds: seeds
    edition_size: 12
    home: LB
```

Folders must lie apart from each other, and a file of your own among the pages stays: where one is in
the way of a page of the build, it is named, and nothing is written. An unknown key is refused with its
line, and the key that was likely meant.

| key | value | default | meaning |
|---|---|---|---|""",
    "ar": """# الإعدادات

إعدادات الموقع كلها في الملف `mkdocs.yml`. الاسم والشعار والألوان والروابط بالمفاتيح المعروفة في
MkDocs وMaterial (انظر [اجعله موقعك](make-it-yours.md))، وما يخصّ «موجز» وحده تحت `extra: mujaz:`.

```yaml
site_name: صحف الساحل
extra:
  mujaz:
    seeds: seeds
    edition_size: 12
    home: LB
```

المفتاح المجهول يُردّ مع رقم سطره والمفتاح الأقرب إليه.

| المفتاح | القيمة | الأصل | المعنى |
|---|---|---|---|""",
}


def settings_page(language: str = "en") -> str:
    """Return the page in Markdown, in English or in Arabic (`ar`)."""
    texts = yaml.safe_load(_TEXTS.read_text("utf-8"))
    known = [key for key in texts if key in _OURS]
    missing = [key for key in _OURS if key not in texts]
    if missing or len(known) < len(texts):
        raise KeyError(f"{_TEXTS}: has not the same settings as the code: {missing}")
    rows = (
        f"| `{key}` | {_kind(key, language)} | {_default(key, language)} "
        f"| {_cell(texts[key][language])} |"
        for key in known
    )
    return "\n".join([_HEADS[language], *rows]) + "\n"


def _kind(key: str, language: str) -> str:
    if key in _CHOICES:
        comma = "، " if language == "ar" else ", "
        return comma.join(f"`{choice}`" for choice in _CHOICES[key])
    if key in _RANGES:
        first, last = _RANGES[key].start, _RANGES[key].stop - 1
        return f"{first}{_WORDS[language][0]}{last}"
    return _KINDS[language][_OURS[key]]


def _default(key: str, language: str) -> str:
    value = _defaults().get(key)
    __, none, off, on = _WORDS[language]
    if isinstance(value, bool):
        return on if value else off
    return f"`{value}`" if value else none


def _defaults() -> Mapping[str, Any]:
    """Return the values of settings that a site does not set."""
    fields = {
        each.name: each.default
        for each in dataclasses.fields(Config)
        if each.default is not dataclasses.MISSING
    }
    return {
        **fields,
        "seeds": "seeds",
        "permalinks": "seeds.permalinks.tsv",
        "editorial": "editorial",
    }


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def arabic_settings_page() -> str:
    """Return the page in Arabic."""
    return settings_page("ar")
