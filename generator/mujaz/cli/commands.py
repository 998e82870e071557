"""The commands: what each is given, what it calls, and what it prints."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TypeVar

import click

from mujaz import __version__, pipeline
from mujaz.cli.exports import print_digest, print_export, print_standings
from mujaz.cli.options import (
    DEFAULT_CONFIG,
    accept_removals_option,
    config_option,
    echo_json,
    executor_option,
    json_option,
    load_or_defaults,
    seeds_option,
    strict_option,
    wait_option,
)
from mujaz.cli.wording import report_count, sentence, summary, system_fault, understood_object
from mujaz.config import load
from mujaz.errors import ConfigError, MujazError
from mujaz.executors import executor_opener
from mujaz.model import Problem
from mujaz.progress import Report
from mujaz.state.lock import build_lock
from mujaz.state.surroundings import prepare_process

T = TypeVar("T")
_LONG_WORK = 200
"""Items from which a progress bar is worth its lines."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mujaz")
def cli() -> None:
    """Turn raw Arabic news articles into a right-to-left news digest."""


cli.add_command(print_export)
cli.add_command(print_digest)


@cli.command()
@config_option
@seeds_option
@click.option("--site-dir", type=click.Path(path_type=Path), help="Folder of the finished site.")
@click.option(
    "--force",
    is_flag=True,
    help="Use a folder with others' files, once: they stay, but for those of the same names.",
)
@executor_option
@wait_option
@strict_option
@accept_removals_option
@json_option
def build(
    config_file: Path | None,
    seeds: Path | None,
    site_dir: Path | None,
    force: bool,
    executor: str,
    wait: float,
    strict: bool,
    accept_removals: bool,
    as_json: bool,
) -> None:
    """Turn raw articles into a finished site."""
    config = load(config_file or DEFAULT_CONFIG, seeds=seeds, site_dir=site_dir)
    for note in config.brand.notes:
        _say(f"{config.file}: {note}")
    opener = executor_opener(executor)
    with build_lock(config.cache_root, wait, _say):
        report = pipeline.build(
            config, time.monotonic, _progress, strict, opener, accept_removals, force
        )
    _print_report(report, as_json)
    if strict and report.rejected:
        _stop_strict(as_json)
    if not as_json:
        click.echo(f"The site is in {config.site_dir}")
        click.echo(f"To open it: python3 -m http.server -d {config.site_dir} 8000, then visit")
        click.echo("http://localhost:8000/")


@cli.command()
@config_option
@seeds_option
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the Markdown pages.")
@executor_option
@wait_option
@strict_option
@accept_removals_option
@json_option
def generate(
    config_file: Path | None,
    seeds: Path | None,
    out: Path | None,
    executor: str,
    wait: float,
    strict: bool,
    accept_removals: bool,
    as_json: bool,
) -> None:
    """Turn raw articles into Markdown pages only."""
    config = load_or_defaults(config_file, seeds, out)
    opener = executor_opener(executor)
    with build_lock(config.cache_root, wait, _say):
        report = pipeline.update_pages(config, time.monotonic, _progress, opener, accept_removals)
    _print_report(report, as_json)
    if strict and report.rejected:
        _stop_strict(as_json)


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@config_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, in input order.")
def parse(paths: tuple[Path, ...], config_file: Path | None, as_json: bool) -> None:
    """Show what was understood of each article in PATHS (files or folders)."""
    from mujaz import review

    _refuse_missing(paths)
    config = load_or_defaults(config_file, Path(), None)
    for result, _ in review.parse(paths, config):
        if as_json:
            echo_json(understood_object(result))
        elif isinstance(result, Problem):
            click.echo(sentence(result) + "\n")
        else:
            click.echo(summary(result) + "\n")


@cli.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--story", metavar="ID|DAY", help="Say why a story, or each of a day, stands there.")
@config_option
@seeds_option
@json_option
def explain(
    path: Path | None,
    story: str | None,
    config_file: Path | None,
    seeds: Path | None,
    as_json: bool,
) -> None:
    """Say what was understood of the articles in PATH, from what, and how surely.

    With --story, say why a story stands where it does in the edition of its day.
    """
    from mujaz import review

    if story:
        print_standings(story, load_or_defaults(config_file, seeds, None), as_json)
        return
    if path is None:
        raise ConfigError("name a file or folder of articles, or a story with --story")
    if as_json:
        raise ConfigError("--json goes with --story; of articles, `mujaz parse --json` prints all")
    _refuse_missing([path])
    config = load_or_defaults(config_file, seeds or Path(), None)
    for said in review.sidecar_sentences(path):
        click.echo(said + "\n")
    for result, text in review.parse([path], config):
        explanation = (
            sentence(result) if isinstance(result, Problem) else review.explained(result, text)
        )
        click.echo(explanation + "\n")


@cli.command()
@config_option
@seeds_option
@strict_option
@json_option
def check(config_file: Path | None, seeds: Path | None, strict: bool, as_json: bool) -> None:
    """Say which articles would be rejected or need an editor, and why. Writes nothing."""
    from mujaz import review

    config = load_or_defaults(config_file, seeds, None)
    report, held, doubts, home = review.check(config, time.monotonic)
    if as_json:
        echo_json({**asdict(replace(report, doubts=doubts)), "home": home or None})
    else:
        for problem in report.problems:
            click.echo("rejected   " + sentence(problem))
        for problem in held:
            click.echo("held       " + sentence(problem))
        for doubt in doubts:
            click.echo("an editor  " + sentence(doubt))
        if home:
            click.echo(f"home       {home}: its news is local; `home` in mkdocs.yml sets another")
        click.echo(report_count(report))
    if strict and report.rejected:
        sys.exit(1)


@cli.command()
@config_option
@click.option("--site-dir", type=click.Path(path_type=Path), help="Folder of the finished site.")
@json_option
def verify(config_file: Path | None, site_dir: Path | None, as_json: bool) -> None:
    """Compare the finished site with what was published, and follow its links. Writes nothing."""
    from mujaz.publish.verify import verify_site

    site_url = ""
    if site_dir is None or config_file is not None or DEFAULT_CONFIG.exists():
        config = load(config_file or DEFAULT_CONFIG, site_dir=site_dir)
        site_dir, site_url = config.site_dir, config.site_url
    verification = verify_site(site_dir, site_url)
    if as_json:
        faults = [asdict(fault) for fault in verification.faults]
        echo_json({**verification._asdict(), "faults": faults})
    else:
        for fault in verification.faults:
            click.echo(sentence(fault))
        count = f"{verification.files} files verified, {verification.foreign} of others left alone"
        click.echo(f"{count}; {len(verification.faults)} faults")
    if verification.faults:
        sys.exit(1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 1 problems under --strict or no build, 2 usage."""
    if arguments is None:
        prepare_process()
    try:
        cli.main(args=list(arguments) if arguments is not None else None, prog_name="mujaz")
    except MujazError as error:
        _say(str(error))
        sys.exit(error.exit_code)
    except OSError as error:
        _say(system_fault(error))
        sys.exit(2)


def _refuse_missing(paths: Sequence[Path]) -> None:
    for path in paths:
        if not os.path.lexists(path):
            name = os.fsencode(path).decode("utf-8", "backslashreplace")
            hint = "name articles, or folders of them"
            raise ConfigError(f"{name}: no such file or folder; {hint}")


def _say(message: str) -> None:
    click.echo(f"mujaz: {message}", err=True)


def _progress(stage: str, items: Iterable[T], count: int) -> Iterable[T]:
    """Show a bar for long work on a terminal; elsewhere nothing."""
    if count < _LONG_WORK or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(
        items, total=count, description=stage, console=Console(stderr=True), transient=True
    )


def _print_report(report: Report, as_json: bool) -> None:
    if as_json:
        echo_json(asdict(report))
        return
    for problem in (*report.problems, *report.doubts):
        click.echo(sentence(problem), err=True)
    written = f"{report.pages_written} pages written in {report.seconds:.1f} s"
    click.echo(f"{report_count(report)}; {written}")


def _stop_strict(as_json: bool) -> None:
    if not as_json:
        click.echo("mujaz: stopped, as --strict asks; mend or remove the files named", err=True)
    sys.exit(1)
