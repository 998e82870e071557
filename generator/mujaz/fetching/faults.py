"""What goes wrong when something is fetched: what, what to do about it, and until when to wait."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime

_MAX_WAIT_SECONDS = 24 * 3600.0
_DEFAULT_WAIT_SECONDS = 15 * 60.0
_PASSING = frozenset({408, 423, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Statuses that may be others the next time."""
_HINTS = {
    401: "it asks for a name and password; take it out, or ask the newsroom for another address",
    402: "it is for subscribers; take it out, or ask the newsroom for another address",
    403: "the site refuses programs; ask the newsroom, or take it out",
    404: "check the address; the newsroom may have moved it",
    410: "it is gone for good; take it out",
    451: "it is withheld for legal reasons; take it out",
}


class FetchError(Exception):
    """An address that could not be had."""

    def __init__(
        self, reason: str, hint: str, *, is_passing: bool = False, wait: float | None = None
    ) -> None:
        """Take reason and next step.

        `is_passing` says that it may be otherwise the next time, `wait` for how many seconds its
        host wants not to be asked.
        """
        super().__init__(reason)
        self.reason, self.hint, self.is_passing, self.wait = reason, hint, is_passing, wait


def of_status(status: int, retry_after: str, now: float) -> FetchError:
    """Return what an answer with another status than 200 means."""
    if status in (429, 503):
        wait = _seconds(retry_after, now)
        minutes = max(1, round(wait / 60))
        reason = f"the site wants fewer requests (status {status})"
        hint = f"it is asked again in {minutes} minutes or later"
        return FetchError(reason, hint, is_passing=True, wait=wait)
    is_passing = status in _PASSING
    default = "it is asked again the next time" if is_passing else "look at it in a browser"
    return FetchError(
        f"the site answered with status {status}",
        _HINTS.get(status, default),
        is_passing=is_passing,
    )


def _seconds(retry_after: str, now: float) -> float:
    """Return for how many seconds a header `Retry-After` asks to wait: a number, or a date."""
    text = retry_after.strip()
    seconds = _DEFAULT_WAIT_SECONDS
    if text.isascii() and text.isdecimal():
        seconds = float(text[:9])
    elif text:
        try:
            moment = parsedate_to_datetime(text)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=dt.UTC)
            seconds = moment.timestamp() - now
        except (ValueError, TypeError, OverflowError):
            pass
    return min(max(seconds, 1.0), _MAX_WAIT_SECONDS)
