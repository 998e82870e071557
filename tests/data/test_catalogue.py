"""The catalogue of the interface: it has every word that readers see, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from mujaz.data import table_as_written
from mujaz.training.theme_words import PARTIAL

from tests.support import case_table

PROJECT = Path(__file__).parents[2]
PACKAGE = PROJECT / "generator" / "mujaz"
THEME = PROJECT / "theme_overrides"
WORDS = table_as_written("interface")
ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]{2}")
ANY = "*"
"""In a key that is put together: whatever stands in that place."""
BRACES = re.compile(r"\{(\w+)\}")
is_key = re.compile(r"[\w*]+(\.[\w*]+)+").fullmatch
SIGNS = "،؛؟…"
FORMS = ["zero", "one", "two", "few", "many", "other"]


def entries(words: Mapping[str, Any] = WORDS, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield each key with its words; counted nouns stand whole under theirs."""
    for name, inner in words.items():
        if not isinstance(inner, dict):
            yield before + name, str(inner)
        elif before == "counts.":
            yield before + name, " ".join(inner.values())
        else:
            yield from entries(inner, f"{before}{name}.")


ENTRIES = dict(entries())


def text_of(node: ast.AST) -> str | None:
    """Return a literal text, with `*` in place of what is put into it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or ANY for part in node.values)
    return None


@cache
def literals() -> list[tuple[str, int, str]]:
    """Return the literal texts of the package, with module and line; docstrings are none."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        explained = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        for node in ast.walk(tree):
            text = text_of(node)
            if text is not None and id(node) not in explained:
                found.append(
                    (path.relative_to(PACKAGE).as_posix(), getattr(node, "lineno", 0), text)
                )
    return found


@cache
def calls() -> list[tuple[str, str, str]]:
    """Return what is asked of a `Wording` by a literal: method, module and text."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
                place = {"text": 0, "counted": 1, "noun": 0}.get(name, len(node.args))
                text = text_of(node.args[place]) if place < len(node.args) else None
                if text:
                    found.append((name, path.relative_to(PACKAGE).as_posix(), text))
    return found


def theme_files() -> Iterator[tuple[str, str]]:
    for path in sorted(THEME.rglob("*")):
        if path.suffix in (".html", ".js", ".css", ".xml") and path != PARTIAL:
            yield path.relative_to(THEME).as_posix(), path.read_text("utf-8")


def matches(pattern: str, key: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(re.escape(ANY), ".+"), key) is not None


def test_pages_have_no_words_of_their_own() -> None:
    exempt = case_table("catalogue")["words_of_the_news"]
    composed = [
        f"{module}:{line}: {text}"
        for module, line, text in literals()
        if module.startswith("compose/") and ARABIC.search(text) and module not in exempt
    ]
    comment = re.compile(r"\{#.*?#\}|/\*.*?\*/|(?<![:\w])//[^\n]*", re.DOTALL)
    in_theme = [
        f"{name}: {line.strip()}"
        for name, text in theme_files()
        for line in comment.sub("", text).splitlines()
        if ARABIC.search(line) and name not in exempt
    ]
    assert composed + in_theme == []


def test_every_key_that_is_used_is_there() -> None:
    wanted = {
        ("counts." if method != "text" else "") + text
        for method, module, text in calls()
        if method != "text" or (module.startswith("compose/") and is_key(text))
    }
    wanted |= {f"theme.{key}" for _, text in theme_files() for key in _theme_keys(text)}
    assert sorted(w for w in wanted if not any(matches(w, key) for key in ENTRIES)) == []


def _theme_keys(text: str) -> list[str]:
    return re.findall(r"\bwords\.theme\.(\w+)", text)


def test_every_key_that_is_there_is_used() -> None:
    patterns = {text for _, _, text in literals() if "." in text and " " not in text}
    patterns |= {f"counts.{text}" for method, _, text in calls() if method != "text"}
    by_name = re.compile(r'table\("interface"\)\["(\w+)"\]\["(\w+)"\]')
    for path in (PACKAGE / "arabic").glob("*.py"):
        patterns |= {".".join(names) for names in by_name.findall(path.read_text("utf-8"))}
    patterns |= {f"theme.{key}" for _, text in theme_files() for key in _theme_keys(text)}
    search = dict(theme_files())["assets/search.js"]
    patterns |= {f"results.{key}" for key in re.findall(r"\bsaid\.(\w+)", search)}
    if "said[kind]" in search:
        patterns |= {"results.person", "results.place", "results.organisation"}
    sections = {key.partition(".")[0] for key in ENTRIES}
    named = {
        text
        for text in patterns
        for first, _, rest in [text.partition(".")]
        if first in sections or (first == ANY and ANY not in rest)
    }
    literal = {text for _, _, text in literals()}
    unused = [
        key
        for key in ENTRIES
        if not any(matches(pattern, key) for pattern in named)
        and not (key.startswith("counts.") and key.removeprefix("counts.") in literal)
    ]
    assert unused == []


@pytest.mark.parametrize("key", ENTRIES)
def test_words_are_written_as_in_print(key: str) -> None:
    words = ENTRIES[key]
    bare = BRACES.sub("\u0633", words)
    assert not re.search(r"[,;?]", bare), "Arabic signs: ، ؛ ؟"
    assert not re.search(rf"\s[{SIGNS}:]", bare.strip()), "no blank before a sign"
    assert not re.search(r"\s\s|^\s+\S|\S\s+$", words) or key == "names.between"
    assert "..." not in words
    assert "\u0640" not in words.replace("هـ", ""), "no tatweel"
    assert '"' not in words
    assert words.count("«") == words.count("»")
    assert not re.search("اليوم|أمس", words) or key in case_table("catalogue")["days_by_name"], (
        "no word that depends on the day it is read"
    )


def test_counted_nouns_have_the_six_forms_of_the_cldr() -> None:
    assert [name for name, forms in WORDS["counts"].items() if list(forms) != FORMS] == []
