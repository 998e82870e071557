"""The tables of organisations: what they are called, and which of their names mean other things."""

from __future__ import annotations

from collections.abc import Mapping

from mujaz.arabic.normalise import key
from mujaz.data import compiled, table

_DOUBTFUL = "~"
"""Before a name that counts where another one of the same organisation stands too."""


@compiled("organisation_names.yml")
def organisation_names() -> Mapping[str, str]:
    """Return organisations, as they are shown, by the comparison key of each of their names."""
    names = table("organisation_names")
    shown = {
        key(name): spellings[0]
        for spellings in (*names["anywhere"], *names["common"], *names["clubs"])
        for name in spellings
        if not name.startswith(_DOUBTFUL)
    }
    clubs = {name: spellings[0] for spellings in names["clubs"] for name in spellings}
    for sort, shown_as in (("doubtful_clubs", "{}"), ("wordlike_clubs", "نادي {}")):
        for name in (each.replace("_", " ") for each in names[sort].split()):
            clubs.setdefault(name, shown_as.format(name))
    for name, club in clubs.items():
        for head in ("نادي", "فريق"):
            shown.setdefault(key(f"{head} {name}"), club)
    # So that the place in لوس أنجلوس تايمز is none.
    named_after_places = (name.replace("_", " ") for name in names["named_after_places"].split())
    return {**{key(name): name for name in named_after_places}, **shown}


@compiled("organisation_names.yml")
def spelled_names() -> Mapping[str, str]:
    """Return the names of organisations as they are spelled, by comparison key."""
    names = table("organisation_names")
    lines = (*names["anywhere"], *names["common"], *names["clubs"])
    spelled = (name.removeprefix(_DOUBTFUL) for spellings in lines for name in spellings)
    return {key(name): name for name in spelled}


@compiled("organisation_names.yml")
def common_names() -> Mapping[str, str]:
    """Return names that organisations of several countries have, such as مجلس النواب."""
    return {key(names[0]): names[0] for names in table("organisation_names")["common"]}


@compiled("organisation_names.yml")
def short_names() -> Mapping[str, str]:
    """Return organisations by names that mean something else as well, such as القاعدة."""
    return {
        key(name): spellings[0]
        for spellings in table("organisation_names")["anywhere"]
        for name in spellings
        if name.startswith(_DOUBTFUL)
    }


@compiled("organisation_names.yml")
def proofs_of_short_names() -> Mapping[str, str]:
    """Return the words that prove a short name, with blanks between, by comparison key."""
    proofs = table("organisation_names")["proofs"]
    return {key(name): " ".join(map(key, words)) for name, words in proofs.items()}


@compiled("organisation_names.yml")
def other_names() -> Mapping[str, str]:
    """Return names of events and the like, as they are shown, by comparison key."""
    return {key(name): name for name in table("organisation_names")["others"]}


@compiled("organisation_names.yml", "agencies.yml")
def publishers() -> Mapping[str, str]:
    """Return papers, channels and agencies, as names of empty texts, by comparison key."""
    listed = table("organisation_names")["publishers"].split()
    agencies = table("agencies")
    names = (
        *(each.replace("_", " ") for each in listed),
        *agencies,
        *(name for spellings in agencies.values() for name in spellings),
    )
    return dict.fromkeys(map(key, names), "")


@compiled("organisation_names.yml")
def doubtful_clubs() -> Mapping[str, str]:
    """Return `club`, or `word` for those called like everyday words, by comparison key."""
    names = table("organisation_names")
    sorts = {"club": names["doubtful_clubs"], "word": names["wordlike_clubs"]}
    return {
        key(name.replace("_", " ")): sort for sort, text in sorts.items() for name in text.split()
    }


@compiled("organisation_names.yml")
def words_about_clubs() -> Mapping[str, str]:
    """Return the comparison keys of words that prove clubs, with blanks between, by their group."""
    names = table("organisation_names")
    groups = ("sport", "before_club", "before_place")
    return {group: " ".join(sorted(set(map(key, names[group].split())))) for group in groups}
