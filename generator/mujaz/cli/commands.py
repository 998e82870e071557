"""The commands: what each is given, what it calls, and what it prints."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click

from mujaz import __version__
from mujaz.cli.building import build, generate, handover
from mujaz.cli.exports import print_completion, print_digest, print_export, print_standings
from mujaz.cli.fetch import fetch_articles
from mujaz.cli.group import CommandGroup, shared_options
from mujaz.cli.new import new_site
from mujaz.cli.options import (
    DEFAULT_CONFIG,
    config_option,
    echo_json,
    json_option,
    load_or_defaults,
    seeds_option,
    strict_option,
)
from mujaz.cli.output import (
    Manner,
    color_wanted,
    end_of_pipe,
    say_error,
    show,
    show_usage_error,
    shows_arabic,
    speak,
)
from mujaz.cli.serve import serve_preview
from mujaz.cli.stages import progress
from mujaz.cli.wording import report_count, sentence, summary, system_fault, understood_object
from mujaz.config import load
from mujaz.errors import ARABIC, ENGLISH, ConfigError, MujazError, message_language
from mujaz.model import Problem
from mujaz.state.surroundings import prepare_process


@click.group("mujaz", cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mujaz")
def cli() -> None:
    """Turn raw Arabic news articles into a right-to-left news digest."""


cli.params += shared_options()
cli.add_command(build)
cli.add_command(generate)
cli.add_command(handover)
cli.add_command(new_site)
cli.add_command(fetch_articles)
cli.add_command(print_export)
cli.add_command(print_digest)
cli.add_command(print_completion)
cli.add_command(serve_preview)


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
            show(sentence(result) + "\n")
        else:
            show(summary(result) + "\n")


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

    if story and path:
        raise ConfigError("--story asks about a story, PATH about articles; give one of them")
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
        show(said + "\n")
    for result, text in review.parse([path], config):
        explanation = (
            sentence(result) if isinstance(result, Problem) else review.explained(result, text)
        )
        show(explanation + "\n")


@cli.command()
@config_option
@seeds_option
@strict_option
@json_option
def check(config_file: Path | None, seeds: Path | None, strict: bool, as_json: bool) -> None:
    """Say which articles would be rejected or need an editor, and why. Writes nothing."""
    from mujaz import review

    config = load_or_defaults(config_file, seeds, None)
    report, held, doubts, home, concerns = review.check(config, time.monotonic)
    if as_json:
        listed = [each._asdict() for each in concerns]
        said = asdict(replace(report, doubts=doubts))
        echo_json({**said, "home": home or None, "concerns": listed})
    else:
        for problem in report.problems:
            show("rejected   " + sentence(problem))
        for problem in held:
            show("held       " + sentence(problem))
        for doubt in doubts:
            show("an editor  " + sentence(doubt))
        for each in concerns:
            if each.kind in ("doubtful", "names"):
                name = each.file or each.title
                show("an editor  " + sentence(Problem(name, each.reason, each.hint)))
        if home:
            show(f"home       {home}: its news is local; `home` in mkdocs.yml sets another")
        show(report_count(report))
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
    verification = verify_site(
        site_dir, site_url, lambda paths: progress("verifying", paths, len(paths))
    )
    if as_json:
        faults = [asdict(fault) for fault in verification.faults]
        echo_json({**verification._asdict(), "faults": faults})
    else:
        for fault in verification.faults:
            show(sentence(fault))
        count = f"{verification.files} files verified, {verification.foreign} of others left alone"
        show(f"{count}; {len(verification.faults)} faults")
    if verification.faults:
        sys.exit(1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 1 problems under --strict or no build, 2 usage."""
    if arguments is None:
        prepare_process()
    words = [*sys.argv[1:]] if arguments is None else [*arguments]
    is_arabic = message_language(words, os.environ) == ARABIC and shows_arabic()
    language = ARABIC if is_arabic else ENGLISH
    speak(Manner(color=color_wanted("auto", os.environ), language=language))
    try:
        code = cli.main(args=words, prog_name="mujaz", standalone_mode=False)
    except click.ClickException as error:
        show_usage_error(error)
        code = error.exit_code
    except MujazError as error:
        say_error(error, error.exit_code)
        code = error.exit_code
    except OSError as error:
        if error.errno == errno.EPIPE:
            end_of_pipe()
            code = 1
        else:
            code = 2
            say_error(system_fault(error), code)
    sys.exit(code or 0)


def _refuse_missing(paths: Sequence[Path]) -> None:
    for path in paths:
        if not os.path.lexists(path):
            name = os.fsencode(path).decode("utf-8", "backslashreplace")
            hint = "name articles, or folders of them"
            raise ConfigError(f"{name}: no such file or folder; {hint}")
