"""The state that one run works on, and what of it the run may take for true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple, TypeVar

from mujaz.config import Config
from mujaz.state.database import Database, database_file, in_memory, open_database
from mujaz.state.fingerprint import derivation_fingerprint
from mujaz.state.good_documents import clear_derived, rescue_documents, store_documents
from mujaz.state.last_run import Inspection, refused_files
from mujaz.state.memo import Remember, RememberNothing, open_memo
from mujaz.state.sealed import run_or_begin_anew
from mujaz.state.snapshot import take_snapshot

T = TypeVar("T")


class RunState(NamedTuple):
    """An open transaction, and what changed since the state in it was left."""

    database: Database
    memo: Remember
    input_paths: list[str]
    """Paths of the files below the folder of raw articles."""
    changed_inputs: set[str] | None
    """Paths below the folder of raw articles that changed since the last run; None stands for all
    of them, as the database has nothing that was understood by this code under these settings."""
    changed_pages: set[str] | None
    """Paths below the folder of pages that somebody changed since the last run; None stands for all
    of them, as this code under these settings has composed none."""


def run_in_transaction(
    config: Config, inspection: Inspection, run: Callable[[RunState], T], *, keep: bool = True
) -> T:
    """Return what a run returns; from a state that turns out to be damaged it begins anew, once.

    Unless the state is to be kept, nothing is written. Raises `StateError` if it cannot be used.
    """

    def attempt(anew: bool) -> T:
        with _open_state(config, inspection, keep, anew) as state:
            return run(state)

    return run_or_begin_anew(database_file(config.cache), attempt)


@contextmanager
def state_from_nothing(config: Config) -> Iterator[RunState]:
    """Give a state in memory for all inputs that are there now, and last good versions alone."""
    with closing(in_memory()) as base:
        store_documents(base, rescue_documents(database_file(config.cache)))
        paths = take_snapshot(config.seeds).paths
        yield RunState(Database(base), RememberNothing(), paths, None, None)


@contextmanager
def _open_state(
    config: Config, inspection: Inspection, keep: bool, anew: bool
) -> Iterator[RunState]:
    """Give the state that the last run left, for one that begins from `inspection`."""
    inputs, pages, last, fingerprints = inspection
    cache = config.cache if keep else None
    with (
        open_memo(config.cache, derivation_fingerprint(cache), keep=keep) as memo,
        open_database(config.cache, keep=keep, anew=anew) as database,
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
            inputs.changed_since(last.inputs) | refused_files(last)
            if last and is_of_last_run
            else None,
            pages.changed_since(last.pages) if last and are_pages_of_last_run else None,
        )
