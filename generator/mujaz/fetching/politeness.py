"""Manners: robots.txt, one request a host at a time, a pause between two, and no asking in vain."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from protego import Protego

from mujaz.fetching.faults import FetchError

PROGRAM = "Mujaz"
"""What robots.txt calls this program."""
MAX_CRAWL_DELAY_SECONDS = 120.0
MAX_ROBOTS_BYTES = 512 * 1024
ROBOTS_SECONDS, FAILED_ROBOTS_SECONDS = 24 * 3600.0, 3600.0
"""For how long a robots.txt stands, and the lack of an answer."""
_FORBID_ALL = "User-agent: *\nDisallow: /\n"


class Clockwork(NamedTuple):
    """Time, as tests may have it pass."""

    now: Callable[[], float] = time.time
    """Seconds since 1970."""
    sleep: Callable[[float], None] = time.sleep


class Robots:
    """What a site's robots.txt allows."""

    def __init__(self, text: str, *, is_answered: bool = True) -> None:
        """Take the file's text; without an answer, nothing is allowed."""
        self._rules = Protego.parse(text if is_answered else _FORBID_ALL)
        self._is_answered = is_answered

    def check(self, address: str) -> None:
        """Raise `FetchError` if the site does not want this address to be fetched."""
        if self._rules.can_fetch(address, PROGRAM):
            return
        if not self._is_answered:
            hint = "it is asked again in an hour or later"
            raise FetchError("its robots.txt cannot be had", hint, is_passing=True)
        hint = "ask the newsroom to allow Mujaz, or take it out"
        raise FetchError("its robots.txt forbids it", hint)

    @property
    def delay(self) -> float | None:
        """The pause in seconds that the site wants between two requests, if it says."""
        delay = self._rules.crawl_delay(PROGRAM)
        rate = self._rules.request_rate(PROGRAM)
        if rate is not None and rate.requests:
            delay = max(delay or 0.0, rate.seconds / rate.requests)
        return None if delay is None else min(max(float(delay), 0.0), MAX_CRAWL_DELAY_SECONDS)


class HostTurns:
    """Whose turn it is: one request a host at a time, and a pause between two."""

    def __init__(self, clockwork: Clockwork, delay: float) -> None:
        """Take the pause, in seconds, for hosts that want no other one."""
        self._clockwork, self._delay = clockwork, delay
        self._locks: defaultdict[str, threading.RLock] = defaultdict(threading.RLock)
        self._free_at: dict[str, float] = {}
        self._guard = threading.Lock()

    @contextmanager
    def turn(self, host: str, delay: float | None) -> Iterator[None]:
        """Wait until a host may be asked; nobody else asks it until this is left."""
        with self._guard:
            lock = self._locks[host]
        with lock:
            wait = self._free_at.get(host, 0.0) - self._clockwork.now()
            if wait > 0:
                self._clockwork.sleep(wait)
            try:
                yield
            finally:
                pause = self._delay if delay is None else max(delay, self._delay)
                self._free_at[host] = self._clockwork.now() + pause
