"""Bytes to Documents: every file of the folder becomes a Document or a Problem, none disappears.

It takes paths, and yields what is in the files, corrected by the sidecars beside them. It must not
know what an article's text means, nor of other files than those it is asked to read.
"""

from mujaz.read.folder import (
    files_below,
    files_corrected_by,
    printable,
    read_files,
    read_paths,
    with_sidecars,
)

__all__ = [
    "files_below",
    "files_corrected_by",
    "printable",
    "read_files",
    "read_paths",
    "with_sidecars",
]
