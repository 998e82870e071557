"""Lists what the command line has, for the documentation, and writes the manual page of it.

Both are read from the commands themselves. `python -m mujaz.cli.manual FILE` writes the page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from mujaz import __version__
from mujaz.cli.group import examples, summary_of

EXIT_CODES = (
    (0, "All went well."),
    (1, "Under --strict an input was rejected, `verify` found faults, or nothing was published."),
    (2, "The command line, a setting, a folder or the system does not allow it."),
    (130, "Interrupted by Ctrl-C; the last site stays."),
    (143, "Ended by SIGTERM; the last site stays."),
)
"""What the program ends with; these numbers do not change."""


class OptionEntry(NamedTuple):
    """An option as the documentation shows it."""

    names: str
    """All of its names, and what it takes: `--wait SECONDS`."""
    help: str
    variable: str
    """The variable of the environment that sets it; empty if there is none."""


class CommandEntry(NamedTuple):
    """A command as the documentation shows it."""

    name: str
    """Empty for the program itself, whose options all commands have."""
    usage: str
    summary: str
    """The first sentence of its help."""
    help: str
    options: tuple[OptionEntry, ...]
    examples: tuple[tuple[str, str], ...]
    """Command lines, each with what it does."""


def command_entries() -> Iterator[CommandEntry]:
    """Yield the program, then its commands by name, in English."""
    from mujaz.cli.commands import cli  # which imports the parts of this package

    with cli.make_context("mujaz", [], resilient_parsing=True) as program:
        yield _entry(cli, program, "")
        for name, command in sorted(cli.commands.items()):
            with click.Context(command, info_name=name, parent=program) as context:
                yield _entry(command, context, name)


def manual_page() -> str:
    """Return the manual page of the program, for `man`."""
    program, *commands = command_entries()
    lines = [
        f'.TH MUJAZ 1 "" "mujaz {__version__}" "User Commands"',
        ".SH NAME",
        f"mujaz \\- {_escaped(program.summary.rstrip('.'))}",
        ".SH SYNOPSIS",
        f".B {_escaped(program.usage)}",
        ".SH DESCRIPTION",
        _escaped(program.help),
        ".SH OPTIONS OF ALL COMMANDS",
        *_option_lines(program),
        ".SH COMMANDS",
    ]
    for command in commands:
        lines += [f".SS {_escaped(command.usage)}", _escaped(command.help)]
        lines += _option_lines(command)
        for run, says in command.examples:
            lines += [".PP", f"\\fB{_escaped(run)}\\fR", ".RS 4", _escaped(says), ".RE"]
    lines += [".SH EXIT STATUS"]
    for number, meaning in EXIT_CODES:
        lines += [".TP", f".B {number}", _escaped(meaning)]
    lines += [".SH EXAMPLES"]
    for run, says in program.examples:
        lines += [".TP", f".B {_escaped(run)}", _escaped(says)]
    return "\n".join(lines) + "\n"


def _entry(command: click.Command, context: click.Context, name: str) -> CommandEntry:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    options = tuple(
        OptionEntry(record[0], " ".join(record[1].split()), str(each.envvar or ""))
        for each in command.get_params(context)
        if isinstance(each, click.Option) and (record := each.get_help_record(context))
    )
    paragraphs = (" ".join(each.split()) for each in (command.help or "").split("\n\n"))
    shown = tuple(examples(name or "mujaz"))
    return CommandEntry(name, usage, summary_of(command), "\n\n".join(paragraphs), options, shown)


def _option_lines(command: CommandEntry) -> Iterator[str]:
    for option in command.options:
        variable = f" Also set by the variable {option.variable}." if option.variable else ""
        yield from (".TP", f".B {_escaped(option.names)}", _escaped(option.help + variable))


def _escaped(text: str) -> str:
    """Return text so that roff prints it as it stands; paragraphs are parted."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    lines = ("\\&" + line if line.startswith(".") else line for line in escaped.split("\n"))
    return "\n".join(lines).replace("\n\n", "\n.PP\n")


def main(arguments: list[str]) -> None:
    """Write the manual page to the file that is named."""
    file = Path(arguments[0])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(manual_page(), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
