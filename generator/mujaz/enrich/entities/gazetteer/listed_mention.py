"""What the gazetteer says of a stretch of a text."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mujaz.model import TagKind

Strength = Literal[
    "editor",
    "country",
    "city",
    "bare city",
    "local",
    "nisba",
    "organisation",
    "built",
    "vague",
    "other",
]
"""What speaks for a mention. Without a word that places belong to (`في`, `مدينة`) a city's name
is bare and half a proof; what is local stands behind one, or is of several words; an adjective of
origin names its country only by the way. Organisations are listed, or built as the grammar has it,
the vague ones perhaps no names but descriptions. What is of another sort, such as an event or a
newspaper, is no tag."""


class ListedMention(NamedTuple):
    """A place, an organisation, or a name of the editor's, in a text."""

    name: str
    """As it is shown."""
    kind: TagKind
    """What sort of thing it names."""
    rule: Strength
    """How it was found."""
    first: int
    """Index of its first word."""
    last: int
    """Index after its last word."""
    written: str = ""
    """How the text calls an organisation, if not as it is shown."""


class DoubtfulMention(NamedTuple):
    """A name that may be an organisation's, and something else as well."""

    organisation: ListedMention
    """What it is if the text proves it."""
    sort: str
    """What it is called like: `club`, `word`, or `short` for a short form of another name."""
    otherwise: ListedMention | None
    """What it is if not: a place, or nothing."""
    has_clitic: bool
    """Whether something is written onto it, such as the `ب` of بالرياض."""
    proofs: frozenset[str]
    """Words of which one in the text proves the organisation, by comparison key."""
