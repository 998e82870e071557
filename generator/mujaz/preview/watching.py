"""Tells when a source of the site changed: the folders that matter, without what we make."""

from __future__ import annotations

import os
import queue
import time
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from watchdog.events import (
    EVENT_TYPE_CLOSED_NO_WRITE,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_OPENED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserverVFS

_QUIET_SECONDS = 0.08
"""How long nothing may happen before a change counts as whole."""
_LONGEST_SECONDS = 1.0
"""How long a change is waited for that does not come to rest."""


class Watched(NamedTuple):
    """A folder that is looked at."""

    folder: Path
    is_deep: bool
    """Whether with all below it."""


class Watcher:
    """Hands over the paths that changed, a batch at a time."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        # It warns of folders that come and go quickly, as those of the search index do.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module="watchdog")
        self._events = queue.SimpleQueue[str]()
        self._observer: BaseObserver = Observer()
        self._observer.start()
        self._watches: dict[Watched, ObservedWatch] = {}

    def watch(self, folders: Iterable[Watched]) -> None:
        """Look at these folders from now on, and at no others; those that are absent are not."""
        wanted = {each for each in folders if each.folder.is_dir()}
        for former in self._watches.keys() - wanted:
            with suppress(KeyError, OSError):
                self._observer.unschedule(self._watches.pop(former))
        for new in sorted(wanted - self._watches.keys()):
            try:
                self._watches[new] = self._schedule(new)
            except OSError as error:
                self._look_now_and_then(error)
                self._watches[new] = self._schedule(new)

    def wait(self) -> set[str]:
        """Wait for a change and until it comes to rest; return the paths that it touched."""
        paths = {self._events.get()}
        until = time.monotonic() + _LONGEST_SECONDS
        with suppress(queue.Empty):
            while (left := until - time.monotonic()) > 0:
                paths.add(self._events.get(timeout=min(_QUIET_SECONDS, left)))
        return paths

    def stop(self) -> None:
        """Look at nothing any more."""
        self._observer.stop()

    def _schedule(self, watched: Watched) -> ObservedWatch:
        handler = _Handler(self._events.put)
        return self._observer.schedule(handler, str(watched.folder), recursive=watched.is_deep)

    def _look_now_and_then(self, error: OSError) -> None:
        """Where the system does not tell of changes, or of no more folders, look for ourselves."""
        self._tell(f"the system does not tell of changes ({error}); looking each second instead")
        self._observer.stop()
        self._observer = PollingObserverVFS(
            os.lstat, os.scandir, polling_interval=1
        )  # follows no link
        self._observer.start()
        self._watches = {each: self._schedule(each) for each in self._watches}


class _Handler(FileSystemEventHandler):
    """Hands on the paths of events that change something."""

    def __init__(self, put: Callable[[str], None]) -> None:
        self._put = put

    def on_any_event(self, event: FileSystemEvent) -> None:
        is_of_reading = event.event_type in (EVENT_TYPE_OPENED, EVENT_TYPE_CLOSED_NO_WRITE)
        # That something in a folder changed is told of by itself.
        is_of_folder = event.is_directory and event.event_type == EVENT_TYPE_MODIFIED
        if not is_of_reading and not is_of_folder:
            for path in (event.src_path, event.dest_path):
                if path:
                    self._put(os.fsdecode(path))
