"""The few errors that end a run, and what messages say; a single input's faults are `Problem`s."""

from collections.abc import Iterable, Mapping, Sequence

_MAX_COMPARED_CHARACTERS = 60
ANOTHER_HIJRI_DAY = "; another day in the Hijri calendar"
"""Ends the rule of a day that is written in two calendars which contradict each other."""
CANNOT_BE_READ = "cannot be read: "
"""Stands in the reason where the system is at fault: it may give the file the next time."""


ARABIC, ENGLISH = "ar", "en"
"""Languages of messages; the program's parts write them in English, and the command line says them
in the reader's."""


class MujazError(Exception):
    """The run cannot go on. The message names the file, the fault and the next step."""

    exit_code = 1


class ConfigError(MujazError):
    """The configuration or the command line is wrong."""

    exit_code = 2


class RenderError(MujazError):
    """MkDocs could not render the pages; the last good site is left in place."""


class StateError(MujazError):
    """What runs leave for each other cannot be used now, for a reason outside of it."""

    exit_code = 2


class SelfCheckError(MujazError):
    """What a run left is not what one from nothing makes: a bug of ours."""


def nearest(key: str, valid: Iterable[str]) -> str | None:
    """Return the one of the `valid` keys that `key` is likely a slip of; None if none is near."""
    from difflib import get_close_matches  # takes a while to load, and is for messages alone

    folded = {each.casefold(): each for each in valid}
    matches = get_close_matches(key[:_MAX_COMPARED_CHARACTERS].casefold(), sorted(folded), n=1)
    return folded[matches[0]] if matches else None


def message_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language of messages: that of `--lang` among `arguments`, or of the locale."""
    for number, word in enumerate(arguments):
        name, _, value = word.partition("=")
        if name == "--lang":
            return value or " ".join(arguments[number + 1 : number + 2])
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return ARABIC if locale.partition("_")[0].partition(".")[0] == ARABIC else ENGLISH
