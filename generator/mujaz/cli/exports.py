"""The commands for other programs: what is published and the edition of a day, as objects; and
what shells complete by.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from mujaz.cli.options import config_option, echo_json, load_or_defaults, seeds_option
from mujaz.cli.output import show
from mujaz.cli.standing import standing_lines, standing_object
from mujaz.cli.wording import (
    edition_lines,
    edition_object,
    published_line,
    published_object,
)
from mujaz.config import Config
from mujaz.errors import ConfigError

SHELLS = ("bash", "zsh", "fish")
_VARIABLE = "_MUJAZ_COMPLETE"


@click.command("export")
@config_option
@seeds_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, in site order.")
def print_export(config_file: Path | None, seeds: Path | None, as_json: bool) -> None:
    """Print each published article with its story, tags and duplicates. Writes nothing."""
    from mujaz.review import published_articles, read_library

    config = load_or_defaults(config_file, seeds, None)
    form = published_object if as_json else published_line
    for each in read_library(config, lambda library, _: [*map(form, published_articles(library))]):
        if isinstance(each, str):
            show(each)
        else:
            echo_json(each)


@click.command("digest")
@click.argument("day", required=False)
@config_option
@seeds_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def print_digest(
    day: str | None, config_file: Path | None, seeds: Path | None, as_json: bool
) -> None:
    """Print the stories of DAY (2025-07-14; the newest day unless named), the most important first.

    Writes nothing.
    """
    from mujaz.review import edition_of_day, read_library

    chosen = _day(day)
    config = load_or_defaults(config_file, seeds, None)
    of_day = read_library(config, lambda library, rules: edition_of_day(library, chosen, rules))
    if as_json:
        echo_json(edition_object(of_day))
    else:
        for line in edition_lines(of_day):
            show(line)


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def print_completion(context: click.Context, shell: str) -> None:
    """Print the script that completes commands and options of mujaz in SHELL.

    Have your shell read it when it starts; the examples say how.
    """
    click.echo(completion_script(context.find_root().command, shell))


def completion_script(program: click.Command, shell: str) -> str:
    """Return the script for one of `SHELLS`.

    It asks the program itself, by the variable `_MUJAZ_COMPLETE`, whenever somebody presses Tab.
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None  # click knows all of SHELLS
    form = kind(program, {}, "mujaz", _VARIABLE)
    # Not `source()`: that first runs the shell to ask for its version.
    return form.source_template % form.source_vars()


def print_standings(name: str, config: Config, as_json: bool) -> None:
    """Print why a story, or each of a day, stands where it does in the edition."""
    from mujaz.review import read_library, standings

    wanted = _below_seeds(name, config)
    for each in read_library(config, lambda library, rules: standings(library, wanted, rules)):
        if as_json:
            echo_json(standing_object(each))
        else:
            for line in standing_lines(each):
                show(line)


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise ConfigError(f"{text}: is no day; write it as 2025-07-14") from None


def _below_seeds(name: str, config: Config) -> str:
    """Return the name of a file below the folder of raw articles, if its path was typed."""
    path, mark, entry = name.partition("#")
    file = Path(path).absolute()
    if os.path.lexists(file) and file.is_relative_to(config.seeds):
        return file.relative_to(config.seeds).as_posix() + mark + entry
    return name
