"""How the program speaks: how much, in which language, in colour or not, and as lines of JSON.

Results go to standard output; all that is said beside them goes to standard error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from typing import NamedTuple

import click

from mujaz.errors import ARABIC, ENGLISH, MujazError
from mujaz.model import Problem


class Manner(NamedTuple):
    """How a run speaks."""

    verbosity: int = 0
    """From -1 on, less is said than usual; from 1 on, more."""
    is_log_json: bool = False
    """Whether what is said beside results is an object of JSON a line."""
    color: bool | None = None
    """Whether output is coloured; None where that depends on whether it is a terminal's."""
    language: str = ENGLISH


_AS_USUAL = Manner()
_manner: ContextVar[Manner] = ContextVar("manner", default=_AS_USUAL)


def manner() -> Manner:
    """Return how this run speaks."""
    return _manner.get()


def speak(new: Manner) -> None:
    """Have this run speak in another manner from now on."""
    _manner.set(new)


def color_wanted(choice: str, environment: Mapping[str, str]) -> bool | None:
    """Return whether output is coloured by `--color` and the environment; None: on terminals.

    NO_COLOR and FORCE_COLOR count if they are not empty, as no-color.org and force-color.org say.
    """
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        return False
    return True if environment.get("FORCE_COLOR") else None


def shows_arabic() -> bool:
    """Whether the streams of this process can show Arabic letters."""
    return all(
        (getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-") == "utf-8"
        for stream in (sys.stdout, sys.stderr)
    )


def worded(text: str) -> str:
    """Return an English text in the language of this run; lines that nobody translated stay."""
    if manner().language != ARABIC:
        return text
    from mujaz.arabic.messages import in_arabic  # who reads English has no use for it

    return "\n".join(map(in_arabic, text.split("\n")))


def show(text: str) -> None:
    """Print a result for people."""
    click.echo(worded(text), color=manner().color)


def close_with(text: str) -> None:
    """Print what ends a run, for people who want to hear of it."""
    if manner().verbosity >= 0:
        show(text)


def say(text: str) -> None:
    """Say something of the run itself, on standard error."""
    _say(text, "message", "blue")


def note(text: str) -> None:
    """Say what one may want to know, unless less is wanted than usual."""
    if manner().verbosity >= 0:
        say(text)


def say_error(error: MujazError | str, exit_code: int) -> None:
    """Say why the run ends."""
    _say(str(error), "error", "red", exit_code=exit_code)


def say_problem(problem: Problem) -> None:
    """Say what is wrong with an input, on standard error."""
    if manner().is_log_json:
        fields = {"file": problem.file, "reason": problem.reason, "hint": problem.hint}
        log_event("problem", **fields)
    elif manner().verbosity >= -1:
        text = worded(f"{problem.file}: {problem.reason}; {problem.hint}")
        click.echo(text, err=True, color=manner().color)


def log_event(event: str, **fields: object) -> None:
    """Write an event as an object on a line, on standard error, if the log is one of JSON."""
    if manner().is_log_json:
        click.echo(json.dumps({"event": event, **fields}), err=True)


def show_usage_error(error: click.ClickException) -> None:
    """Say what is wrong with the command line, and how it is used."""
    context = getattr(error, "ctx", None)
    if manner().is_log_json:
        log_event("error", text=error.format_message(), exit_code=error.exit_code)
    elif manner().language != ARABIC or isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
    else:
        if context is not None:
            click.echo(context.get_usage(), err=True)
            click.echo(worded(f"Try '{context.command_path} --help' for help."), err=True)
        click.echo(worded(f"Error: {error.format_message()}"), err=True)


def end_of_pipe() -> None:
    """Have nothing more be written to a standard output that nobody reads any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str, event: str, color: str, **fields: object) -> None:
    if manner().is_log_json:
        log_event(event, text=text, **fields)
        return
    name = click.style("موجز" if manner().language == ARABIC else "mujaz", fg=color)
    click.echo(f"{name}: {worded(text)}", err=True, color=manner().color)
