"""What a dateline, a byline or both say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says; absent parts are None or empty."""

    source: str | None = None
    """The paper."""
    place: str | None = None
    """Where it was reported from; the first place, where there are several."""
    authors: tuple[str, ...] = ()
    """Who wrote it, as written, titles included."""
    agency: str | None = None
    """The news agency, as written; `وكالات` where it is not named."""
    date: dt.date | None = None
    """The day, where the year is given."""
    photographers: tuple[str, ...] = ()
    """Who made its pictures."""

    def __bool__(self) -> bool:
        """Whether any part of it was recognised."""
        return self != NO_DATELINE

    def completed_by(self, other: Dateline) -> Dateline:
        """Return it with the parts of `other` in place of those that are absent."""
        return Dateline(
            self.source or other.source,
            self.place or other.place,
            self.authors or other.authors,
            self.agency or other.agency,
            self.date or other.date,
            self.photographers or other.photographers,
        )


NO_DATELINE = Dateline()
