"""The state that one run works on, and what of it the run may take for true."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

from mujaz.config import Config
from mujaz.state.database import Database, open_database, remove_database
from mujaz.state.fingerprint import derivation_fingerprint
from mujaz.state.good_documents import clear_derived
from mujaz.state.last_run import Inspection
from mujaz.state.memo import Memo, open_memo

T = TypeVar("T")


class RunState(NamedTuple):
    """An open transaction, and what changed since the state in it was left."""

    database: Database
    memo: Memo
    input_paths: list[str]
    """Paths of the files below the folder of raw articles."""
    changed_inputs: set[str] | None
    """Paths below the folder of raw articles that changed since the last run; None stands for all
    of them, as the database has nothing that was understood by this code under these settings."""
    changed_pages: set[str] | None
    """Paths below the folder of pages that somebody changed since the last run; None stands for all
    of them, as this code under these settings has composed none."""


def run_in_transaction(config: Config, inspection: Inspection, run: Callable[[RunState], T]) -> T:
    """Return what a run returns; a database that turns out to be damaged is begun anew, once."""
    try:
        with open_state(config, inspection) as state:
            return run(state)
    except sqlite3.OperationalError:
        raise  # the disk is full, or the like
    except sqlite3.DatabaseError:
        remove_database(config.cache)
        with open_state(config, inspection) as state:
            return run(state)


@contextmanager
def open_state(config: Config, inspection: Inspection, *, keep: bool = True) -> Iterator[RunState]:
    """Give the state that the last run left, for one that begins from `inspection`.

    Unless it is to be kept, what is done to it is taken back.
    """
    inputs, pages, last, fingerprints = inspection
    with (
        open_memo(config.cache, derivation_fingerprint(config.cache), keep=keep) as memo,
        open_database(config.cache, keep=keep) as database,
    ):
        is_of_last_run = last is not None and last.token == database.value("token")
        if database.value("understanding") != fingerprints.understanding:
            clear_derived(database.base)
            memo.expect_all()
            database.note("understanding", fingerprints.understanding)
            is_of_last_run = False
        are_pages_of_last_run = is_of_last_run and database.value("pages") == fingerprints.pages
        database.note("pages", fingerprints.pages)
        database.note("token", inputs.fingerprint())
        yield RunState(
            database,
            memo,
            inputs.paths,
            inputs.changed_since(last.inputs) if last and is_of_last_run else None,
            pages.changed_since(last.pages) if last and are_pages_of_last_run else None,
        )
