"""The commands for other programs: what is published, and the edition of a day, as objects."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from mujaz.cli.options import config_option, echo_json, load_or_defaults, seeds_option
from mujaz.cli.standing import standing_lines, standing_object
from mujaz.cli.wording import (
    edition_lines,
    edition_object,
    published_line,
    published_object,
)
from mujaz.config import Config
from mujaz.errors import ConfigError


@click.command("export")
@config_option
@seeds_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, in site order.")
def print_export(config_file: Path | None, seeds: Path | None, as_json: bool) -> None:
    """Print each published article with its story, tags and duplicates. Writes nothing."""
    from mujaz.review import published_articles, read_library

    config = load_or_defaults(config_file, seeds, None)
    form, echo = (published_object, echo_json) if as_json else (published_line, click.echo)
    for each in read_library(config, lambda library: [*map(form, published_articles(library))]):
        echo(each)


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
    from mujaz.review import edition_of_day, edition_rules, read_library

    chosen = _day(day)
    config = load_or_defaults(config_file, seeds, None)
    rules = edition_rules(config)
    of_day = read_library(config, lambda library: edition_of_day(library, chosen, rules))
    if as_json:
        echo_json(edition_object(of_day))
    else:
        for line in edition_lines(of_day):
            click.echo(line)


def print_standings(name: str, config: Config, as_json: bool) -> None:
    """Print why a story, or each of a day, stands where it does in the edition."""
    from mujaz.review import edition_rules, read_library, standings

    for each in read_library(config, lambda lib: standings(lib, name, edition_rules(config))):
        if as_json:
            echo_json(standing_object(each))
        else:
            for line in standing_lines(each):
                click.echo(line)


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise ConfigError(f"{text}: is no day; write it as 2025-07-14") from None
