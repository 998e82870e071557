"""The page about commands: what the command line says of itself."""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.cli.manual import EXIT_CODES, CommandEntry, command_entries

_HEAD = """# Commands

`mujaz COMMAND --help` says the same, and so does the manual page that `make man` writes.
`python -m mujaz` is the same program. Options that look like `--json` exist for programs: an
object, or one a line, on standard output. [The command line](../command-line.md) says how to have
it speak otherwise.
"""


def commands_page() -> str:
    """Return the page in Markdown."""
    program, *commands = command_entries()
    lists = [f"- [`mujaz {each.name}`](#mujaz-{each.name}): {each.summary}" for each in commands]
    codes = [f"| {number} | {_text(meaning)} |" for number, meaning in EXIT_CODES]
    parts = [_HEAD, *lists, "", "## Options of all commands", ""]
    parts += ["They may stand before the command or behind it.", "", *_options(program)]
    parts += ["## Exit codes", "", "They do not change.", ""]
    parts += ["| code | meaning |", "|---|---|", *codes, "", *map(_command, commands)]
    return "\n".join(parts)


def _text(text: str) -> str:
    """Return a text of help as Markdown."""
    return text.replace("<", "\\<").replace("*", "\\*")


def _command(command: CommandEntry) -> str:
    parts = [f"## `mujaz {command.name}`", "", f"```text\n{command.usage}\n```", ""]
    parts += [_text(command.help), "", *_options(command)]
    width = max((len(run) for run, _ in command.examples), default=0)
    lines = [f"{run:<{width}}  # {says}" for run, says in command.examples]
    return "\n".join([*parts, *(["```sh", *lines, "```", ""] if lines else [])])


def _options(command: CommandEntry) -> Iterator[str]:
    cells = (
        [cell.replace("|", "\\|") for cell in (option.names, option.help)]
        for option in command.options
        if option.names != "-h, --help"
    )
    rows = [f"| `{names}` | {meaning} |" for names, meaning in cells]
    return iter(["| option | meaning |", "|---|---|", *rows, ""] if rows else [])
