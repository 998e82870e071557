"""The group of all commands: options that each of them has, examples, and help in Arabic."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

from mujaz.cli.output import color_wanted, manner, speak, worded
from mujaz.data import table
from mujaz.errors import ARABIC, ENGLISH, nearest

_EVERYWHERE = "Every command also takes -v, -q, --color, --lang and --log-format: see mujaz --help."

_EXAMPLE_COLUMNS = 48


class WordedFormatter(click.HelpFormatter):
    """Writes help in the language of the run."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage."""
        super().write_usage(prog, args, prefix or f"{worded('Usage:')} ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(worded(heading))

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        paragraphs = (" ".join(each.split()) for each in text.split("\n\n"))
        super().write_text("\n\n".join(map(worded, paragraphs)))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write terms, each with what it means."""
        rows = [(term, worded(" ".join(text.split()))) for term, text in rows]
        super().write_dl(rows, col_max, col_spacing)


class WordedContext(click.Context):
    """Has help be written in the language of the run."""

    formatter_class = WordedFormatter

    def get_help(self) -> str:
        """Return the help of a command, with its examples."""
        formatter = self.make_formatter()
        self.command.format_help(self, formatter)
        name = self.command.name or ""
        rows = examples(name)
        if rows:
            with formatter.section("Examples"):
                formatter.write_dl(rows, _EXAMPLE_COLUMNS)
        if self.parent:
            formatter.write_paragraph()
            formatter.write_text(_EVERYWHERE)
        return formatter.getvalue().rstrip("\n")


class CommandGroup(click.Group):
    """The program: what is added to it gets its examples, and the options that all have."""

    context_class = WordedContext

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command; it takes the options of the program, too, wherever they stand."""
        cmd.context_class = WordedContext
        cmd.params += shared_options()
        super().add_command(cmd, name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, each with its first sentence."""
        rows = [(name, summary_of(command)) for name, command in sorted(self.commands.items())]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named; refuse others, with the name that was likely meant."""
        name = args[0]
        if name in self.commands or name.startswith("-"):
            return super().resolve_command(ctx, args)
        likely = nearest(name, self.commands)
        hint = f" Did you mean '{likely}'?" if likely else ""
        raise click.UsageError(f"No such command '{name}'.{hint}", ctx)


def examples(name: str) -> list[tuple[str, str]]:
    """Return the examples of a command, each with what it does; of the program: of `mujaz`."""
    return [(row["run"], row["says"]) for row in table("examples").get(name, ())]


def summary_of(command: click.Command) -> str:
    """Return the first sentence of a command's help."""
    text = " ".join((command.help or "").split("\n\n")[0].split())
    return text.split(". ")[0].rstrip(".") + "."


class SharedOption(click.Option):
    """An option that all commands have; the help of the program alone says what it does."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option's names and what it does, but in the help of a command."""
        return None if ctx.parent else super().get_help_record(ctx)


def shared_options() -> list[click.Parameter]:
    """Return the options of the program, which stand before its commands or behind them."""
    common = {"expose_value": False, "is_eager": True}
    return [
        SharedOption(
            ["-v", "--verbose"],
            count=True,
            callback=_louder,
            help="Say more: what each stage took.",
            **common,
        ),
        SharedOption(
            ["-q", "--quiet"],
            count=True,
            callback=_quieter,
            help="Say less: no progress and no closing lines; twice, of no input either.",
            **common,
        ),
        SharedOption(
            ["--color"],
            type=click.Choice(["auto", "always", "never"]),
            callback=_colored,
            help="Colours: on terminals (auto), always or never; NO_COLOR and FORCE_COLOR count.",
            **common,
        ),
        SharedOption(
            ["--lang"],
            type=click.Choice([ARABIC, ENGLISH]),
            help="Language of messages; by default, that of LC_ALL, LC_MESSAGES or LANG.",
            **common,
        ),
        SharedOption(
            ["--log-format"],
            type=click.Choice(["text", "json"]),
            callback=_logged,
            help="What standard error has: text, or an object of JSON a line, with times.",
            **common,
        ),
    ]


def _louder(_: click.Context, __: click.Parameter, count: int) -> None:
    speak(manner()._replace(verbosity=manner().verbosity + count))


def _quieter(_: click.Context, __: click.Parameter, count: int) -> None:
    speak(manner()._replace(verbosity=manner().verbosity - count))


def _colored(_: click.Context, __: click.Parameter, choice: str | None) -> None:
    if choice:
        speak(manner()._replace(color=color_wanted(choice, os.environ)))


def _logged(_: click.Context, __: click.Parameter, form: str | None) -> None:
    if form:
        speak(manner()._replace(is_log_json=form == "json"))
