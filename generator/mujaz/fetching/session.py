"""Asks for addresses as a guest does: by robots.txt, in turn, along redirects, and not in vain."""

from __future__ import annotations

import ssl
import threading
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from mujaz.fetching.addresses import Target, absolute, target_of
from mujaz.fetching.client import FetchedAnswer, HostConnection, Limits
from mujaz.fetching.faults import FetchError, of_status
from mujaz.fetching.fetch_state import FetchState
from mujaz.fetching.politeness import (
    FAILED_ROBOTS_SECONDS,
    MAX_ROBOTS_BYTES,
    ROBOTS_SECONDS,
    Clockwork,
    HostTurns,
    Robots,
)

MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_FAILURES_UNTIL_DEAD = 3
_FIRST_REST_SECONDS, _MAX_REST_SECONDS = 3600.0, 7 * 24 * 3600.0
"""For how long a host is not asked that failed again and again: each time for twice as long."""


class Manners(NamedTuple):
    """How requests are made."""

    user_agent: str
    allow_private: bool = False
    delay: float = 1.0
    """Seconds between two requests to a host that wants no other pause."""
    limits: Limits = Limits()
    clockwork: Clockwork = Clockwork()
    tls: ssl.SSLContext | None = None
    """Whose certificates are trusted; None for those that the system trusts."""


class Session:
    """The requests of one run, by any number of threads."""

    def __init__(self, state: FetchState, manners: Manners) -> None:
        """Take where what is known of hosts is remembered."""
        self._state, self._manners = state, manners
        self._turns = HostTurns(manners.clockwork, manners.delay)
        self._connections: dict[str, HostConnection] = {}
        self._robots: dict[str, Robots] = {}
        self._site_locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._tls = manners.tls or ssl.create_default_context()

    def get(self, address: str, conditions: Mapping[str, str]) -> tuple[FetchedAnswer, str]:
        """Return the answer with status 200 or 304, and where the address has moved to for good.

        Raises `FetchError`.
        """
        visited, moved, is_for_good = set[str](), "", True
        for _ in range(MAX_REDIRECTS + 1):
            target = target_of(address)
            if target.address in visited:
                raise FetchError("is redirected in a circle", "look at it in a browser")
            visited.add(target.address)
            robots = self._robots_of(target)
            robots.check(target.address)
            answer = self._ask(target, conditions, robots.delay)
            if answer.status not in _REDIRECTS:
                return self._with_status(answer, target, conditions), moved
            address = absolute(target.address, answer.header("location"))
            if not address:
                raise FetchError("is redirected to nowhere", "look at it in a browser")
            is_for_good &= answer.status in _FOR_GOOD
            moved = address if is_for_good else moved
        raise FetchError(
            f"is redirected more than {MAX_REDIRECTS} times", "look at it in a browser"
        )

    def close(self) -> None:
        """Close all connections."""
        for connection in self._connections.values():
            connection.close()

    def _with_status(
        self, answer: FetchedAnswer, target: Target, conditions: Mapping[str, str]
    ) -> FetchedAnswer:
        """Return an answer that is fine; note a host that wants to rest. Raises `FetchError`."""
        if answer.status == 200 or (answer.status == 304 and conditions):
            return answer
        now = self._manners.clockwork.now()
        fault = of_status(answer.status, answer.header("retry-after"), now)
        if fault.wait:
            self._state.put_host(target.site, 0, now + fault.wait, fault.reason)
        raise fault

    def _ask(
        self, target: Target, conditions: Mapping[str, str], delay: float | None
    ) -> FetchedAnswer:
        """Return a host's answer in its turn. Raises `FetchError`, also of hosts that rest."""
        with self._turns.turn(target.host_header, delay):
            now = self._manners.clockwork.now()
            failures, rests_until, reason = self._state.host(target.site)
            if rests_until > now:
                minutes = max(1, round((rests_until - now) / 60))
                raise FetchError(
                    f"its host is left alone: {reason}",
                    f"it is asked again in {minutes:,} minutes or later",
                    is_passing=True,
                    wait=rests_until - now,
                )
            connection = self._connections.get(target.site)
            if connection is None:
                connection = self._connections[target.site] = HostConnection(
                    self._manners.user_agent,
                    self._manners.allow_private,
                    self._manners.limits,
                    self._tls,
                )
            try:
                answer = connection.get(target, conditions)
            except FetchError as error:
                if error.is_passing:
                    self._note_failure(target, failures + 1, error.reason)
                raise
            if failures or rests_until:
                self._state.put_host(target.site, 0, 0.0, "")
            return answer

    def _note_failure(self, target: Target, failures: int, reason: str) -> None:
        """Note that a host failed; one that does so again and again rests."""
        rest = 0.0
        if failures >= _FAILURES_UNTIL_DEAD:
            doubled = _FIRST_REST_SECONDS * 2.0 ** min(failures - _FAILURES_UNTIL_DEAD, 10)
            rest = self._manners.clockwork.now() + min(doubled, _MAX_REST_SECONDS)
        self._state.put_host(target.site, failures, rest, reason)

    def _robots_of(self, target: Target) -> Robots:
        """Return what a site allows, as it said within a day."""
        with self._site_locks[target.site]:
            if target.site not in self._robots:
                self._robots[target.site] = self._read_robots(target)
            return self._robots[target.site]

    def _read_robots(self, target: Target) -> Robots:
        now = self._manners.clockwork.now()
        row = self._state.robots(target.site, now)
        if row is None:
            text = self._fetch_robots(target)
            seconds = FAILED_ROBOTS_SECONDS if text is None else ROBOTS_SECONDS
            self._state.put_robots(target.site, text, now + seconds)
        else:
            (text,) = row
        return Robots(text or "", is_answered=text is not None)

    def _fetch_robots(self, target: Target) -> str | None:
        """Return the text of a robots.txt, empty if there is none; None if that is not known.

        A host that cannot be reached at all raises `FetchError`: that says more.
        """
        address = f"{target.site}/robots.txt"
        for _ in range(MAX_REDIRECTS + 1):
            place = target_of(address)
            answer = self._ask(place, {}, None)
            if answer.status in _REDIRECTS:
                address = absolute(place.address, answer.header("location"))
                if not address:
                    return ""
                continue
            if answer.status == 200:
                return answer.content[:MAX_ROBOTS_BYTES].decode("utf-8", "replace")
            return "" if 400 <= answer.status < 500 and answer.status != 429 else None
        return ""
