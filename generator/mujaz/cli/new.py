"""The command that writes a new site, and says how to go on.

It asks nothing: what a site needs to be told stands in its settings, with comments.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from mujaz.cli.output import close_with, show


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--bare", is_flag=True, help="Without sample articles.")
def new_site(folder: Path, bare: bool) -> None:
    """Write a new site into DIR, which must be new or empty; it builds as it is.

    It has settings with comments, a page, an example of corrections, a workflow that publishes it,
    and articles of each kind that Mujaz reads, to be replaced by yours.
    """
    # Imported only here: no other command needs it.
    from mujaz.starter import starter_files, write_site

    write_site(folder, starter_files(bare=bare))
    show(f"A new site is in {folder.resolve()}")
    close_with("To go on:")
    for command in _next_commands(folder):
        close_with(f"  {command}")


def _next_commands(folder: Path) -> Iterator[str]:
    """Yield the commands that build the site, as they are typed into a shell from here."""
    if folder.resolve() != Path.cwd():
        # Behind `--`, a name that begins with a dash is none of an option.
        yield shlex.join(["cd", *(["--"] if str(folder).startswith("-") else []), str(folder)])
    yield "mujaz serve"
    yield "mujaz build"
