"""Sections: by the names that folders and exports have for them, and by the desk of a headline.

A folder that names none of ours makes one of its own, unless it only says how files are kept.

Agencies write the desk before the headline: «رياضي / …». Readers see the headline without it, and
the section where sections are shown. Its address is that of the headline as it was read.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from mujaz.arabic.normalise import key
from mujaz.data import table
from mujaz.parse.vocabulary import SiteVocabulary

_PREFIX = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)?)\s*/+\s*(?=\S)")
_OWN_SECTION = re.compile(
    r"[\u0621-\u064a]{2,}(?: [\u0621-\u064a]+){0,2}|[A-Za-z]{3,}(?: [A-Za-z]+)?"
)
"""Names of folders that may be sections: longer ones are named for one page, others for a day."""
_BLANKS = {ord("-"): " ", ord("_"): " "}
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


def folder_section(folder: str, vocabulary: SiteVocabulary) -> str | None:
    """Return the label of the section that a folder names, if any."""
    name = " ".join(unicodedata.normalize("NFC", folder).translate(_BLANKS).split())
    folded = key(name)
    if folded in vocabulary.rules.sections:
        return vocabulary.rules.sections[folded]
    if folded in section_labels():
        return section_labels()[folded]
    is_own = (
        _OWN_SECTION.fullmatch(name)
        and folded not in _no_section_folders()
        and not vocabulary.is_place_by_key(folded)
        and not vocabulary.source_by_key(folded)
    )
    return name if is_own else None


@cache
def _no_section_folders() -> frozenset[str]:
    return frozenset(map(key, table("fields")["no_section_folders"]))


def section_label(section: str) -> str:
    """Return the label of a section, or the name itself if it is none of ours."""
    return section_labels().get(key(section), section)


def own_section_label(section: str | None, vocabulary: SiteVocabulary) -> str | None:
    """Return the site's own name for a section, if an editor gave one, or what it is called."""
    if not section:
        return section
    named = vocabulary.rules.section_named(section)
    return named if named != section else vocabulary.rules.section_named(section_label(section))


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
