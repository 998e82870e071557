"""What editors say in `editorial/*.yml`, checked as a whole before anything is done by it.

What names an article may name one that is no more: that is no fault of the file, and is told by
whoever knows the articles.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from mujaz.config.editorial_model import (
    DATELINE_PARTS,
    Correction,
    Editorial,
    OwnSection,
    OwnSource,
    StoryEdit,
)
from mujaz.config.yaml_node import YamlNode, read_yaml
from mujaz.errors import ConfigError
from mujaz.model import MonthNames

_MAX_FILES = 200
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_PARTS = {
    "articles": ("articles", "المقالات"),
    "front": ("front", "الصدارة"),
    "stories": ("stories", "القصص"),
    "tags": ("tags", "الوسوم"),
    "sections": ("sections", "الأقسام"),
    "papers": ("papers", "الصحف"),
    "months": ("months", "الأشهر", "الشهور"),
    "home": ("home", "البلد"),
}
_FRONT = {
    "lead": ("lead", "الخبر الأول", "المتصدر"),
    "order": ("order", "الترتيب"),
    "hide": ("hide", "إخفاء"),
}
_STORY = {
    "join": ("join", "ضم"),
    "split": ("split", "فصل"),
    "story": ("story", "القصة"),
    "title": ("title", "العنوان", "عنوان"),
}
_TAGS = {
    "add": ("add", "إضافة"),
    "merge": ("merge", "دمج"),
    "rename": ("rename", "تسمية"),
    "retype": ("retype", "تصنيف"),
    "block": ("block", "حجب"),
}
KINDS = {
    "person": ("person", "شخص"),
    "place": ("place", "مكان"),
    "organisation": ("organisation", "organization", "هيئة", "منظمة"),
    "topic": ("topic", "موضوع"),
}
_SECTION = {
    "name": ("name", "الاسم"),
    "colour": ("color", "colour", "اللون"),
    "also": ("also", "أيضا", "أيضاً"),
}
_SOURCE = {
    "also": ("also", "أيضا", "أيضاً"),
    "datelines": ("datelines", "الصدور"),
    "markers": ("markers", "العلامات"),
    "boilerplate": ("boilerplate", "المكرر"),
}
KEYS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "": _PARTS,
    "front": _FRONT,
    "stories": _STORY,
    "tags": _TAGS,
    "sections": _SECTION,
    "papers": _SOURCE,
}
"""Every key that may stand in each part, by all of its names."""
HIDE = ("hide", "إخفاء")
"""What hides an article, among the fields that are corrected."""


def read_editorial(folder: Path) -> Editorial:
    """Return what the files in `folder` say; nothing if there is none. Raises `ConfigError`."""
    editorial = Editorial()
    lead: dict[str, str] = {}
    for file in _files(folder):
        parts = read_yaml(file).keyed(_PARTS)
        editorial, lead = _with_parts(editorial, lead, parts)
    return replace(editorial, pins={**lead, **editorial.pins})


def _files(folder: Path) -> list[Path]:
    """Return the files in a folder; one that leads out of it is refused."""
    try:
        names = sorted(
            entry.name
            for entry in os.scandir(folder)
            if entry.name.endswith((".yml", ".yaml")) and not entry.name.startswith(".")
        )
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be read ({error}); check the folder") from None
    if len(names) > _MAX_FILES:
        raise ConfigError(f"{folder}: has {len(names)} files; {_MAX_FILES} is the most")
    root = folder.resolve()
    for name in names:
        file = (folder / name).resolve()
        if not file.is_relative_to(root) or not file.is_file():
            raise ConfigError(f"{folder / name}: is no file of this folder; put the file itself in")
    # The desk's own come last, so that what is done there is what counts.
    return [folder / name for name in sorted(names, key=lambda name: name.startswith("desk"))]


def _with_parts(
    editorial: Editorial, lead: dict[str, str], parts: Mapping[str, YamlNode]
) -> tuple[Editorial, dict[str, str]]:
    """Return what editors say, with what one more file says."""
    for name, node in parts.items():
        if name == "articles":
            corrections = tuple(_correction(ref, each) for ref, each in node.pairs())
            editorial = replace(editorial, corrections=(*editorial.corrections, *corrections))
        elif name == "front":
            front = node.keyed(_FRONT)
            if "lead" in front:
                lead = _refs(front["lead"])
            leading, hidden = (
                _refs(front[key]) if key in front else {} for key in ("order", "hide")
            )
            editorial = replace(
                editorial,
                pins={**editorial.pins, **leading},
                off_front={**editorial.off_front, **hidden},
            )
        elif name == "stories":
            edits = tuple(map(_story_edit, node.items()))
            editorial = replace(editorial, stories=(*editorial.stories, *edits))
        elif name == "tags":
            editorial = replace(editorial, tags=merged_tags(editorial.tags, _tags(node)))
        elif name == "sections":
            sections = {each.name: each for each in editorial.sections}
            sections |= {each.name: each for each in map(_section, node.items())}
            editorial = replace(editorial, sections=tuple(sections.values()))
        elif name == "papers":
            sources = {each.name: each for each in editorial.sources}
            sources |= {key: _source(key, each) for key, each in node.pairs()}
            editorial = replace(editorial, sources=tuple(sources.values()))
        elif name == "months" and not node.is_empty:
            months: Any = node.choice(get_args(MonthNames))
            editorial = replace(editorial, months=months)
        elif name == "home" and not node.is_empty:
            if not _COUNTRY.fullmatch(node.text()):
                raise node.fault("`home` is the code of a country, such as `SA`")
            editorial = replace(editorial, home=node.text())
    return editorial, lead


def _correction(ref: str, node: YamlNode) -> Correction:
    fields, is_hidden = {}, False
    for name, value in node.pairs():
        if name in HIDE:
            is_hidden = value.flag()
        else:
            fields[name] = value.plain()
    return Correction(node.place, ref, fields, is_hidden)


def _refs(node: YamlNode) -> dict[str, str]:
    return {each.text(): each.place for each in node.items() if each.text()}


def _story_edit(node: YamlNode) -> StoryEdit:
    given = node.keyed(_STORY)
    title = given["title"].text() if "title" in given else ""
    named = [key for key in ("join", "split", "story") if key in given]
    if len(named) != 1:
        raise node.fault("give one of `join`, `split` and `story`")
    kind = named[0]
    refs = given[kind].texts()
    if kind == "join" and len(refs) < 2:
        raise given[kind].fault("`join` names two articles or stories, or more")
    if not refs or (kind == "story" and (len(refs) > 1 or not title)):
        hint = "`story` names one story, and `title` what it is called"
        raise given[kind].fault(hint if kind == "story" else f"`{kind}` names articles")
    return StoryEdit(node.place, refs, "title" if kind == "story" else kind, title)


def _tags(node: YamlNode) -> dict[str, Any]:
    given = node.keyed(_TAGS)
    tags: dict[str, Any] = {}
    if "add" in given:
        tags["add"] = {kind: [*v.texts()] for kind, v in given["add"].keyed(KINDS).items()}
    if "merge" in given:
        tags["merge"] = {name: [*each.texts()] for name, each in given["merge"].pairs()}
    if "rename" in given:
        tags["rename"] = {name: _name(each) for name, each in given["rename"].pairs()}
    if "retype" in given:
        kinds = {name: kind for kind, names in KINDS.items() for name in names}
        retyped = given["retype"].pairs()
        tags["retype"] = {name: kinds[each.choice(kinds)] for name, each in retyped}
    if "block" in given:
        tags["block"] = [*given["block"].texts()]
    return tags


def _name(node: YamlNode) -> str:
    if not node.text():
        raise node.fault("give a name")
    return node.text()


def _section(node: YamlNode) -> OwnSection:
    if not node.is_list and isinstance(node.plain(), str):
        return OwnSection(_name(node))
    given = node.keyed(_SECTION)
    if "name" not in given:
        raise node.fault("a section has a `name`")
    colour = given["colour"].text() if "colour" in given else ""
    if colour and not _COLOUR.fullmatch(colour):
        raise given["colour"].fault(f'`{colour}` is no colour; write one as "#0b5d4e"')
    also = given["also"].texts() if "also" in given else ()
    return OwnSection(_name(given["name"]), colour.lower(), also)


def _source(name: str, node: YamlNode) -> OwnSource:
    given = node.keyed(_SOURCE)
    for shape in given["datelines"].items() if "datelines" in given else ():
        _check_shape(shape)
    return OwnSource(name.strip(), **{key: each.texts() for key, each in given.items()})


def _check_shape(node: YamlNode) -> None:
    """Refuse a shape of a dateline that says nothing, or names what no dateline has."""
    parts = re.findall(r"\{([^{}]*)\}", node.text())
    named = [DATELINE_PARTS.get(part.strip()) for part in parts]
    if not parts or None in named or len({*named}) < len(named):
        every = ", ".join(f"{{{part}}}" for part in DATELINE_PARTS)
        raise node.fault(f"a dateline is a text with some of these, each once: {every}")


def merged_tags(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return two tables of tags as one; of two rules for one name the second one counts."""
    merged = dict(first)
    for part, given in second.items():
        before = merged.get(part)
        if part == "block":
            merged[part] = list(dict.fromkeys([*(before or ()), *given]))
        elif part in ("add", "merge"):
            lists = dict(before or {})
            for name, names in given.items():
                lists[name] = list(dict.fromkeys([*(lists.get(name) or ()), *(names or ())]))
            merged[part] = lists
        else:
            merged[part] = {**(before or {}), **given}
    return merged
