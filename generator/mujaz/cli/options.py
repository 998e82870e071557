"""What several commands share: options, how they find the site, how they print objects."""

from __future__ import annotations

import json
from pathlib import Path

import click

from mujaz.config import Config, load, state_name
from mujaz.errors import ConfigError
from mujaz.executors import PROCESSES
from mujaz.state.lock import DEFAULT_WAIT_SECONDS
from mujaz.state.surroundings import shows_only_ascii

DEFAULT_CONFIG = Path("mkdocs.yml")
config_option = click.option(
    "--config", "config_file", type=click.Path(path_type=Path), help="The site's mkdocs.yml."
)
seeds_option = click.option(
    "--seeds", type=click.Path(path_type=Path), help="Folder of raw articles."
)
strict_option = click.option("--strict", is_flag=True, help="Exit 1 if any input is rejected.")
executor_option = click.option(
    "--executor",
    default=PROCESSES,
    metavar="NAME",
    help="Who reads many new articles: processes (the default), none, or dask://host:port.",
)
accept_removals_option = click.option(
    "--accept-removals",
    is_flag=True,
    envvar="MUJAZ_ACCEPT_REMOVALS",
    help="Go on although many published articles are gone.",
)
wait_option = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=DEFAULT_WAIT_SECONDS,
    metavar="SECONDS",
    help="How long to wait for another build to end (60); 0 refuses at once.",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Report in JSON, on standard output."
)


def load_or_defaults(config_file: Path | None, seeds: Path | None, out: Path | None) -> Config:
    """Read the configuration; where none is named or found, what the options say is enough."""
    if config_file is None and not DEFAULT_CONFIG.exists():
        if seeds is None:
            raise ConfigError(
                "no mkdocs.yml here; name one with --config, or a folder with --seeds"
            )
        if not seeds.is_dir():
            raise ConfigError(f"{seeds}: no such folder of raw articles; name it with --seeds")
        here = Path().resolve()
        pages = (out or Path("site_src")).resolve()
        seeds = seeds.resolve()
        site = here / "site"
        return Config(here / DEFAULT_CONFIG, seeds, pages, site, state_name=state_name(seeds))
    return load(config_file or DEFAULT_CONFIG, seeds=seeds, out=out)


def echo_json(value: object) -> None:
    """Print an object on a line."""
    click.echo(json.dumps(value, ensure_ascii=shows_only_ascii()))
