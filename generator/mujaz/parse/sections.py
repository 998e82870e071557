"""Sections: by the names that folders and exports have for them, and by the desk of a headline.

Agencies write the desk before the headline: «رياضي / …». Readers see the headline without it, and
the section where sections are shown. Its address is that of the headline as it was read.
"""

from __future__ import annotations

import re
from functools import cache

from mujaz.arabic.normalise import key
from mujaz.data import table

_PREFIX = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)?)\s*/+\s*(?=\S)")
_MIN_HEADLINE_WORDS = 2
"""Of what is left: «رياضي / اقتصادي» is no headline with a prefix."""


def split_section_prefix(headline: str) -> tuple[str | None, str]:
    """Return the label of the section that stands before a headline, if any, and the headline."""
    match = _PREFIX.match(headline)
    section = _desks().get(key(match[1])) if match else None
    if not match or not section:
        return None, headline
    rest = headline[match.end() :]
    return (section, rest) if len(rest.split()) >= _MIN_HEADLINE_WORDS else (None, headline)


def section_label(section: str | None) -> str | None:
    """Return the label of a section, or the name itself if it is none of ours."""
    return section_labels().get(key(section), section) if section else None


@cache
def section_labels() -> dict[str, str]:
    """Return the label of each section by every name a folder may have for it."""
    return {
        key(name): entry["label"]
        for folder, entry in table("sections").items()
        for name in (folder, entry["label"], *entry["also"])
    }


@cache
def _desks() -> dict[str, str]:
    return {
        key(name): entry["label"]
        for entry in table("sections").values()
        for name in entry.get("desk", ())
    }
