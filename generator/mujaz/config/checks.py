"""Refuses settings that make no sense: a message names file, line, fault and what to write."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args
from urllib.parse import urlsplit

from mujaz.config.settings_file import SettingsFile
from mujaz.errors import ConfigError, nearest
from mujaz.model import Digits, MonthNames, TagKind

_SECTION = ("extra", "mujaz")
_TAGS = (*_SECTION, "tags")
_LANGUAGE = re.compile("[a-z]{2,3}")
_RANGES: Mapping[str, range] = {
    "page_size": range(5, 501),
    "tag_page_articles": range(1, 1001),
    "edition_size": range(3, 41),
}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "digits": get_args(Digits),
    "months": get_args(MonthNames),
    "snapshots": ("keep", "replace"),
}
_MAX_QUOTED_CHARACTERS = 60
"""Of a faulty value in a message."""
_TYPES = {list: "a list", dict: "a mapping", int: "a whole number", bool: "true or false"}
_OF_MKDOCS = ("site_name", "site_description", "site_url", "docs_dir", "site_dir")
_OURS: Mapping[str, type] = {
    "seeds": str,
    "editorial": str,
    "page_size": int,
    "tag_page_articles": int,
    "edition_size": int,
    "pins": list,
    "digits": str,
    "months": str,
    "home": str,
    "accent": str,
    "search": bool,
    "sources": list,
    "agencies": list,
    "languages": list,
    "tags": dict,
    "images": bool,
    "precompress": bool,
    "permalinks": str,
    "tombstones": bool,
    "fetch": list,
    "contact": str,
    "snapshots": str,
}
FETCH_KINDS = ("feed", "sitemap", "listing", "page")
"""What an address to fetch may be."""
_FETCH: Mapping[str, type] = {"paper": str, "section": str, **dict.fromkeys(FETCH_KINDS, str)}
_TAG_TABLE: Mapping[str, type] = {"add": dict, "rename": dict, "merge": dict, "block": list}
_IN_ARABIC = {
    "البذور": "seeds",
    "المقالات": "seeds",
    "التحرير": "editorial",
    "البحث": "search",
    "الأرقام": "digits",
    "الأشهر": "months",
    "الشهور": "months",
    "البلد": "home",
    "الصور": "images",
    "المصادر": "sources",
    "الوكالات": "agencies",
    "الموجز": "edition_size",
    "التثبيت": "pins",
    "اللغات": "languages",
    "الوسوم": "tags",
    "الجلب": "fetch",
    "صحيفة": "paper",
    "الصحيفة": "paper",
    "خلاصة": "feed",
    "خريطة": "sitemap",
    "صفحة": "page",
    "قسم": "section",
    "القسم": "section",
    "إضافة": "add",
    "دمج": "merge",
    "تسمية": "rename",
    "حجب": "block",
    "شخص": "person",
    "مكان": "place",
    "منظمة": "organisation",
    "موضوع": "topic",
}
"""What Arabic words for our settings mean, for messages."""


def check_settings(settings: SettingsFile) -> dict[str, Any]:
    """Return the settings under `extra: mujaz:`, none of them None, once all are checked.

    Raises `ConfigError` for a wrong type, an unknown key, or a value that makes no sense.
    """
    values = settings.values
    for name in _OF_MKDOCS:
        _check_text(settings, (name,), values.get(name))
    _check_address(settings, values.get("site_url") or "")
    extra = _mapping(settings, ("extra",), values.get("extra"))
    ours = _checked(settings, _SECTION, extra.get("mujaz"), _OURS)
    for name, values_allowed in _RANGES.items():
        if ours.get(name, values_allowed.start) not in values_allowed:
            low, high = values_allowed.start, values_allowed.stop - 1
            raise _fault(settings, (*_SECTION, name), ours[name], f"give {low} to {high}")
    for name, words in _CHOICES.items():
        if ours.get(name, words[0]) not in words:
            hint = f"give {' or '.join(words)}"
            raise _fault(settings, (*_SECTION, name), ours[name], hint)
    if "home" in ours and not _is_country(ours["home"]):
        hint = "give the code of a country, such as `SA`"
        raise _fault(settings, (*_SECTION, "home"), ours["home"], hint)
    for name in ("sources", "agencies", "pins"):
        _check_names(settings, (*_SECTION, name), ours.get(name, []))
    for code in ours.get("languages", []):
        if not (isinstance(code, str) and _LANGUAGE.fullmatch(code)):
            hint = "give codes such as `ar`, `en` or `ckb`"
            raise _fault(settings, (*_SECTION, "languages"), code, hint)
    _check_fetch(settings, ours.get("fetch", []))
    tags = _checked(settings, _TAGS, ours.get("tags"), _TAG_TABLE)
    kinds = dict.fromkeys(get_args(TagKind), list)
    for kind, names in _checked(settings, (*_TAGS, "add"), tags.get("add"), kinds).items():
        _check_names(settings, (*_TAGS, "add", kind), names)
    _check_names(settings, (*_TAGS, "block"), tags.get("block", []))
    for name, variants in tags.get("merge", {}).items():
        _check_text(settings, (*_TAGS, "merge", name), name)
        _check_names(settings, (*_TAGS, "merge", name), variants)
    for old, new in tags.get("rename", {}).items():
        for name in (old, new):
            if name is None or name == "":
                raise _fault(settings, (*_TAGS, "rename", old), name, "give a name as text")
            _check_text(settings, (*_TAGS, "rename", old), name)
    _refuse_loops(settings, tags)
    return {**ours, "tags": tags} if tags else ours


def _check_fetch(settings: SettingsFile, sources: list[Any]) -> None:
    """Refuse what to fetch that names no address, or several."""
    for number, source in enumerate(sources, 1):
        keys = (*_SECTION, "fetch", str(number))
        checked = _checked(settings, keys, source, _FETCH)
        kinds = [kind for kind in FETCH_KINDS if checked.get(kind)]
        if len(kinds) != 1:
            hint = f"give it one address, as one of {', '.join(FETCH_KINDS)}"
            raise _fault(settings, keys, source, hint)
        address = checked[kinds[0]]
        if not re.match(r"https?://[^/\s]", address, re.IGNORECASE):
            hint = "give a whole address, such as https://news.example/feed"
            raise _fault(settings, (*keys, kinds[0]), address, hint)


def _is_country(code: str) -> bool:
    from mujaz.data import rows  # most sites leave it to what their articles name

    return any(row["country"] == code for row in rows("places"))


def custom_folder(settings: SettingsFile) -> str | None:
    """Return the `custom_dir` of the theme, None if there is none. Raises `ConfigError`."""
    theme = settings.values.get("theme")
    folder = theme.get("custom_dir") if isinstance(theme, dict) else None
    _check_text(settings, ("theme", "custom_dir"), folder)
    return folder or None


def _checked(
    settings: SettingsFile, keys: Sequence[str], value: object, allowed: Mapping[str, type]
) -> dict[str, Any]:
    """Return a mapping without what is empty, if its keys are `allowed` and of their types."""
    checked = {}
    for key, setting in _mapping(settings, keys, value).items():
        if key not in allowed:
            raise _unknown_key(settings, keys, key, allowed)
        if setting is None and keys[-1] != "add":
            continue
        if allowed[key] is str:
            _check_text(settings, (*keys, key), setting)
        elif not isinstance(setting, allowed[key]):
            raise _fault(settings, (*keys, key), setting, f"give {_TYPES[allowed[key]]}")
        checked[key] = setting
    return checked


def _unknown_key(
    settings: SettingsFile, keys: Sequence[str], key: object, allowed: Mapping[str, type]
) -> ConfigError:
    """Return the error for a key that is not `allowed`, in Arabic if that is what the key is in."""
    place, section = settings.place(*keys, key), ".".join(keys)
    names = ", ".join(sorted(allowed))
    word = str(key)[:_MAX_QUOTED_CHARACTERS]
    if any("\u0600" <= letter <= "\u06ff" for letter in word):
        arabic = {name: meant for name, meant in _IN_ARABIC.items() if meant in allowed}
        likely = nearest(word, arabic)
        hint = f"لعلّك تقصد `{arabic[likely]}`؛ " if likely else ""
        return ConfigError(
            f"{place}: المفتاح `{word}` غير معروف في `{section}`؛ {hint}والمفاتيح هي: {names}"
        )
    likely = nearest(word, allowed)
    hint = f"did you mean `{likely}`? " if likely else ""
    return ConfigError(
        f"{place}: `{section}` has the unknown key `{word}`; {hint}it may have: {names}"
    )


def _mapping(settings: SettingsFile, keys: Sequence[str], value: object) -> dict[Any, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _fault(settings, keys, value, "write it as `key: value` lines, a mapping")
    return value


def _check_names(settings: SettingsFile, keys: Sequence[str], names: object) -> None:
    """Refuse what is no list of names."""
    if not isinstance(names, list):
        raise _fault(settings, keys, names, "give a list of names")
    for name in names:
        if not isinstance(name, str):
            hint = "give a list of names, and put numbers in quotes"
            raise _fault(settings, keys, name, hint)
        _check_text(settings, keys, name)


def _check_text(settings: SettingsFile, keys: Sequence[Any], value: object) -> None:
    """Refuse what is no text, and what no file can hold or no folder be called."""
    if value is None:
        return
    if not isinstance(value, str):
        raise _fault(settings, keys, value, "give text, in quotes if need be")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _fault(settings, keys, value, "give it in UTF-8") from None
    if "\0" in value:
        raise _fault(settings, keys, value, "take the character 0 out of it")


def _check_address(settings: SettingsFile, address: str) -> None:
    try:
        parts = urlsplit(address)
        is_whole = bool(parts.scheme and parts.netloc)
    except ValueError:
        is_whole = False
    if address and not is_whole:
        hint = "give a whole address, such as https://news.example/"
        raise _fault(settings, ("site_url",), address, hint)


def _refuse_loops(settings: SettingsFile, tags: Mapping[str, Any]) -> None:
    """Refuse names of tags that lead back to themselves, by `rename`, by `merge` or by both."""
    if names := names_in_a_loop(tags):
        group = "rename" if tags.get("rename") else "merge"
        hint = "they lead back to where they began; take one out"
        raise _fault(settings, (*_TAGS, group), names, hint)


def names_in_a_loop(tags: Mapping[str, Any]) -> str:
    """Return the names in a table of tags that lead back to themselves; nothing if none do."""
    following: dict[str, set[str]] = {}
    for name, variants in (tags.get("merge") or {}).items():
        for variant in variants:
            following.setdefault(variant.strip(), set()).add(name.strip())
    for old, new in (tags.get("rename") or {}).items():
        following.setdefault(old.strip(), set()).add(new.strip())
    if not following:
        return ""
    for name, leads_to in following.items():
        leads_to.discard(name)
    from graphlib import CycleError, TopologicalSorter  # few sites rename tags

    try:
        TopologicalSorter(following).prepare()
    except CycleError as error:
        return " ← ".join(error.args[1])
    return ""


def _fault(settings: SettingsFile, keys: Sequence[Any], value: object, hint: str) -> ConfigError:
    text = repr(value).encode("utf-8", "backslashreplace").decode()
    if len(text) > _MAX_QUOTED_CHARACTERS:
        text = text[:_MAX_QUOTED_CHARACTERS] + "…"
    return ConfigError(f"{settings.place(*keys)}: `{'.'.join(map(str, keys))}` is {text}; {hint}")
