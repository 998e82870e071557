"""The page about commands: what the command line says of itself."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click
from mujaz.cli import cli

_HEAD = """# Commands

`mujaz COMMAND --help` says the same. `python -m mujaz` is the same program. Options that look like
`--json` exist for programs: an object, or one a line, on standard output.
"""


def commands_page() -> str:
    """Return the page in Markdown."""
    lists = [
        f"- [`mujaz {name}`](#mujaz-{name}): {_first(cli.commands[name])}" for name in _names()
    ]
    parts = [_HEAD, *lists, "", *(_command(name, cli.commands[name]) for name in _names())]
    return "\n".join(parts)


def _names() -> list[str]:
    return [name for name in sorted(cli.commands) if not cli.commands[name].hidden]


def _first(command: click.Command) -> str:
    return _text(command.help).partition("\n")[0]


def _text(text: str | None) -> str:
    """Return a text of help as Markdown; examples that keep their lines become code."""
    parts = []
    for part in inspect.cleandoc(text or "").split("\n\n"):
        if part.startswith("\b"):
            lines = part.removeprefix("\b").strip("\n")
            parts.append(f"```text\n{inspect.cleandoc(lines)}\n```")
        else:
            parts.append(" ".join(part.split()).replace("<", "\\<").replace("*", "\\*"))
    return "\n\n".join(parts)


def _command(name: str, command: click.Command) -> str:
    context = command.make_context(name, [], resilient_parsing=True)
    usage = " ".join(["mujaz", name, *command.collect_usage_pieces(context)])
    parts = [f"## `mujaz {name}`", "", f"```text\n{usage}\n```", "", _text(command.help), ""]
    options = [*_options(command, context)]
    if options:
        parts += ["| option | meaning |", "|---|---|", *options, ""]
    if command.epilog:
        parts += [_text(command.epilog), ""]
    return "\n".join(parts)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for option in command.params:
        record = option.get_help_record(context)
        if isinstance(option, click.Option) and record:
            name, meaning = (" ".join(part.split()).replace("|", "\\|") for part in record)
            yield f"| `{name}` | {meaning} |"
