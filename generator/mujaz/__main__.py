"""Makes `python -m mujaz` the same program as `mujaz`."""

from mujaz.cli import main

main()
