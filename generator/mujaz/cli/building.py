"""The commands that write: the finished site, the Markdown pages alone, or all for other tools."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from pathlib import Path

import click

from mujaz import pipeline
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
from mujaz.cli.output import close_with, log_event, note, say_error, say_problem
from mujaz.cli.stages import progress
from mujaz.cli.wording import report_count
from mujaz.config import load
from mujaz.executors import executor_opener
from mujaz.handover import hand_over
from mujaz.progress import Report
from mujaz.state.lock import DEFAULT_WAIT_SECONDS, build_lock


@click.command()
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
    for text in config.brand.notes:
        note(f"{config.file}: {text}")
    opener = executor_opener(executor)
    with build_lock(config.cache_root, wait, note):
        report = pipeline.build(
            config, time.monotonic, progress, strict, opener, accept_removals, force
        )
    _print_report(report, as_json)
    if strict and report.rejected:
        _stop_strict(as_json)
    if not as_json:
        close_with(f"The site is in {config.site_dir}")
        close_with(f"To open it: python3 -m http.server -d {config.site_dir} 8000, then visit")
        close_with("http://localhost:8000/")


@click.command()
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
    with build_lock(config.cache_root, wait, note):
        report = pipeline.update_pages(config, time.monotonic, progress, opener, accept_removals)
    _print_report(report, as_json)
    if strict and report.rejected:
        _stop_strict(as_json)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@config_option
@json_option
def handover(folder: Path, config_file: Path | None, as_json: bool) -> None:
    """Write the whole site into FOLDER for other tools: pages, theme, settings.

    MkDocs, ProperDocs and Zensical build it, each without Mujaz and without Material.
    """
    config = load(config_file or DEFAULT_CONFIG)
    with build_lock(config.cache_root, DEFAULT_WAIT_SECONDS, note):
        report = pipeline.update_pages(config, time.monotonic, progress, executor_opener())
        hand_over(config, folder)
    if as_json:
        echo_json({"folder": str(folder), "published": report.published})
    else:
        close_with(f"The site is in {folder}")


def _print_report(report: Report, as_json: bool) -> None:
    counts = {
        name: value for name, value in asdict(report).items() if isinstance(value, int | float)
    }
    log_event("report", **counts)
    if as_json:
        echo_json(asdict(report))
        return
    for problem in (*report.problems, *report.doubts):
        say_problem(problem)
    written = f"{report.pages_written} pages written in {report.seconds:.1f} s"
    close_with(f"{report_count(report)}; {written}")


def _stop_strict(as_json: bool) -> None:
    if not as_json:
        say_error("stopped, as --strict asks; mend or remove the files named", 1)
    sys.exit(1)
