"""Damages the state of a small site at random, builds, and counts what goes wrong.

`python -m tests.ordeal.damages COUNT [SEED]` prints the figures; all but `damages` should be 0.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from tests.ordeal.small_site import (
    VARIANTS,
    build,
    cache_files,
    differences,
    edit,
    expected,
    make_site,
    random_bytes,
)

VALUES: Sequence[str] = (
    *("null", "''", "'{'", "'[]'", "'{}'", "'null'", "'\"x\"'", "0", "-1", "2.5", "x''", "x'00'"),
    *("cast(x'ff' as text)", "cast(x'eda080' as text)", "'2025-07-12'", "'حلب'", "x'ffffffffffff'"),
)
"""What is put in the place of values, as SQL."""

Damage = Callable[[random.Random, Path, ExitStack], object]
"""Damages one file of the cache folder; what the stack holds ends after the next build."""


def run(count: int, seed: int, folder: Path) -> dict[str, int]:
    """Damage a site below `folder` so many times; return how often what went wrong.

    After each damage the site is built twice, mostly after an edit. `wrong_bytes` are builds after
    which pages or site are not those of a build from nothing, `wedges` those that the next build
    does not mend, `unclear` those that end without their work and without one line.
    """
    rng = random.Random(seed)
    rights = expected(folder)
    site = make_site(folder / "site")
    build(site)
    figures = Counter(damages=0, tracebacks=0, wedges=0, wrong_bytes=0, unclear=0)
    variant = 0
    for number in range(count):
        with ExitStack() as held:
            names = []
            for _ in range(rng.choice((1, 1, 1, 2, 3))):
                name, damage = rng.choice(DAMAGES)
                with suppress(OSError, sqlite3.Error):  # there may be nothing to damage any more
                    path = rng.choice(cache_files(site))
                    names.append(f"{name} {path.name}")
                    damage(rng, path, held)
            if rng.random() < 0.7:
                variant = rng.randrange(VARIANTS)
                edit(site, variant)
            first = build(site, "--wait", "0")
        figures["damages"] += 1
        wrong = differences(site, rights[variant]) if first.code == 0 else []
        if rng.random() < 0.7:
            variant = rng.randrange(VARIANTS)
            edit(site, variant)
        second = build(site, "--wait", "0")
        wedged = second.code != 0
        wrong += differences(site, rights[variant]) if not wedged else []
        figures["tracebacks"] += first.has_traceback or second.has_traceback
        figures["unclear"] += not first.is_fine_or_one_line
        figures["wedges"] += wedged
        figures["wrong_bytes"] += bool(wrong)
        if wrong or wedged or not first.is_fine_or_one_line:
            print(f"{number}: {names}: {first} {second} {wrong[:5]}", file=sys.stderr)
            shutil.rmtree(site)
            build(make_site(site, variant))
    return dict(figures)


# Files.


def _flip_bits(rng: random.Random, path: Path, held: ExitStack) -> None:
    """Flip bits, and set the time of modification back, as if nobody had been there."""
    status, data = path.stat(), bytearray(path.read_bytes())
    for _ in range(rng.choice((1, 1, 2, 20))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _truncate(rng: random.Random, path: Path, held: ExitStack) -> None:
    os.truncate(path, rng.randrange(path.stat().st_size + 1))


def _overwrite(rng: random.Random, path: Path, held: ExitStack) -> None:
    with path.open("r+b") as file:
        file.seek(rng.randrange(path.stat().st_size + 1))
        file.write(random_bytes(rng, 9000))


def _replace(rng: random.Random, path: Path, held: ExitStack) -> None:
    path.write_bytes(random_bytes(rng, 9000))


def _remove(rng: random.Random, path: Path, held: ExitStack) -> None:
    path.unlink()


def _make_folder(rng: random.Random, path: Path, held: ExitStack) -> None:
    path.unlink()
    (path / "inner").mkdir(parents=True)


def _swap(rng: random.Random, path: Path, held: ExitStack) -> None:
    other = rng.choice(cache_files(path.parents[1]))
    between = path.with_name("between")
    path.rename(between)
    if other.exists():
        other.rename(path)
    between.rename(other)


def _link(rng: random.Random, path: Path, held: ExitStack) -> None:
    path.symlink_to(path.rename(path.with_name("elsewhere")))


def _add(rng: random.Random, path: Path, held: ExitStack) -> None:
    """Add a file that SQLite would take for its own, or that a killed run may have left."""
    suffix = rng.choice(("-journal", "-wal", "-shm"))
    names = (f"{path.name}{suffix}", f".mujaz-{rng.randrange(10**8):08}.part")
    (path.with_name(rng.choice(names))).write_bytes(random_bytes(rng, 9000))


def _replace_cache(rng: random.Random, path: Path, held: ExitStack) -> None:
    """Put a file in the place of the folder until the next build has ended."""
    shutil.rmtree(path.parent)
    path.parent.write_bytes(random_bytes(rng, 100))
    held.callback(path.parent.unlink)


def _write_protect(rng: random.Random, path: Path, held: ExitStack) -> None:
    path.chmod(0o444)


# Databases.


def _execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        for statement in statements:
            base.execute(statement)


def _tables(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as base:
        query = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
        return sorted(name for (name,) in base.execute(query))


def _columns(path: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(path)) as base:
        return [row[1] for row in base.execute(f"pragma table_info({table})")]


def _database(rng: random.Random, path: Path) -> tuple[Path, str]:
    """Return a database and one of its tables."""
    path = rng.choice([each for each in cache_files(path.parents[1]) if each.suffix == ".sqlite"])
    return path, rng.choice(_tables(path))


def _drop_table(rng: random.Random, path: Path, held: ExitStack) -> None:
    path, table = _database(rng, path)
    _execute(path, f"drop table {table}")


def _rename_column(rng: random.Random, path: Path, held: ExitStack) -> None:
    path, table = _database(rng, path)
    _execute(path, f"alter table {table} rename {rng.choice(_columns(path, table))} to other")


def _change_value(rng: random.Random, path: Path, held: ExitStack) -> None:
    path, table = _database(rng, path)
    column, value = rng.choice(_columns(path, table)), rng.choice(VALUES)
    key = _columns(path, table)[0]
    some = f"(select {key} from {table} limit 1 offset {rng.randrange(30)})"
    rows = rng.choice(("", f" where {key} = {some}", f" where {key} = {some}"))
    _execute(path, f"update or ignore {table} set {column} = {value}{rows}")


def _delete_rows(rng: random.Random, path: Path, held: ExitStack) -> None:
    path, table = _database(rng, path)
    _execute(path, f"delete from {table}")


def _change_version(rng: random.Random, path: Path, held: ExitStack) -> None:
    path, _ = _database(rng, path)
    _execute(path, f"pragma user_version = {rng.randrange(5)}")


def _lock(rng: random.Random, path: Path, held: ExitStack) -> None:
    """Let another program have a database until the next build has ended."""
    path, _ = _database(rng, path)
    base = held.enter_context(closing(sqlite3.connect(path, isolation_level=None)))
    base.execute("begin exclusive")


_OFTEN: dict[str, Damage] = {
    "flipped bits of": _flip_bits,
    "shortened": _truncate,
    "wrote into": _overwrite,
    "another text for": _replace,
    "removed": _remove,
    "a folder for": _make_folder,
    "swapped": _swap,
    "a link for": _link,
    "a file beside": _add,
    "write-protected": _write_protect,
    "a table, not": _drop_table,
    "a column, not": _rename_column,
    "a value, not": _change_value,
    "rows, not": _delete_rows,
    "a version, not": _change_version,
}
_SELDOM: dict[str, Damage] = {"a file for the folder of": _replace_cache, "locked, not": _lock}
DAMAGES: Sequence[tuple[str, Damage]] = [*_OFTEN.items()] * 4 + [*_SELDOM.items()]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
        print(run(int(sys.argv[1]), seed, Path(scratch)))
