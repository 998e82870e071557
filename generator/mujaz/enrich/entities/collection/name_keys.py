"""Keys of names in a collection: alike for all spellings of one name, and apart by kind."""

from __future__ import annotations

from functools import lru_cache

from mujaz.arabic.normalise import key
from mujaz.enrich.entities.collection.same_names import without_head
from mujaz.enrich.entities.gazetteer.organisations import organisation_names
from mujaz.enrich.entities.lexicon import shipped_lexicon
from mujaz.enrich.entities.persons import person_name, surname
from mujaz.model import TagKind

PERSON, ORGANISATION = "person ", "organisation "
_MAX_CACHED = 20_000
_TITLED, _SOURCE = "titled ", "source "


@lru_cache(maxsize=_MAX_CACHED)
def name_key(name: str, kind: TagKind) -> str:
    """Return the key of a tag's name."""
    folded = key(name)
    if kind == "person":
        parsed = person_name(folded)
        # A surname alone says too little for other spellings to be it.
        return f"{PERSON}{parsed.key if len(parsed.words) > 1 else surname(folded)}"
    if kind == "organisation":
        # All its listed names are one: جامعة الدول العربية and الجامعة العربية.
        return f"{ORGANISATION}{key(organisation_names().get(folded, folded))}"
    return folded


@lru_cache(maxsize=_MAX_CACHED)
def form_key(form: str) -> str:
    """Return the key of a person's short form, which may be a first name behind a title."""
    folded = key(form)
    title, _, name = folded.partition(" ")
    if name and " " not in name and shipped_lexicon().is_title(title):
        return f"{_TITLED}{folded}"
    return name_key(form, "person")


def source_key(source: str) -> str:
    """Return the key of a source, as which nobody speaks of an organisation."""
    return f"{_SOURCE}{key(source)}"


def is_titled(name: str) -> bool:
    """Whether a key is that of a first name behind a title."""
    return name.startswith(_TITLED)


def may_be_short(name: str) -> bool:
    """Whether a key is that of a person's name, or of a first name behind a title."""
    return name.startswith((PERSON, _TITLED))


def is_source(name: str) -> bool:
    """Whether a key is that of a source."""
    return name.startswith(_SOURCE)


def organisation_like(source: str) -> str:
    """Return the key of the organisation of the same name as a source, given that one's key."""
    return source.replace(_SOURCE, ORGANISATION, 1)


def is_short(name: str) -> bool:
    """Whether a key is that of a person's name of one word, or of that behind a title."""
    return name.startswith(_TITLED) or (name.startswith(PERSON) and name.count(" ") == 1)


def block_of(name: str) -> str:
    """Return what all names that may be one with that of a key have in common; maybe nothing."""
    if is_short(name):
        return ""
    if name.startswith(PERSON):
        return " ".join(name.split(" ")[:2])
    if name.startswith(ORGANISATION):
        return ORGANISATION + without_head(name.removeprefix(ORGANISATION))
    return ""


def last_word(name: str) -> str:
    """Return the last word of a person's name, given its key."""
    return name.rpartition(" ")[2] if name.startswith(PERSON) and not is_short(name) else ""
