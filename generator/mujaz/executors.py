"""Opens what does the work that can be shared: this process, more of them, or a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from mujaz.errors import ConfigError

if TYPE_CHECKING:
    from concurrent.futures import Executor

PROCESSES, NONE, CLUSTER = "processes", "none", "dask://"
_WORTH = 400
"""Articles from which other processes, which load the models each for itself, save time."""
_WAIT = 10
"""Seconds until a cluster must have answered."""


def workers(where: str = PROCESSES) -> Callable[[int], AbstractContextManager[Executor | None]]:
    """Return what opens an executor for a number of articles.

    `where` is `processes`, a pool of them if there are articles enough; `none`; or
    `dask://host:port`, the scheduler of a cluster of dask.distributed. Raises `ConfigError` for
    anything else.
    """
    if where == NONE:
        return lambda count: _nobody()
    if where == PROCESSES:
        cores = os.cpu_count() or 1
        return lambda count: _pool(cores) if cores > 1 and count >= _WORTH else _nobody()
    if where.startswith(CLUSTER):
        return lambda count: _cluster(where.removeprefix(CLUSTER)) if count else _nobody()
    raise ConfigError(f"{where!r} is no executor; name {PROCESSES}, {NONE}, or {CLUSTER}host:port")


@contextmanager
def _nobody() -> Iterator[Executor | None]:
    yield None


@contextmanager
def _pool(cores: int) -> Iterator[Executor | None]:
    # Imported only here: most runs have no work to share out.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned and not forked: a fork in a process with threads, such as a preview, may hang.
    with ProcessPoolExecutor(cores, get_context("spawn")) as pool:
        yield pool


@contextmanager
def _cluster(address: str) -> Iterator[Executor | None]:
    try:
        from distributed import Client
    except ImportError:
        raise ConfigError(
            f"{CLUSTER}{address}: dask.distributed is not installed; "
            "install it with: pip install 'mujaz[cluster]'"
        ) from None
    try:
        client = Client(f"tcp://{address}", timeout=_WAIT)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"{CLUSTER}{address}: nobody answers there ({error}); start `dask scheduler`, "
            "and workers that have this version of Mujaz"
        ) from None
    with client:
        yield client.get_executor()  # type: ignore[no-untyped-call]
