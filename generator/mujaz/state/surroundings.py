"""What a process needs of its surroundings, so that it writes the same wherever it runs."""

from __future__ import annotations

import os
import sys

_UTF8 = "utf-8"
_WRITE_BITS = 0o022
"""Of a mode: group and others may write."""


def prepare_process() -> None:
    """Make this process read and write names and texts in UTF-8, and files that others can read.

    Where the locale says that names are ASCII, no page with an Arabic name could be written: there
    the program is begun again in Python's UTF-8 mode, and this call does not return. It must come
    before anything else is done.
    """
    if sys.getfilesystemencoding().lower() != _UTF8:
        command = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
        os.execve(sys.executable, command, {**os.environ, "PYTHONUTF8": "1"})
    let_others_read()
    show_all_characters()


def let_others_read() -> None:
    """Have new files and folders be readable by the server, even under a umask of 077."""
    os.umask(os.umask(0) & _WRITE_BITS)


def show_all_characters() -> None:
    """Have output that cannot show a character show its number instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # it may have been replaced by something that is no file
            reconfigure(errors="backslashreplace")


def shows_only_ascii() -> bool:
    """Whether standard output cannot show what is not ASCII: JSON then has other escapes."""
    encoding = getattr(sys.stdout, "encoding", None) or _UTF8
    return encoding.lower().replace("_", "-") != _UTF8
