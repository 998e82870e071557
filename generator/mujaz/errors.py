"""The few errors that end a run; faults of a single input travel as `Problem` values instead."""


class MujazError(Exception):
    """The run cannot go on. The message names the file, the fault and the next step."""

    exit_code = 1


class ConfigError(MujazError):
    """The configuration or the command line is wrong."""

    exit_code = 2


class RenderError(MujazError):
    """MkDocs could not render the pages; the last good site is left in place."""
