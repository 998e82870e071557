"""The few errors that end a run, and what messages say; a single input's faults are `Problem`s."""

import errno
from collections.abc import Iterable

_MAX_COMPARED_CHARACTERS = 60

_NEXT_STEPS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "free some space there, then build again"),
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM), "make it yours to write, or choose another folder"
    ),
    errno.EROFS: "choose a folder on a disk that can be written",
    errno.EIO: "check that disk, then build again",
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), "allow more open files (ulimit -n)"),
    **dict.fromkeys((errno.EISDIR, errno.ENOTDIR, errno.EEXIST), "move away what is in that place"),
    errno.ENAMETOOLONG: "choose a folder with a shorter path",
}
"""What helps when the system refuses something, by the number of its error."""
_NEXT_STEP = "mend that, then build again"


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


def is_of_the_system(error: BaseException) -> bool:
    """Return whether an error says that the system refuses something, whoever asked for it."""
    return isinstance(error, OSError) and error.errno in _NEXT_STEPS


def system_fault(error: OSError) -> str:
    """Return in one line what the system refused, and what to do about it."""
    fault = (error.strerror or str(error)).lower()
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{fault}; {_NEXT_STEPS.get(error.errno or 0, _NEXT_STEP)}"
