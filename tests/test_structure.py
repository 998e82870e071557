"""Holds the shape of the project: sizes, names, the schema, and that documents speak of real code.

`cases/structure.yml` lists what is exempt for now. The list only shrinks: an exemption that is not
needed any more fails as well, and `python -m tests.test_structure` takes those out. With `--anew`
it writes the whole list, for when modules moved.
"""

from __future__ import annotations

import ast
import re
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
import yaml
from mujaz.state.database import in_memory

from tests.support import case_table

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "generator" / "mujaz"
SCHEMA = PACKAGE / "state" / "schema.sql"
EXEMPTIONS = Path(__file__).parent / "cases" / "structure.yml"
DOCUMENTS = [
    *sorted((PROJECT / "docs").rglob("*.md")),
    *(PROJECT / name for name in ("CONTRIBUTING.md", "README.md", "SECURITY.md")),
]
MAX_MODULES_PER_FOLDER = 14
MODULE_LINES = range(40, 301)
MIN_PACKAGE_DOCSTRING_CHARACTERS = 40
SIZE_EXEMPT = ("__init__.py", "__main__.py", "errors.py")

Offences = Mapping[str, list[str]]
"""What breaks a rule, by where: a folder, a module, or a name."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def shown(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def crowded_folders() -> Offences:
    counts: dict[str, list[str]] = defaultdict(list)
    for path in modules():
        if path.name != "__init__.py":
            counts[shown(path.parent)].append(path.name)
    return {
        folder: [f"{len(names)} modules"]
        for folder, names in counts.items()
        if len(names) > MAX_MODULES_PER_FOLDER
    }


def odd_sizes() -> Offences:
    """Return modules that are shorter or longer than a thought takes; how much is no matter."""
    found: dict[str, list[str]] = {}
    for path in modules():
        if path.name in SIZE_EXEMPT or "training" in path.relative_to(PACKAGE).parts:
            continue
        lines = len(path.read_text("utf-8").splitlines())
        if lines not in MODULE_LINES:
            found[shown(path)] = ["too short" if lines < MODULE_LINES.start else "too long"]
    return found


def unexplained_packages() -> Offences:
    found: dict[str, list[str]] = {}
    for path in modules():
        if path.name == "__init__.py":
            text = ast.get_docstring(tree(path)) or ""
            if len(text) < MIN_PACKAGE_DOCSTRING_CHARACTERS or text.startswith("TODO"):
                found[shown(path)] = ["no docstring"]
    return found


def names_defined_twice() -> Offences:
    """Return public top-level classes and functions that several modules define."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in modules():
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
                places[node.name].append(shown(path))
    return {name: where for name, where in sorted(places.items()) if len(set(where)) > 1}


def assigned_names(module: ast.Module) -> Iterator[str]:
    """Yield the names of a module's classes, functions, parameters, variables and attributes."""
    for node in ast.walk(module):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield name


def vague_names() -> Offences:
    """Return the names in modules and in the schema for which the glossary has a better word."""
    forbidden = case_table("structure")["forbidden"]
    whole, parts = set(forbidden["whole"].split()), set(forbidden["parts"].split())
    constants = set(forbidden["constants"].split())
    names = {shown(path): set(assigned_names(tree(path))) for path in modules()}
    names[shown(SCHEMA)] = {*declared(), *(name for each in declared().values() for name in each)}

    def is_vague(name: str) -> bool:
        bare = name.strip("_")
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", bare).lower()
        return words in whole or bool(parts & set(words.split("_"))) or bare in constants

    return {
        where: vague for where, each in names.items() if (vague := sorted(filter(is_vague, each)))
    }


def columns() -> dict[str, list[str]]:
    """Return the columns of each table of a database that a run has opened."""
    base = in_memory()
    tables = base.execute(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
    )
    found = {
        table: [row[1] for row in base.execute(f"pragma table_info({table})")]
        for (table,) in tables.fetchall()
    }
    base.close()
    return found


def declared() -> dict[str, dict[str, str]]:
    """Return the comment behind each column in `schema.sql`, by table; empty if there is none."""
    found: dict[str, dict[str, str]] = {}
    text = SCHEMA.read_text("utf-8")
    for table, body in re.findall(r"^create table (\w+) \((.*?)^\)", text, re.M | re.S):
        found[table] = {}
        for line in body.splitlines():
            code, _, comment = line.partition("--")
            name = re.match(r"\s+(\w+)", code)
            if name and name[1] not in ("primary", "unique", "check", "foreign"):
                found[table][name[1]] = comment.strip()
    return found


def columns_without_comment() -> Offences:
    return {
        table: names
        for table, comments in declared().items()
        if (names := [name for name, comment in comments.items() if not comment])
    }


def table_makers() -> Offences:
    """Return modules that make tables; the memo and the manifest are databases of their own."""
    own_databases = (PACKAGE / "state" / "memo.py", PACKAGE / "publish" / "render")
    return {
        shown(path): ["create table"]
        for path in modules()
        if not any(path.is_relative_to(each) for each in own_databases)
        and re.search(r"create table", "".join(strings(path)), re.I)
    }


def strings(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        tokens = tokenize.tokenize(file.readline)
        yield from (each.string for each in tokens if each.type == tokenize.STRING)


RULES = {
    check.__name__: check
    for check in (
        crowded_folders,
        odd_sizes,
        unexplained_packages,
        names_defined_twice,
        vague_names,
        columns_without_comment,
        table_makers,
    )
}


@pytest.mark.parametrize("rule", RULES)
def test_rule_holds_but_for_listed_exemptions(rule: str) -> None:
    found, exempt = RULES[rule](), case_table("structure")["exempt"].get(rule) or {}
    new = {
        where: more
        for where, what in found.items()
        if (more := sorted(set(what) - set(exempt.get(where, ()))))
    }
    assert not new, f"{rule}: mend these, please"
    needless = {
        where: less
        for where, what in exempt.items()
        if (less := sorted(set(what) - set(found.get(where, ()))))
    }
    assert not needless, "not needed any more: run `python -m tests.test_structure`"


def test_schema_declares_exactly_the_tables_of_a_database() -> None:
    assert {table: list(names) for table, names in declared().items()} == columns()


# Documents.


@cache
def known_names() -> frozenset[str]:
    """Return what documents may name: names in the code, tables, columns, and data tables."""
    found = {name for path in modules() for name in assigned_names(tree(path))}
    for table, names in columns().items():
        found |= {table, *names}
    return frozenset(found)


@cache
def members() -> Mapping[str, frozenset[str]]:
    """Return the names in the bodies of all classes and in all tables, by the class or table."""
    found = {table: frozenset(names) for table, names in columns().items()}
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                names = frozenset(assigned_names(ast.Module([*node.body], [])))
                found[node.name] = found.get(node.name, frozenset()) | names
    return found


def is_real(quoted: str) -> bool:
    """Whether something quoted in a document exists: a path, a name, or `Class.name`."""
    quoted = quoted.removesuffix("()")
    roots = (PACKAGE, PROJECT, PROJECT / "generator", PROJECT / "docs")
    if any((root / quoted).exists() for root in roots):
        return True
    if not re.fullmatch(r"\w+(?:\.\w+)?", quoted):
        return False
    owner, _, name = quoted.partition(".")
    return name in members().get(owner, ()) if name else owner in known_names()


def misplaced(text: str) -> list[str]:
    """Return what a document says to be in a file, as `name` in `file`, and is not."""
    return [
        name
        for name, file in re.findall(r"`(\w+)` in `([\w/]+\.py)`", text)
        if not (PACKAGE / file).exists() or name not in assigned_names(tree(PACKAGE / file))
    ]


def rows_of(document: Path) -> Iterator[list[str]]:
    """Yield the rows of a document's tables, without their heads."""
    is_head = True
    for line in document.read_text("utf-8").splitlines():
        if not line.startswith("|"):
            is_head = True
        elif set(line) <= set("|-: "):
            is_head = False
        elif not is_head:
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def quoted_in(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", text)


def test_glossary_names_code_that_exists() -> None:
    rows = [row for row in rows_of(PROJECT / "docs" / "glossary.md") if len(row) == 3]
    assert len(rows) > 60
    missing = {
        row[0]: bad for row in rows if (bad := [q for q in quoted_in(row[2]) if not is_real(q)])
    }
    assert not missing
    assert not [row[0] for row in rows if not quoted_in(row[2])]


def test_glossary_is_in_order() -> None:
    terms: list[list[str]] = [[]]
    for line in (PROJECT / "docs" / "glossary.md").read_text("utf-8").splitlines():
        if line.startswith("## "):
            terms.append([])
        elif line.startswith("| ") and not line.startswith(("| term |", "| not |")):
            terms[-1].append(line.strip("| ").split(" | ")[0].lower())
    assert all(each == sorted(each) for each in terms)


def test_architecture_names_every_table() -> None:
    text = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
    mapped = text.partition("## The state")[2].partition("\n## ")[0]
    assert [table for table in columns() if f"`{table}`" not in mapped] == []


def test_architecture_names_tables_and_code_that_exist() -> None:
    text = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
    names = {q for q in quoted_in(text) if re.fullmatch(r"\w*[_A-Z]\w*(?:\.\w+)*(?:\(\))?", q)}
    assert not {name for name in names if not is_real(name)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_documents_name_paths_that_exist(document: Path) -> None:
    text = document.read_text("utf-8")
    paths = {
        each
        for each in quoted_in(text)
        if re.fullmatch(r"[\w./-]+\.(?:py|yml|sql|bin|md|toml)|(?:[a-z_]+/)+[a-z_]*", each)
    }
    gone = {each for each in paths if not is_real(each) and not is_example(each)}
    assert not misplaced(text)
    links = set(re.findall(r"\]\((?!http|#)([^)#]+)", text))
    assert not gone
    assert not {each for each in links if not (document.parent / each).exists()}


def is_example(path: str) -> bool:
    """Whether a path is of a reader's own site, or of the site that is made."""
    folders = ("seeds/", "editorial/", "site/", "site_src/", "theme/", "articles/")
    return path.startswith((*folders, "name.", "خبر."))


def test_notice_names_files_that_exist() -> None:
    text = (PROJECT / "NOTICE").read_text("utf-8")
    files = re.findall(r"generator/[\w/.]+\w", text)
    folder = PACKAGE / "data"
    files += [
        f"generator/mujaz/data/{name}"
        for name in re.findall(r"\b[a-z_]+\.(?:bin|tsv|yml|json|zip|crfsuite)\b", text)
    ]
    assert len(files) > 10
    assert folder.is_dir()
    assert not {name for name in files if not (PROJECT / name).exists()}


def rewrite_exemptions(anew: bool) -> None:
    """Take out what is not needed any more; `anew`, put in all there is: after modules moved."""
    head = EXEMPTIONS.read_text("utf-8").partition("exempt:")[0]
    exempt: dict[str, dict[str, list[str]]] = {}
    for rule, check in RULES.items():
        before = case_table("structure")["exempt"].get(rule) or {}
        left = {
            where: sorted(what if anew else set(what) & set(before.get(where, ())))
            for where, what in check().items()
        }
        exempt[rule] = {where: what for where, what in left.items() if what}
    lists = yaml.safe_dump({"exempt": exempt}, width=96, default_flow_style=None)
    EXEMPTIONS.write_text(head + lists, "utf-8")


if __name__ == "__main__":
    rewrite_exemptions(anew="--anew" in sys.argv)
