"""Makes `python -m mujaz` the same program as `mujaz`, and has it end in one line at any moment."""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from mujaz.errors import message_language

_LINES = {
    "en": "mujaz: interrupted; the last site stays, and the next build goes on\n",
    "ar": "موجز: أوقفه أحدهم؛ الموقع السابق باقٍ، والبناء التالي يكمل من حيث توقّف\n",
}
_END_OF_PROGRESS = "\r\x1b[K\x1b[?25h"
"""Clears the line of a progress bar, and shows the cursor that it hid."""


def run() -> None:
    """Run the command line; on Ctrl-C and SIGTERM, end at once.

    Nothing is unwound: whatever a run does, it may be killed in, and an exception could come up
    where nobody can catch it.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as for a job of `nohup`
            signal.signal(number, _end)
    os.register_at_fork(after_in_child=_end_in_silence)
    from mujaz.cli import main

    main()


def _end(number: int, _: object) -> None:
    for other in (signal.SIGINT, signal.SIGTERM):
        signal.signal(other, signal.SIG_IGN)
    with suppress(OSError):
        clearing = _END_OF_PROGRESS if os.isatty(2) else ""
        language = message_language(sys.argv[1:], os.environ)
        os.write(2, (clearing + _LINES.get(language, _LINES["en"])).encode())
    for child in _children():
        with suppress(OSError):
            os.kill(child, signal.SIGTERM)
    os._exit(128 + number)


def _children() -> list[int]:
    """Return the ids of the processes that this one started, where the system lists them."""
    with suppress(OSError):
        lists = Path("/proc/self/task").glob("*/children")
        return [int(child) for each in lists for child in each.read_text("ascii").split()]
    return []


def _end_in_silence() -> None:
    """In a worker process, leave it to the one that started it to say something."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


if __name__ == "__main__":
    run()
