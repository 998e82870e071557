"""News agencies: many spellings of each, and one name that readers know."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from mujaz.arabic.normalise import key
from mujaz.data import compiled, table

UNNAMED = "وكالات"
"""Stands for agencies that are not named."""
_MAX_CHARACTERS = 45


@lru_cache(20_000)
def agency_named(name: str) -> str | None:
    """Return the agency that `name` names, under the name that readers know."""
    return _agencies().get(_compact(name)) if len(name) <= _MAX_CHARACTERS else None


def same_agency(name: str | None) -> str | None:
    """Return what is equal for all names of one agency; None if `name` names none in particular.

    An agency that no table has is known by its letters.
    """
    if not name:
        return None
    agency = agency_named(name) or _compact(name)
    return agency if agency != UNNAMED else None


def _compact(name: str) -> str:
    """Return the letters of a name: «أ. ف. ب» is spaced in many ways."""
    return key(name).replace(" ", "")


@compiled("agencies.yml")
def _agencies() -> Mapping[str, str]:
    """Return agencies by the letters of their names."""
    return {
        _compact(name): agency
        for agency, others in table("agencies").items()
        for name in (agency, *others)
    }
