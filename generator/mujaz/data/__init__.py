"""Tables as data files: YAML where an editor may want to read or correct them, else TSV.

To read them takes longer than to read an article, and so does what is made of them, such as the
comparison keys of all places. So `tables.bin` has it ready (see `lookup`): the content of each YAML
table, and what functions marked as `compiled` make of tables. It only remembers: with it lie the
checksums of the tables it was made of, and what was made of another table than is there is made
again. `python -m mujaz.training.tables` writes the file.

What is trained by `training`, and nobody reads, lies as it is used: see NOTICE for where
it comes from.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from mujaz.data.lookup import Lookup, opened

HERE = Path(__file__).parent
_Make = Callable[[], Mapping[str, str]]
makers: dict[str, tuple[tuple[str, ...], _Make]] = {}
"""What is compiled: by name the files it is made of, and what makes it."""


@cache
def table(name: str) -> Any:
    """Return the YAML table `name`, for example `markers` for `data/markers.yml`."""
    ready = _compiled(f"{name}.yml")
    text = ready.get(f"yaml {name}") if ready is not None else None
    return json.loads(text, object_pairs_hook=_mapping) if text else table_as_written(name)


def table_as_written(name: str) -> Any:
    """Return the same by parsing what editors read."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((HERE / f"{name}.yml").read_bytes(), loader)


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the TSV table `name` as mappings from column to text."""
    lines = (HERE / f"{name}.tsv").read_text("utf-8").splitlines()
    columns, *lines_of_rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return tuple(dict(zip(columns, line, strict=True)) for line in lines_of_rows)


def compiled(*files: str) -> Callable[[_Make], _Make]:
    """Mark a function as one that depends on nothing but `files`: it is seldom called.

    What it returns is cached, and may be a mapping in a file.
    """

    def mark(make: _Make) -> _Make:
        name = make.__name__
        makers[name] = files, make

        @cache
        def ready() -> Mapping[str, str]:
            compiled_tables = _compiled(*files)
            return make() if compiled_tables is None else compiled_tables.part(f"{name} ")

        ready.__doc__ = make.__doc__
        return ready

    return mark


def content(name: str) -> bytes:
    """Return the bytes of the data file `name`."""
    return (HERE / name).read_bytes()


def checksum(name: str) -> str:
    """Return the checksum and the length of a file that tables are made of."""
    data = content(name)
    return f"{crc32(data):08x} {len(data)}"


@cache
def trained(name: str) -> Lookup:
    """Return a trained table, such as `words` for `data/words.bin`."""
    return opened(HERE / f"{name}.bin")


def _compiled(*files: str) -> Lookup | None:
    """Return what is compiled, if it is of these files as they are."""
    return trained("tables") if all(map(_is_as_compiled, files)) else None


@cache
def _is_as_compiled(file: str) -> bool:
    try:
        return trained("tables").get(f"file {file}") == checksum(file)
    except OSError:  # not compiled yet
        return False


def _mapping(pairs: list[tuple[str, Any]]) -> dict[Any, Any]:
    """Return a mapping of a table, whose names may be numbers, as JSON's may not."""
    return {int(name) if _is_number(name) else name: it for name, it in pairs}


def _is_number(name: str) -> bool:
    """Whether a name is a number, as zones west of Greenwich have negative ones."""
    return name.isascii() and name.removeprefix("-").isdigit()
