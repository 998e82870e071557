"""Makes `python -m generator` the same program as `mujaz`."""

from generator.cli import main

main()
