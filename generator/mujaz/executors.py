"""Opens executors for the work that can be shared: processes on this machine, or a cluster."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mujaz.errors import ConfigError
from mujaz.progress import OpenExecutor, in_this_process

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

PROCESSES, NONE, CLUSTER = "processes", "none", "dask://"
_MIN_ARTICLES_FOR_PROCESSES = 400
"""Articles from which other processes, which load the models each for itself, save time."""
_CLUSTER_TIMEOUT_SECONDS = 10
_CLUSTER_ADDRESS = re.compile(rf"{CLUSTER}(?:[\w.-]+|\[[0-9A-Fa-f:.]+\]):[0-9]{{1,5}}")


def executor_opener(where: str = PROCESSES) -> OpenExecutor:
    """Return a function that opens an executor for a number of new articles.

    `where` is `processes`, a pool of them if there are articles enough; `none`; or
    `dask://host:port`, the scheduler of a cluster of dask.distributed. Raises `ConfigError` for
    anything else.
    """
    if where == NONE:
        return in_this_process
    if where == PROCESSES:
        cores = os.cpu_count() or 1
        return lambda count: (
            _pool(cores)
            if cores > 1 and count >= _MIN_ARTICLES_FOR_PROCESSES
            else in_this_process(count)
        )
    if _CLUSTER_ADDRESS.fullmatch(where):
        return lambda count: (
            _cluster(where.removeprefix(CLUSTER)) if count else in_this_process(count)
        )
    raise ConfigError(f"{where!r} is no executor; name {PROCESSES}, {NONE}, or {CLUSTER}host:port")


@contextmanager
def _pool(cores: int) -> Iterator[Executor | None]:
    # Imported only here: most runs have no work to share out.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    class Pool(ProcessPoolExecutor):
        """A pool whose processes leave it to this one to answer Ctrl-C."""

        def submit(self, *arguments: Any, **named: Any) -> Future[Any]:
            # A process that is started here inherits what is blocked.
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                return super().submit(*arguments, **named)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)

    # What is left for multiprocessing to clean up when this process is ended, it also complains of.
    os.environ.setdefault("PYTHONWARNINGS", "ignore:resource_tracker")
    # Spawned and not forked: a fork in a process with threads, such as a preview, may hang.
    with Pool(cores, get_context("spawn"), initializer=_end_with_parent) as pool:
        yield pool


def _end_with_parent() -> None:
    """End this process when the one that started it does, even if that is killed."""
    import threading
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()

    def watch() -> None:
        if parent:
            wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


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
        client = Client(f"tcp://{address}", timeout=_CLUSTER_TIMEOUT_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"{CLUSTER}{address}: nobody answers there ({error}); start `dask scheduler`, "
            "and workers that have this version of Mujaz"
        ) from None
    with client:
        yield client.get_executor()  # type: ignore[no-untyped-call]
