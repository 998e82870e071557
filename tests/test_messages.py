"""Every sentence that the program says to people has its Arabic in `data/arabic_messages.yml`."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import mujaz
import pytest
from hypothesis import given
from mujaz.arabic.messages import catalogue, in_arabic, skeleton
from mujaz.data import table

from tests.support import ANY_TEXT, case_table, cases

PACKAGE = Path(mujaz.__file__).parent
WORDS = re.compile(r"(?<![\w<.:/-])[a-z]+,? [a-z]+(?![\w/])", re.I)
"""Two words in a row: what has none is no sentence."""
SQL = re.compile(r"\s*(?:select|insert|delete|update|create|pragma|drop|union)\b")
MARKUP = re.compile(r"^:root|</?\w|=\s?\?|::?-|[{}]{}")
SPEAKERS = re.compile(r"Problem|Held|\w*Error|_?say\w*|note|show|close_with|echo|_?fault\w*")
"""Names of what takes a sentence: errors, problems, and what prints."""
SENTENCES = re.compile(
    r"(?:\w*_)?(?:reason|hint|fault|message|step|doubt|note|explanation|relation|moved|parts)s?",
    re.I,
)
"""Names of variables, parameters and functions that hold sentences, or make them."""


def skeleton_of(node: ast.AST) -> str | None:
    """Return the text of a string, with `{}` for what is put into it; None if it is no string."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            parts = (each.value if isinstance(each, ast.Constant) else "{}" for each in values)
            return "".join(map(str, parts))
    return None


def strings_below(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the strings in a piece of code, with their lines; not the parts of formatted ones."""
    text = skeleton_of(node)
    if text is not None:
        yield getattr(node, "lineno", 0), text
    children = ast.iter_child_nodes(node)
    if isinstance(node, ast.JoinedStr):
        children = (each for each in node.values if isinstance(each, ast.FormattedValue))
    for child in children:
        yield from strings_below(child)


def name_of(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def spoken(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the strings of a module that people read, with their lines."""
    for node in ast.walk(module):
        parts: list[ast.AST] = []
        match node:
            case ast.Call(func=func, args=arguments, keywords=keywords):
                if SPEAKERS.fullmatch(name_of(func)):
                    parts += arguments
                parts += [each.value for each in keywords if each.arg in ("reason", "hint", "help")]
                if name_of(func) == "append" and isinstance(func, ast.Attribute):
                    parts += arguments if SENTENCES.fullmatch(name_of(func.value)) else []
            case ast.Assign(targets=targets, value=value):
                names = [name for each in targets for name in map(name_of, ast.walk(each))]
                parts += [value] if any(map(SENTENCES.fullmatch, names)) else []
            case ast.AnnAssign(target=target, value=ast.AST() as value):
                parts += [value] if SENTENCES.fullmatch(name_of(target)) else []
            case ast.AugAssign(target=target, value=value):
                parts += [value] if SENTENCES.fullmatch(name_of(target)) else []
            case ast.Return(value=ast.AST() as value) | ast.Yield(value=ast.AST() as value):
                parts.append(value)
            case ast.FunctionDef(name=name, body=body):
                if is_command(node):
                    text = ast.get_docstring(node) or ""
                    for paragraph in text.split("\n\n"):
                        yield node.lineno, " ".join(paragraph.split())
                elif SENTENCES.fullmatch(name):
                    parts += body[bool(ast.get_docstring(node)) :]
        for part in parts:
            yield from strings_below(part)


def is_command(function: ast.FunctionDef) -> bool:
    decorators = [
        each.func if isinstance(each, ast.Call) else each for each in function.decorator_list
    ]
    return any(name_of(each) in ("command", "group") for each in decorators)


@cache
def modules() -> dict[str, ast.Module]:
    passed_over = tuple(case_table("messages")["modules"])
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith(passed_over):
            found[name] = ast.parse(path.read_text("utf-8"))
    return found


def is_sentence(text: str) -> bool:
    if SQL.match(text) or MARKUP.search(text):
        return False
    bare = re.sub(r"`[^`]*`|'[^']*'", " ", text.replace("{}", "\0"))
    return bool(WORDS.search(bare))


def test_every_sentence_has_its_arabic() -> None:
    known = {skeleton(english).strip() for english in catalogue()} | {
        *case_table("messages")["texts"]
    }
    missing = [
        f"{name}, line {line}: {text.strip()}"
        for name, module in modules().items()
        for line, text in sorted({*spoken(module)})
        if is_sentence(text) and text.strip() not in known and text not in known
    ]
    assert not missing, (
        "add the Arabic of these sentences to generator/mujaz/data/arabic_messages.yml, with a "
        "name in each place ({}); or, if nobody reads them, to tests/cases/messages.yml:\n"
        + "\n".join(missing)
    )


def test_every_explanation_and_example_has_its_arabic() -> None:
    explanations = table("explanations")
    texts = [*explanations["rules"].values(), *explanations["missing"].values()]
    texts += [row["says"] for rows in table("examples").values() for row in rows]
    missing = [text for text in texts if text not in catalogue()]
    assert missing == [], "add their Arabic to data/arabic_messages.yml"


def test_every_sentence_has_one_arabic() -> None:
    text = (PACKAGE / "data" / "arabic_messages.yml").read_text("utf-8")
    written = re.findall("^    (['\"].+?['\"]): ['\"]?", text.partition("\nsentences:")[2], re.M)
    twice = [each for each, count in Counter(written).items() if count > 1]
    assert twice == []
    assert len(written) == len(catalogue()), "a group of sentences stands there twice"


def test_every_pattern_is_one_that_is_said() -> None:
    """What click says is not ours, and is taken from its documentation."""
    said = "\0".join(
        [
            *(text for module in modules().values() for _, text in strings_below(module)),
            *(path.read_text("utf-8") for path in PACKAGE.glob("data/ex*.yml")),
        ]
    )
    said = " ".join(said.split())
    stale = [
        english
        for group, sentences in table("arabic_messages")["sentences"].items()
        for english in sentences
        if group not in ("click", "composed")
        and not all(" ".join(part.split()) in said for part in skeleton(english).split("{}"))
    ]
    assert stale == [], "nobody says these: remove them, or mend them"


@pytest.mark.parametrize("english", sorted(catalogue()))
def test_arabic_is_made_of_the_same_values(english: str) -> None:
    arabic = catalogue()[english]
    places: dict[str, str] = {}
    nouns: dict[str, str] = {}
    for text, found in ((english, places), (arabic, nouns)):
        found.update(re.findall(r"\{(\w+)(?::(\w+))?\}", text))
    assert nouns.keys() <= places.keys()
    assert {noun for noun in nouns.values() if noun} <= {*table("arabic_messages")["nouns"]}
    assert re.search("[\u0621-\u064a]|:\\w+}|\u200f", arabic)
    assert not re.search("[;,?]", re.sub(r"`[^`]*`|\([^)]*\)|[0-9],[0-9]", "", arabic))


@pytest.mark.parametrize("case", cases("messages", "lines"))
def test_lines(case: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TERM", raising=False)
    isolated = case["ar"].replace("<", "\u2068").replace(">", "\u2069")
    assert in_arabic(case["en"]) == isolated


@given(ANY_TEXT)
def test_nothing_is_lost(text: str) -> None:
    line = " ".join(f"{text}: is empty; {text}".split())
    for word in "".join(each if each.isalnum() else " " for each in text).split():
        assert word in in_arabic(line) or word in line
    in_arabic(text)


def test_hostile_names_take_no_time() -> None:
    for text in ("; : , " * 200, "a: b; " * 300, "`" * 1500, "is {}; " * 250):
        in_arabic(f"{text}: is empty")


def test_a_poor_terminal_gets_no_isolates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    assert in_arabic("other.txt: is empty") == "other.txt: فارغ"
    in_arabic.cache_clear()


@pytest.mark.parametrize("locale", [{"LANG": "ar_SY.UTF-8"}, {"LC_ALL": "ar"}])
def test_program_speaks_arabic_by_the_locale(locale: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").touch()
    command = [sys.executable, "-m", "mujaz", "check", "--seeds", "seeds"]
    environment = {name: value for name, value in os.environ.items() if name[:2] != "LC"}
    environment |= {"PYTHONUTF8": "1", "TERM": "xterm", **locale}
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        "مردود     \u2068a.txt\u2069: فارغ؛ ضع فيه نص المقال، أو احذفه\n"
        "مُدخَل واحد: نُشر 0، ولا مكرّر، وحُجز 0، ورُدّ 1\n"
    )
