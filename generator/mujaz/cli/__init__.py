"""The command line: arguments go in, lines or JSON and an exit code come out.

It is the only place that prints or exits. It must not know how anything is done.
"""

from mujaz.cli.commands import cli, main

__all__ = ["cli", "main"]
